"""`kill -9` at random moments: whatever was acknowledged is there, and the next run completes.

Fifty kills in all. Their moments come from a seed and spread evenly over the logarithm of
the time that an undisturbed run takes: half of them count from a process's first breath,
half from its first acknowledgement.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.feeds import page, rss
from support.stand import Stand, http

import newskeep
from newskeep.captures import Captures

SYNC_KILLS, IMPORT_KILLS = 30, 20
EARLIEST = 0.05
"""Seconds from its start after which a process is killed at the earliest."""

DUE = 11_000
"""Seconds from run to run, by newskeep's clock, after which every page is due again."""

pytestmark = pytest.mark.slow


def command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "newskeep", "--archive", str(folder), *arguments]


def environment(offset: float = 0.0) -> dict[str, str]:
    """Ours, less what would have a killed process leave a broken coverage file."""
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    return {**plain, "NEWSKEEP_CLOCK_OFFSET": str(offset)}


class Run:
    """A `newskeep` in a process of its own, and what it acknowledged."""

    def __init__(self, folder: Path, *arguments: str, offset: float = 0.0) -> None:
        self._process = subprocess.Popen(
            command(folder, *arguments),
            env=environment(offset),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.acknowledged: list[str] = []
        self._began = time.monotonic()
        self.first = self.whole = 0.0
        self._spoke = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            event = json.loads(line) if line.endswith("\n") else {"event": "torn"}
            if event["event"] == "captured":
                self.acknowledged.append(event["id"])
                self.first = self.first or time.monotonic() - self._began
                self._spoke.set()
        self._spoke.set()

    def kill(self, seconds: float, *, spoken: bool) -> bool:
        """Kill it so long after its start or first word; whether that hit it alive."""
        if spoken:
            self._spoke.wait(20)
        time.sleep(seconds)
        self._process.kill()
        code = self.end()
        assert code in (0, -signal.SIGKILL), self.said
        return code != 0

    def end(self) -> int:
        """Wait for its end; its exit code."""
        self._reader.join(30)
        code = self._process.wait(30)
        assert self._process.stderr is not None
        self.said = self._process.stderr.read()
        self._process.stderr.close()
        self.whole = time.monotonic() - self._began
        return code


def moments(seed: int, run: Run) -> Iterator[tuple[float, bool]]:
    """(seconds, whether after the first word), log-uniform over what this run took."""
    chance = random.Random(seed)
    while True:
        yield EARLIEST * (run.whole / EARLIEST) ** chance.random(), False
        yield 0.001 * ((run.whole - run.first) / 0.001) ** chance.random(), True


def sound(folder: Path) -> None:
    """`newskeep check` finds nothing."""
    check = subprocess.run(command(folder, "check"), env=environment(), capture_output=True)
    assert (check.returncode, check.stdout, check.stderr) == (0, b"All is sound.\n", b"")


def kept(folder: Path) -> Counter[str]:
    """How often each capture's id stands in the WARC files."""
    return Counter(capture.id for capture in Captures(folder / "captures").walk())


# Sync


class Moving(Stand):
    """Two feeds with twenty articles each; every page reads differently each time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        for name, host in (("a", "127.0.0.1"), ("b", "localhost")):
            links = [f"http://{host}:{self.port}/{name}-{number}" for number in range(20)]
            self.scripts[f"/{name}"] = http(200, rss(links, title=name))
            for number in range(20):
                self.scripts[f"/{name}-{number}"] = self._page
        self.scripts["/robots.txt"] = http(404)

    def _page(self, asked) -> bytes:
        self.asked += 1
        picture = f'<img src="/{asked.target[1:]}.png?{self.asked}" width="900" height="600">'
        return page(f"Edition {self.asked} of {asked.target}", more=picture)


def test_a_killed_sync_loses_nothing_that_it_acknowledged(tmp_path):
    folder = tmp_path / "news"
    with Moving() as stand, newskeep.init(folder) as archive:
        archive.layout.settings.write_text("format = 1\n[fetch]\ndelay = 0\n")
        for url in (f"http://127.0.0.1:{stand.port}/a", f"http://localhost:{stand.port}/b"):
            archive.follow(url, allow_hosts=["127.0.0.1", "localhost"])
        archive.close()
        first = Run(folder, "sync", "--json")
        assert (first.end(), first.said) == (0, "")
        acknowledged = list(first.acknowledged)
        kills = runs = 0
        for seconds, spoken in moments(1, first):
            runs += 1
            run = Run(folder, "sync", "--json", offset=runs * DUE)
            kills += run.kill(seconds, spoken=spoken)
            assert "Traceback" not in run.said
            acknowledged += run.acknowledged
            if kills == SYNC_KILLS:
                break
            assert runs < 4 * SYNC_KILLS, "the work is too small for the kills to hit"

        runs += 1
        last = Run(folder, "sync", "--json", offset=runs * DUE)
        assert (last.end(), last.said) == (0, "")
        acknowledged += last.acknowledged

        everything = kept(folder)
        others = len(first.acknowledged) + len(last.acknowledged)
        assert len(acknowledged) - others >= SYNC_KILLS // 2
        assert [one for one in acknowledged if everything[one] != 1] == []
        sound(folder)
        with newskeep.open(folder) as again:
            assert len(list(again.stories())) == 40
            before = again.digest()
            assert again.rebuild() == before


# Import

POST = """---
layout: post
title: "Part {number} of the harbour's story"
date: {date} 08:00:00 +0000
original_url: "https://harbour.example/{number}-story"
tags: [harbour]
---
<!--{epoch}-->
[Part {number} of the harbour's story](https://harbour.example/{number}-story)
------
{body}
"""
POSTS = 300


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    """A folder of posts."""
    folder = tmp_path_factory.mktemp("mirror") / "_posts"
    folder.mkdir()
    for number in range(POSTS):
        date = f"20{10 + number // 336:02}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        body = "\n".join(
            f"<p>Paragraph {line} of part {number}: the ferry left at {line * number}.</p>"
            for line in range(8)
        )
        text = POST.format(number=number, date=date, epoch=1_300_000_000_000 + number, body=body)
        (folder / f"{date}-part-{number}.md").write_text(text)
    return folder.parent


def contents(folder: Path) -> list[tuple]:
    """What a reader finds in an archive, which is sound."""
    with newskeep.open(folder) as archive:
        assert list(archive.check()) == []
        return sorted(
            (story.url, story.tags, tuple((one.number, one.article) for one in story.revisions))
            for story in archive.stories()
        )


def test_a_killed_import_loses_nothing_and_ends_as_if_undisturbed(tmp_path, mirror):
    undisturbed = tmp_path / "undisturbed"
    newskeep.init(undisturbed).close()
    whole = Run(undisturbed, "import", "jekyll", str(mirror), "--json")
    assert (whole.end(), len(whole.acknowledged)) == (0, POSTS)
    expected = contents(undisturbed)

    kills = archives = 0
    instants = moments(2, whole)
    while kills < IMPORT_KILLS:
        folder = tmp_path / f"news{archives}"
        archives += 1
        newskeep.init(folder).close()
        acknowledged: list[str] = []
        finished = False
        while not finished:
            workers = "1" if kills % 4 else "2"
            run = Run(folder, "import", "jekyll", str(mirror), "--json", "--workers", workers)
            if kills < IMPORT_KILLS:
                seconds, spoken = next(instants)
                finished = not run.kill(seconds, spoken=spoken)
                kills += not finished
            else:
                finished = run.end() == 0
            assert "Traceback" not in run.said
            acknowledged += run.acknowledged

        everything = kept(folder)
        assert [one for one in acknowledged if everything[one] != 1] == []
        assert len(everything) == POSTS
        assert contents(folder) == expected
    sound(folder)
    with newskeep.open(folder) as archive:
        before = archive.digest()
        assert archive.rebuild() == before
