"""What of a page its reader sees, and the texts of what stands around a place of it.

All of it is bounded: a box that holds too much is none.
"""

from __future__ import annotations

import re

from newskeep.extraction.blocks import weigh
from newskeep.extraction.dom import Node
from newskeep.extraction.prune import is_hidden
from newskeep.extraction.rules import ACCESS

TALL = frozenset(("body", "html", "main", "article"))
"""Elements that hold a page or an article, whatever their names say."""

_WIDEST, _LONGEST = 900, 400
"""Letters of a box, and of the end of one."""
_MOST_PIECES = 600
"""Elements and strings of a box."""
_OTHER_NAMES = re.compile(ACCESS["other_names"])
_POPUP = re.compile(r"modal|pop-?up|lightbox|jetpack-subscribe")
_SHOWN = re.compile(r"(?:^|[\s_-])(?:show|open|active|visible|in)(?:\s|$)")
_HIDDEN_NAMES = frozenset((
    "hidden", "hide", "d-none", "is-hidden", "u-hidden", "js-hidden", "visually-hidden", "sr-only",
    "invisible", "display-none", "dn", "visuallyhidden",
))  # fmt: skip
_ASIDE = frozenset(("nav", "footer", "blockquote", "figure"))


def is_aside(node: Node, known: dict[Node, bool]) -> bool:
    """Whether a block, or one around it, is hidden or speaks of something else than the article."""
    path: list[Node] = []
    above: Node | None = node
    while above is not None and above not in known:
        path.append(above)
        above = above.parent
    verdict = known[above] if above is not None else False
    for one in reversed(path):
        verdict = verdict or _is_other(one)
        known[one] = verdict
    return verdict


def _is_other(node: Node) -> bool:
    if node.tag in _ASIDE or _is_hidden(node):
        return True
    if not node.attrs or node.tag in TALL:
        return False
    names = f" {node.get('class')} {node.get('id')} ".lower()
    return len(names) > 3 and bool(_OTHER_NAMES.search(names))


def _is_hidden(node: Node) -> bool:
    if not node.attrs:
        return False
    if is_hidden(node):
        return True
    names = node.get("class").lower().split()
    is_closed = "modal" in names and "fade" in names and not {"show", "in"}.intersection(names)
    return is_closed or not _HIDDEN_NAMES.isdisjoint(names)


def pops(node: Node) -> bool:
    """Whether it is part of a window that scripts open, and readers close."""
    above: Node | None = node
    while above is not None:
        names = above.get("class").lower()
        if names and _POPUP.search(names) and not _SHOWN.search(names):
            return True
        above = above.parent
    return False


def is_unseen(node: Node) -> bool:
    """Whether it, or what it stands in, is hidden, navigation or the foot of the page."""
    above: Node | None = node
    while above is not None:
        if above.tag in ("nav", "footer") or _is_hidden(above):
            return True
        above = above.parent
    return False


def text_of(node: Node) -> str | None:
    """The text of a box in lower case; None where it holds too much for a notice."""
    said, size = [], 0
    stack: list[Node | str] = [node]
    for _ in range(_MOST_PIECES):
        if not stack or size > _WIDEST:
            break
        item = stack.pop()
        if isinstance(item, str):
            said.append(item)
            size += len(item.strip())
        else:
            stack.extend(reversed(item.children))
    text = " ".join(" ".join(said).split()).lower()
    return None if stack or weigh(text) > 2 * _WIDEST else text


def tail_of(item: Node | str) -> str:
    """The last words that stand in an element, in lower case."""
    said, size = [], 0
    stack: list[Node | str] = [item]
    for _ in range(_MOST_PIECES):
        if not stack or size > _LONGEST:
            break
        last = stack.pop()
        if isinstance(last, str):
            said.append(last)
            size += len(last.strip())
        else:
            stack.extend(last.children)
    return " ".join("".join(reversed(said)).split()).lower()[-_LONGEST:]
