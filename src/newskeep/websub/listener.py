"""The listener: an HTTP server to which hubs say that they mean us, and what is new.

It stands behind the keeper's own reverse proxy. Everything that it is told is hostile until
a path that nobody can guess and a signature say otherwise; nothing but a challenge is ever
said back. It takes no lock of the archive's, and leaves what it received in the spool.
"""

from __future__ import annotations

import asyncio
import re
import signal
from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

from aiohttp import web

from newskeep import clock, websub
from newskeep.captures.record import value_text
from newskeep.config import Settings
from newskeep.errors import ArchiveError, ConfigError
from newskeep.fetch.settings import LARGEST
from newskeep.layout import Layout
from newskeep.types import Headers
from newskeep.websub import presence
from newskeep.websub.book import LEASE, Subscription
from newskeep.websub.signature import is_signed
from newskeep.websub.spool import Push

OnEvent = Callable[[Mapping[str, Any]], None]

MOST_BYTES = LARGEST["feed"] << 20
"""Bytes of a push that are taken: as many as of a feed that is polled."""

PATIENCE = 30.0
"""Seconds for the body of a push."""

_LONGEST_LIFE = 60.0
"""Seconds after which a connection is closed, whatever it does: each bears one request."""

_AT_ONCE = 4
"""Bodies that are read at a time; others wait for their turn."""

_AGAIN = "3600"
"""Seconds after which a hub is to try again when the spool is full."""

_LONGEST_CHALLENGE = 2000
_PATH = re.compile(r"[A-Za-z0-9_-]{43}")
_LEASE = re.compile(r"[0-9]{1,10}")
_ADDRESS = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})")
_TOLD = ("Content-Language", "Date", "ETag", "Last-Modified", "Link", "User-Agent")
"""Header fields of a push that are kept with it; all others may hold what is nobody's business."""


class Listener:
    """One listener. `on_event` is told of what hubs did; see docs/reference/cli.md."""

    def __init__(self, layout: Layout, settings: Settings, on_event: OnEvent) -> None:
        self._book = websub.book_of(layout)
        self._spool = websub.spool_of(layout)
        self._on_event = on_event
        self._host, self._port = address_of(settings.listen)
        self._reading = asyncio.Semaphore(_AT_ONCE)
        self._writing = asyncio.Lock()
        self._telling = Lock()
        self._requests: web.Server | None = None
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen; returns the port. Raises ConfigError where that cannot be."""
        self._spool.clear_unfinished()
        loop = asyncio.get_running_loop()
        requests = self._requests = web.Server(self._answered)
        try:
            self._server = await loop.create_server(
                lambda: _Connection(requests, loop), self._host, self._port
            )
        except OSError as error:
            raise ConfigError(
                f"newskeep.toml: [websub] listen: nothing can listen at {self._host}:{self._port} "
                f"({error.strerror}); choose another port"
            ) from error
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Listen no more, and finish what is under way."""
        if self._server and self._requests:
            self._server.close()
            await self._requests.shutdown(PATIENCE)
            self._server = None

    async def _answered(self, request: web.BaseRequest) -> web.Response:
        try:
            return await self._answer(request)
        except (ArchiveError, OSError) as error:
            self._on_event({"event": "failed", "message": str(error), "at": clock.now()})
            return _said(503, **{"Retry-After": _AGAIN})

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        path = request.path.rpartition("/")[2]
        known = None
        if _PATH.fullmatch(path):
            known = await asyncio.to_thread(self._book.find, path)
        if known is None:
            return _said(404)
        if request.method == "GET":
            return await asyncio.to_thread(self._verified, known, request.query)
        if request.method == "POST":
            return await self._pushed(known, request)
        return _said(405, Allow="GET, POST")

    def _verified(self, known: Subscription, query: Mapping[str, str]) -> web.Response:
        """The answer to a hub that asks whether we mean it, or says that it will not."""
        mode, topic = query.get("hub.mode", ""), query.get("hub.topic", "")
        challenge = query.get("hub.challenge", "")
        if topic != known.topic:
            return _said(404)
        if mode == "denied":
            return self._denied(known)
        if not 0 < len(challenge) <= _LONGEST_CHALLENGE or not challenge.isprintable():
            return _said(404)
        if mode == "subscribe":
            lease = _lease(query.get("hub.lease_seconds", str(LEASE)))
            is_ours = lease > 0 and self._book.confirm(known.path, lease)
            if is_ours:
                self._tell("subscribed", known, lease=lease)
        else:
            is_ours = mode == "unsubscribe" and self._book.confirm_end(known.path)
            if is_ours:
                self._tell("unsubscribed", known)
        return _said(200, challenge) if is_ours else _said(404)

    def _denied(self, known: Subscription) -> web.Response:
        if not self._book.deny(known.path):
            return _said(404)
        told = f"the hub {known.hub} pushes {known.topic} no more to us; it is polled"
        self._book.put_trouble(known, "hub-denied", told)
        self._tell("denied", known)
        return _said(200)

    async def _pushed(self, known: Subscription, request: web.BaseRequest) -> web.Response:
        """The answer to a push: that it was received, never what becomes of it."""
        if known.state in ("leaving", "ended", "denied"):
            return _said(410)
        if known.state != "active":
            return _said(404)
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return _said(415, **{"Accept-Encoding": "identity"})
        async with self._reading:
            try:
                async with asyncio.timeout(PATIENCE):
                    body = await _body(request)
            except TimeoutError:
                return _said(408)
            except (ConnectionError, web.RequestPayloadError):
                return _said(400)
        if body is None:
            await self._drop(known, "push-too-large", f"was longer than {MOST_BYTES:,} bytes")
            return _said(413)
        if not is_signed(body, known.secret, request.headers.get("X-Hub-Signature", "")):
            await self._drop(known, "push-unsigned", "did not bear the hub's signature")
            return _said(202)
        return await self._received(known, request, body)

    async def _received(
        self, known: Subscription, request: web.BaseRequest, body: bytes
    ) -> web.Response:
        push = Push(
            source=known.source,
            topic=known.topic,
            hub=known.hub,
            time=clock.timestamp(),
            content_type=_text(request.headers.get("Content-Type", "")),
            headers=_told(request),
        )
        async with self._writing:
            has_room = await asyncio.to_thread(self._spool.put, push, body)
        if not has_room:
            await self._drop(known, "push-refused", "had no room; let newskeep sync run more often")
            return _said(503, **{"Retry-After": _AGAIN})
        self._tell("pushed", known, bytes=len(body))
        return _said(202)

    async def _drop(self, known: Subscription, kind: str, what: str) -> None:
        message = f"a push of {known.topic} {what}; it was dropped"
        await asyncio.to_thread(self._book.put_trouble, known, kind, message)
        self._tell("dropped", known, kind=kind, message=message)

    def _tell(self, event: str, known: Subscription, **facts: Any) -> None:
        told = {"event": event, "source": known.source, "topic": known.topic, **facts}
        with self._telling:  # verifications are answered in threads
            self._on_event({**told, "at": clock.now()})


