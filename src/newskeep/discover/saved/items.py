"""What every export comes down to: articles that somebody saved, and what they did with them.

A format's module gives `Saved` values as it finds them; here they are checked, cleaned,
joined where they mean one address, and made a feed's entries and a journal's marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from newskeep import dates
from newskeep.text import squash, strip_control
from newskeep.types import Entry, Feed, Image, Problem, Stamp
from newskeep.url import absolute, canonical

KINDS = ("save", "tag", "star", "read", "note", "highlight")
"""The kinds of marks, which are kinds of lines in the journal."""

MOST_ITEMS = 100_000
MOST_PROBLEMS = 1_000
LONGEST_TEXT = 100_000
"""Characters of a note or a quote that are kept, so that a line of the journal can hold it."""

_LONGEST_ADDRESS = 8_000
_LONGEST_TAG = 200
_FRAME = frozenset({"at", "id", "kind", "sum", "address", "when", "from"})
_USERINFO = re.compile(r"^([a-z]+://)[^/?#]*@", re.IGNORECASE)
_MICROSECONDS = re.compile(r"\d{16}")
_NO_TIME = frozenset({"", "0", "None"})
_ODD_TIMES = {
    "date-unreadable": "cannot be read",
    "date-future": "lies in the future",
    "date-ancient": "lies before the web",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on an article. `when` is a time in any form, as the export gives it."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A passage that was marked, and the note on it.

    `position` says where in the article's tree it stands, in the exporting service's
    terms: start, start_offset, end, end_offset.
    """

    quote: str
    note: str = ""
    when: str = ""
    position: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One item of an export, as found. `where` names it: a line, or a number.

    Times are in any form. `tags` are the person's, `subjects` the publisher's. `content`
    is the whole article as HTML, `summary` HTML that may be a part of it.
    """

    where: str
    url: str
    title: str = ""
    authors: Sequence[str] = ()
    published: str = ""
    lang: str = ""
    content: str = ""
    summary: str = ""
    picture: str = ""
    subjects: Sequence[str] = ()
    saved: str = ""
    tags: Sequence[str] = ()
    starred: bool = False
    starred_at: str = ""
    read: bool = False
    read_at: str = ""
    notes: Sequence[Note] = ()
    highlights: Sequence[Highlight] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a person did with an article: a line of the journal without its frame.

    `kind` is one of KINDS, `when` ISO 8601 in UTC or empty, `facts` what the kind adds.
    """

    kind: str
    when: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What makes two marks on one article the same act, whenever and wherever it was told."""
        return json.dumps([self.kind, self.facts], sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article that was saved, and the marks on it."""

    entry: Entry
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export, read. `kind` is the format's name, empty where the file is no such export."""

    kind: str
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


Tell = Callable[[str, str, str], None]
"""Takes note of a trouble: its kind, where it is, and a sentence."""

Reader = Callable[[bytes, Tell], Iterator[Saved]]
"""A format: the items of an export. Raises ValueError where it is none, or breaks off."""


def mark_key(fact: Mapping[str, Any]) -> tuple[str, str]:
    """Address and mark of a journal's line, to compare with those of an export."""
    facts = {name: value for name, value in fact.items() if name not in _FRAME}
    return str(fact.get("address", "")), Mark(kind=str(fact.get("kind", "")), facts=facts).key


def export(kind: str, reader: Reader, data: bytes, *, url: str, received: datetime) -> Export:
    """Read an export that was received at a time; `url` names it in problems. Never raises."""
    desk = _Desk(url, received)
    found: dict[str, Item] = {}
    fault = ""
    try:
        for number, saved in enumerate(islice(reader(data, desk.tell), MOST_ITEMS + 1)):
            if number == MOST_ITEMS:
                desk.tell("export-too-long", "", f"only its first {MOST_ITEMS} items were read")
                break
            for item in _item(saved, desk):
                known = found.get(item.entry.id)
                found[item.entry.id] = _joined(known, item) if known else item
    except ValueError as error:
        fault = str(error)
        desk.tell("not-an-export", "", f"this is no {kind} export, or not a whole one: {fault}")
    is_one = bool(found) or not fault
    return Export(
        kind=kind if is_one else "", items=tuple(found.values()), problems=desk.problems()
    )


def feed(kind: str, reader: Reader, data: bytes, *, url: str, received: datetime) -> Feed:
    """The articles of an export as a feed has them. Never raises."""
    found = export(kind, reader, data, url=url, received=received)
    entries = tuple(item.entry for item in found.items)
    return Feed(kind=found.kind and f"saved-{found.kind}", entries=entries, problems=found.problems)


