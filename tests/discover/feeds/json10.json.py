from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Stamp

FEED = Feed(
    kind="json",
    title="Harbour Post",
    home="http://harbour.example/",
    entries=(
        Entry(
            id="7",
            url="http://harbour.example/seven",
            title="Seven",
            authors=("The desk",),
            published=Stamp(at=datetime(2026, 10, 8, 7, 8, tzinfo=UTC), offset=480),
            content="<p>First &lt; last.</p><p>Second.</p>",
        ),
    ),
)