class _Connection(web.RequestHandler):
    """One connection of limited life, with nothing of a broken request in its answer."""

    def __init__(self, requests: web.Server, loop: AbstractEventLoop) -> None:
        super().__init__(requests, loop=loop, auto_decompress=False, lingering_time=1.0)
        loop.call_later(_LONGEST_LIFE, self.force_close)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.Response:
        """What is no HTTP, or a fault of ours."""
        if status >= 500:
            self.log_exception("newskeep listen failed; please report it", exc_info=exc)
        return _said(status)


def listen(layout: Layout, settings: Settings, on_event: OnEvent) -> None:
    """Receive what hubs say until SIGINT or SIGTERM.

    Raises ConfigError without a callback or where nothing can listen, ArchiveBusy where
    another listener does.
    """
    if not settings.callback:
        raise ConfigError(
            "newskeep.toml: [websub] callback is empty; write the public address that leads to "
            f"{settings.listen}, such as https://news.example.org/websub"
        )
    with presence.held(layout):
        asyncio.run(_until_stopped(Listener(layout, settings, on_event), settings, on_event))


async def _until_stopped(listener: Listener, settings: Settings, on_event: OnEvent) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt instead
            loop.add_signal_handler(one, stopped.set)
    port = await listener.start()
    on_event({"event": "listening", "port": port, "callback": settings.callback})
    try:
        await stopped.wait()
    finally:
        await listener.stop()


def address_of(listen: str) -> tuple[str, int]:
    """Host and port of the setting `listen`. Raises ConfigError."""
    found = _ADDRESS.fullmatch(listen)
    if not found or int(found[3]) > 65535:
        raise ConfigError(
            f"newskeep.toml: [websub] listen = {listen!r}: write host:port, such as 127.0.0.1:8642"
        )
    return found[1] or found[2], int(found[3])


async def _body(request: web.BaseRequest) -> bytes | None:
    """The body, or None where it is too large."""
    if (request.content_length or 0) > MOST_BYTES:
        return None
    pieces, size = [], 0
    async for piece in request.content.iter_any():
        size += len(piece)
        if size > MOST_BYTES:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def _lease(text: str) -> int:
    """Seconds; 0 for what is no number of them."""
    return int(text) if _LEASE.fullmatch(text) else 0


def _told(request: web.BaseRequest) -> Headers:
    return tuple((name, _text(one)) for name in _TOLD for one in request.headers.getall(name, ()))


def _text(value: str) -> str:
    """A field's value whose odd bytes are read as in answers (they came as surrogates)."""
    return value_text(value.encode("utf-8", "surrogateescape"))


def _said(status: int, text: str = "", **fields: str) -> web.Response:
    """A plain answer, after which the connection is closed."""
    response = web.Response(
        status=status,
        text=text,
        content_type="text/plain",
        headers={"X-Content-Type-Options": "nosniff", "Server": "newskeep", **fields},
    )
    response.force_close()
    return response
