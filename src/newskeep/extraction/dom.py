"""A small tree of our own, read once from lexbor's: elements, and text as plain strings.

Every later step works on it, so that none of them can disturb the parser's memory,
and so that depth and size are bounded in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newskeep.extraction.bounds import tame
from newskeep.url import absolute

MAX_NODES = 80_000
MAX_TEXT = 3_000_000
"""Characters of text of one document that are read."""
MAX_DEPTH = 80
"""Elements nested deeper are put beside each other at this depth."""

SKIPPED = frozenset((
    "script", "style", "template", "svg", "canvas", "head", "link", "meta", "base", "input",
    "select", "textarea", "option", "object", "applet", "map", "datalist", "dialog",
    "progress", "meter", "frame", "frameset", "colgroup", "col", "param", "track",
    "amp-analytics", "amp-ad", "amp-pixel", "amp-sticky-ad", "amp-consent",
))  # fmt: skip
"""Elements that hold nothing to read."""
VOID = frozenset(["area", "br", "embed", "hr", "img", "source", "wbr"])
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav",
    "noscript", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "video", "audio", "iframe", "picture",
))  # fmt: skip
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_READ_AS = {
    "amp-img": "img", "amp-iframe": "iframe", "amp-video": "video", "image": "img",
    **dict.fromkeys(SKIPPED, ""),
    **{tag: tag for tag in (*BLOCKS, *VOID, "a", "span", "b", "strong", "i", "em")},
}  # fmt: skip
"""The name under which an element is read, empty for one that is not; others keep theirs.

That a common name is always the same string makes comparing names cheap.
"""
_LEAVES = frozenset(["iframe", "img"])
"""Elements whose content is never shown."""


class Node:
    """An element. `children` holds elements and strings in document order.

    `kind` is what its names say, as flags of `rules`, once that has looked at them.
    """

    __slots__ = ("attrs", "children", "kind", "parent", "tag")

    def __init__(
        self,
        tag: str,
        attrs: dict[str, str] | None = None,
        children: list[Node | str] | None = None,
        parent: Node | None = None,
    ) -> None:
        self.tag = tag
        self.attrs: dict[str, str] = attrs if attrs is not None else {}
        self.children: list[Node | str] = children if children is not None else []
        self.parent = parent
        self.kind: int | None = None

    def get(self, name: str) -> str:
        """An attribute, stripped; an empty string where there is none."""
        value = self.attrs.get(name)
        return value.strip() if value else ""

    def elements(self) -> Iterator[Node]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> list[Node]:
        """This element and all below it, in document order."""
        order = [self]
        _walk(self.children, order)
        return order

    def find(self, *tags: str) -> list[Node]:
        """All elements of these names below this one, in document order."""
        return [node for node in self.walk() if node.tag in tags and node is not self]

    def strings(self) -> Iterator[str]:
        """Every string below this element, in document order, read only as far as wanted."""
        stack: list[Node | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                yield item
            else:
                stack.extend(reversed(item.children))

    def text(self) -> str:
        """All text with white space squeezed to one space."""
        found: list[str] = []
        _gather(self.children, found)
        return " ".join("".join(found).split())


def _walk(children: list[Node | str], order: list[Node]) -> None:
    """Recursion is the fastest way, and safe: no tree is deeper than MAX_DEPTH."""
    for child in children:
        if not isinstance(child, str):
            order.append(child)
            if child.children:
                _walk(child.children, order)


def _gather(children: list[Node | str], found: list[str]) -> None:
    for child in children:
        if isinstance(child, str):
            found.append(child)
        elif child.children:
            _gather(child.children, found)


def lineage(node: Node | None) -> Iterator[Node]:
    """An element and all around it, the nearest first."""
    while node is not None:
        yield node
        node = node.parent


def is_within(node: Node | None, outer: Node) -> bool:
    """Whether an element is `outer`, or stands somewhere in it."""
    return any(one is outer for one in lineage(node))


def holding(order: Iterable[Node], is_block: Callable[[Node], bool]) -> set[Node]:
    """The elements that have a block somewhere below them."""
    found: set[Node] = set()
    for node in order:
        above = node.parent if is_block(node) else None
        while above is not None and above not in found:
            found.add(above)
            above = above.parent
    return found


def drop(nodes: Iterable[Node]) -> None:
    """Take elements out of their parents, each parent's children being copied once."""
    gone = set(nodes)
    for parent in {node.parent for node in gone if node.parent is not None}:
        parent.children = [child for child in parent.children if child not in gone]
    for node in gone:
        node.parent = None


def parse(html: str) -> LexborHTMLParser:
    """Parse a document of any size and nesting; lone surrogates become question marks."""
    data = tame(html).replace("\x00", "").encode("utf-8", "replace")
    return LexborHTMLParser(data or b"<body></body>")


def base_of(document: LexborHTMLParser, url: str) -> str:
    """Against what the addresses of a document from `url` are meant (HTML §4.2.3)."""
    node = document.css_first("base[href]")
    given = node.attributes.get("href") or "" if node else ""
    return absolute(url, given) or url


def tree(document: LexborHTMLParser) -> Node:
    """The body as our own tree; an empty one where there is none."""
    body = document.body or document.root
    root = Node("body")
    if body is not None:
        root.attrs = {name: value or "" for name, value in body.attributes.items()}
        _copy(body, root)
    return root


def fragment(html: str) -> Node:
    """Parse a piece of HTML into a `body` element that holds it."""
    return tree(parse(html))


def _copy(source: LexborNode, target: Node) -> None:
    """Copy all below `source`, iteratively, and within MAX_NODES, MAX_TEXT and MAX_DEPTH.

    This is the innermost loop of reading a page, so it calls nothing that it need not.
    """
    todo: list[tuple[LexborNode, Node, int]] = []
    current, parent, depth = source.first_child, target, 0
    children = parent.children
    room = MAX_TEXT
    for _ in range(MAX_NODES):
        while current is None:
            if not todo:
                return
            current, parent, depth = todo.pop()
            children = parent.children
        text = current.text_content
        following = current.next
        if text is not None:
            children.append(text if len(text) <= room else text[:room])
            room -= min(room, len(text))
            current = following
            continue
        name = current.tag or "-"
        tag = _READ_AS.get(name, name)
        if not tag or tag[0] == "-":
            current = following
            continue
        attrs: Any = current.attributes
        if attrs and None in attrs.values():
            attrs = {key: value or "" for key, value in attrs.items()}
        node = Node(tag, attrs, None, parent)
        children.append(node)
        current = current.first_child if tag not in _LEAVES else None
        if current is None:
            current = following
            continue
        if following is not None:
            todo.append((following, parent, depth))
        if depth < MAX_DEPTH:
            parent, depth, children = node, depth + 1, node.children


def serialise(nodes: list[Node | str]) -> str:
    """HTML of a forest, by the rules of the standard (§13.3)."""
    out: list[str] = []
    stack: list[Node | str | tuple[str]] = list(reversed(nodes))
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            out.append(item[0])
        elif isinstance(item, str):
            out.append(escape(item, quote=False))
        else:
            out.append(_start(item))
            if item.tag not in VOID:
                stack.append((f"</{item.tag}>",))
                stack.extend(reversed(item.children))
    return "".join(out)


def _start(node: Node) -> str:
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
    return f"<{node.tag}{attrs}>"
