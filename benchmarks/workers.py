"""Three processes on one frontier, of which one is killed, measured at the server.

    python benchmarks/workers.py [--hosts 200] [--articles 10] [--delay 1.0] [--kill 12]

An archive has one writer, so these are no syncs: each worker is a small loop of newskeep's
own frontier, client and turns, which asks and settles but keeps nothing. A redirect to
another host becomes a task of that host. After so many seconds one worker is killed
(SIGKILL) while it holds hosts. They come free when their leases end; there should be no gap
under the delay, and no address asked twice but those that were under way at the kill.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import re
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple, TypeVar

from hosts import Hosts, measured

from newskeep import clock
from newskeep import url as addresses
from newskeep.catalogue.frontier import Frontier, Task
from newskeep.discover import feed
from newskeep.errors import FetchError
from newskeep.fetch.client import Client
from newskeep.fetch.settings import Settings
from newskeep.sync.turns import Turns
from newskeep.types import Received

T = TypeVar("T")

LEASE = 5.0
LATENCY = 0.2
WORKERS = 3
_LONGEST = 600.0
_PICTURE = re.compile(rb'<img src="([^"]+)"')


class Job(NamedTuple):
    """What a worker is started with; `lanes` is how many hosts it holds at most."""

    database: Path
    name: str
    hosts: tuple[str, ...]
    delay: float
    lanes: int


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=60)
    connection.execute("PRAGMA journal_mode=WAL").fetchone()
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def transaction(connection: sqlite3.Connection, work: Callable[[], T]) -> T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = work()
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return done


class Lost(Exception):
    """The host is another worker's by now."""


class Elsewhere(FetchError):
    """A redirect leads to a host that this worker does not hold."""


class Worker:
    """Leases hosts and asks each one thing after another."""

    def __init__(self, job: Job, connection: sqlite3.Connection, client: Client) -> None:
        self._job = job
        self._connection = connection
        self._frontier = Frontier(connection)
        self._frontier.create()
        self._client = client
        self._turns = Turns()
        self._database = ThreadPoolExecutor(1)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(self._job.lanes):
                group.create_task(self._lane())

    async def _lane(self) -> None:
        owner = self._job.name
        while (ready := await self._read(self._frontier.next_ready)) is not None:
            leases = await self._write(lambda: self._frontier.lease(owner, limit=1, seconds=LEASE))
            for lease in leases:
                await self._visit(lease.host)
            if not leases:
                await asyncio.sleep(min(max(ready - clock.timestamp(), 0.05), 0.5))

    async def _visit(self, host: str) -> None:
        while task := await self._read(lambda: self._frontier.next_task(host)):
            await asyncio.sleep(max(0.0, task.start - clock.timestamp()))
            status, further = await self._ask(task)
            done = replace(task, start=clock.timestamp())  # the pace counts from the answer
            try:
                await self._write(partial(self._settle, done, status, further))
            except Lost:
                return
        await self._write(lambda: self._frontier.release(host, self._job.name))

    def _settle(self, task: Task, status: int, further: list[Task]) -> None:
        held = self._frontier.settle(
            task, owner=self._job.name, due=None, status=status, delay=self._job.delay
        )
        if not held:
            raise Lost(task.host)
        self._frontier.add(further)

    async def _ask(self, task: Task) -> tuple[int, list[Task]]:
        """The final status, and what follows from the answer."""
        target = ""

        @asynccontextmanager
        async def turn(url: str) -> AsyncIterator[None]:
            nonlocal target
            if addresses.host(url) != task.host:
                target = url
                raise Elsewhere(url)
            async with self._turns.take(url, self._job.delay):
                yield

        try:
            hops = await self._client.get(
                task.url, role=task.role, allow_hosts=self._job.hosts, turn=turn
            )
        except Elsewhere:
            return 302, [Task(url=target, role=task.role, due=clock.timestamp())]
        return hops[-1].status, list(follows(hops[-1]))

    async def _read(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._database, work)

    async def _write(self, work: Callable[[], T]) -> T:
        return await self._read(partial(transaction, self._connection, work))


