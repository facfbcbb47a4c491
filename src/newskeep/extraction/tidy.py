"""From what a publisher's template made to plain semantic blocks.

Containers of every name dissolve into the blocks they hold; text that stands loose
becomes paragraphs; `<br><br>` ends one. What comes out is a list of blocks that a
parser reads back as the same list, so that tidying twice changes nothing.
"""

from __future__ import annotations

from newskeep.extraction import code, definitions, embeds, entries, inline, quotes
from newskeep.extraction.dom import BLOCKS, HEADINGS, Node, drop, holding
from newskeep.extraction.fold import fold
from newskeep.extraction.tables import rows_of

_BLOCK_LEVEL = BLOCKS - {"html", "noscript", "picture"}
_MAX_HEADING = 300


def tidy(root: Node, base: str) -> list[Node]:
    """The blocks of everything below `root`, with addresses resolved against `base`."""
    flow = _Flow(base, holding(root.walk(), _is_block))
    flow.children(root)
    return _levelled(quotes.without_repeated(_without_edges(flow.close())))


def _levelled(blocks: list[Node]) -> list[Node]:
    """With headings from the second level on, which is below the title; their order stays.

    Where a page has several first headings they head sections, and all others go down.
    """
    headings = [node for block in blocks for node in block.walk() if node.tag in HEADINGS]
    several = sum(node.tag == "h1" for node in headings) > 1
    for node in headings:
        if several or node.tag == "h1":
            node.tag = f"h{min(int(node.tag[1]) + 1, 6)}"
    return blocks


def _is_block(node: Node) -> bool:
    return node.tag in _BLOCK_LEVEL or node.tag in embeds.TAGS or code.is_block(node)


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
        if node.tag in inline.DROPPED:
            return
        if node.tag in embeds.TAGS:
            self._embed(node)
            return
        is_block = node.tag in _BLOCK_LEVEL or node in self.holding or code.is_block(node)
        if not is_block:
            self.run.extend(inline.inline(node, self.base))
            return
        self._flush()
        self._block(node)
        self._flush()

    def _block(self, node: Node) -> None:
        handler = _HANDLERS.get(node.tag)
        if handler is not None:
            handler(self, node)
        elif quotes.is_pulled(node):
            self.quote(node)
        elif entries.is_entry(node):
            self.entry(node)
        elif embeds.is_post(node) and not node.text():
            self._embed(node)
        else:
            self.children(node)

    def _flush(self) -> None:
        run, self.run = self.run, []
        for part in inline.split_at_breaks(run):
            self.blocks.extend(inline.paragraphs(fold(part)))

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
            joined.extend(inline.phrasing(block))
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
            self.blocks.append(Node(node.tag if length <= _MAX_HEADING else "p", None, words))

    def list_(self, node: Node) -> None:
        items: list[Node] = []
        for child in node.children:
            if isinstance(child, str):
                child = Node("li", None, [child])
            blocks = self.inner(child) if child.tag == "li" else self._single(child)
            if blocks and child.tag in ("ul", "ol") and items:
                items[-1].children.extend(blocks)
            elif blocks:
                items.append(Node("li", None, inline.unwrapped(blocks)))
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
            self.blocks.append(Node("ul", None, [Node("li", None, inline.unwrapped(blocks))]))

    def quote(self, node: Node) -> None:
        blocks = _without_edges(self.inner(node))
        if blocks:
            self.blocks.append(Node("blockquote", None, list(blocks)))
        elif embeds.is_post(node):
            self._embed(node)

    def preformatted(self, node: Node) -> None:
        block = code.preformatted(node)
        if block is not None:
            self.blocks.append(block)

    def entry(self, node: Node) -> None:
        """An entry of a live blog: a heading of its time and headline, then its blocks."""
        words, time, title = entries.head(node)
        if time is None:
            self.children(node)
            return
        drop([time])
        said: list[Node | str] = [f"{words} ", *(self.phrase(title) if title is not None else ())]
        drop([title] if title is not None else ())
        blocks = self.inner(node)
        if blocks:
            level = title.tag if title is not None else "h3"
            self.blocks.extend([Node(level, None, fold(said)), *blocks])

    def rule(self, _: Node) -> None:
        self.blocks.append(Node("hr"))

    def definitions(self, node: Node) -> None:
        """A `dl`; one that lays out a page, or shows pictures, dissolves."""
        rows = [(row.tag, self.inner(row)) for row in definitions.rows_of(node)]
        rows = [(tag, blocks) for tag, blocks in rows if blocks]
        if definitions.defines(rows):
            told: list[Node | str] = [Node(t, None, inline.unwrapped(blocks)) for t, blocks in rows]
            self.blocks.append(Node("dl", None, told))
            return
        for tag, blocks in rows:
            self.blocks.extend(definitions.emphasised(blocks) if tag == "dt" else blocks)

    def term(self, node: Node) -> None:
        """A `dt` or `summary` outside any list of definitions."""
        words = self.phrase(node)
        if words:
            self.blocks.extend(definitions.emphasised([Node("p", None, words)]))

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
        drop([cell for cell in node.find("td") if code.is_numbers(cell)])
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
        return Node(cell.tag, spans, inline.unwrapped(self.inner(cell)))

    def _embed(self, node: Node) -> None:
        """A paragraph with a link to what a frame, a film or an embedded post shows."""
        link = embeds.link(node, self.base)
        if link is not None:
            self._flush()
            self.blocks.append(Node("p", None, [link]))


_HANDLERS = {
    **dict.fromkeys(HEADINGS, _Flow.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Flow.list_),
    **dict.fromkeys(("pre", "code", "samp"), _Flow.preformatted),
    **dict.fromkeys(("dt", "summary"), _Flow.term),
    "li": _Flow.item,
    "blockquote": _Flow.quote,
    "hr": _Flow.rule,
    "dl": _Flow.definitions,
    "figure": _Flow.figure,
    "figcaption": _Flow.caption,
    "table": _Flow.table,
}
