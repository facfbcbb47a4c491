"""Feeds that a web page offers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newskeep import content, text
from newskeep.extraction import dom
from newskeep.url import absolute, canonical, same_site

_FEED_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 1,
    "application/feed+json": 2,
    "application/rdf+xml": 3,
    "application/xml": 4,
    "text/xml": 4,
    "application/json": 5,
}
_FEED_PATH = re.compile(
    r"(?:/(?:feed|rss|atom)/?|[/._-](?:feed|rss|atom|index)\.(?:xml|rss|atom|rdf|json)|\.rss|/rss/[\w/.-]+)$",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"(?:\.(?:rss|xml|atom|rdf)|feed/?|[?&]\w+=(?:feed|rss2?|atom))$", re.IGNORECASE
)
_NO_FEED = re.compile(r"(?:sitemap[\w-]*|opml|xmlrpc|wlwmanifest|opensearch)\.xml$", re.IGNORECASE)
_SAYS_FEED = re.compile(
    r"\W*(?:subscribe\W+(?:via|to|by|with)\W+)?(?:(?:our|the|site|news|full)\W+)*"
    r"(?:rss|atom|feeds?)(?:\W+(?:rss|atom|feeds?|news|xml|[12]\.0|订阅|訂閱|フィード))*\W*",
    re.IGNORECASE,
)
"""What a link to a feed says, the whole of it."""

_COMMENTS = re.compile(r"comments?\b|评论|評論|コメント", re.IGNORECASE)
_MOST_BYTES = 4 << 20
_MOST_LINKS = 3000
_LONGEST = 2000


def feeds(html: bytes, *, url: str, content_type: str = "") -> list[tuple[str, str]]:
    """(address, title) of the feeds that a page names, the best first; feeds of comments last.

    First what it declares (`<link rel=alternate>`), then links on the same site: those whose
    addresses are a feed's, those that say they lead to one, those that may be one's.
    """
    page = LexborHTMLParser(content.to_text(html[:_MOST_BYTES], content_type))
    base = dom.base_of(page, url)
    found = sorted(_declared(page, base), key=lambda one: one[0])
    ordered = [*((address, title) for _, address, title in found), *_linked(page, base)]
    distinct = {canonical(address): (address, title) for address, title in reversed(ordered)}
    unique = [distinct.pop(canonical(one[0])) for one in ordered if canonical(one[0]) in distinct]
    return sorted(unique, key=lambda one: bool(_COMMENTS.search(f"{one[0]} {one[1]}")))


def _declared(page: LexborHTMLParser, base: str) -> Iterator[tuple[int, str, str]]:
    for node in page.css("link[rel][href]"):
        facts = node.attributes
        kind = (facts.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (facts.get("rel") or "").lower().split() and kind in _FEED_TYPES:
            address = absolute(base, facts.get("href") or "")
            if address:
                yield _FEED_TYPES[kind], address, text.squash(facts.get("title") or "")


def _linked(page: LexborHTMLParser, base: str) -> list[tuple[str, str]]:
    found = sorted(_likely(page, base), key=lambda one: one[0])
    return [(address, label) for _, address, label in found]


def _likely(page: LexborHTMLParser, base: str) -> Iterator[tuple[int, str, str]]:
    """How likely a link leads to a feed (0 the most), where it leads, and what it says."""
    for node in page.css("a[href]")[:_MOST_LINKS]:
        address = absolute(base, node.attributes.get("href") or "")
        if len(address) > _LONGEST or not same_site(base, address):
            continue
        label = _label(node)
        if _FEED_PATH.search(address.split("?")[0]):
            yield 0, address, label
        elif _SAYS_FEED.fullmatch(label) and canonical(address) != canonical(base):
            yield 1, address, label
        elif _PERHAPS.search(address) and not _NO_FEED.search(address):
            yield 2, address, label


def _label(node: LexborNode) -> str:
    """What a link says, else what it is called, else what its picture shows."""
    picture = node.css_first("img[alt]")
    given = (
        node.text(),
        node.attributes.get("title") or node.attributes.get("aria-label") or "",
        (picture.attributes.get("alt") or "") if picture else "",
    )
    return next((said[:80] for said in map(text.squash, given) if said), "")
