"""Sitemaps 0.9 and their news and image extensions, indexes of them, and what passes for them.

https://www.sitemaps.org/protocol.html lets a sitemap be XML, a list of addresses as plain
text, or a feed, each gzipped or not. A sitemap speaks for its own host alone (“Sitemap
file location”); addresses of other hosts are left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple, TypeVar

from lxml import etree

from newskeep import content, dates
from newskeep.discover import feed, xml
from newskeep.discover import feed_parts as common
from newskeep.errors import FetchError
from newskeep.types import Entry, Feed, Image, Problem, Stamp
from newskeep.url import absolute, canonical, is_web, origin

MOST_BYTES = 50 << 20
"""Bytes of a sitemap once unpacked, as the protocol has it."""

MOST_LISTED = 50_000
"""Addresses of one sitemap that are read, as the protocol has it."""

MOST_ENTRIES = 1000
"""Entries that are taken from one sitemap, the newest first; a news sitemap holds no more."""

MOST_SITEMAPS = 10
"""Sitemaps of one index that are read, the newest first."""

RECENT = timedelta(days=7)
"""A sitemap of an index that has not changed for longer brings no news, and is not read.

Where none is newer, the newest one is.
"""

_GZIP = b"\x1f\x8b"
_LONGEST = 2048
_MOST_PICTURES = 20
_WHOLE_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")
_NUMBERS = re.compile(r"\d+")


class _Listed(NamedTuple):
    """A `url` or `sitemap` element, and the absolute address that its `loc` gives."""

    facts: _Facts
    url: str


class _Facts:
    """An element's children by local name: prefixes and namespaces are too often wrong."""

    def __init__(self, element: etree._Element) -> None:
        self._children: dict[str, list[etree._Element]] = {}
        for child in element.iterchildren(etree.Element):
            self._children.setdefault(_local(child), []).append(child)

    def all(self, name: str) -> list[etree._Element]:
        """The children of this name."""
        return self._children.get(name, [])

    def first(self, name: str) -> str:
        """The text of the first child of this name, or an empty string."""
        return next((common.full_text(one) for one in self.all(name)), "")

    def inner(self, name: str) -> _Facts:
        """The facts of the first child of this name; none where there is no such child."""
        return _Facts(next(iter(self.all(name)), etree.Element("none")))


T = TypeVar("T", _Listed, Entry)


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """Read a sitemap that was received at a time. Never raises.

    An index gives no entries, but `more`: its sitemaps that changed lately (RECENT), or that
    may have, for they give no date; MOST_SITEMAPS of them, the newest first. A document that
    is no sitemap gives `Feed(kind="")` with a Problem that says so.
    """
    try:
        if data.startswith(_GZIP):
            data = content.decode(data, "gzip", limit=MOST_BYTES)
    except FetchError as error:
        return _none(url, f"{url} cannot be unpacked: {error}", error.kind, received)
    if len(data) > MOST_BYTES:
        message = f"{url} is longer than {MOST_BYTES:,} bytes, which is all that a sitemap may be"
        return _none(url, message, "too-large", received)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"\0" not in data[:4]:
        return _text_list(data, url, content_type, received)
    root, fault = xml.parse(data, content_type)
    found = _read(root, url, received) if root is not None else None
    if found is None:
        return _from_feed(data, url, content_type, received, fault)
    if not fault:
        return found
    message = f"{url} is not well-formed ({fault}); what could be read was kept"
    problem = _problem(url, "sitemap-malformed", message, received)
    return replace(found, problems=(*found.problems, problem))


def _read(root: etree._Element, url: str, received: datetime) -> Feed | None:
    if _local(root) == "sitemapindex":
        return _index([*_listed(root, "sitemap", url)], url, received)
    if _local(root) == "urlset":
        return _urls([*_listed(root, "url", url)], url, received)
    return None


