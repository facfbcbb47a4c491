"""The blocks of a page as it came: each run of text or pictures between two block elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newskeep.extraction.dom import BLOCKS, Node, holding
from newskeep.text import squash
from newskeep.url import absolute

_MOST_STEPS = 4
_IDENT = re.compile(r"[^\W\d][\w-]{0,40}", re.ASCII)


class PageBlock(NamedTuple):
    """A run inside `node`: its text (a newline for each `br`), the share of it in links, 0 to 1.

    `pictures` are their absolute addresses.
    """

    node: Node
    text: str
    linked: float
    pictures: tuple[str, ...]


def page_blocks(root: Node, base: str) -> Iterator[PageBlock]:
    """Every block below `root` that says or shows something, in document order."""
    around = holding(root.walk(), lambda node: node.tag in BLOCKS)
    run = _Run(root, base)
    stack: list[tuple[Node, int, bool]] = [(root, 0, False)]
    while stack:
        node, at, in_link = stack.pop()
        is_block = node in around or node.tag in BLOCKS
        if at == 0:
            if is_block:
                yield from run.end(node)
            run.see(node)
        if at == len(node.children):
            if is_block:
                yield from run.end(node.parent or root)
            continue
        stack.append((node, at + 1, in_link))
        child = node.children[at]
        if isinstance(child, str):
            run.say(child, in_link=in_link)
        else:
            stack.append((child, 0, in_link or child.tag == "a"))
    yield from run.end(root)


def path_of(node: Node) -> str:
    """Where an element stands, as CSS has it: the nearest few elements, by tag, id and class."""
    steps: list[str] = []
    one: Node | None = node
    while one is not None and len(steps) < _MOST_STEPS and one.tag != "body":
        steps.append(_step(one))
        if "#" in steps[-1]:
            break
        one = one.parent
    return " > ".join(reversed(steps)) or node.tag


def _step(node: Node) -> str:
    if _IDENT.fullmatch(node.get("id")):
        return f"{node.tag}#{node.get('id')}"
    first = next((one for one in node.get("class").split() if _IDENT.fullmatch(one)), "")
    return f"{node.tag}.{first}" if first else node.tag


class _Run:
    """The text and pictures since the last block began or ended."""

    def __init__(self, node: Node, base: str) -> None:
        self._node = node
        self._base = base
        self._clear()

    def _clear(self) -> None:
        self._said: list[str] = []
        self._letters = self._linked = 0
        self._pictures: list[str] = []

    def say(self, text: str, *, in_link: bool) -> None:
        self._said.append(" ".join(text.split("\n")))
        size = len("".join(text.split()))
        self._letters += size
        self._linked += size if in_link else 0

    def see(self, node: Node) -> None:
        if node.tag == "br":
            self._said.append("\n")
        elif node.tag == "img":
            source = next(
                (node.get(n) for n in ("src", "data-src", "data-lazy-src") if node.get(n)), ""
            )
            address = absolute(self._base, source)
            self._pictures.extend([address] if address else [])

    def end(self, following: Node) -> Iterator[PageBlock]:
        """The block that ends here, if it says anything; the next one stands in `following`."""
        lines = (squash(line) for line in "".join(self._said).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text or self._pictures:
            share = self._linked / self._letters if self._letters else 0.0
            yield PageBlock(self._node, text, share, tuple(self._pictures))
        self._clear()
        self._node = following
