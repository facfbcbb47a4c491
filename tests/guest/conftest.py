"""A server on the loopback, an archive, and a clock that tests move."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from support.stand import Stand, http

import newskeep
from newskeep.sync import crawl

START = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


class Clock:
    """newskeep's clock, moved by hand."""

    def __init__(self, monkeypatch):
        self._monkeypatch = monkeypatch
        self._offset = START.timestamp() - time.time()
        self.ahead()

    def ahead(self, **span):
        """Move on by a timedelta's keywords."""
        self._offset += timedelta(**span).total_seconds()
        self._monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(self._offset))


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A sync that does not wait for what comes due in some seconds."""
    monkeypatch.setattr(crawl, "PATIENCE", 0.0)


@pytest.fixture
def stand():
    with Stand({"/robots.txt": http(404)}) as running:
        yield running


@pytest.fixture
def configured(tmp_path, clock):
    """Opens an archive with these lines of `[fetch]`, and no pace."""
    opened = []

    def open_it(*lines):
        folder = tmp_path / f"news{len(opened)}"
        newskeep.init(folder).close()
        text = "\n".join(["format = 1", "[fetch]", "delay = 0.0", *lines, ""])
        (folder / "newskeep.toml").write_text(text)
        opened.append(newskeep.open(folder))
        return opened[-1]

    yield open_it
    for archive in opened:
        archive.close()
