"""Asking robots.txt (RFC 9309) before pages and pictures; kept as a capture, asked once a day.

A feed that a person subscribed to needs no asking.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from newskeep import content, robots
from newskeep.catalogue.frontier import Task
from newskeep.derive import decoded
from newskeep.errors import FetchError
from newskeep.fetch.client import Client
from newskeep.robots import Robots
from newskeep.sync.commit import Committer
from newskeep.types import Received, header
from newskeep.url import origin

if TYPE_CHECKING:
    from newskeep.archive import Archive

AGENT = "newskeep"
FRESH = timedelta(hours=24)
LONGEST_DELAY = 60.0
"""Seconds of crawl-delay that we honour; longer ones count as this."""

InDatabase = Callable[[Callable[[], Any]], Awaitable[Any]]


class Permission:
    """What the hosts of this run allow."""

    def __init__(
        self, archive: Archive, client: Client, committer: Committer, in_database: InDatabase
    ) -> None:
        self._archive = archive
        self._client = client
        self._committer = committer
        self._in_database = in_database
        self._known: dict[str, Robots] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def ask(self, task: Task, allow_hosts: Sequence[str]) -> None:
        """Return where the task may be fetched; raise FetchError (robots-…) where not."""
        if task.role not in ("page", "image") or not self._archive.settings.robots:
            return
        rules = await self._rules(origin(task.url), task.source, allow_hosts)
        if not rules.allows(AGENT, task.url):
            raise FetchError(
                f"{task.url}: {origin(task.url)}/robots.txt asks newskeep not to fetch it",
                "robots-disallowed",
            )

    def delay(self, url: str) -> float:
        """Seconds that the host asks for between two requests."""
        rules = self._known.get(origin(url))
        return min((rules.delay(AGENT) if rules else None) or 0.0, LONGEST_DELAY)

    async def _rules(self, site: str, source: str, allow_hosts: Sequence[str]) -> Robots:
        async with self._asking.setdefault(site, asyncio.Lock()):
            if site not in self._known:
                kept = await self._in_database(lambda: self._kept(site))
                self._known[site] = kept or await self._fetched(site, source, allow_hosts)
            return self._known[site]

    def _kept(self, site: str) -> Robots | None:
        url = f"{site}/robots.txt"
        for one in self._archive.catalogue.captures_at(url, role="robots", most=5):
            if one.time > self._archive.now() - FRESH and one.status not in range(300, 400):
                return _read(one.status, decoded(self._archive.payload(one)))
        return None

    async def _fetched(self, site: str, source: str, allow_hosts: Sequence[str]) -> Robots:
        task = Task(url=f"{site}/robots.txt", role="robots", source=source, due=0.0)
        try:
            hops = await self._client.get(
                task.url, role="robots", source=source, allow_hosts=allow_hosts
            )
        except FetchError as error:
            raise FetchError(
                f"{task.url} could not be asked ({error}); nothing of this site is fetched "
                "until it can (RFC 9309 §2.3.1.4)",
                "robots-unreachable",
            ) from error
        await self._committer.keep(hops)
        return _read(hops[-1].status, _body(hops[-1]))


def _body(received: Received) -> bytes:
    coding = header(received.headers, "content-encoding")
    return content.decode(received.payload, coding, limit=robots.LIMIT)


def _read(status: int, body: bytes) -> Robots:
    return robots.for_status(status, body)
