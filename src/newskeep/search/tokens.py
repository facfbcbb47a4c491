"""One token stream for what is indexed and what is asked.

`fold` makes characters that people take for the same the same, and never changes how many
there are, so that a place in folded text is the same place in the text. `units` cuts folded
text into words and runs: a run is a stretch of a script written without spaces between
words (Chinese, Japanese, Korean, Thai, Khmer, Lao, Burmese). `tokens` gives a word as it is
and a run as its bigrams and its last character alone. Then a query finds exactly the runs
that contain it: one character is a prefix of a bigram or the last one alone, and several
are the phrase of their bigrams.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import add

from newskeep.search.t2s import table

VERSION = 1
"""Of the token stream. An index made under another one is made anew."""

IGNORED = "\u00ad"
"""The soft hyphen: stands in folded text for what does not count, and is looked through."""

LONGEST_WORD = 100
"""Characters of a word that are kept as such; what follows goes into a digest."""

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3130-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_SPACELESS}]"
_INDIC = "[\u0900-\u0963\u0971-\u0df3]"  # with the vowel signs, which \w leaves out
_UNIT = re.compile(rf"[{_SPACELESS}]+|{_LETTER}+(?:{_INDIC}+{_LETTER}*)*")
_IN_UNIT = re.compile(rf"([{_SPACELESS}])|({_LETTER}|{_INDIC})")
_GAP, _RUN, _WORD, _PAST = 0, 1, 2, 3

_CLUSTER_SIGN = re.compile("[\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]")
_CLUSTER = re.compile(
    "[\uff66-\uff9d][\uff9e\uff9f]"
    "|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
    "|[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+"
)
_IGNORABLE = re.compile(
    "[\u00ad\u0300-\u036f\u034f\u061c\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_PLAIN_LATIN = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t"}


class _Fold(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_one(chr(code))
        return folded


class _Kinds(dict[str, int]):
    """What kind of unit a character belongs to, worked out when it is first met."""

    def __missing__(self, char: str) -> int:
        unit = _IN_UNIT.match(char)
        self[char] = kind = unit.lastindex or _GAP if unit else _GAP
        return kind


_T2S = table()
_FOLD = _Fold()
_KINDS = _Kinds()


def fold(text: str) -> str:
    """The text with each character folded; its length stays.

    Case, width (half and full), Latin accents and compatibility forms go, traditional
    characters become simplified ones, and what cannot be seen becomes IGNORED. Where a
    letter and its combining marks make one letter, IGNORED stands in for the marks.
    """
    if _CLUSTER_SIGN.search(text):
        text = _CLUSTER.sub(_compose, text)
    return text.translate(_FOLD)


def units(folded: str) -> list[str]:
    """The words and runs of folded text, in order."""
    return _UNIT.findall(folded.replace(IGNORED, ""))


def is_run(unit: str) -> bool:
    """Whether a unit is a run, found by any part of it, and not a word."""
    return _KINDS[unit[0]] == _RUN


def tokens(found: Iterable[str]) -> Iterator[str]:
    """The tokens of units, in order: each a string of letters and digits only."""
    return chain.from_iterable(map(_tokens_of, found))


def stream(text: str) -> str:
    """The tokens of a text, with a space between: what the index is fed."""
    return " ".join([" ".join(_tokens_of(unit)) for unit in units(fold(text))])


def find(plain: str, wanted: Sequence[str], *, is_open: bool = False) -> Iterator[tuple[int, int]]:
    """Where units stand one after another in folded text without IGNORED: starts and ends.

    A run at either end may be part of a longer one; `is_open` says so of a last word.
    """
    start = plain.find(wanted[0])
    while start >= 0:
        end = _end(plain, start, wanted, is_open)
        if end:
            yield start, end
        start = plain.find(wanted[0], end or start + 1)


def _end(plain: str, at: int, wanted: Sequence[str], is_open: bool) -> int:
    """Where the units end that start here; 0 where they do not all stand here."""
    for place, unit in enumerate(wanted):
        kind, last = _KINDS[unit[0]], place == len(wanted) - 1
        while place and _kind_at(plain, at) == _GAP:
            at += 1
        may_begin_within = place == 0 and kind == _RUN
        if not plain.startswith(unit, at) or (
            not may_begin_within and at and _kind_at(plain, at - 1) == kind
        ):
            return 0
        at += len(unit)
        may_end_within = last and (is_open or kind == _RUN)
        if not may_end_within and _kind_at(plain, at) == kind:
            return 0
    return at


def _kind_at(plain: str, at: int) -> int:
    return _KINDS[plain[at]] if at < len(plain) else _PAST


def _tokens_of(unit: str) -> Iterable[str]:
    if _KINDS[unit[0]] == _RUN:
        return (*map(add, unit, unit[1:]), unit[-1])
    return (unit if len(unit) <= LONGEST_WORD else _shorten(unit),)


def _shorten(word: str) -> str:
    """A word too long for an index (somebody's key, a picture as text), still told apart."""
    rest = hashlib.sha256(word.encode()).hexdigest()[:16]
    return word[:LONGEST_WORD] + rest


def _compose(match: re.Match[str]) -> str:
    cluster = match[0]
    whole = unicodedata.normalize("NFKC", cluster)
    return whole.ljust(len(cluster), IGNORED) if len(whole) <= len(cluster) else cluster


def _fold_one(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    if _IGNORABLE.match(char):
        return IGNORED
    wide = _same_length(unicodedata.normalize("NFKC", char), char)
    low = _same_length(wide.lower(), wide)
    return _T2S.get(low, _PLAIN_LATIN.get(low) or _without_accent(low))


def _same_length(folded: str, char: str) -> str:
    return folded if len(folded) == 1 else char


def _without_accent(char: str) -> str:
    """The bare letter of an accented Latin one; other scripts' marks make other letters."""
    parts = unicodedata.normalize("NFD", char)
    is_latin = "a" <= parts[0].lower() <= "z"
    return parts[0].lower() if len(parts) > 1 and is_latin else char
