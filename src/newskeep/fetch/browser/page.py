"""Rendering one page: open it, wait until its text is there, and take its DOM."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from playwright.async_api import BrowserContext, CDPSession, Error, Page

from newskeep.errors import FetchError, TooLarge, TooSlow
from newskeep.fetch.browser.bounds import Bounds
from newskeep.fetch.browser.chromium import Chromium
from newskeep.fetch.browser.traffic import Fetch, Refused, Traffic
from newskeep.types import Received

Read = Callable[[str], str]
"""What a rendered document says to its reader so far, as a digest; empty where nothing yet."""

_FAREWELL = 5.0
"""Seconds in which a page has to close."""

_DOM = """(() => {
  const kind = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
  return (kind + document.documentElement.outerHTML).slice(0, %d);
})()"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A rendered page: its DOM, and what it asked for in vain, by kind."""

    html: str
    refused: Mapping[str, Refused] = field(default_factory=dict)


class Browser:
    """Renders pages, each in a context of its own. Use it as an async context manager."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._chromium = Chromium()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._chromium.close()

    async def render(self, document: Received, fetch: Fetch, read: Read) -> Rendered:
        """Render an HTML answer; what its page asks for goes through `fetch`.

        Raises FetchError (browser-missing, browser-failed, browser-crashed), TooSlow
        where its scripts never rest, TooLarge.
        """
        traffic = Traffic(document, fetch, self._bounds)
        context = None
        try:
            context = await self._chromium.context()
            html = await _Visit(context, traffic, self._bounds, read, document.url).html()
        except Error as error:
            why = error.message.partition("\n")[0][:200]
            raise FetchError(
                f"{document.url}: the browser failed at this page ({why}); it is asked again later",
                "browser-crashed",
            ) from error
        finally:
            await traffic.stop()
            if context:
                await self._left(context)
        return Rendered(html=html, refused=traffic.refused)

    async def _left(self, context: BrowserContext) -> None:
        """Close a page, and where it does not let itself be closed, the whole browser."""
        try:
            async with asyncio.timeout(_FAREWELL):
                await context.close()
        except TimeoutError:
            await self._chromium.close()
        except Error:
            pass  # it is gone already


class _Visit:
    """One page, from opening to its DOM."""

    def __init__(
        self, context: BrowserContext, traffic: Traffic, bounds: Bounds, read: Read, url: str
    ) -> None:
        self._context = context
        self._traffic = traffic
        self._bounds = bounds
        self._read = read
        self._url = url

    async def html(self) -> str:
        """The DOM, once the text is there and after scrolling to the end, or when time is up."""
        await self._context.route("**/*", self._traffic.take)
        page = await self._context.new_page()
        page.on("popup", _shut)
        page.on("crash", self._crashed)
        session = await self._context.new_cdp_session(page)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._bounds.seconds):
                await page.goto(self._url, wait_until="commit", timeout=0)
                await self._settle(session)
                await page.mouse.wheel(0, 1_000_000)
                await self._settle(session)
        return await self._dom(session)

    async def _crashed(self, page: Page) -> None:
        """End what waits for a page that has died: it would not answer any more."""
        await _shut(page)

    async def _settle(self, session: CDPSession) -> None:
        """Until two looks in a row find the same text and no request is open.

        Where a page is never that quiet: until its text has been the same for `wait`
        seconds. While there is no text, each answer counts as news.
        """
        now = asyncio.get_running_loop().time
        last, since = None, now()
        while True:
            await asyncio.sleep(self._bounds.look)
            said = await asyncio.to_thread(self._read, await self._dom(session))
            news = (said, None if said else self._traffic.answers)
            if news != last:
                last, since = news, now()
            elif (said and self._traffic.is_quiet) or now() - since >= self._bounds.wait:
                return

    async def _dom(self, session: CDPSession) -> str:
        """The document as it stands, read from a world that the page's scripts cannot enter."""
        try:
            async with asyncio.timeout(self._bounds.wait):
                world = await _world(session)
                code = _DOM % (self._bounds.dom + 1)
                found = await session.send(
                    "Runtime.evaluate",
                    {"expression": code, "contextId": world, "returnByValue": True},
                )
        except TimeoutError:
            raise TooSlow(
                f"{self._url}: its scripts did not rest once within {self._bounds.wait:g} seconds"
            ) from None
        html = str(found["result"].get("value", ""))
        if len(html) > self._bounds.dom:
            raise TooLarge(f"{self._url} grew past {self._bounds.dom:,} characters in the browser")
        return html


async def _world(session: CDPSession) -> Any:
    tree = await session.send("Page.getFrameTree")
    frame = tree["frameTree"]["frame"]["id"]
    made = await session.send(
        "Page.createIsolatedWorld", {"frameId": frame, "worldName": "newskeep"}
    )
    return made["executionContextId"]


async def _shut(popup: Page) -> None:
    with suppress(Error):
        await popup.close()
