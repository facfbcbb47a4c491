"""Karakeep, once called Hoarder: its JSON export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from newskeep.discover.saved import objects
from newskeep.discover.saved.items import Note, Saved, Tell, feed
from newskeep.discover.saved.objects import flag, many, text, texts
from newskeep.types import Feed


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of a Karakeep export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("karakeep", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The links of a Karakeep export; its lists are tags, and texts without a link are told."""
    document = objects.load(data)
    bookmarks = objects.listing(document, "bookmarks")
    lists = {text(one, "id"): one for one in many(document, "lists")}
    for number, bookmark in enumerate(bookmarks, start=1):
        yield _saved(f"bookmark {number}", bookmark, lists)


def _saved(where: str, bookmark: Any, lists: Mapping[str, Any]) -> Saved:
    return Saved(
        where=where,
        url=text(bookmark, "content", "url"),
        title=text(bookmark, "title"),
        saved=text(bookmark, "createdAt"),
        tags=[*texts(bookmark, "tags"), *_lists(bookmark, lists)],
        read=flag(bookmark, "archived"),
        notes=[Note(text=text(bookmark, "note"))],
    )


def _lists(bookmark: Any, lists: Mapping[str, Any]) -> Iterator[str]:
    """The names of the lists that hold a bookmark, and of those above them."""
    waiting, seen = texts(bookmark, "lists"), set[str]()
    while waiting:
        one = waiting.pop(0)
        if one in lists and one not in seen:
            seen.add(one)
            yield text(lists[one], "name")
            waiting.append(text(lists[one], "parentId"))
