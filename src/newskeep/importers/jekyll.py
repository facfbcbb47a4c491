"""A Jekyll mirror: a folder, or a Git work tree, of posts. Each file becomes a capture."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newskeep.captures import payload_digest
from newskeep.discover import jekyll
from newskeep.errors import UsageError
from newskeep.types import Problem, Received

if TYPE_CHECKING:
    from newskeep.archive import Archive

_ENDINGS = (".md", ".markdown", ".mkd", ".html", ".htm")
_BATCH = 200
_LARGEST = 64 << 20

OnEvent = Callable[[Mapping[str, Any]], None]


@dataclass(slots=True)
class ImportReport:
    """How many files were taken in, which were there already, what came of them."""

    files: int = 0
    known: int = 0
    new: int = 0
    revised: int = 0
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.files} posts imported ({self.new} new stories, {self.revised} revisions), "
            f"{self.known} known already, {len(self.problems)} that could not be read"
        )


def import_folder(archive: Archive, path: Path, *, on_event: OnEvent | None = None) -> ImportReport:
    """Import the posts of a folder, in the order of their names, which is that of time.

    A file that cannot be read is a Problem in the report. `on_event` is told of every
    `captured` file once it is durable. Raises UsageError where there is no folder,
    ArchiveBusy, CaptureError.
    """
    if not path.is_dir():
        raise UsageError(f"{path} is no folder; name the mirror's folder or its _posts")
    report = ImportReport()
    posts = _posts(archive, path, report)
    while batch := list(islice(posts, _BATCH)):
        for taken in archive.keep(batch):
            capture = taken.capture
            report.files += 1
            report.new += sum(change.what == "new" for change in taken.changes)
            report.revised += sum(change.what == "revised" for change in taken.changes)
            if on_event:
                on_event(
                    {"event": "captured", "id": capture.id, "url": capture.url, "role": "post"}
                )
    return report


def _posts(archive: Archive, folder: Path, report: ImportReport) -> Iterator[Received]:
    for path in sorted(_files(folder), key=lambda one: (one.name, str(one))):
        try:
            yield from _received(archive, path, path.relative_to(folder).as_posix(), report)
        except (OSError, ValueError) as error:
            message = f"{path}: {error}"
            problem = Problem(
                url=str(path),
                stage="import",
                kind="post-unreadable",
                message=message,
                at=archive.now(),
            )
            report.problems.append(problem)


def _received(archive: Archive, path: Path, name: str, report: ImportReport) -> Iterator[Received]:
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST >> 20} MB")
    data = path.read_bytes()
    post = jekyll.parse(data, name=name)
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


def _files(folder: Path) -> Iterator[Path]:
    """The posts below a folder: in `_posts` where there are any, else every one with a date.

    Links are not followed, and hidden folders and built sites are passed over.
    """
    found = list(_walk(folder))
    inside = [path for path in found if "_posts" in path.relative_to(folder).parts[:-1]]
    return iter(inside or [path for path in found if jekyll.permalink(path.name)])


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [one for one in folders if not one.startswith(".") and one != "_site"]
        for name in names:
            path = Path(root, name)
            if name.lower().endswith(_ENDINGS) and path.is_file() and not path.is_symlink():
                yield path
