"""Readeck: its zip of a whole profile, its CSV, and its bookmark file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

from newskeep import content
from newskeep.discover.saved import objects
from newskeep.discover.saved.bundle import MAGIC, Bundle
from newskeep.discover.saved.items import Highlight, Saved, Tell, feed
from newskeep.discover.saved.links import links
from newskeep.discover.saved.objects import flag, many, text, texts
from newskeep.discover.saved.table import rows
from newskeep.types import Feed

COLUMNS = frozenset({"url", "title", "created", "labels", "is_archived"})

_INFO = "/info.json"
_ARTICLE = "index.html"
_OWN_PICTURE = re.compile(r"<img\b[^<>]{0,2000}?\bsrc=\"(?:\./)?_resources/[^<>]{0,2000}>")
"""A picture that stands in the archive itself and has no address of its own."""
_PLACES = {
    "start_selector": "start",
    "start_offset": "start_offset",
    "end_selector": "end",
    "end_offset": "end_offset",
}


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of a Readeck export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("readeck", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of a Readeck export in any of its forms."""
    if data.startswith(MAGIC):
        return _zip(data, tell)
    return _html(data, tell) if data.lstrip()[:1] == b"<" else _csv(data, tell)


def _zip(data: bytes, tell: Tell) -> Iterator[Saved]:
    bundle = Bundle(data, tell)
    names = bundle.names("bookmarks/", _INFO)
    if not names and "data.json" not in bundle:
        raise ValueError("there are no bookmarks in it")
    for name in names:
        yield from bundle.items([name], partial(_bookmark, bundle, name.removesuffix(_INFO)))


def _bookmark(bundle: Bundle, folder: str, data: bytes, tell: Tell) -> Iterator[Saved]:
    info = objects.load(data)
    yield _saved("bookmark", info, _article(bundle, folder, info))


def _article(bundle: Bundle, folder: str, info: Any) -> str:
    name = text(info, "Files", "article", "name") or _ARTICLE
    html = content.to_text(bundle.read(f"{folder}/container/{name}"))
    return _OWN_PICTURE.sub("", html)


def _saved(where: str, info: Any, html: str) -> Saved:
    return Saved(
        where=where,
        url=text(info, "URL"),
        title=text(info, "Title"),
        authors=texts(info, "Authors"),
        published=text(info, "Published"),
        lang=text(info, "Lang"),
        content=html,
        summary=escape(text(info, "Description")),
        saved=text(info, "Created"),
        tags=texts(info, "Labels"),
        starred=flag(info, "IsMarked"),
        read=flag(info, "IsArchived"),
        highlights=[_highlight(one) for one in many(info, "Annotations")],
    )


def _highlight(annotation: Any) -> Highlight:
    return Highlight(
        quote=text(annotation, "text"),
        note=text(annotation, "note"),
        when=text(annotation, "created"),
        position=objects.position(annotation, _PLACES),
    )


def _csv(data: bytes, tell: Tell) -> Iterator[Saved]:
    for row in rows(data, COLUMNS, tell):
        yield Saved(
            where=row.where,
            url=row["url"],
            title=row["title"],
            saved=row["created"],
            tags=objects.listed(row["labels"]),
            starred=row["is_marked"] == "true",
            read=row["is_archived"] == "true",
        )


def _html(data: bytes, tell: Tell) -> Iterator[Saved]:
    for link in links(data, "h3", tell):
        yield Saved(
            where=link.where,
            url=link.url,
            title=link.title,
            saved=link["add_date"],
            tags=link["tags"].split(","),
            starred="Favorite" in link.folders,
            read="Archived" in link.folders,
        )
