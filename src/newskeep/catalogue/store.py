"""The catalogue's database: its connection, and the rooms for captures and problems."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from newskeep import url as addresses
from newskeep.catalogue.pack import micros, moment
from newskeep.catalogue.sql import load
from newskeep.errors import FormatError
from newskeep.types import Capture, Problem, Ref

SCHEMA = 2
"""Version of the tables. Another one is not migrated but rebuilt from the captures."""

_CACHE = 16_000
"""Kilobytes of pages that a connection keeps; a long sync fills them all, and stays there."""

QUERIES = load("newskeep.catalogue", "queries.sql")


class Catalogue:
    """One SQLite file, in WAL mode with synchronous=FULL (a power cut loses no acknowledged row).

    Writing needs a `transaction()`. Not safe for threads at once; may move between them.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.connection = _connect(path)
        self._create()

    def close(self) -> None:
        """Close the database; twice does no harm."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing. Raises what the block raises, after taking it back."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def run(self, query: str, **values: Any) -> sqlite3.Cursor:
        """Run a named query of queries.sql."""
        return self.connection.execute(QUERIES[query], values)

    def one(self, query: str, **values: Any) -> sqlite3.Row | None:
        """The first row of a named query, or None."""
        row: sqlite3.Row | None = self.run(query, **values).fetchone()
        return row

    def meta(self, key: str) -> str:
        """A small fact, or an empty string."""
        row = self.one("get_meta", key=key)
        return row["value"] if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Remember a small fact."""
        self.run("set_meta", key=key, value=value)

    def high_water(self) -> dict[str, int]:
        """For each capture file, how many of its bytes are taken in."""
        return {row["name"]: row["taken"] for row in self.run("high_water")}

    def add_capture(self, capture: Capture) -> None:
        """Note a capture and raise its file's high-water mark."""
        ref = capture.ref
        self.run(
            "add_capture",
            id=capture.id,
            file=ref.file,
            start=ref.offset,
            length=ref.length,
            time=micros(capture.time),
            url=capture.url,
            address=addresses.canonical(capture.url),
            role=capture.role,
            kind=capture.kind,
            source=capture.source,
            status=capture.status,
            digest=capture.digest,
            content_type=capture.content_type,
        )
        self.run("set_high_water", name=ref.file, taken=ref.offset + ref.length)

    def capture(self, capture_id: str) -> Capture | None:
        """A capture's facts (no payload, no headers), or None."""
        row = self.one("capture_by_id", id=capture_id)
        return _capture(row) if row else None

    def original(self, digest: str) -> Capture | None:
        """The first capture that holds this payload, or None."""
        row = self.one("original_of", digest=digest)
        return _capture(row) if row else None

    def captures_at(self, url: str, *, role: str = "", most: int = 1000) -> list[Capture]:
        """What was kept for an address in any spelling, newest first."""
        rows = self.run("captures_at", address=addresses.canonical(url), role=role, most=most)
        return [_capture(row) for row in rows]

    def put_problem(self, problem: Problem, source: str = "") -> None:
        """Remember the last trouble with an address. `problem.at` must be set."""
        assert problem.at is not None
        self.run(
            "put_problem",
            url=problem.url,
            stage=problem.stage,
            kind=problem.kind,
            message=problem.message,
            at=micros(problem.at),
            source=source,
        )

    def clear_problem(self, url: str, stage: str) -> None:
        """The address answers well again."""
        self.run("clear_problem", url=url, stage=stage)

    def clear_source(self, source: str, stage: str) -> None:
        """Forget every trouble of this stage with a source: it is looked for anew."""
        self.run("clear_source", source=source, stage=stage)

    def problems(self) -> list[tuple[Problem, str]]:
        """What is wrong now, newest first, each with its source's id."""
        return [(_problem(row), row["source"]) for row in self.run("problems")]

    def _create(self) -> None:
        schema = files("newskeep.catalogue").joinpath("schema.sql").read_text(encoding="utf-8")
        self.connection.executescript(schema)
        found = self.meta("schema")
        if not found:
            found = str(SCHEMA)
            self.set_meta("schema", found)
        if found != str(SCHEMA):
            self.close()
            raise FormatError(
                f"{self.path} has tables of version {found}, this program of {SCHEMA}; "
                "run: newskeep rebuild"
            )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.row_factory = sqlite3.Row
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"cache_size={-_CACHE}",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchone()
    return connection


def _capture(row: Mapping[str, Any] | sqlite3.Row) -> Capture:
    return Capture(
        id=row["id"],
        url=row["url"],
        time=moment(row["time"]),
        kind=row["kind"],
        role=row["role"],
        digest=row["digest"],
        ref=Ref(row["file"], row["start"], row["length"]),
        source=row["source"],
        status=row["status"],
        content_type=row["content_type"],
    )


def _problem(row: sqlite3.Row) -> Problem:
    return Problem(
        url=row["url"],
        stage=row["stage"],
        kind=row["kind"],
        message=row["message"],
        at=moment(row["at"]),
    )