def _listed(root: etree._Element, name: str, url: str) -> Iterator[_Listed]:
    """The elements of a name that give an address; one more than is read."""
    elements = (one for one in root.iter(etree.Element) if _local(one) == name and len(one))
    for facts in map(_Facts, islice(elements, MOST_LISTED + 1)):
        given = facts.first("loc")
        address = absolute(url, given) if len(given) <= _LONGEST else ""
        if address:
            yield _Listed(facts, address)


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()


def _index(listed: list[_Listed], url: str, received: datetime) -> Feed:
    own, strangers = _own(listed[:MOST_LISTED], url, received)
    dated = sorted({(_changed(one), one.url) for one in own}, key=_newest_first)
    since = received - RECENT
    recent = [one for one in dated if one[0] is None or one[0] >= since] or dated[:1]
    more = tuple(address for _, address in recent[:MOST_SITEMAPS])
    if len(recent) <= MOST_SITEMAPS:
        return Feed(kind="sitemap", more=more, problems=strangers)
    message = (
        f"{url} lists {len(recent)} sitemaps that may hold news; the newest {MOST_SITEMAPS} are "
        "read: follow one of the others itself to keep what it lists"
    )
    told = _problem(url, "sitemap-bounded", message, received)
    return Feed(kind="sitemap", more=more, problems=(*strangers, told))


def _newest_first(one: tuple[datetime | None, str]) -> tuple[bool, float, list[int]]:
    """Dated ones by their date; the others by the numbers that their addresses are built of."""
    at, address = one
    numbers = [-int(digits) for digits in _NUMBERS.findall(address)]
    return at is None, -at.timestamp() if at else 0.0, numbers


def _changed(one: _Listed) -> datetime | None:
    """The latest instant that a `lastmod` may mean; a year or a month lasts until its end."""
    given = one.facts.first("lastmod")
    whole = _WHOLE_MONTH.fullmatch(given)
    if whole:
        month = int(whole[2] or 12)
        stamp = dates.parse(f"{whole[1]}-{month:02}-01")
        return stamp.at + timedelta(days=31) if stamp else None
    stamp = dates.parse(given, default_offset=0)
    if stamp is None:
        return None
    return stamp.at + timedelta(days=1) if stamp.day_only else stamp.at


def _urls(listed: list[_Listed], url: str, received: datetime) -> Feed:
    own, problems = _own(listed[:MOST_LISTED], url, received)
    entries = [_entry(one, received) for one in own]
    named = (_publication(one) for one in own)
    found = Feed(
        kind="sitemap", title=next((name for name in named if name), ""), problems=problems
    )
    return _bounded(found, entries, len(listed) > MOST_LISTED, url, received)


def _own(listed: Sequence[T], url: str, received: datetime) -> tuple[list[T], tuple[Problem, ...]]:
    """What the sitemap may speak for, and a Problem that tells of the rest."""
    place = _place(url)
    own = [one for one in listed if _place(one.url) == place]
    if len(own) == len(listed):
        return own, ()
    strange = next(one.url for one in listed if _place(one.url) != place)
    message = (
        f"{url} lists {len(listed) - len(own)} addresses of other hosts, such as {strange}; they "
        "were left out, for a sitemap speaks for its own host alone: follow a sitemap of that host"
    )
    return own, (_problem(url, "sitemap-other-host", message, received),)


def _place(url: str) -> str:
    """Host and port, for which `www.` makes no difference."""
    return origin(canonical(url)).replace("://www.", "://", 1)


def _bounded(
    found: Feed, entries: Iterable[Entry], is_cut: bool, url: str, received: datetime
) -> Feed:
    """The newest entries, each once; what stays out is told."""
    known: dict[str, Entry] = {}
    for entry in entries:
        known.setdefault(entry.url, entry)
    distinct = list(known.values())
    if len(distinct) > MOST_ENTRIES or is_cut:
        message = (
            f"{url} lists {'more than ' if is_cut else ''}{len(distinct)} addresses; "
            f"the newest {MOST_ENTRIES} were taken"
        )
        told = _problem(url, "sitemap-bounded", message, received)
        found = replace(found, problems=(*found.problems, told))
    return replace(found, entries=tuple(sorted(distinct, key=_age)[:MOST_ENTRIES]))


