"""Asking robots.txt (RFC 9309) before pages, pictures, lists and sitemaps.

It is kept as a capture, and asked once a day.

A feed that a person subscribed to needs no asking.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from newskeep import clock, content, policy, robots
from newskeep import url as addresses
from newskeep.derive import MOST_DECODED, decoded
from newskeep.errors import AddressRefused, FetchError
from newskeep.fetch import retry
from newskeep.fetch.client import Client
from newskeep.robots import Robots
from newskeep.sync.commit import Committer
from newskeep.sync.turns import Turns
from newskeep.types import header
from newskeep.url import absolute, origin

if TYPE_CHECKING:
    from newskeep.archive import Archive

AGENT = "newskeep"
FRESH = timedelta(hours=24)
LONGEST_DELAY = 60.0
"""Seconds of crawl-delay that we honour; longer ones count as this."""

_MOST_HOPS = 10
_MOST_KNOWN = 5000
"""Sites whose rules are held; those of others are read again from what was kept."""

_ASKED = ("page", "image", "blog", "listing", "sitemap")

InDatabase = Callable[[Callable[[], Any]], Awaitable[Any]]


class Permission:
    """What the hosts of this run allow."""

    def __init__(
        self,
        archive: Archive,
        client: Client,
        committer: Committer,
        in_database: InDatabase,
        turns: Turns,
    ) -> None:
        self._archive = archive
        self._client = client
        self._committer = committer
        self._in_database = in_database
        self._turns = turns
        self._known: dict[str, Robots] = {}
        self._silent: dict[str, _Trouble] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def ask(self, url: str, role: str, source: str, allow_hosts: Sequence[str]) -> None:
        """Return where an address may be fetched in a role; raise FetchError (robots-…) if not."""
        if role not in _ASKED or not self._archive.settings.robots:
            return
        rules = await self._rules(origin(url), source, allow_hosts)
        if not rules.allows(AGENT, url):
            raise FetchError(
                f"{url}: {origin(url)}/robots.txt asks newskeep not to fetch it",
                "robots-disallowed",
            )

    def delay(self, url: str) -> float:
        """Seconds that the host asks for between two requests."""
        rules = self._known.get(origin(url))
        return min((rules.delay(AGENT) if rules else None) or 0.0, LONGEST_DELAY)

    async def _rules(self, site: str, source: str, allow_hosts: Sequence[str]) -> Robots:
        async with self._asking.setdefault(site, asyncio.Lock()):
            if site not in self._known and site not in self._silent:
                await self._learn(site, source, allow_hosts)
        if site in self._silent:
            trouble = self._silent[site]
            wait = trouble.until - clock.timestamp()
            raise FetchError(trouble.message, "robots-unreachable", wait=wait)
        return self._known[site]

    def _trouble(self, site: str) -> _Trouble | None:
        """Why a site's robots.txt could not be read, if it is not yet time to ask again."""
        known = _unpacked(self._archive.catalogue.meta(f"robots {site}"))
        return known if known.until > clock.timestamp() else None

    def _note(self, site: str, error: FetchError | None) -> _Trouble:
        """Remember that a robots.txt could not be read, longer each time; None: it could."""
        catalogue = self._archive.catalogue
        known = _unpacked(catalogue.meta(f"robots {site}"))
        if error is None and not known.failures:
            return known
        failures = known.failures + 1 if error else 0
        told = (
            f"{site}/robots.txt could not be read ({error}); nothing of this site is "
            "fetched until it can be (RFC 9309 §2.3.1.4)"
        )
        rest = max(error.wait, policy.poll_retry_after(failures, spread=0.5)) if error else 0.0
        now = _Trouble(until=clock.timestamp() + rest, failures=failures, message=told)
        with catalogue.transaction():
            catalogue.set_meta(f"robots {site}", msgspec.json.encode(now).decode())
            if error and error.wait:
                self._archive.frontier.rest(addresses.host(site), error.wait)
        return now

    async def _learn(self, site: str, source: str, allow_hosts: Sequence[str]) -> None:
        kept = await self._in_database(lambda: self._kept(site))
        trouble = None if kept else await self._in_database(lambda: self._trouble(site))
        if trouble:
            self._silent[site] = trouble
            return
        try:
            self._known[site] = kept or await self._fetched(site, source, allow_hosts)
            await self._in_database(lambda: self._note(site, None))
            if len(self._known) > _MOST_KNOWN:
                del self._known[next(iter(self._known))]
        except AddressRefused:
            raise
        except FetchError as error:
            self._silent[site] = await self._in_database(partial(self._note, site, error))

    def _kept(self, site: str) -> Robots | None:
        """What was answered within the last day, through its redirects."""
        url = f"{site}/robots.txt"
        for _ in range(_MOST_HOPS):
            known = self._archive.catalogue.captures_at(url, role="robots", most=1)
            if not known or known[0].time < self._archive.now() - FRESH:
                return None
            whole = self._archive.payload(known[0])
            if whole.status not in range(300, 400):
                with suppress(FetchError):
                    return robots.for_status(whole.status, decoded(whole))
            url = absolute(url, whole.header("Location"))
        return None

    async def _fetched(self, site: str, source: str, allow_hosts: Sequence[str]) -> Robots:
        hops = await self._client.get(
            f"{site}/robots.txt",
            role="robots",
            source=source,
            allow_hosts=allow_hosts,
            turn=lambda url: self._turns.take(url, self._archive.settings.delay),
        )
        await self._committer.keep(hops)
        final = hops[-1]
        coding = header(final.headers, "content-encoding")
        body = content.decode(final.payload, coding, limit=MOST_DECODED)
        found = robots.for_status(final.status, body)
        if found is None:
            asked = retry.retry_after(header(final.headers, "retry-after"), now=clock.now())
            raise FetchError(f"it answered {final.status}", wait=asked or 0.0)
        return found


class _Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Until when (epoch seconds) a robots.txt is not asked, and why."""

    until: float = 0.0
    failures: int = 0
    message: str = ""


def _unpacked(text: str) -> _Trouble:
    return msgspec.json.decode(text, type=_Trouble) if text else _Trouble()
