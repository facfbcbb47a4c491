"""The clean body of an article as plain text and as Markdown."""

from __future__ import annotations

from newskeep.extraction import dom
from newskeep.extraction.dom import Node
from newskeep.extraction.markdown import markdown

_HOLDERS = frozenset((
    "body", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "td",
    "th", "figure", "dl", "dd",
))  # fmt: skip


def to_text(html: str) -> str:
    """Plain text of clean HTML: one line a block, a line break where the text has one.

    Captions are left out: they are said of pictures, and an article's pictures hold them.
    """
    return text_of(dom.fragment(html))


def to_markdown(html: str) -> str:
    """CommonMark of clean HTML, with GitHub's tables."""
    return markdown(dom.fragment(html))


def text_of(root: Node) -> str:
    """Plain text of a clean tree, without captions."""
    lines: list[str] = []
    _lines(root, lines)
    return "\n".join(line for line in lines if line)


def _lines(node: Node, out: list[str]) -> None:
    if node.tag == "pre":
        out.append("".join(node.strings()).rstrip())
    elif node.tag == "tr":
        out.append("\t".join(_joined(cell) for cell in node.elements()).strip())
    elif node.tag in _HOLDERS:
        _mixed(node, out)
    else:
        out.append(_inline(node).strip())


def _mixed(node: Node, out: list[str]) -> None:
    """An element that may hold loose text before and between blocks."""
    loose = ""
    for child in node.children:
        if isinstance(child, str):
            loose += child
        elif child.tag == "figcaption":
            continue
        elif child.tag in dom.BLOCKS or child.tag == "hr":
            out.append(loose.strip())
            loose = ""
            _lines(child, out)
        else:
            loose += _inline(child)
    out.append(loose.strip())


def _joined(node: Node) -> str:
    lines: list[str] = []
    _mixed(node, lines)
    return " ".join(line for line in lines if line).replace("\n", " ")


def _inline(node: Node) -> str:
    if node.tag == "br":
        return "\n"
    if node.tag == "ruby" and not node.find("rp"):
        return "".join(_reading(c) if isinstance(c, Node) else c for c in node.children)
    return "".join(c if isinstance(c, str) else _inline(c) for c in node.children)


def _reading(part: Node) -> str:
    """A part of a `ruby` without brackets of its own: a reading stands in brackets."""
    return f"（{_inline(part)}）" if part.tag == "rt" else _inline(part)
