"""Whether a listener lives: it holds a lock of its own, which a sync only tries.

A hub asks back at once, so it is asked only while there is somebody to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from newskeep.errors import ArchiveBusy
from newskeep.layout import Layout

_PATIENCE = 2.0
"""Seconds for which a listener waits for a sync that tries the lock."""


@contextmanager
def held(layout: Layout) -> Iterator[None]:
    """Be the archive's one listener. Raises ArchiveBusy where another lives."""
    lock = _lock(layout)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise ArchiveBusy(
            f"another newskeep listens for {layout.root} already; stop it first"
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_held(layout: Layout) -> bool:
    """Whether a listener lives."""
    lock = _lock(layout)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _lock(layout: Layout) -> FileLock:
    folder = layout.root / "websub"
    folder.mkdir(mode=0o700, exist_ok=True)
    return FileLock(folder / "listen.lock", thread_local=False)
