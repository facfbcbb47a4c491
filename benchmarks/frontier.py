"""How fast the frontier hands out and settles, beside a plain queue that leases jobs.

    python benchmarks/frontier.py [--hosts 2000] [--pages 20] [--folder DIR]

The plain queue is what one would write first: lease the job that has been due longest,
then delete it; it knows no pace, so its rate is what leasing hosts has to keep up with.
Both write to a file in WAL mode with synchronous=FULL, one transaction a step.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from newskeep.catalogue.frontier import Frontier, Task

T = TypeVar("T")


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL").fetchone()
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def addresses(hosts: int, pages: int) -> list[str]:
    return [f"https://{n % hosts}.example/{n // hosts}" for n in range(hosts * pages)]


def timed(work: Callable[[], int]) -> float:
    """Steps a second of the wall clock."""
    start = time.perf_counter()
    steps = work()
    return steps / (time.perf_counter() - start)


class Leased:
    """newskeep's frontier, worked off by one worker that holds one host at a time."""

    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        self.frontier = Frontier(self.connection)
        self.frontier.create()

    def fill(self, urls: list[str]) -> int:
        self.connection.execute("BEGIN IMMEDIATE")
        self.frontier.add(Task(url=url, role="page", due=0.0) for url in urls)
        self.connection.execute("COMMIT")
        return len(urls)

    def drain(self) -> int:
        settled = 0
        while leases := self.step(lambda: self.frontier.lease("me", limit=1, seconds=60)):
            while task := self.frontier.next_task(leases[0].host):
                settled += self.step(partial(self.frontier.settle, task, owner="me", due=None))
        return settled

    def step(self, work: Callable[[], T]) -> T:
        self.connection.execute("BEGIN IMMEDIATE")
        done = work()
        self.connection.execute("COMMIT")
        return done


class Plain:
    """A table of jobs, leased one by one."""

    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        self.connection.execute("CREATE TABLE job (url TEXT PRIMARY KEY, due REAL, lease REAL)")
        self.connection.execute("CREATE INDEX job_due ON job (lease, due)")

    def fill(self, urls: list[str]) -> int:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT INTO job VALUES (?, 0, 0)", ((url,) for url in urls))
        self.connection.execute("COMMIT")
        return len(urls)

    def drain(self) -> int:
        settled = 0
        lease = (
            "UPDATE job SET lease = ? WHERE url = (SELECT url FROM job WHERE lease = 0 "
            "ORDER BY due LIMIT 1) RETURNING url"
        )
        while found := self.connection.execute(lease, (time.time() + 60,)).fetchall():
            self.connection.execute("DELETE FROM job WHERE url = ?", found[0])
            settled += 1
        return settled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--hosts", type=int, default=2000)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--folder", type=Path, default=None, help="where the databases stand")
    options = parser.parse_args()
    urls = addresses(options.hosts, options.pages)
    print(f"{len(urls)} addresses at {options.hosts} hosts\n          add/s  settle/s")
    rates: dict[type, float] = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for kind in (Leased, Plain):
            queue: Leased | Plain = kind(Path(folder) / f"{kind.__name__}.db")
            added = timed(partial(queue.fill, urls))
            rates[kind] = timed(queue.drain)
            queue.connection.close()
            print(f"{kind.__name__.lower():<8}{added:8.0f}{rates[kind]:10.0f}")
    print(f"leasing hosts settles {rates[Leased] / rates[Plain]:.2f} × the plain queue's rate")


if __name__ == "__main__":
    main()
