"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from html import escape
from itertools import islice
from typing import Any

from newskeep import content, text
from newskeep.discover import feed_parts as common
from newskeep.types import Entry, Feed, Image, Problem
from newskeep.url import absolute

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def looks_like_json(data: bytes, content_type: str) -> bool:
    """Whether a document is JSON, by what it begins with."""
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") or (head.startswith(b"[") and "json" in content_type)


def read_json(data: bytes, url: str, received: datetime) -> Feed:
    """Read a JSON Feed; anything else gives `Feed(kind="")` with a Problem."""
    document = _loaded(content.to_text(data, kind="text"))
    version = _text(document, "version") if isinstance(document, dict) else ""
    items = document.get("items") if isinstance(document, dict) else None
    if "jsonfeed.org" not in version and not isinstance(items, list):
        message = f"{url} is JSON, but no JSON Feed"
        problem = Problem(
            url=url, stage="discover", kind="not-a-feed", message=message, at=received
        )
        return Feed(kind="", problems=(problem,))
    lang = _text(document, "language")
    found = (one for one in _list(document, "items") if isinstance(one, dict))
    several = islice(found, common.MOST_ENTRIES + 1)
    return Feed(
        kind="json",
        title=common.plain(escape(_text(document, "title"))),
        home=absolute(url, _text(document, "home_page_url")),
        lang=lang,
        description=text.squash(_text(document, "description")),
        entries=tuple(_entry(one, document, url, lang, received) for one in several),
        hubs=tuple(hub for hub in _addresses(_list(document, "hubs"), url) if hub),
        next_page=absolute(url, _text(document, "next_url")),
    )


def _entry(item: dict[str, Any], feed: Any, base: str, lang: str, received: datetime) -> Entry:
    name = _text(item, "id")
    address = absolute(base, _text(item, "url")) or absolute(base, name if "://" in name else "")
    dated = address or name or base
    time = partial(common.time, url=dated, lang=lang, received=received)
    published, odd = time(_text(item, "date_published"))
    modified, odder = time(_text(item, "date_modified"))
    return Entry(
        id=name or address,
        url=address,
        title=common.plain(escape(_text(item, "title"))),
        authors=common.people(_names(item)) or common.people(_names(feed)),
        published=published or modified,
        modified=modified,
        summary=_paragraphs(_text(item, "summary")),
        content=_text(item, "content_html") or _paragraphs(_text(item, "content_text")),
        tags=tuple(dict.fromkeys(tag for tag in map(_string, _list(item, "tags")) if tag)),
        images=tuple(_images(item, base)),
        lang=_text(item, "language"),
        aliases=common.aliases(address, name),
        problems=(
            *odd,
            *odder,
            *common.dateless(published or modified, odd, dated, received),
        ),
    )


def _loaded(document: str) -> Any:
    try:
        return json.loads(document)
    except (ValueError, RecursionError):
        return None


def _text(value: Any, key: str) -> str:
    return _string(value.get(key)) if isinstance(value, dict) else ""


def _string(value: Any) -> str:
    """A text, or a number as one; without NUL and lone surrogates, which escapes can bring in."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _NO_TEXT.sub("", value).strip() if isinstance(value, str) else ""


def _addresses(values: list[Any], base: str) -> Iterator[str]:
    return (absolute(base, _text(value, "url")) for value in values)


def _list(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _names(value: Any) -> Iterator[str]:
    single = value.get("author") if isinstance(value, dict) else None
    for author in [*_list(value, "authors"), single]:
        yield escape(_text(author, "name"))


def _images(item: dict[str, Any], base: str) -> Iterator[Image]:
    pictures = [
        one for one in _list(item, "attachments") if _text(one, "mime_type").startswith("image/")
    ]
    named = (absolute(base, _text(item, key)) for key in ("image", "banner_image"))
    found = dict.fromkeys((*named, *_addresses(pictures, base)))
    yield from (Image(url=address) for address in found if address)


def _paragraphs(plain: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in plain.split("\n\n") if part.strip())
