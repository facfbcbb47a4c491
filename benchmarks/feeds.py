"""Full-text items per CPU-second: newskeep's feed parser beside feedparser's.

    pip install --group bench && python benchmarks/feeds.py [--items 100] [--paragraphs 36]

Both read the same generated RSS and Atom feeds. An item carries an article as 290 real ones
were on average: 19 KB of HTML, 240 tags, 140 attributes, 36 paragraphs, 13 links, 5 pictures,
3,000 Han characters. feedparser is asked as it comes, which sanitises; newskeep does that when
it extracts. The best of several interleaved rounds counts; the ratio should be at least 30.
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
ROUNDS = 3


def rss(items: int, paragraphs: int) -> bytes:
    inner = "".join(
        f"<item><title>Story {number}</title><link>https://paper.example/{number}</link>"
        f"<guid>https://paper.example/{number}</guid><dc:creator>Ada Li</dc:creator>"
        "<pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{body(number, paragraphs)}]]></content:encoded></item>"
        for number in range(items)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Paper</title><link>https://paper.example/</link>{inner}</channel></rss>"
    ).encode()


def atom(items: int, paragraphs: int) -> bytes:
    inner = "".join(
        f"<entry><title>Story {number}</title><link href='https://paper.example/{number}'/>"
        f"<id>https://paper.example/{number}</id><author><name>Ada Li</name></author>"
        "<updated>2026-11-24T08:00:00Z</updated>"
        f"<content type='html'>{escape(body(number, paragraphs))}</content></entry>"
        for number in range(items)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Paper</title><link href='https://paper.example/'/>{inner}</feed>"
    ).encode()


def body(number: int, paragraphs: int) -> str:
    dice = random.Random(number)
    return "".join(_paragraph(dice, place) for place in range(paragraphs))


def _paragraph(dice: random.Random, place: int) -> str:
    html = f"{_han(dice, 40)}{_latin(dice, 24)}{_phrase(dice, place)}"
    html += f"<strong>{_han(dice, 9)}</strong>" if place % 7 == 0 else ""
    html = f"<p>{html}</p>"
    if place % 6:
        html = f'<div class="block">{html}</div>'
    return html + (_figure(dice, place) if place % 7 == 0 else "")


def _phrase(dice: random.Random, place: int) -> str:
    words = _han(dice, 40)
    if place % 3 == 0:
        link = f"https://paper.example/{place}/{_latin(dice, 1)}"
        return f'<a href="{link}" rel="nofollow" target="_blank">{words}</a>'
    return f'<span style="color: black">{words}</span>' if place % 3 == 1 else words


def _figure(dice: random.Random, place: int) -> str:
    picture = f"https://pictures.example/{_latin(dice, 1)}/{place}"
    return (
        f'<figure class="wide"><img src="{picture}.jpg" srcset="{picture}-2.jpg 2x" width="960" '
        f'height="640" alt="{_han(dice, 9)}" class="lead" data-id="{place}" loading="lazy">'
        f"<figcaption>{_latin(dice, 9)}</figcaption></figure><h2>{_han(dice, 9)}</h2>"
    )


def _han(dice: random.Random, length: int) -> str:
    return "".join(map(chr, dice.choices(range(0x4E00, 0x9FA5), k=length)))


def _latin(dice: random.Random, length: int) -> str:
    return " ".join("".join(dice.choices("etaoinshrdlu", k=5)) for _ in range(length))


def ours(data: bytes) -> int:
    return len(feed.parse(data, url=URL, received=RECEIVED).entries)


def theirs(data: bytes) -> int:
    import feedparser

    return len(feedparser.parse(data).entries)


def rate(parse: Callable[[bytes], int], documents: list[bytes]) -> float:
    """Items per CPU-second of this process, over a second at least."""
    items, began = 0, time.process_time()
    while (spent := time.process_time() - began) < 1:
        items += sum(map(parse, documents))
    return items / spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--items", type=int, default=100, help="in each of the two feeds")
    parser.add_argument("--paragraphs", type=int, default=36, help="in each item")
    options = parser.parse_args()
    try:
        import feedparser  # noqa: F401
    except ImportError:
        print("skipped: feedparser is not installed (pip install --group bench)")
        return
    documents = [kind(options.items, options.paragraphs) for kind in (rss, atom)]
    rounds = [(rate(ours, documents), rate(theirs, documents)) for _ in range(ROUNDS)]
    found, peer = map(max, zip(*rounds, strict=True))
    print(f"newskeep   {found:8.0f} full-text items a CPU-second")
    print(f"feedparser {peer:8.0f}   {found / peer:.0f} × (at least {NEEDED})")


if __name__ == "__main__":
    main()
