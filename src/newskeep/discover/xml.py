"""XML from strangers: parsed without network, entities or bombs, repaired where it is broken."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from newskeep import content

_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def parse(data: bytes, content_type: str = "") -> tuple[etree._Element | None, str]:
    """The root element, and what was wrong with the document (an empty string: nothing).

    None where no element can be found. No DTD, no entity but HTML's and XML's own, no
    network; depth is bounded by libxml2.
    """
    text = content.to_text(data, content_type, kind="xml").lstrip("\ufeff \t\r\n")
    plain = _DECLARATION.sub("", _DOCTYPE.sub("", text, count=1), count=1).encode(
        "utf-8", "replace"
    )
    try:
        return etree.fromstring(plain, _parser(recover=False)), ""
    except etree.XMLSyntaxError as error:
        fault = f"line {error.lineno or 1}: {(error.msg or 'it does not parse')[:160]}"
    return _repaired(text), fault


def _repaired(text: str) -> etree._Element | None:
    """Parse again with the usual faults mended: HTML's entities, bare &, control characters."""
    parts = _CDATA.split(_DOCTYPE.sub("", _ILLEGAL.sub("", text), count=1))
    parts[::2] = [_mended(part) for part in parts[::2]]
    plain = _DECLARATION.sub("", "".join(parts), count=1).encode("utf-8", "replace")
    try:
        return etree.fromstring(plain, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _mended(text: str) -> str:
    return _BARE.sub("&amp;", _ENTITY.sub(_entity, text))


def _entity(match: re.Match[str]) -> str:
    found = html5.get(match[1] + ";")
    return "".join(f"&#{ord(char)};" for char in found) if found else f"&amp;{match[1]};"


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
