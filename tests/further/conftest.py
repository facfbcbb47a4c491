"""A server on the loopback, an archive, and a clock that tests move."""

from __future__ import annotations

import pytest
from support.feeds import feed
from support.moving import (  # noqa: F401 (fixtures)
    free_stand,
    hurried_archive,
    impatient,
    moving_clock,
)


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
