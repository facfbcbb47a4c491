"""Every export format by its name, and which of them a file is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newskeep.discover.saved import (
    bookmarks,
    greader,
    instapaper,
    karakeep,
    links,
    miniflux,
    objects,
    omnivore,
    pocket,
    raindrop,
    readeck,
    table,
    wallabag,
)
from newskeep.discover.saved.bundle import MAGIC, Bundle
from newskeep.discover.saved.items import Export, Reader, export

FORMATS: dict[str, Reader] = {
    "bookmarks": bookmarks.read,
    "greader": greader.read,
    "instapaper": instapaper.read,
    "karakeep": karakeep.read,
    "miniflux": miniflux.read,
    "omnivore": omnivore.read,
    "pocket": pocket.read,
    "raindrop": raindrop.read,
    "readeck": readeck.read,
    "wallabag": wallabag.read,
}

_TITLES = {
    "Pocket Export": "pocket",
    "Instapaper: Export": "instapaper",
    "Readeck Bookmarks": "readeck",
}
_TABLES = {
    "pocket": pocket.COLUMNS,
    "instapaper": instapaper.COLUMNS,
    "raindrop": raindrop.COLUMNS,
    "readeck": readeck.COLUMNS,
}
_OBJECTS = {
    "bookmarks": "karakeep",
    "entries": "miniflux",
    "items": "greader",  # a JSON Feed has them too, and a version
    "_embedded": "wallabag",
}
_LISTS = {"is_archived": "wallabag", "savedAt": "omnivore"}
_MEDIA_TYPES = {b"{": "application/json", b"[": "application/json", b"<": "text/html"}


def read(name: str, data: bytes, *, url: str, received: datetime) -> Export:
    """Read an export of the format of this name; `url` names the file in problems. Never raises."""
    return export(name, FORMATS[name], data, url=url, received=received)


def detect(data: bytes) -> str:
    """The name of the format that a file has; an empty string for none of them. Never raises."""
    if data.startswith(MAGIC):
        return _of_archive(data)
    begin = _begin(data)
    if begin in (b"{", b"["):
        return _of_json(data)
    if begin == b"<":
        return _of_html(data)
    columns = table.columns(data)
    return next((name for name, needed in _TABLES.items() if needed <= columns), "")


def media_type(data: bytes) -> str:
    """The media type of an export, by how it begins."""
    if data.startswith(MAGIC):
        return "application/zip"
    return _MEDIA_TYPES.get(_begin(data), "text/csv")


def _begin(data: bytes) -> bytes:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]


def _of_archive(data: bytes) -> str:
    try:
        bundle = Bundle(data, lambda _kind, _where, _message: None)
    except ValueError:
        return ""
    if bundle.names("metadata_", ".json"):
        return "omnivore"
    if "data.json" in bundle or bundle.names("bookmarks/", "/info.json"):
        return "readeck"
    if bundle.names("starred", ".json"):
        return "greader"
    return "pocket" if bundle.names("part_", ".csv") else ""


def _of_json(data: bytes) -> str:
    try:
        document: Any = objects.load(data)
    except ValueError:
        return ""
    table_of = _OBJECTS if isinstance(document, dict) else _LISTS
    sample = document if isinstance(document, dict) else next(iter(document), None)
    names = sample if isinstance(sample, dict) else {}
    found = next((name for key, name in table_of.items() if key in names), "")
    return "" if found == "greader" and "version" in names else found


def _of_html(data: bytes) -> str:
    title = _TITLES.get(links.title(data), "")
    return title or ("bookmarks" if b"netscape-bookmark-file" in data[:1024].lower() else "")
