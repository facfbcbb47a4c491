"""Stars of Miniflux: the entries of its API (`/v1/entries?starred=true`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newskeep.discover import feed_parts
from newskeep.discover.saved import objects
from newskeep.discover.saved.items import Saved, Tell, feed
from newskeep.discover.saved.objects import flag, text, texts
from newskeep.types import Feed


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of Miniflux' entries. Never raises; what is none gives `Feed(kind="")`."""
    return feed("miniflux", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The entries, starred or not."""
    entries = objects.listing(objects.load(data), "entries")
    for number, entry in enumerate(entries, start=1):
        yield _saved(f"entry {number}", entry)


def _saved(where: str, entry: Any) -> Saved:
    return Saved(
        where=where,
        url=text(entry, "url"),
        title=text(entry, "title"),
        authors=[feed_parts.person(text(entry, "author"))],
        published=text(entry, "published_at"),
        summary=text(entry, "content"),
        subjects=texts(entry, "tags"),
        starred=flag(entry, "starred"),
        read=text(entry, "status") == "read",
    )
