"""Captions that a template marks by a name instead of by `figcaption`."""

from __future__ import annotations

import re

from newskeep.extraction.dom import Node
from newskeep.extraction.rules import CAPTIONS

_HOLDERS = re.compile(CAPTIONS["holders"])
_TAGS = frozenset(["div", "p", "span", "small", "em", "i", "dd", "cite"])
_NEAR = 12
"""Elements between a picture and its caption at most."""
_LONGEST = 600
"""Characters of a caption."""


def mark_captions(order: list[Node]) -> None:
    """Make a `figcaption` of each element right behind a picture that is named as its caption.

    `order` is a page in document order, pictures resolved.
    """
    behind = _NEAR
    for node in order:
        is_picture = node.tag == "img" and node.parent is not None
        behind = 0 if is_picture else behind + 1
        if node.tag == "figcaption":
            behind = _NEAR
        elif behind < _NEAR and node.tag in _TAGS and _is_named(node) and _is_caption(node):
            node.tag, behind = "figcaption", _NEAR


def _is_named(node: Node) -> bool:
    return bool(node.attrs) and bool(_HOLDERS.search(node.get("class")[:300].lower()))


def _is_caption(node: Node) -> bool:
    return 0 < sum(map(len, node.strings())) <= _LONGEST and not node.find("img", "figure")
