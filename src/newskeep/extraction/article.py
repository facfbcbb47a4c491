"""Where the article stands in a page: the element whose text is worth most."""

from __future__ import annotations

from newskeep.extraction.blocks import Survey, weigh
from newskeep.extraction.dom import Node, is_within
from newskeep.extraction.rules import is_body
from newskeep.extraction.titles import bare

_ENOUGH = 0.85
"""A child that holds this share of its parent's worth stands for it."""
_BODY_ENOUGH = 0.65
"""The same for an element that its publisher names as the body of the article."""
_HEADED = 250.0
_HEADED_SHARE = 0.5
"""Good letters, or share of the best, from which the element around the title is believed."""
_LEAVES = frozenset((
    "p", "li", "td", "th", "blockquote", "pre", "a", "span", "strong", "em", "b", "i", "h1",
    "h2", "h3", "h4", "h5", "h6", "dd", "dt",
))  # fmt: skip


def find(root: Node, seen: Survey, title: str) -> Node:
    """The smallest element that holds the article; `root` itself where nothing stands out."""
    holders = [node for node in seen.order if node.tag not in _LEAVES]
    best = max(reversed(holders), key=lambda node: seen[node].value, default=root)
    scope = _headed(best, seen, title) or best
    named = _named(scope, seen)
    if named is not None:
        return _narrow(named, seen)
    return _narrow(scope, seen) if seen[scope].value > 0 else root


def _headed(best: Node, seen: Survey, title: str) -> Node | None:
    """The first element around the title with text enough, where `best` stands elsewhere."""
    share = _HEADED_SHARE * seen[best].good
    node = _heading(seen, title)
    while node is not None and seen[node].good < (
        min(_HEADED, share) if node.tag == "article" else share
    ):
        node = node.parent
    if node is None or is_within(best, node) or is_within(node, best):
        return None
    return node


def _heading(seen: Survey, title: str) -> Node | None:
    """The first element whose own text is the title, an `h1` before others."""
    wanted = bare(title)
    if len(wanted) < 4:
        return None
    size = weigh(title)
    found = [
        node
        for node in seen.order
        if 0.8 * size <= seen[node].own <= 1.2 * size
        and not seen[node].in_link
        and bare(node.text()) == wanted
    ]
    return next((node for node in found if node.tag == "h1"), next(iter(found), None))


def _named(scope: Node, seen: Survey) -> Node | None:
    """The element named as the body that holds most of `scope`, or of which it is a part.

    A wider one is taken only where `scope` is too little of it to be the article.
    """
    bodies = [n for n in seen.order if n.tag not in _LEAVES and is_body(n) and not seen[n].suspect]
    good = seen[scope].good
    inside = [n for n in bodies if seen[n].good >= _BODY_ENOUGH * good and is_within(n, scope)]
    if inside:
        worth = max(seen[node].good for node in inside)
        return next(n for n in reversed(inside) if seen[n].good >= 0.95 * worth)
    around = [n for n in bodies if is_within(scope, n) and _BODY_ENOUGH * seen[n].good > good]
    return around[-1] if around else None


def _narrow(node: Node, seen: Survey) -> Node:
    """Go down while one child holds nearly all."""
    while True:
        child = max(node.elements(), key=lambda n: seen[n].value, default=None)
        if child is None or child.tag in _LEAVES or not seen[child].blocks:
            return node
        if seen[child].value < _ENOUGH * seen[node].value or seen[child].value <= 0:
            return node
        if seen[child].good < _ENOUGH * seen[node].good:
            return node
        node = child
