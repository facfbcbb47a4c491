"""The memory of one real sync over many articles, and how fast it goes.

    python benchmarks/memory.py [--articles 10000] [--hosts 20] [--every 250]

`newskeep sync` runs in a process of its own, without a pace, against a server on the
loopback with feeds that name so many articles of 3 to 20 kB; every tenth has a picture. Its
resident memory is read after every so many pages. From 1,000 articles on it should stay
within 20 %.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from hosts import Hosts, feed, http, page, png
from pace import prepare, start

FIRST = 1000
"""Articles after which the memory should no longer grow."""


class Sample(NamedTuple):
    """What the process had when so many pages were asked for; `at` in seconds."""

    pages: int
    megabytes: float
    at: float


class Papers(Hosts):
    """Hosts whose feeds name many articles."""

    pages = 0

    def answer(self, name: str, target: str) -> bytes:
        match target.split("/")[1:]:
            case ["feed.xml"]:
                return http(feed(self.links(name)), "application/rss+xml")
            case ["a", number]:
                self.pages += 1
                return http(self._article(name, int(number)), "text/html; charset=utf-8")
            case ["p", _]:
                return http(png(name + target), "image/png")
        return http(b"nothing", "text/plain", 404)

    def links(self, name: str) -> list[str]:
        return [self.at(name, f"/a/{n}") for n in range(self.articles)]

    def _article(self, name: str, number: int) -> bytes:
        title = f"{name} {number}"
        size = random.Random(title).randrange(3_000, 20_000)
        pictures = [self.at(name, f"/p/{number}.png")] if number % 10 == 0 else []
        return page(title, pictures=pictures, size=size)


def resident(pid: int) -> float:
    """A process's resident memory in megabytes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


async def sampled(folder: Path, papers: Papers, every: int) -> list[Sample]:
    """Sync, and sample after every so many pages."""
    samples: list[Sample] = []
    began = time.monotonic()
    running = await start(folder)
    try:
        while running.returncode is None:
            if papers.pages // every > len(samples) - 1:
                now = time.monotonic() - began
                samples.append(Sample(papers.pages, resident(running.pid), now))
            await asyncio.sleep(0.02)
    finally:
        if running.returncode is None:
            running.kill()
    return samples


def tell(samples: list[Sample]) -> None:
    print("  pages       MB   pages/s")
    for before, now in pairwise(samples):
        rate = (now.pages - before.pages) / (now.at - before.at)
        print(f"{now.pages:7d} {now.megabytes:8.1f} {rate:9.1f}")
    first = next(one for one in samples if one.pages >= FIRST)
    last, most = samples[-1], max(samples, key=lambda one: one.megabytes)
    after = max(one.megabytes for one in samples if one.pages >= FIRST) / first.megabytes
    print(f"after {first.pages} pages {first.megabytes:.1f} MB, after {last.pages} ", end="")
    print(f"{last.megabytes:.1f} MB, at most {most.megabytes:.1f} MB (at {most.pages})")
    print(f"growth from {FIRST} pages on: {(after - 1) * 100:+.1f} % (at most 20)")
    print(f"{last.pages / last.at:.0f} pages a second")


async def measure(options: argparse.Namespace, folder: Path) -> None:
    async with Papers(options.hosts, options.articles // options.hosts) as papers:
        prepare(folder, papers, delay=0.0, parallel=8)
        tell(await sampled(folder, papers, options.every))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--every", type=int, default=250)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(options, Path(folder) / "archive"))


if __name__ == "__main__":
    main()
