"""A server on the loopback that stands for many hosts, and notes when each is asked for what.

Host n is 127.0.x.y. Each has a robots.txt, a feed, articles and their pictures. Of each
host's articles one redirects within the host, one to the next host, and one shows a
picture of the next host.
"""

from __future__ import annotations

import asyncio
import random
import struct
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

WORDS = """
    harbour council bridge winter report tariff school ferry water market village railway
    minister engineer season library company strike museum festival weather hospital budget
"""
JOINTS = (("between the small", "and"), ("of which the", "said on"), ("of the old", "near"))


class Request(NamedTuple):
    """A request, with the monotonic time at which its first byte was read."""

    host: str
    target: str
    at: float


class Hosts:
    """An async context manager. `log` holds every request in the order of arrival.

    An answer takes up to `latency` seconds.
    """

    def __init__(self, hosts: int, articles: int, latency: float = 0.0) -> None:
        self.names = [f"127.0.{1 + n // 250}.{1 + n % 250}" for n in range(hosts)]
        self.articles = articles
        self.latency = latency
        self.log: list[Request] = []
        self.port = 0
        self._servers: list[asyncio.Server] = []

    async def __aenter__(self) -> Hosts:
        loop = asyncio.get_running_loop()
        for name in self.names:
            server = await loop.create_server(lambda: _Line(self), name, self.port, backlog=256)
            self.port = server.sockets[0].getsockname()[1]
            self._servers.append(server)
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self._servers:
            server.close()

    def at(self, name: str, target: str) -> str:
        """An address at one of the hosts."""
        return f"http://{name}:{self.port}{target}"

    def after(self, name: str) -> str:
        """The next host, which a host's own pages lead to."""
        return self.names[(self.names.index(name) + 1) % len(self.names)]

    def addresses(self) -> set[str]:
        """Every address that a crawl of all feeds asks for."""
        found = set()
        for name in self.names:
            mine = ["/robots.txt", "/feed.xml", "/moved/1"]
            mine += [f"/{what}" for n in range(self.articles) for what in (f"a/{n}", f"p/{n}.png")]
            found |= {self.at(name, target) for target in mine}
            found.add(self.at(self.after(name), f"/from/{name}"))
        return found

    def answer(self, name: str, target: str) -> bytes:
        """The whole answer to a request."""
        kind, _, rest = target.removeprefix("/").partition("/")
        match kind:
            case "robots.txt":
                return http(b"User-agent: *\nDisallow: /private/\n", "text/plain")
            case "feed.xml":
                return http(self._feed(name), "application/rss+xml")
            case "a" if rest == "1":
                return redirect(301, "/moved/1")
            case "a" if rest == "2":
                return redirect(302, self.at(self.after(name), f"/from/{name}"))
            case "a" | "moved":
                return http(self._page(name, int(rest)), "text/html; charset=utf-8")
            case "from":
                return http(self._page(rest, 2), "text/html; charset=utf-8")
            case "p":
                return http(png(target + name), "image/png")
        return http(b"nothing", "text/plain", 404)

    def _feed(self, name: str) -> bytes:
        return feed(self.at(name, f"/a/{n}") for n in range(self.articles))

    def _page(self, name: str, number: int) -> bytes:
        owner = self.after(name) if number == 3 else name
        picture = self.at(owner, f"/p/{number}.png")
        return page(f"{name} {number}", pictures=[picture], size=4000)


class _Line(asyncio.Protocol):
    """One kept connection, on which one request comes after another."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._read = b""
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._name = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        if not self._read:
            self._began = time.monotonic()
        self._read += data
        if self._read.endswith(b"\r\n\r\n"):
            target = self._read.split(b" ", 2)[1].decode()
            self._read = b""
            self._hosts.log.append(Request(self._name, target, self._began))
            said = self._hosts.answer(self._name, target)
            wait = random.uniform(0, self._hosts.latency)
            asyncio.get_running_loop().call_later(wait, self._say, said)

    def _say(self, said: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(said)


def http(body: bytes, kind: str, status: int = 200, *fields: str) -> bytes:
    """An answer."""
    head = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, *fields, "", ""]).encode() + body


def redirect(status: int, target: str) -> bytes:
    return http(b"moved", "text/plain", status, f"Location: {target}")


def feed(links: Iterable[str]) -> bytes:
    """An RSS feed whose entries have only a title and an address."""
    items = "".join(f"<item><title>{one}</title><link>{one}</link></item>" for one in links)
    return f'<rss version="2.0"><channel><title>A</title>{items}</channel></rss>'.encode()


def page(name: str, *, pictures: Iterable[str], size: int) -> bytes:
    """A page with an article of about so many bytes; the same name gives the same page."""
    dice = random.Random(name)
    images = "".join(f'<img src="{one}" width="800" height="600" alt="">' for one in pictures)
    text: list[str] = []
    while sum(map(len, text)) < size:
        sentences = (_sentence(dice) for _ in range(dice.randrange(3, 7)))
        text.append(f"<p>{' '.join(sentences)}</p>")
    title = f"{_sentence(dice).rstrip('.')} {name}"
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
        f"<article><h1>{title}</h1>{images}{''.join(text)}</article>"
        "<footer>All about the harbour.</footer></body></html>"
    ).encode()


def _sentence(dice: random.Random) -> str:
    start, middle = dice.choice(JOINTS)
    words = dice.choices(WORDS.split(), k=dice.randrange(6, 14))
    return f"{words[0]} {start} {' '.join(words[1:4])} {middle} {' '.join(words[4:])}.".capitalize()


def png(name: str) -> bytes:
    """A picture of one colour, which differs with the name."""
    colour = zlib.crc32(name.encode()).to_bytes(4, "big")[:3]
    rows = (b"\0" + colour * 80) * 60
    head = struct.pack(">IIBBBBB", 80, 60, 8, 2, 0, 0, 0)
    parts = (_part(b"IHDR", head), _part(b"IDAT", zlib.compress(rows)), _part(b"IEND", b""))
    note = _part(b"tEXt", b"Title\0" + name.encode())
    return b"\x89PNG\r\n\x1a\n" + parts[0] + note + parts[1] + parts[2]


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


class Gaps(NamedTuple):
    """What a log says about pace and repetition."""

    smallest: float
    short: int
    repeated: Counter[str]
    missing: set[str]
    span: float
    busiest: int

    def tell(self, delay: float) -> None:
        """Print it, against the shortest time in which the busiest host can be asked."""
        ideal = (self.busiest - 1) * delay
        print(f"smallest gap at a host {self.smallest:.4f} s, {self.short} under {delay:.3f} s")
        print(f"asked more than once: {sum(self.repeated.values())}, never: {len(self.missing)}")
        print(f"first to last request {self.span:.1f} s, at best {ideal:.1f} s ", end="")
        print(f"({self.busiest} requests at the busiest host): {self.span / ideal:.2f} ×")


def measured(hosts: Hosts, delay: float) -> Gaps:
    """The gaps between neighbouring requests at each host."""
    times: dict[str, list[float]] = defaultdict(list)
    for one in hosts.log:
        times[one.host].append(one.at)
    gaps = [after - before for own in times.values() for before, after in pairwise(sorted(own))]
    asked = Counter(hosts.at(one.host, one.target) for one in hosts.log)
    again = Counter({address: count - 1 for address, count in asked.items() if count > 1})
    return Gaps(
        smallest=min(gaps),
        short=sum(gap < delay for gap in gaps),
        repeated=again,
        missing=hosts.addresses() - set(asked),
        span=max(one.at for one in hosts.log) - min(one.at for one in hosts.log),
        busiest=max(map(len, times.values())),
    )
