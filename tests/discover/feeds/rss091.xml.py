from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Problem

FEED = Feed(
    kind="rss",
    title="Café dü Port",
    home="http://harbour.example/",
    lang="fr",
    description="News & coffee",
    entries=(
        Entry(
            id="http://harbour.example/ete",
            url="http://harbour.example/ete",
            title="L’été arrive",
            summary="Bientôt.",
            problems=(
                Problem(
                    url="http://harbour.example/ete",
                    stage="discover",
                    kind="date-missing",
                    message="the feed gives no date; the article is dated by when it was first seen",
                    at=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
                ),
            ),
        ),
        Entry(
            id="cb7c3a9d4a3ce8d1980e9b383483bc31",
            url="",
            summary="A note without a link or a title.",
            problems=(
                Problem(
                    url="http://harbour.example/feed",
                    stage="discover",
                    kind="date-missing",
                    message="the feed gives no date; the article is dated by when it was first seen",
                    at=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
                ),
            ),
        ),
    ),
    skip_hours=(
        0,
        7,
    ),
    skip_days=(
        "Saturday",
        "Sunday",
    ),
    problems=(
        Problem(
            url="http://harbour.example/feed",
            stage="discover",
            kind="feed-malformed",
            message="http://harbour.example/feed is not well-formed (line 8: Entity 'eacute' not defined); what could be read was kept",
            at=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
        ),
    ),
)
