"""CSV exports (RFC 4180, and what spreadsheets make of it): rows by the names of their columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newskeep import content
from newskeep.discover.saved.items import Tell

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its columns' names in lower case, and the line on which it begins."""

    line: int
    cells: Mapping[str, str]

    @property
    def where(self) -> str:
        """The row's name in problems."""
        return f"line {self.line}"

    def __getitem__(self, name: str) -> str:
        """The cell of this column; an empty text where it is missing."""
        return self.cells.get(name, "")


def columns(data: bytes) -> frozenset[str]:
    """The names of the columns in lower case; none where there are none to be read."""
    try:
        return frozenset(map(_name, next(csv.reader(_lines(data[:_HEAD])), [])))
    except csv.Error:
        return frozenset()


def rows(data: bytes, needed: frozenset[str], tell: Tell) -> Iterator[Row]:
    """The rows below the head. Raises ValueError where a needed column is missing.

    A row with too few or too many cells is told, and read as far as it goes.
    """
    reader = csv.reader(_lines(data))
    names: list[str] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            tell("row-unreadable", f"line {line}", "it is not in the form of CSV; it was left out")
            continue
        if cells is None:
            break
        if not any(map(str.strip, cells)):
            continue
        if names:
            _compare(line, cells, names, tell)
            yield Row(line, dict(zip(names, cells, strict=False)))
        else:
            names = _names(line, cells, needed)
    if not names:
        raise ValueError("it is empty")


def _compare(line: int, cells: list[str], names: list[str], tell: Tell) -> None:
    if len(cells) != len(names):
        told = f"it has {len(cells)} columns where {len(names)} are wanted"
        tell("wrong-columns", f"line {line}", f"{told}; is a quote missing?")


def _names(line: int, cells: list[str], needed: frozenset[str]) -> list[str]:
    names = list(map(_name, cells))
    missing = sorted(needed - set(names))
    if missing:
        raise ValueError(f"line {line}: it has no column called {', '.join(missing)}")
    return names


def _name(cell: str) -> str:
    return cell.strip().lower()


def _lines(data: bytes) -> Iterator[str]:
    """Lines that end with a newline and nothing else, so that their numbers are an editor's."""
    text = content.to_text(data, kind="text")
    whole = text if "\n" in text else text.replace("\r", "\n")
    return (f"{line}\n" for line in whole.split("\n"))
