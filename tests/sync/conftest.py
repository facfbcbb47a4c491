"""A newsstand, an archive, and a clock that tests move."""

from __future__ import annotations

import pytest
from newsstand import Newsstand
from support.moving import impatient, moving_clock  # noqa: F401 (fixtures)
from support.stand import Stand

import newskeep
from newskeep.fetch import guard


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """A name service that knows every name at the loopback."""

    async def lookup(host, port):
        return ["127.0.0.1"]

    monkeypatch.setattr(guard, "_system_lookup", lookup)


@pytest.fixture
def newsstand():
    with Newsstand() as running:
        yield running


@pytest.fixture
def stand():
    with Stand() as running:
        running.scripts["/robots.txt"] = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
        yield running


@pytest.fixture
def configured(tmp_path, clock):
    """Opens an archive with these lines of settings; no pace unless one is given."""
    opened = []

    def open_it(*lines, delay=0.0):
        folder = tmp_path / f"news{len(opened)}"
        newskeep.init(folder).close()
        fetch = "\n".join(["format = 1", "[fetch]", f"delay = {delay}", *lines, ""])
        (folder / "newskeep.toml").write_text(fetch)
        opened.append(newskeep.open(folder))
        return opened[-1]

    yield open_it
    for archive in opened:
        archive.close()


@pytest.fixture
def archive(configured):
    return configured()


@pytest.fixture
def follow(archive):
    """Follow an address that may be on the loopback."""
    return lambda url, **facts: archive.follow(url, allow_hosts=["127.0.0.1"], **facts)


@pytest.fixture
def sync(archive):
    """Sync; returns its report, with every event as `events`."""

    def run(**facts):
        events = []
        report = archive.sync(on_event=events.append, **facts)
        return report, [dict(one) for one in events]

    return run
