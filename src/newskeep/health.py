"""How an archive is: what `status` shows and what `check` finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newskeep.catalogue.pack import moment
from newskeep.catalogue.reading import source_title
from newskeep.errors import FormatError
from newskeep.keep import MISSES_UNTIL_GONE
from newskeep.types import Capture, Problem, Source

if TYPE_CHECKING:
    from newskeep.archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source's state: how much of it is kept, when it last gave something, what is wrong."""

    source: Source
    title: str
    stories: int = 0
    last_new: datetime | None = None
    last_answer: datetime | None = None
    next_poll: datetime | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """An archive's state in numbers, its sources, and everything that is wrong now."""

    stories: int
    revisions: int
    edited: int
    gone: int
    captures: int
    bytes: int
    due: int
    next_due: datetime | None
    last_seen: datetime | None
    sources: tuple[SourceStatus, ...]
    problems: tuple[Problem, ...]


def status(archive: Archive) -> Status:
    """Counts, sources and problems."""
    catalogue = archive.catalogue
    stories = catalogue.one("count_stories", gone=MISSES_UNTIL_GONE)
    assert stories is not None
    kept = catalogue.run("count_captures").fetchall()
    due, next_due = archive.frontier.remaining()
    last_seen = stories["last_seen"]
    return Status(
        stories=stories["stories"],
        revisions=stories["revisions"],
        edited=stories["edited"],
        gone=stories["gone"],
        captures=sum(row["count"] for row in kept),
        bytes=sum(row["bytes"] for row in kept),
        due=due,
        next_due=_time(next_due),
        last_seen=moment(last_seen) if last_seen is not None else None,
        sources=tuple(_sources(archive)),
        problems=tuple(problem for problem, _ in catalogue.problems()),
    )


def check(archive: Archive) -> Iterator[Problem]:
    """Everything that is wrong, each with its place and remedy."""
    yield from _check_captures(archive)
    yield from archive.journal.verify()
    damage = list(_check_database(archive))
    yield from damage
    if not damage:
        yield from _check_catalogue(archive)
        yield from archive.index.check()


def _sources(archive: Archive) -> Iterator[SourceStatus]:
    catalogue = archive.catalogue
    counts = {row["source"]: row for row in catalogue.run("count_by_source")}
    troubles = {source: problem for problem, source in reversed(catalogue.problems()) if source}
    frontier = archive.frontier
    known = archive.sources()
    for name in [*known, *sorted(set(counts) - set(known))]:
        source = known.get(name) or _absent(name)
        task = frontier.state(source.url) if source.url else None
        count = counts.get(name)
        yield SourceStatus(
            source=source,
            title=source_title(name, source, source.url) or name,
            stories=count["stories"] if count else 0,
            last_new=moment(count["last_new"]) if count else None,
            last_answer=_time(task.last_ok) if task else None,
            next_poll=_time(task.due) if task else None,
            problem=troubles.get(name),
        )


def _absent(name: str) -> Source:
    """A source that is kept but not followed: a mirror's, or one that was unfollowed."""
    return Source(id=name, url="", kind="imported" if name.startswith("site:") else "unfollowed")


def _time(value: float | None) -> datetime | None:
    return moment(int(value * 1_000_000)) if value is not None else None


def _check_captures(archive: Archive) -> Iterator[Problem]:
    for name in archive.captures.files():
        yield from archive.captures.verify(name)


def _check_database(archive: Archive) -> Iterator[Problem]:
    name = archive.layout.catalogue.name
    try:
        for row in archive.catalogue.connection.execute("PRAGMA integrity_check").fetchall():
            if row[0] != "ok":
                yield _problem(name, "catalogue-damaged", row[0])
    except sqlite3.DatabaseError as error:
        yield _problem(name, "catalogue-damaged", f"{name}: {error}")
    except FormatError as error:
        yield _problem(name, "catalogue-damaged", str(error), remedy="")


def _check_catalogue(archive: Archive) -> Iterator[Problem]:
    """Compare the catalogue's captures with the records that really stand there."""
    known = {
        row["id"]: (row["file"], row["start"], row["length"])
        for row in archive.catalogue.run("all_captures")
    }
    seen, repeated = set(), []
    payloads = set()
    ignore: list[Problem] = []  # damage was told by _check_captures
    for capture in archive.captures.walk(payloads=False, on_problem=ignore.append):
        seen.add(capture.id)
        if capture.kind == "revisit":
            repeated.append(capture)
        else:
            payloads.add(capture.digest)
        yield from _compared(capture, known.get(capture.id))
    yield from (_lost_payload(one) for one in repeated if one.digest not in payloads)
    for missing in sorted(known.keys() - seen, key=lambda one: known[one]):
        file, start, _ = known[missing]
        yield _problem(
            file,
            "capture-missing",
            f"{file} at {start}: the catalogue knows capture {missing}, the file does not have it; "
            "bring the file back from a backup",
            remedy="",
        )


def _compared(capture: Capture, known: tuple[str, int, int] | None) -> Iterator[Problem]:
    place = f"{capture.ref.file} at {capture.ref.offset}"
    if known is None:
        yield _problem(capture.url, "not-catalogued", f"{place}: not in the catalogue")
    elif known != tuple(capture.ref):
        yield _problem(capture.url, "misplaced", f"{place}: the catalogue has another place")


def _lost_payload(capture: Capture) -> Problem:
    return _problem(
        capture.url,
        "payload-missing",
        f"{capture.ref.file} at {capture.ref.offset}: the payload that it repeats "
        f"({capture.digest}) stands in no capture file; bring that file back from a backup",
        remedy="",
    )


def _problem(
    url: str, kind: str, message: str, *, remedy: str = "; run: newskeep rebuild"
) -> Problem:
    return Problem(url=url, stage="check", kind=kind, message=message + remedy)
