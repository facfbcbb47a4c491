"""Rendering pages of the sources that ask for it (`fetch = "browser"`).

The browser asks nothing itself: each request of a page takes its turn here, and goes
through the client as all others do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from newskeep import clock, credentials, text
from newskeep.catalogue.frontier import Task
from newskeep.derive import is_html
from newskeep.discover.recipes.select import Document
from newskeep.errors import FetchError
from newskeep.fetch import guard
from newskeep.fetch.browser.bounds import Bounds
from newskeep.fetch.client import Client
from newskeep.sync.commit import Committer
from newskeep.sync.outcome import unkept
from newskeep.sync.permission import Permission
from newskeep.sync.shelf import Shelf
from newskeep.sync.turns import Turns
from newskeep.types import Problem, Received, Source
from newskeep.url import host, origin

if TYPE_CHECKING:
    from newskeep.archive import Archive
    from newskeep.fetch.browser.page import Browser, Rendered
    from newskeep.fetch.browser.traffic import Refused

BOUNDS = Bounds()

MOST_PAGES = 4
"""Pages that are open at a time."""

_ROLES = ("page", "blog", "listing")
_RENDERED = "text/html;charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer as it is kept, what a reader sees of it, and what is kept beside it."""

    answer: Received
    read: Received
    beside: tuple[Received, ...] = ()


class Renderer:
    """Renders the pages of one run. Use it as an async context manager."""

    def __init__(
        self,
        archive: Archive,
        client: Client,
        permission: Permission,
        turns: Turns,
        committer: Committer,
    ) -> None:
        self._archive = archive
        self._client = client
        self._permission = permission
        self._turns = turns
        self._committer = committer
        self._credentials = credentials.read(archive.layout.root)
        self._shelf = Shelf()
        self._hosts: dict[str, asyncio.Lock] = {}
        self._slots = asyncio.Semaphore(MOST_PAGES)
        self._open = AsyncExitStack()
        self._browser: Browser | None = None
        self._missing: FetchError | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    def check(self, task: Task) -> None:
        """Raises FetchError where a task needs the browser and this run has found none."""
        if self._missing and self._source(task):
            raise self._missing

    async def shown(self, task: Task, answer: Received) -> Shown:
        """How a reader sees an answer: as it came, or rendered where its source asks for that.

        Only HTML answered with 200 is rendered. Raises FetchError where it cannot be rendered:
        such an answer is not to be kept, so that no validator hides the page the next time.
        """
        source = self._source(task)
        if source is None or answer.status != 200 or not is_html(unkept(answer)):
            return Shown(answer=answer, read=answer)
        visit = _Visit(answer, source, task.role)
        try:
            page = await self._page(visit)
        except FetchError as error:
            self._missing = error if error.kind == "browser-missing" else self._missing
            raise
        await self._committer.keep((), _problems(answer.url, page))
        read = visit.received_as(page.html)
        return Shown(
            answer=replace(answer, role="asset"), read=read, beside=(*visit.received, read)
        )

    def _source(self, task: Task) -> Source | None:
        """The source of a task that is to be rendered."""
        source = self._archive.sources().get(task.source)
        return source if source and source.fetch == "browser" and task.role in _ROLES else None

    async def _page(self, visit: _Visit) -> Rendered:
        browser = await self._started()
        async with self._hosts.setdefault(host(visit.url), asyncio.Lock()), self._slots:
            return await browser.render(
                visit.document,
                lambda url: self._ask(url, visit),
                lambda html: self._said(html, visit),
            )

    async def _started(self) -> Browser:
        if self._browser is None:
            try:
                from newskeep.fetch.browser.page import Browser
            except ImportError as error:
                raise FetchError(
                    'Playwright is not installed, which a source with fetch = "browser" needs; '
                    "run: pip install 'newskeep[browser]', then: playwright install chromium",
                    "browser-missing",
                ) from error
            self._browser = await self._open.enter_async_context(Browser(BOUNDS))
        return self._browser

    async def _ask(self, url: str, visit: _Visit) -> Sequence[Received]:
        """What an address answers that a page asks for; every hop. Raises FetchError."""
        known = self._shelf.find(visit.partition, url)
        if known:
            return known

        @asynccontextmanager
        async def turn(hop: str) -> AsyncIterator[None]:
            if host(hop) == host(visit.url):
                await self._permission.ask(hop, "page", visit.source.id, visit.allowed)
            delay = max(self._archive.settings.delay, self._permission.delay(hop))
            async with self._turns.take(hop, delay):
                yield

        given = self._credentials.get(visit.source.id, credentials.NONE)
        hops = await self._client.get(
            url,
            role="asset",
            source=visit.source.id,
            accept="*/*",
            allow_hosts=visit.allowed,
            credentials=given if origin(url) == origin(visit.url) else credentials.NONE,
            turn=turn,
        )
        visit.received.extend(hops)
        self._shelf.put(visit.partition, url, hops)
        return hops

    def _said(self, html: str, visit: _Visit) -> str:
        """A digest of the wording so far; empty before there is any, or the recipe's body."""
        recipe = self._archive.book.for_article(visit.url) if visit.role == "page" else None
        body = recipe.article.body if recipe and recipe.article else ()
        if body and not Document(html, visit.url).first(body):
            return ""
        seen = self._archive.deriver.derive(unkept(visit.received_as(html))).observations
        said = [one.wording for one in seen if one.article and (one.entry or one.article.text)]
        return text.digest(*said) if said else ""


class _Visit:
    """One document that is rendered.

    `received` is what its page asked for and got, in that order. Answers are shared only
    with pages of the same `partition`.
    """

    def __init__(self, document: Received, source: Source, role: str) -> None:
        self.document = document
        self.source = source
        self.url = document.url
        self.role = role
        self.received: list[Received] = []
        self.partition = f"{source.id} {origin(document.url)}"
        self.allowed = source.allow_hosts if _is_named(document.url, source) else ()

    def received_as(self, html: str) -> Received:
        """The rendered DOM."""
        return Received(
            url=self.url,
            role=self.role,
            kind="resource",
            payload=html.encode("utf-8", "replace"),
            source=self.source.id,
            status=self.document.status,
            content_type=_RENDERED,
        )


def _is_named(url: str, source: Source) -> bool:
    """Whether a page stands on a private host that its source may reach.

    Only such a page may reach private hosts itself: a page elsewhere, to which the source
    links, could read them and tell of them.
    """
    parts = urlsplit(url)
    return guard.is_named(parts.hostname or "", parts.port, parts.scheme, source.allow_hosts)


def _problems(url: str, page: Rendered) -> Sequence[Problem]:
    """What a page asked for and did not get, by kind."""
    return [
        Problem(
            url=url,
            stage="fetch",
            kind=f"browser-{kind}",
            message=f"{url}: its scripts asked for what is not fetched ({kind}), so its text may "
            f"lack something: {_named(refused)}",
            at=clock.now(),
        )
        for kind, refused in page.refused.items()
    ]


def _named(refused: Refused) -> str:
    more = refused.count - len(refused.addresses)
    named = ", ".join(refused.addresses)
    return f"{named} and {more} more" if more > 0 else named
