"""Pictures that are no part of any article: icons, logos, portraits of authors, advertisements."""

from __future__ import annotations

import re

from newskeep import url as addresses
from newskeep.extraction.dom import Node
from newskeep.extraction.rules import CAPTIONS, PIXELS

_NUMBER = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")
_STYLE_SIZE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*([01])(?:px)?\s*(?:;|$)")
_RATIOS = frozenset(["responsive", "fill", "flex-item"])
"""AMP layouts whose width and height say how the sides relate, not how long they are."""
_PIXEL_SIZE = 3
"""A picture this small, in CSS pixels, is there to count readers."""
_ICON_SIZE = 80
_BANNER = 2.5
_STRIP = 4.0
"""Width to height, from which a linked picture is a banner, a nameless one a strip."""
_NEAR = 3
"""Elements around a picture whose names say what it is."""
_PORTRAIT_NAMES = re.compile(CAPTIONS["portrait_names"])
_DECOR_NAMES = re.compile(CAPTIONS["decor_names"])
_DECOR_FILES = re.compile(CAPTIONS["decor_files"])
_PORTRAIT_FOLDERS = re.compile(CAPTIONS["portrait_folders"])
_PORTRAIT_LINKS = re.compile(CAPTIONS["portrait_links"])
_AD_FILES = re.compile(CAPTIONS["ad_files"])
_SHARE_FILES = re.compile(CAPTIONS["share_files"])
_DRAWN = (".svg", ".png", ".gif", ".ico")
_WHOLE = frozenset(["article", "main", "body", "blockquote", "table"])


def sides(img: Node) -> dict[str, int]:
    """Its width and height in CSS pixels, where they are given as numbers."""
    if img.get("layout").lower() in _RATIOS:
        return {}
    found = ((side, _NUMBER.match(img.get(side))) for side in ("width", "height"))
    return {side: int(match[1]) for side, match in found if match}


def is_pixel(img: Node) -> bool:
    """Whether its own measures say that it is too small to be seen."""
    if any(size <= _PIXEL_SIZE for size in sides(img).values()):
        return True
    return bool(_STYLE_SIZE.search(img.get("style")[:500]))


def counts(address: str) -> bool:
    """Whether an address is known as one that only counts readers."""
    lowered = address.lower()
    return any(part in lowered for part in PIXELS)


def is_decor(img: Node, address: str) -> bool:
    """Whether a picture, shown from `address`, belongs to the page and not to the article."""
    size = sides(img)
    if len(size) == 2 and max(size.values()) <= _ICON_SIZE:
        return True
    file = _file(address)
    if file.endswith(_DRAWN) and _DECOR_FILES.search(file):
        return True
    if _PORTRAIT_FOLDERS.search(address.lower()):
        return True
    anchor = anchor_around(img)
    link = anchor.get("href") if anchor is not None else ""
    if _PORTRAIT_LINKS.search(link.lower()):
        return True
    return _is_named(img) or _is_banner(img, address, size, link)


def is_share_picture(address: str) -> bool:
    """Whether a name is that of the picture a site gives all pages that have none."""
    return bool(_SHARE_FILES.search(_file(address))) or counts(address)


def _file(address: str) -> str:
    return address.split("?", 1)[0].split("#", 1)[0].lower()[-200:]


def _is_named(img: Node) -> bool:
    """By its own names, or those of the elements around it that hold nothing larger."""
    if _DECOR_NAMES.search(_names(img)):
        return True
    node: Node | None = img
    for _ in range(_NEAR + 1):
        if node is None or node.tag in _WHOLE:
            return False
        if _PORTRAIT_NAMES.search(_names(node)):
            return True
        node = node.parent
    return False


def _names(node: Node) -> str:
    return f"{node.get('class')} {node.get('id')}"[:300].lower() if node.attrs else ""


def _is_banner(img: Node, address: str, size: dict[str, int], link: str) -> bool:
    ratio = size["width"] / size["height"] if len(size) == 2 and size["height"] else 0.0
    if ratio >= _STRIP and not img.get("alt"):
        return True
    if _AD_FILES.search(_file(address).rsplit("/", 1)[-1]):
        return True
    return ratio >= _BANNER and addresses.is_web(link) and not addresses.same_site(link, address)


def anchor_around(img: Node) -> Node | None:
    """The link around a picture, if one stands near."""
    node = img.parent
    for _ in range(2 * _NEAR):
        if node is None or node.tag in ("a", "body", "article"):
            break
        node = node.parent
    return node if node is not None and node.tag == "a" else None
