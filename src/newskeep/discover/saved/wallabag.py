"""wallabag: its JSON export, which carries the articles, and the same from its API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newskeep.discover.saved import objects
from newskeep.discover.saved.items import Highlight, Saved, Tell, feed
from newskeep.discover.saved.objects import flag, many, text, texts
from newskeep.types import Feed

_NOT_FETCHED = "errors_during_fetching"
"""A part of the link in what wallabag shows where it could not fetch an article."""
_SHORT = 600
_PLACES = {
    "start": "start",
    "startOffset": "start_offset",
    "end": "end",
    "endOffset": "end_offset",
}


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of a wallabag export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("wallabag", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of a wallabag export."""
    document = objects.load(data)
    embedded = many(document, "_embedded", "items")
    for number, entry in enumerate(embedded or objects.listing(document), start=1):
        yield _saved(f"entry {number}", entry)


def _saved(where: str, entry: Any) -> Saved:
    return Saved(
        where=where,
        url=text(entry, "url"),
        title=text(entry, "title"),
        authors=texts(entry, "published_by"),
        published=text(entry, "published_at"),
        lang=text(entry, "language"),
        content=_content(entry),
        picture=text(entry, "preview_picture"),
        saved=text(entry, "created_at"),
        tags=texts(entry, "tags"),
        starred=flag(entry, "is_starred"),
        starred_at=text(entry, "starred_at"),
        read=flag(entry, "is_archived"),
        read_at=text(entry, "archived_at"),
        highlights=[_highlight(one) for one in many(entry, "annotations")],
    )


def _content(entry: Any) -> str:
    """The article, unless it only says that it could not be fetched."""
    html = text(entry, "content")
    return "" if _NOT_FETCHED in html and len(html) < _SHORT else html


def _highlight(annotation: Any) -> Highlight:
    first = next(iter(many(annotation, "ranges")), None)
    return Highlight(
        quote=text(annotation, "quote"),
        note=text(annotation, "text"),
        when=text(annotation, "created_at"),
        position=objects.position(first, _PLACES),
    )
