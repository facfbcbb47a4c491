"""XML from strangers: parsed without network, entities or bombs, repaired where it is broken."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from newskeep import content
from newskeep.charsets.declared import declared
from newskeep.text import squash, strip_control

_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*+(?=<[A-Za-z_])", re.DOTALL)
"""What may stand before the root without meaning anything; a DTD is not of it."""

_MISC = re.compile(r"[\ufeff\s]+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_QUOTED = r"""\"[^\"]*\"|'[^']*'"""
_DOCTYPE = re.compile(
    rf"<!DOCTYPE(?:[^\[>\"']|{_QUOTED})*+"
    rf"(?:\[(?:[^\]<\"']|{_QUOTED}|<!--(?:[^-]|-(?!->))*+-->|<(?!!--))*+\]\s*+)?>",
    re.IGNORECASE,
)
"""With possessive quantifiers, so that a broken one costs one pass over it."""

_PLACE = re.compile(r", line \d+, column \d+$")
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|rdf|feed|channel|opml)[\s>]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_REFERENCE = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9A-Fa-f]{1,6}));")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse(data: bytes, content_type: str = "") -> tuple[etree._Element | None, str]:
    """The root element, and what was wrong with the document (an empty string: nothing).

    None where no element can be found. No DTD, no entity but HTML's and XML's own, no
    network; depth is bounded by libxml2.
    """
    root = _as_it_stands(data, content_type)
    if root is not None:
        return root, ""
    text = content.to_text(data, content_type, kind="xml")
    start = _root_start(text)
    lines = "\n" * text.count("\n", 0, start)  # so that a fault names its true line
    try:
        return etree.fromstring(_bytes(lines + text[start:]), _parser(recover=False)), ""
    except etree.XMLSyntaxError as error:
        fault = _told(error)
    return _repaired(text[start:]), fault


def _as_it_stands(data: bytes, content_type: str) -> etree._Element | None:
    """The root of well-formed UTF-8 without a DTD, which needs no decoding; else None.

    libxml2 takes no broken UTF-8 without `recover`, so what it takes is what decoding gives.
    """
    prolog = _PROLOG.match(data)
    said = declared(data, content_type, kind="xml")
    if prolog is None or said[:1] not in ([], ["utf-8"]):
        return None
    try:
        return etree.fromstring(data[prolog.end() :], _parser(recover=False))
    except etree.XMLSyntaxError:
        return None


def _told(error: etree.XMLSyntaxError) -> str:
    reason = _PLACE.sub("", error.msg or "it does not parse")
    return f"line {error.lineno or 1}: {squash(strip_control(reason))[:160]}"


def _root_start(text: str) -> int:
    """Where the prolog (declaration, comments, DTD) ends; none of it is of use, some is hostile."""
    place = 0
    while found := _MISC.match(text, place) or _DOCTYPE.match(text, place):
        place = found.end()
    return place


def _repaired(text: str) -> etree._Element | None:
    """Parse again with the usual faults mended.

    Those are what a server said before the document, HTML's entities, bare &, control
    characters, and a CDATA section that is not closed.
    """
    root = _ROOT.search(text)
    text = _ILLEGAL.sub("", text[root.start() :] if root else text)
    try:
        return etree.fromstring(_bytes("".join(_mended(text))), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _mended(text: str) -> Iterator[str]:
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        yield _mended_text(text[place:start])
        end = text.find("]]>", start)
        if end < 0:
            yield text[start:] + "]]>"
            return
        place = end + 3
        yield text[start:place]
    yield _mended_text(text[place:])


def _mended_text(text: str) -> str:
    return _BARE.sub("&amp;", _ENTITY.sub(_entity, _REFERENCE.sub(_reference, text)))


def _reference(match: re.Match[str]) -> str:
    """A numeric reference, but for those of characters that XML does not have."""
    number = int(match[1]) if match[1] else int(match[2], 16)
    is_legal = number <= sys.maxunicode and not _ILLEGAL.match(chr(number))
    return match[0] if is_legal else ""


def _entity(match: re.Match[str]) -> str:
    found = html5.get(match[1] + ";")
    return "".join(f"&#{ord(char)};" for char in found) if found else f"&amp;{match[1]};"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
