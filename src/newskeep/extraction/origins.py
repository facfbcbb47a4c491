"""Where the facts of an article stand in its page: every place that says the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from newskeep.extraction.dom import Node
from newskeep.extraction.head import Head
from newskeep.extraction.page_blocks import path_of
from newskeep.extraction.titles import bare
from newskeep.text import squash
from newskeep.types import Article, Stamp

_MOST_PLACES = 4_000
_MOST_TOLD = 8
_MOST_PICTURES = 40
_LONGEST = 500
_LONGEST_DATE = 300
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A fact of an article, and the places of its page that say so, such as `meta og:title`."""

    name: str
    value: str
    places: tuple[str, ...]


class _Place(NamedTuple):
    name: str
    said: str


def origins(article: Article, head: Head, root: Node, url: str) -> tuple[Origin, ...]:
    """The facts of an article with their places, in the order in which a reader asks for them."""
    places = list(islice(_places(head, root, url), _MOST_PLACES))

    def origin(name: str, value: str, says: Callable[[str], bool]) -> Origin:
        found = dict.fromkeys(place.name for place in places if says(place.said))
        return Origin(name=name, value=value, places=tuple(found)[:_MOST_TOLD])

    found = [origin("title", article.title, _says_title(article.title))]
    found += [origin("author", one, _names(one)) for one in article.authors]
    stamps = {"published": article.published, "modified": article.modified}
    found += [origin(name, _shown(one), _says_day(one)) for name, one in stamps.items() if one]
    facts = {"subtitle": article.subtitle, "section": article.section, "language": article.lang}
    found += [origin(name, said, _is(said)) for name, said in facts.items() if said]
    pictures = article.images[:_MOST_PICTURES]
    found += [origin("picture", one.url, _is_picture(one.url)) for one in pictures]
    return tuple(found)


def _places(head: Head, root: Node, url: str) -> Iterator[_Place]:
    """Everything in a document that says a fact about it, the plainest first."""
    yield _Place("title element", head.title)
    yield _Place("html lang", head.lang)
    for item in head.items:
        yield from _members(item, "JSON-LD")
    for name, values in head.meta.items():
        yield from (_Place(f"meta {name}", value) for value in values)
    yield _Place("address", url)
    for node in root.walk():
        yield from _of_element(node)


def _members(value: Any, path: str, depth: int = 0) -> Iterator[_Place]:
    """The strings of a JSON-LD value with the names that lead to them."""
    if isinstance(value, str):
        yield _Place(path, value[:_LONGEST])
    elif depth < 5 and isinstance(value, dict):
        for name, one in value.items():
            yield from _members(
                one, f"{path} {name}" if depth == 0 else f"{path}.{name}", depth + 1
            )
    elif depth < 5 and isinstance(value, list):
        for one in value[:50]:
            yield from _members(one, path, depth + 1)


def _of_element(node: Node) -> Iterator[_Place]:
    if node.tag == "time" and node.get("datetime"):
        yield _Place(f"time datetime in {path_of(node)}", node.get("datetime"))
    if node.tag == "img":
        yield from (_Place("the page's pictures", node.get(n)) for n in ("src", "data-src"))
    own = squash(" ".join(child for child in node.children if isinstance(child, str)))
    if own and len(own) < _LONGEST:
        yield _Place(f"text of {path_of(node)}", own)


def _says_title(title: str) -> Callable[[str], bool]:
    wanted = bare(title)
    return lambda said: bool(wanted) and bare(said[:_LONGEST]) == wanted


def _names(name: str) -> Callable[[str], bool]:
    wanted = name.casefold()
    return lambda said: wanted in said.casefold()


def _is(wanted: str) -> Callable[[str], bool]:
    folded = squash(wanted).casefold()
    return lambda said: squash(said).casefold() == folded


def _is_picture(url: str) -> Callable[[str], bool]:
    name = url.partition("?")[0].rpartition("/")[2]
    return lambda said: said == url or (bool(name) and name in said)


def _says_day(stamp: Stamp) -> Callable[[str], bool]:
    """Whether a text names the day, in digits or with the month as a word; and the minute."""
    times = (stamp.at + timedelta(minutes=stamp.offset or 0), stamp.at)
    days = {(one.year, one.month, one.day) for one in times}
    minutes = {(one.hour, one.minute) for one in times}

    def says(said: str) -> bool:
        if len(said) > _LONGEST_DATE:
            return False
        numbers = [int(one) for one in _DIGITS.findall(said) if len(one) < 9]
        if not stamp.day_only and len(numbers) > 4 and tuple(numbers[3:5]) not in minutes:
            return False
        rows = set(zip(numbers, numbers[1:], numbers[2:], strict=False))
        return bool(
            rows & days
            or {row[::-1] for row in rows} & days
            or any({year, day} <= set(numbers) for year, _, day in days)
            or any(year * 10_000 + month * 100 + day in numbers for year, month, day in days)
        )

    return says


def _shown(stamp: Stamp) -> str:
    local = stamp.at + timedelta(minutes=stamp.offset or 0)
    return local.strftime("%Y-%m-%d") if stamp.day_only else local.strftime("%Y-%m-%d %H:%M")
