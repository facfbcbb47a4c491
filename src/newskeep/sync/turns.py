"""Turns: one request at a time to each host, and never sooner than its pace allows.

Hosts are leased, but redirects and robots.txt lead to hosts that nobody leased; so every
single request of a run takes its turn here.

The pace counts from the end of a request: how long it is under way before the host reads
it is unknown, but once it is answered the host has read it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from newskeep import url as addresses


class Turns:
    """The turns of one run at every host that it asks."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def take(self, url: str, delay: float) -> AsyncIterator[None]:
        """Wait for the turn of one request, which is made in the block.

        The next to the same host begins `delay` seconds or more after the block is left.
        """
        host = self._hosts.setdefault(addresses.host(url), _Host())
        now = asyncio.get_running_loop().time
        async with host.lock:
            while (wait := host.ready - now()) > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                host.ready = now() + delay


class _Host:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.ready = 0.0
