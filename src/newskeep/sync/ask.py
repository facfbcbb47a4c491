"""Asking an address for a task: with permission, in turn, and with what the source says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newskeep import clock, credentials
from newskeep import url as addresses
from newskeep.catalogue.frontier import Task
from newskeep.errors import FetchError
from newskeep.fetch.client import ACCEPT, Client
from newskeep.sync import had
from newskeep.sync.further import ROLE, as_task, further, missing
from newskeep.sync.outcome import Outcome
from newskeep.sync.permission import LONGEST_DELAY, InDatabase, Permission
from newskeep.sync.render import Renderer
from newskeep.sync.turns import Turns
from newskeep.twins import is_same_article
from newskeep.types import Received

if TYPE_CHECKING:
    from newskeep.archive import Archive

Renew = Callable[[], Awaitable[None]]
"""Keeps the host of a task for longer."""


class Asker:
    """Asks for the tasks of one run."""

    def __init__(
        self,
        archive: Archive,
        client: Client,
        permission: Permission,
        in_database: InDatabase,
        turns: Turns,
        renderer: Renderer,
    ) -> None:
        self._archive = archive
        self._client = client
        self._permission = permission
        self._in_database = in_database
        self._turns = turns
        self._renderer = renderer
        self._credentials = credentials.read(archive.layout.root)

    async def ask(self, task: Task, owner: str, renew: Renew) -> Outcome:
        """What came of a task; whatever went wrong is in it.

        `renew` is called before each further page of an article. Raises what it raises.
        """
        hops: tuple[Received, ...] = ()
        beside: tuple[Received, ...] = ()
        trouble: FetchError | None = None
        try:
            asked = await self._as_asked(task) if task.role == "page" else task
            self._renderer.check(task)
            answers = _own(self._had(task) or await self._hops(asked))
            shown = await self._renderer.shown(task, answers[-1])
            if task.role == "page":
                beside = await self._further(task, shown.read, renew)
            hops = (*answers[:-1], shown.answer)
            beside = (*beside, *shown.beside)
        except FetchError as error:
            trouble = error
        return Outcome(
            task=replace(task, start=clock.timestamp()),  # the host rests from here on
            owner=owner,
            hops=hops,
            beside=beside,
            error=trouble,
            delay=self._permission.delay(task.url),
        )

    def _had(self, task: Task) -> list[Received]:
        """What the address answered when it was followed, if this is the first poll."""
        source = self._archive.sources().get(task.source)
        if source is None or task.last_try is not None or task.url != source.url:
            return []
        return [*had.take(self._archive.layout, source)]

    async def _as_asked(self, task: Task) -> Task:
        """Without validators where a further page is missing that may be asked for.

        An answer 304 would say nothing of the pages behind the first one.
        """
        if not (task.etag or task.last_modified):
            return task
        url = await self._in_database(lambda: missing(self._archive, task.url))
        with suppress(FetchError):
            if url:
                await self._permission.ask(url, task.role, task.source, self._allowed(task))
                return replace(task, etag="", last_modified="")
        return task

    async def _further(self, task: Task, final: Received, renew: Renew) -> tuple[Received, ...]:
        async def get(url: str) -> list[Received]:
            await renew()
            with suppress(FetchError):
                return await self._hops(as_task(task, url))
            return []

        return await further(self._archive.deriver, final, get)

    def _allowed(self, task: Task) -> tuple[str, ...]:
        source = self._archive.sources().get(task.source)
        return source.allow_hosts if source else ()

    async def _check_rest(self, host: str) -> None:
        """Raise FetchError where a host that nobody leased wants to be left alone."""
        rest = await self._in_database(lambda: self._archive.frontier.rest_of(host))
        if rest > LONGEST_DELAY:
            raise FetchError(f"{host} asked to be left alone", "host-resting", wait=rest)

    async def _hops(self, task: Task) -> list[Received]:
        """Every hop of the answer."""
        allowed = self._allowed(task)
        role = "page" if task.role == ROLE else task.role

        @asynccontextmanager
        async def turn(url: str) -> AsyncIterator[None]:
            await self._permission.ask(url, role, task.source, allowed)
            delay = max(self._archive.settings.delay, self._permission.delay(url))
            async with self._turns.take(url, delay):
                if addresses.host(url) != task.host:
                    await self._check_rest(addresses.host(url))
                yield

        return await self._client.get(
            task.url,
            role=task.role,
            accept=ACCEPT.get(role, ""),
            source=task.source,
            etag=task.etag,
            last_modified=task.last_modified,
            validated=task.validated,
            allow_hosts=allowed,
            credentials=self._credentials.get(task.source, credentials.NONE),
            turn=turn,
        )


def _own(hops: list[Received]) -> list[Received]:
    """The hops of a page; those behind a redirect to another article or none are not its own."""
    for at, (hop, following) in enumerate(pairwise(hops), start=1):
        if hop.role == "page" and not is_same_article(hop.url, following.url):
            return [*hops[:at], *(replace(one, role="asset") for one in hops[at:])]
    return hops
