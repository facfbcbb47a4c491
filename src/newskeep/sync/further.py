"""Asking for the further pages of an article, as part of the visit to its first page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from newskeep.catalogue.frontier import Task
from newskeep.derive import Deriver, is_html
from newskeep.extraction.pages import MISSING, Pages
from newskeep.sync.outcome import unkept
from newskeep.types import Capture, Received

if TYPE_CHECKING:
    from newskeep.archive import Archive

ROLE = "part"
"""Role of the captures of further pages."""

MOST_BYTES = 40 << 20
"""Bytes received of one article's further pages from which no other one is asked for."""

Get = Callable[[str], Awaitable[Sequence[Received]]]
"""Asks for a further page: its hops, or none where it could not be had."""


async def further(deriver: Deriver, final: Received, get: Get) -> tuple[Received, ...]:
    """Everything that was received of the further pages of the article in a page's final answer.

    They are asked for one after another, until the last one, one that is none, one that
    cannot be had, or so many that it is enough.
    """
    first = unkept(final)
    if final.status != 200 or not is_html(first):
        return ()
    pages = await asyncio.to_thread(_pages, deriver, first)
    received: list[Received] = []
    while pages and pages.wanted and sum(len(hop.payload) for hop in received) < MOST_BYTES:
        hops = await get(pages.wanted)
        received.extend(hops)
        part = unkept(hops[-1]) if hops else None
        await asyncio.to_thread(deriver.turn, pages, first, part)
    return tuple(received)


def as_task(task: Task, url: str) -> Task:
    """The task of a page's further page at an address."""
    return replace(task, url=url, role=ROLE, etag="", last_modified="", validated="")


def missing(archive: Archive, url: str) -> str:
    """The address of the further page that an article still lacks; empty where it lacks none."""
    story = archive.reading.find(url)
    problems = story.article.problems if story else ()
    return next((one.url for one in problems if one.kind == MISSING), "")


def _pages(deriver: Deriver, first: Capture) -> Pages | None:
    """The article's pages; None where the answer holds none, which deriving it will tell."""
    with suppress(Exception):
        return deriver.pages(first) if deriver.may_have_parts(first) else None
    return None
