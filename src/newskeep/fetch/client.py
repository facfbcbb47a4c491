"""The client: GET, and POST to hubs alone; no referrer, bodies as they come, every hop kept.

It sends no cookies but those that a person gave for the source, and keeps none.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Callable, Collection, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urldefrag

import aiohttp
from aiohttp.connector import Connection
from yarl import URL

from newskeep.credentials import NONE, Credentials
from newskeep.errors import AddressRefused, FetchError, TooLarge, TooSlow
from newskeep.fetch import guard
from newskeep.fetch.settings import Settings
from newskeep.types import Headers, Received, header
from newskeep.url import absolute, origin

ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1",
    "page": "text/html, application/xhtml+xml, */*;q=0.1",
    "blog": "text/html, application/xhtml+xml, */*;q=0.1",
    "listing": "text/html, application/xhtml+xml, */*;q=0.1",
    "sitemap": "application/xml, text/xml, text/plain;q=0.8, */*;q=0.1",
    "image": "image/avif, image/webp, image/jpeg, image/png, image/gif, image/*;q=0.5",
    "robots": "text/plain, */*;q=0.1",
}
_CODINGS = "gzip, deflate, br, zstd"
_REDIRECTS = (301, 302, 303, 307, 308)
_SMALL_BODY = 1 << 20
_CHUNK = 1 << 16
_PARTS = re.compile(r"([A-Za-z]+)://([^/?#]*)(.*)", re.DOTALL)
_UNSENDABLE = re.compile(r"[^!-~]")


Turn = Callable[[str], AbstractAsyncContextManager[None]]
"""What a request to an address waits for, and is made in."""


def _at_once(url: str) -> AbstractAsyncContextManager[None]:
    del url
    return nullcontext()


class Ask(NamedTuple):
    """What stays the same along the hops of one request."""

    role: str
    source: str
    allow: frozenset[str]
    credentials: Credentials = NONE
    turn: Turn = _at_once
    form: Mapping[str, str] | None = None


class Client:
    """Use it as an async context manager. `lookup` stands in for DNS in tests."""

    def __init__(self, settings: Settings, *, lookup: guard.Lookup | None = None) -> None:
        self._settings = settings
        self._lookup = lookup
        self._ssl = ssl.create_default_context()
        self._sessions: dict[frozenset[str], aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def get(
        self,
        url: str,
        *,
        role: str,
        source: str = "",
        accept: str = "",
        etag: str = "",
        last_modified: str = "",
        validated: str = "",
        allow_hosts: Collection[str] = (),
        credentials: Credentials = NONE,
        turn: Turn = _at_once,
    ) -> list[Received]:
        """Ask an address; every hop as one Received, the final answer last.

        Each hop's request is made within `turn(its address)`, which may wait (that time does
        not count) or raise FetchError.

        Validators are echoed as they are, and only to the address that gave them: `validated`,
        which may be a redirect's target, or else `url`. Credentials
        are sent until the first redirect to another origin, and stand in no hop. A 304 comes
        with an empty payload. Raises AddressRefused, TooLarge, TooSlow, FetchError
        with the kinds dns-failed, connection-refused, tls-failed, incomplete-body,
        bad-response, redirect-loop, too-many-redirects.
        """
        fields = {"Accept": accept or ACCEPT.get(role, ACCEPT["feed"])}
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        given = {name: sent for name, value in conditions.items() if (sent := sendable(value))}
        ask = Ask(role, source, frozenset(allow_hosts), credentials, turn)
        return await self._follow(url, fields, {validated or url: given}, ask)

    async def part(
        self,
        url: str,
        start: int,
        length: int,
        *,
        role: str,
        if_range: str = "",
        allow_hosts: Collection[str] = (),
    ) -> Received:
        """Ask for a part of what stands at an address, in bytes (RFC 9110 §14).

        The final answer, behind redirects: 206 with the part, or 200 with the whole where the
        server knows no ranges or `if_range` (a strong ETag) no longer holds. Raises as `get`
        does.
        """
        fields = {
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Range": f"bytes={start}-{start + length - 1}",
        }
        if if_range:
            fields["If-Range"] = if_range
        hops = await self._follow(url, fields, {}, Ask(role, "", frozenset(allow_hosts)))
        return hops[-1]

    async def post(
        self,
        url: str,
        form: Mapping[str, str],
        *,
        source: str = "",
        allow_hosts: Collection[str] = (),
        turn: Turn = _at_once,
    ) -> Received:
        """Send a form (application/x-www-form-urlencoded), as a hub of WebSub wants it.

        A redirect is returned, not followed. Waits and raises as `get` does.
        """
        ask = Ask("hub", source, frozenset(allow_hosts), turn=turn, form=form)
        async with turn(url):
            return await self._within(self._settings.total_timeout, url, {"Accept": "*/*"}, ask)

    async def _follow(
        self,
        url: str,
        fields: Mapping[str, str],
        conditions: Mapping[str, Mapping[str, str]],
        ask: Ask,
    ) -> list[Received]:
        """`conditions` are further fields for an address."""
        hops: list[Received] = []
        seen = {url}
        spent = 0.0
        while True:
            sent = {**fields, **conditions.get(url, {})}
            hop, seconds = await self._in_turn(url, sent, ask, spent)
            spent += seconds
            hops.append(hop)
            target = _target(hop)
            if not target:
                return hops
            if target in seen:
                raise FetchError(f"{hops[0].url} redirects in a circle ({target})", "redirect-loop")
            if len(hops) > self._settings.redirects:
                raise FetchError(
                    f"{hops[0].url} redirects more than {self._settings.redirects} times",
                    "too-many-redirects",
                )
            if not _stays(url, target):
                ask = ask._replace(credentials=NONE)
            seen.add(target)
            url = target

    async def _in_turn(
        self, url: str, fields: dict[str, str], ask: Ask, spent: float
    ) -> tuple[Received, float]:
        """A hop, and the seconds that it took.

        Where a line that was kept open has ended meanwhile it is asked for once more, in
        another turn.
        """
        for is_last in (False, True):
            async with ask.turn(url):
                began = time.monotonic()
                try:
                    left = self._settings.total_timeout - spent
                    hop = await self._within(left, url, fields, ask)
                    return hop, time.monotonic() - began
                except FetchError as error:
                    if is_last or not _has_ended(error.__cause__):
                        raise
        raise AssertionError

    async def _within(self, seconds: float, url: str, fields: dict[str, str], ask: Ask) -> Received:
        try:
            async with asyncio.timeout(seconds):
                return await self._hop(url, fields, ask)
        except TimeoutError:
            limit = self._settings.total_timeout
            raise TooSlow(f"{url} did not answer in full within {limit:g} seconds") from None

    async def _hop(self, url: str, fields: dict[str, str], ask: Ask) -> Received:
        guard.check_url(url, ask.allow)
        session = self._session(ask.allow)
        secret = {} if ask.credentials is NONE else ask.credentials.fields(url)
        sent = {**fields, **secret}
        try:
            async with session.request(
                "GET" if ask.form is None else "POST",
                _exact(url),
                headers=sent,
                data=ask.form,
                allow_redirects=False,
            ) as response:
                return await self._received(response, url, ask, secret)
        except FetchError:
            raise
        except (aiohttp.ClientError, OSError, ValueError, EOFError) as error:
            raise _told(url, error) from error

    async def _received(
        self,
        response: aiohttp.ClientResponse,
        url: str,
        ask: Ask,
        secret: Mapping[str, str],
    ) -> Received:
        assert isinstance(response, _Response)
        peer = response.peer
        target = response.request_info.url
        guard.check_peer(peer, target.host or "", target.port or 0, target.scheme, ask.allow)
        is_hop = response.status in _REDIRECTS
        limit = _SMALL_BODY if is_hop else self._settings.body_limit(ask.role)
        headers = _headers(response.raw_headers)
        return Received(
            url=url,
            role=ask.role,
            payload=await _body(response, url, limit, cut=ask.role == "robots"),
            source=ask.source,
            status=response.status,
            reason=response.reason or "",
            headers=headers,
            request_headers=tuple(
                (name, value)
                for name, value in response.request_info.headers.items()
                if name not in secret
            ),
            content_type=header(headers, "content-type"),
            remote_ip=str(peer[0]) if peer else "",
        )

    def _session(self, allow: frozenset[str]) -> aiohttp.ClientSession:
        """One session for each set of hosts that may be reached in private: pools never mix."""
        if allow not in self._sessions:
            session = self._sessions[allow] = aiohttp.ClientSession(
                response_class=_Response,
                connector=aiohttp.TCPConnector(
                    resolver=guard.GuardedResolver(allow, self._lookup),
                    ssl=self._ssl,
                    use_dns_cache=False,
                    limit=100,
                    limit_per_host=2,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                requote_redirect_url=False,
                headers={"User-Agent": self._settings.user_agent, "Accept-Encoding": _CODINGS},
                timeout=aiohttp.ClientTimeout(
                    total=None,
                    sock_connect=self._settings.connect_timeout,
                    sock_read=self._settings.read_timeout,
                ),
                max_line_size=self._settings.header_bytes,
                max_field_size=self._settings.header_bytes,
            )
            # Else it asks again at once where a server hangs up, and out of turn.
            session._retry_connection = False
        return self._sessions[allow]


class _Response(aiohttp.ClientResponse):
    """An answer that knows whom it came from, also after a short one gave its connection back."""

    peer: tuple[str, int] | None = None

    def start(self, connection: Connection) -> Coroutine[Any, Any, aiohttp.ClientResponse]:
        """Note the peer, then read the head."""
        transport = connection.transport
        peer = transport.get_extra_info("peername") if transport else None
        self.peer = (str(peer[0]), int(peer[1])) if peer else None
        return super().start(connection)


async def _body(
    response: aiohttp.ClientResponse, url: str, limit: int, *, cut: bool = False
) -> bytes:
    """`cut`: of what is longer than the limit its beginning is taken (RFC 9309 §2.5)."""
    declared = response.content_length
    if declared is not None and declared > limit and not cut:
        raise TooLarge(f"{url} is {declared:,} bytes long; at most {limit:,} are taken")
    if response.content.at_eof():  # a 304, say
        return b""
    pieces: list[bytes] = []
    total = 0
    async for piece in response.content.iter_chunked(_CHUNK):
        total += len(piece)
        if total > limit and cut:
            return b"".join((*pieces, piece))[:limit]
        if total > limit:
            raise TooLarge(f"{url} is longer than {limit:,} bytes, which is all that is taken")
        pieces.append(piece)
    return b"".join(pieces)


def _target(hop: Received) -> str:
    """Where a hop leads to, or an empty string for a final answer."""
    location = header(hop.headers, "location")
    if hop.status not in _REDIRECTS or not location:
        return ""
    target = absolute(hop.url, urldefrag(_readable(location)).url)
    if not target:
        raise AddressRefused(f"{hop.url} redirects to {location[:200]!r}, which is no web address")
    return target


def _stays(url: str, target: str) -> bool:
    """Whether a redirect leads to the same origin, or to the same host's encrypted one."""
    return origin(target) in (origin(url), origin(url).replace("http://", "https://", 1))


