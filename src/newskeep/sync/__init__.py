"""Sync: do what is due, host by host, and keep what comes.

`crawl` leases hosts and fetches; `commit` makes what came durable, in groups; `settle`
decides what follows from an answer and when to look again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from newskeep.sync.crawl import Crawl
from newskeep.types import SyncReport

if TYPE_CHECKING:
    from newskeep.archive import Archive

OnEvent = Callable[[Mapping[str, Any]], None]


def run(archive: Archive, *, on_event: OnEvent | None = None, only: str = "") -> SyncReport:
    """Do everything that is due now. `only` is a source's id, address or title.

    `on_event` is told of every `captured` (after that record is durable), `unchanged`,
    `new`, `revised`, `gone`, `back` and `problem`. Raises ArchiveBusy, NotFound for an
    unknown `only`, CaptureError when the disk refuses; what was kept until then is safe.
    """
    with archive.writing():
        chosen = archive.source_named(only).id if only else ""
        return asyncio.run(Crawl(archive, on_event or _ignore, chosen).run())


def _ignore(event: Mapping[str, Any]) -> None:
    del event
