"""A server on the loopback, and an archive whose pages are rendered by a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.feeds import feed
from support.stand import Stand, http

import newskeep
from newskeep.archive import Archive
from newskeep.errors import FetchError
from newskeep.fetch.browser.bounds import Bounds
from newskeep.sync import crawl, render
from newskeep.types import Capture, Source, SyncReport

pytest.importorskip("playwright", reason="Playwright is not installed (the extra `browser`)")


class Desk:
    """An archive that follows what a stand offers."""

    def __init__(self, archive: Archive, stand: Stand) -> None:
        self.archive = archive
        self.stand = stand

    def follow(self, *links: str, **facts: object) -> Source:
        """Follow a feed with these addresses, whose pages are rendered; the stand may be asked."""
        there = [link if "://" in link else self.stand.base + link for link in links]
        self.stand.scripts["/feed"] = feed(there)
        given = {"allow_hosts": [f"127.0.0.1:{self.stand.port}"], "fetch": "browser", **facts}
        return self.archive.follow(f"{self.stand.base}/feed", **given)

    def sync(self) -> SyncReport:
        """Sync once."""
        return self.archive.sync()

    def text(self, path: str) -> str:
        """The text of the article there."""
        return self.archive[self.stand.base + path].article.text

    def kept(self, path: str = "", role: str = "") -> list[Capture]:
        """The captures whose address ends so, oldest first, with their payloads."""
        found = [self.archive.captures.read(one.ref) for one in self.archive.captures.walk({})]
        return [
            one
            for one in sorted(found, key=lambda one: (one.time, one.ref))
            if one.url.endswith(path) and role in ("", one.role)
        ]


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    """A new archive in a folder, and a stand."""
    newskeep.init(folder).close()
    (folder / "newskeep.toml").write_text("format = 1\n[fetch]\ndelay = 0.0\nparallel = 2\n")
    with Stand({"/robots.txt": http(404)}) as stand, newskeep.open(folder) as archive:
        yield Desk(archive, stand)


@pytest.fixture(scope="module", autouse=True)
def brisk():
    """Looks that follow one another quickly, and a sync that waits for nothing."""
    from newskeep.fetch.browser.chromium import executable

    try:
        executable("")
    except FetchError as error:
        pytest.skip(str(error))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "BOUNDS", Bounds(look=0.05))
        patch.setattr(crawl, "PATIENCE", 0.0)
        yield


@pytest.fixture
def desk(tmp_path):
    with opened(tmp_path / "news") as made:
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A desk for a whole module: Chromium takes seconds to start."""
    with opened(tmp_path_factory.mktemp("desk") / "news") as made:
        yield made


@pytest.fixture
def bounded(monkeypatch):
    """Sets the bounds of a page."""
    return lambda **facts: monkeypatch.setattr(render, "BOUNDS", Bounds(look=0.05, **facts))
