"""Instapaper: its CSV and HTML exports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from newskeep.discover.saved import objects
from newskeep.discover.saved.items import Highlight, Saved, Tell, feed
from newskeep.discover.saved.links import links
from newskeep.discover.saved.table import rows
from newskeep.types import Feed

COLUMNS = frozenset({"url", "title", "selection", "folder"})
_STATES = frozenset({"", "Unread", "Archive", "Starred"})
"""Folders that are Instapaper's own."""


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of an Instapaper export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("instapaper", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of an Instapaper export in either form."""
    return _html(data, tell) if data.lstrip()[:1] == b"<" else _csv(data, tell)


def _csv(data: bytes, tell: Tell) -> Iterator[Saved]:
    for row in rows(data, COLUMNS, tell):
        folder = row["folder"].strip()
        yield Saved(
            where=row.where,
            url=row["url"],
            title=row["title"],
            saved=row["timestamp"],
            tags=[*_folder(folder), *objects.listed(row["tags"])],
            starred=folder == "Starred",
            read=folder == "Archive",
            highlights=[Highlight(quote=row["selection"])],
        )


def _html(data: bytes, tell: Tell) -> Iterator[Saved]:
    for link in links(data, "h1", tell):
        folder = link.folders[0] if link.folders else ""
        yield Saved(
            where=link.where,
            url=link.url,
            title=link.title,
            tags=_folder(folder),
            starred=folder == "Starred",
            read=folder == "Archive",
        )


def _folder(name: str) -> Sequence[str]:
    return () if name in _STATES else (name,)
