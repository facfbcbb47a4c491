"""A server on the loopback, an archive, and a clock that tests move."""

from __future__ import annotations

import pytest
from support.feeds import feed
from support.moving import impatient, moving_clock  # noqa: F401 (fixtures)
from support.stand import Stand, http

import newskeep


@pytest.fixture
def stand():
    with Stand({"/robots.txt": http(404)}) as running:
        yield running


@pytest.fixture
def archive(tmp_path, clock):
    """An archive that keeps no pace."""
    newskeep.init(tmp_path / "news").close()
    (tmp_path / "news" / "newskeep.toml").write_text("format = 1\n[fetch]\ndelay = 0.0\n")
    with newskeep.open(tmp_path / "news") as opened:
        yield opened


@pytest.fixture
def follow(archive, stand):
    """Follow a feed that names this one article of the stand."""

    def run(path):
        stand.scripts["/feed.xml"] = feed([stand.base + path])
        archive.follow(f"{stand.base}/feed.xml", allow_hosts=["127.0.0.1"])
        return archive.sync()

    return run


@pytest.fixture
def again(archive, clock):
    """Look again, when the article is due."""

    def run():
        clock.ahead(minutes=20)
        return archive.sync()

    return run
