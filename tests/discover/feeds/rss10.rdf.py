from datetime import UTC, datetime

from newskeep.types import Entry, Feed, Stamp

FEED = Feed(
    kind="rss1",
    title="港の新聞",
    home="http://harbour.example/",
    lang="ja",
    description="港のニュース",
    entries=(
        Entry(
            id="http://harbour.example/boat",
            url="http://harbour.example/boat?ref=rdf",
            title="新しい船",
            authors=("山田花子",),
            published=Stamp(at=datetime(2026, 10, 8, 14, 8, tzinfo=UTC), offset=540),
            summary="短い説明",
            content="<p>船が<b>来た</b>。</p>",
            tags=("船",),
            aliases=("http://harbour.example/boat",),
        ),
        Entry(
            id="http://harbour.example/fish",
            url="http://harbour.example/fish",
            title="魚",
            published=Stamp(at=datetime(2026, 10, 7, 0, 0, tzinfo=UTC), day_only=True),
        ),
    ),
    ttl=21600,
)
