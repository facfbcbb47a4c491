"""Draining: what was pushed becomes captures, as what is polled does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import MsgspecError

from newskeep import clock, websub
from newskeep.captures import payload_digest
from newskeep.catalogue.frontier import Task
from newskeep.errors import CaptureError
from newskeep.types import Capture, Problem, Received
from newskeep.url import is_web
from newskeep.websub.spool import Push

if TYPE_CHECKING:
    from newskeep.archive import Archive

Keep = Callable[[Sequence[Received], Sequence[Problem]], Awaitable[None]]
InDatabase = Callable[[Callable[[], Any]], Awaitable[Any]]

ROLE = "feed"
FIELD = "Newskeep-Push"
"""What the header fields of a push are called in its record, with their name behind a dash."""


async def drain(archive: Archive, keep: Keep, in_database: InDatabase) -> None:
    """Keep every push of what is followed, the oldest first, and take it out of the spool.

    A push is taken out once it is durable, so a kill repeats one at most; and what was kept
    before from that address is not kept again, so a replay changes nothing.
    """
    spool = websub.spool_of(archive.layout)
    for path in await asyncio.to_thread(spool.waiting):
        try:
            push, body = await asyncio.to_thread(spool.read, path)
        except (ValueError, MsgspecError):
            await keep([], [_unreadable(path)])
        else:
            if push.source in archive.sources():
                await _keep(archive, push, body, keep, in_database)
        await asyncio.to_thread(spool.remove, path)


async def _keep(
    archive: Archive, push: Push, body: bytes, keep: Keep, in_database: InDatabase
) -> None:
    known = await in_database(lambda: _known(archive, push, body))
    if known is None:
        await keep([received(push, body)], [])
    else:
        await in_database(lambda: _ask_for_pages(archive, known))


def received(push: Push, body: bytes) -> Received:
    """A push as it is kept: a resource, for we asked nobody and nobody answered."""
    said = ((f"{FIELD}-{name}", value) for name, value in push.headers)
    return Received(
        url=push.topic,
        role=ROLE,
        payload=body,
        kind="resource",
        source=push.source,
        headers=((FIELD, f"websub {push.hub}"), *said),
        content_type=push.content_type,
        time=min(datetime.fromtimestamp(push.time, UTC), clock.now()),
    )


def _known(archive: Archive, push: Push, body: bytes) -> Capture | None:
    """The capture of exactly this payload from this address, or None."""
    digest = payload_digest(body)
    at = archive.catalogue.captures_at(push.topic, role=ROLE)
    return next((one for one in at if one.digest == digest), None)


def _ask_for_pages(archive: Archive, known: Capture) -> None:
    """Schedule pages that a sync which was killed after keeping a push did not come to."""
    try:
        whole = archive.payload(known)
    except CaptureError:  # `newskeep check` tells of it
        return
    derived = archive.deriver.derive(whole)
    urls = (seen.article.url for seen in derived.observations if seen.article)
    with archive.catalogue.transaction():
        archive.frontier.add(_missing(archive, known.source, urls))


def _missing(archive: Archive, source: str, urls: Iterator[str]) -> Iterator[Task]:
    for url in urls:
        if (
            is_web(url)
            and archive.frontier.state(url, "page") is None
            and not archive.catalogue.captures_at(url, role="page", most=1)
        ):
            yield Task(url=url, role="page", source=source, due=clock.timestamp())


def _unreadable(path: Path) -> Problem:
    told = f"{path}: it cannot be read as a push, and was removed"
    return Problem(
        url=path.name, stage="websub", kind="push-unreadable", message=told, at=clock.now()
    )
