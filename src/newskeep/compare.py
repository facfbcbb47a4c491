"""What changed between two wordings: by word, and by letter for scripts written without spaces.

Paragraphs are matched first and only the changed ones are compared word by word,
so a long article costs little; a pair too large for that is shown as replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from newskeep.text import TOKEN, word_count
from newskeep.types import Article, Revision

_TOKEN = re.compile(rf"{TOKEN}|\s+|[^\w\s]")
_MOST_WORK = 4_000_000
"""Pairs of tokens past which two paragraphs are not compared word by word."""


class Piece(NamedTuple):
    """A run of text: `op` is same, removed or added."""

    op: str
    text: str


class Span(NamedTuple):
    """Tokens i to j of the old text stand against k to m of the new one."""

    same: bool
    i: int
    j: int
    k: int
    m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Two wordings compared: the title's and the body's pieces in reading order.

    Same and removed pieces join to the old wording, same and added ones to the new; every
    paragraph of the body ends in a newline.
    """

    title: tuple[Piece, ...]
    body: tuple[Piece, ...]

    @property
    def removed_words(self) -> int:
        """Words (Chinese, Japanese, Korean, Thai: letters) that went, title and body."""
        return self._count("removed")

    @property
    def added_words(self) -> int:
        """Words (Chinese, Japanese, Korean, Thai: letters) that came, title and body."""
        return self._count("added")

    @property
    def title_changed(self) -> bool:
        """Whether the headline is another one."""
        return any(piece.op != "same" for piece in self.title)

    @property
    def summary(self) -> str:
        """One sentence for people: `headline changed, 3 words added, 41 removed`."""
        parts = ["headline changed"] if self.title_changed else []
        for verb, count in (("added", self.added_words), ("removed", self.removed_words)):
            if count:
                parts.append(f"{count} {'word' if count == 1 else 'words'} {verb}")
        return ", ".join(parts) or "no change in the words"

    def _count(self, op: str) -> int:
        pieces = (*self.title, *self.body)
        return sum(word_count(piece.text) for piece in pieces if piece.op == op)


def diff(old: Article | Revision, new: Article | Revision) -> Diff:
    """Compare two wordings of a story (or of two stories)."""
    before, after = _article(old), _article(new)
    return Diff(
        title=tuple(_words(before.title, after.title)),
        body=tuple(_joined(_paragraphs(before.full_text, after.full_text))),
    )


def _article(value: Article | Revision) -> Article:
    return value.article if isinstance(value, Revision) else value


def _paragraphs(old: str, new: str) -> Iterator[Piece]:
    before, after = _lines(old), _lines(new)
    for same, i, j, k, m in _spans(before, after):
        if same:
            yield Piece("same", "".join(before[i:j]))
        else:
            yield from _words("".join(before[i:j]), "".join(after[k:m]))


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")] if text else []


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_WORK:
        yield from _replaced(old, new)
        return
    for same, i, j, k, m in _bridged(_spans(before, after), before):
        if same:
            yield Piece("same", "".join(before[i:j]))
        else:
            yield from _replaced("".join(before[i:j]), "".join(after[k:m]))


def _replaced(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece("removed", old)
    if new:
        yield Piece("added", new)


def _spans(before: Sequence[str], after: Sequence[str]) -> list[Span]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Span(op == "equal", *places) for op, *places in codes]


def _bridged(spans: list[Span], before: Sequence[str]) -> list[Span]:
    """Join changes that only white space parts, so that they read as phrases."""
    joined: list[Span] = []
    for number, span in enumerate(spans):
        inside = 0 < number < len(spans) - 1
        gap = span.same and inside and not "".join(before[span.i : span.j]).strip()
        if joined and not joined[-1].same and (gap or not span.same):
            joined[-1] = Span(False, joined[-1].i, span.j, joined[-1].k, span.m)
        else:
            joined.append(span)
    return joined


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for op, run in groupby(pieces, key=attrgetter("op")):
        yield Piece(op, "".join(piece.text for piece in run))
