"""Make `derived/` again from captures and journal.

The new folder is built beside the old one and takes its place at the end, so a rebuild
that is broken off changes nothing. Only the schedule is carried over: it is no copy of
anything in the captures.
"""

from __future__ import annotations

import heapq
import shutil
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from newskeep import teaching
from newskeep.catalogue.frontier import Frontier
from newskeep.catalogue.reading import Reading
from newskeep.catalogue.store import Catalogue
from newskeep.derive import VISIT
from newskeep.errors import NewskeepError
from newskeep.intake import Intake, open_catalogue
from newskeep.jobs import Job, derive_file, read_part
from newskeep.keep import Observation
from newskeep.layout import sync_folder
from newskeep.search.index import SearchIndex
from newskeep.types import Capture, Ref
from newskeep.url import canonical
from newskeep.workers import Map

if TYPE_CHECKING:
    from newskeep.archive import Archive

_BATCH = 500


def rebuild(archive: Archive, map: Map) -> str:
    """Rebuild, deriving the capture files through `map`. Returns the archive's digest."""
    with archive.writing():
        archive.drop_writer()
        archive.reread()
        for name in archive.captures.files():
            torn = archive.captures.repair(name)
            archive.problems.extend([torn] if torn else [])
        fresh = archive.layout.root / "derived.new"
        shutil.rmtree(fresh, ignore_errors=True)
        with closing(open_catalogue(fresh / archive.layout.catalogue.name)) as catalogue:
            with catalogue.transaction():
                teaching.note(archive, catalogue)
            further = _index_captures(archive, catalogue)
            parts = _derive(archive, catalogue, further, fresh, map)
            _place(archive, catalogue, parts)
            _carry_schedule(archive, catalogue)
            digest = Reading(catalogue, archive.sources).digest()
        for part in parts:
            Path(part).unlink()
        archive.reopen()
        _swap(archive.layout.derived, fresh)
    return digest


def _index_captures(archive: Archive, catalogue: Catalogue) -> _Further:
    """Take every capture into the catalogue; returns where further pages of articles stand."""
    further = _Further()
    walk = archive.captures.walk(payloads=False, on_problem=archive.problems.append)
    while batch := list(islice(walk, _BATCH)):
        with catalogue.transaction():
            for capture in batch:
                catalogue.add_capture(capture)
                further.note(capture)
    return further


class _Further:
    """The further pages of all articles, and the times between which each file was written."""

    def __init__(self) -> None:
        self._parts: list[tuple[datetime, str, Ref]] = []
        self._spans: dict[str, tuple[datetime, datetime]] = {}

    def note(self, capture: Capture) -> None:
        """Know a capture."""
        if capture.role == "part":
            self._parts.append((capture.time, canonical(capture.url), capture.ref))
        elif capture.role == "page":
            first, last = self._spans.get(capture.ref.file, (capture.time, capture.time))
            span = (min(first, capture.time), max(last, capture.time))
            self._spans[capture.ref.file] = span

    def near(self, file: str) -> dict[str, tuple[tuple[datetime, Ref], ...]]:
        """Those that may belong to a file's pages: when and where they were kept, by address."""
        if file not in self._spans:
            return {}
        self._parts.sort()
        since, until = self._spans[file]
        start = bisect_left(self._parts, since - VISIT, key=itemgetter(0))
        end = bisect_right(self._parts, until, key=itemgetter(0))
        found: dict[str, list[tuple[datetime, Ref]]] = {}
        for time, address, ref in self._parts[start:end]:
            found.setdefault(address, []).append((time, ref))
        return {address: tuple(kept) for address, kept in found.items()}


def _derive(
    archive: Archive, catalogue: Catalogue, further: _Further, fresh: Path, map: Map
) -> list[str]:
    jobs = [
        Job(
            folder=str(archive.layout.captures),
            file=name,
            part=str(fresh / f"{name}.part"),
            extractor=archive.settings.extractor,
            book=archive.book,
            lessons=archive.lessons,
            originals=_originals(catalogue, name),
            parts=further.near(name),
        )
        for name in archive.captures.files()
    ]
    parts = []
    for receipt in map(derive_file, jobs):
        parts.append(receipt.part)
        archive.problems.extend(receipt.problems)
    return sorted(parts)


def _originals(catalogue: Catalogue, file: str) -> dict[str, Ref]:
    rows = catalogue.run("originals_for", file=file)
    return {row["digest"]: Ref(row["file"], row["start"], row["length"]) for row in rows}


def _place(archive: Archive, catalogue: Catalogue, parts: list[str]) -> None:
    intake = Intake(
        catalogue,
        archive.captures,
        archive.deriver,
        Reading(catalogue, archive.sources),
        SearchIndex(catalogue.connection),
        archive.problems.append,
    )
    merged = _in_order(parts)
    while batch := list(islice(merged, _BATCH)):
        with catalogue.transaction():
            for _ in intake.place(batch):
                pass
            intake.reindex()


def _in_order(parts: list[str]) -> Iterator[Observation]:
    """History in the order of (time, reference), whichever files it stands in."""
    return heapq.merge(*(read_part(part) for part in parts), key=lambda one: one.order)


def _carry_schedule(archive: Archive, catalogue: Catalogue) -> None:
    """Take the schedule of the old catalogue over; a lost or broken one costs only requests."""
    if not archive.layout.catalogue.exists():
        return
    try:
        with closing(open_catalogue(archive.layout.catalogue)) as old:
            rows = Frontier(old.connection).export()
            problems = old.problems()
    except (sqlite3.Error, NewskeepError):
        return
    with catalogue.transaction():
        Frontier(catalogue.connection).load(rows)
        for problem, source in problems:
            catalogue.put_problem(problem, source)


def _swap(derived: Path, fresh: Path) -> None:
    old = derived.with_name("derived.old")
    shutil.rmtree(old, ignore_errors=True)
    if derived.exists():
        derived.rename(old)
    fresh.rename(derived)
    sync_folder(derived.parent)
    shutil.rmtree(old, ignore_errors=True)
