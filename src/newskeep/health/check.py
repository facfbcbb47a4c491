"""What `check` finds: everything that is wrong with an archive's files, with its remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newskeep.errors import FormatError
from newskeep.types import Capture, Problem

if TYPE_CHECKING:
    from newskeep.archive import Archive


def check(archive: Archive) -> Iterator[Problem]:
    """Everything that is wrong, each with its place and remedy."""
    yield from _check_captures(archive)
    yield from archive.journal.verify()
    damage = list(_check_database(archive))
    yield from damage
    if not damage:
        yield from _check_catalogue(archive)
        yield from archive.index.check()


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
