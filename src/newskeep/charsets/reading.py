"""Text from bytes whose charset is to be found: what is said of it is evidence, as they are.

Bytes that are UTF-8 are UTF-8 whatever is said of them, since other charsets hardly ever
look like it. Others are read as what gives the most usual text, and what the header or
the document names has the better chance.
"""

from __future__ import annotations

import re

from newskeep.charsets.declared import byte_order_mark, declared
from newskeep.charsets.decoding import C1_PASSES, decoded
from newskeep.charsets.guess import DOUBLE, LEGACY, guessed, reads_well

_LOOK = 4096
_FEW = 2
"""Bytes beyond one a character, up to which another charset may look like UTF-8."""
_LITTLE = 4
"""Fewer bytes beyond ASCII tell no charset, but for single letters among Latin ones."""
_SURE = 12
"""Bytes beyond ASCII in one piece that are no UTF-8 by chance."""
_MOST_TIMES = 2
"""How often the second encoding is undone."""

_HIGH = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\x80-\xff]{2}")
_LOW_BYTES = bytes(range(0x80))
_PIECE = re.compile(rb".{1,16}[^<\n]*", re.DOTALL)
"""A piece up to a tag or the end of a line, which no charset has inside of a character."""
_SHIFT = re.compile(rb"\x1b\$[@B]")
_TWICE = re.compile(rb"[\xc2\xc3][\x80-\xbf][\xc2-\xcb\xe2]")
"""How text begins that was taken for windows-1252 and encoded once more."""
_CESU = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_C1_IN_UTF8 = re.compile(rb"\xc2[\x80-\x9f]")
_C1 = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""What windows-1252 has where C1 controls stand, as in HTML's character references."""


def read(data: bytes, content_type: str = "", *, kind: str = "html") -> str:
    """The text of a document. Never raises; what cannot be read becomes U+FFFD."""
    mark, length = byte_order_mark(data)
    if mark:
        return _clean(decoded(data[length:], mark))
    wide = _as_utf16(data, content_type, kind)
    if wide:
        return _clean(wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _as_other(data, declared(data, content_type, kind=kind))
        return _clean(_without_controls(text))
    return _clean(_as_utf8(text, data, content_type, kind))


def _clean(text: str) -> str:
    return text.replace("\0", "")


def _without_controls(text: str) -> str:
    for control, char in _C1.items():
        text = text.replace(control, char)
    return text


def _as_utf16(data: bytes, content_type: str, kind: str) -> str:
    """UTF-16 without a mark, which has a NUL in every other byte of its markup."""
    if b"\0" not in data[:_LOOK]:
        return ""
    said = declared(data, content_type, kind=kind)
    if not said or not said[0].startswith("utf-16"):
        return ""
    text = data.decode(said[0], "replace")
    return text if text.count("\ufffd") * 100 <= len(text) else ""


def _as_utf8(text: str, data: bytes, content_type: str, kind: str) -> str:
    """What decodes as UTF-8, and may yet be less or more than that."""
    beyond = len(data) - len(text)
    if beyond <= _FEW:
        return _by_chance(text, data, beyond, declared(data, content_type, kind=kind))
    first = _HIGH.search(data)
    if first is not None and _TWICE.match(data, first.start()):
        text = _once(text, declared(data, content_type, kind=kind))
    return _without_controls(text) if _C1_IN_UTF8.search(data) else text


def _by_chance(text: str, data: bytes, beyond: int, said: list[str]) -> str:
    if not beyond:
        return decoded(data, "iso2022_jp") if _SHIFT.search(data) else text
    other = next((name for name in said if name in LEGACY and name != "cp1252"), "")
    return decoded(data, other) if other and reads_well(data, other) else text


def _once(text: str, said: list[str]) -> str:
    """Without the second encoding (or third), where all of a document has it.

    Its bytes were taken for windows-1252 and encoded as UTF-8: those of UTF-8, or of the
    East Asian charset that the document still names.
    """
    for _ in range(_MOST_TIMES):
        try:
            first = text.encode("cp1252", C1_PASSES)
        except UnicodeError:
            return text
        try:
            text = first.decode("utf-8")
        except UnicodeError:
            east = set(said).intersection(DOUBLE)
            other = guessed(first, said) if east else ""
            return decoded(first, other) if other in east else text
    return text


def _as_other(data: bytes, said: list[str]) -> str:
    """What is not, or not all, UTF-8."""
    pieces = _PIECE.findall(data)
    if not _is_mostly_utf8(data, pieces):
        return decoded(data, _legacy(data, said))
    pieces = _PIECE.findall(_CESU.sub(_joined, data))
    foreign = {piece for piece in pieces if _is_foreign(piece)}
    sample = b"".join(piece for piece in pieces if piece in foreign)
    other = guessed(sample, said) if foreign else ""
    if foreign and not reads_well(sample, other):
        foreign.clear()
    return "".join(decoded(piece, other if piece in foreign else "utf-8") for piece in pieces)


def _legacy(data: bytes, said: list[str]) -> str:
    """The charset of what is no UTF-8; UTF-8 with faults where a few bytes tell nothing better."""
    name = guessed(data, said)
    if _high(data) >= _LITTLE or LEGACY.intersection(said):
        return name
    return name if reads_well(data, name) and not _PAIR.search(data) else "utf-8"


def _high(data: bytes) -> int:
    return len(data.translate(None, _LOW_BYTES))


def _is_mostly_utf8(data: bytes, pieces: list[bytes]) -> bool:
    total = _high(data)
    if _broken(data) * 4 <= total:
        return True
    sizes = [_high(piece) for piece in pieces if not piece.isascii() and not _broken(piece)]
    return 2 * sum(sizes) >= total or 4 * sum(n for n in sizes if n >= _SURE) >= total


def _is_foreign(piece: bytes) -> bool:
    return not piece.isascii() and _broken(piece) * 4 > _high(piece)


def _broken(data: bytes) -> int:
    """Places at which bytes are no UTF-8."""
    return data.decode("utf-8", "replace").count("\ufffd") - data.count(b"\xef\xbf\xbd")


def _joined(match: re.Match[bytes]) -> bytes:
    """One character whose two surrogates were encoded each on its own."""
    pair = match[0].decode("utf-8", "surrogatepass")
    return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
