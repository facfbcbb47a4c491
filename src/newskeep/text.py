"""Text as readers see it: words, wording, digests, and what is safe to print."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import groupby

CJK = (
    "\u3005-\u3007\u3031-\u3035\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Inside a regular expression's brackets: characters that are words of their own."""

_SPACELESS = (
    f"{CJK}\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6"
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3"
)
"""The same, with the letters of Thai, Lao, Burmese and Khmer, written without spaces too."""
_BEFORE = "\u0e40-\u0e44\u0ec0-\u0ec4"
"""Vowels of Thai and Lao that stand before their consonant."""
_MARKS = "\u00ad\u200c\u200d" + "".join(
    f"{run[0]}-{run[-1]}"
    for is_mark, group in groupby(
        map(chr, (*range(0x0300, 0x3100), *range(0xFE00, 0xFE30))),
        lambda char: unicodedata.category(char).startswith("M"),
    )
    if is_mark and (run := list(group))
)
"""Vowel signs, accents, joiners and soft hyphens, which belong to the letter before them."""
TOKEN = (
    rf"[{_BEFORE}]?[{_SPACELESS}][{_MARKS}]*+"
    rf"|(?:[^\W{_SPACELESS}]++[{_MARKS}]*+)++"
)
"""A regular expression: a letter of a script written without spaces, else a run of letters."""

_CJK = re.compile(f"[{CJK}]")
_WORD = re.compile(rf"{TOKEN}(?:['’](?:[^\W{_SPACELESS}]++[{_MARKS}]*+)++)*+")
_MOST_MARKS = 8
"""Characters for a column, past which a text is cut whatever its width."""
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def is_cjk(char: str) -> bool:
    """Whether a character is a word of its own: Han, kana, Hangul."""
    return bool(_CJK.match(char))


def words(text: str) -> list[str]:
    """The words of a text; of scripts written without spaces, each letter is one."""
    return _WORD.findall(text)


def word_count(text: str) -> int:
    """How many `words` a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def squash(text: str) -> str:
    """The text on one line: each run of white space one space, none at the ends."""
    return " ".join(text.split())


def reader_text(title: str, text: str) -> str:
    """What decides whether two articles read the same: NFC, white space and the unseen folded."""
    seen = unicodedata.normalize("NFC", f"{title}\n{text}")
    return squash(_INVISIBLE.sub("", seen))


def digest(*parts: str) -> str:
    """32 hex digits of SHA-256 over the parts, with a NUL between them."""
    whole = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:32]


def strip_control(text: str) -> str:
    """Without what could drive a terminal or turn the reading order; newline and tab stay."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def cut(text: str, width: int) -> str:
    """The text in at most so many columns, with … where it was cut.

    Wide characters take two columns, and marks on a letter none: they go with it.
    """
    total = 0
    for place, char in enumerate(text):
        total += _columns(char)
        if total > width or place >= _MOST_MARKS * (width + 1):
            return _shortened(text[:place], width)
    return text


def _shortened(text: str, width: int) -> str:
    total = sum(map(_columns, text))
    while text and total > width - 1:
        total -= _columns(text[-1])
        text = text[:-1]
    return text.rstrip() + "…" if width > 0 else ""


def _columns(char: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
