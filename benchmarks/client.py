"""Polling feeds where nothing changed: 304s per CPU-second, beside aiohttp alone and httpx.

    pip install --group bench && python benchmarks/client.py [--feeds 1000] [--rounds 3]

One process asks so many feeds on the loopback, a few at a time, with a validator each; a
server in another process answers 304. Only the asking process's CPU time counts, and of three
interleaved turns each one's best. newskeep should do at least half of what a bare loop of
aiohttp does, and five times httpx.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from multiprocessing.connection import Connection

import aiohttp

from newskeep.fetch.client import ACCEPT, Client
from newskeep.fetch.settings import Settings

HOST = "127.0.0.1"
ETAG = '"nothing-new"'
TIMES = 3
AT_ONCE = 2
"""What newskeep keeps open to one host at the most; the peers get the same."""

Fetch = Callable[[str], Awaitable[int]]
_ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "nothing-new"\r\nCache-Control: max-age=60\r\n\r\n'


class Server(asyncio.Protocol):
    """Answers every request on a kept connection with 304."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._rest = transport, b""

    def data_received(self, data: bytes) -> None:
        *heads, self._rest = (self._rest + data).split(b"\r\n\r\n")
        self._transport.write(_ANSWER * len(heads))


async def _serve(pipe: Connection) -> None:
    server = await asyncio.get_running_loop().create_server(Server, HOST, 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def serve(pipe: Connection) -> None:
    asyncio.run(_serve(pipe))


async def polled(fetch: Fetch, urls: list[str]) -> None:
    """Ask all addresses, AT_ONCE at a time."""
    waiting = iter(urls)

    async def worker() -> None:
        for url in waiting:
            assert await fetch(url) == 304

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


async def timed(fetch: Fetch, urls: list[str], rounds: int) -> float:
    """The best round, in requests per CPU-second; one round first to warm up."""
    best = 0.0
    for _ in range(rounds + 1):
        began = time.process_time()
        await polled(fetch, urls)
        best = max(best, len(urls) / (time.process_time() - began))
    return best


async def ours(urls: list[str], rounds: int) -> float:
    async with Client(Settings()) as client:

        async def fetch(url: str) -> int:
            hops = await client.get(url, role="feed", etag=ETAG, allow_hosts=(HOST,))
            return hops[-1].status

        return await timed(fetch, urls, rounds)


async def bare(urls: list[str], rounds: int) -> float:
    async with aiohttp.ClientSession() as session:

        async def fetch(url: str) -> int:
            async with session.get(url, headers=_fields()) as response:
                await response.read()
                return response.status

        return await timed(fetch, urls, rounds)


async def with_httpx(urls: list[str], rounds: int) -> float:
    import httpx

    async with httpx.AsyncClient() as client:

        async def fetch(url: str) -> int:
            return (await client.get(url, headers=_fields())).status_code

        return await timed(fetch, urls, rounds)


def _fields() -> dict[str, str]:
    return {"Accept": ACCEPT["feed"], "If-None-Match": ETAG}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    asked = [ours, bare]
    if find_spec("httpx"):
        asked.append(with_httpx)
    else:
        print("httpx is not installed (pip install --group bench)")
    near, far = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    server = context.Process(target=serve, args=(far,), daemon=True)
    server.start()
    try:
        port = near.recv()
        urls = [f"http://{HOST}:{port}/{number}/feed.xml" for number in range(options.feeds)]
        rounds = [[asyncio.run(one(urls, options.rounds)) for one in asked] for _ in range(TIMES)]
        found, peer, *slow = map(max, zip(*rounds, strict=True))
        print(f"newskeep {found:8.0f} requests a CPU-second, all 304")
        print(f"aiohttp  {peer:8.0f}   newskeep is {found / peer:.2f} × (at least 0.5)")
        for one in slow:
            print(f"httpx    {one:8.0f}   newskeep is {found / one:.1f} × (at least 5)")
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
