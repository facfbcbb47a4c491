"""Atom 1.0 (RFC 4287) and 0.3."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from newskeep.discover import feed_parts as common
from newskeep.discover.feed_parts import Document, Parts
from newskeep.types import Entry, Feed
from newskeep.url import absolute, is_web

_RELATIONS = "http://www.iana.org/assignments/relation/"
_ARTICLE = ("", "text/html", "application/xhtml+xml")
_PUBLISHED = ("published", "issued", "created", "dc:date")
_MODIFIED = ("updated", "modified")
_TEXTS = ("title", "subtitle", "tagline", "summary", "content")


def read_atom(root: etree._Element, url: str, received: datetime) -> Feed:
    """Read a `feed` element; `url` is the document's address."""
    facts = _parts(root)
    document = Document.of(root, url, received)
    document = document._replace(lang=common.lang_of(root, document))
    return Feed(
        kind="atom",
        title=_plain(facts, "title"),
        home=_page_link(facts, document),
        lang=document.lang,
        description=_plain(facts, "subtitle", "tagline"),
        entries=tuple(
            _entry(_parts(one), facts, document) for one in common.first_entries(facts.all("entry"))
        ),
        hubs=tuple(_links(facts, document, "hub")),
        next_page=next((one for rel in common.OLDER for one in _links(facts, document, rel)), ""),
    )


def _parts(element: etree._Element) -> Parts:
    """Children by name with Atom's own unprefixed, whatever version or none it is declared as."""
    found = common.parts(element, own="atom:")
    for name in _TEXTS:
        for one in found.all(name):
            _undo_base64(one)
    return found


def _undo_base64(element: etree._Element) -> None:
    """HTML in base64: Atom 0.3 says so, 1.0 by a type that is no text (RFC 4287 §4.1.3.3)."""
    kind = element.get("type", "").lower()
    is_text = "/" not in kind or kind.startswith("text/") or kind.endswith(("/xml", "+xml"))
    if len(element) or (is_text and element.get("mode") != "base64"):
        return
    try:
        element.text = b64decode("".join((element.text or "").split()), validate=True).decode()
    except ValueError:
        return  # a picture, say, or no base64 at all
    element.set("type", "text/html")


def _entry(entry: Parts, feed: Parts, document: Document) -> Entry:
    name = entry.first("id")
    address = _address(entry, name, document)
    dated = address or name or document.url
    published, odd = common.time(
        entry.first(*_PUBLISHED), url=dated, lang=document.lang, received=document.received
    )
    modified, odder = common.time(
        entry.first(*_MODIFIED), url=dated, lang=document.lang, received=document.received
    )
    none = common.dateless(published or modified, odd, dated, document.received)
    source = next((_parts(one) for one in entry.all("source")), feed)
    origin = absolute(document.url, entry.first("feedburner:origlink"))
    return Entry(
        id=name or address,
        url=origin or address,
        title=_plain(entry, "title", "media:title"),
        authors=_authors(entry) or _authors(source),
        published=published or modified,
        modified=modified,
        summary=_body(entry, "summary", document) or _group_description(entry),
        content=_body(entry, "content", document),
        tags=_tags(entry),
        images=common.pictures(_media(entry), document),
        lang=common.lang_of(entry.element, document),
        aliases=common.aliases(origin or address, name, address),
        problems=(*odd, *odder, *none),
    )


def _address(entry: Parts, name: str, document: Document) -> str:
    found = _page_link(entry, document) or _any_link(entry, document)
    return found or (name if is_web(name) else "")


def _plain(facts: Parts, *names: str) -> str:
    for name in names:
        for one in facts.all(name):
            if one.get("type", "text") in ("text", "text/plain") and not len(one):
                found = common.plain(_escaped(one.text or ""))
            else:
                found = common.plain(common.markup(one))
            if found:
                return found
    return ""


def _escaped(text: str) -> str:
    """Text that happens to hold < keeps it; entities that were escaped twice are still undone."""
    return text.replace("<", "&lt;")


def _links(
    facts: Parts, document: Document, rel: str, types: tuple[str, ...] = ()
) -> Iterator[str]:
    for one in facts.all("link"):
        if _rel(one) == rel and (not types or one.get("type", "") in types):
            found = absolute(common.base_of(one, document), one.get("href", ""))
            if found:
                yield found


def _rel(link: etree._Element) -> str:
    """The relation, also where it is written as IANA's address of it (RFC 4287 §4.2.7.2)."""
    return link.get("rel", "alternate").removeprefix(_RELATIONS).lower()


def _page_link(facts: Parts, document: Document) -> str:
    return next(_links(facts, document, "alternate", _ARTICLE), "")


def _any_link(entry: Parts, document: Document) -> str:
    """Without a page's link: any alternate, what the content points to, a via or related."""
    sources = (
        absolute(common.base_of(one, document), one.get("src", "")) for one in entry.all("content")
    )
    found = (
        *_links(entry, document, "alternate"),
        *sources,
        *_links(entry, document, "via"),
        *_links(entry, document, "related"),
    )
    return next((one for one in found if one), "")


def _body(entry: Parts, name: str, document: Document) -> str:
    for one in entry.all(name):
        kind = one.get("type", "text").lower()
        if kind in ("text", "text/plain") and not len(one):
            body = (one.text or "").strip()
            return common.body(one, document) if _is_markup(body) else _paragraphs(body)
        if kind.startswith(("text/html", "html", "xhtml", "application/xhtml")) or len(one):
            return common.body(one, document)
    return ""


def _is_markup(body: str) -> bool:
    """Many feeds leave type="html" out."""
    return "</" in body or "<p>" in body or "<br" in body


def _paragraphs(body: str) -> str:
    escaped = body.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"<p>{part.strip()}</p>" for part in escaped.split("\n\n") if part.strip())


def _group_description(entry: Parts) -> str:
    groups = entry.all("media:group")
    found = (
        one
        for group in groups
        for one in group.iter()
        if common.name_of(one) == "media:description"
    )
    described = next((common.full_text(one) for one in found), "")
    return _paragraphs(described) if described else ""


def _media(entry: Parts) -> Iterator[etree._Element]:
    names = ("media:content", "media:thumbnail")
    for name in names:
        yield from entry.all(name)
    for group in entry.all("media:group"):
        yield from (one for one in group.iter() if common.name_of(one) in names)
    for link in entry.all("link"):
        if _rel(link) == "enclosure":
            yield link


def _authors(facts: Parts) -> tuple[str, ...]:
    people = (_parts(one).first("name") or common.full_text(one) for one in facts.all("author"))
    creators = (common.full_text(one) for one in facts.all("dc:creator"))
    return common.people(people) or common.people(creators)


def _tags(entry: Parts) -> tuple[str, ...]:
    labels = (
        one.get("label") or one.get("term") or common.full_text(one)
        for one in entry.all("category")
    )
    subjects = (common.full_text(one) for one in entry.all("dc:subject"))
    words = (common.plain(word) for some in (labels, subjects) for word in some)
    return tuple(dict.fromkeys(word for word in words if word))
