"""Where the contract runs: each store gives connections to one database and sets its clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from newskeep.catalogue.frontier import Frontier


@dataclass
class SqliteStore:
    """One database file; `time` is what its clock says on every connection."""

    path: Path
    time: float = 1_000_000.0

    @contextmanager
    def frontier(self, *, delay: float = 0.0) -> Iterator[Frontier]:
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        with closing(connection):
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
            frontier = Frontier(connection, delay=delay)
            frontier.create()
            connection.create_function("clock", 0, lambda: self.time)
            yield frontier

    @staticmethod
    @contextmanager
    def transaction(frontier: Frontier) -> Iterator[None]:
        connection = frontier._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    @staticmethod
    def plan(frontier: Frontier, name: str, **values: object) -> str:
        from newskeep.catalogue.frontier import _SQL

        rows = frontier._connection.execute("EXPLAIN QUERY PLAN " + _SQL[name], values)
        return "\n".join(row[3] for row in rows)


@pytest.fixture(params=[SqliteStore])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SqliteStore:
    return request.param(tmp_path / "frontier.db")


@pytest.fixture
def frontier(store: SqliteStore) -> Iterator[Frontier]:
    with store.frontier() as one:
        yield one
