from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Image, Stamp

FEED = Feed(
    kind="json",
    title="Harbour & Post",
    home="http://harbour.example/",
    lang="en",
    description="News from the quay",
    entries=(
        Entry(
            id="http://harbour.example/eight",
            url="http://harbour.example/eight",
            title="Eight",
            authors=("Ada Pier",),
            published=Stamp(at=datetime(2026, 10, 8, 15, 8, tzinfo=UTC), offset=0),
            modified=Stamp(at=datetime(2026, 10, 8, 15, 8, tzinfo=UTC), offset=0),
            summary="<p>Short.</p>",
            content="<p>Eight.</p>",
            tags=(
                "port",
                "9",
            ),
            images=(
                Image(url="http://harbour.example/8.jpg"),
                Image(url="http://harbour.example/8.png"),
            ),
            lang="zh",
        ),
    ),
    hubs=("http://hub.example/",),
    next_page="http://harbour.example/feed.json?page=2",
)