def follows(answer: Received) -> Iterator[Task]:
    """A feed's pages, a page's pictures."""
    if answer.role == "feed":
        found = feed.parse(answer.payload, url=answer.url, received=datetime.now(UTC))
        for entry in found.entries:
            yield Task(url=entry.url, role="page", due=clock.timestamp())
    elif answer.role == "page":
        for (address,) in map(re.Match.groups, _PICTURE.finditer(answer.payload)):
            yield Task(url=address.decode(), role="image", due=clock.timestamp())


async def _work(job: Job) -> None:
    async with Client(Settings()) as client:
        with closing(connect(job.database)) as connection:
            await Worker(job, connection, client).run()


def work(job: Job) -> None:
    asyncio.run(_work(job))


class Kill(NamedTuple):
    """What stood when a worker was killed: its hosts, and what it had under way."""

    hosts: int
    under_way: set[str]


class Race:
    """The workers of one measurement, and the frontier that they share."""

    def __init__(self, database: Path, hosts: Hosts, delay: float) -> None:
        self._hosts = hosts
        self._connection = connect(database)
        spawn = multiprocessing.get_context("spawn")
        lanes = len(hosts.names) // WORKERS + 5
        self.workers: list[BaseProcess] = [
            spawn.Process(
                target=work, args=(Job(database, str(n), tuple(hosts.names), delay, lanes),)
            )
            for n in range(WORKERS)
        ]

    def plan(self) -> None:
        """Schedule every host's robots.txt and feed."""
        frontier = Frontier(self._connection)
        frontier.create()
        roles = {"/robots.txt": "robots", "/feed.xml": "feed"}
        tasks = [
            Task(url=self._hosts.at(name, target), role=role, due=0.0)
            for name in self._hosts.names
            for target, role in roles.items()
        ]
        transaction(self._connection, lambda: frontier.add(tasks))

    async def kill(self) -> Kill:
        """Kill the first worker with no warning."""
        victim = self.workers[0]
        victim.kill()
        while victim.is_alive():
            await asyncio.sleep(0.01)
        held = self._column("SELECT host FROM host WHERE owner = '0'")
        open_tasks = (
            "SELECT url FROM task JOIN host USING (host) WHERE owner = '0' AND due IS NOT NULL"
        )
        unsettled = self._column(open_tasks)
        await asyncio.sleep(LATENCY)  # the server reads what was sent before the kill
        asked = {self._hosts.at(one.host, one.target) for one in self._hosts.log}
        hops = {one.removesuffix("/a/1") + "/moved/1" for one in unsettled if one.endswith("/a/1")}
        return Kill(len(held), (unsettled | hops) & asked)

    async def finish(self) -> None:
        """Wait for the workers that live."""
        end = time.monotonic() + _LONGEST
        while any(one.is_alive() for one in self.workers) and time.monotonic() < end:
            await asyncio.sleep(0.1)

    def close(self) -> None:
        for one in self.workers:
            if one.pid and one.is_alive():
                one.kill()
        self._connection.close()

    def _column(self, query: str) -> set[str]:
        return {value for (value,) in self._connection.execute(query)}


async def measure(options: argparse.Namespace, folder: Path) -> None:
    async with Hosts(options.hosts, options.articles, LATENCY) as hosts:
        with closing(Race(folder / "frontier.db", hosts, options.delay)) as race:
            race.plan()
            for one in race.workers:
                one.start()
            await asyncio.sleep(options.kill)
            kill = await race.kill()
            before = len(hosts.log)
            await race.finish()
            codes = [one.exitcode for one in race.workers]
        found = measured(hosts, options.delay)
        print(f"{len(hosts.log)} requests, {before} of them before the kill; exit codes {codes}")
        found.tell(options.delay)
        print(
            f"the killed worker held {kill.hosts} hosts; under way: {len(kill.under_way)} requests"
        )
        print(f"repeated beyond these: {len(set(found.repeated) - kill.under_way)}")
        for address in sorted(kill.under_way):
            print(f"  asked {1 + found.repeated[address]} times: {address}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--articles", type=int, default=10)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--kill", type=float, default=12.0, help="seconds until the kill")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(options, Path(folder)))


if __name__ == "__main__":
    main()
