"""What each line of a recipe finds on a page, for the person who writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime

from newskeep.discover import listing
from newskeep.discover.recipes import address, select
from newskeep.discover.recipes.model import ListPart, PagePart, Recipe
from newskeep.discover.recipes.select import Document
from newskeep.extraction.by_recipe import Taken, refine
from newskeep.extraction.read import page
from newskeep.types import Feed
from newskeep.url import absolute


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A selector or pattern of a recipe: how much it finds, and what that says first."""

    key: str
    selector: str
    count: int
    first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A recipe put to a page: what its lines find, and what comes of them.

    `feed` is None where the page is none of its lists, `taken` where it is none of its
    articles.
    """

    list_lines: tuple[Finding, ...] = ()
    feed: Feed | None = None
    article_lines: tuple[Finding, ...] = ()
    taken: Taken | None = None

    @property
    def works(self) -> bool:
        """Whether a list has entries, and an article's body counts where the recipe names one."""
        lists = self.feed is None or bool(self.feed.entries)
        names_body = any(one.key == "body" for one in self.article_lines)
        return lists and (self.taken is None or self.taken.used or not names_body)


def try_recipe(recipe: Recipe, html: str, url: str, *, received: datetime) -> Trial:
    """Put a recipe to a page. Where its addresses do not fit, all of its parts are tried."""
    listed, article = _parts(recipe, url)
    document = Document(html, url)
    trial = Trial()
    if listed:
        data = html.encode("utf-8", "replace")
        feed = listing.parse(
            data, url=url, content_type="text/html; charset=utf-8", received=received, recipe=recipe
        )
        trial = Trial(list_lines=tuple(_findings(listed, document)), feed=feed)
    if article:
        found = page(html, url=url, received=received)
        taken = refine(found, html, recipe, received=received)
        lines = tuple(_findings(article, document))
        trial = replace(trial, article_lines=lines, taken=taken)
    return trial


def _parts(recipe: Recipe, url: str) -> tuple[ListPart | None, PagePart | None]:
    listed, article = recipe.list, recipe.article
    if listed and address.fits(listed.addresses, url):
        return listed, None
    if article and address.fits(article.addresses, url):
        return None, article
    return listed, article


def _findings(part: ListPart | PagePart, document: Document) -> Iterator[Finding]:
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "match":
            yield from (_matching(pattern, document) for pattern in value)
        elif isinstance(value, tuple) and field.name != "addresses":
            yield from (_found(field.name, one, document) for one in value if "{n}" not in one)


def _found(key: str, selector: str, document: Document) -> Finding:
    found = document.all(selector)
    first = found[0].text if found else ""
    return Finding(key=key, selector=selector, count=len(found), first=first)


def _matching(pattern: str, document: Document) -> Finding:
    """The links of the whole page whose addresses fit."""
    links = select.nodes(document.page, ["a[href]"])
    targets = (absolute(document.base, one.attributes.get("href") or "") for one in links)
    fitting = list(dict.fromkeys(one for one in targets if address.match(pattern, one)))
    first = fitting[0] if fitting else ""
    return Finding(key="match", selector=pattern, count=len(fitting), first=first)
