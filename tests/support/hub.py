"""A hub of WebSub on the loopback, by hand: it takes subscriptions, verifies and distributes."""

from __future__ import annotations

import hashlib
import hmac
import http.client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit


class Said(NamedTuple):
    """What a subscriber answered: status, header fields (names in lower case), body."""

    status: int
    fields: dict[str, str]
    body: bytes


def call(url: str, method: str = "GET", body: bytes = b"", fields: dict[str, str] | None = None):
    """One request to a subscriber, and what it said."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, target, body or None, fields or {})
    answer = connection.getresponse()
    said = Said(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    connection.close()
    return said


class Hub:
    """A context manager. `asked` holds every form that came, oldest first.

    `status` is what subscription requests are answered with, `fields` goes with it. `lease` is
    given at a verification, where it is set; else what was asked for.
    """

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.targets: list[str] = []
        self.status = 202
        self.fields: dict[str, str] = {}
        self.lease = ""
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                kind = self.headers["Content-Type"]
                assert kind == "application/x-www-form-urlencoded", kind
                form = dict(parse_qsl(self.rfile.read(length).decode(), strict_parsing=True))
                hub.asked.append(form)
                hub.targets.append(self.path)
                moved = hub.fields if self.path == "/hub" else {}
                self.send_response(hub.status if self.path == "/hub" else 202)
                for name, value in {**moved, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.url = f"{self.base}/hub"

    def __enter__(self) -> Hub:
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def verify(self, form: dict[str, str], **changed: str) -> Said:
        """Ask a callback whether it meant what its form says."""
        query = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": "c4a11e<b>&nge",
            "hub.lease_seconds": self.lease or form.get("hub.lease_seconds", ""),
            **{f"hub.{name}": value for name, value in changed.items()},
        }
        kept = {name: value for name, value in query.items() if value}
        return call(f"{form['hub.callback']}?{urlencode(kept)}")

    def push(
        self, form: dict[str, str], body: bytes, *, method: str = "sha256", **fields: str
    ) -> Said:
        """Distribute a document, signed; a field that is given empty is left out."""
        signature = hmac.new(form["hub.secret"].encode(), body, getattr(hashlib, method))
        given = {
            "Content-Type": "application/rss+xml",
            "Link": f'<{self.url}>; rel="hub", <{form["hub.topic"]}>; rel="self"',
            "X-Hub-Signature": f"{method}={signature.hexdigest()}",
            **{name.replace("_", "-"): value for name, value in fields.items()},
        }
        sent = {name: value for name, value in given.items() if value}
        return call(form["hub.callback"], "POST", body, sent)
