"""Makers of what is received, and ways to damage what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newskeep.captures import Captures
from newskeep.types import Capture, Received

HTML = b"<h1>The bridge</h1><p>The old bridge over the river is open again.</p>"


def page(url: str = "https://example.com/a", **facts: Any) -> Received:
    """An answered page: say only what matters."""
    given: dict[str, Any] = {
        "role": "page",
        "payload": HTML,
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')),
        "request_headers": (("User-Agent", "newskeep-test"), ("Accept", "text/html")),
        "source": "s1",
    }
    return Received(**{**given, **facts, "url": url})


def post(url: str = "file:///2021-10-08-post.md", **facts: Any) -> Received:
    """An imported post: say only what matters."""
    given: dict[str, Any] = {
        "role": "post",
        "kind": "resource",
        "payload": b"---\ntitle: The bridge\n---\nOpen again.\n",
        "content_type": "text/markdown",
        "headers": (("Newskeep-Name", "2021-10-08-post.md"),),
    }
    return Received(**{**given, **facts, "url": url})


def kept(folder: Path, *received: Received, compression: str = "gzip") -> list[Capture]:
    """The captures of these, in one new file."""
    with Captures(folder).writer(compression=compression) as writer:
        return [writer.append(one) for one in received]


def several(folder: Path, compression: str = "gzip") -> list[Capture]:
    """One file with every shape of record in it."""
    with Captures(folder).writer(compression=compression) as writer:
        first = writer.append(page())
        return [
            first,
            writer.append(page("https://example.com/b"), original=first),
            stored := writer.append(post()),
            writer.append(post("file:///copy.md"), original=stored),
            writer.append(page("https://example.com/gone", status=404, payload=b"")),
        ]


def flips(data: bytes, bits: Iterator[int] | range) -> Iterator[tuple[int, bytes]]:
    """The data with one bit flipped, once for each given bit; and the byte it is in."""
    for bit in bits:
        damaged = bytearray(data)
        damaged[bit // 8] ^= 1 << bit % 8
        yield bit // 8, bytes(damaged)
