"""The query language: text in, a small tree out. docs/reference/search.md describes it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from newskeep.errors import QueryError
from newskeep.search.tokens import IGNORED, LONGEST_WORD, fold, is_run, units

LONGEST = 1000
"""Characters of a query."""

DEEPEST = 30
"""Parentheses and NOTs inside one another."""

TEXT_FIELDS = {"title": "title", "author": "authors", "url": "url"}
"""Fields searched like text, and the column each stands in."""

STATES = ("live", "gone", "edited")


@dataclass(frozen=True, slots=True)
class Text:
    """Units that stand one after another in one field (any but the address if it is empty).

    A run at either end may be part of a longer one; `prefix` says so of a last word.
    """

    units: tuple[str, ...]
    field: str = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that holds of an article or does not: `name` is source, tag, lang or is."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Published at `low` or later and before `high` (seconds since 1970; None: no bound)."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """What matches all of two or more nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What matches any of two or more nodes."""

    nodes: tuple[Node, ...]


Node = Text | Fact | Dated | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was written, and its tree."""

    text: str
    root: Node

    def texts(self) -> list[Text]:
        """What an answer may show as found: every text that is not negated."""
        return list(_texts(self.root))


def parse(text: str) -> Query:
    """Read a query. Raises QueryError, which points at the spot, and nothing else."""
    if len(text) > LONGEST:
        message = f"the query is {len(text)} characters long; at most {LONGEST} are read"
        raise QueryError(message, text[:LONGEST], LONGEST)
    root = _Parser(text).whole()
    if root is None:
        raise QueryError("there is no word and no field in it; write what to look for", text, 0)
    return Query(text, root)


def _texts(node: Node) -> Iterator[Text]:
    match node:
        case Text():
            yield node
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from _texts(one)


_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_BARE = re.compile(r"\s|\)|$")
_QUOTED = re.compile(r'"([^"]*)(")?|“([^”]*)(”)?')
_WORD = re.compile(r'[^\s()"“]+')
_KEYWORD = re.compile(r'(AND|OR|NOT)(?=[\s()"“]|$)')
_SPACE = re.compile(r"\s*")


