"""RSS 0.90 to 2.0 and RSS 1.0 (RDF), with the modules that news sites use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from newskeep.discover import feed_parts as common
from newskeep.discover.feed_parts import Document, Parts
from newskeep.types import Entry, Feed, Image
from newskeep.url import absolute, canonical, is_web

_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 604800,
    "monthly": 2592000,
    "yearly": 31536000,
}


_PUBLISHED = (
    "pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "date",
)  # fmt: skip
_MODIFIED = ("dcterms:modified", "atom:updated")
_DESCRIPTIONS = ("dc:description", "itunes:summary", "itunes:subtitle")
_SUMMARIES = ("description", "summary", "atom:summary", *_DESCRIPTIONS, "media:description")
_CONTENTS = ("content:encoded", "xhtml:body", "xhtml:div", "atom:content", "body", "fullitem")


def read_rss(root: etree._Element, url: str, received: datetime) -> Feed:
    """Read an `rss`, `RDF` or bare `channel` element; `url` is the document's address."""
    elements = root.iter(etree.Element)
    channel = next((one for one in elements if common.name_of(one) == "channel"), root)
    facts = common.parts(channel)
    document = Document.of(root, url, received)
    lang = facts.first("language", "dc:language") or common.lang_of(channel, document)
    document = document._replace(lang=lang)
    return Feed(
        kind="rss1" if common.name_of(root).endswith("rdf") else "rss",
        title=common.plain(facts.first("title", "dc:title")),
        home=absolute(common.base_of(channel, document), facts.first("link")),
        lang=lang,
        description=common.plain(facts.first("description", *_DESCRIPTIONS)),
        entries=tuple(_entry(common.parts(item), document) for item in _items(root)),
        ttl=_ttl(facts),
        skip_hours=_skip_hours(facts),
        skip_days=tuple(_children(facts, "skipdays", "day")),
        hubs=tuple(_links(facts, "hub", document)),
        moved_to=_moved_to(facts, url),
        next_page=next((one for rel in common.OLDER for one in _links(facts, rel, document)), ""),
    )


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """The items, wherever a broken feed has them."""
    named = root.iter("{*}item", "{*}Item", "{*}ITEM")
    return common.first_entries(one for one in named if common.name_of(one) == "item")


def _moved_to(facts: Parts, url: str) -> str:
    moved = absolute(url, facts.first("itunes:new-feed-url"))
    return moved if canonical(moved) != canonical(url) else ""


def _entry(item: Parts, document: Document) -> Entry:
    guid = item.first("guid", "dc:identifier") or item.element.get(
        "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", ""
    )
    address = _address(item, guid, document)
    dated = address or guid or document.url
    published, odd = common.time(
        item.first(*_PUBLISHED), url=dated, lang=document.lang, received=document.received
    )
    modified, odder = common.time(
        item.first(*_MODIFIED), url=dated, lang=document.lang, received=document.received
    )
    none = common.dateless(published or modified, odd, dated, document.received)
    summary, content = _bodies(item, document)
    return Entry(
        id=guid or address,
        url=address,
        title=_title(item),
        authors=_authors(item),
        published=published or modified,
        modified=modified,
        summary=summary,
        content=content,
        tags=_tags(item),
        images=_images(item, document),
        lang=item.first("dc:language") or common.lang_of(item.element, document),
        aliases=common.aliases(address, _permalink(item, guid), item.first("link")),
        problems=(*odd, *odder, *none),
    )


def _address(item: Parts, guid: str, document: Document) -> str:
    """The link; else a link with rel or href; else the guid where it is an address.

    A guid that says it is no permalink is still the best where there is nothing else.
    """
    return next((one for one in _addresses(item, guid, document) if one), "")


def _addresses(item: Parts, guid: str, document: Document) -> Iterator[str]:
    base = common.base_of(item.element, document)
    for name in ("feedburner:origlink", "link"):
        yield absolute(base, item.first(name))
    yield from _links(item, "alternate", document)
    yield guid if is_web(guid) else ""
    yield from (absolute(base, one.get("url", "")) for one in item.all("enclosure"))


