"""From what a publisher's template made to plain semantic blocks.

Containers of every name dissolve into the blocks they hold; text that stands loose
becomes paragraphs; `<br><br>` ends one. What comes out is a list of blocks that a
parser reads back as the same list, so that tidying twice changes nothing.
"""

from __future__ import annotations

from newskeep import url as addresses
from newskeep.extraction.dom import BLOCKS, HEADINGS, Node, drop
from newskeep.extraction.fold import EDGE, fold
from newskeep.extraction.rules import PLAYERS
from newskeep.extraction.tables import rows_of

_INLINE = {
    "a": "a", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "strong": "strong", "b": "strong", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "sub": "sub", "sup": "sup", "del": "del", "s": "del", "strike": "del",
    "ruby": "ruby", "rt": "rt", "rp": "rp",
}  # fmt: skip
_BLOCK_LEVEL = BLOCKS - {"html", "noscript", "picture"}
_DROPPED = frozenset(["noscript", "button", "source", "wbr", "embed", "area", "rtc"])
_MAX_HEADING = 300


def tidy(root: Node, base: str) -> list[Node]:
    """The blocks of everything below `root`, with addresses resolved against `base`."""
    flow = _Flow(base, _holding_blocks(root))
    flow.children(root)
    return _without_edges(flow.close())


def _holding_blocks(root: Node) -> set[Node]:
    """The elements that have a block somewhere below them."""
    holding: set[Node] = set()
    for node in root.walk():
        if node.tag in _BLOCK_LEVEL:
            above = node.parent
            while above is not None and above not in holding:
                holding.add(above)
                above = above.parent
    return holding


def _without_edges(blocks: list[Node]) -> list[Node]:
    """Without rules at the edges or in a row, and without headings that head nothing."""
    kept: list[Node] = []
    for block in blocks:
        if block.tag == "hr" and (not kept or kept[-1].tag == "hr"):
            continue
        kept.append(block)
    while kept and (kept[-1].tag == "hr" or kept[-1].tag in HEADINGS):
        kept.pop()
    return kept


