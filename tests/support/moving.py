"""newskeep's clock, moved by hand; fixtures that conftests import share it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from newskeep.sync import crawl

START = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
"""When all articles of the newsstand's first edition are out, the youngest for an hour."""


class Clock:
    """Stands at START until it is moved."""

    def __init__(self, monkeypatch):
        self._monkeypatch = monkeypatch
        self._offset = START.timestamp() - time.time()
        self.ahead()

    def ahead(self, **span):
        """Move on by a timedelta's keywords."""
        self._offset += timedelta(**span).total_seconds()
        self._monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(self._offset))


@pytest.fixture(name="clock")
def moving_clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A sync that does not wait for what comes due in some seconds."""
    monkeypatch.setattr(crawl, "PATIENCE", 0.0)
