"""A recipe's TOML, read and written: every mistake is told with file, line and remedy."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from newskeep.discover.recipes import address, select
from newskeep.discover.recipes.model import ListPart, PagePart, Recipe
from newskeep.errors import ConfigError

MOST_CHARS = 100_000
"""Characters of a recipe file."""

MOST_PAGES = 50
"""Pages of one list that a recipe may ask for."""

_MOST_VALUES = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_REMEDY = "see the how-to “Write a recipe”"


def read(text: str, name: str) -> Recipe:
    """The recipe of a file called `name`. Raises ConfigError."""
    return _Reader(text, name).recipe()


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(one, str) and one.strip() for one in values):
        raise ValueError('write text in quotes, or several as ["first", "second"]')
    if len(values) > _MOST_VALUES:
        raise ValueError(f"more than {_MOST_VALUES} of them; leave out what no page has any more")
    return tuple(one.strip() for one in values)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200 or "\n" in value:
        raise ValueError("write one line of text in quotes")
    return value


def _patterns(value: Any) -> tuple[str, ...]:
    found = _texts(value)
    for one in found:
        address.check(one)
    return found


def _pages_of_hosts(value: Any) -> tuple[str, ...]:
    found = _patterns(value)
    if any(one.startswith("/") for one in found):
        raise ValueError("begin with the host, such as example.com/news")
    return found


def _css(value: Any) -> tuple[str, ...]:
    found = _texts(value)
    for one in found:
        select.check(one, xpath=False)
    return found


def _selectors(value: Any) -> tuple[str, ...]:
    found = _texts(value)
    for one in found:
        select.check(one, xpath=True)
    return found


def _next(value: Any) -> tuple[str, ...]:
    """Links, or addresses with {n} for the number of the page."""
    found = _texts(value)
    for one in found:
        if "{n}" not in one:
            select.check(one, xpath=False)
    return found


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_PAGES:
        raise ValueError(f"write a whole number from 1 to {MOST_PAGES}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false")
    return value


def _language(value: Any) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise ValueError("write a language tag such as en, zh-Hans or ja")
    return value


def _zone(value: Any) -> str:
    try:
        ZoneInfo(_text(value))
    except (KeyError, ValueError, OSError):
        raise ValueError("write a time zone's name such as Asia/Taipei") from None
    return str(value)


Readers = dict[str, Callable[[Any], Any]]

_TOP: Readers = {"title": _text, "language": _language, "zone": _zone, "trust": _flag}
_LIST: Readers = {
    "addresses": _pages_of_hosts,
    "match": _patterns,
    "next": _next,
    "pages": _count,
    **dict.fromkeys(("item", "links", "title", "date", "summary", "picture"), _css),
}
_ARTICLE: Readers = {
    "addresses": _pages_of_hosts,
    **dict.fromkeys(("title", "date", "author", "body", "strip", "next", "single"), _selectors),
}


class _Reader:
    """Reads one file, and knows where in it a mistake stands."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name

    def recipe(self) -> Recipe:
        """The recipe, or ConfigError."""
        data = self._toml()
        listing, article = data.pop("list", None), data.pop("article", None)
        if listing is None and article is None:
            raise self._mistake("", "", f"a section [list] or [article] is needed; {_REMEDY}")
        return Recipe(
            name=self._name.rpartition("/")[2].removesuffix(".toml"),
            **self._values(data, _TOP, ""),
            list=None if listing is None else ListPart(**self._part(listing, _LIST, "list")),
            article=None
            if article is None
            else PagePart(**self._part(article, _ARTICLE, "article")),
        )

    def _toml(self) -> dict[str, Any]:
        if len(self._text) > MOST_CHARS:
            raise ConfigError(f"{self._name}: longer than {MOST_CHARS:,} characters; split it")
        try:
            return tomllib.loads(self._text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise ConfigError(f"{self._name}: not TOML: {error}; {_REMEDY}") from None

    def _part(self, table: Any, readers: Readers, section: str) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self._mistake("", section, f"write it as a section: [{section}]")
        values = self._values(table, readers, section)
        if "addresses" not in values:
            remedy = 'say which pages it is for, such as addresses = "example.com/news"'
            raise self._mistake(section, "", remedy)
        return values

    def _values(self, table: Mapping[str, Any], readers: Readers, section: str) -> dict[str, Any]:
        values = {}
        for key, value in table.items():
            if key not in readers:
                raise self._mistake(section, key, f"not known; {_known(key, readers)}")
            try:
                values[key] = readers[key](value)
            except ValueError as error:
                raise self._mistake(section, key, str(error)) from None
        return values

    def _mistake(self, section: str, key: str, remedy: str) -> ConfigError:
        place = " ".join(part for part in (f"[{section}]" if section else "", key) if part)
        line = self._line(section, key)
        where = f"{self._name}, line {line}" if line else self._name
        return ConfigError(f"{where}: {place}: {remedy}" if place else f"{where}: {remedy}")

    def _line(self, section: str, key: str) -> int:
        """The line of a key, or of its section; 0 where it cannot be told."""
        start = 0
        inside = not section
        for number, line in enumerate(self._text.splitlines(), start=1):
            header = re.match(r"\s*\[\s*[\"']?([^\]\"']*?)[\"']?\s*\]", line)
            if header:
                inside = header[1] == section
                start = number if inside else start
            elif inside and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        return start


def _known(key: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, names, n=1)
    return f"did you mean {near[0]}?" if near else "known are " + ", ".join(sorted(names))


def write(recipe: Recipe) -> str:
    """A recipe as TOML that `read` reads back, but for its name, which is its file's."""
    import tomlkit

    facts = _said(recipe, Recipe(name=recipe.name))
    for section, part in (("list", recipe.list), ("article", recipe.article)):
        if part is not None:
            facts[section] = _said(part, type(part)(addresses=()))
    return tomlkit.dumps(facts)


def _said(value: Any, default: Any) -> dict[str, Any]:
    """The facts that differ from the default; the sections are written apart."""
    names = (one.name for one in fields(value) if one.name not in ("list", "article"))
    said = {name: getattr(value, name) for name in names}
    return {
        name: list(one) if isinstance(one, tuple) else one
        for name, one in said.items()
        if one != getattr(default, name)
    }