def _readable(location: str) -> str:
    """A Location whose bytes were UTF-8 (they were read as Latin-1, as headers are)."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def sendable(value: str) -> str:
    """A field's value (its bytes read as Latin-1) such that the same bytes are sent.

    Fields are sent as UTF-8; bytes that are not cannot be sent, and the result is empty.
    """
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""


def _exact(url: str) -> URL:
    """The address as it stands, without its fragment; only what cannot be sent is escaped."""
    whole = urldefrag(url).url if "#" in url else url
    scheme, authority, rest = _PARTS.match(whole).groups()  # type: ignore[union-attr]
    if not authority.isascii():
        authority = authority.encode("idna").decode("ascii")
    safe = _UNSENDABLE.sub(_percent, rest or "/")
    return URL(f"{scheme}://{authority}{safe}", encoded=True)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _headers(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)


def _has_ended(error: BaseException | None) -> bool:
    """Whether a server hung up before it answered anything."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return False
    return isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientOSError)


def _told(url: str, error: Exception) -> FetchError:
    """A client's exception as ours, with the address and what to do."""
    if isinstance(error, aiohttp.ServerTimeoutError | TimeoutError):
        return TooSlow(f"{url} let us wait too long")
    for kinds, kind, said in _KINDS:
        if isinstance(error, kinds):
            return FetchError(f"{url}: {said} ({error})", kind)
    return FetchError(f"{url}: {error or type(error).__name__}", "fetch-failed")


_KINDS: tuple[tuple[tuple[type[BaseException], ...], str, str], ...] = (
    ((aiohttp.ClientSSLError, ssl.SSLError), "tls-failed", "no secure connection"),
    ((aiohttp.ClientConnectorError,), "connection-refused", "no connection"),
    ((aiohttp.ClientPayloadError, EOFError), "incomplete-body", "the answer broke off"),
    ((aiohttp.ServerDisconnectedError,), "incomplete-body", "the server hung up"),
    ((aiohttp.ClientResponseError, aiohttp.InvalidURL), "bad-response", "no proper HTTP answer"),
    ((aiohttp.ClientOSError, OSError), "connection-refused", "the connection broke"),
)
