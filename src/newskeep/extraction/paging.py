"""Numbers of pages in addresses: which page of an article an address is, if it is one.

`?page=2`, `/2`, `/page/2`, `_2.html` and `-2.html` behind the article's own address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from newskeep.url import canonical

_KEYS = frozenset((
    "page", "p", "pg", "pn", "pageno", "page_no", "pagenum", "page_num", "pagenumber",
    "page_number", "paged", "currentpage", "curpage", "seite", "pagina", "pageindex",
))  # fmt: skip
_SEGMENT = re.compile(
    r"(.*?)/(?:(?:page|seite|pagina|p)[-_/]?)?(\d{1,2})(\.\w{2,5})?", re.IGNORECASE
)
_SUFFIX = re.compile(
    r"(.*?[^/_,.-])([_,.-]{1,2})((?:page|seite|pagina|pg?)[-_]?)?(\d{1,2})(\.\w{2,5})?",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)(?:\.\w{2,5})?$", re.IGNORECASE)


class Place(NamedTuple):
    """Page `number` of an article. Not `sure`: the address may be another article's as well."""

    number: int
    sure: bool


class _Reading(NamedTuple):
    """One way to read an address: page `number` of what has the address `stem`."""

    stem: str
    number: int
    sure: bool


def place(url: str, first: str) -> Place | None:
    """Which page of the article at `first` this address is; None where it does not extend it.

    A count may begin at 0 or at 1. Two numbers in a row behind one stem (`-1`, `-2`) may as
    well be two articles, so these are not sure.
    """
    stems = {_stem(first): True}
    for one in _readings(first):
        if one.number < 2:
            stems.setdefault(one.stem, one.sure and "?" in first)
    found = [
        Place(one.number, one.sure and stems[one.stem])
        for one in _readings(url)
        if one.stem in stems
    ]
    return max(found, key=lambda one: one.sure, default=None)


def _stem(url: str) -> str:
    parts = urlsplit(canonical(url))
    return _joined(parts.netloc, parts.path, parts.query)


def _joined(host: str, path: str, query: str) -> str:
    path = _INDEX.sub("", path).rstrip("/")
    return host.removeprefix("www.") + path + (f"?{query}" if query else "")


def _readings(url: str) -> Iterator[_Reading]:
    parts = urlsplit(canonical(url))
    yield from _by_query(parts.netloc, parts.path, parts.query)
    path = parts.path.rstrip("/")
    for number, stem, sure in (*_by_segment(path), *_by_suffix(path)):
        yield _Reading(_joined(parts.netloc, stem, parts.query), number, sure)


def _by_query(host: str, path: str, query: str) -> Iterator[_Reading]:
    pairs = query.split("&") if query else []
    for at, pair in enumerate(pairs[:50]):
        key, _, value = pair.partition("=")
        if key.lower() in _KEYS and re.fullmatch(r"\d{1,2}", value):
            rest = "&".join(pairs[:at] + pairs[at + 1 :])
            yield _Reading(_joined(host, path, rest), int(value), sure=True)


def _by_segment(path: str) -> Iterator[tuple[int, str, bool]]:
    match = _SEGMENT.fullmatch(path)
    if match:
        yield int(match[2]), match[1], True
        if match[3]:
            yield int(match[2]), match[1] + match[3], True


def _by_suffix(path: str) -> Iterator[tuple[int, str, bool]]:
    match = _SUFFIX.fullmatch(path)
    if match:
        sure = bool(match[3]) or "_" in match[2]
        yield int(match[4]), match[1] + (match[5] or ""), sure
