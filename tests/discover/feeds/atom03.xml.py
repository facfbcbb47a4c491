from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Stamp

FEED = Feed(
    kind="atom",
    title="Harbour Post",
    home="http://harbour.example/",
    lang="en",
    description="News from the quay",
    entries=(
        Entry(
            id="tag:harbour.example,2026:1",
            url="http://harbour.example/fog",
            title="Fog",
            authors=("The desk",),
            published=Stamp(at=datetime(2026, 10, 8, 13, 0, tzinfo=UTC), offset=-300),
            modified=Stamp(at=datetime(2026, 10, 8, 14, 30, tzinfo=UTC), offset=0),
            summary="<p>Thick &amp; grey.</p>",
            content="<p>Thick.</p>",
            lang="en",
        ),
    ),
)
