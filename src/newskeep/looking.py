"""Look at an address before following it: is it a feed, or a page that offers one?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from newskeep import clock, collect, content, robots
from newskeep.config import Settings
from newskeep.discover import feed, listing, page, sitemap
from newskeep.discover.recipes import NO_RECIPES, Book, Recipe
from newskeep.discover.recipes.select import Document
from newskeep.errors import FetchError, UsageError
from newskeep.fetch.client import Client
from newskeep.fetch.settings import Settings as FetchSettings
from newskeep.sync.outcome import moved_to
from newskeep.sync.turns import Turns
from newskeep.types import Received, header
from newskeep.url import is_web, origin

MOST_DECODED = 20 << 20
_MOST_TRIED = 4
_ITS_OWN_ADDRESS = ("link[rel=canonical]::attr(href)", "meta[property='og:url']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be followed: its address, kind, and what it calls itself.

    `hops` is what that address answered; it may count as the first time that it is asked.
    """

    url: str
    kind: str
    title: str
    hops: tuple[Received, ...] = field(default=(), compare=False, repr=False)


def look(
    settings: Settings, url: str, allow_hosts: tuple[str, ...], book: Book = NO_RECIPES
) -> Offer:
    """Ask an address, or look at a place on the disk. Raises as `Archive.look` does."""
    place = url if "://" in url else Path(url).expanduser().resolve().as_uri()
    kind = collect.kind_of(place) if url else ""
    if kind:
        return Offer(url=place, kind=kind, title="")
    if not is_web(url):
        raise UsageError(
            f"{url!r} is neither a web address such as https://example.com/feed, nor a folder of "
            "pages, mail, WARC files or posts, nor one such file"
        )
    return asyncio.run(_look(settings, url, allow_hosts, book))


def answer(settings: Settings, url: str, allow_hosts: tuple[str, ...]) -> Received:
    """What a web address answers, its content coding undone. Raises FetchError."""
    return asyncio.run(_answer(settings, url, allow_hosts))


def page_at(
    settings: Settings, place: str, url: str = "", allow_hosts: tuple[str, ...] = ()
) -> tuple[str, str]:
    """The text of the page at an address or in a file, and the address that it is of.

    `url` is the address that a file is a copy of, where it does not say so itself. Raises
    FetchError, and UsageError where there is no such file or it is not known of what.
    """
    if is_web(place):
        got = answer(settings, place, tuple(one.lower() for one in allow_hosts))
        return content.to_text(got.payload, got.content_type), got.url
    file = Path(place)
    if not file.is_file():
        raise UsageError(f"{file} is neither a web address nor a file")
    html = content.to_text(file.read_bytes())
    said = Document(html, "").first(_ITS_OWN_ADDRESS)
    url = url or (said[0].text if said else "")
    if not is_web(url):
        raise UsageError(f"{file} does not say of which address it is a copy; add --url ADDRESS")
    return html, url


async def _answer(settings: Settings, url: str, allow_hosts: tuple[str, ...]) -> Received:
    async with Client(FetchSettings(contact=settings.contact)) as client:
        return await _Visit(client, settings, allow_hosts).get(url)


async def _look(settings: Settings, url: str, allow_hosts: tuple[str, ...], book: Book) -> Offer:
    async with Client(FetchSettings(contact=settings.contact)) as client:
        visit = _Visit(client, settings, allow_hosts)
        answer = await visit.get(url)
        links = page.feeds(answer.payload, url=answer.url, content_type=answer.content_type)
        offer = (
            _as_feed(url, answer)
            or _as_sitemap(url, answer)
            or _by_recipe(url, answer, book)
            or await visit.first_feed(link for link, _ in links)
            or _as_list(url, answer)
            or await visit.first_sitemap(answer.url)
        )
    if offer:
        hops = visit.hops[offer.url]
        return replace(offer, url=moved_to(hops) or offer.url, hops=hops)
    if visit.failure:
        raise visit.failure
    raise UsageError(
        f"{url} is no feed, and its page offers none; find the feed's address, "
        "or follow it as another kind of source with --kind"
    )


class _Visit:
    """Asks the addresses of one look, each in its turn; `hops` is what they answered.

    `failure` is why the first feed that a page names could not be had.
    """

    def __init__(self, client: Client, settings: Settings, allow_hosts: tuple[str, ...]) -> None:
        self._client = client
        self._allow_hosts = allow_hosts
        self._delay = settings.delay
        self._turns = Turns()
        self.hops: dict[str, tuple[Received, ...]] = {}
        self.failure: FetchError | None = None

    async def get(self, url: str, role: str = "feed") -> Received:
        """The final answer, with its content coding undone. Raises FetchError."""
        hops = await self._client.get(
            url,
            role=role,
            allow_hosts=self._allow_hosts,
            turn=lambda hop: self._turns.take(hop, self._delay),
        )
        self.hops[url] = tuple(hops)
        answer = hops[-1]
        if answer.status != 200:
            raise FetchError(f"{url} answered {answer.status}; {_advice(answer.status)}")
        coding = header(answer.headers, "content-encoding")
        try:
            body = content.decode(answer.payload, coding, limit=MOST_DECODED)
        except FetchError as error:
            raise FetchError(f"{url}: {error}", error.kind) from error
        return replace(answer, payload=body)

    async def first_feed(self, links: Iterable[str]) -> Offer | None:
        """The first feed that a page names and that is one."""
        for link in [*links][:_MOST_TRIED]:
            try:
                offer = _as_feed(link, await self.get(link))
            except FetchError as error:
                self.failure = self.failure or error
                continue
            if offer:
                return offer
        return None

    async def first_sitemap(self, url: str) -> Offer | None:
        """The first sitemap that the site's robots.txt names and that is one."""
        try:
            named = robots.parse((await self.get(f"{origin(url)}/robots.txt", "robots")).payload)
        except FetchError:
            return None
        for link in [one for one in named.sitemaps if is_web(one)][:_MOST_TRIED]:
            try:
                offer = _as_sitemap(link, await self.get(link, "sitemap"))
            except FetchError:
                continue
            if offer:
                return offer
        return None


def _advice(status: int) -> str:
    if status in (401, 403):
        return "the site does not let us in"
    if status == 429 or status >= 500:
        return "the site is in trouble or wants to be left alone; try again later"
    return "is the address right?"


def _as_sitemap(url: str, answer: Received) -> Offer | None:
    found = sitemap.parse(
        answer.payload, url=answer.url, content_type=answer.content_type, received=clock.now()
    )
    return Offer(url=url, kind="sitemap", title=found.title) if found.kind else None


def _by_recipe(url: str, answer: Received, book: Book) -> Offer | None:
    """A page that a recipe reads as a list: better than any feed that gives summaries alone."""
    recipe = book.for_list(answer.url)
    return _as_list(url, answer, recipe) if recipe else None


def _as_list(url: str, answer: Received, recipe: Recipe | None = None) -> Offer | None:
    found = listing.parse(
        answer.payload,
        url=answer.url,
        content_type=answer.content_type,
        received=clock.now(),
        recipe=recipe,
    )
    return Offer(url=url, kind="listing", title=found.title) if found.entries else None


def _as_feed(url: str, answer: Received) -> Offer | None:
    found = feed.parse(
        answer.payload, url=answer.url, content_type=answer.content_type, received=clock.now()
    )
    return Offer(url=url, kind="feed", title=found.title) if found.kind else None
