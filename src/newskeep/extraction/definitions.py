"""Lists of definitions: those that define, told from those that only lay out a page."""

from __future__ import annotations

from newskeep.extraction.dom import HEADINGS, Node

_MOST = {"dt": 200, "dd": 600}
"""Characters of a term, and of what is told of it; a longer one is part of a layout."""
Row = tuple[str, list[Node]]


def rows_of(node: Node) -> list[Node]:
    """All children of a `dl`, its groups opened; loose text and others as a `div` each."""
    found: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            found.append(Node("div", None, [child]))
        elif child.tag == "div" and any(one.tag in _MOST for one in child.elements()):
            found.extend(child.elements())
        else:
            found.append(child if child.tag in _MOST else Node("div", None, [child]))
    return found


def defines(rows: list[Row]) -> bool:
    """Whether rows (tag and blocks) are short terms with words of their own, and are told of."""
    if {tag for tag, _ in rows} != set(_MOST) or rows[0][0] != "dt":
        return False
    return all(_is_short(tag, blocks) for tag, blocks in rows)


def _is_short(tag: str, blocks: list[Node]) -> bool:
    if tag == "dt" and [block.tag for block in blocks] != ["p"]:
        return False
    if any(block.tag in HEADINGS or block.find("img") for block in blocks):
        return False
    return 0 < sum(len(text) for block in blocks for text in block.strings()) <= _MOST[tag]


def emphasised(blocks: list[Node]) -> list[Node]:
    """Blocks whose paragraphs stand for headings: in strong letters."""
    return [_strong(block) if block.tag == "p" else block for block in blocks]


def _strong(block: Node) -> Node:
    words = block.children
    already = len(words) == 1 and isinstance(words[0], Node) and words[0].tag == "strong"
    return block if already else Node("p", None, [Node("strong", None, words)])
