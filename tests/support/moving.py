"""newskeep's clock, moved by hand; fixtures that conftests import share it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from support.stand import Stand, http

import newskeep
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


@pytest.fixture(name="stand")
def free_stand():
    """A server whose robots.txt forbids nothing."""
    with Stand({"/robots.txt": http(404)}) as running:
        yield running


@pytest.fixture(name="archive")
def hurried_archive(tmp_path, clock):
    """An archive that keeps no pace."""
    newskeep.init(tmp_path / "news").close()
    (tmp_path / "news" / "newskeep.toml").write_text("format = 1\n[fetch]\ndelay = 0.0\n")
    with newskeep.open(tmp_path / "news") as opened:
        yield opened
