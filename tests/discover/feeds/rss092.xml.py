from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Image, Problem

FEED = Feed(
    kind="rss",
    title="Harbour Post",
    home="http://harbour.example/",
    entries=(
        Entry(
            id="http://harbour.example/storm",
            url="http://harbour.example/storm",
            title="Storm",
            summary="<p>Wind of <em>force nine</em>.</p>",
            tags=("Weather",),
            images=(Image(url="http://harbour.example/storm.jpg"),),
            problems=(
                Problem(
                    url="http://harbour.example/storm",
                    stage="discover",
                    kind="date-missing",
                    message="the feed gives no date; the article is dated by when it was first seen",
                    at=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
                ),
            ),
        ),
    ),
)
