"""A server on the loopback, an archive without a pace, and a clock that tests move."""

from __future__ import annotations

import pytest
from support.moving import impatient, moving_clock  # noqa: F401 (fixtures)
from support.stand import Stand, http

import newskeep


@pytest.fixture
def stand():
    with Stand({"/robots.txt": http(404)}) as running:
        yield running


@pytest.fixture
def archive(tmp_path, clock):
    newskeep.init(tmp_path / "news").close()
    (tmp_path / "news" / "newskeep.toml").write_text("format = 1\n[fetch]\ndelay = 0.0\n")
    with newskeep.open(tmp_path / "news") as opened:
        yield opened
