"""Look at an address before following it: is it a feed, or a page that offers one?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from newskeep import clock, content
from newskeep.config import Settings
from newskeep.discover import feed, page
from newskeep.errors import FetchError, UsageError
from newskeep.fetch.client import Client
from newskeep.fetch.settings import Settings as FetchSettings
from newskeep.types import Received, header
from newskeep.url import is_web

MOST_DECODED = 20 << 20
_MOST_TRIED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be followed: its address, kind, and what it calls itself."""

    url: str
    kind: str
    title: str


def look(settings: Settings, url: str, allow_hosts: tuple[str, ...]) -> Offer:
    """Ask an address. Raises UsageError, FetchError; see `Archive.look`."""
    if not is_web(url):
        raise UsageError(f"{url!r} is no web address; write one such as https://example.com/feed")
    return asyncio.run(_look(settings, url, allow_hosts))


async def _look(settings: Settings, url: str, allow_hosts: tuple[str, ...]) -> Offer:
    async with Client(FetchSettings(contact=settings.contact)) as client:
        answer = await _get(client, url, allow_hosts)
        offer = _as_feed(url, answer)
        if offer:
            return offer
        links = page.feeds(_body(answer), url=answer.url, content_type=_type(answer))
        for link, _ in links[:_MOST_TRIED]:
            offer = _as_feed(link, await _get(client, link, allow_hosts))
            if offer:
                return offer
    raise UsageError(
        f"{url} is no feed, and its page offers none; find the feed's address, "
        "or follow it as another kind of source with --kind"
    )


async def _get(client: Client, url: str, allow_hosts: tuple[str, ...]) -> Received:
    answer = (await client.get(url, role="feed", allow_hosts=allow_hosts))[-1]
    if answer.status != 200:
        raise FetchError(f"{url} answered {answer.status}; is the address right?")
    return answer


def _as_feed(url: str, answer: Received) -> Offer | None:
    found = feed.parse(
        _body(answer), url=answer.url, content_type=_type(answer), received=clock.now()
    )
    return Offer(url=url, kind="feed", title=found.title) if found.kind else None


def _body(answer: Received) -> bytes:
    coding = header(answer.headers, "content-encoding")
    return content.decode(answer.payload, coding, limit=MOST_DECODED)


def _type(answer: Received) -> str:
    return answer.content_type or header(answer.headers, "content-type")
