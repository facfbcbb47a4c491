"""WebSub (W3C Recommendation): being told by hubs, so that sources need be asked less.

`listener` receives what hubs send, in a process that holds no lock of the archive. `hubs`
asks for subscriptions and `drain` keeps what was pushed, both inside a sync. They share
`book`, the subscriptions, and `spool`, the pushes, in the archive's folder `websub/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newskeep import clock

if TYPE_CHECKING:
    from newskeep.archive import Archive
    from newskeep.layout import Layout
    from newskeep.websub.book import Book
    from newskeep.websub.spool import Spool

PUSHED_EVERY = 86400.0
"""Seconds at least between two polls of a source while it is pushed: a push may be lost."""


def is_pushed(archive: Archive, source: str) -> bool:
    """Whether a hub has promised, and not yet ceased, to tell what is new in a source (its id)."""
    return _left(archive, source) > 0


def slowed(archive: Archive, source: str, wait: float) -> float:
    """Seconds until the next poll of a source that would else be polled after `wait`.

    While a hub pushes it, at least `PUSHED_EVERY`, but no longer than the hub's promise holds.
    """
    return max(wait, min(PUSHED_EVERY, _left(archive, source)))


def _left(archive: Archive, source: str) -> float:
    """Seconds for which a source's lease lasts; 0 or less where there is none."""
    if not archive.settings.callback:
        return 0.0
    return book_of(archive.layout).lease_of(source) - clock.timestamp()


def book_of(layout: Layout) -> Book:
    """The subscriptions of an archive."""
    from newskeep.websub.book import Book

    return Book(layout.root / "websub" / "subscriptions.sqlite")


def spool_of(layout: Layout) -> Spool:
    """The pushes of an archive that were received and are not yet kept."""
    from newskeep.websub.spool import Spool

    return Spool(layout.root / "websub" / "spool")
