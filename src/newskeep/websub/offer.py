"""What a source's document offers: the hub that tells of changes, and the topic to name there.

WebSub §4: the Link header fields come first, then the links inside the document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newskeep import content
from newskeep.discover import xml
from newskeep.discover.feed_json import looks_like_json
from newskeep.fetch import guard
from newskeep.types import Headers
from newskeep.url import absolute, is_web

_MOST_LINKS = 50
_LONGEST_FIELD = 8000
"""Characters of a Link header field that are read."""

_LONGEST = 2000
"""Characters of an address that is named to a hub."""

_LINK = re.compile(r'<([^<>]*)>((?:[^,"<]|"(?:[^"\\]|\\.)*")*)')  # RFC 8288 §3
_PARAMETER = re.compile(r';\s*([^\s=;,"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))')
_TOPS = ("feed", "channel", "rdf", "rss")


class Offer(NamedTuple):
    """A hub and a topic; empty where none is offered."""

    hub: str = ""
    topic: str = ""


NONE = Offer()


class Links(NamedTuple):
    """Addresses by their relation, as absolute ones, in the order of the document."""

    hubs: tuple[str, ...] = ()
    selves: tuple[str, ...] = ()


def read(
    url: str, headers: Headers, document: bytes, content_type: str, allow_hosts: Iterable[str] = ()
) -> Offer:
    """What the answer of `url` offers; `document` is its body, decoded. Raises nothing.

    A document that does not name itself is named by its address.
    """
    said = _links(url, _in_headers(headers))
    if not said.hubs or not said.selves:
        inside = _links(url, _in_document(document, content_type))
        said = Links(said.hubs or inside.hubs, said.selves or inside.selves)
    hub = next(filter(None, (_asked_at(one, tuple(allow_hosts)) for one in said.hubs)), "")
    return Offer(hub, next(iter(said.selves), url)) if hub else NONE


def _links(url: str, found: Iterable[tuple[str, str]]) -> Links:
    known: dict[str, dict[str, None]] = {"hub": {}, "self": {}}
    for relation, address in islice(found, _MOST_LINKS):
        whole = absolute(url, address.strip())
        if is_web(whole) and len(whole) <= _LONGEST:
            known[relation][whole] = None
    return Links(tuple(known["hub"]), tuple(known["self"]))


def _in_headers(headers: Headers) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        if name.lower() == "link":
            for address, facts in _LINK.findall(value[:_LONGEST_FIELD]):
                given = _PARAMETER.findall(facts)
                rel = (quoted or bare for name, quoted, bare in given if name.lower() == "rel")
                yield from _named(next(rel, ""), address)


def _in_document(document: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    if looks_like_json(document, content_type):
        return _in_json(document)
    return _in_xml(document, content_type)


def _in_xml(document: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    """The links of the feed itself: an entry has links of its own."""
    root, _ = xml.parse(document, content_type)
    for link in root.iter("{*}link") if root is not None else ():
        top = link.getparent()
        if top is not None and isinstance(top.tag, str) and _local(top.tag) in _TOPS:
            yield from _named(link.get("rel", ""), link.get("href", ""))


def _in_json(document: bytes) -> Iterator[tuple[str, str]]:
    """JSON Feed 1.1: `hubs` may be of other protocols too, each with its type."""
    feed = _loaded(content.to_text(document, kind="text"))
    if isinstance(feed.get("feed_url"), str):
        yield "self", feed["feed_url"]
    hubs = feed.get("hubs")
    for hub in hubs if isinstance(hubs, list) else ():
        if isinstance(hub, dict) and str(hub.get("type")).lower() == "websub":
            yield "hub", str(hub.get("url", ""))


def _loaded(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _named(relations: str, address: str) -> Iterator[tuple[str, str]]:
    names = relations.lower().split()
    yield from ((name, address) for name in ("hub", "self") if name in names)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _asked_at(hub: str, allow_hosts: tuple[str, ...]) -> str:
    """The address at which a hub is asked: over TLS, for a secret is told to it (§5.1).

    Only a hub that the source's keeper has named by `allow_hosts` is asked in the clear.
    """
    parts = urlsplit(hub)
    if parts.scheme == "https" or guard.is_named(
        parts.hostname or "", parts.port, parts.scheme, allow_hosts
    ):
        return hub
    return f"https{hub[4:]}" if parts.port is None else ""
