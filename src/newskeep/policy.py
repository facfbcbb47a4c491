"""When to look again: pure rules over times and counts, all in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from newskeep.types import Feed

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

LONGEST_WAIT = 7 * DAY
"""However long a server asks to be left alone, we look again after a week."""

UNCONDITIONAL = DAY
"""Between two polls of a feed that gives no validators, so that each costs a whole answer."""

SLOWEST_RHYTHM = DAY
"""However rarely a source publishes, this is when it is asked for that reason."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As feeds name them in skipDays, in lower case."""

_COUNTED = 10
"""Newest entries that a rhythm is made of."""

_FEWEST = 3

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


def poll_retry_after(failures: int, *, spread: float) -> float:
    """Seconds until a source that answered with an error is asked again: 1 h, 2 h … a day."""
    return min(HOUR * 2.0 ** min(failures - 1, 5), DAY) * (1 + 0.1 * spread)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a source's last document says of when to come again.

    `ttl` in seconds. The newest `count` entries with a date are from after `since`
    (seconds since 1970).
    """

    ttl: float = 0.0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    since: float = 0.0
    count: int = 0

    def packed(self) -> str:
        """As text, for `unpacked`."""
        return msgspec.json.encode(self).decode()

    def rhythm(self, now: float) -> float:
        """Seconds between two entries, the silence after the last one counted; 0: not known."""
        return max(now - self.since, 0.0) / self.count if self.count else 0.0


def wishes(feed: Feed) -> Wishes:
    """What a document says of when to come again."""
    dated = (one.published or one.modified for one in feed.entries)
    times = sorted((one.at.timestamp() for one in dated if one), reverse=True)[:_COUNTED]
    return Wishes(
        ttl=float(feed.ttl or 0),
        skip_hours=feed.skip_hours,
        skip_days=tuple(day.lower() for day in feed.skip_days),
        since=times[-1] if len(times) >= _FEWEST else 0.0,
        count=len(times) if len(times) >= _FEWEST else 0,
    )


def unpacked(text: str) -> Wishes:
    """Wishes that were packed; none where the text holds none."""
    try:
        return msgspec.json.decode(text, type=Wishes)
    except msgspec.MsgspecError:
        return Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What decides when a source is asked again. In seconds, `spread` from 0 to 1.

    `every` is what the keeper stated, `chosen` whether for this very source. `fresh` is how
    long the answer stays fresh. `conditional`: the next request will be. `least` is the
    shortest wait that a guest takes for himself.
    """

    every: float
    chosen: bool = False
    fresh: float = 0.0
    conditional: bool = True
    least: float = HOUR
    wishes: Wishes = Wishes()
    spread: float = 0.0

    def after(self, now: float) -> float:
        """Seconds until the source is asked again.

        Never sooner than any of them asks: the keeper, the guest's own hour, the answer's
        freshness (RFC 9111 §4.2), the document's ttl, a quarter of its rhythm (unless the
        keeper chose for this source), a day where nothing can be sent to make the request
        conditional. What others ask counts for a week at most. Up to a tenth is added, so
        that not all come at once; then hours and days that the document skips are waited out.
        """
        rhythm = 0.0 if self.chosen else min(self.wishes.rhythm(now) / 4, SLOWEST_RHYTHM)
        whole = 0.0 if self.conditional else UNCONDITIONAL
        asked = min(max(self.fresh, self.wishes.ttl, rhythm, whole), LONGEST_WAIT)
        wait = max(self.every, self.least, asked) * (1 + 0.1 * self.spread)
        return wait + self._until_allowed(now + wait)

    def _until_allowed(self, at: float) -> float:
        """Seconds from a time to the next one (in UTC) whose hour and day are not skipped."""
        waited = 0.0
        for _ in range(8 * 24):
            moment = datetime.fromtimestamp(at + waited, UTC)
            day = WEEKDAYS[moment.weekday()]
            if moment.hour not in self.wishes.skip_hours and day not in self.wishes.skip_days:
                return waited + (10 * MINUTE * self.spread if waited else 0.0)
            waited += HOUR - (at + waited) % HOUR
        return 0.0  # all of a week is skipped: that cannot be meant
