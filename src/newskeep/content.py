"""From bytes as received to bytes and text: content codings undone, charsets found.

What is decoded is counted while it is decoded, so that no bomb goes off. A charset is
believed by evidence: byte order mark, header, declaration, and at last the bytes
themselves, since pages and feeds often say one and are another.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable, Iterator

import brotli
import zstandard

from newskeep.errors import FetchError, TooLarge

MOST_CODINGS = 3
"""Content codings undone one after another; more are a trick."""

_STEP = 1 << 16
_LOOK = 4096
_SAMPLE = 1 << 16

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:+-]+)["']""")
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)

# The Encoding Standard's labels, where Python's codec has another name or is narrower.
_LABELS = {
    "gb2312": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "chinese": "gb18030", "csgb2312": "gb18030", "iso-ir-58": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs", "x-x-big5": "big5hkscs",
    "csbig5": "big5hkscs", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "ms_kanji": "cp932", "windows-31j": "cp932", "csshiftjis": "cp932",
    "euc-jp": "euc_jp", "x-euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp_ext", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "ksc5601": "cp949", "ksc_5601": "cp949",
    "korean": "cp949", "windows-949": "cp949", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "iso8859-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "l1": "cp1252",
    "iso-8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "windows-874": "cp874", "dos-874": "cp874", "iso-8859-8-i": "iso8859_8", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "x-mac-ukrainian": "mac_cyrillic",
    "koi8-u": "koi8_u", "koi8-ru": "koi8_u", "koi": "koi8_r", "unicode": "utf-16-le",
    "utf-16": "utf-16-le", "x-user-defined": "cp1252", "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8", "x-unicode20utf8": "utf-8", "utf-8-sig": "utf-8",
}  # fmt: skip
_REFUSED = frozenset(
    "utf-7 utf7 csunicode11utf7 hz-gb-2312 iso-2022-kr iso-2022-cn utf-32".split()  # noqa: SIM905
)
"""Labels that the Encoding Standard keeps from browsers because they hide markup."""

_GUESSES = ("utf-8", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1252", "cp1251")
_JAPANESE = frozenset({"utf-8", "euc_jp", "cp932"})

_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后"
    "小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两"
    "长知民样现分将外但身些与高意进把法此实回二理美点月明其种全工己话者向情部正名定女问力机给等几很业"
    "最间新位因重被电四第门相次东政海口使教西再平真世气信北少关并内加化由代军产入先五太水万市题"
    "國會說們為這來時過學對後麼開當發經頭動兩長樣現將與進實點種聲話問機給幾業間電門東氣關並內軍產萬"
    "題區將應該聯報導記社経済総対会議員府県京聞党選挙円発表内閣議首務省今氏調査報問題関係"
    "，。、：；？！「」（）“”éèàçüöäßñóíáãêô"
)
"""Characters so usual in print that a wrong charset hardly makes them."""

_TOLERATED = 0.0005
"""Share of bytes that may fail before a declared charset is doubted."""


def decode(payload: bytes, content_encoding: str, *, limit: int) -> bytes:
    """Undo the content codings (RFC 9110 §8.4), the last applied first.

    A body that breaks off gives what was there until then, and one that says gzip and is
    not comes back as it is, for that is what servers do. Raises TooLarge past `limit`
    decoded bytes at any layer, FetchError (unknown-coding) for an unknown coding, one
    too many, or a brotli or zstd body that is damaged from its start.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in names if name not in ("", "identity")]
    if len(codings) > MOST_CODINGS:
        raise FetchError(f"{len(codings)} content codings on one answer", "unknown-coding")
    for name in reversed(codings):
        if name not in _DECODERS:
            raise FetchError(f"the content coding {name[:40]!r} is not known", "unknown-coding")
        payload = _counted(_DECODERS[name](payload), limit)
    return payload


def to_text(data: bytes, content_type: str = "", *, kind: str = "html") -> str:
    """The text of a document. Never raises; what cannot be read becomes U+FFFD.

    `kind` is html, xml or text and says which declaration to look for. Order of belief:
    byte order mark, header, declaration, UTF-8 where it fits; where the declared charset
    fails on the bytes, the best guess among the charsets of the news.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, "replace"))
    declared = _declared(data, content_type, kind)
    for name in dict.fromkeys([*declared, "utf-8"]):
        text = _fitting(data, name)
        if text is not None:
            return _clean(text)
    return _clean(_guessed(data, declared))


