from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Image, Stamp

FEED = Feed(
    kind="atom",
    title="AT&T <3",
    home="http://harbour.example/paper/index.html",
    lang="en",
    description="News from the quay",
    entries=(
        Entry(
            id="http://harbour.example/feed#1",
            url="http://harbour.example/paper/october/tide",
            title="Tide high & rising",
            authors=(
                "Ada Pier",
                "Bo Lamp",
            ),
            published=Stamp(at=datetime(2026, 10, 8, 0, 0, 0, 250000, tzinfo=UTC), offset=480),
            modified=Stamp(at=datetime(2026, 10, 8, 1, 0, tzinfo=UTC), offset=480),
            summary="<p>One paragraph with 1 &lt; 2.</p><p>And another.</p>",
            content='<div><p>High &lt; low <img src="http://harbour.example/paper/october/pictures/a.jpg" alt="A"></p></div>',
            tags=("The sea",),
            images=(Image(url="http://harbour.example/paper/october/tide.png"),),
            lang="en",
        ),
        Entry(
            id="urn:uuid:2",
            url="http://other.example/x",
            title="Two & <three>",
            authors=("Eve Other",),
            published=Stamp(at=datetime(2026, 10, 7, 0, 0, tzinfo=UTC), offset=0),
            modified=Stamp(at=datetime(2026, 10, 7, 0, 0, tzinfo=UTC), offset=0),
            summary="<p>A film.</p>",
            content="<p>Text</p>",
            images=(Image(url="http://harbour.example/t.jpg", width=120, height=90),),
            lang="en",
        ),
        Entry(
            id="http://harbour.example/e3",
            url="http://harbour.example/paper/doc.pdf",
            title="Elsewhere",
            authors=("The desk",),
            published=Stamp(at=datetime(2026, 10, 6, 0, 0, tzinfo=UTC), offset=0),
            modified=Stamp(at=datetime(2026, 10, 6, 0, 0, tzinfo=UTC), offset=0),
            lang="en",
            aliases=("http://harbour.example/e3",),
        ),
    ),
    hubs=("http://hub.example/",),
    next_page="http://harbour.example/paper/2026-09.atom",
)
