"""What stands within a paragraph: phrases, links, formulas, references to notes."""

from __future__ import annotations

import re

from newskeep.extraction import formulas, trackers
from newskeep.extraction.dom import BLOCKS, HEADINGS, Node
from newskeep.extraction.fold import EDGE, UNSEEN

TAGS = {
    "a": "a", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "sub": "sub", "sup": "sup", "del": "del", "s": "del", "strike": "del", "ins": "ins",
    "ruby": "ruby", "rt": "rt", "rp": "rp",
}  # fmt: skip
DROPPED = frozenset(["noscript", "button", "source", "wbr", "embed", "area", "rtc"])
_BACK = re.compile(r"[\s↩↑⤴⏎↵^¶#§🔗\ufe0e\ufe0f]*")
"""All that a link says which only leads back to a reference, or to its own heading."""


def inline(node: Node, base: str, inside: frozenset[str] = frozenset()) -> list[Node | str]:
    """One inline element as allowed inline content; unknown ones give way to their content.

    `inside` is what already stands around it.
    """
    if node.tag == "img":
        return [Node("img", dict(node.attrs))]
    if node.tag == "br":
        return [Node("br")]
    if node.tag in DROPPED:
        return []
    if node.tag == "math":
        return [formulas.linear(node)]
    tag = TAGS.get(node.tag, "")
    attrs: dict[str, str] = {}
    if tag == "a":
        href = link(node.get("href"), base)
        if not href and _leads_back(node):
            return []
        tag, attrs = ("a", {"href": href}) if href else ("", {})
    if tag in inside:
        tag = ""
    within = inside | {tag} if tag else inside
    children: list[Node | str] = []
    for child in node.children:
        children.extend([child] if isinstance(child, str) else inline(child, base, within))
    if node.tag == "q":
        return ["“", *children, "”"]
    return [Node(tag, attrs, children)] if tag else children


def link(href: str, base: str) -> str:
    """Where a link leads, without trackers; empty where it leads nowhere, or into the page."""
    if not href or href.startswith("#"):
        return ""
    if href[:7].lower() == "mailto:":
        return href.split("?", maxsplit=1)[0] if "@" in href and href.isascii() else ""
    return trackers.destination(base, href)


def _leads_back(anchor: Node) -> bool:
    return "#" in anchor.get("href") and bool(_BACK.fullmatch(anchor.text()))


def split_at_breaks(run: list[Node | str]) -> list[list[Node | str]]:
    """Cut a run where two line breaks follow each other."""
    parts: list[list[Node | str]] = [[]]
    breaks = 0
    for item in run:
        if isinstance(item, Node) and item.tag == "br":
            breaks += 1
        elif isinstance(item, Node) or item.strip(EDGE):
            if breaks > 1:
                parts.append([])
            breaks = 0
        parts[-1].append(item)
    return parts


def paragraphs(words: list[Node | str]) -> list[Node]:
    """A paragraph of folded inline content; pictures that stand alone become figures."""
    if not words:
        return []
    if not any(_says_something(item) for item in words):
        return [Node("figure", None, [item]) for item in _pictures(words)]
    return [Node("p", None, words)]


def _says_something(item: Node | str) -> bool:
    if isinstance(item, str):
        return bool(item.strip(UNSEEN))
    return any(text.strip(UNSEEN) for text in item.strings())


def _pictures(words: list[Node | str]) -> list[Node]:
    """The pictures among words, each with the link around it unless that shows the same."""
    found: list[Node] = []
    for item in words:
        if isinstance(item, str):
            continue
        for img in [node for node in item.walk() if node.tag == "img"]:
            linked = item.tag == "a" and not _same_picture(item.get("href"), img.get("src"))
            found.append(Node("a", dict(item.attrs), [img]) if linked else img)
    return found


def _same_picture(href: str, source: str) -> bool:
    name = href.split("?", maxsplit=1)[0].rsplit("/", 1)[-1].lower()
    return name.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")) or href == source


def phrasing(block: Node) -> list[Node | str]:
    """A block's content as inline content."""
    if block.tag in ("p", "figcaption") or block.tag in HEADINGS:
        return block.children
    if block.tag == "figure":
        return [
            child
            for child in block.children
            if isinstance(child, Node) and child.tag != "figcaption"
        ]
    return [" ".join(_words(block).split())]


def _words(block: Node) -> str:
    """All text of a block, with space between the blocks in it."""
    parts = (
        child if isinstance(child, str) else f" {_words(child)} "[not _is_block(child) :]
        for child in block.children
    )
    return "".join(parts)


def _is_block(node: Node) -> bool:
    return node.tag in BLOCKS or node.tag == "br"


def unwrapped(blocks: list[Node]) -> list[Node | str]:
    """Blocks as the content of an item or cell: a first paragraph needs no `p`."""
    if blocks and blocks[0].tag == "p":
        return [*blocks[0].children, *blocks[1:]]
    return list(blocks)
