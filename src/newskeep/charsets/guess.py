"""Under which charset bytes read most like news: how usual its characters are, side by side.

Each reading is worth the sum of the costs of its characters, a cost being about the
logarithm of how often the character stands in print of that language. All readings
account for the same bytes, so the sums can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from newskeep.charsets import letters
from newskeep.charsets.decoding import decoded

_SAMPLE = 3_000
"""Bytes that are looked at: of the document's pieces between tags, those beyond ASCII."""
_MOST_LOOKED_AT = 1 << 22
_PIECE = re.compile(rb"[^<>]+")

_LATIN_1 = ("fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "is", "et", "ca")
_LATIN_2 = ("pl", "cs", "sk", "hu", "hr", "ro")
_SINGLE: dict[str, tuple[str, ...]] = {
    "cp1252": _LATIN_1,
    "cp1250": _LATIN_2,
    "iso8859-2": _LATIN_2,
    "cp1254": ("tr",),
    "cp1257": ("lt", "lv", "et"),
    "iso8859-13": ("lt", "lv", "et"),
    "iso8859-15": _LATIN_1,
    "cp1251": ("ru", "uk", "be", "bg", "sr"),
    "koi8_r": ("ru",),
    "koi8_u": ("uk",),
    "iso8859-5": ("ru", "bg", "sr"),
    "cp866": ("ru",),
    "mac_cyrillic": ("ru", "uk"),
    "cp1253": ("el",),
    "iso8859-7": ("el",),
    "cp1255": ("he",),
    "iso8859-8": ("he",),
    "cp1256": ("ar", "fa"),
    "iso8859-6": ("ar",),
    "cp874": ("th",),
    "mac_roman": _LATIN_1,
}
"""Charsets of one byte a character, the likelier first, and the languages printed in them."""
_ONLY_SAID: dict[str, tuple[str, ...]] = {
    "iso8859-3": ("mt", "eo", "tr"),
    "iso8859-4": ("lt", "lv", "et"),
    "iso8859-10": ("is", "sv", "fi"),
    "iso8859-14": ("cy", "ga"),
    "iso8859-16": ("ro", "hu", "pl"),
    "cp1258": ("vi",),
}
"""Charsets so rare that they are never guessed."""
_LANGUAGES = _SINGLE | _ONLY_SAID
DOUBLE = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
"""Charsets of East Asia, of two bytes a character."""
LEGACY = frozenset(_LANGUAGES) | frozenset(DOUBLE)
"""Charsets that a guess can weigh."""
_RARE = {"iso8859-15": 2.0, "iso8859-13": 1.0, "mac_roman": 12.0, "mac_cyrillic": 8.0, "cp866": 4.0}
_RARE_LANGUAGES = {"is": 4.0, "et": 3.0, "ca": 3.0, "be": 4.0, "sr": 3.0, "sk": 1.0, "nl": 1.0}
_SAID = 14.0
"""What a charset gains that the document or its header names."""
_SAID_BY_DEFAULT = 4.0
"""The same for windows-1252, which servers and editors name without knowing."""
_WELL = 4.1
"""What a byte of good print costs at most, on average."""
_PLAIN_PRINT = 3.1
"""The same of print so plain that no other charset is tried, where one is named."""
_ENOUGH = 200
_BYTE = 3.0
"""What an ASCII letter costs that a double-byte charset takes for half a character."""

_BROKEN, _ODD, _MARK, _CAPITAL = 14.0, 10.0, 4.0, 2.3
_FEATURE = 5.0
_MARKS = frozenset("\xa0“”‘’«»–—…„‚•·©®™°§€£½²³º¿¡´№‹›¹×±ªµ")
_FULL_WIDTH_MARKS = frozenset("，。、：；？！「」『』（）《》〈〉【】“”‘’…—·～・ー　〔〕％＋－")
_SHAPES = {"Ll": 1, "Lu": 2, "Lo": 3, "Mn": 3}
"""Small letters, capitals, and letters without case, beyond ASCII."""
_CASE = re.compile(rb"[a-z\x01]\x02|\x01[A-Z]")
_MIXED = re.compile(rb"[A-Za-z][\x01-\x03]|[\x01-\x03](?=[A-Za-z])")
_CROWDED = re.compile(rb"[\x01-\x03]{3}")
_STUCK = re.compile("[a-z](?=[\u3041-\ud7ff])")
_ASCII = bytes(range(0x80))


class _Part(NamedTuple):
    """What is looked at of a document, and how often each byte beyond ASCII stands in it."""

    data: bytes
    counts: Counter[int]
    high: int


def guessed(data: bytes, said: Iterable[str]) -> str:
    """The codec of the best reading; one that is `said` needs less to be believed."""
    named = [name for name in dict.fromkeys(said) if name in LEGACY]
    part = _part(data)
    if part.high >= _ENOUGH:
        for name in named:
            if name in DOUBLE and _worth(part, name) > -_PLAIN_PRINT * part.high:
                return name
    order = dict.fromkeys([*named, *DOUBLE, *_SINGLE])
    return max(order, key=lambda name: _worth(part, name) + _trust(name, named))


def _trust(name: str, named: list[str]) -> float:
    if name not in named:
        return 0.0
    return _SAID_BY_DEFAULT if name == "cp1252" else _SAID


def reads_well(data: bytes, codec: str) -> bool:
    """Whether the bytes are print in this charset, with few characters that are rare there."""
    part = _part(data)
    return _worth(part, codec) > -_WELL * part.high


def sample(data: bytes) -> bytes:
    """The pieces between tags that hold more than ASCII, as far as a guess needs them."""
    kept: list[bytes] = []
    size = 0
    for piece in _PIECE.finditer(data, 0, _MOST_LOOKED_AT):
        if not piece[0].isascii():
            kept.append(piece[0][: _SAMPLE - size])
            size += len(kept[-1])
            if size >= _SAMPLE:
                break
    return b"\n".join(kept)


def _part(data: bytes) -> _Part:
    part = sample(data)
    counts = Counter(part.translate(None, _ASCII))
    return _Part(part, counts, counts.total())


def _worth(part: _Part, codec: str) -> float:
    """The logarithm, roughly, of how likely print is to have these bytes in this charset."""
    if codec in _LANGUAGES:
        return _alphabetic(part, codec)
    text = decoded(part.data, codec)
    counts = Counter(text)
    ascii_left = sum(counts[char] for char in counts if char < "\x80")
    swallowed = len(part.data) - part.high - ascii_left
    cost = sum(n * _cost(char, codec) for char, n in counts.items() if char > "\x7f")
    cost += _FEATURE * len(_STUCK.findall(text))
    return swallowed * _BYTE - cost


def _alphabetic(part: _Part, codec: str) -> float:
    text, shapes = _table(codec)
    counts: Counter[str] = Counter()
    for byte, n in part.counts.items():
        counts[text[byte]] += n
    shape = part.data.translate(shapes)
    cost = _FEATURE * len(_CASE.findall(shape)) + _RARE.get(codec, 0.0)
    is_latin = _LANGUAGES[codec][0] in letters.LATIN
    cost += _FEATURE * len((_CROWDED if is_latin else _MIXED).findall(shape))
    return -cost - min(_in_language(counts, lang) for lang in _LANGUAGES[codec])


@lru_cache(maxsize=64)
def _table(codec: str) -> tuple[str, bytes]:
    """The characters of a charset of one byte each, and as what letter each byte is looked at."""
    text = decoded(bytes(range(256)), codec)
    shapes = (_SHAPES.get(unicodedata.category(char), 0xFF) for char in text[0x80:])
    return text, bytes(range(0x80)) + bytes(shapes)


def _in_language(counts: Counter[str], lang: str) -> float:
    known = _costs(lang)
    return _RARE_LANGUAGES.get(lang, 0.0) + sum(
        n * (known.get(char) or _unlettered(char)) for char, n in counts.items()
    )


@lru_cache(maxsize=64)
def _costs(lang: str) -> dict[str, float]:
    """What each letter of a language costs, small and capital."""
    if lang in letters.LATIN:
        alphabet, first, span = letters.LATIN[lang], 1.0, 4.0
    else:
        scripts = letters.CYRILLIC | letters.GREEK | letters.HEBREW | letters.ARABIC | letters.THAI
        alphabet, first, span = scripts[lang], 2.2, 3.8
    costs: dict[str, float] = {}
    for rank, letter in enumerate(alphabet):
        costs[letter] = first + span * rank / len(alphabet)
        if letter.upper() != letter and len(letter.upper()) == 1:
            costs[letter.upper()] = costs[letter] + _CAPITAL
    return costs


def _unlettered(char: str) -> float:
    if char in _MARKS:
        return _MARK
    return _BROKEN if char == "\ufffd" or char <= "\x9f" else _ODD


def _cost(char: str, codec: str) -> float:
    """What a character of a double-byte charset costs."""
    if char == "\ufffd" or char <= "\x9f":
        return _BROKEN
    if char in _FULL_WIDTH_MARKS:
        return _MARK
    if "\u3041" <= char <= "\u30f6":
        return 10.0 if codec not in ("cp932", "euc_jp") else 3.6 if char < "\u30a1" else 4.6
    try:
        lead = char.encode(_PLAIN[codec])
    except UnicodeEncodeError:
        return _ODD + 3.0
    if len(lead) != 2:
        return _ODD
    if lead[0] in _USUAL_ROWS[codec]:
        usual = letters.HANGUL if codec == "cp949" else letters.HAN
        return 4.6 if char in usual else 6.6
    return _ODD + 1.0


_PLAIN = {
    "gb18030": "gb2312",
    "big5hkscs": "big5",
    "cp932": "euc_jp",
    "euc_jp": "euc_jp",
    "cp949": "euc_kr",
}
"""The standards that put usual characters into rows of their own."""
_USUAL_ROWS = {
    "gb18030": range(0xB0, 0xD8),
    "big5hkscs": range(0xA4, 0xC7),
    "cp932": range(0xB0, 0xD0),
    "euc_jp": range(0xB0, 0xD0),
    "cp949": range(0xB0, 0xC9),
}
