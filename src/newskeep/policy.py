"""When to look again: pure rules over times and counts, all in seconds."""

from __future__ import annotations

from collections.abc import Sequence

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

REVISITS: Sequence[tuple[float, float]] = (
    (3 * HOUR, 15 * MINUTE),
    (DAY, HOUR),
    (7 * DAY, 3 * HOUR),
    (30 * DAY, 3 * DAY),
    (365 * DAY, 30 * DAY),
)
"""An article younger than the first is looked at again after the second."""

SECOND_LOOK = HOUR
"""After a first 404 or 410: time enough for a passing fault to pass."""

GONE_LOOK = 30 * DAY
"""A story that is gone may come back."""

MOST_FAILURES = 8
"""Failures in a row after which a page or picture is given up (a source never is)."""


def revisit_after(age: float, schedule: Sequence[tuple[float, float]] = REVISITS) -> float | None:
    """Seconds until an article of this age is looked at again; None: never."""
    return next((wait for limit, wait in schedule if age < limit), None)


def retry_after(failures: int, *, spread: float = 0.5) -> float:
    """Seconds to wait after so many failures in a row.

    10 s, then a minute, then five times longer each time up to a day. `spread` from 0 to 1
    moves it by up to 10% either way, so that hosts that failed together do not meet again.
    """
    steps = (10.0, MINUTE, 5 * MINUTE, 25 * MINUTE, 2 * HOUR, 10 * HOUR)
    wait = steps[failures - 1] if failures <= len(steps) else DAY
    return wait * (0.9 + 0.2 * spread)
