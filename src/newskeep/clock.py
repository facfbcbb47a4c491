"""The one clock. `NEWSKEEP_CLOCK_OFFSET` (seconds, may be negative or fractional) shifts it."""

from __future__ import annotations

import math
import os
import time
from datetime import UTC, datetime

from newskeep.errors import ConfigError

_VARIABLE = "NEWSKEEP_CLOCK_OFFSET"
_MOST = 100 * 366 * 86400.0


def offset() -> float:
    """Seconds by which the clock is shifted. Raises ConfigError where the variable is no number."""
    text = os.environ.get(_VARIABLE, "").strip()
    try:
        seconds = float(text) if text else 0.0
    except ValueError:
        seconds = math.nan
    if not abs(seconds) <= _MOST:
        raise ConfigError(f"{_VARIABLE}={text!r} is not a number of seconds within a century")
    return seconds


def timestamp() -> float:
    """Seconds since 1970-01-01 UTC, shifted."""
    return time.time() + offset()


def now() -> datetime:
    """The present in UTC, shifted."""
    return datetime.fromtimestamp(timestamp(), UTC)
