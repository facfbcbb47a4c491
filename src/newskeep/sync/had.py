"""Answers that were had before the first sync: `follow` asked, so the sync need not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from newskeep import clock, text
from newskeep.layout import Layout
from newskeep.types import Received, Source

LONGEST = 3600.0
"""Seconds after which an answer is too old to count."""


def put(layout: Layout, source: Source, hops: Sequence[Received]) -> None:
    """Lay an answer aside for the first time that a source would be asked."""
    now = clock.now()
    aside = [replace(hop, role=source.kind, source=source.id, time=now) for hop in hops]
    path = _path(layout, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.msgpack.encode(aside, enc_hook=str))  # names are a kind of str


def take(layout: Layout, source: Source) -> tuple[Received, ...]:
    """The hops of the answer laid aside, which is then no more; nothing if it is too old.

    They are read as the source's kind says, which may have changed since.
    """
    path = _path(layout, source)
    try:
        hops = msgspec.msgpack.decode(path.read_bytes(), type=tuple[Received, ...])
    except (FileNotFoundError, msgspec.MsgspecError):
        hops = ()
    path.unlink(missing_ok=True)
    times = [hop.time.timestamp() for hop in hops if hop.time]
    is_fresh = bool(times) and 0 <= clock.timestamp() - times[0] <= LONGEST
    return tuple(replace(hop, role=source.kind) for hop in hops) if is_fresh else ()


def _path(layout: Layout, source: Source) -> Path:
    return layout.derived / "answers" / text.digest(source.id)
