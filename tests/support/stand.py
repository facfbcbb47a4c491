"""A server on the loopback that says byte for byte what a test tells it to, well-formed or not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple


class Asked(NamedTuple):
    """One request as it came: its target, its header fields (names in lower case), its method."""

    target: str
    fields: tuple[tuple[str, str], ...]
    method: str = ""

    def field(self, name: str) -> str | None:
        """The field of this name; None where it was not sent."""
        return dict(self.fields).get(name.lower())


Said = bytes | Iterable[bytes]
Script = Said | Callable[[Asked], Said]


def http(status: int = 200, body: bytes = b"", *fields: str, length: int | None = None) -> bytes:
    """A whole answer; `length` where Content-Length is to be another than the body's."""
    head = [f"HTTP/1.1 {status} Said", *fields]
    head.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def to(target: str, status: int = 301) -> bytes:
    """A redirect."""
    return http(status, b"moved", f"Location: {target}")


class Stand:
    """Answers each target from its script and hangs up. A context manager.

    `log` holds every request. A script that waits on `stopped` holds the line until the end.
    """

    def __init__(self, scripts: Mapping[str, Script] | None = None) -> None:
        self.scripts: dict[str, Script] = dict(scripts or {})
        self.log: list[Asked] = []
        self.stopped = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._socket.getsockname()[1])
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Stand:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [one.target for one in self.log]

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            asked = _read(connection)
            if asked is None:
                return
            self.log.append(asked)
            script = self.scripts.get(asked.target, http(404, b"nothing here"))
            said = script(asked) if callable(script) else script
            for piece in [said] if isinstance(said, bytes) else said:
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1 << 16):
                pass  # closing over unread bytes would reset what was sent


_TLS = b"\x16\x03"


def _read(connection: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(1 << 16)
        if not piece:
            return None
        data += piece
        if data.startswith(_TLS):
            return Asked("", ())
    first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    target = rest.split(" ")[0] if first.count(" ") == 2 else first
    pairs = (line.split(": ", 1) for line in lines)
    return Asked(target, tuple((name.lower(), value) for name, value in pairs), method)
