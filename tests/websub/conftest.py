"""A hub, a paper, an archive that both can reach, and a listener in a thread."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from threading import Event, Thread

import pytest
from support.hub import Hub
from support.moving import impatient, moving_clock  # noqa: F401 (fixtures)
from support.stand import Stand, http

import newskeep
from newskeep.config import Settings
from newskeep.layout import Layout
from newskeep.websub import presence
from newskeep.websub.listener import Listener

TEXT = "The harbour bridge reopened to lorries on Friday morning after two years of repairs. " * 4


class Listening:
    """A listener in a thread, at a port of its own; `events` holds what it told."""

    def __init__(self, folder):
        self.layout = Layout(folder)
        self.events = []
        self.port = 0
        self._ready = Event()
        self._thread = None

    def start(self):
        """Listen, at the same port as before."""
        self._ready.clear()
        self._thread = Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self):
        """Listen no more, once what is under way is done; twice does no harm."""
        if self._thread:
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join(10)
            self._thread = None

    async def _run(self):
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        settings = Settings(listen=f"127.0.0.1:{self.port}")
        with presence.held(self.layout):
            listener = Listener(self.layout, settings, self.events.append)
            self.port = await listener.start()
            self._ready.set()
            await self._stopped.wait()
            await listener.stop()

    @property
    def base(self):
        """The callback."""
        return f"http://127.0.0.1:{self.port}/websub"

    def told(self):
        """What happened, in a word each."""
        return [event["event"] for event in self.events]


class Paper(Stand):
    """A paper with a feed at /feed.xml that names a hub."""

    def __init__(self, hub):
        super().__init__({"/robots.txt": http(404)})
        self.hub = hub
        self.links = f'<atom:link rel="hub" href="{hub}"/>'
        self.publish("one")

    def publish(self, *names):
        """Set the feed, and the pages of its entries."""
        self.feed = self.made(*names)
        self.scripts["/feed.xml"] = lambda asked: http(200, self.feed, "Content-Type: text/xml")
        for name in names:
            page = f"<title>{name} opens</title><article><h1>{name} opens</h1><p>{TEXT}{name}</p>"
            self.scripts[f"/{name}-2026"] = http(200, page.encode(), "Content-Type: text/html")

    def made(self, *names):
        """A feed with entries of these names, the newest first."""
        items = "".join(
            f"<item><guid>{name}</guid><title>{name} opens</title><link>{self.base}/{name}-2026</link>"
            f"<description>{name}, in short.</description></item>"
            for name in names
        )
        own = f'<atom:link rel="self" href="{self.base}/feed.xml"/>'
        return (
            '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
            f"<title>The Paper</title>{self.links}{own}{items}</channel></rss>"
        ).encode()

    @property
    def polls(self):
        """How often the feed was asked for."""
        return self.targets().count("/feed.xml")


@pytest.fixture
def hub():
    with Hub() as running:
        yield running


@pytest.fixture
def paper(hub):
    with Paper(hub.url) as running:
        yield running


@pytest.fixture
def listening(tmp_path, clock):
    """A listener for a new archive, which stands in tmp_path/news."""
    newskeep.init(tmp_path / "news").close()
    running = Listening(tmp_path / "news")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def opened(listening):
    """Opens the archive, with the listener as its callback."""
    with ExitStack() as stack:

        def open_it(callback=None):
            base = listening.base if callback is None else callback
            text = f'format = 1\n[fetch]\ndelay = 0.0\npictures = false\n[websub]\ncallback = "{base}"\n'
            listening.layout.settings.write_text(text)
            return stack.enter_context(newskeep.open(listening.layout.root))

        yield open_it


@pytest.fixture
def archive(opened):
    return opened()


@pytest.fixture
def source(archive, paper):
    """The paper, followed."""
    return archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])


@pytest.fixture
def subscribed(archive, source, hub):
    """The form with which the hub was asked, after it has verified."""
    archive.sync()
    (form,) = hub.asked
    assert hub.verify(form).status == 200
    return form
