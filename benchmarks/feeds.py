"""Full-text items per CPU-second: newskeep's feed parser beside feedparser's.

    pip install --group bench && python benchmarks/feeds.py [--items 100]

Both read the same generated RSS and Atom feeds, whose items carry about 6 KB of HTML each.
The ratio of one run is what counts; it should be at least 30.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

from newskeep.discover import feed

RECEIVED = datetime(2026, 11, 24, tzinfo=UTC)
URL = "https://paper.example/feed.xml"
NEEDED = 30


def rss(items: int) -> bytes:
    inner = "".join(
        f"<item><title>Story {number}</title><link>https://paper.example/{number}</link>"
        f"<guid>https://paper.example/{number}</guid><dc:creator>Ada Li</dc:creator>"
        "<pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{_body(number)}]]></content:encoded></item>"
        for number in range(items)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Paper</title><link>https://paper.example/</link>{inner}</channel></rss>"
    ).encode()


def atom(items: int) -> bytes:
    inner = "".join(
        f"<entry><title>Story {number}</title><link href='https://paper.example/{number}'/>"
        f"<id>https://paper.example/{number}</id><author><name>Ada Li</name></author>"
        "<updated>2026-11-24T08:00:00Z</updated>"
        f"<content type='html'>{escape(_body(number))}</content></entry>"
        for number in range(items)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Paper</title><link href='https://paper.example/'/>{inner}</feed>"
    ).encode()


def _body(number: int) -> str:
    dice = random.Random(number)
    words = ("".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 9))) for _ in range(840))
    text = list(words)
    paragraphs = (
        f'<p>{" ".join(text[start : start + 70])} <a href="/{start}">more</a>'
        f'<img src="/{start}.jpg" alt="{text[start]}"></p>'
        for start in range(0, len(text), 70)
    )
    return "".join(paragraphs)


def ours(data: bytes) -> int:
    return len(feed.parse(data, url=URL, received=RECEIVED).entries)


def rate(parse: Callable[[bytes], int], documents: list[bytes], seconds: float) -> float:
    """Items per CPU-second of this process, for at least so many CPU-seconds."""
    items, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        items += sum(map(parse, documents))
    return items / spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--items", type=int, default=100, help="in each of the two feeds")
    options = parser.parse_args()
    try:
        import feedparser
    except ImportError:
        print("skipped: feedparser is not installed (pip install --group bench)")
        return
    documents = [rss(options.items), atom(options.items)]
    peer = rate(lambda data: len(feedparser.parse(data).entries), documents, 2)
    found = rate(ours, documents, 2)
    print(f"newskeep   {found:8.0f} full-text items a CPU-second")
    print(f"feedparser {peer:8.0f}   {found / peer:.0f} × (at least {NEEDED})")


if __name__ == "__main__":
    main()