def _permalink(item: Parts, guid: str) -> str:
    denied = any(one.get("isPermaLink", "").lower() == "false" for one in item.all("guid"))
    return "" if denied else guid


def _links(facts: Parts, rel: str, document: Document) -> Iterator[str]:
    for link in (*facts.all("atom:link"), *facts.all("link")):
        if link.get("rel", "alternate") == rel and link.get("href"):
            yield absolute(common.base_of(link, document), link.get("href", ""))


def _title(item: Parts) -> str:
    return common.plain(item.first("title", "media:title", "dc:title"))


def _bodies(item: Parts, document: Document) -> tuple[str, str]:
    """(summary, full body). A group's description (media:group) counts as a summary."""
    contents = [one for name in _CONTENTS for one in item.all(name)]
    summaries = [one for name in _SUMMARIES for one in item.all(name)]
    summaries += _in_groups(item, "media:description")
    return _first_body(summaries, document), _first_body(contents, document)


def _first_body(elements: list[etree._Element], document: Document) -> str:
    bodies = (common.body(one, document) for one in elements)
    return next((found for found in bodies if found), "")


def _in_groups(item: Parts, name: str) -> list[etree._Element]:
    groups = item.all("media:group")
    return [one for group in groups for one in group.iter() if common.name_of(one) == name]


def _authors(item: Parts) -> tuple[str, ...]:
    for name in ("dc:creator", "dc:author", "author", "itunes:author", "media:credit"):
        found = common.people(_person_texts(item.all(name)))
        if found:
            return found
    atom = (
        child
        for one in item.all("atom:author")
        for child in one
        if common.name_of(child) == "atom:name"
    )
    return common.people(common.full_text(one) for one in atom)


def _person_texts(elements: list[etree._Element]) -> Iterator[str]:
    for one in elements:
        names = [common.full_text(child) for child in one if common.name_of(child).endswith("name")]
        yield from names or [common.full_text(one)]


def _tags(item: Parts) -> tuple[str, ...]:
    words = (
        common.plain(common.full_text(one))
        for name in ("category", "dc:subject")
        for one in item.all(name)
    )
    return tuple(dict.fromkeys(word for word in words if word))


def _images(item: Parts, document: Document) -> tuple[Image, ...]:
    media = [
        *item.all("media:content"),
        *_in_groups(item, "media:content"),
        *item.all("enclosure"),
        *item.all("media:thumbnail"),
        *_in_groups(item, "media:thumbnail"),
    ]
    return common.pictures(media, document)


_TTL_DIGITS = 7
"""Of minutes; a longer number means very long all the same."""


def _ttl(facts: Parts) -> int | None:
    """Seconds between polls that ttl (minutes) or sy:updatePeriod asks for; the longer one."""
    waits = []
    minutes = facts.first("ttl")
    if re.fullmatch(r"[0-9]+", minutes) and int(minutes[:_TTL_DIGITS]):
        waits.append(int(minutes[:_TTL_DIGITS]) * 60)
    period = _PERIODS.get(facts.first("sy:updateperiod").lower())
    if period:
        times = facts.first("sy:updatefrequency")
        waits.append(period // max(int(times) if re.fullmatch(r"[0-9]{1,5}", times) else 1, 1))
    return max(waits, default=None)


def _skip_hours(facts: Parts) -> tuple[int, ...]:
    hours = _children(facts, "skiphours", "hour")
    numbers = (int(hour) for hour in hours if re.fullmatch(r"[0-9]{1,2}", hour))
    return tuple(dict.fromkeys(number % 24 for number in numbers if number <= 24))


def _children(facts: Parts, parent: str, child: str) -> Iterator[str]:
    for one in facts.all(parent):
        yield from (common.full_text(each) for each in one if common.name_of(each) == child)
