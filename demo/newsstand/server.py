"""The newsstand: a small web server on the loopback that edits, withdraws and can misbehave."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from newsstand import articles, pages

PICTURES = Path(__file__).parent / "pictures"
_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}
_LAST_MODIFIED = {1: "Fri, 20 Nov 2026 20:00:00 GMT", 2: "Sat, 21 Nov 2026 15:00:00 GMT"}
ROBOTS = "User-agent: *\nDisallow: /bell/drafts/\n\nSitemap: {base}/sitemap.xml\n"


class Answer(NamedTuple):
    """What the server says to one request."""

    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    """One request as it came."""

    path: str
    headers: dict[str, str]
    at: float


Trouble = Callable[[Asked], Answer | None]
"""A fault for a path: what to answer instead, or None to answer as usual."""


class Newsstand:
    """Serves edition 1 until `advance()`. A context manager; `base` is its address.

    `troubles` maps paths to faults, `log` holds every request.
    """

    def __init__(self, port: int = 0) -> None:
        self.edition = 1
        self.log: list[Asked] = []
        self.troubles: dict[str, Trouble] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Newsstand:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> str:
        """Serve in a thread; returns the base address."""
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self.base

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def advance(self) -> None:
        """Bring the next edition: one article is edited, one withdrawn, two are new."""
        self.edition += 1

    def feeds(self) -> list[str]:
        """The addresses of the three feeds."""
        return [f"{self.base}/{one.path}/{one.feed}" for one in pages.OUTLETS.values()]

    def answer(self, asked: Asked) -> Answer:
        """What to say to a request."""
        path = asked.path.split("?")[0]
        trouble = self.troubles.get(path)
        said = trouble(asked) if trouble else None
        return said or self._usual(path)

    def _usual(self, path: str) -> Answer:
        parts = [part for part in path.split("/") if part]
        if path == "/robots.txt":
            return Answer(200, ROBOTS.format(base=self.base).encode(), "text/plain")
        if parts[:1] == ["pictures"] and len(parts) == 2:
            return _picture(parts[1])
        if parts and parts[0] in pages.OUTLETS:
            return self._of_outlet(pages.OUTLETS[parts[0]], parts[1:])
        return Answer(404, b"<h1>Not found</h1>")

    def _of_outlet(self, outlet: pages.Outlet, rest: list[str]) -> Answer:
        every = articles.edition(self.edition)
        own = [one for one in every.values() if one.outlet == outlet.path]
        here = [one for one in own if not 0 < one.gone_in <= self.edition]
        here.sort(key=lambda one: one.date, reverse=True)
        if not rest:
            return Answer(200, pages.front(outlet, here).encode())
        if rest[0] == outlet.feed:
            document = pages.FEEDS[outlet.feed](outlet, here, self.base).encode()
            return Answer(200, document, outlet.feed_type, self._validators(document))
        found = next((one for one in own if one.slug == rest[0]), None)
        if found is None:
            return Answer(404, b"<h1>Not found</h1>")
        if found not in here:
            return Answer(410, b"<h1>This article was withdrawn</h1>")
        others = [one for one in here if one is not found][:3]
        return Answer(200, pages.page(outlet, found, self.base, others).encode())

    def _validators(self, document: bytes) -> tuple[tuple[str, str], ...]:
        tag = hashlib.sha256(document).hexdigest()[:16]
        modified = _LAST_MODIFIED[min(self.edition, max(_LAST_MODIFIED))]
        return (
            ("ETag", f'W/"{tag}"'),
            ("Last-Modified", modified),
            ("Cache-Control", "max-age=60"),
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            server_version = "newsstand"
            disable_nagle_algorithm = True
            wbufsize = -1

            def do_GET(self) -> None:
                asked = Asked(
                    self.path, {k.lower(): v for k, v in self.headers.items()}, time.time()
                )
                stand.log.append(asked)
                self._send(stand.answer(asked), asked)

            def _send(self, answer: Answer, asked: Asked) -> None:
                validators = {name.lower(): value for name, value in answer.headers}
                known = asked.headers.get("if-none-match")
                if known and known == validators.get("etag"):
                    answer = Answer(304, headers=answer.headers)
                body = answer.body
                self.send_response(answer.status)
                is_text = answer.content_type.startswith(("text", "application"))
                takes_gzip = "gzip" in asked.headers.get("accept-encoding", "")
                if body and is_text and takes_gzip and "content-encoding" not in validators:
                    body = gzip.compress(body, mtime=0)
                    self.send_header("Content-Encoding", "gzip")
                for name, value in answer.headers:
                    self.send_header(name, value)
                if answer.status != 304:
                    self.send_header("Content-Type", answer.content_type)
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The log is kept, not printed."""

        return Handler


def _picture(name: str) -> Answer:
    path = PICTURES / name
    if path.name not in {one.name for one in PICTURES.iterdir()}:
        return Answer(404, b"no such picture", "text/plain")
    return Answer(200, path.read_bytes(), _TYPES[path.suffix])
