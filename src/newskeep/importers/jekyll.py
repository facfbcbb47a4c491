"""A Jekyll mirror: a folder, or a Git work tree, of posts. Each file becomes a capture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newskeep.collect.mirror import posts
from newskeep.errors import UsageError
from newskeep.intake import Taken
from newskeep.types import Problem, Received
from newskeep.workers import processes

if TYPE_CHECKING:
    from newskeep.archive import Archive

_BATCH = 250
_BATCH_BYTES = 32 << 20
_WORTH_SHARING = 100
"""Posts in a batch from which on it pays to begin processes."""

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
    def is_known(url: str, digest: str) -> bool:
        found = archive.has_payload(url, digest)
        report.known += found
        return found

    for one in posts(folder, is_known):
        if isinstance(one, Received):
            yield one
        else:
            report.problems.append(replace(one, stage="import", kind="post-unreadable"))
