"""The text of a title: its segments, which of them only name the site, and how to compare."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from html import unescape

_SEPARATORS = re.compile(
    r"\s+[|\-–—―·•»«›:/~>]{1,3}\s+"
    r"|\s*[|｜︱┃丨¦»›◆■]{1,3}\s*"
    r"|\s*_{1,3}(?=\s|[^\x00-\x7f])\s*"
    r"|(?<=[^\x00-\x7f])_{1,3}"
    r"|\s+[:：]{2}\s+"
    r"|(?<=[^\x00-\x7f])\s?[-–—―－]{1,3}\s?(?=[^\x00-\x7f]|[A-Za-z]+(?:\.[a-z]+)?$)"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\ufffe\x00-\x1f\x7f]")
"""Soft hyphens, zero-width spaces and controls. Joiners (U+200C, U+200D) are spelling."""
_MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs of direction, without use at the ends of a text."""
_CUT = re.compile(r"\s*(?:…|\.{3,}|\[…\])$")
_MAX = 1_000
_MAX_PIECES = 7


def tidy(text: str) -> str:
    """A title as one line of a bounded length, without what nobody sees.

    Publishers escape titles twice, so entities are decoded once more than the markup asks.
    """
    text = " ".join(_UNSEEN.sub("", " ".join(unescape(text[:_MAX]).split())).split())
    return text.strip(f"{_MARKS} ")


def bare(text: str) -> str:
    """Only the letters and digits of a text, case folded: what titles are compared by."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _NOT_LETTERS.sub("", text.casefold())


def pieces(title: str) -> list[tuple[str, str]]:
    """(separator before, text) of each segment."""
    found: list[tuple[str, str]] = []
    at, before = 0, ""
    for match in _SEPARATORS.finditer(title[:_MAX]):
        if title[at : match.start()].strip():
            found.append((before, title[at : match.start()]))
            before = match[0]
        at = match.end()
    if title[at:].strip():
        found.append((before, title[at:]))
    return found


def joined(segments: list[tuple[str, str]]) -> str:
    """Segments as they stood in the title, without the separator before the first."""
    texts = [before + text for before, text in segments[1:]]
    return "".join([*(text for _, text in segments[:1]), *texts]).strip()


def is_site(segment: str, names: list[str]) -> bool:
    """Whether a segment of a title names the site, by any of its bare `names`, or nothing."""
    letters = bare(segment)
    return not letters or any(_names(letters, name) for name in names)


def _names(letters: str, name: str) -> bool:
    if letters == name:
        return True
    if len(name) > 3 and letters in (f"{name}com", f"the{name}", f"www{name}"):
        return True
    return (
        len(name) > 2
        and len(letters) < 40
        and (name in letters or (len(letters) > 3 and letters in name))
    )


def is_name(heading: str, names: list[str]) -> bool:
    """Whether a heading is the name of the site, and little else."""
    letters = bare(heading)
    return not letters or any(
        letters == name
        or (len(name) > 2 and name in letters and 2 * len(name) > len(letters))
        or (len(letters) > 3 and letters in name)
        for name in names
    )


def without_site(title: str, names: list[str]) -> str:
    """Cut the segments at either end that name the site; `names` are bare."""
    left = pieces(title)
    while len(left) > 1 and is_site(left[-1][1], names):
        left.pop()
    while len(left) > 1 and is_site(left[0][1], names):
        left.pop(0)
    return joined(left)


def without_labels(title: str, labels: set[str]) -> str:
    """Cut the last segments that are `labels` (bare): what the page calls its sections."""
    left = pieces(title)
    while len(left) > 1 and bare(left[-1][1]) in labels:
        left.pop()
    return joined(left)


class Claim:
    """What the document calls itself in one place, such as `title` or `og:title`."""

    def __init__(self, text: str, names: list[str]) -> None:
        self.text = text
        self.letters = bare(text)
        self.plain = without_site(text, names)
        cut = _CUT.search(self.plain)
        self.start = bare(self.plain[: cut.start()]) if cut else ""
        """The letters of a text that was cut short with an ellipsis."""

    @cached_property
    def runs(self) -> frozenset[str]:
        """The letters of every run of segments; a text of very many is one run."""
        parts = pieces(self.text)
        count = len(parts) if len(parts) <= _MAX_PIECES else 0
        spans = ((i, j) for i in range(count) for j in range(i + 1, count + 1))
        return frozenset([bare(self.plain), *(bare(joined(parts[i:j])) for i, j in spans)])

    @cached_property
    def grams(self) -> frozenset[str]:
        """Its overlapping groups of letters."""
        return grams(self.letters)

    def agreement(self, letters: str, groups: frozenset[str]) -> float:
        """From 0 to 1: how far a heading of these letters is the same title."""
        if letters == self.letters or (self.start and letters.startswith(self.start)):
            return 1.0
        share = len(letters) / max(len(self.letters), 1)
        if letters in self.runs:
            first = self.letters.startswith(letters)
            return min(1.0, 0.6 + share) if first else min(0.9, 0.3 + share)
        if letters in self.letters:
            return min(0.9, 0.2 + share)
        return 0.7 * len(groups & self.grams) / max(len(groups), 1)


def grams(letters: str) -> frozenset[str]:
    """Groups of three letters, of two where the script is not Latin."""
    size = 3 if letters.isascii() else 2
    return frozenset(letters[i : i + size] for i in range(len(letters) - size + 1))


def is_short(text: str) -> bool:
    """Whether a text is a label rather than a headline; dense scripts need fewer letters."""
    dense = not text.isascii() and len(text.split()) <= 2
    return len(bare(text)) < (6 if dense else 14)


def cut_short(text: str) -> str:
    """The letters of a text before the ellipsis that it ends in; nothing of a whole one."""
    cut = _CUT.search(text)
    return bare(text[: cut.start()]) if cut else ""
