"""Answers made to hurt: they are kept or refused, told, and the next source goes on."""

from __future__ import annotations

import gzip
import json

import pytest
from support.feeds import feed, page, rss
from support.stand import http

JSON = "Content-Type: application/feed+json"


def json_feed(*items) -> bytes:
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Odd", "items": list(items)}
    return http(200, json.dumps(whole).encode(), JSON)


def item(**facts):
    return {"id": "1", "url": "http://harbour.example/a-1", "title": "Bridge", **facts}


DEEP = b"<div>" * 200_000
HOSTILE_FEEDS = {
    "lone surrogates": json_feed(
        item(title="a\ud800b", url="http://127.0.0.1/\udfff", id="\ud800", content_text="\udc00")
    ),
    "zero bytes": json_feed(item(title="a\0b", id="a\0b", content_text="\0")),
    "an endless number": json_feed(item(id=10**4000, date_published="9" * 5000)),
    "wrong types": json_feed({"id": [], "url": {}, "title": 1, "authors": 7, "tags": "x"}, 3, None),
    "deep JSON": http(200, b"[" * 100_000, JSON),
    "an entity bomb": http(
        200,
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
        )
        + b"]><rss><channel><title>&m;</title></channel></rss>",
    ),
    "a file from the disk": http(
        200, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;'
        b"</title><item><title>&a;</title><link>http://harbour.example/1</link></item></channel></rss>",
    ),
    "deep XML": http(200, b"<rss>" + b"<a>" * 100_000),
    "a gzip bomb": http(200, gzip.compress(b"\0" * (80 << 20)), "Content-Encoding: gzip"),
    "an unknown coding": http(200, rss([]), "Content-Encoding: rot13"),
    "a coding that lies": http(200, b"\x1f\x8bnot gzip", "Content-Encoding: gzip"),
    "nothing": http(200, b""),
    "endless ttl": feed([], more=f"<ttl>{'9' * 400}</ttl>"),
    "an odd charset": http(200, rss([]), "Content-Type: application/rss+xml; charset=utf-7"),
}  # fmt: skip

HOSTILE_PAGES = {
    "deep HTML": http(200, DEEP, "Content-Type: text/html"),
    "zero bytes": http(200, b"\0" * 5000, "Content-Type: text/html"),
    "a picture": http(200, b"\x89PNG\r\n", "Content-Type: image/png"),
    "no type": http(200, b"<p>text</p>"),
    "an odd status": http(999, b"x"),
    "an odd date": page("x", more='<time datetime="-99999-99-99">x</time>'),
    "surrogates in entities": page("x &#xD800; y", more="<p>&#xDFFF;</p>"),
    "half a character": page(
        "x",
        more='<script type="application/ld+json">{"@type":"NewsArticle",'
        '"headline":"\\ud800","articleSection":"\\udc00\\ud83d\\ude00"}</script>',
    ),
    "odd JSON-LD": page(
        "x",
        more='<script type="application/ld+json">{"@type":"NewsArticle","headline":[{}],'
        '"datePublished":1e999,"author":[[[]]],"image":{"url":[7]}}</script>',
    ),
    "a gzip bomb": http(200, gzip.compress(b"\0" * (80 << 20)), "Content-Encoding: gzip"),
}


@pytest.fixture
def neighbour(stand, follow):
    """A well-behaved source, asked after the hostile one."""
    stand.scripts.update({"/well": feed([f"{stand.base}/w-1"]), "/w-1": page("Ferry")})
    return lambda: follow(f"{stand.base}/well")


def holds(archive, stand):
    """The neighbour's story is kept, and the archive is sound and can be made again."""
    assert f"{stand.base}/w-1" in archive
    assert list(archive.check()) == []
    before = archive.digest()
    assert archive.rebuild() == before


@pytest.mark.parametrize("answer", HOSTILE_FEEDS.values(), ids=HOSTILE_FEEDS)
def test_a_hostile_feed_harms_nobody(archive, stand, follow, sync, neighbour, answer):
    stand.scripts["/feed"] = answer
    follow(f"{stand.base}/feed")
    neighbour()
    sync()
    holds(archive, stand)


@pytest.mark.parametrize("answer", HOSTILE_PAGES.values(), ids=HOSTILE_PAGES)
def test_a_hostile_page_harms_nobody(archive, stand, follow, sync, neighbour, answer):
    stand.scripts.update({"/feed": feed([f"{stand.base}/a-1"]), "/a-1": answer})
    follow(f"{stand.base}/feed")
    neighbour()
    sync()
    assert len(archive.catalogue.captures_at(f"{stand.base}/a-1", role="page")) == 1
    holds(archive, stand)
