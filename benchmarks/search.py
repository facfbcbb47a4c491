"""What the search finds and how fast, beside what FTS5's own tokenizers find and how fast.

    python benchmarks/search.py [--articles 3000] [--posts DIR] [--seed 1]

Articles are the posts in DIR, and beyond them articles made of their paragraphs in another
order. Truth is a scan of all folded texts. Without DIR there is nothing to measure.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from newskeep.search.index import SearchIndex
from newskeep.search.tokens import IGNORED, fold, is_run, units
from newskeep.types import Article

POSTS = Path(__file__).resolve().parents[2] / "shared" / "posts"
Answer = Callable[[str], set[str]]


def articles(folder: Path, count: int, dice: random.Random) -> Iterator[Article]:
    """The posts' plain text, then as many shuffled ones as are missing."""
    posts = [plain(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))]
    paragraphs = [line for post in posts for line in post.splitlines()]
    for number in range(count):
        if number < len(posts):
            text = posts[number]
        else:
            length = dice.choice(posts).count("\n") + 1
            text = "\n".join(dice.choices(paragraphs, k=length))
        yield Article(url=f"https://a.example/{number}", title=text[:30], text=text)


def plain(post: str) -> str:
    body = post.partition("\n---\n")[2]
    text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", "\n", body, flags=re.DOTALL)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def queries(texts: Sequence[str], count: int, dice: random.Random) -> dict[str, list[str]]:
    """Queries by class, each cut out of some text, a tenth with its characters turned round."""
    cut: dict[str, list[str]] = {
        "1": [],
        "2": [],
        "3": [],
        "4": [],
        "6–8": [],
        "word": [],
        "mixed": [],
    }
    while min(map(len, cut.values())) < count:
        found = units(dice.choice(texts))
        at = dice.randrange(len(found)) if found else 0
        for name, query in samples(found, at, dice):
            if len(cut[name]) < count:
                cut[name].append(query[::-1] if name != "mixed" and dice.random() < 0.1 else query)
    return cut


def samples(found: list[str], at: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    if not found:
        return
    unit = found[at]
    if not is_run(unit):
        yield "word", unit
        if at + 1 < len(found) and is_run(found[at + 1]):
            yield "mixed", unit + found[at + 1][:2]
        return
    for name, length in (("1", 1), ("2", 2), ("3", 3), ("4", 4), ("6–8", dice.randint(6, 8))):
        if len(unit) >= length:
            start = dice.randrange(len(unit) - length + 1)
            yield name, unit[start : start + length]


def scan(texts: dict[str, str], query: str) -> set[str]:
    """The truth: a substring of a run, a whole word, or a word and the run behind it."""
    parts = re.findall(r"[a-z0-9à-ÿ]+|[^a-z0-9à-ÿ]+", query)
    if all(is_run(part) for part in parts):
        return {story for story, text in texts.items() if query in text}
    wanted = units(query)
    last = len(wanted) - 1

    def stands(there: list[str]) -> bool:
        fits = [
            own.startswith(unit) if place == last and is_run(unit) else own == unit
            for place, (own, unit) in enumerate(zip(there, wanted, strict=False))
        ]
        return len(there) == len(wanted) and all(fits)

    found = set()
    for story, text in texts.items():
        if wanted[0] in text:
            there = units(text)
            if any(stands(there[at : at + len(wanted)]) for at in range(len(there))):
                found.add(story)
    return found


class Rival:
    """An FTS5 table with a tokenizer of SQLite's own, as one would make it without us."""

    def __init__(self, tokenizer: str) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5 "
            f"(title, body, content='', tokenize='{tokenizer}')"
        )

    def put(self, story: str, article: Article) -> None:
        values = (int(story), article.title, article.text)
        self.connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", values)

    def ask(self, query: str, limit: int) -> set[str]:
        phrase = '"' + query.replace('"', '""') + '"'
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        return {str(row[0]) for row in self.connection.execute(sql, (phrase, limit))}


class Ours:
    """newskeep's index, asked through its own query language."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.index = SearchIndex(self.connection)
        self.index.create()

    def put(self, story: str, article: Article) -> None:
        self.index.put(story, article)

    def ask(self, query: str, limit: int) -> set[str]:
        return {one.story for one in self.index.search(f'"{query}"', limit=limit, snippets=False)}


def fill(engine: Ours | Rival, stored: Sequence[Article]) -> float:
    """Index everything in transactions of 100; CPU seconds."""
    start = time.process_time()
    for at in range(0, len(stored), 100):
        engine.connection.execute("BEGIN")
        for number, article in enumerate(stored[at : at + 100], at):
            engine.put(str(number), article)
        engine.connection.execute("COMMIT")
    return time.process_time() - start


def size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page)


def quality(
    engine: Ours | Rival, asked: list[str], truth: dict[str, set[str]]
) -> tuple[float, float]:
    """Recall and precision over all hits of all queries."""
    hits = wanted = answered = 0
    for query in asked:
        answer = engine.ask(query, 1 << 30)
        hits += len(answer & truth[query])
        wanted += len(truth[query])
        answered += len(answer)
    return hits / max(wanted, 1), hits / max(answered, 1)


def timings(engine: Ours | Rival, asked: list[str]) -> tuple[float, float]:
    """Milliseconds for the best twenty: median and 95th percentile."""
    spent = []
    for query in asked:
        start = time.perf_counter()
        engine.ask(query, 20)
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--queries", type=int, default=75, help="of each of seven classes")
    parser.add_argument("--posts", type=Path, default=POSTS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.posts.is_dir():
        print(f"skipped: no posts in {options.posts}")
        return
    measure(options.posts, options.articles, options.queries, options.seed)


def measure(posts: Path, count: int, each: int, seed: int) -> None:
    dice = random.Random(seed)
    stored = list(articles(posts, count, dice))
    folded = {str(n): fold(one.text).replace(IGNORED, "") for n, one in enumerate(stored)}
    asked = queries(list(folded.values()), each, dice)
    truth = {query: scan(folded, query) for own in asked.values() for query in own}
    bytes_of_text = sum(len(one.text.encode()) for one in stored)
    total = sum(map(len, asked.values()))
    print(f"{count} articles, {bytes_of_text / 1e6:.1f} MB of text, {total} queries")
    engines: dict[str, Ours | Rival] = {
        "newskeep": Ours(),
        "trigram": Rival("trigram"),
        "unicode61": Rival("unicode61"),
    }
    base: dict[str, tuple[float, float]] = {}
    for name, engine in engines.items():
        spent = fill(engine, stored)
        rate, share = count / spent, size(engine.connection) / bytes_of_text
        print(f"\n{name}: {rate:.0f} articles a CPU second, {share:.2f} of the text")
        print("  class   recall  precision   p50 ms   p95 ms   p50 × newskeep")
        for group, own in asked.items():
            recall, precision = quality(engine, own, truth)
            middle, high = timings(engine, own)
            base.setdefault(group, (middle, high))
            ratio = middle / base[group][0]
            print(
                f"  {group:<8}{recall:6.3f}{precision:11.3f}{middle:9.2f}{high:9.2f}{ratio:12.2f}"
            )


if __name__ == "__main__":
    main()
