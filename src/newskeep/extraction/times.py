"""When it was published and changed: the best evidence first.

JSON-LD, then `meta`, microdata and `<time>`, the address, the visible text near the
title, and last what the feed said. A time beats a bare date of the same day, and a time
in the zone of its place the same moment in UTC.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newskeep import dates
from newskeep.extraction import datelines
from newskeep.extraction.head import Head, strings
from newskeep.extraction.outline import Outline
from newskeep.extraction.rules import MODIFIED, PUBLISHED
from newskeep.extraction.vicinity import Vicinity
from newskeep.types import Stamp

_YEAR, _MONTH, _DAY = r"(19[89]\d|20[0-4]\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
_IN_ADDRESS = (
    (re.compile(rf"/{_YEAR}[/-]{_MONTH}[/-]{_DAY}(?![\da-zA-Z])"), (1, 2, 3)),
    (re.compile(r"[/_.t-](20[0-4]\d)[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?=[/_.+\-]|$)"),
     (1, 2, 3)),
    (re.compile(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d"),
     (1, 2, 3)),
    (re.compile(rf"[/_-]{_DAY}[-.]{_MONTH}[-.]{_YEAR}(?![\da-zA-Z])"), (3, 2, 1)),
)  # fmt: skip
"""Where year, month and day stand in an address."""
_FIRST_YEAR = 1990
_TAGS = 20
_WIDEST = 14 * 60
"""Minutes that a zone may be from UTC."""


class Times:
    """Reads stamps in one document's language, none past `received`."""

    def __init__(self, lang: str, received: datetime | None) -> None:
        self.lang = lang
        self.latest = (
            received or datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
        ) + timedelta(days=1)

    def parse(self, text: str) -> Stamp | None:
        """A believable stamp, or None."""
        stamp = dates.parse(text[:200], lang=self.lang) if any(map(str.isdigit, text)) else None
        if stamp is None or stamp.at.year < _FIRST_YEAR or stamp.at > self.latest:
            return None
        return stamp

    def first(self, texts: list[str]) -> Stamp | None:
        """The first believable stamp, or a later one that gives the same more exactly."""
        return _sharpest([stamp for stamp in map(self.parse, texts) if stamp is not None])


def published(head: Head, page: Outline, url: str, times: Times, near: Vicinity) -> Stamp | None:
    """When the document says it was first published."""
    said = _stated(head) + _microdata(page, "datepublished")
    sure = times.first(said)
    if sure is not None and not sure.day_only and sure.offset:
        return sure
    address = _from_address(url, times)
    if sure is not None and not sure.day_only:
        return _in_its_zone(sure, address, page, times, near)
    guesses = [sure, times.first(datelines.tagged(page, near)), address]
    found = [stamp for stamp in guesses if stamp is not None]
    visible = datelines.seen(page, near)
    if found:
        return _sharpest([*found, *filter(None, map(times.parse, visible))])
    lazily = (
        visible,
        datelines.labelled(near),
        datelines.alone(near),
        datelines.changed(page, near),
    )
    return next(filter(None, map(times.first, lazily)), None)


def modified(head: Head, page: Outline, times: Times, near: Vicinity) -> Stamp | None:
    """When the document says it was last changed."""
    said = strings(head.article().get("dateModified"))
    sure = times.first(said + head.all(*MODIFIED) + _microdata(page, "datemodified"))
    if sure is not None or "time" not in page.tags:
        return sure
    return times.first(datelines.tagged_as_changed(page, near))


def _stated(head: Head) -> list[str]:
    """What the metadata says, that of the article before that of the page around it."""
    item = head.article()
    said = [
        text
        for key in ("datePublished", "dateCreated", "uploadDate")
        for text in strings(item.get(key))
    ]
    return said + head.all(*PUBLISHED)


def _sharpest(stamps: list[Stamp]) -> Stamp | None:
    """The first stamp, with the time of day and the zone that another gives it."""
    if not stamps:
        return None
    first = stamps[0]
    if first.day_only:
        first = next((s for s in stamps if not s.day_only and _same_day(first, s)), first)
    if first.day_only or first.offset:
        return first
    return next((s for s in stamps if s.offset and _same_minute(first, s)), first)


def _in_its_zone(
    sure: Stamp, address: Stamp | None, page: Outline, times: Times, near: Vicinity
) -> Stamp:
    """A time in UTC, in the zone that a `<time>` of the same moment or the page's clock shows.

    The clock is asked only where the address has another day.
    """
    tagged = [node.get("datetime") for node in page.tags.get("time", [])[:_TAGS]]
    said = (stamp for stamp in map(times.parse, tagged) if stamp is not None)
    zoned = next((s for s in said if s.offset and _same_minute(sure, s)), sure)
    if zoned is not sure or address is None or sure.at.date() == address.at.date():
        return zoned
    clocks = map(times.parse, datelines.seen(page, near))
    ahead = (_ahead(sure, clock, address) for clock in clocks if clock is not None)
    return next((replace(sure, offset=minutes) for minutes in ahead if minutes), sure)


def _ahead(sure: Stamp, clock: Stamp, address: Stamp) -> int:
    """By how many minutes a clock without zone is ahead of UTC; 0 where it shows another moment."""
    apart = clock.at - sure.at.replace(second=0, microsecond=0)
    ahead = int(apart / timedelta(minutes=1))
    local = not clock.day_only and clock.offset is None and clock.at.date() == address.at.date()
    return ahead if local and ahead % 15 == 0 and abs(ahead) <= _WIDEST else 0


def _same_day(bare: Stamp, timed: Stamp) -> bool:
    local = timed.at + timedelta(minutes=timed.offset or 0)
    return bare.at.date() in (timed.at.date(), local.date())


def _same_minute(first: Stamp, second: Stamp) -> bool:
    return not second.day_only and abs(first.at - second.at) < timedelta(minutes=1)


def _microdata(page: Outline, name: str) -> list[str]:
    found = page.properties.get(name, [])[:5]
    return [node.get("datetime") or node.get("content") or node.text()[:80] for node in found]


def _from_address(url: str, times: Times) -> Stamp | None:
    for pattern, (year, month, day) in _IN_ADDRESS:
        match = pattern.search(url.split("?", maxsplit=1)[0][:2_000])
        if match:
            stamp = times.parse(f"{match[year]}-{int(match[month]):02}-{int(match[day]):02}")
            if stamp is not None:
                return stamp
    return None