class _Flow:
    """Collects blocks in order; `run` is the loose inline content of the paragraph begun."""

    def __init__(self, base: str, holding: set[Node]) -> None:
        self.base = base
        self.holding = holding
        self.blocks: list[Node] = []
        self.run: list[Node | str] = []

    def close(self) -> list[Node]:
        self._flush()
        return self.blocks

    def children(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                self.run.append(child)
            else:
                self._element(child)

    def _element(self, node: Node) -> None:
        if node.tag in _DROPPED:
            return
        if node.tag not in _BLOCK_LEVEL and node not in self.holding:
            self.run.extend(_inline(node, self.base, frozenset()))
            return
        self._flush()
        handler = _HANDLERS.get(node.tag)
        if handler is not None:
            handler(self, node)
        else:
            self.children(node)
        self._flush()

    def _flush(self) -> None:
        run, self.run = self.run, []
        for part in _split_at_breaks(run):
            self.blocks.extend(_paragraphs(fold(part)))

    def inner(self, node: Node) -> list[Node]:
        """The blocks below one element, on their own."""
        flow = _Flow(self.base, self.holding)
        flow.children(node)
        return flow.close()

    def phrase(self, node: Node) -> list[Node | str]:
        """All below one element as the inline content of a single block."""
        joined: list[Node | str] = []
        for block in self.inner(node):
            if joined:
                joined.append(Node("br"))
            joined.extend(_phrasing(block))
        return fold(joined)

    def heading(self, node: Node) -> None:
        blocks = self.inner(node)
        if any(block.tag not in ("p", "figure") for block in blocks):
            self.blocks.extend(blocks)
            return
        words: list[Node | str] = []
        for block in blocks:
            if block.tag == "figure":
                self.blocks.append(block)
            else:
                words.extend([Node("br"), *block.children] if words else block.children)
        words = fold(words)
        if words:
            length = len("".join(Node("p", None, words).strings()))
            level = "h2" if node.tag == "h1" else node.tag
            self.blocks.append(Node(level if length <= _MAX_HEADING else "p", None, words))

    def list_(self, node: Node) -> None:
        items: list[Node] = []
        for child in node.children:
            if isinstance(child, str):
                child = Node("li", None, [child])
            blocks = self.inner(child) if child.tag == "li" else self._single(child)
            if blocks and child.tag in ("ul", "ol") and items:
                items[-1].children.extend(blocks)
            elif blocks:
                items.append(Node("li", None, _unwrapped(blocks)))
        if items:
            start = node.get("start")
            tag = "ol" if node.tag == "ol" else "ul"
            attrs = {"start": start} if tag == "ol" and start.isdecimal() and len(start) < 9 else {}
            self.blocks.append(Node(tag, attrs, list(items)))

    def _single(self, node: Node) -> list[Node]:
        flow = _Flow(self.base, self.holding)
        flow._element(node)
        return flow.close()

    def item(self, node: Node) -> None:
        """An `li` outside any list."""
        blocks = self.inner(node)
        if blocks:
            self.blocks.append(Node("ul", None, [Node("li", None, _unwrapped(blocks))]))

    def quote(self, node: Node) -> None:
        blocks = _without_edges(self.inner(node))
        if blocks:
            self.blocks.append(Node("blockquote", None, list(blocks)))

    def preformatted(self, node: Node) -> None:
        for br in node.find("br"):
            br.children = ["\n"]
        text = "".join(node.strings()).replace("\r\n", "\n").replace("\r", "\n")
        lines = text.rstrip().split("\n")
        while lines and not lines[0].strip():
            lines.pop(0)
        if lines:
            self.blocks.append(Node("pre", None, [Node("code", None, ["\n".join(lines)])]))

    def rule(self, _: Node) -> None:
        self.blocks.append(Node("hr"))

    def term(self, node: Node) -> None:
        words = self.phrase(node)
        if not words:
            return
        already = len(words) == 1 and isinstance(words[0], Node) and words[0].tag == "strong"
        bold: list[Node | str] = words if already else [Node("strong", None, words)]
        self.blocks.append(Node("p", None, list(bold)))

    def figure(self, node: Node) -> None:
        captions = node.find("figcaption")
        caption: list[Node | str] = []
        drop(captions)
        for found in captions:
            words = self.phrase(found)
            caption.extend([Node("br"), *words] if caption and words else words)
        blocks = self.inner(node)
        pictures = [block for block in blocks if block.tag == "figure"]
        if pictures and caption and not pictures[-1].find("figcaption"):
            pictures[-1].children.append(Node("figcaption", None, caption))
        elif blocks and caption:
            blocks.append(Node("p", None, caption))
        self.blocks.extend(blocks)

    def caption(self, node: Node) -> None:
        """A `figcaption` outside any figure: of the picture before it, else a paragraph."""
        words = self.phrase(node)
        if not words:
            return
        before = self.blocks[-1] if self.blocks else None
        if before is not None and before.tag == "figure" and not before.find("figcaption"):
            before.children.append(Node("figcaption", None, words))
        else:
            self.blocks.append(Node("p", None, words))

    def table(self, node: Node) -> None:
        rows = rows_of(node)
        if rows is None:
            self.children(node)
            return
        kept: list[Node | str] = []
        for row in rows:
            cells: list[Node | str] = [self._cell(cell) for cell in row]
            if any(isinstance(cell, Node) and cell.children for cell in cells):
                kept.append(Node("tr", None, cells))
        title = next(iter(node.find("caption")), None)
        words = self.phrase(title) if title is not None else []
        if words:
            kept.insert(0, Node("caption", None, words))
        if kept:
            self.blocks.append(Node("table", None, kept))

    def _cell(self, cell: Node) -> Node:
        spans = {
            name: cell.get(name)
            for name in ("colspan", "rowspan")
            if cell.get(name).isdecimal() and 1 < int(cell.get(name)[:5]) < 1000
        }
        return Node(cell.tag, spans, _unwrapped(self.inner(cell)))

    def player(self, node: Node) -> None:
        """A frame or a film as a link to what it plays."""
        source = node.get("src") or node.get("data-src") or node.get("data-lazy-src")
        source = source or next((s.get("src") for s in node.find("source") if s.get("src")), "")
        address = addresses.absolute(self.base, source) if source else ""
        name = next((name for part, name in PLAYERS.items() if part in address), "")
        if node.tag in ("video", "audio"):
            name = node.tag.capitalize()
        if address and name:
            link = Node("a", {"href": addresses.without_trackers(address)}, [name])
            self.blocks.append(Node("p", None, [link]))


_HANDLERS = {
    **dict.fromkeys(HEADINGS, _Flow.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Flow.list_),
    **dict.fromkeys(("iframe", "video", "audio"), _Flow.player),
    "li": _Flow.item,
    "blockquote": _Flow.quote,
    "pre": _Flow.preformatted,
    "hr": _Flow.rule,
    "dt": _Flow.term,
    "figure": _Flow.figure,
    "figcaption": _Flow.caption,
    "table": _Flow.table,
}


def _inline(node: Node, base: str, inside: frozenset[str]) -> list[Node | str]:
    """One inline element as allowed inline content; unknown ones give way to their content."""
    if node.tag == "img":
        return [Node("img", dict(node.attrs))]
    if node.tag == "br":
        return [Node("br")]
    if node.tag in _DROPPED:
        return []
    tag = _INLINE.get(node.tag, "")
    attrs: dict[str, str] = {}
    if tag == "a":
        href = _link(node.get("href"), base)
        tag, attrs = ("a", {"href": href}) if href else ("", {})
    if tag in inside:
        tag = ""
    within = inside | {tag} if tag else inside
    children: list[Node | str] = []
    for child in node.children:
        children.extend([child] if isinstance(child, str) else _inline(child, base, within))
    return [Node(tag, attrs, children)] if tag else children


def _link(href: str, base: str) -> str:
    """Where a link leads, without trackers; empty where it leads nowhere."""
    if not href or href.startswith("#"):
        return ""
    if href[:7].lower() == "mailto:":
        return href.split("?", maxsplit=1)[0] if "@" in href and href.isascii() else ""
    target = addresses.absolute(base, href)
    return addresses.without_trackers(target) if target else ""


def _split_at_breaks(run: list[Node | str]) -> list[list[Node | str]]:
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


def _paragraphs(words: list[Node | str]) -> list[Node]:
    """A paragraph of folded inline content; pictures that stand alone become figures."""
    if not words:
        return []
    if not any(_says_something(item) for item in words):
        return [Node("figure", None, [item]) for item in _pictures(words)]
    return [Node("p", None, words)]


def _says_something(item: Node | str) -> bool:
    if isinstance(item, str):
        return bool(item.strip(EDGE))
    return any(text.strip(EDGE) for text in item.strings())


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


def _phrasing(block: Node) -> list[Node | str]:
    """A block's content as inline content."""
    if block.tag in ("p", "figcaption") or block.tag in HEADINGS:
        return block.children
    if block.tag == "figure":
        return [
            child
            for child in block.children
            if isinstance(child, Node) and child.tag != "figcaption"
        ]
    return [" ".join("".join(block.strings()).split())]


def _unwrapped(blocks: list[Node]) -> list[Node | str]:
    """Blocks as the content of an item or cell: a first paragraph needs no `p`."""
    if blocks and blocks[0].tag == "p":
        return [*blocks[0].children, *blocks[1:]]
    return list(blocks)
