"""Omnivore: its zip of metadata, articles and highlights, or one of its metadata files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import escape
from typing import Any

from newskeep import content
from newskeep.discover.saved import objects
from newskeep.discover.saved.bundle import MAGIC, Bundle
from newskeep.discover.saved.items import Highlight, Note, Saved, Tell, feed
from newskeep.discover.saved.objects import text, texts
from newskeep.types import Feed

_READ = 100.0
"""Percent."""


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The articles of an Omnivore export. Never raises; what is none gives `Feed(kind="")`."""
    return feed("omnivore", read, data, url=url, received=received)


def read(data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of an Omnivore export."""
    return _zip(data, tell) if data.startswith(MAGIC) else _json(data, tell)


def _json(data: bytes, tell: Tell) -> Iterator[Saved]:
    return (saved for saved, _ in _items(data))


def _zip(data: bytes, tell: Tell) -> Iterator[Saved]:
    bundle = Bundle(data, tell)
    parts = bundle.names("metadata_", ".json")
    if not parts:
        raise ValueError("there is no metadata_*.json in it")
    yield from bundle.items(parts, partial(_whole, bundle))


def _whole(bundle: Bundle, data: bytes, tell: Tell) -> Iterator[Saved]:
    """The items of a metadata file with what stands of each in files of its own."""
    for saved, slug in _items(data):
        html = content.to_text(bundle.read(f"content/{slug}.html"))
        notes, highlights = _marked(bundle.read(f"highlights/{slug}.md"))
        yield replace(saved, content=html, notes=notes, highlights=highlights)


def _items(data: bytes) -> Iterator[tuple[Saved, str]]:
    for number, item in enumerate(objects.listing(objects.load(data)), start=1):
        yield _saved(f"item {number}", item), text(item, "slug")


def _saved(where: str, item: Any) -> Saved:
    return Saved(
        where=where,
        url=text(item, "url"),
        title=text(item, "title"),
        authors=[text(item, "author")],
        published=text(item, "publishedAt"),
        summary=escape(text(item, "description")),
        picture=text(item, "thumbnail"),
        saved=text(item, "savedAt"),
        tags=texts(item, "labels"),
        read=text(item, "state").lower() == "archived" or _progress(item) >= _READ,
    )


def _progress(item: Any) -> float:
    found = objects.value(item, "readingProgress")
    return float(found) if isinstance(found, int | float) else 0.0


def _marked(data: bytes) -> tuple[list[Note], list[Highlight]]:
    """Notes and quotes in Markdown; what stands behind a quote is its labels and the note on it."""
    notes: list[Note] = []
    highlights: list[Highlight] = []
    for block in _blocks(content.to_text(data, kind="text")):
        if block.startswith(">"):
            lines = (line.removeprefix(">").strip() for line in block.split("\n"))
            highlights.append(Highlight(quote="\n".join(lines).strip()))
        elif all(word.startswith("#") for word in block.split()):
            continue
        elif highlights:
            last = highlights[-1]
            highlights[-1] = replace(last, note=f"{last.note}\n\n{block}".strip())
        else:
            notes.append(Note(text=block))
    return notes, highlights


def _blocks(markdown: str) -> Iterator[str]:
    """What blank lines part."""
    lines: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            yield "\n".join(lines)
            lines = []
