"""Times as lists of articles show them: without a year, without a day, or as so long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from newskeep import dates
from newskeep.types import Stamp

_LONGEST = 100
_TOLERANCE = timedelta(hours=1)
_UNITS = (
    (r"秒鐘|秒钟|秒|seconds?|secs?", timedelta(seconds=1)),
    (r"分鐘|分钟|分|minutes?|mins?", timedelta(minutes=1)),
    (r"小時|小时|時間|hours?|hrs?|h", timedelta(hours=1)),
    (r"天|日|days?|d", timedelta(days=1)),
)
_AGO = tuple(
    (re.compile(rf"(\d{{1,3}})\s*個?个?(?:{names})\s*(?:以前|之前|前|ago\b)", re.IGNORECASE), unit)
    for names, unit in _UNITS
)
_CLOCK = r"(?P<h>[01]?\d|2[0-3])[:：](?P<mi>[0-5]\d)"
_MONTH_AND_DAY = re.compile(
    rf"(?<!\d)(?P<m>\d{{1,2}})\s*[-/月.]\s*(?P<d>\d{{1,2}})(?!\d)\s*日?\s*(?:{_CLOCK})?"
)
_TIME_ALONE = re.compile(rf"(?<![\d:：]){_CLOCK}(?![\d:：])")


def parse(text: str, *, zone: str, lang: str, received: datetime) -> Stamp | None:
    """The time that a list shows beside an entry, or None. Never raises.

    A time that names no zone is of `zone` (an IANA name; UTC where it is empty). Where the
    year or the day is missing, it is the last one before the list was received.
    """
    text = text[:_LONGEST]
    whole = dates.parse(text, lang=lang)
    if whole is not None:
        return in_zone(whole, zone)
    at = received.astimezone(ZoneInfo(zone) if zone else UTC)
    return _ago(text, at) or _without_year(text, at) or _today(text, at)


def in_zone(stamp: Stamp, zone: str) -> Stamp:
    """The time as one of a zone, where it was written without any."""
    if stamp.offset is not None or not zone:
        return stamp
    at = stamp.at.replace(tzinfo=ZoneInfo(zone))
    return _stamp(at, day_only=stamp.day_only)


def _ago(text: str, at: datetime) -> Stamp | None:
    """So long ago; no more exact than its unit."""
    for pattern, unit in _AGO:
        match = pattern.search(text)
        if match:
            then = at - int(match[1]) * unit
            return _stamp(then.replace(second=0, microsecond=0), day_only=unit.days > 0)
    return None


def _without_year(text: str, at: datetime) -> Stamp | None:
    match = _MONTH_AND_DAY.search(text)
    if match is None:
        return None
    for year in (at.year + 1, at.year, at.year - 1):  # next year's first day is here before ours
        try:
            then = at.replace(
                year=year,
                month=int(match["m"]),
                day=int(match["d"]),
                hour=int(match["h"] or 0),
                minute=int(match["mi"] or 0),
                second=0,
                microsecond=0,
            )
        except ValueError:
            continue
        if then <= at + _TOLERANCE:
            return _stamp(then, day_only=match["h"] is None)
    return None


def _today(text: str, at: datetime) -> Stamp | None:
    match = _TIME_ALONE.search(text)
    if match is None:
        return None
    then = at.replace(hour=int(match["h"]), minute=int(match["mi"]), second=0, microsecond=0)
    return _stamp(then if then <= at + _TOLERANCE else then - timedelta(days=1))


def _stamp(at: datetime, *, day_only: bool = False) -> Stamp:
    if day_only:
        at = at.replace(hour=0, minute=0)
    offset = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    return Stamp(at=at.astimezone(UTC), offset=offset, day_only=day_only)
