"""The requests of one page: each is answered here, and none by the browser."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urldefrag

from playwright.async_api import Error, Request, Route

from newskeep import content, text
from newskeep.errors import FetchError
from newskeep.fetch.browser.bounds import Bounds
from newskeep.types import Received, header

Fetch = Callable[[str], Awaitable[Sequence[Received]]]
"""Asks an address; every hop, the final answer last. Raises FetchError."""

MOST_NAMED = 3
"""Addresses that were not fetched which are named; the others are counted."""

_LONGEST_ADDRESS = 8000
"""Characters; servers need not take more (RFC 9110 §4.1)."""

_METHODS = ("GET", "HEAD")
_LOADED = ("script", "stylesheet", "xhr", "fetch")
_NO_PICTURE = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
"""One transparent pixel: a picture that fails is taken out by many pages' scripts."""

_NOT_GIVEN = frozenset({
    "connection", "content-encoding", "content-length", "keep-alive", "set-cookie",
    "set-cookie2", "transfer-encoding", "upgrade",
})  # fmt: skip
"""Fields that do not hold for the decoded body, and cookies, which nothing would send."""

_SILENT = frozenset({"dns-failed", "connection-refused", "tls-failed", "incomplete-body"})
"""Failures of somebody else's script that are not worth telling."""


@dataclass(slots=True)
class Refused:
    """How many requests were not answered for one reason, and the addresses of the first ones."""

    count: int
    addresses: tuple[str, ...]


class Traffic:
    """Answers the requests of one page through `fetch`, the first one with the document.

    `answers` is the number of requests that were answered. `refused` says by kind what was
    not fetched.
    """

    def __init__(self, document: Received, fetch: Fetch, bounds: Bounds) -> None:
        self.refused: dict[str, Refused] = {}
        self.answers = 0
        self._document = document
        self._fetch = fetch
        self._bounds = bounds
        self._is_open = False
        self._asked = 0
        self._bytes = 0
        self._slots = asyncio.Semaphore(bounds.at_once)
        self._pending: set[asyncio.Task[None]] = set()

    @property
    def is_quiet(self) -> bool:
        """Whether no request waits for its answer."""
        return not self._pending

    def take(self, route: Route) -> None:
        """Answer a request in time."""
        task = asyncio.create_task(self._answer(route))
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

    async def stop(self) -> None:
        """Answer nothing any more."""
        pending = list(self._pending)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _answer(self, route: Route) -> None:
        with suppress(Error):  # the page is gone by now
            try:
                await self._decide(route)
            except FetchError as error:
                self._note(error.kind, route.request.url)
                await route.abort("failed")
            except Error:  # an answer that Chromium does not take
                await route.abort("failed")
            self.answers += 1

    async def _decide(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request():
            await self._navigate(route)
        elif request.resource_type == "image":
            await route.fulfill(status=200, content_type="image/gif", body=_NO_PICTURE)
        elif request.method not in _METHODS or request.resource_type not in _LOADED:
            await route.abort("blockedbyclient")
        else:
            answer = await self._fetched(request)
            await route.fulfill(
                status=answer.status,
                headers=_given(answer),
                body=_decoded(answer, self._bounds.dom) if request.method == "GET" else b"",
            )

    async def _navigate(self, route: Route) -> None:
        """The document once; after that the page stays where it is, and frames stay empty."""
        if self._is_open:
            await route.fulfill(status=204)
            return
        self._is_open = True
        document = self._document
        body = content.to_text(_decoded(document, self._bounds.dom), document.content_type)
        fields = {**_given(document), "content-type": "text/html; charset=utf-8"}
        await route.fulfill(status=200, headers=fields, body=body.encode("utf-8", "replace"))

    async def _fetched(self, request: Request) -> Received:
        """The final answer. Raises FetchError, also where the page has had enough."""
        if len(request.url) > _LONGEST_ADDRESS:
            raise FetchError(f"more than {_LONGEST_ADDRESS} characters", "bad-address")
        self._asked += 1
        if self._asked > self._bounds.requests:
            raise FetchError(f"more than {self._bounds.requests} requests", "too-many-requests")
        async with self._slots:
            if self._bytes >= self._bounds.bytes:
                raise FetchError(f"more than {self._bounds.bytes:,} bytes", "too-large")
            hops = await self._fetch(urldefrag(request.url).url)
        self._bytes += sum(len(hop.payload) for hop in hops)
        return hops[-1]

    def _note(self, kind: str, url: str) -> None:
        if kind in _SILENT:
            return
        refused = self.refused.setdefault(kind, Refused(0, ()))
        refused.count += 1
        if len(refused.addresses) < MOST_NAMED:
            refused.addresses += (text.cut(url, 200),)


def _decoded(answer: Received, limit: int) -> bytes:
    return content.decode(answer.payload, header(answer.headers, "content-encoding"), limit=limit)


def _given(answer: Received) -> dict[str, str]:
    """The header fields that the page sees; several of one name are joined (RFC 9110 §5.2)."""
    fields: dict[str, str] = {}
    for name, value in answer.headers:
        name = name.lower()
        if name not in _NOT_GIVEN and value.isascii() and value.isprintable():
            fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields
