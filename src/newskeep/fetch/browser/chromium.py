"""Chromium: found, started with the first page, and shut off from the network."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import suppress
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright

from newskeep.errors import FetchError

MISSING = "browser-missing"
"""The kind of a failure for which there is no browser to be had."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 30.0
"""Seconds in which Chromium has to start."""

_ARGUMENTS = (
    # What is not answered by us (sockets, and whatever else is not intercepted) meets a resolver
    # that knows no name and no number, on its way to a proxy that does not exist.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://proxy.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-gpu",
)


class Chromium:
    """One Chromium, started again where it has died."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._starting = asyncio.Lock()

    async def context(self) -> BrowserContext:
        """A fresh context: no cookies, storage or cache of any other page.

        Raises FetchError (browser-missing, browser-failed).
        """
        async with self._starting:
            if self._browser:
                with suppress(Error):  # it has died, or what drives it has
                    return await _fresh(self._browser)
                await self.close()
            self._browser = await self._started()
            return await _fresh(self._browser)

    async def close(self) -> None:
        """Stop it, where it runs."""
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        with suppress(Error):
            if browser:
                await browser.close()
        with suppress(Error):
            if playwright:
                await playwright.stop()

    async def _started(self) -> Browser:
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        program = self._playwright.chromium
        try:
            return await program.launch(
                executable_path=executable(program.executable_path),
                chromium_sandbox=not is_root(),
                args=_ARGUMENTS,
                timeout=_PATIENCE * 1000,
            )
        except Error as error:
            raise FetchError(told(error.message), "browser-failed") from error


async def _fresh(browser: Browser) -> BrowserContext:
    return await browser.new_context(
        service_workers="block",
        accept_downloads=False,
        permissions=[],
        timezone_id="UTC",
        viewport={"width": 1280, "height": 1024},
    )


def executable(own: str) -> str:
    """The program: NEWSKEEP_BROWSER, else Playwright's `own`, else what PATH finds.

    Raises FetchError (browser-missing).
    """
    named = os.environ.get("NEWSKEEP_BROWSER", "")
    found = named or (
        own if Path(own).is_file() else next(filter(None, map(shutil.which, _NAMES)), "")
    )
    if not found or not Path(found).is_file():
        raise FetchError(
            f"there is no Chromium {f'at {named}' if named else 'here'}; run: playwright install "
            "chromium, or install your system's, or say where it is in NEWSKEEP_BROWSER",
            MISSING,
        )
    return found


def is_root() -> bool:
    """Whether we run as root, as which Chromium's sandbox does not start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def told(message: str) -> str:
    """Why Chromium did not start, and what to do, from what Playwright says of it."""
    if "sandbox" in message.lower():
        return (
            "Chromium cannot start its sandbox; let your user make user namespaces "
            "(sysctl kernel.unprivileged_userns_clone, or AppArmor's restriction of them)"
        )
    return f"Chromium does not start: {message.splitlines()[0][:200]}"
