"""Pocket: the CSV export of its last years, its zip with highlights, and `ril_export.html`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from newskeep.discover.saved import objects
from newskeep.discover.saved.bundle import MAGIC, Bundle
from newskeep.discover.saved.items import Highlight, Saved, Tell, feed
from newskeep.discover.saved.links import links
from newskeep.discover.saved.objects import many, text
from newskeep.discover.saved.table import rows
from newskeep.types import Feed

COLUMNS = frozenset({"url", "time_added", "tags", "status"})


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of a Pocket export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("pocket", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of a Pocket export in any of its forms."""
    if data.startswith(MAGIC):
        return _zip(data, tell)
    return _html(data, tell) if data.lstrip()[:1] == b"<" else _csv(data, tell)


def _csv(data: bytes, tell: Tell) -> Iterator[Saved]:
    for row in rows(data, COLUMNS, tell):
        yield Saved(
            where=row.where,
            url=row["url"],
            title=row["title"],
            saved=row["time_added"],
            tags=row["tags"].split("|"),
            read=row["status"].strip() == "archive",
        )


def _html(data: bytes, tell: Tell) -> Iterator[Saved]:
    for link in links(data, "h1", tell):
        yield Saved(
            where=link.where,
            url=link.url,
            title=link.title,
            saved=link["time_added"],
            tags=link["tags"].split(","),
            read=link.folders[:1] == ("Read Archive",),
        )


def _zip(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The parts of the list, and then the highlights, which stand in files of their own."""
    bundle = Bundle(data, tell)
    parts = bundle.names(end=".csv")
    if not parts:
        raise ValueError("there is no .csv in it")
    yield from bundle.items(parts, _csv)
    yield from bundle.items(bundle.names("annotations/", ".json"), _highlighted)


def _highlighted(data: bytes, tell: Tell) -> Iterator[Saved]:
    """Articles once more, with what was marked in them."""
    for number, article in enumerate(objects.listing(objects.load(data)), start=1):
        yield Saved(
            where=f"article {number}",
            url=text(article, "url"),
            title=text(article, "title"),
            highlights=[
                Highlight(quote=text(one, "quote"), when=text(one, "created_at"))
                for one in many(article, "highlights")
            ],
        )
