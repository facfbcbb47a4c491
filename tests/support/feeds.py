"""Small feeds and pages as bytes, for servers that tests make up."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from zlib import crc32

from support.stand import http

TEXT = (
    "The harbour bridge at {title} opened to lorries on Friday after two years of repairs. "
    "Engineers replaced forty bearings and rebuilt the northern pier, the port authority said."
)


def rss(links: Sequence[str], title: str = "Harbour", more: str = "") -> bytes:
    """A feed whose entries have these addresses, which are also their titles."""
    items = "".join(
        f"<item><title>{escape(link)}</title><link>{escape(link)}</link></item>" for link in links
    )
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
    return f"{head}{more}{items}</channel></rss>".encode()


def feed(links: Sequence[str], *fields: str, **facts: str) -> bytes:
    """The answer with such a feed, and an ETag of its content where no validator is given."""
    body = rss(links, **facts)
    if not any(one.lower().startswith(("etag", "last-modified")) for one in fields):
        fields = (*fields, f'ETag: "{crc32(body):x}"')
    return http(200, body, "Content-Type: application/rss+xml", *fields)


def page(title: str, *fields: str, more: str = "") -> bytes:
    """The answer with an article's page."""
    body = (
        f"<!doctype html><html><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1><p>{TEXT.format(title=title)}</p>{more}</article></body></html>"
    )
    return http(200, body.encode(), "Content-Type: text/html; charset=utf-8", *fields)