class _Parser:
    """Reads a query from left to right. A part in which nothing can be looked for is None."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._column = ""

    def whole(self) -> Node | None:
        self._skip()
        root = self._sequence()
        if not self._is_end():
            raise self._error("this parenthesis closes nothing; remove it")
        return root

    def _sequence(self) -> Node | None:
        found: list[Node | None] = []
        while not self._is_over():
            found.append(self._either())
        return _join(And, found)

    def _either(self) -> Node | None:
        found = [self._both()]
        while self._take("OR"):
            found.append(self._both())
        return _join(Or, found)

    def _both(self) -> Node | None:
        found = [self._one()]
        while self._take("AND"):
            found.append(self._one())
        return _join(And, found)

    def _one(self) -> Node | None:
        if (keyword := self._keyword()) in ("AND", "OR"):
            raise self._error(f"{keyword} needs something on its left")
        if self._take("NOT") or self._take_minus():
            return self._deeper(self._negated)
        if self._peek() == "(":
            return self._deeper(self._group)
        field = _FIELD.match(self._text, self._at)
        return self._field(field) if field else self._words(self._column)

    def _negated(self) -> Node | None:
        node = self._one()
        return Not(node) if node is not None else None

    def _group(self) -> Node | None:
        start = self._at
        self._at += 1
        self._skip()
        node = self._sequence()
        if self._peek() != ")":
            raise self._error("this parenthesis is never closed", start)
        self._at += 1
        self._skip()
        return node

    def _field(self, found: re.Match[str]) -> Node | None:
        name = found[1].lower()
        is_bare = _BARE.match(self._text, found.end())
        if name not in TEXT_FIELDS and name not in _FACTS:
            if is_bare:
                return self._words(self._column)
            known = ", ".join(f"{one}:" for one in [*TEXT_FIELDS, *_FACTS])
            raise self._error(
                f"there is no field {name}:; there are {known}; "
                'to look for the words themselves, put them in quotes ("…")'
            )
        if is_bare:
            raise self._error(f"{name}: needs a value right behind it")
        self._at = found.end()
        if name in TEXT_FIELDS:
            return self._within(TEXT_FIELDS[name])
        return self._fact(name)

    def _within(self, column: str) -> Node | None:
        if self._peek() != "(":
            return self._words(column)
        outer, self._column = self._column, column
        node = self._deeper(self._group)
        self._column = outer
        return node

    def _fact(self, name: str) -> Node:
        start = self._at
        if self._peek() == "(":
            raise self._error(f"{name}: takes one value; repeat it for another, with OR")
        value, _ = self._value()
        try:
            return _FACTS[name](name, value.strip())
        except ValueError as error:
            raise self._error(str(error), start) from None

    def _words(self, column: str) -> Node | None:
        start = self._at
        value, prefix = self._value()
        if column == "url":
            value = re.sub(r"^\w+://", "", value)
        found = tuple(units(fold(value)))
        if not found:
            return None
        prefix = prefix and not is_run(found[-1])
        if prefix and len(found[-1]) > LONGEST_WORD:
            raise self._error(f"a word cut short has at most {LONGEST_WORD} characters", start)
        return Text(found, column, prefix)

    def _value(self) -> tuple[str, bool]:
        """The quoted text or word that stands here, and whether a star follows it."""
        quoted = _QUOTED.match(self._text, self._at)
        if quoted:
            if not (quoted[2] or quoted[4]):
                raise self._error("this quotation mark is never closed")
            self._at = quoted.end()
            star = self._text.startswith("*", self._at)
            self._at += star
            self._skip()
            return quoted[1] or quoted[3] or "", star
        word = _WORD.match(self._text, self._at)
        assert word is not None
        self._at = word.end()
        self._skip()
        return word[0], word[0].endswith("*")

    def _deeper(self, read: Callable[[], Node | None]) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(f"more than {DEEPEST} levels inside one another")
        node = read()
        self._depth -= 1
        return node

    def _keyword(self) -> str:
        found = _KEYWORD.match(self._text, self._at)
        return found[1] if found else ""

    def _take(self, keyword: str) -> bool:
        if self._keyword() != keyword:
            return False
        self._at += len(keyword)
        self._skip()
        if self._is_over() or self._keyword() in ("AND", "OR"):
            raise self._error(f"{keyword} needs something on its right")
        return True

    def _take_minus(self) -> bool:
        """A minus right before something; one that stands alone is a dash and looked over."""
        behind = self._text[self._at + 1 : self._at + 2]
        if self._peek() != "-" or not behind or behind.isspace() or behind in "-)":
            return False
        self._at += 1
        return True

    def _skip(self) -> None:
        space = _SPACE.match(self._text, self._at)
        assert space is not None
        self._at = space.end()

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _is_end(self) -> bool:
        return self._at >= len(self._text)

    def _is_over(self) -> bool:
        return self._is_end() or self._peek() == ")"

    def _error(self, message: str, position: int | None = None) -> QueryError:
        return QueryError(message, self._text, self._at if position is None else position)


def _join(kind: type[And] | type[Or], found: list[Node | None]) -> Node | None:
    nodes = [node for node in found if node is not None]
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(tuple(nodes))


def squash(value: str) -> str:
    """A tag as it is compared: folded, with single spaces."""
    return " ".join(fold(value).replace(IGNORED, "").split())


def language(code: str) -> str:
    """A language code as it is compared: lower case, with hyphens."""
    return squash(code).replace("_", "-")


def _tag(name: str, value: str) -> Fact:
    if not squash(value):
        raise ValueError(f"{name}: needs a value")
    return Fact(name, squash(value))


def _lang(name: str, value: str) -> Fact:
    if not language(value):
        raise ValueError(f"{name}: needs a code such as zh or en")
    return Fact(name, language(value))


def _source(name: str, value: str) -> Fact:
    if not units(fold(value)):
        raise ValueError("source: needs a word of its name, or its id")
    return Fact(name, value)


def _state(name: str, value: str) -> Fact:
    if value.lower() not in STATES:
        raise ValueError(f"is: takes one of {', '.join(STATES)}")
    return Fact(name, value.lower())


_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)


def _period(value: str) -> tuple[float, float]:
    """When a year, month or day starts in UTC, and when the next does."""
    found = _DATE.fullmatch(fold(value))
    if not found:
        raise ValueError("a date is written 2021, 2021-10 or 2021-10-08")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        raise ValueError(f"there is no {value} in the calendar") from None
    return start.timestamp(), start.timestamp() + 86400.0 * _days(year, month, day)


def _days(year: int, month: int, day: int) -> int:
    if day:
        return 1
    return calendar.monthrange(year, month)[1] if month else 365 + calendar.isleap(year)


def _dated(name: str, value: str) -> Dated:
    start, end = _period(value)
    bounds = {"before": Dated(None, start), "after": Dated(start, None), "on": Dated(start, end)}
    return bounds[name]


_FACTS: dict[str, Callable[[str, str], Fact | Dated]] = {
    "source": _source,
    "tag": _tag,
    "lang": _lang,
    "is": _state,
    "before": _dated,
    "after": _dated,
    "on": _dated,
}
