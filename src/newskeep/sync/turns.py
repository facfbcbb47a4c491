"""Turns: one request at a time to each host, and never sooner than its pace allows.

Hosts are leased, but redirects and robots.txt lead to hosts that nobody leased; so every
single request of a run takes its turn here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from newskeep import url as addresses

_MARGIN = 0.01
"""Seconds added to a pace: two requests travel differently long, and the gap is the server's."""


class Turns:
    """The turns of one run at every host that it asks."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def take(self, url: str, delay: float) -> AsyncIterator[None]:
        """Wait for one's turn at an address's host; its next begins `delay` seconds after this."""
        host = self._hosts.setdefault(addresses.host(url), _Host())
        async with host.lock:
            now = asyncio.get_running_loop().time
            await asyncio.sleep(max(0.0, host.ready - now()))
            host.ready = now() + (delay + _MARGIN if delay else 0.0)
            yield


class _Host:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.ready = 0.0
