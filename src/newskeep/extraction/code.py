"""Programs and other text whose lines are its author's."""

from __future__ import annotations

import re

from newskeep.extraction.dom import BLOCKS, Node

_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:line-?numbers?(?:-rows)?|line-?nos?|gutter|hljs-ln-numbers|rouge-gutter)(?:$|[\s_-])"
)
_LINES = BLOCKS - {"td", "th", "table", "tbody", "thead", "iframe", "video", "audio"}


def preformatted(node: Node) -> Node | None:
    """A `pre` with the lines of an element, whatever marks them; None where it holds nothing."""
    lines = _Lines()
    lines.add(node)
    text = "".join(lines.out).replace("\r\n", "\n").replace("\r", "\n")
    kept = text.rstrip().split("\n")
    while kept and not kept[0].strip():
        kept.pop(0)
    return Node("pre", None, [Node("code", None, ["\n".join(kept)])]) if kept else None


def is_numbers(node: Node) -> bool:
    """Whether an element is named as the numbers beside lines of code."""
    return bool(node.attrs) and bool(_NUMBERS.search(node.get("class")[:200].lower()))


def is_block(node: Node) -> bool:
    """Whether inline code has lines of its own."""
    return node.tag in ("code", "samp") and any(
        one.tag == "br" or one.tag in BLOCKS for one in node.walk()
    )


class _Lines:
    """Collects text; `ended` says that what comes next begins a line."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.ended = False

    def add(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._text(child)
            elif child.tag == "br":
                self._text("\n", own=True)
            elif child.tag in _LINES:
                self._end()
                self.add(child)
                self._end()
            elif not is_numbers(child):
                self.add(child)

    def _text(self, text: str, *, own: bool = False) -> None:
        if self.ended and (own or not text.startswith(("\n", "\r"))):
            self.out.append("\n")
        self.ended = False
        self.out.append(text)

    def _end(self) -> None:
        self.ended = bool(self.out) and not self.out[-1].endswith("\n")
