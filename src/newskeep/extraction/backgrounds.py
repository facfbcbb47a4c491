"""Pictures that a page shows as the background of an empty element."""

from __future__ import annotations

import re

from newskeep.extraction.dom import Node

_ADDRESS = re.compile(r"background(?:-image)?\s*:[^;]{0,60}?url\(\s*['\"]?([^'\")\s]{1,4000})")
_LAZY = ("data-bg", "data-background-image", "data-background", "data-bg-src")
_ANY = frozenset(["style", *_LAZY])
_TAGS = frozenset(["div", "span", "figure", "a", "section"])
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:image|img|photo|picture|hero|poster|slide|media|cover|visual|bild|foto)(?:$|[\s_-])"
)
_WRAPPED = re.compile(r"^url\(\s*['\"]?|['\"]?\s*\)$")


def of(node: Node) -> Node | None:
    """An `img` in place of a background; None where it is no picture, or only decorates.

    A picture stands in an empty element that is a figure, is named as a picture or says
    that it is one.
    """
    if node.tag not in _TAGS or _ANY.isdisjoint(node.attrs):
        return None
    style = node.attrs.get("style", "")
    match = _ADDRESS.search(style[:5000]) if "url(" in style else None
    address = match[1] if match else next((node.get(n) for n in _LAZY if node.get(n)), "")
    if not address or not _is_picture(node) or node.text() or node.find("img", "iframe", "video"):
        return None
    alt = node.get("aria-label") or node.get("title")
    img = Node("img", {"src": _WRAPPED.sub("", address), "alt": alt})
    img.parent = node
    return img


def _is_picture(node: Node) -> bool:
    if node.tag == "figure" or node.get("role") == "img":
        return True
    return bool(_NAMES.search(node.get("class")[:300].lower()))
