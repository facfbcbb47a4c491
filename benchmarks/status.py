"""How long `newskeep status` takes over a large archive.

    python benchmarks/status.py [--stories 100000] [--sources 300] [--folder DIR]

The archive is made with the catalogue's own functions: every source has a feed of 20 items in a
capture file and a page for each of its stories, half of which are still scheduled and a tenth
doubtful. DIR, where given, keeps the archive for the next run. Measured are `archive.status()`
on an archive opened anew, and the command; the disk's cache is warm.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

import newskeep
from newskeep import Archive, config, keep, text
from newskeep.catalogue.frontier import Task
from newskeep.catalogue.stories import Stories
from newskeep.keep import Observation
from newskeep.types import Article, Capture, Received, Ref, Source, Stamp

ROUNDS = 5
BATCH = 1000
NOW = datetime.now(UTC)
CJK = "蓝湖港务局周五宣布封闭两年的跨海大桥重新向货车开放"


def sources(count: int) -> list[Source]:
    return [
        Source(
            id=text.digest(str(number))[:16],
            url=f"https://{number}.example/feed.xml",
            title=f"{CJK[number % 9 : number % 9 + 8]} {number}"
            if number % 2
            else f"Bell {number}",
        )
        for number in range(count)
    ]


def observations(known: Sequence[Source], count: int) -> Iterator[tuple[Capture, Observation]]:
    """Pages of about 6 KB of text each, half an hour apart at each source."""
    dice = random.Random(1)
    words = ["".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 9))) for _ in range(4000)]
    for number in range(count):
        source = known[number % len(known)]
        at = NOW - timedelta(minutes=30) * ((count - number) // len(known))
        body = " ".join(dice.choices(words, k=1000))
        url = f"https://{source.url.split('/')[2]}/{number}-story"
        access = "subscriber" if number % 7 == 0 else "open"
        published = Stamp(at=at, offset=0)
        article = Article(
            url=url, title=body[:60], text=body, html=f"<p>{body}</p>", published=published,
            access=access, confidence=0.3 if number % 10 == 0 else 0.9,
        )  # fmt: skip
        capture = Capture(
            id=text.digest("capture", str(number)), url=url, time=at, kind="response", role="page",
            digest=f"sha256:{number}", ref=Ref("made-up.warc.gz", number * 9000, 9000),
            source=source.id, status=200 if number % 50 else 503, content_type="text/html",
        )  # fmt: skip
        yield capture, Observation(
            id=keep.observation_id(capture.id), capture=capture.id, time=at, ref=capture.ref,
            kind=keep.CONTENT, addresses=(url,), source=source.id, rank=keep.RANK_PAGE,
            wording=keep.wording(article), article=article,
        )  # fmt: skip


def feed(source: Source) -> Received:
    item = (
        "<item><title>The bridge</title><link>{url}</link><description>{body}</description></item>"
    )
    body = "The harbour bridge at Lanmere opened to lorries on Friday. " * 30
    items = "".join(item.format(url=f"{source.url}/{n}", body=body) for n in range(20))
    hub = "<link rel='hub' xmlns='http://www.w3.org/2005/Atom' href='https://hub.example/'/>"
    document = (
        f"<rss version='2.0'><channel><title>{source.title}</title>{hub}{items}</channel></rss>"
    )
    return Received(
        url=source.url, role="feed", payload=document.encode(), status=200, source=source.id,
        headers=(("Content-Type", "application/rss+xml"),),
    )  # fmt: skip


def make(folder: Path, stories: int, count: int) -> None:
    """Make the archive."""
    known = sources(count)
    with newskeep.init(folder) as archive:
        followed = ""
        for source in known:
            followed = config.add_source(followed, source)
        archive.layout.sources.write_text(followed, encoding="utf-8")
        archive.keep([feed(source) for source in known])
        catalogue = archive.catalogue
        write = Stories(catalogue, lambda captures: [], "bench/1")
        made = observations(known, stories)
        while batch := list(islice(made, BATCH)):
            with catalogue.transaction():
                for capture, seen in batch:
                    catalogue.add_capture(capture)
                    write.place(seen)
                archive.frontier.add(map(_task, batch))
        with catalogue.transaction():
            due = NOW.timestamp() + 1800
            polls = (Task(url=s.url, role="feed", source=s.id, due=due) for s in known)
            archive.frontier.add(replace(poll, last_ok=due - 3600) for poll in polls)


def _task(made: tuple[Capture, Observation]) -> Task:
    capture, seen = made
    due = NOW.timestamp() + 86400 if int(capture.digest[7:]) % 2 else None
    return Task(url=capture.url, role="page", source=seen.source, due=due)


def call(folder: Path) -> None:
    with Archive(folder) as archive:
        archive.status()


def command(folder: Path) -> None:
    words = [sys.executable, "-m", "newskeep", "status", "--archive", str(folder)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def spent(work: Callable[[Path], None], folder: Path) -> tuple[float, float]:
    """Seconds by the clock and of the processor, ours and our children's."""
    began, before = time.perf_counter(), os.times()
    work(folder)
    after = os.times()
    return time.perf_counter() - began, sum(after[:4]) - sum(before[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--sources", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=None, help="keep the archive here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)) / "news"
        if not folder.exists():
            make(folder, options.stories, options.sources)
        call(folder)  # so that the disk's cache is warm
        print(f"the median of {ROUNDS} rounds, seconds  clock  processor")
        for name, work in (("archive.status()", call), ("newskeep status", command)):
            clock, processor = zip(*(spent(work, folder) for _ in range(ROUNDS)), strict=True)
            print(f"{name:35} {median(clock):6.2f} {median(processor):10.2f}")


if __name__ == "__main__":
    main()
