"""What an answer's headers say of when to come again. Pure; all in seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from newskeep.policy import LONGEST_WAIT
from newskeep.types import Headers, header


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


def freshness(headers: Headers, *, now: datetime) -> float:
    """Seconds for which an answer stays fresh (RFC 9111 §4.2): its lifetime less its age.

    The lifetime is max-age, else Expires as seen from the answer's own Date. 0 where neither
    is told, or where the answer is to be asked for again each time.
    """
    control = header(headers, "cache-control").lower()
    if re.search(r"\bno-(cache|store)\b(?!\s*=)", control):
        return 0.0
    stated = re.search(r"(?<![\w-])max-age\s*=\s*\"?(\d{1,12})", control)
    lifetime = float(stated[1]) if stated else _until_expiry(headers, now)
    age = re.fullmatch(r"\s*(\d{1,12})\s*", header(headers, "age"))
    return max(lifetime - (float(age[1]) if age else 0.0), 0.0)


def _until_expiry(headers: Headers, now: datetime) -> float:
    expires = http_date(header(headers, "expires"))
    sent = http_date(header(headers, "date")) or now
    return (expires - sent).total_seconds() if expires else 0.0
