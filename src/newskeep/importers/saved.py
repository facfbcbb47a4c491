"""What was saved in other services: their exports, whose articles and marks are taken over.

The file itself is the capture. What people did with the articles goes to the journal, and
pages whose article the export does not carry are fetched with the next sync.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newskeep import clock, text
from newskeep.captures import payload_digest
from newskeep.catalogue.frontier import Task
from newskeep.discover.feed_parts import plain
from newskeep.discover.saved import formats
from newskeep.discover.saved.items import KINDS, Export, Item, Mark, mark_key
from newskeep.errors import UsageError
from newskeep.keep import FULL_TEXT_WORDS
from newskeep.types import Entry, Problem, Received

if TYPE_CHECKING:
    from newskeep.archive import Archive

_LARGEST = 256 << 20
_BATCH = 1000
"""Lines of the journal that are synced together."""

OnEvent = Callable[[Mapping[str, Any]], None]


@dataclass(slots=True)
class SavedReport:
    """What an export brought, or with `dry_run` would bring.

    `articles` were not in the archive before, `known` were. `marks` are lines new to the
    journal, `pages` addresses that the next sync fetches.
    """

    format: str
    articles: int = 0
    known: int = 0
    marks: int = 0
    pages: int = 0
    dry_run: bool = False
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        done = "would be imported" if self.dry_run else "imported"
        return (
            f"{self.articles} articles {done} from {self.format} ({self.pages} pages to fetch, "
            f"{self.marks} marks), {self.known} known already, "
            f"{len(self.problems)} things that could not be read"
        )


def import_saved(
    archive: Archive,
    path: Path,
    *,
    format: str = "",
    dry_run: bool = False,
    on_event: OnEvent | None = None,
    **_: Any,
) -> SavedReport:
    """Import an export file of the format of this name, or of the one that it seems to be.

    What cannot be read is a Problem in the report; importing the same again adds nothing.
    With `dry_run` nothing is written. Raises UsageError where the file cannot be read or is
    no such export, ArchiveBusy, CaptureError.
    """
    data = _read(path)
    name = format or formats.detect(data)
    if not name:
        known = ", ".join(formats.FORMATS)
        raise UsageError(f"{path} is none of the exports that are known ({known}); name its kind")
    export = formats.read(name, data, url=str(path), received=archive.now())
    if not export.kind:
        raise UsageError(export.problems[-1].message)
    return _taken_over(archive, path, data, export, dry_run=dry_run, on_event=on_event)


bookmarks = partial(import_saved, format="bookmarks")
greader = partial(import_saved, format="greader")
instapaper = partial(import_saved, format="instapaper")
karakeep = partial(import_saved, format="karakeep")
miniflux = partial(import_saved, format="miniflux")
omnivore = partial(import_saved, format="omnivore")
pocket = partial(import_saved, format="pocket")
raindrop = partial(import_saved, format="raindrop")
readeck = partial(import_saved, format="readeck")
wallabag = partial(import_saved, format="wallabag")


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    if len(data) > _LARGEST:
        raise UsageError(f"{path} is larger than {_LARGEST >> 20} MB; export it in parts")
    return data


def _taken_over(
    archive: Archive,
    path: Path,
    data: bytes,
    export: Export,
    *,
    dry_run: bool,
    on_event: OnEvent | None,
) -> SavedReport:
    known = [item for item in export.items if _is_known(archive, item.entry)]
    marks = list(_new_marks(archive, export.items))
    pages = [item.entry.url for item in export.items if _is_wanted(archive, item.entry)]
    if not dry_run:
        _keep(archive, path, data, export.kind, on_event)
        _note(archive, export.kind, marks)
        _schedule(archive, pages)
    return SavedReport(
        format=export.kind,
        articles=len(export.items) - len(known),
        known=len(known),
        marks=len(marks),
        pages=len(pages),
        dry_run=dry_run,
        problems=list(export.problems),
    )


def _is_known(archive: Archive, entry: Entry) -> bool:
    return archive.catalogue.one("story_of", address=entry.id) is not None


def _is_wanted(archive: Archive, entry: Entry) -> bool:
    """Whether the page has to be fetched: the export lacks it, and nobody asked for it yet."""
    words = text.word_count(plain(entry.summary))
    if entry.content or words >= FULL_TEXT_WORDS:
        return False
    has_page = archive.catalogue.captures_at(entry.url, role="page", most=1)
    return not has_page and archive.frontier.state(entry.url, "page") is None


def _new_marks(archive: Archive, items: Iterable[Item]) -> Iterator[tuple[str, Mark]]:
    """What the journal does not say yet, with the address of its article."""
    lines = (line for line in archive.journal.read() if line["kind"] in KINDS)
    known = set(map(mark_key, lines))
    for item in items:
        for mark in item.marks:
            if (item.entry.id, mark.key) not in known:
                yield item.entry.id, mark


def _keep(archive: Archive, path: Path, data: bytes, name: str, on_event: OnEvent | None) -> None:
    """Keep the file as a capture, once."""
    url = f"urn:newskeep:saved:{name}"
    if archive.has_payload(url, payload_digest(data)):
        return
    received = Received(
        kind="resource",
        role=f"saved-{name}",
        url=url,
        payload=data,
        headers=(("Newskeep-Name", path.name),),
        content_type=formats.media_type(data),
    )
    for taken in archive.keep([received]):
        if on_event:
            event = {"event": "captured", "id": taken.capture.id, "url": url}
            on_event({**event, "role": received.role})


def _note(archive: Archive, name: str, marks: Iterable[tuple[str, Mark]]) -> None:
    lines = ((mark.kind, _line(address, mark, name)) for address, mark in marks)
    with archive.writing():
        while some := list(islice(lines, _BATCH)):
            archive.journal.extend(some)


def _line(address: str, mark: Mark, name: str) -> dict[str, Any]:
    when = {"when": mark.when} if mark.when else {}
    return {"address": address, **when, **mark.facts, "from": name}


def _schedule(archive: Archive, pages: Iterable[str]) -> None:
    due = clock.timestamp()
    with archive.writing(), archive.catalogue.transaction():
        archive.frontier.add(Task(url=url, role="page", due=due) for url in pages)
