"""Sync: do what is due, host by host, and keep what comes.

`crawl` leases hosts and fetches; `commit` makes what came durable, in groups; `settle`
decides what follows from an answer and when to look again. At the end sites that have
grown are learned from (`teaching`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from newskeep import teaching
from newskeep.extraction.learned import site_of
from newskeep.sync.crawl import Crawl
from newskeep.types import SyncReport

if TYPE_CHECKING:
    from newskeep.archive import Archive

OnEvent = Callable[[Mapping[str, Any]], None]


def run(archive: Archive, *, on_event: OnEvent | None = None, only: str = "") -> SyncReport:
    """Do everything that is due now. `only` is a source's id, address or title.

    `on_event` is told of every `captured` (after that record is durable), `unchanged`, `new`,
    `revised`, `gone`, `back` and `problem`, and at the end of each site that taught something
    (`learned`). Raises ArchiveBusy, NotFound for an unknown `only`, CaptureError when the disk
    refuses; what was kept until then is safe.
    """
    with archive.writing():
        chosen = archive.source_named(only).id if only else ""
        grown: set[str] = set()

        def tell(event: Mapping[str, Any]) -> None:
            if event["event"] == "new":
                grown.add(site_of(event["url"]))
            if on_event:
                on_event(event)

        report = asyncio.run(Crawl(archive, tell, chosen).run())
        for one in teaching.learn_after_sync(archive, grown):
            counts = {"blocks": len(one.blocks), "stories": one.stories}
            tell({"event": "learned", "site": one.site, **counts})
        return report
