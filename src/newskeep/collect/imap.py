"""Newsletters in a mailbox on an IMAP server (RFC 3501): read, and never marked as read.

A server is a stranger: how much it may say to one command, and how long it may take, is
bounded, and it is connected to only at an address that the address guard accepts.
"""

from __future__ import annotations

import asyncio
import bisect
import imaplib
import io
import re
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from newskeep import text
from newskeep.captures import payload_digest
from newskeep.collect.common import Aids, Found, IsKnown, problem, unreadable
from newskeep.collect.mailbox import MOST_BYTES, newsletters
from newskeep.collect.progress import Progress
from newskeep.config import Settings
from newskeep.discover import mail
from newskeep.errors import FetchError, TooLarge, TooSlow, UsageError
from newskeep.fetch import guard
from newskeep.types import Problem, Received, Source

if TYPE_CHECKING:
    from typing_extensions import Buffer

_WINDOW = 100
"""Messages whose fields are asked for at a time."""

_MOST_MESSAGES = 1_000_000
_SMALL = 4 << 20
"""Bytes that a server may say to a command that asks for no message."""

_PORTS = {"imaps": 993, "imap": 143}
_FIELDS = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (LIST-ID LIST-UNSUBSCRIBE)])"
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,15})\b")
_PASSWORD = re.compile(r"^([^:/]*://[^:/?#]*):[^/?#]*(?=@)")
_FOREIGN = re.compile(r"&|[^\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom to ask for what: an `imaps:` address, read."""

    host: str
    port: int
    user: str
    folder: str
    is_secure: bool


def account_of(url: str) -> Account:
    """The account that an address such as `imaps://me@host/INBOX` means. Raises UsageError."""
    wanted = "write one such as imaps://me%40example.org@mail.example.org/INBOX"
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise UsageError(f"{shown(url)!r} is no mailbox's address; {wanted}") from None
    user, folder = unquote(parts.username or ""), unquote(parts.path.strip("/")) or "INBOX"
    if parts.password is not None:
        raise UsageError(f"{parts.hostname}: a password does not belong into an address; {wanted}")
    if not parts.hostname or not user or not f"{user}{folder}".isprintable():
        raise UsageError(f"{shown(url)!r} names no user or no host; {wanted}")
    return Account(parts.hostname, port, user, folder, parts.scheme == "imaps")


def shown(url: str) -> str:
    """The address without a password that somebody wrote into it."""
    return _PASSWORD.sub(r"\1", url)


def collect(
    source: Source, settings: Settings, is_known: IsKnown, aids: Aids | None = None
) -> Iterator[Found]:
    """Every newsletter in the mailbox that came since the last time; other mail is not fetched.

    A `#` and a List-Id at the end of the source's address takes that list alone.
    """
    aids = aids or Aids()
    try:
        account = account_of(source.url)
        password = aids.password(source.id)
        if not password:
            raise FetchError(
                f"there is no password for {account.user}; give it: "
                f"newskeep login {source.id} --password",
                "no-password",
            )
        with _session(account, password, source, settings, aids) as server:
            yield from _Mailbox(server, source, settings, is_known).new(account, aids)
    except UsageError as error:
        yield problem(shown(source.url), "bad-address", str(error))
    except FetchError as error:
        yield _failed(source, error.kind, f"{source.url}: {error}")
    except (OSError, ValueError, imaplib.IMAP4.error) as error:
        yield _failed(source, "mailbox-failed", f"{source.url}: {_said(error)}")


def _failed(source: Source, kind: str, message: str) -> Problem:
    told = f"{message}; what came was kept, and the next sync goes on from there"
    return replace(problem(shown(source.url), kind, told), stage="fetch")


def _said(error: Exception) -> str:
    given = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
    plain = given.decode("utf-8", "replace") if isinstance(given, bytes) else given
    return text.squash(text.strip_control(plain))[:300] or type(error).__name__


# The connection


class _Wire(io.RawIOBase):
    """What a server says: only so many bytes, and only for so many seconds, to one command."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        super().__init__()
        self._connection = connection
        self._seconds = seconds
        self.allow(_SMALL)

    def allow(self, most: int) -> None:
        """A new command begins, which may be answered with so many bytes."""
        self.left = most
        self._until = time.monotonic() + self._seconds

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """What has come. Raises TooLarge, TooSlow, OSError."""
        try:
            if time.monotonic() > self._until:
                raise TimeoutError
            count = self._connection.recv_into(buffer)
        except TimeoutError:
            limit = f"{self._seconds:g} seconds"
            raise TooSlow(f"the mail server took longer than {limit} to answer") from None
        self.left -= count
        if self.left < 0:
            raise TooLarge("the mail server says more than it was asked for")
        return count


class _Server(imaplib.IMAP4):
    """A client of a server that is connected to already."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection = connection
        self.wire = _Wire(connection, seconds)
        super().__init__("", 0)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Use the connection."""
        del host, port, timeout
        self.sock = self._connection
        self.file: Any = io.BufferedReader(self.wire)

    def read(self, size: int) -> bytes:
        """So many bytes. Raises TooLarge before any memory is taken for them."""
        if size > max(0, self.wire.left) + io.DEFAULT_BUFFER_SIZE:
            raise TooLarge("the mail server says more than it was asked for")
        return super().read(size)


@contextmanager
def _session(
    account: Account, password: str, source: Source, settings: Settings, aids: Aids
) -> Iterator[_Server]:
    """A server that we are logged in to, over a connection that is closed in any case."""
    connection = _connected(account, source, settings, aids)
    with connection:
        server = _Server(connection, settings.timeout)
        if "AUTH=PLAIN" in server.capabilities:
            secret = f"\0{account.user}\0{password}".encode()
            server.authenticate("PLAIN", lambda _: secret)
        else:
            server.login(account.user, password)
        yield server
        with suppress(OSError, FetchError, imaplib.IMAP4.error):
            server.logout()


def _connected(account: Account, source: Source, settings: Settings, aids: Aids) -> socket.socket:
    """A connection to an address that the guard accepts. Raises FetchError, OSError."""
    host, port, allow = account.host, account.port, source.allow_hosts
    shown = f"[{host}]" if ":" in host else host
    guard.check_url(f"https://{shown}:{port}/", allow)
    if not account.is_secure and not guard.is_named(host, port, "imap", allow):
        raise FetchError(
            f"{host}: a password is not sent without TLS; write imaps://, or follow the source "
            f"with --allow-host {host}",
            "not-secure",
        )
    resolver = guard.GuardedResolver(allow, aids.lookup)
    addresses = asyncio.run(resolver.resolve(host, port, socket.AF_UNSPEC))
    connection = _reached([str(one["host"]) for one in addresses], port, settings.timeout)
    if not account.is_secure:
        return connection
    try:
        return ssl.create_default_context().wrap_socket(connection, server_hostname=host)
    except (OSError, ValueError) as error:
        connection.close()
        raise FetchError(f"{host}: no secure connection ({error})", "tls-failed") from error


def _reached(addresses: list[str], port: int, timeout: float) -> socket.socket:
    failure: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            failure = error
    raise FetchError(f"{addresses[0]}: no connection ({failure})", "connection-refused")


# The mailbox


@dataclass(slots=True)
class _Mailbox:
    """One look into one mailbox."""

    server: _Server
    source: Source
    settings: Settings
    is_known: IsKnown

    def new(self, account: Account, aids: Aids) -> Iterator[Found]:
        """The newsletters behind the last message that was seen."""
        count = self._select(account.folder)
        _, validity = self.server.response("UIDVALIDITY")
        version = (validity[0] or b"").decode("ascii", "replace") if validity else ""
        progress = Progress(aids.folder, self.source.url, version, self.is_known)
        numbers = range(1, min(count, _MOST_MESSAGES) + 1)
        first = bisect.bisect_right(numbers, progress.place, key=self._uid) + 1
        for start in range(first, len(numbers) + 1, _WINDOW):
            end = min(start + _WINDOW - 1, len(numbers))
            yield from self._window(f"{start}:{end}", progress)

    def _select(self, folder: str) -> int:
        self.server.wire.allow(_SMALL)
        done, count = self.server.select(_quoted(folder), readonly=True)
        if done != "OK":
            said = f"the server opens no mailbox {folder!r}; is the name right?"
            raise FetchError(said, "no-mailbox")
        return int(count[0] or 0)

    def _uid(self, number: int) -> int:
        found = self._fetch(str(number), "(UID)")
        return found[0].uid if found else 0

    def _window(self, numbers: str, progress: Progress) -> Iterator[Found]:
        letters = self._fetch(numbers, _FIELDS)
        for one in letters:
            if mail.is_listed(one.data):
                for found in self._letter(one):
                    if isinstance(found, Received):
                        progress.gave(found.url, payload_digest(found.payload))
                    yield found
        progress.reached(max((one.uid for one in letters), default=progress.place))

    def _letter(self, letter: _Letter) -> Iterator[Found]:
        name = f"{self.source.url} UID {letter.uid}"
        if letter.size > MOST_BYTES:
            yield unreadable(name, f"it is larger than {MOST_BYTES >> 20} MB, so it is not fetched")
            return
        self.server.wire.allow(MOST_BYTES + _SMALL)
        _, said = self.server.uid("FETCH", str(letter.uid), "(UID BODY.PEEK[])")
        data = next((one.data for one in _letters(said) if one.data), b"")
        if data:
            yield from newsletters(data, self.source, self.settings, self.is_known)
        else:
            yield unreadable(name, "the server does not give this message")

    def _fetch(self, numbers: str, what: str) -> list[_Letter]:
        self.server.wire.allow(_SMALL)
        _, said = self.server.fetch(numbers, what)
        return _letters(said)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What a server said of one message."""

    uid: int
    size: int
    data: bytes


def _letters(said: list[Any]) -> list[_Letter]:
    """The answers to a FETCH, by UID. A literal stands between the pieces of an answer's text."""
    groups: list[list[bytes]] = []
    for item in said:
        if isinstance(item, tuple):
            groups.append([item[0], item[1]])
        elif isinstance(item, bytes) and groups and len(groups[-1]) == 2:
            groups[-1].append(item)
        elif isinstance(item, bytes):
            groups.append([item, b"", b""])
    found = (_letter(b" ".join((group[0], *group[2:])), group[1]) for group in groups)
    return sorted((one for one in found if one.uid), key=lambda one: one.uid)


def _letter(told: bytes, data: bytes) -> _Letter:
    uid, size = _UID.search(told), _SIZE.search(told)
    return _Letter(int(uid[1]) if uid else 0, int(size[1]) if size else 0, data)


def _quoted(folder: str) -> str:
    """A mailbox's name as it is sent: in quotes, in modified UTF-7 (RFC 3501 §5.1.3)."""
    name = _FOREIGN.sub(_utf7, folder)
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(match: re.Match[str]) -> str:
    if match[0] == "&":
        return "&-"
    coded = b64encode(match[0].encode("utf-16-be")).decode("ascii")
    return f"&{coded.rstrip('=').replace('/', ',')}-"