class _Desk:
    """Where the troubles of one export are told; past a number they are only counted."""

    def __init__(self, url: str, received: datetime) -> None:
        self._url = url
        self._told: list[Problem] = []
        self._untold = 0
        self.received = received

    def tell(self, kind: str, where: str, message: str) -> None:
        if len(self._told) >= MOST_PROBLEMS:
            self._untold += 1
            return
        self._told.append(self._problem(kind, f"{where}: {message}" if where else message))

    def problems(self) -> tuple[Problem, ...]:
        if not self._untold:
            return tuple(self._told)
        more = self._problem("more-problems", f"{self._untold} more troubles of this kind")
        return (*self._told, more)

    def time(self, given: str, where: str) -> Stamp | None:
        """The time as given, or None; one that cannot be true is told and left out."""
        given = given.strip()
        if given in _NO_TIME:
            return None
        stamp = dates.parse(given[:13] if _MICROSECONDS.fullmatch(given) else given)
        kept, odd = dates.clamp(stamp, received=self.received) if stamp else (None, "")
        if kept is None:
            odd = odd or "date-unreadable"
            self.tell(odd, where, f"its time {_shown(given)} {_ODD_TIMES[odd]}; it was left out")
        return kept

    def when(self, given: str, where: str) -> str:
        """A time as the journal writes it, or an empty string."""
        stamp = self.time(given, where)
        return dates.iso(stamp.at) if stamp else ""

    def words(self, given: str, where: str) -> str:
        """A note or quote: clean, and no longer than a line of the journal can hold."""
        text = strip_control(given).strip()
        if len(text) > LONGEST_TEXT:
            self.tell("text-cut", where, f"a text of {len(text)} characters was cut")
        return text[:LONGEST_TEXT]

    def _problem(self, kind: str, message: str) -> Problem:
        said = f"{self._url}: {message}"
        return Problem(url=self._url, stage="import", kind=kind, message=said, at=self.received)


def _item(saved: Saved, desk: _Desk) -> Iterator[Item]:
    address = _address(saved.url)
    if not address:
        what = (
            f"{_shown(saved.url)} is no web address" if saved.url.strip() else "it has no address"
        )
        desk.tell("not-web", saved.where, f"{what}; it was left out")
        return
    title = squash(strip_control(saved.title))
    tags = _tags(saved.tags)
    picture = _address(saved.picture)
    entry = Entry(
        id=canonical(address),
        url=address,
        title="" if canonical(title) == canonical(address) else title,
        authors=_tags(saved.authors),
        published=desk.time(saved.published, saved.where),
        content=_encodable(saved.content).strip(),
        summary=_encodable(saved.summary).strip(),
        tags=tuple(dict.fromkeys((*tags, *_tags(saved.subjects)))),
        images=(Image(url=picture, lead=True),) if picture else (),
        lang=squash(strip_control(saved.lang)).replace("_", "-")[:35],
    )
    yield Item(entry=entry, marks=_distinct(_marks(saved, tags, desk)))


def _marks(saved: Saved, tags: Sequence[str], desk: _Desk) -> Iterator[Mark]:
    where = saved.where
    when = desk.when(saved.saved, where)
    if when:
        yield Mark(kind="save", when=when)
    for tag in tags:
        yield Mark(kind="tag", facts={"tag": tag})
    if saved.starred:
        yield Mark(kind="star", when=desk.when(saved.starred_at, where))
    if saved.read:
        yield Mark(kind="read", when=desk.when(saved.read_at, where))
    for note in saved.notes:
        text = desk.words(note.text, where)
        if text:
            yield Mark(kind="note", when=desk.when(note.when, where), facts={"text": text})
    for one in saved.highlights:
        yield from _highlight(one, where, desk)


def _highlight(one: Highlight, where: str, desk: _Desk) -> Iterator[Mark]:
    facts = {
        "quote": desk.words(one.quote, where),
        "note": desk.words(one.note, where),
        "position": dict(one.position),
    }
    said = {name: value for name, value in facts.items() if value}
    if facts["quote"]:
        yield Mark(kind="highlight", when=desk.when(one.when, where), facts=said)


def _distinct(marks: Iterator[Mark]) -> tuple[Mark, ...]:
    """Each act once, the first time it is told."""
    known: dict[str, Mark] = {}
    for mark in marks:
        known.setdefault(mark.key, mark)
    return tuple(known.values())


def _joined(first: Item, second: Item) -> Item:
    """Two items of one address: the first, with what only the second says."""
    one, other = first.entry, second.entry
    entry = replace(
        one,
        title=one.title or other.title,
        authors=one.authors or other.authors,
        published=one.published or other.published,
        content=one.content or other.content,
        summary=one.summary or other.summary,
        tags=tuple(dict.fromkeys((*one.tags, *other.tags))),
        images=one.images or other.images,
        lang=one.lang or other.lang,
    )
    return Item(entry=entry, marks=_distinct(iter((*first.marks, *second.marks))))


def _address(given: str) -> str:
    """The web address without a password, or an empty string for anything else."""
    if len(given) > _LONGEST_ADDRESS:
        return ""
    return absolute("", _USERINFO.sub(r"\1", strip_control(given).strip()))


def _tags(given: Sequence[str]) -> tuple[str, ...]:
    words = (squash(strip_control(one))[:_LONGEST_TAG].strip() for one in given)
    return tuple(dict.fromkeys(word for word in words if word))


def _encodable(text: str) -> str:
    """Without the lone surrogates that an escape in JSON may hide."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _shown(given: str) -> str:
    return repr(squash(strip_control(given))[:80])
