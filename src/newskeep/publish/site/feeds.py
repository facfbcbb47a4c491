"""What machines read: Atom, sitemaps, robots.txt, the OPML of the sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree

from newskeep import dates, text
from newskeep.discover import opml
from newskeep.extraction.clean import sanitise
from newskeep.publish.site.plan import Card, Listing, Site
from newskeep.publish.target import Target

if TYPE_CHECKING:
    from newskeep.archive import Archive

ENTRIES = 50
NEARBY = "http://localhost:8000"
"""Where a site without a base_url is looked at (`python -m http.server`); sitemaps need one."""
_MOST_IN_SITEMAP = 40_000
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def write_feeds(archive: Archive, site: Site, out: Target, select: str) -> None:
    """Write them all. Addresses in them are absolute where the archive has a base_url."""
    base = archive.settings.base_url.rstrip("/")
    newest = site.cards[: -ENTRIES - 1 : -1]
    bodies = _bodies(archive, newest)
    title = archive.settings.title
    out.write("atom.xml", atom(title, base, "", newest, bodies))
    for listing in site.sources.values():
        _write_listing(out, base, listing, bodies)
    for name, document in _sitemaps(base or NEARBY, site).items():
        out.write(name, document)
    out.write("robots.txt", _robots(base or NEARBY))
    out.write("sources.opml", opml.write(archive.sources().values(), title))
    del select


def atom(title: str, base: str, path: str, cards: Iterable[Card], bodies: dict[str, str]) -> bytes:
    """An Atom feed (RFC 4287) of these cards, newest first; bodies where they are given."""
    cards = list(cards)
    feed = _root("feed", _ATOM)
    _text(feed, "title", title)
    _text(feed, "id", f"{base}/{path}" if base else f"urn:newskeep:site:{text.digest(title, path)}")
    _text(feed, "updated", dates.iso(max((_updated(card) for card in cards), default=_NEVER)))
    _text(_child(feed, "author"), "name", title)
    if base:
        own = f"{base}/{path + '/' if path else ''}atom.xml"
        _child(feed, "link", rel="self", type="application/atom+xml", href=own)
        _child(feed, "link", rel="alternate", type="text/html", href=f"{base}/")
    for card in cards:
        _entry(feed, base, card, bodies.get(card.id, ""))
    return _document(feed)


def _entry(feed: etree._Element, base: str, card: Card, body: str) -> None:
    entry = _child(feed, "entry")
    if card.lang:
        entry.set(f"{_XML}lang", card.lang)
    _text(entry, "title", card.title)
    _text(entry, "id", f"urn:newskeep:story:{card.id}")
    address = f"{base}/{quote(card.path)}/" if base else card.url
    _child(entry, "link", rel="alternate", type="text/html", href=_legal(address))
    _child(entry, "link", rel="via", href=_legal(card.url))
    _text(entry, "published", dates.iso(card.at))
    _text(entry, "updated", dates.iso(_updated(card)))
    for author in card.authors or (card.source,):
        _text(_child(entry, "author"), "name", author)
    for tag in card.tags:
        _child(entry, "category", term=_legal(tag))
    _text(entry, "summary", card.summary)
    if body:
        _text(entry, "content", body).set("type", "html")


def _write_listing(out: Target, base: str, listing: Listing, bodies: dict[str, str]) -> None:
    cards = listing.cards[: -ENTRIES - 1 : -1]
    document = atom(listing.name, base, quote(listing.path), cards, bodies)
    out.write(f"{listing.path}/atom.xml", document)


def _bodies(archive: Archive, cards: Iterable[Card]) -> dict[str, str]:
    bodies = {}
    for card in cards:
        article = archive[card.id].article
        bodies[card.id] = sanitise(article.html, article.url)
    return bodies


def _updated(card: Card) -> datetime:
    return card.changed or card.at


def _sitemaps(base: str, site: Site) -> dict[str, bytes]:
    """`sitemap.xml`, or an index of several."""
    chunks = [
        site.cards[i : i + _MOST_IN_SITEMAP]
        for i in range(0, max(len(site.cards), 1), _MOST_IN_SITEMAP)
    ]
    if len(chunks) == 1:
        return {"sitemap.xml": _sitemap(base, chunks[0], with_front=True)}
    found = {
        f"sitemap-{number}.xml": _sitemap(base, chunk, with_front=number == 1)
        for number, chunk in enumerate(chunks, start=1)
    }
    index = _root("sitemapindex", _SITEMAP)
    for name in found:
        _text(_child(index, "sitemap"), "loc", f"{base}/{name}")
    return {**found, "sitemap.xml": _document(index)}


def _sitemap(base: str, cards: Iterable[Card], *, with_front: bool) -> bytes:
    root = _root("urlset", _SITEMAP)
    if with_front:
        _text(_child(root, "url"), "loc", f"{base}/")
    for card in cards:
        url = _child(root, "url")
        _text(url, "loc", f"{base}/{quote(card.path)}/")
        _text(url, "lastmod", dates.iso(_updated(card)))
    return _document(root)


def _robots(base: str) -> str:
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"


def _root(name: str, namespace: str) -> etree._Element:
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def _text(parent: etree._Element, name: str, value: str) -> etree._Element:
    child = _child(parent, name)
    child.text = _legal(value)
    return child


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    """A new child in its parent's namespace."""
    namespace = etree.QName(parent).namespace
    return etree.SubElement(parent, etree.QName(namespace, name), attributes)


def _legal(value: str) -> str:
    """Without what XML 1.0 §2.2 does not allow."""
    return text.strip_control(value).replace("\ufffe", "").replace("\uffff", "")


def _document(root: etree._Element) -> bytes:
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
