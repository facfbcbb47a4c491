"""Listing pages: the articles that a page lists, by a recipe, or by what is alike on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from html import escape
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from newskeep import content, dates, text
from newskeep.discover.guess import guess
from newskeep.discover.recipes import address, select, when
from newskeep.discover.recipes.model import ListPart, Recipe, Selectors
from newskeep.discover.recipes.select import Document
from newskeep.extraction import dom, images
from newskeep.types import Entry, Feed, Image, Problem, Stamp
from newskeep.url import absolute, canonical, same_site

MOST_ENTRIES = 500
"""Entries that are taken from one page."""

_LONGEST_TITLE = 500
_LONGEST_ADDRESS = 2048


def parse(
    data: bytes,
    *,
    url: str,
    content_type: str = "",
    received: datetime,
    recipe: Recipe | None = None,
    is_blog: bool = False,
) -> Feed:
    """Read a listing page that was received at a time. Never raises.

    With a recipe its entries are what the recipe finds, and `more` is the next pages, of
    which the recipe's `pages` bounds how many are read. Without one they are the links that
    look like a list of headlines (see `guess` for those of a blog); a page without such a
    list gives `Feed(kind="")` with a Problem that says so.
    """
    html = content.to_text(data, content_type)
    if recipe is None or recipe.list is None:
        return _guessed(html, url, received, is_blog=is_blog)
    document = Document(html, url)
    part = recipe.list
    rows = _rows(document, part)
    found = _distinct(_entry(row, recipe, part, received) for row in rows)
    feed = Feed(
        kind="listing",
        title=recipe.title or _title(document),
        home=url,
        lang=recipe.language,
        entries=found[:MOST_ENTRIES],
        more=tuple(_more(document, part, url)),
    )
    return feed if found else replace(feed, problems=(_empty(recipe, url, received),))


class _Row(NamedTuple):
    """One entry's element, the link in it, where that leads, and the page's base."""

    element: LexborNode
    link: LexborNode
    url: str
    base: str


def _rows(document: Document, part: ListPart) -> Iterator[_Row]:
    if not part.item:
        for link in select.nodes(document.page, part.links):
            yield from _row(link, [link], document.base, part)
        return
    for element in select.nodes(document.page, part.item):
        links = [element, *select.nodes(element, part.links)]
        yield from _row(element, links, document.base, part)


def _row(
    element: LexborNode, links: Iterable[LexborNode], base: str, part: ListPart
) -> Iterator[_Row]:
    """The first link of an element that leads to an article."""
    for link in links:
        target = absolute(base, link.attributes.get("href") or "")
        if 0 < len(target) <= _LONGEST_ADDRESS and _is_wanted(target, base, part):
            yield _Row(element, link, target, base)
            return


def _is_wanted(target: str, base: str, part: ListPart) -> bool:
    """Whether it matches; a pattern that names no host, or none at all, means this site."""
    named = tuple(one for one in part.match if not one.startswith("/"))
    if address.fits(named, target):
        return True
    here = tuple(one for one in part.match if one.startswith("/"))
    return same_site(base, target) and (not part.match or address.fits(here, target))


def _entry(row: _Row, recipe: Recipe, part: ListPart, received: datetime) -> Entry:
    summary = _said(row.element, part.summary)
    return Entry(
        id=row.url,
        url=row.url,
        title=_headline(row, part)[:_LONGEST_TITLE],
        published=_published(row, recipe, part, received),
        summary=escape(summary, quote=False),
        images=_pictures(row, part),
        lang=recipe.language,
    )


def _headline(row: _Row, part: ListPart) -> str:
    """As the recipe says, else what the link says, else what stands behind its picture."""
    facts = row.link.attributes
    picture = row.link.css_first("img[alt]")
    given = (
        _said(row.element, part.title),
        select.found(row.link).text,
        facts.get("title") or "",
        (picture.attributes.get("alt") or "") if picture else "",
    )
    return next((said for said in map(text.squash, given) if said), "")


def _said(element: LexborNode, selectors: Selectors) -> str:
    return next((one.text for one in select.within(element, selectors)), "")


def _published(row: _Row, recipe: Recipe, part: ListPart, received: datetime) -> Stamp | None:
    """The time beside the link, else the day in its address."""
    shown = (one.text for one in select.within(row.element, part.date))
    given = (said for said in (*shown, address.day(part.match, row.url)) if said)
    stamps = (
        when.parse(said, zone=recipe.zone, lang=recipe.language, received=received)
        for said in given
    )
    believed = (dates.clamp(stamp, received=received)[0] for stamp in stamps if stamp)
    return next((stamp for stamp in believed if stamp), None)


def _pictures(row: _Row, part: ListPart) -> tuple[Image, ...]:
    for one in select.within(row.element, part.picture):
        root = dom.fragment(one.html or f'<img src="{escape(one.text)}">')
        images.resolve(root, row.base)
        found = [img.get("src") for img in root.find("img")]
        if found:
            return (Image(url=found[0]),)
    return ()


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each address once: a picture and a headline often lead to the same article."""
    known: dict[str, Entry] = {}
    for entry in entries:
        name = canonical(entry.url)
        known[name] = _joined(known[name], entry) if name in known else entry
    return tuple(entry for entry in known.values() if entry.title)


def _joined(first: Entry, other: Entry) -> Entry:
    return replace(
        first,
        title=max(first.title, other.title, key=len),
        published=first.published or other.published,
        summary=first.summary or other.summary,
        images=first.images or other.images,
    )


def _more(document: Document, part: ListPart, url: str) -> Iterator[str]:
    """The next page, or all of them where their addresses are counted."""
    for one in part.next:
        if "{n}" in one:
            counted = (one.replace("{n}", str(n)) for n in range(2, part.pages + 1))
            yield from (absolute(url, given) for given in counted)
            return
    links = select.nodes(document.page, part.next) if part.pages > 1 else []
    found = (absolute(document.base, link.attributes.get("href") or "") for link in links)
    ahead = (one for one in found if same_site(url, one) and canonical(one) != canonical(url))
    yield from islice(ahead, 1)


def _title(document: Document) -> str:
    return next((one.text for one in document.all("title")), "")


def _guessed(html: str, url: str, received: datetime, *, is_blog: bool) -> Feed:
    document = Document(html, url)
    entries = guess(html, document.base, is_blog=is_blog)
    if not entries:
        message = (
            f"{url} shows no list of articles that could be told from the rest of the page; "
            "describe it in a recipe, or follow its feed or sitemap"
        )
        return Feed(kind="", problems=(_problem(url, "not-a-list", message, received),))
    title = _title(document)
    return Feed(kind="listing", title=title, home=url, entries=entries[:MOST_ENTRIES])


def _empty(recipe: Recipe, url: str, received: datetime) -> Problem:
    message = (
        f"the recipe {recipe.name} finds no article on {url}; the site has changed, or fills "
        f"the page by script: see what each line finds with: newskeep recipe try {url}"
    )
    return _problem(url, "recipe-finds-nothing", message, received)


def _problem(url: str, kind: str, message: str, at: datetime) -> Problem:
    return Problem(url=url, stage="discover", kind=kind, message=message, at=at)
