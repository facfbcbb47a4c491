"""Clean article HTML as CommonMark 0.31 with GitHub's tables and strikethrough."""

from __future__ import annotations

import re

from newskeep.extraction.dom import Node

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_LINE_START = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-+\s*$|(\d{1,9})([.)])(?=\s|$))"
)
_BAR = re.compile(r"(?<!\\)\|")
_ADDRESS = re.compile(r"[\s<>()\\]")
_MARKS = {"em": "*", "strong": "**", "del": "~~"}
_AS_HTML = frozenset(["sub", "sup", "ins", "ruby", "rt", "rp"])
_LISTS = frozenset(("ul", "ol"))
_BLOCKS = frozenset((
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "figure",
    "figcaption", "hr", "dl",
))  # fmt: skip


def markdown(root: Node) -> str:
    """Markdown of a clean tree, ending in a newline; an empty string where it holds nothing."""
    text = "\n\n".join(_blocks(root))
    return f"{text}\n" if text else ""


def _blocks(node: Node) -> list[str]:
    """Every block below `node`, loose text as a paragraph of its own."""
    found: list[str] = []
    loose: list[Node | str] = []
    before: Node | None = None
    other = False
    for child in [*node.children, Node("hr")]:
        if isinstance(child, Node) and child.tag in _BLOCKS:
            found.append(_paragraph(loose))
            other = not (found[-1] or other) and before is not None and before.tag == child.tag
            found.append(_list(child, other=other) if child.tag in _LISTS else _block(child))
            loose, before = [], child
        else:
            loose.append(child)
    return [block for block in found[:-1] if block]


def _block(node: Node) -> str:
    if node.tag == "blockquote":
        return _prefixed("\n\n".join(_blocks(node)), "> ", "> ")
    if node.tag == "pre":
        return _fenced("".join(node.strings()))
    if node.tag == "table":
        return _table(node)
    if node.tag == "figure":
        return _figure(node)
    if node.tag == "hr":
        return "___"
    if node.tag == "dl":
        return "\n\n".join(_row(row) for row in node.elements())
    if node.tag[0] == "h":
        return f"{'#' * int(node.tag[1])} {_heading(node)}".rstrip()
    return _paragraph(node.children)


def _row(row: Node) -> str:
    """A term in strong letters, or what is told of it."""
    if row.tag == "dt":
        return _paragraph([Node("strong", None, row.children)])
    return "\n\n".join(_blocks(row))


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


def _heading(node: Node) -> str:
    """On one line; number signs at its end are no closing sequence (§4.2)."""
    words = _inline(node.children).replace("\\\n", " ").strip()
    return f"{words[:-1]}\\#" if words.endswith("#") else words


def _inline(nodes: list[Node | str]) -> str:
    out = ""
    for at, node in enumerate(nodes):
        if isinstance(node, str):
            out += _text(node)
        elif node.tag == "code":
            out += _code("".join(node.strings()), out[-1:])
        elif node.tag in _MARKS:
            out += _emphasis(node, out[-1:], nodes[at + 1] if at + 1 < len(nodes) else "")
        else:
            out = _escaped_end(out) if node.tag == "a" else out
            out += _element(node)
    return out


def _text(text: str) -> str:
    return _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text.replace("\n", " ")))


def _escaped_end(text: str) -> str:
    """An exclamation mark before a link would make a picture of it."""
    return f"{text[:-1]}\\!" if text.endswith("!") else text


def _element(node: Node) -> str:
    if node.tag == "br":
        return "\\\n"
    if node.tag == "img":
        return f"![{_label(node.get('alt'))}](<{_address(node.get('src'))}>)"
    inner = _inline(node.children)
    if node.tag == "a" and node.get("href"):
        return _around(inner, "[", f"](<{_address(node.get('href'))}>)")
    return f"<{node.tag}>{inner}</{node.tag}>" if node.tag in _AS_HTML else inner


def _around(inner: str, before: str, after: str) -> str:
    """Marks bind to the words: spaces and breaks at the edges move outside."""
    start, core, end = _edges(inner)
    return f"{start}{before}{core}{after}{end}" if core else inner


def _edges(inner: str) -> tuple[str, str, str]:
    """Spaces and breaks before, the words, and those after; a break ends in an odd backslash."""
    words = inner.lstrip()
    while words.startswith("\\\n"):
        words = words[2:].lstrip()
    core = words.rstrip()
    while (len(core) - len(core.rstrip("\\"))) % 2:
        core = core[:-1].rstrip()
    return inner[: len(inner) - len(words)], core, words[len(core) :]


def _emphasis(node: Node, before: str, following: Node | str) -> str:
    """Marks where CommonMark reads them as such (§6.2), else the element itself.

    A mark beside punctuation inside needs space or punctuation outside, which Chinese
    and Japanese do not have; and two marks in a row would run together.
    """
    inner = _inline(node.children)
    start, core, end = _edges(inner)
    after = following[:1] if isinstance(following, str) else ""
    opens = start or _binds(before, core[:1])
    closes = end or _binds(after, core[-1:])
    if opens and closes and before not in ("*", "~"):
        return _around(inner, _MARKS[node.tag], _MARKS[node.tag])
    return _around(inner, f"<{node.tag}>", f"</{node.tag}>")


def _binds(outside: str, inside: str) -> bool:
    return inside.isalnum() or (not outside.isalnum() and inside not in ("*", "~"))


def _label(text: str) -> str:
    return _text(" ".join(text.split()))


def _address(address: str) -> str:
    return _ADDRESS.sub(lambda m: f"%{ord(m[0]):02X}", address)


def _code(text: str, before: str) -> str:
    """A code span (§6.1); right behind another one, where the two would join, the element."""
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    if before == "`":
        return f"<code>{_text(text)}</code>"
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


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


def _list(node: Node, *, other: bool = False) -> str:
    """A list; with `other` marks where one of its kind stands right before it."""
    start = int(node.get("start") or 1)
    items: list[str] = []
    for item in node.elements():
        number = f"{start + len(items)}{')' if other else '.'} "
        mark = number if node.tag == "ol" else "* " if other else "- "
        blocks = _blocks(item)
        body = ("\n" if _is_tight(item, blocks) else "\n\n").join(blocks)
        items.append(_prefixed(body, mark, " " * len(mark)))
    return "\n".join(items)


def _is_tight(item: Node, blocks: list[str]) -> bool:
    """Whether a list follows the item's words at once, as one that starts at 1 may (§5.3)."""
    last = item.children[-1] if item.children else ""
    is_list = isinstance(last, Node) and last.tag in _LISTS and last.get("start") in ("", "1")
    return is_list and len(blocks) == 2


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
    """On one line, with the bars of code and addresses escaped as well."""
    words = " ".join(_blocks(cell)).replace("\\\n", "<br>").replace("\n", " ")
    return _BAR.sub(r"\\|", words)
