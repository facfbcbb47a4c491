"""Formulas as text: MathML in a line, as TeX where its author wrote that."""

from __future__ import annotations

from newskeep.extraction.dom import Node

_TEX = ("application/x-tex", "tex", "latex")
_NOTES = frozenset(["annotation", "annotation-xml"])
_BETWEEN = {"mfrac": "/", "msup": "^", "msub": "_", "mover": "^", "munder": "_", "mroot": "√"}
_GROUPED = frozenset(["mrow", "mstyle", "mfenced"])


def linear(math: Node) -> str:
    """A `math` element as text."""
    notes = [note for note in math.find("annotation") if note.get("encoding").lower() in _TEX]
    said = math.get("alttext") or next((note.text() for note in notes), "")
    return " ".join((said or _written(math)).split())


def _written(node: Node) -> str:
    if node.tag in _NOTES:
        return ""
    if node.tag in _BETWEEN:
        parts = [_argument(child) for child in node.elements() if child.tag not in _NOTES]
        return _BETWEEN[node.tag].join(parts)
    inner = "".join(
        child.strip() if isinstance(child, str) else _written(child) for child in node.children
    )
    return f"√({inner})" if node.tag == "msqrt" else inner


def _argument(node: Node) -> str:
    """A part of a fraction or power, in brackets where it is more than one sign."""
    text = _written(node)
    return f"({text})" if node.tag in _GROUPED and len(text) > 1 and not text.isalnum() else text
