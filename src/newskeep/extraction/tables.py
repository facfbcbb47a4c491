"""Tables: those that hold data, told from those that only lay out a page."""

from __future__ import annotations

from newskeep.extraction.dom import Node

_LONG_CELL = 600
"""Characters; a cell longer than this is a column of a layout."""
_ROW_GROUPS = ("thead", "tbody", "tfoot")


def rows_of(table: Node) -> list[list[Node]] | None:
    """The cells of a data table row by row; None for a table that only lays out."""
    rows = [_cells(row) for row in _own_rows(table)]
    rows = [row for row in rows if row]
    if not rows or max(map(len, rows)) < 2 or table.find("table"):
        return None
    if table.get("role") == "presentation" or any(map(_is_column, (c for r in rows for c in r))):
        return None
    return rows


def _own_rows(table: Node) -> list[Node]:
    rows: list[Node] = []
    for child in table.elements():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in _ROW_GROUPS:
            rows.extend(row for row in child.elements() if row.tag == "tr")
    return rows


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.elements() if cell.tag in ("td", "th")]


def _is_column(cell: Node) -> bool:
    return sum(map(len, cell.strings())) > _LONG_CELL or len(cell.find("p", "h1", "h2", "h3")) > 4
