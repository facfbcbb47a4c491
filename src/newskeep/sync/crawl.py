"""The crawl: workers lease hosts, and each fetches its host's due addresses one by one."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from newskeep import clock
from newskeep.catalogue.frontier import HostLease, Task
from newskeep.errors import CaptureError, LeaseLost
from newskeep.fetch.client import Client
from newskeep.fetch.settings import Settings
from newskeep.sync.ask import Asker
from newskeep.sync.commit import Committer, Event
from newskeep.sync.gather import gather, is_collected
from newskeep.sync.outcome import Outcome
from newskeep.sync.permission import Permission
from newskeep.sync.render import Renderer
from newskeep.sync.settle import Settler
from newskeep.sync.turns import Turns
from newskeep.types import SyncReport
from newskeep.websub.drain import drain
from newskeep.websub.hubs import Hubs

if TYPE_CHECKING:
    from newskeep.archive import Archive

LEASE = 180.0
"""Seconds at least for which a host belongs to one worker; renewed with every answer."""

PATIENCE = 15.0
"""A sync waits for what comes due within so many seconds, such as a first retry."""

_IDLE, _LONGEST_IDLE = 0.05, 0.5

T = TypeVar("T")


class Crawl:
    """One run of sync over one archive, which must be locked for writing."""

    def __init__(self, archive: Archive, on_event: Callable[[Event], None], only: str) -> None:
        self._archive = archive
        self._only = only
        self._database = ThreadPoolExecutor(1, thread_name_prefix="newskeep-database")
        self._frontier = archive.frontier
        self._span = max(LEASE, 3 * archive.settings.timeout)
        self._settler = Settler(archive, self._frontier, self._span)
        self._report = SyncReport()
        self._committer = Committer(archive, self._settler, self._database, on_event, self._report)
        self._working = 0
        self._left = asyncio.Event()
        """Set when some worker has done with its host, and replaced by a new one."""

    async def run(self) -> SyncReport:
        """Fetch until nothing is due."""
        settings = self._archive.settings
        try:
            await self._in_database(self._plan)
            async with Client(_fetch_settings(self._archive)) as client:
                turns = Turns()
                permission = Permission(
                    self._archive, client, self._committer, self._in_database, turns
                )
                renderer = Renderer(self._archive, client, permission, turns, self._committer)
                asker = Asker(self._archive, client, permission, self._in_database, turns, renderer)
                hubs = Hubs(
                    self._archive,
                    client,
                    self._committer.keep,
                    self._in_database,
                    lambda url: turns.take(url, settings.delay),
                )
                await drain(self._archive, self._committer.keep, self._in_database)
                async with renderer, asyncio.TaskGroup() as group:
                    for _ in range(settings.parallel):
                        group.create_task(self._work(asker))
                    group.create_task(hubs.tend(self._only))  # a long crawl lets nothing lapse
                await hubs.tend(self._only)
        except BaseExceptionGroup as error:
            raise _first(error) from None
        finally:
            self._database.shutdown(wait=True)
        return self._report

    def _plan(self) -> None:
        """Every source that is followed has its task, and no other source has one."""
        wanted = {
            (source.url, source.kind): source
            for source in self._archive.sources().values()
            if not source.stopped
        }
        with self._archive.catalogue.transaction():
            self._frontier.take_over()
            kinds = {source.id: source.kind for source in wanted.values()}
            for task in self._frontier.polls():
                is_further = kinds.get(task.source) == task.role
                if (task.url, task.role) not in wanted and not is_further:
                    self._frontier.forget(task.url, task.role)
            now = clock.timestamp()
            for (url, kind), source in wanted.items():
                known = self._frontier.state(url, kind)
                if known is None or known.due is None:
                    task = Task(url=url, role=kind, source=source.id, due=now)
                    self._frontier.add([self._with_validators(task)])
            self._frontier.spread_looks(self._archive.settings.budget)

    def _with_validators(self, task: Task) -> Task:
        """A source's first task, or one whose schedule was lost: with what was last answered."""
        last = self._archive.catalogue.captures_at(task.url, role=task.role, most=1)
        if not last or last[0].status != 200:
            return task
        with suppress(CaptureError):  # `newskeep check` tells of it
            kept = self._archive.captures.read(last[0].ref)
            etag, modified = kept.header("ETag"), kept.header("Last-Modified")
            return replace(task, etag=etag, last_modified=modified)
        return task

    async def _work(self, asker: Asker) -> None:
        while True:
            leases = await self._in_database(self._lease)
            if leases:
                self._working += 1
                for lease in leases:
                    await self._visit(lease, asker)
                self._working -= 1
                self._left.set()
                self._left = asyncio.Event()
            elif await self._is_finished():
                return

    def _lease(self) -> list[HostLease]:
        owner = secrets.token_hex(8)
        with self._archive.catalogue.transaction():
            return self._frontier.lease(owner, limit=1, seconds=self._span, source=self._only)

    async def _is_finished(self) -> bool:
        """Whether nothing is left; else waits a little for what comes due soon."""
        ready = await self._in_database(lambda: self._frontier.next_ready(self._only))
        wait = ready - clock.timestamp() if ready is not None else PATIENCE + 1
        if wait > PATIENCE and not self._working:
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(wait, _IDLE), _LONGEST_IDLE)):
                await self._left.wait()
        return False

    async def _visit(self, lease: HostLease, asker: Asker) -> None:
        """Fetch a leased host's due addresses one after another, at its pace."""
        try:
            while task := await self._in_database(lambda: self._next(lease)):
                await asyncio.sleep(max(0.0, task.start - clock.timestamp()))
                outcome = await self._done(task, lease, asker)
                await self._committer.commit(outcome)
        except LeaseLost:
            return  # whoever has the host now goes on with it
        finally:
            await self._in_database(lambda: self._release(lease))

    def _next(self, lease: HostLease) -> Task | None:
        """The next task, unless the host wants to be left alone for longer than we wait."""
        task = self._frontier.next_task(lease.host, self._only)
        return task if task and task.start <= clock.timestamp() + PATIENCE else None

    def _release(self, lease: HostLease) -> None:
        with self._archive.catalogue.transaction():
            self._frontier.release(lease.host, lease.owner)

    async def _done(self, task: Task, lease: HostLease, asker: Asker) -> Outcome:
        """What came of a task: a collector's, or one that is fetched."""
        source = self._archive.sources().get(task.source)
        renew = partial(self._in_database, lambda: self._renew(lease))
        if source is None or task.role != source.kind or not is_collected(task.role):
            return await asker.ask(task, lease.owner, renew)
        await gather(self._archive, source, self._committer, self._database, renew)
        return Outcome(task=task, owner=lease.owner, gathered=True)

    def _renew(self, lease: HostLease) -> None:
        with self._archive.catalogue.transaction():
            if not self._frontier.renew(lease.host, lease.owner, self._span):
                raise LeaseLost(f"{lease.host} was taken over by another worker")

    async def _in_database(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, work)


def _fetch_settings(archive: Archive) -> Settings:
    settings = archive.settings
    return Settings(contact=settings.contact, total_timeout=settings.timeout)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The exception that matters, out of the group that a TaskGroup raises."""
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
