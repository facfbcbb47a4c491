"""Raindrop.io: its CSV export, and its bookmark file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape

from newskeep.discover.saved import bookmarks
from newskeep.discover.saved.items import Highlight, Note, Saved, Tell, feed
from newskeep.discover.saved.table import rows
from newskeep.types import Feed

COLUMNS = frozenset({"url", "folder", "excerpt", "created"})
_UNSORTED = "Unsorted"
_QUOTE, _NOTE = "Highlight:", "Note:"


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of a Raindrop export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("raindrop", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of a Raindrop export in either form."""
    return bookmarks.read(data, tell) if data.lstrip()[:1] == b"<" else _csv(data, tell)


def _csv(data: bytes, tell: Tell) -> Iterator[Saved]:
    for row in rows(data, COLUMNS, tell):
        yield Saved(
            where=row.where,
            url=row["url"],
            title=row["title"],
            summary=escape(row["excerpt"]),
            picture=row["cover"],
            saved=row["created"],
            tags=[*_folders(row["folder"]), *row["tags"].split(",")],
            starred=row["favorite"].strip().lower() == "true",
            notes=[Note(text=row["note"])],
            highlights=_highlights(row["highlights"]),
        )


def _folders(path: str) -> Sequence[str]:
    """Raindrop writes nested folders with a slash between blanks; names may hold bare ones."""
    return [name for name in path.split(" / ") if name.strip() != _UNSORTED]


def _highlights(cell: str) -> Sequence[Highlight]:
    """One a line; where they are announced by a word, so are their notes, and each runs on."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    announced = any(line.startswith(_QUOTE) for line in lines)
    found: list[Highlight] = []
    for line in lines:
        if line.startswith(_QUOTE) or not announced or not found:
            found.append(Highlight(quote=line.removeprefix(_QUOTE).strip()))
        elif line.startswith(_NOTE) or found[-1].note:
            note = f"{found[-1].note}\n{line.removeprefix(_NOTE).strip()}"
            found[-1] = replace(found[-1], note=note.strip())
        else:
            found[-1] = replace(found[-1], quote=f"{found[-1].quote}\n{line}")
    return found
