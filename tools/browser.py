"""Debian's Chromium, driven by Playwright: for the tests that look, and for the pictures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without the background's requests; without a sandbox it also starts as root, as in CI."""


def chromium() -> str:
    """Where Chromium is; an empty string where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


@contextmanager
def opened() -> Iterator[Browser]:
    """A headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
