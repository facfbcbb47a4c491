"""Browsers' bookmarks: the Netscape bookmark file that Chrome, Firefox and Safari write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from newskeep.discover.saved.items import Saved, Tell, feed
from newskeep.discover.saved.links import links
from newskeep.types import Feed


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of a bookmark file. Never raises; what is none gives `Feed(kind="")`."""
    return feed("bookmarks", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The links of a bookmark file; the folders around one are its tags."""
    found = links(data, "h3", tell)
    if not found and b"<dl" not in data.lower():
        raise ValueError("there is no list of bookmarks in it")
    for link in found:
        yield Saved(
            where=link.where,
            url=link.url,
            title=link.title,
            summary=escape(link.below),
            picture=link["data-cover"],
            saved=link["add_date"],
            tags=[*link.folders, *link["tags"].split(",")],
            starred=link["data-important"].lower() == "true",
        )
