"""Asking an address for a task: with permission, in turn, and with what the source says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from newskeep import clock, credentials
from newskeep.catalogue.frontier import Task
from newskeep.errors import FetchError
from newskeep.fetch.client import Client
from newskeep.sync.permission import Permission
from newskeep.sync.settle import Outcome
from newskeep.sync.turns import Turns
from newskeep.types import Received

if TYPE_CHECKING:
    from newskeep.archive import Archive


class Asker:
    """Asks for the tasks of one run."""

    def __init__(
        self, archive: Archive, client: Client, permission: Permission, turns: Turns
    ) -> None:
        self._archive = archive
        self._client = client
        self._permission = permission
        self._turns = turns
        self._credentials = credentials.read(archive.layout.root)

    async def ask(self, task: Task, owner: str) -> Outcome:
        """What came of a task; whatever went wrong is in it."""
        hops: tuple[Received, ...] = ()
        trouble: FetchError | None = None
        starts = [task.start]
        try:
            hops = tuple(await self._hops(task, starts))
        except FetchError as error:
            trouble = error
        return Outcome(
            task=replace(task, start=starts[-1]),
            owner=owner,
            hops=hops,
            error=trouble,
            delay=self._permission.delay(task.url),
        )

    async def _hops(self, task: Task, starts: list[float]) -> list[Received]:
        """Every hop; when each was asked for is added to `starts`."""
        source = self._archive.sources().get(task.source)
        allowed = source.allow_hosts if source else ()

        @asynccontextmanager
        async def turn(url: str) -> AsyncIterator[None]:
            await self._permission.ask(url, task.role, task.source, allowed)
            delay = max(self._archive.settings.delay, self._permission.delay(url))
            async with self._turns.take(url, delay):
                starts.append(clock.timestamp())
                yield

        return await self._client.get(
            task.url,
            role=task.role,
            source=task.source,
            etag=task.etag,
            last_modified=task.last_modified,
            validated=task.validated,
            allow_hosts=allowed,
            credentials=self._credentials.get(task.source, credentials.NONE),
            turn=turn,
        )
