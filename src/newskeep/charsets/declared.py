"""What a document and its header say of their charset: BOM, header, XML declaration, `meta`.

`meta` is found as the HTML standard's prescan finds it (§13.2.3.2): comments are passed
over, attributes are read as a tokenizer reads them, and a `content` counts only beside
`http-equiv=content-type`. Unlike there, one that stands late is read too.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from newskeep.charsets.labels import codec

_LOOK = 4096
_LATE = 1 << 17
"""Bytes among which a `meta` is looked for."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF16_MARKUP = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""How markup in UTF-16 begins where it has no byte order mark."""

_CHARSET = re.compile(r"charset\s*=[\s\"']*([\w.:+-]+)", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:+-]+)["']""")
_META = re.compile(rb"<!--|<meta[\s/]", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"""[\s/]*([^\s=>/"'][^\s=>/]{0,40})\s*(?:=\s*(?:"([^">]{0,400})"|'([^'>]{0,400})'|([^\s>"']{0,400})))?"""
)
_MOST_ATTRIBUTES = 20


def byte_order_mark(data: bytes) -> tuple[str, int]:
    """The charset that a byte order mark gives, and the mark's length; ("", 0) without one."""
    return next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), ("", 0))


def declared(data: bytes, content_type: str = "", *, kind: str = "html") -> list[str]:
    """The charsets that the header and the document's own beginning give; the header's first."""
    head = data[:_LOOK]
    for start, name in _UTF16_MARKUP:
        if head.startswith(start):
            return [name]
    header = _CHARSET.search(content_type)
    outer = codec(header[1]) if header else ""
    inner = _inside(data, kind)
    if inner.startswith("utf-16"):  # it was read as ASCII, so it cannot be true
        inner = "utf-8"
    return [name for name in (outer, inner) if name]


def _inside(data: bytes, kind: str) -> str:
    xml = _XML.search(data[:_LOOK])
    if xml is not None:
        return codec(xml[1].decode("ascii", "replace"))
    return next(_from_meta(data), "") if kind == "html" else ""


def _from_meta(data: bytes) -> Iterator[str]:
    """The charsets that the `meta` elements give, in order."""
    place = 0
    while found := _META.search(data, place, _LATE):
        place = found.end()
        if found[0] == b"<!--":
            end = data.find(b"-->", found.start() + 2, _LATE)
            if end < 0:
                return
            place = end + 3
        elif name := _in_attributes(data, place):
            yield name


def _in_attributes(data: bytes, place: int) -> str:
    """The charset that one `meta` gives, whose attributes begin at `place`."""
    attributes: dict[str, str] = {}
    for _ in range(_MOST_ATTRIBUTES):
        found = _ATTRIBUTE.match(data, place)
        if found is None:
            break
        value = found[2] or found[3] or found[4] or b""
        name = found[1].decode("latin-1").lower()
        attributes.setdefault(name, value.decode("latin-1"))
        place = found.end()
    if "charset" in attributes:
        return codec(attributes["charset"])
    if attributes.get("http-equiv", "").strip().lower() != "content-type":
        return ""
    given = _CHARSET.search(attributes.get("content", ""))
    return codec(given[1]) if given else ""
