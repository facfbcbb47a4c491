"""How fast the catalogue takes articles in, by the size of a batch: synchronous FULL and NORMAL.

    python benchmarks/catalogue.py [--articles 2000] [--folder DIR]

Each article is one observation of a page of its own, placed in a transaction of so many
(the search index is measured in search.py). NORMAL does not wait for the disk at a commit:
a power cut then loses rows that were acknowledged. FULL, which we use, should cost nothing
against it in batches of 100. DIR ought to be on the disk that you ask about.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newskeep import keep, text
from newskeep.catalogue.store import Catalogue
from newskeep.catalogue.stories import Stories
from newskeep.keep import Observation
from newskeep.types import Article, Ref, Stamp

BATCHES = (1, 10, 100)
MODES = ("FULL", "NORMAL")
ROUNDS = 3
START = datetime(2026, 11, 1, tzinfo=UTC)


def observations(count: int) -> list[Observation]:
    """Pages of about 6 KB of text each, of made-up words (Zipf's law)."""
    dice = random.Random(1)
    words = ["".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 9))) for _ in range(4000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [_observation(number, dice.choices(words, weights, k=1000)) for number in range(count)]


def _observation(number: int, words: Sequence[str]) -> Observation:
    at = START + timedelta(seconds=number)
    url = f"https://{number % 50}.example/{number}-story"
    body = " ".join(words)
    article = Article(
        url=url,
        title=" ".join(words[:8]),
        text=body,
        html=f"<p>{body}</p>",
        published=Stamp(at=at, offset=0),
        authors=("Ada Li",),
    )
    capture = text.digest("capture", str(number))
    return Observation(
        id=keep.observation_id(capture),
        capture=capture,
        time=at,
        ref=Ref("a.warc.gz", number * 9000, 9000),
        kind=keep.CONTENT,
        addresses=(url,),
        source="s",
        rank=keep.RANK_PAGE,
        wording=keep.wording(article),
        article=article,
    )


def batches(seen: Sequence[Observation], size: int) -> Iterator[Sequence[Observation]]:
    for start in range(0, len(seen), size):
        yield seen[start : start + size]


def rate(folder: Path, seen: Sequence[Observation], size: int, mode: str) -> float:
    """Articles a second of the wall clock, into a new catalogue."""
    catalogue = Catalogue(folder / f"{mode}-{size}-{time.monotonic_ns()}.sqlite")
    catalogue.connection.execute(f"PRAGMA synchronous={mode}")
    stories = Stories(catalogue, lambda captures: [], "bench/1")
    began = time.perf_counter()
    for batch in batches(seen, size):
        with catalogue.transaction():
            for one in batch:
                stories.place(one)
    spent = time.perf_counter() - began
    catalogue.close()
    return len(seen) / spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--folder", type=Path, default=None, help="where the databases stand")
    options = parser.parse_args()
    seen = observations(options.articles)
    best: dict[tuple[int, str], float] = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for _ in range(ROUNDS):
            for size in BATCHES:
                for mode in MODES:
                    found = rate(Path(folder), seen, size, mode)
                    best[size, mode] = max(found, best.get((size, mode), 0.0))
    print(f"{options.articles} articles, the best of {ROUNDS} rounds, articles a second")
    print("batch     FULL   NORMAL   FULL is")
    for size in BATCHES:
        full, normal = best[size, "FULL"], best[size, "NORMAL"]
        print(f"{size:5d} {full:8.0f} {normal:8.0f}   {full / normal:.2f} × NORMAL")


if __name__ == "__main__":
    main()
