"""A Jekyll mirror: a folder, or a Git work tree, of posts. Each file becomes a capture."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newskeep import clock
from newskeep.captures import payload_digest
from newskeep.discover import jekyll
from newskeep.errors import UsageError
from newskeep.intake import Taken
from newskeep.types import Problem, Received
from newskeep.workers import processes

if TYPE_CHECKING:
    from newskeep.archive import Archive

_ENDINGS = (".md", ".markdown", ".mkd", ".html", ".htm")
_BATCH = 250
_BATCH_BYTES = 32 << 20
_WORTH_SHARING = 100
"""Posts in a batch from which on it pays to begin processes."""

_LARGEST = 16 << 20

OnEvent = Callable[[Mapping[str, Any]], None]


@dataclass(slots=True)
class ImportReport:
    """How many files were taken in, which were there already, what came of them."""

    files: int = 0
    known: int = 0
    new: int = 0
    revised: int = 0
    dry_run: bool = False
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        done = "would be imported" if self.dry_run else "imported"
        return (
            f"{self.files} posts {done} ({self.new} new stories, {self.revised} revisions), "
            f"{self.known} known already, {len(self.problems)} that could not be read"
        )


def import_folder(
    archive: Archive,
    path: Path,
    *,
    on_event: OnEvent | None = None,
    workers: int = 1,
    dry_run: bool = False,
) -> ImportReport:
    """Import the posts of a folder in the order in which they were published.

    A file that cannot be read is a Problem in the report. `on_event` is told of every
    `captured` file once it is durable. So many `workers` (processes) share the extraction.
    With `dry_run` nothing is written, and only what is new is counted.
    Raises UsageError where there is no folder, ArchiveBusy, CaptureError.
    """
    if not path.is_dir():
        raise UsageError(f"{path} is no folder; name the mirror's folder or its _posts")
    report = ImportReport(dry_run=dry_run)
    with processes(workers) as shared:
        for batch in _batches(_posts(archive, path, report)):
            if dry_run:
                report.files += len(batch)
                report.new += sum(post.url not in archive for post in batch)
                continue
            how = shared if len(batch) >= _WORTH_SHARING else map
            for taken in archive.keep(batch, map=how):
                _note(taken, report, on_event)
    return report


def _note(taken: Taken, report: ImportReport, on_event: OnEvent | None) -> None:
    capture = taken.capture
    report.files += 1
    report.new += sum(change.what == "new" for change in taken.changes)
    report.revised += sum(change.what == "revised" for change in taken.changes)
    if on_event:
        on_event({"event": "captured", "id": capture.id, "url": capture.url, "role": "post"})


def _batches(posts: Iterable[Received]) -> Iterator[list[Received]]:
    """Groups of at most so many posts, and about so many bytes."""
    batch: list[Received] = []
    size = 0
    for post in posts:
        batch.append(post)
        size += len(post.payload)
        if len(batch) == _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _posts(archive: Archive, folder: Path, report: ImportReport) -> Iterator[Received]:
    days = groupby(sorted(_files(folder, report), key=_day_and_name), key=_day)
    for path in (path for _, same_day in days for path in _by_time(list(same_day))):
        try:
            yield from _received(archive, path, path.relative_to(folder).as_posix(), report)
        except OSError as error:
            _tell(report, path, error.strerror or str(error))
        except ValueError as error:
            _tell(report, path, str(error))


def _day(path: Path) -> str:
    """The day in a post's name, as Jekyll makes it."""
    return jekyll.permalink(path.name)[:11]


def _day_and_name(path: Path) -> tuple[str, str, str]:
    return _day(path), path.name, str(path)


def _by_time(same_day: list[Path]) -> list[Path]:
    """Posts of one day by the time they tell, so that two of one address are in their order."""
    return sorted(same_day, key=_time) if len(same_day) > 1 else same_day


def _time(path: Path) -> float:
    with suppress(OSError, ValueError):
        stamp = jekyll.parse(_read(path), name=path.name).published
        return stamp.at.timestamp() if stamp else 0.0
    return 0.0


def _read(path: Path) -> bytes:
    """The file's bytes. Raises OSError, and ValueError for one too large to be a post."""
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST >> 20} MB, too large for a post")
    return data


def _received(archive: Archive, path: Path, name: str, report: ImportReport) -> Iterator[Received]:
    data = _read(path)
    post = jekyll.parse(data, name=name, received=archive.now())
    if archive.has_payload(post.url, payload_digest(data)):
        report.known += 1
        return
    yield Received(
        kind="resource",
        role="post",
        url=post.url,
        payload=data,
        headers=(("Newskeep-Name", name),),
        content_type="text/markdown; charset=utf-8",
    )


def _files(folder: Path, report: ImportReport) -> list[Path]:
    """The posts below a folder: in `_posts` where there are any, else every one with a date.

    A mirror that lost a date called it NaN. Links are not followed but told; hidden folders
    and built sites are passed over.
    """
    found = list(_walk(folder, report))
    root = folder.resolve().parent
    inside = [path for path in found if "_posts" in _folders(path, root)]
    posts = inside or [path for path in found if _day(path) or path.name.startswith("NaN-")]
    for path in filter(Path.is_symlink, posts):
        _tell(report, path, "it is a symbolic link, and links are not followed")
    return [path for path in posts if not path.is_symlink()]


def _folders(path: Path, root: Path) -> tuple[str, ...]:
    return path.parent.resolve().relative_to(root).parts


def _walk(folder: Path, report: ImportReport) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        _tell(report, error.filename, error.strerror or str(error))

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [one for one in folders if not one.startswith(".") and one != "_site"]
        for name in names:
            path = Path(root, name)
            if name.lower().endswith(_ENDINGS) and (path.is_file() or path.is_symlink()):
                yield path


def _tell(report: ImportReport, path: Path | str, reason: str) -> None:
    report.problems.append(
        Problem(
            url=str(path),
            stage="import",
            kind="post-unreadable",
            message=f"{path}: {reason}",
            at=clock.now(),
        )
    )
