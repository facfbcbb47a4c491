"""Clean article HTML as CommonMark 0.31 with GitHub's tables and strikethrough."""

from __future__ import annotations

import re

from newskeep.extraction.dom import Node

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-+\s*$|(\d{1,9})([.)])(?=\s|$))"
)
_ADDRESS = re.compile(r"[\s<>()\\]")
_MARKS = {"em": "*", "strong": "**", "del": "~~"}
_AS_HTML = frozenset(["sub", "sup", "ruby", "rt", "rp"])
_LISTS = frozenset(("ul", "ol"))
_BLOCKS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "blockquote",
        "pre",
        "table",
        "figure",
        "figcaption",
        "hr",
    ]
)


def markdown(root: Node) -> str:
    """Markdown of a clean tree, ending in a newline; an empty string where it holds nothing."""
    text = "\n\n".join(_blocks(root))
    return f"{text}\n" if text else ""


def _blocks(node: Node) -> list[str]:
    """Every block below `node`, loose text as a paragraph of its own."""
    found: list[str] = []
    loose: list[Node | str] = []
    for child in [*node.children, Node("hr")]:
        if isinstance(child, Node) and child.tag in _BLOCKS:
            found.append(_paragraph(loose))
            loose = []
            found.append(_block(child))
        else:
            loose.append(child)
    return [block for block in found[:-1] if block]


def _block(node: Node) -> str:
    if node.tag in _LISTS:
        return _list(node)
    if node.tag == "blockquote":
        return _prefixed("\n\n".join(_blocks(node)), "> ", "> ")
    if node.tag == "pre":
        return _fenced("".join(node.strings()))
    if node.tag == "table":
        return _table(node)
    if node.tag == "figure":
        return _figure(node)
    if node.tag == "hr":
        return "---"
    if node.tag[0] == "h":
        return f"{'#' * int(node.tag[1])} {_inline(node.children).replace(chr(10), ' ').strip()}"
    return _paragraph(node.children)


def _paragraph(nodes: list[Node | str]) -> str:
    lines = _inline(nodes).strip().split("\n")
    return "\n".join(
        _LINE_START.sub(_guard, line.strip(" ") if i else line) for i, line in enumerate(lines)
    ).strip()


def _guard(match: re.Match[str]) -> str:
    """Escape what would begin a heading, a list or a rule."""
    if match[3]:
        return f"{match[1]}{match[3]}\\{match[4]}"
    return f"{match[1]}\\{match[2]}"


def _inline(nodes: list[Node | str]) -> str:
    return "".join(_text(n) if isinstance(n, str) else _element(n) for n in nodes)


def _text(text: str) -> str:
    return _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text.replace("\n", " ")))


def _element(node: Node) -> str:
    if node.tag == "br":
        return "\\\n"
    if node.tag == "img":
        return f"![{_label(node.get('alt'))}](<{_address(node.get('src'))}>)"
    if node.tag == "code":
        return _code("".join(node.strings()))
    inner = _inline(node.children)
    if node.tag == "a" and node.get("href"):
        return _around(inner, "[", f"](<{_address(node.get('href'))}>)")
    if node.tag in _MARKS:
        return _around(inner, _MARKS[node.tag], _MARKS[node.tag])
    return f"<{node.tag}>{inner}</{node.tag}>" if node.tag in _AS_HTML else inner


def _around(inner: str, before: str, after: str) -> str:
    """Marks bind to the words: spaces at the edges move outside."""
    core = inner.strip()
    if not core:
        return inner
    start = inner.index(core[0])
    return f"{inner[:start]}{before}{core}{after}{inner[start + len(core) :]}"


def _label(text: str) -> str:
    return _text(" ".join(text.split()))


def _address(address: str) -> str:
    return _ADDRESS.sub(lambda m: f"%{ord(m[0]):02X}", address)


def _code(text: str) -> str:
    text = text.replace("\n", " ")
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else text


def _fenced(text: str) -> str:
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}\n{text.rstrip()}\n{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        (rest if i else first) + line if line or i == 0 else rest.rstrip()
        for i, line in enumerate(lines)
    )


def _list(node: Node) -> str:
    start = int(node.get("start") or 1) if node.tag == "ol" else 0
    items: list[str] = []
    for item in node.elements():
        mark = f"{start + len(items)}. " if node.tag == "ol" else "- "
        blocks = _blocks(item)
        tight = len(blocks) == 2 and any(child.tag in _LISTS for child in item.elements())
        body = ("\n" if tight else "\n\n").join(blocks)
        items.append(_prefixed(body, mark, " " * len(mark)))
    return "\n".join(items)


def _figure(node: Node) -> str:
    pictures = [
        child for child in node.children if isinstance(child, Node) and child.tag != "figcaption"
    ]
    captions = [_inline(c.children).strip() for c in node.elements() if c.tag == "figcaption"]
    shown = _inline(list(pictures))
    words = "\\\n".join(
        f"*{caption}*" if "*" not in caption else caption for caption in captions if caption
    )
    return f"{shown}\\\n{words}" if shown and words else shown or words


def _table(node: Node) -> str:
    """A GitHub table; the first row is the head, spans become empty cells."""
    rows = [[_cell(cell) for cell in _padded(row)] for row in node.find("tr")]
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    lines.insert(1, f"|{' --- |' * width}")
    title = next((_paragraph(found.children) for found in node.find("caption")), "")
    return "\n".join(lines) if not title else f"{title}\n\n" + "\n".join(lines)


def _padded(row: Node) -> list[Node]:
    cells: list[Node] = []
    for cell in row.elements():
        span = int(cell.get("colspan") or 1)
        cells.extend([cell, *(Node("td") for _ in range(min(span, 50) - 1))])
    return cells


def _cell(cell: Node) -> str:
    return " ".join(_blocks(cell)).replace("\\\n", "<br>").replace("\n", " ")
