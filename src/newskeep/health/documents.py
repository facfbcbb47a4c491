"""What a source's own newest documents say: where it moved, its hub, its site's sitemaps.

Read out of what was kept; nothing is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newskeep import robots
from newskeep.derive import decoded
from newskeep.discover import feed
from newskeep.errors import NewskeepError
from newskeep.types import Capture, Feed, Source
from newskeep.url import absolute, canonical, is_web, origin

if TYPE_CHECKING:
    from newskeep.archive import Archive

_LARGEST = 4 << 20
"""Bytes of a record; a larger one is not read for a list's sake."""

_MOST_KEPT = 10
_PERMANENT = (301, 308)
_LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """`redirect`: where its address leads for good. `moved_to`: what the feed gives as its new
    address. `hub`: its first WebSub hub.
    """

    redirect: str = ""
    moved_to: str = ""
    hub: str = ""


NOTHING = Said()


def said(archive: Archive, source: Source, *, hub: bool) -> Said:
    """What the newest documents kept of a source say; of its `hub` only where that is wanted."""
    kept = archive.catalogue.captures_at(source.url, role=source.kind, most=_MOST_KEPT)
    redirect = _target(archive, kept[0]) if kept and kept[0].status in _PERMANENT else ""
    last = next((one for one in kept if one.status == 200), None)
    read = _feed(archive, last, hub=hub) if last and source.kind == "feed" else Feed(kind="")
    return Said(
        redirect=_other(redirect, source),
        moved_to=_other(read.moved_to, source),
        hub=next(filter(_is_address, read.hubs), "") if hub else "",
    )


def sitemaps(archive: Archive, addresses: Iterable[str]) -> list[str]:
    """The sitemaps that the newest robots.txt kept of these addresses' sites names."""
    found: dict[str, None] = {}
    for site in dict.fromkeys(map(origin, addresses)):
        kept = archive.catalogue.captures_at(f"{site}/robots.txt", role="robots", most=1)
        if kept and kept[0].status == 200:
            named = robots.parse(_document(archive, kept[0])).sitemaps
            found.update(dict.fromkeys(filter(_is_address, named)))
    return list(found)


def _target(archive: Archive, capture: Capture) -> str:
    with suppress(NewskeepError):
        return absolute(capture.url, archive.payload(capture).header("Location"))
    return ""


def _feed(archive: Archive, capture: Capture, *, hub: bool) -> Feed:
    """The feed in a capture, if anything in it may be of interest: most need no parsing."""
    document = _document(archive, capture)
    if b"new-feed-url" not in document and not (hub and b"hub" in document):
        return Feed(kind="")
    kind = capture.content_type
    return feed.parse(document, url=capture.url, content_type=kind, received=capture.time)


def _document(archive: Archive, capture: Capture) -> bytes:
    if capture.ref.length > _LARGEST:
        return b""
    with suppress(NewskeepError):  # what is damaged or lost is told by `check`
        return decoded(archive.payload(capture))
    return b""


def _other(address: str, source: Source) -> str:
    is_other = _is_address(address) and canonical(address) != canonical(source.url)
    return address if is_other else ""


def _is_address(address: str) -> bool:
    return is_web(address) and len(address) <= _LONGEST_ADDRESS
