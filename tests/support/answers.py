"""HTTP answers for tests that need no network: pages, feeds, pictures, misses."""

from __future__ import annotations

import gzip
import io
from html import escape

from newskeep.types import Received

SITE = "https://harbour.example"


def page(
    path: str, title: str, paragraphs: list[str], *, lang: str = "en", picture: str = "", **facts
) -> Received:
    """A page with a headline, a byline and paragraphs long enough to be an article."""
    body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    image = f'<figure><img src="{picture}" alt="x"></figure>' if picture else ""
    html = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:title" content="{escape(title)}">'
        '<meta property="article:published_time" content="2026-10-30T09:00:00+08:00"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(title)}</h1>{image}{body}"
        "</article><footer>All rights reserved</footer></body></html>"
    )
    return answer(path, html.encode(), "text/html; charset=utf-8", **facts)


def answer(path: str, payload: bytes, content_type: str = "text/html", **facts) -> Received:
    """A 200 answer, gzipped as most servers send it."""
    url = path if "://" in path else SITE + path
    role = facts.pop("role", "page")
    status = facts.pop("status", 200)
    more = facts.pop("headers", ())
    headers = (("Content-Type", content_type), ("Content-Encoding", "gzip"), *more)
    return Received(
        url=url,
        role=role,
        payload=gzip.compress(payload, mtime=0),
        status=status,
        reason="OK" if status == 200 else "",
        headers=headers,
        request_headers=(("User-Agent", "newskeep-tests"),),
        source=facts.pop("source", "s"),
        **facts,
    )


def missing(path: str, status: int = 404) -> Received:
    """A page that is not there (any more)."""
    return answer(path, b"<h1>Not found</h1>", status=status)


def redirect(path: str, target: str, status: int = 301, role: str = "page") -> Received:
    """An answer that sends one elsewhere."""
    headers = (("Location", target),)
    return answer(path, b"", status=status, headers=headers, role=role)


def picture(path: str, colour: str = "navy", size: tuple[int, int] = (64, 48)) -> Received:
    """A small real JPEG."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return answer(path, file.getvalue(), "image/jpeg", role="image")


def rss(
    entries: list[tuple[str, str, str]], *, full: bool = False, title: str = "Harbour"
) -> Received:
    """A feed with (path, title, text) entries; the whole text only where `full`."""
    tag = "content:encoded" if full else "description"
    items = "".join(
        f"<item><title>{escape(name)}</title><link>{SITE}{path}</link>"
        f"<guid>{SITE}{path}</guid><pubDate>Fri, 30 Oct 2026 09:00:00 +0800</pubDate>"
        f"<{tag}><![CDATA[<p>{text}</p>]]></{tag}></item>"
        for path, name, text in entries
    )
    document = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>{SITE}/</link>{items}</channel></rss>"
    )
    return answer("/feed.xml", document.encode(), "application/rss+xml", role="feed")
