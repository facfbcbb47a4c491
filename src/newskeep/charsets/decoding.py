"""Bytes of a known charset to text, as the Encoding Standard decodes them.

Python's codecs stand for the standard's but for what is mended here: bytes that Windows
never assigned are C1 controls, not errors; 0x80 is the euro sign in GBK; Japanese has
the rows that NEC and IBM added; Big5 is what the web made of it; Hebrew is in the order
in which it is read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from newskeep.charsets.big5 import BEYOND
from newskeep.charsets.visual import logical

_C1 = range(0x80, 0xA0)
_C1_RUN = re.compile("[\x80-\x9f]+")
_ESCAPE = re.compile(rb"\x1b(\([BJI]|\$[@B]|\$\([DQ])")

_PRIVATE_HAN = (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864)


def _each(given: str, wanted: str) -> dict[str, str]:
    return dict(zip(given, wanted, strict=True))


# What Python decodes otherwise than the standard, by Python's character.
_OTHERWISE: dict[str, dict[str, str]] = {
    "koi8_u": _each("╝╬", "ўЎ"),
    "big5hkscs": _each("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡"),
    "cp932": dict.fromkeys("\uf8f0\uf8f1\uf8f2\uf8f3", "\ufffd"),
    "euc_jp": _each("〜‖−¢£¬", "～∥－￠￡￢"),
    "gb18030": _each(
        "".join(map(chr, (*range(0xE78D, 0xE797), *_PRIVATE_HAN, 0xE5E5, 0xE7C7))),
        "︐︒︑︓︔︕︖︗︘︙龴龵龶龷龸龹龺龻\u3000ḿ",
    ),
}
_PATTERNS = {codec: re.compile(f"[{''.join(changes)}]") for codec, changes in _OTHERWISE.items()}


def decoded(data: bytes, codec: str) -> str:
    """The text of the bytes under one of `labels.codec`'s codecs; U+FFFD for what it lacks."""
    if codec == "iso2022_jp":
        text = _from_iso2022(data)
    else:
        text = data.decode(codec, _HANDLER.get(codec, "replace"))
    if codec == "iso8859-8":
        return logical(text)
    changes = _OTHERWISE.get(codec)
    if changes is None:
        return text
    return _PATTERNS[codec].sub(lambda match: changes[match[0]], text)


def _from_iso2022(data: bytes) -> str:
    """ISO-2022-JP by its escape sequences; what they switch to is EUC-JP without the high bits."""
    pieces = _ESCAPE.split(data)
    out = [decoded(pieces[0], "cp1252")]
    for escape, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        out.append(_switched(escape, piece))
    return "".join(out)


def _switched(escape: bytes, piece: bytes) -> str:
    if escape in (b"(B", b"(J"):
        return decoded(piece, "cp1252")
    if escape == b"(I":
        return decoded(piece.translate(_HIGH), "cp932")
    return decoded(piece.translate(_HIGH), "euc_jp")


_HIGH = bytes(value | 0x80 if 0x21 <= value < 0x7F else value for value in range(256))


def _unassigned(error: UnicodeError) -> tuple[str, int]:
    """A byte that a Windows code page leaves open."""
    data, at = _place(error)
    return chr(data[at]) if data[at] in _C1 else "\ufffd", at + 1


def _passing(error: UnicodeError) -> tuple[bytes, int]:
    """A run of C1 controls, on its way back to bytes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    if _C1_RUN.fullmatch(run) is None:
        raise error
    return run.encode("latin-1"), error.end


def _beyond_gbk(error: UnicodeError) -> tuple[str, int]:
    data, at = _place(error)
    return "€" if data[at] == 0x80 else "\ufffd", at + 1


def _beyond_big5(error: UnicodeError) -> tuple[str, int]:
    data, at = _place(error)
    pair = data[at : at + 2]
    if pair in BEYOND:
        return BEYOND[pair], at + 2
    return "\ufffd", at + 1


def _beyond_jis(error: UnicodeError) -> tuple[str, int]:
    """NEC's and IBM's rows, which Shift_JIS has: row and cell in its arithmetic (JIS X 0208)."""
    data, at = _place(error)
    pair = data[at : at + 2]
    if len(pair) == 2 and min(pair) > 0xA0:
        row, cell = pair[0] - 0xA1, pair[1] - 0xA1
        lead = (row >> 1) + (0x81 if row < 62 else 0xC1)
        trail = cell + (0x9F if row & 1 else 0x40 if cell < 63 else 0x41)
        text = bytes((lead, trail)).decode("cp932", "ignore")
        if len(text) == 1:
            return text, at + 2
    return "\ufffd", at + 1


def _place(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object, error.start


def _registered(name: str, handler: Callable[[UnicodeError], tuple[str | bytes, int]]) -> str:
    codecs.register_error(name, handler)
    return name


_WINDOWS = _registered("newskeep.windows", _unassigned)
_HANDLER = {
    **dict.fromkeys(("cp874", *(f"cp125{digit}" for digit in range(9))), _WINDOWS),
    "gb18030": _registered("newskeep.gbk", _beyond_gbk),
    "big5hkscs": _registered("newskeep.big5", _beyond_big5),
    "euc_jp": _registered("newskeep.euc-jp", _beyond_jis),
}
C1_PASSES = _registered("newskeep.c1", _passing)
"""For encoding as windows-1252: C1 controls pass as the bytes that they came from."""
