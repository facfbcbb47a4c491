from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Image, Stamp

FEED = Feed(
    kind="rss",
    title="Harbour Post",
    home="http://harbour.example/",
    lang="en-GB",
    description="News from the quay",
    entries=(
        Entry(
            id="post-17",
            url="http://harbour.example/news/crane.html",
            title="Quay & crane: open again",
            authors=("Ada Pier",),
            published=Stamp(at=datetime(2026, 10, 8, 7, 8, tzinfo=UTC), offset=480),
            summary='The <a href="http://harbour.example/news/map">crane</a> works.',
            content="<p>The <a href=\"http://harbour.example/news/map?a=1&amp;b=2\">crane</a> works.</p>\n<img src='http://harbour.example/crane.jpg'>",
            tags=("Port",),
            images=(
                Image(url="http://harbour.example/crane-large.jpg", width=1200, height=800),
                Image(url="http://harbour.example/crane-small.jpg"),
            ),
        ),
        Entry(
            id="http://harbour.example/lamp",
            url="http://harbour.example/lamp",
            title="Lamp",
            authors=("Bo Lamp",),
            published=Stamp(at=datetime(2026, 10, 8, 7, 8, tzinfo=UTC), offset=0),
            summary="The lamp shines.",
        ),
        Entry(
            id="http://harbour.example/?p=42",
            url="http://harbour.example/rope",
            title="Rope",
            authors=("Cy Rope",),
            published=Stamp(at=datetime(2026, 10, 7, 15, 0, tzinfo=UTC), offset=-300),
            images=(Image(url="http://harbour.example/rope.png"),),
        ),
        Entry(
            id="http://harbour.example/a/9",
            url="http://harbour.example/anchor?utm_source=rss",
            title="Anchor",
            authors=("Dee Anchor",),
            published=Stamp(at=datetime(2026, 10, 6, 0, 0, tzinfo=UTC), offset=0),
            modified=Stamp(at=datetime(2026, 10, 6, 0, 0, tzinfo=UTC), offset=0),
            summary="Short.",
            aliases=("http://harbour.example/a/9",),
        ),
    ),
    ttl=3600,
    hubs=("http://hub.example/",),
    moved_to="https://harbour.example/new.xml",
    next_page="http://harbour.example/news/?page=2",
)
