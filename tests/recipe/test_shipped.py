"""The recipes that come with newskeep, on pages of our own making built as their sites are.

`pages/NAME.list.html` and `NAME.article.html`, and `NAME.toml` with what is in them. None of
these recipes was run against the live site.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newskeep import dates
from newskeep.discover import listing
from newskeep.discover.recipes import Book, shipped
from newskeep.extraction import page
from newskeep.extraction.by_recipe import ENOUGH, refine

PAGES = Path(__file__).parent / "pages"
BOOK = Book(shipped())
NAMES = [one.name for one in BOOK.recipes]


def told(stamp) -> str:
    """A day alone, or a time with its offset."""
    if stamp is None:
        return ""
    at = dates.local(stamp)
    return f"{at:%Y-%m-%d}" if stamp.day_only else at.isoformat(timespec="minutes")


def expected(name: str) -> dict:
    return tomllib.loads((PAGES / f"{name}.toml").read_text("utf-8"))


def test_every_recipe_has_its_pages():
    assert {path.stem for path in PAGES.glob("*.toml")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_recipe_says_that_it_was_not_run_against_the_live_site(name):
    text = (Path(listing.__file__).parent / "recipes" / f"{name}.toml").read_text("utf-8")
    assert "# " in text
    assert "It was not run against the live site" in text.split("\n[")[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_list_gives_these_entries(name):
    wanted = expected(name)["list"]
    recipe = BOOK.for_list(wanted["url"])
    assert recipe is not None
    assert recipe.name == name
    feed = listing.parse(
        (PAGES / f"{name}.list.html").read_bytes(),
        url=wanted["url"],
        received=expected(name)["received"],
        recipe=recipe,
    )
    assert (feed.kind, feed.title, feed.problems) == ("listing", recipe.title, ())
    assert [
        {
            "url": one.url,
            "title": one.title,
            "published": told(one.published),
            "summary": one.summary,
            "picture": next((image.url for image in one.images), ""),
        }
        for one in feed.entries
    ] == wanted["entries"]
    assert list(feed.more) == wanted["more"]


@pytest.mark.parametrize("name", NAMES)
def test_the_article_is_this_one(name):
    wanted = expected(name)["article"]
    recipe = BOOK.for_article(wanted["url"])
    assert recipe is not None
    assert recipe.name == name
    html = (PAGES / f"{name}.article.html").read_bytes()
    received = expected(name)["received"]
    taken = refine(
        page(html, url=wanted["url"], received=received), html, recipe, received=received
    )
    article = taken.article
    assert article.text.split("\n") == wanted["text"]
    assert taken.agreement is not None
    assert taken.agreement >= ENOUGH
    assert taken.used
    assert article.extractor.endswith(f" {name}@{recipe.digest[:12]}")
    assert (article.title, told(article.published), list(article.authors)) == (
        wanted["title"],
        wanted["published"],
        wanted["authors"],
    )
