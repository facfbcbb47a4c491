"""Where the article stands in a page: the element whose text is worth most."""

from __future__ import annotations

from newskeep.extract.blocks import Survey
from newskeep.extract.dom import Node
from newskeep.extract.rules import is_body

_ENOUGH = 0.85
"""A child that holds this share of its parent's worth stands for it."""
_BODY_ENOUGH = 0.6
"""The same for an element that its publisher names as the body of the article."""


def find(root: Node, seen: Survey) -> Node:
    """The smallest element that holds the article; `root` itself where nothing stands out."""
    best = max(reversed(seen.order), key=lambda node: seen[node].value, default=root)
    if seen[best].value <= 0:
        return root
    named = _named(best, seen)
    return _narrow(named or best, seen)


def _named(best: Node, seen: Survey) -> Node | None:
    """The element below `best` that is named as the body and holds most of its worth."""
    bodies = [n for n in best.walk() if n.tag not in ("p", "a", "span") and is_body(n)]
    worth = max((seen[node].value for node in bodies), default=0.0)
    if worth < _BODY_ENOUGH * seen[best].value:
        return None
    return next((n for n in reversed(bodies) if seen[n].value >= 0.95 * worth), None)


def _narrow(node: Node, seen: Survey) -> Node:
    """Go down while one child holds nearly all."""
    while True:
        child = max(node.elements(), key=lambda n: seen[n].value, default=None)
        if child is None or child.tag in ("p", "li", "td", "blockquote", "pre"):
            return node
        if seen[child].value < _ENOUGH * seen[node].value or not seen[child].blocks:
            return node
        node = child
