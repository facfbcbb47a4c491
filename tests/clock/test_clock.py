"""The one clock, and the variable that shifts it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from newskeep import clock
from newskeep.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "seconds"), [("", 0.0), (" ", 0.0), ("3600", 3600.0), ("-0.5", -0.5), ("1e3", 1000.0)]
)
def test_the_variable_shifts_the_clock_in_seconds(monkeypatch, text, seconds):
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", text)
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    assert clock.offset() == seconds
    assert clock.timestamp() == 1_700_000_000.0 + seconds
    at = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert clock.now() == at + timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["1h", "soon", "1,5", "nan", "inf", "-inf", "1e300"])
def test_what_is_no_number_of_seconds_is_refused_by_name(monkeypatch, text):
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", text)
    with pytest.raises(ConfigError, match="NEWSKEEP_CLOCK_OFFSET='.*' is not a number of seconds"):
        clock.now()
