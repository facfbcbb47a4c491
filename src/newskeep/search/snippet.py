"""Showing what was found: marks around matches, and a passage cut at sentence ends."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from newskeep.search.query import Text
from newskeep.search.tokens import IGNORED, find, fold

START, END = "\x02", "\x03"
"""What stands before and after a match in marked text."""

WIDTH = 160
"""Columns of a snippet; a Chinese character takes two."""

FARTHEST = 50_000
"""Characters of a text that a snippet is looked for in."""

_LONG_WORD = 20
_UNMARKED = str.maketrans("", "", START + END)
_SENTENCE_END = re.compile(r"[。！？!?…]+[”’」』）)\"']*|\.[”’)\"']*(?=\s)|\n+")


class Span(NamedTuple):
    """Where a match stands, and which of the texts it is one of."""

    start: int
    end: int
    text: int


def highlight(text: str, wanted: Sequence[Text]) -> str:
    """The whole text with every match marked. Marks that stood in it before are gone."""
    text = text.translate(_UNMARKED)
    return _mark(text, matches(text, wanted), 0, len(text))


def snippet(text: str, wanted: Sequence[Text], *, width: int = WIDTH) -> str:
    """The passage that shows most of what was looked for, marked, on one line.

    It starts and ends with a sentence where the width (in columns) allows, else with an
    ellipsis. Without a match it is the beginning of the text. Of a text longer than
    FARTHEST characters only so much is looked at.
    """
    text = text[:FARTHEST].translate(_UNMARKED)
    found = matches(text, wanted)
    sentences = _sentences(text)
    if not sentences:
        return ""
    best = _best(sentences, found)
    start, end = sentences[best]
    if _columns(text[start:end]) > width:
        start, end = _within(text, start, end, found, width)
    else:
        start, end = _grow(text, sentences, best, width)
    before = "" if any(start == first for first, _ in sentences) else "…"
    after = "" if any(end == last for _, last in sentences) else "…"
    return before + " ".join(_mark(text, found, start, end).split()) + after


def matches(text: str, wanted: Sequence[Text]) -> list[Span]:
    """Where any of the texts stands, in order and not overlapping."""
    folded = fold(text)
    plain, places = _plain(folded)
    found = [
        Span(places[start], places[end], number)
        for number, one in enumerate(wanted)
        for start, end in find(plain, one.units, is_open=one.prefix)
    ]
    return list(_apart(sorted(found)))


def _plain(folded: str) -> tuple[str, Sequence[int]]:
    """Folded text without IGNORED, and where each of its characters and its end stand."""
    if IGNORED not in folded:
        return folded, range(len(folded) + 1)
    places = [place for place, char in enumerate(folded) if char != IGNORED]
    return folded.replace(IGNORED, ""), [*places, len(folded)]


def _apart(found: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in found:
        if span.start >= end:
            yield span
            end = span.end


def _mark(text: str, found: Iterable[Span], start: int, end: int) -> str:
    parts, at = [], start
    for span in found:
        if span.start >= start and span.end <= end:
            parts += [text[at : span.start], START, text[span.start : span.end], END]
            at = span.end
    return "".join([*parts, text[at:end]])


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence that is not blank starts and ends, without the space around it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    cuts = pairwise([0, *ends, len(text)])
    return [cut for start, end in cuts if (cut := _trim(text, start, end))[0] < cut[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _best(sentences: Sequence[tuple[int, int]], found: Sequence[Span]) -> int:
    """The sentence in which most of the texts stand; of equals the first."""
    starts = [start for start, _ in sentences]
    seen: dict[int, set[int]] = {0: set()}
    for span in found:
        at = bisect_right(starts, span.start) - 1
        seen.setdefault(max(at, 0), set()).add(span.text)
    return max(seen, key=lambda at: (len(seen[at]), -at))


def _grow(text: str, sentences: Sequence[tuple[int, int]], at: int, width: int) -> tuple[int, int]:
    """A sentence with those after it, then those before it, as far as the width allows."""
    start, end = sentences[at]
    for _, further in sentences[at + 1 :]:
        if _columns(text[start:further]) > width:
            break
        end = further
    for earlier, _ in reversed(sentences[:at]):
        if _columns(text[earlier:end]) > width:
            break
        start = earlier
    return start, end


def _within(text: str, start: int, end: int, found: Iterable[Span], width: int) -> tuple[int, int]:
    """A part of a long sentence, from a little before its first match."""
    first = next((span.start for span in found if start <= span.start < end), start)
    begin = _back(text, start, first, width // 3)
    return begin, _forth(text, begin, end, width)


def _back(text: str, start: int, first: int, width: int) -> int:
    """A place before `first`, at most so many columns, that is not within a word."""
    at = first
    while at > start and (width := width - _columns(text[at - 1])) >= 0:
        at -= 1
    space = text.find(" ", at, first)
    return space + 1 if at > start and space >= 0 else at


def _forth(text: str, start: int, end: int, width: int) -> int:
    """A place so many columns behind `start`, or a little less so as not to cut a word."""
    at = start
    while at < end and (width := width - _columns(text[at])) >= 0:
        at += 1
    space = text.rfind(" ", max(start, at - _LONG_WORD), at)
    return space if at < end and space > start else at


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
