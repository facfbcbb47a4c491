"""Small makers of values for tests: say only what matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from newskeep import keep
from newskeep.keep import Observation
from newskeep.types import Article, Ref

START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after the tests' beginning."""
    return START + timedelta(minutes=minutes)


def article(text: str = "The bridge is open.", **facts: Any) -> Article:
    """An article with this text."""
    given = {
        "url": "https://example.com/a",
        "title": "The bridge",
        "html": f"<p>{text}</p>",
        "extractor": "newskeep/1",
    }
    return Article(**{**given, **facts, "text": text})


def seen(
    minutes: float,
    text: str | None = "The bridge is open.",
    *,
    door: str = "page",
    rank: int | None = None,
    kind: str | None = None,
    addresses: tuple[str, ...] = ("https://example.com/a",),
    entry: str = "",
    **facts: Any,
) -> Observation:
    """An observation so many minutes in; text None is a 404."""
    found = article(text, **facts) if text is not None else None
    capture = f"{int(minutes * 1000):032x}"
    default = keep.RANK_PAGE if door == "page" else keep.RANK_FEED
    return Observation(
        id=keep.observation_id(capture, entry),
        capture=capture,
        time=at(minutes),
        ref=Ref("a.warc.gz", int(minutes * 1000), 10),
        kind=kind or (keep.CONTENT if found else keep.MISSING),
        addresses=addresses,
        door=door,
        entry=entry,
        source="s",
        rank=default if rank is None else rank,
        wording=keep.wording(found) if found else "",
        article=found,
    )
