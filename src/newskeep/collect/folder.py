"""A folder of saved web pages, with all folders below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from newskeep import content
from newskeep.captures import payload_digest
from newskeep.collect.common import Aids, Found, IsKnown, place, problem, read, unreadable, walk
from newskeep.config import Settings
from newskeep.extraction.head import Head, read_head
from newskeep.types import Problem, Received, Source
from newskeep.url import absolute

ENDINGS = (".html", ".htm", ".xhtml")

_MOST_BYTES = 20 << 20
_HEAD_BYTES = 1 << 19
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MOST_NOISE = 0.05
"""The share of control characters and undecodable bytes that a damaged page may have."""

_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d{1,6}\)(\S{1,4000}?)\s*-->"
    r"|<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,4000})",
    re.IGNORECASE,
)
"""What browsers write when they save a page."""


def collect(
    source: Source, settings: Settings, is_known: IsKnown, aids: Aids | None = None
) -> Iterator[Found]:
    """Every page of the folder whose file is not kept as it is.

    A page stands under the address that it names as its own, else under its file's.
    Links and hidden files are left out; a link that leads out of the folder is told, and so
    is a file that is no text.
    """
    del settings, aids
    root = place(source)
    if isinstance(root, Problem):
        yield root
        return
    if not root.is_dir():
        yield problem(source.url, "no-folder", f"{root} is no folder; name the pages' folder")
        return
    for one in walk(root):
        if isinstance(one, Problem):
            yield one
        elif one.name.lower().endswith(ENDINGS):
            yield from _page(one, root, source, is_known)


def _page(path: Path, root: Path, source: Source, is_known: IsKnown) -> Iterator[Found]:
    if path.is_symlink():
        if not path.resolve().is_relative_to(root.resolve()):
            yield unreadable(path, "it is a link that leads out of the folder, so it is not read")
        return
    try:
        data = read(path, _MOST_BYTES) if path.is_file() else b""
    except OSError as error:
        yield unreadable(path, error)
        return
    except ValueError as error:
        yield unreadable(path, str(error))
        return
    if _is_binary(data):
        yield problem(str(path), "not-html", f"{path} is no web page but binary data; left out")
        return
    found = _received(data, path, path.relative_to(root).as_posix(), source)
    if data and not is_known(found.url, payload_digest(data)):
        yield found


def _is_binary(data: bytes) -> bool:
    """Whether what is decoded of a file is for a good part no text of any charset."""
    text = content.to_text(data[:_HEAD_BYTES])
    noise = len(_NO_TEXT.findall(text))
    return noise > len(text) * _MOST_NOISE or (not text and b"\0" in data)


def _received(data: bytes, path: Path, name: str, source: Source) -> Received:
    text = content.to_text(data[:_HEAD_BYTES])
    document = LexborHTMLParser(text)
    head = read_head(document)
    return Received(
        kind="resource",
        role="page",
        url=_own_address(text, document, head) or path.absolute().as_uri(),
        payload=data,
        source=source.id,
        headers=(("Newskeep-Name", name),),
        content_type=_type(path, document, head),
    )


def _own_address(text: str, document: LexborHTMLParser, head: Head) -> str:
    """Where the page says that it came from; a front page's address is none of a page."""
    saved = _SAVED_FROM.search(text)
    node = document.css_first("base[href]")
    base = (node.attributes.get("href") or "") if node else ""
    given = (
        (saved[1] or saved[2]) if saved else "",
        *head.links.get("canonical", ()),
        head.first("og:url"),
        base,
    )
    found = (absolute(base, one) for one in given)
    return next((one for one in found if _is_page(one)), "")


def _is_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path not in ("", "/") or bool(parts.query)


def _type(path: Path, document: LexborHTMLParser, head: Head) -> str:
    """The media type, with the charset that the page declares."""
    kind = "application/xhtml+xml" if path.suffix.lower() == ".xhtml" else "text/html"
    node = document.css_first("meta[charset]")
    named = re.search(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", head.first("content-type"))
    charset = (node.attributes.get("charset") or "") if node else named[1] if named else ""
    clean = re.fullmatch(r"[\w.:+-]{1,40}", charset.strip())
    return f"{kind}; charset={clean[0]}" if clean else kind
