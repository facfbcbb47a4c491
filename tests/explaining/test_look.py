"""The page that explains an article, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from browser import chromium, opened

from newskeep.extraction.explain import explain
from newskeep.extraction.explain_page import explain_page

LONG = "x" * 400
PAGE = f"""<title>{LONG}</title><h1>{LONG}</h1>
<div class="{LONG}"><p>The bridge was opened on Monday, and the town came to see it. {LONG}</p></div>"""


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_it_fits_whatever_the_page_says(tmp_path, width, scheme):
    if not chromium():
        pytest.skip("Chromium is not installed (Debian's package chromium)")
    found = explain(PAGE, url=f"https://bell.example/{LONG}", received=datetime.now(UTC))
    file = tmp_path / "why.html"
    file.write_text(explain_page(found, LONG), encoding="utf-8")
    with opened() as browser:
        view = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        view.goto(file.as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= width
