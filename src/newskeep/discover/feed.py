"""Feeds: RSS 0.9x to 2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed, read into one shape.

Whatever stands there is read as far as it goes; what is odd becomes a Problem.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from lxml import etree

from newskeep import content, text
from newskeep.discover import xml
from newskeep.discover.feed_atom import read_atom
from newskeep.discover.feed_cut import without_cut_entry
from newskeep.discover.feed_json import looks_like_json, read_json
from newskeep.discover.feed_parts import MOST_ENTRIES
from newskeep.discover.feed_rss import read_rss
from newskeep.types import Entry, Feed, Problem

Reader = Callable[[etree._Element, str, datetime], Feed]

_ROOTS: dict[str, Reader] = {
    "rss": read_rss,
    "rdf": read_rss,
    "channel": read_rss,
    "feed": read_atom,
}


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """Read a feed document that was received at a time. Never raises.

    A document that is no feed gives `Feed(kind="")` with a Problem that says so.
    """
    if looks_like_json(data, content_type):
        return _finished(read_json(data, url, received), url, "", received)
    root, fault = _root(data, content_type)
    found = _feed_root(root) if root is not None else None
    if found is None:
        message = f"{url} is no feed" + (f" ({fault})" if fault else "")
        return Feed(kind="", problems=(_problem(url, "not-a-feed", message, received),))
    reader = _ROOTS[_name(found)]
    return _finished(reader(found, url, received), url, fault, received)


def _root(data: bytes, content_type: str) -> tuple[etree._Element | None, str]:
    """The document's root and what is wrong with it, without an entry that its end cut off."""
    root, fault = xml.parse(data, content_type)
    document = content.to_text(data, content_type, kind="xml") if fault else ""
    whole = without_cut_entry(document)
    if len(whole) < len(document):
        root, _ = xml.parse(BOM_UTF8 + whole.encode())
    return root, fault


def _finished(feed: Feed, url: str, fault: str, received: datetime) -> Feed:
    problems = list(feed.problems)
    if fault:
        message = f"{url} is not well-formed ({fault}); what could be read was kept"
        problems.append(_problem(url, "feed-malformed", message, received))
    if len(feed.entries) > MOST_ENTRIES:
        message = f"{url} lists more than {MOST_ENTRIES} entries; only the first ones were read"
        problems.append(_problem(url, "feed-too-long", message, received))
    named = (_named(entry) for entry in feed.entries[:MOST_ENTRIES] if _says_something(entry))
    entries = _distinct(named)
    return replace(feed, entries=entries, problems=tuple(problems))


def _says_something(entry: Entry) -> bool:
    return bool(entry.id or entry.url or entry.title or entry.summary or entry.content)


def _named(entry: Entry) -> Entry:
    """An entry without id and address, which RSS allows, is known by its title and time."""
    if entry.id:
        return entry
    said = entry.title or entry.summary or entry.content
    return replace(entry, id=text.digest(said, str(entry.published)))


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each entry once: the same id may stand there again only with another address."""
    kept: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        kept.setdefault((entry.id, entry.url), entry)
    return tuple(kept.values())


def _feed_root(root: etree._Element) -> etree._Element | None:
    """The feed's own element; broken feeds sometimes come wrapped in something else."""
    return next((one for one in root.iter(etree.Element) if _name(one) in _ROOTS), None)


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()


def _problem(url: str, kind: str, message: str, at: datetime) -> Problem:
    return Problem(url=url, stage="discover", kind=kind, message=message, at=at)
