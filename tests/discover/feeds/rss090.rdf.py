from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Problem

FEED = Feed(
    kind="rss1",
    title="Harbour Post",
    home="http://harbour.example",
    description="News from the quay",
    entries=(
        Entry(
            id="http://harbour.example/ferry",
            url="http://harbour.example/ferry",
            title="Ferry back in service",
            problems=(
                Problem(
                    url="http://harbour.example/ferry",
                    stage="discover",
                    kind="date-missing",
                    message="the feed gives no date; the article is dated by when it was first seen",
                    at=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
                ),
            ),
        ),
    ),
)
