"""What an answer's headers say of when to come again. Pure; all in seconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from newskeep.types import Headers, header

LONGEST_WAIT = 7 * 86400.0
"""However long a server asks to be left alone, we look again after a week."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As feeds name them in skipDays, in lower case."""


def retry_after(value: str, *, now: datetime) -> float | None:
    """Seconds of a Retry-After (RFC 9110 §10.2.3), a number or a date; None if it is neither."""
    value = value.strip()
    if re.fullmatch(r"\d+", value):
        return min(float(value[:12]), LONGEST_WAIT)
    at = http_date(value)
    if at is None:
        return None
    return min(max((at - now).total_seconds(), 0.0), LONGEST_WAIT)


def http_date(value: str) -> datetime | None:
    """The time of an HTTP date (RFC 9110 §5.6.7), or None."""
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def poll_interval(
    headers: Headers,
    *,
    every: float,
    now: float,
    ttl: int | None = None,
    skip_hours: Sequence[int] = (),
    skip_days: Sequence[str] = (),
) -> float:
    """Seconds until a source is asked again: never sooner than `every`, and later as it says.

    What it says: Cache-Control max-age (RFC 9111 §5.2.2.1), else Expires, and the feed's
    own ttl; at most a week. The time is then moved out of hours and days that it skips (UTC).
    """
    asked = (every, _freshness(headers, now), float(ttl or 0))
    wait = min(max(asked), max(LONGEST_WAIT, every))
    return wait + _until_allowed(now + wait, set(skip_hours), {day.lower() for day in skip_days})


def _freshness(headers: Headers, now: float) -> float:
    control = header(headers, "cache-control").lower()
    age = re.search(r"\bmax-age\s*=\s*\"?(\d{1,12})", control)
    if "no-cache" in control or "no-store" in control:
        return 0.0
    if age:
        return float(age[1])
    expires = http_date(header(headers, "expires"))
    return max(expires.timestamp() - now, 0.0) if expires else 0.0


def _until_allowed(at: float, hours: set[int], days: set[str]) -> float:
    """Seconds from a time to the next one whose hour and day are not skipped."""
    waited = 0.0
    for _ in range(8 * 24):
        moment = datetime.fromtimestamp(at + waited, UTC)
        if moment.hour not in hours and DAYS[moment.weekday()] not in days:
            return waited
        waited += 3600.0 - (at + waited) % 3600.0
    return 0.0  # all of a week is skipped: that cannot be meant