def _age(entry: Entry) -> tuple[bool, float]:
    """For sorting: the newest first, then those without a date as they stand."""
    times = [stamp.at for stamp in (entry.published, entry.modified) if stamp]
    return not times, -max(times).timestamp() if times else 0.0


def _entry(one: _Listed, received: datetime) -> Entry:
    news = one.facts.inner("news")
    changed = one.facts.first("lastmod")
    changed = "" if _WHOLE_MONTH.fullmatch(changed) else changed  # it names no day
    published, odd = _time(news.first("publication_date"), one.url, received)
    modified, odder = _time(changed, one.url, received)
    return Entry(
        id=one.url,
        url=one.url,
        title=common.plain(news.first("title")),
        published=published,
        modified=modified,
        tags=_tags(news.first("keywords")),
        images=_images(one),
        lang=news.inner("publication").first("language"),
        problems=(*odd, *odder),
    )


def _time(given: str, url: str, received: datetime) -> tuple[Stamp | None, tuple[Problem, ...]]:
    return common.time(given, url=url, lang="", received=received)


def _publication(one: _Listed) -> str:
    """What the news extension calls the paper."""
    return common.plain(one.facts.inner("news").inner("publication").first("name"))


def _tags(keywords: str) -> tuple[str, ...]:
    words = (common.plain(word) for word in re.split("[,，、;；]", keywords))
    return tuple(dict.fromkeys(word for word in words if word))


def _images(one: _Listed) -> tuple[Image, ...]:
    facts = map(_Facts, one.facts.all("image")[:_MOST_PICTURES])
    found = (_image(image, one.url) for image in facts)
    return tuple({image.url: image for image in found if image.url}.values())


def _image(facts: _Facts, url: str) -> Image:
    """Its address may be of any host: pictures are often kept elsewhere."""
    caption = common.plain(facts.first("caption") or facts.first("title"))
    return Image(url=absolute(url, facts.first("loc")), caption=caption)


def _text_list(data: bytes, url: str, content_type: str, received: datetime) -> Feed:
    """One address a line, in UTF-8."""
    lines = content.to_text(data, content_type, kind="text").split("\n")
    given = [line.strip() for line in lines[:MOST_LISTED]]
    found = [one for one in given if len(one) <= _LONGEST and is_web(one)]
    if not found or 2 * len(found) < len([one for one in given if one]):
        return _none(url, f"{url} is no sitemap", "not-a-sitemap", received)
    entries, problems = _own([Entry(id=one, url=one) for one in found], url, received)
    listed = Feed(kind="sitemap", problems=problems)
    return _bounded(listed, entries, len(lines) > MOST_LISTED, url, received)


def _from_feed(data: bytes, url: str, content_type: str, received: datetime, fault: str) -> Feed:
    """RSS 2.0 and Atom serve as sitemaps too."""
    found = feed.parse(data, url=url, content_type=content_type, received=received)
    if not found.kind:
        message = f"{url} is no sitemap" + (f" ({fault})" if fault else "")
        return _none(url, message, "not-a-sitemap", received)
    own, problems = _own(found.entries, url, received)
    listed = replace(found, kind="sitemap", problems=(*found.problems, *problems))
    return _bounded(listed, own, False, url, received)


def _none(url: str, message: str, kind: str, at: datetime) -> Feed:
    return Feed(kind="", problems=(_problem(url, kind, message, at),))


def _problem(url: str, kind: str, message: str, at: datetime) -> Problem:
    return Problem(url=url, stage="discover", kind=kind, message=message, at=at)
