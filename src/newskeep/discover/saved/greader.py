"""Stars of FreshRSS, Google Reader and others that speak its JSON: `starred.json`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newskeep.discover import feed_parts
from newskeep.discover.saved import objects
from newskeep.discover.saved.bundle import MAGIC, Bundle
from newskeep.discover.saved.items import Note, Saved, Tell, feed
from newskeep.discover.saved.objects import many, text, texts
from newskeep.types import Feed

_LABEL = "/label/"
_STARRED, _READ = "/state/com.google/starred", "/state/com.google/read"


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of a GReader export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("greader", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of a GReader export, or of every one in FreshRSS' zip."""
    return _zip(data, tell) if data.startswith(MAGIC) else _json(data, tell)


def _zip(data: bytes, tell: Tell) -> Iterator[Saved]:
    bundle = Bundle(data, tell)
    names = bundle.names(end=".json")
    if not names:
        raise ValueError("there is no .json in it")
    yield from bundle.items(names, _json)


def _json(data: bytes, tell: Tell) -> Iterator[Saved]:
    """A file of starred items need not say so of each one."""
    document = objects.load(data)
    items = objects.listing(document, "items")
    all_starred = text(document, "id").endswith("/starred")
    for number, item in enumerate(items, start=1):
        yield _saved(f"item {number}", item, all_starred)


def _saved(where: str, item: Any, all_starred: bool) -> Saved:
    names = texts(item, "categories")
    states = [name for name in names if name.startswith("user/")]
    return Saved(
        where=where,
        url=_address(item),
        title=feed_parts.plain(text(item, "title") or text(item, "title", "content")),
        authors=list(map(feed_parts.person, text(item, "author").split(";"))),
        published=text(item, "published"),
        summary=text(item, "content", "content") or text(item, "summary", "content"),
        subjects=[name for name in names if name not in states],
        tags=[name.partition(_LABEL)[2] for name in states if _LABEL in name],
        starred=all_starred or any(name.endswith(_STARRED) for name in states),
        read=any(name.endswith(_READ) for name in states),
        notes=[Note(text=text(one, "content")) for one in many(item, "annotations")],
    )


def _address(item: Any) -> str:
    """What the publisher calls the article's address, else the feed's link."""
    links = [*many(item, "canonical"), *many(item, "alternate")]
    return next(filter(None, (text(link, "href") for link in links)), "")