def charset(label: str) -> str:
    """Python's codec for a label of the Encoding Standard; an empty string for an unknown one."""
    name = label.strip().strip("\"'").lower()
    if not name or name in _REFUSED:
        return ""
    name = _LABELS.get(name, re.sub(r"^windows-(\d+)$", r"cp\1", name))
    try:
        return codecs.lookup(name).name if codecs.lookup(name)._is_text_encoding else ""
    except (LookupError, ValueError):
        return ""


def _counted(pieces: Iterator[bytes], limit: int) -> bytes:
    kept, total = [], 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise TooLarge(f"the body decodes to more than {limit:,} bytes; it is kept as it came")
        kept.append(piece)
    return b"".join(kept)


def _gunzip(payload: bytes) -> Iterator[bytes]:
    if payload[:2] != b"\x1f\x8b":
        yield payload
        return
    while payload[:2] == b"\x1f\x8b":  # a gzip body may have several members
        member = zlib.decompressobj(31)
        yield from _inflated(member, payload)
        payload = member.unused_data


def _inflate(payload: bytes) -> Iterator[bytes]:
    """Deflate as zlib (RFC 1950), which the standard means, or bare (RFC 1951), which some send."""
    is_zlib = (
        len(payload) > 1 and payload[0] & 0x0F == 8 and int.from_bytes(payload[:2], "big") % 31 == 0
    )
    yield from _inflated(zlib.decompressobj(15 if is_zlib else -15), payload)


def _inflated(member: zlib._Decompress, payload: bytes) -> Iterator[bytes]:
    try:
        yield member.decompress(payload, _STEP)
        while member.unconsumed_tail and not member.eof:
            yield member.decompress(member.unconsumed_tail, _STEP)
    except zlib.error:
        return


def _unbrotli(payload: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    try:
        yield decoder.process(payload, output_buffer_limit=_STEP)
        while not decoder.can_accept_more_data():
            yield decoder.process(b"", output_buffer_limit=_STEP)
    except brotli.error:
        return


def _unzstd(payload: bytes) -> Iterator[bytes]:
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
            payload, read_across_frames=True
        ) as reader:
            while piece := reader.read(_STEP):
                yield piece
    except zstandard.ZstdError:
        return


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


def _declared(data: bytes, content_type: str, kind: str) -> list[str]:
    found = [match[1] for match in [_HEADER_CHARSET.search(content_type)] if match]
    head = data[:_LOOK]
    match = _XML_CHARSET.search(head)
    if match is None and kind == "html":
        match = _META_CHARSET.search(head)
    if match:
        found.append(match[1].decode("ascii", "replace"))
    return [name for name in map(charset, found) if name]


def _fitting(data: bytes, name: str) -> str | None:
    """The text where the charset fits, but for a few broken bytes; else None."""
    text = data.decode(name, "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    return text if broken <= len(data) * _TOLERATED else None


def _guessed(data: bytes, declared: list[str]) -> str:
    sample = data[:_SAMPLE]
    best = max(dict.fromkeys([*declared, *_GUESSES]), key=lambda name: _score(sample, name))
    return data.decode(best, "replace")


def _score(sample: bytes, name: str) -> float:
    """How much of the sample reads like text of the news in this charset."""
    text = sample.decode(name, "replace")
    others = [char for char in text if char > "\x7f"]
    kana_fits = name in _JAPANESE
    return sum(_weight(char, kana_fits) for char in others) / (len(others) or 1)


def _weight(char: str, kana_fits: bool) -> float:
    if char in _COMMON:
        return 3.0
    if "\u3041" <= char <= "\u30f6":
        return 2.0 if kana_fits else -2.0
    if "\uac00" <= char <= "\ud7a3" or "\u0410" <= char <= "\u044f":
        return 1.5
    if "\u4e00" <= char <= "\u9fa5":
        return 0.5
    return -4.0 if char == "\ufffd" or char <= "\x9f" else -0.5


def _clean(text: str) -> str:
    return text.replace("\0", "")
