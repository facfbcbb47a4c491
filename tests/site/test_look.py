"""The site in a real browser: nothing runs off the page, every picture is there, ink is dark enough."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from browser import chromium, opened
from support.library import Library, story
from support.paper import EVIL, library

from newskeep.publish import site

PAGES = (
    "index.html",
    "2026-11-01/Bridge-opens/index.html",
    "2026-11-01/Bridge-opens/v2/index.html",
    "2026-11-01/大桥重新开放/index.html",
    "tag/notices/index.html",
    "archive/index.html",
    "changes/index.html",
)
LONG = "x" * 400


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all that follows."""
    if not chromium():
        pytest.skip("Chromium is not installed (Debian's package chromium)")
    with opened() as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_pages_fit_and_their_pictures_load(browser, published, width, scheme):
    view = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    told = []
    view.on("console", lambda message: told.append(message.text))
    for page in PAGES:
        view.goto((published / page).as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= width, page
        view.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
        view.wait_for_load_state("networkidle")
        broken = "[...document.images].filter(one => !one.complete || !one.naturalWidth).length"
        assert view.evaluate(broken) == 0, page
    assert told == []
    view.close()


@pytest.mark.slow
def test_a_text_without_a_space_breaks_and_a_wide_table_scrolls_in_itself(browser, tmp_path):
    cells = "".join(f"<td>{'wide ' * 3}{number}</td>" for number in range(30))
    body = f"<p>{LONG}</p><pre>{LONG}</pre><table><tr>{cells}</tr></table>"
    site.publish(Library(story(1, {"title": LONG, "html": body, "tags": (LONG,)})), tmp_path)
    view = browser.new_page(viewport={"width": 360, "height": 800})
    for path in tmp_path.rglob("*.html"):
        view.goto(path.as_uri())
        assert view.evaluate("document.documentElement.scrollWidth") <= 360, path
    view.close()


@pytest.mark.slow
def test_nothing_runs_even_without_the_policy(browser, tmp_path):
    site.publish(library(), tmp_path)
    context = browser.new_context(bypass_csp=True)
    view = context.new_page()
    ran = []
    view.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    for path in tmp_path.glob("*/*alert*/index.html"):
        view.goto(path.as_uri())
        assert "Hello" in view.inner_text(".body")
        view.click("text=Hello")
    assert EVIL.count("alert") > 4
    assert ran == []
    context.close()


@pytest.mark.parametrize("scheme", [0, 1])
def test_ink_stands_out_from_paper(scheme):
    css = files("newskeep.publish.site").joinpath("templates/style.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{([^}]*)\}", css)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    assert contrast(colours["ink"], colours["paper"]) >= 7
    for name in ("soft", "accent"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for name in ("added", "removed"):
        assert contrast(colours[f"{name}-ink"], colours[name]) >= 4.5, name


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
