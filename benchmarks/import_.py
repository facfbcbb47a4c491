"""Importing a mirror of the old size: wall and CPU time, and the largest memory.

    python benchmarks/import_.py [--posts 5685] [--folder DIR]

The corpus is made up in the mirror's own shape: posts of about 29 KB in Chinese and
English with six pictures each (5,685 of them are 166 MB). The aim is two minutes on two
cores in less than 1 GB. Reading the same posts and parsing each with lxml alone is
measured beside it, as the ratio holds on any machine where the times do not.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lxml import html

START = datetime(2019, 1, 1, 8, 0, tzinfo=UTC)
EVERY = timedelta(hours=4)
OUTLETS = ("Harbour Bell", "蓝湖日报", "港湾周刊", "The Ferry Times")
BYTES = 29_000
PICTURES = 6


class Words:
    """Made-up words of a language, as often as words are (Zipf's law)."""

    def __init__(self, dice: random.Random, letters: str, lengths: tuple[int, int], between: str):
        self._dice = dice
        self._between = between
        self._words = [
            "".join(dice.choices(letters, k=dice.randint(*lengths))) for _ in range(5000)
        ]
        self._weights = [1 / rank for rank in range(1, len(self._words) + 1)]

    def sentence(self, count: int) -> str:
        return self._between.join(self._dice.choices(self._words, self._weights, k=count))


def languages(dice: random.Random) -> dict[str, Words]:
    han = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    return {
        "zh": Words(dice, han, (1, 4), ""),
        "en": Words(dice, "etaoinshrdlucmfwypvbgk", (2, 9), " "),
    }


def post(number: int, dice: random.Random, words: Words) -> tuple[str, str]:
    """The file name and text of a post."""
    at = START + number * EVERY
    title = words.sentence(8)
    site = OUTLETS[number % len(OUTLETS)]
    url = f"https://{number % 40}.example/{at:%Y/%m/%d}/story-{number}"
    paragraphs = [f'<p class="c{number % 7}">{words.sentence(70)}</p>']
    while sum(len(one.encode()) for one in paragraphs) < BYTES - 1500:
        paragraphs.append(f'<p style="margin:0"><span>{words.sentence(70)}</span></p>')
    for place in range(PICTURES):
        picture = f'<figure><img src="{url}/{place}.jpg" alt="{words.sentence(3)}"></figure>'
        paragraphs.insert(dice.randrange(1, len(paragraphs)), picture)
    paragraphs.insert(3, '<div id="dfp-ad-mid" class="dfp-tag-wrapper"><script>ad()</script></div>')
    head = (
        f'---\nlayout: post\ntitle: "{title}"\ndate: {at:%Y-%m-%dT%H:%M:%S}.000Z\n'
        f"author: {site}\nfrom: {url}\ntags: [ {site} ]\ncategories: [ {site} ]\n---\n"
        f"<!--{int(at.timestamp() * 1000)}-->\n[{title}]({url})\n------\n\n"
    )
    body = f'<div class="article-content">{"".join(paragraphs)}</div>\n'
    return f"{at:%Y-%m-%d}-{title.replace(' ', '-')[:50]}-{number}.md", head + body


def corpus(folder: Path, count: int) -> int:
    """Write the posts; how many bytes they are."""
    dice = random.Random(1)
    known = languages(dice)
    total = 0
    for number in range(count):
        words = known["en" if number % 4 == 0 else "zh"]
        name, text = post(number, dice, words)
        total += (folder / name).write_bytes(text.encode())
    return total


def read_only(folder: Path) -> float:
    """CPU seconds for reading every file and parsing it, and nothing else."""
    began = time.process_time()
    for path in folder.iterdir():
        html.fromstring(path.read_bytes().decode())
    return time.process_time() - began


def imported(archive: Path, folder: Path) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and KiB of `newskeep import jekyll`, run as a user would."""
    newskeep = [sys.executable, "-m", "newskeep", "--archive", str(archive)]
    subprocess.run([*newskeep, "init"], check=True, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    process = subprocess.Popen([*newskeep, "import", "jekyll", str(folder)])
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the import ended with exit code {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--posts", type=int, default=5685)
    parser.add_argument("--folder", type=Path, default=None, help="where the files stand")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        mirror = Path(name, "_posts")
        mirror.mkdir()
        size = corpus(mirror, options.posts)
        print(f"{options.posts} posts, {size / 1e6:.0f} MB", flush=True)
        parsed = read_only(mirror)
        wall, cpu, memory = imported(Path(name, "archive"), mirror)
        print(f"wall {wall:.1f} s, CPU {cpu:.1f} s, at most {memory / 1024:.0f} MiB in one process")
        print(f"{cpu / parsed:.1f} x the CPU time of parsing each post with lxml ({parsed:.1f} s)")


if __name__ == "__main__":
    main()
