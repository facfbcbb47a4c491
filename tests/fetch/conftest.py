"""One stand, and a way to ask it."""

from __future__ import annotations

import asyncio

import pytest
from support.stand import Stand

from newskeep.fetch.client import Client
from newskeep.fetch.settings import Settings


async def at_home(host: str, port: int) -> list[str]:
    """A name service that knows every name at the loopback."""
    return ["127.0.0.1"]


@pytest.fixture
def stand():
    with Stand() as running:
        yield running


@pytest.fixture
def get(stand):
    """Ask an address or a path of the stand's; every hop comes back."""

    def ask(url, *, lookup=at_home, role="page", allow_hosts=("127.0.0.1",), **facts):
        limits = {name: facts.pop(name) for name in Settings.__slots__ if name in facts}

        async def run():
            async with Client(Settings(**limits), lookup=lookup) as client:
                whole = stand.base + url if url.startswith("/") else url
                return await client.get(whole, role=role, allow_hosts=allow_hosts, **facts)

        return asyncio.run(run())

    return ask
