"""Pages as publishers make them, and what a reader gets: `pages/NAME.html` and `NAME.toml`.

A field that the `.toml` does not give is at its default: nothing is invented.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from support.pages import read

from newskeep import dates
from newskeep.extraction import fragment
from newskeep.extraction.render import to_markdown, to_text
from newskeep.types import Article, Image, Stamp

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def told(stamp: Stamp | None) -> str:
    """A stamp as it was written: a day alone, a time without its zone, or with it."""
    if stamp is None:
        return ""
    at = dates.local(stamp)
    if stamp.day_only:
        return f"{at:%Y-%m-%d}"
    return (at if stamp.offset is not None else at.replace(tzinfo=None)).isoformat(
        timespec="minutes"
    )


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def pair(request):
    expected = tomllib.loads(request.param.with_suffix(".toml").read_text("utf-8"))
    return read(request.param.read_bytes(), url=expected["url"]), expected


def test_the_page_becomes_this_article(pair):
    article, expected = pair
    markdown = expected.pop("markdown")
    times = [expected.pop(name, "") for name in ("published", "modified")]
    images = tuple(Image(**one) for one in expected.pop("images", ()))
    given = {key: tuple(v) if isinstance(v, list) else v for key, v in expected.items()}
    wanted = Article(**given, images=images, extractor="newskeep/2")
    assert (article.problems == ()) is (article.published is not None)
    got = replace(article, published=None, modified=None, confidence=1.0, problems=())
    assert got == wanted
    assert [told(article.published), told(article.modified)] == times
    assert to_markdown(article.html) == markdown
    assert 0.5 < article.confidence <= 1.0


def test_its_html_stays_what_it_is_when_it_is_cleaned_again(pair):
    article, _ = pair
    again = fragment(article.html, url=article.url)
    assert (again.html, again.text) == (article.html, article.text)
    assert to_text(article.html) == article.text


def test_the_same_bytes_give_the_same_article(pair):
    article, expected = pair
    page = next(path for path in PAGES if path.stem in expected["url"])
    assert read(page.read_bytes(), url=expected["url"]) == article
