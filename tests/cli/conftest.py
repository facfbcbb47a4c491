"""The command line as a function: arguments in; exit code, standard output and error out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import NamedTuple

import pytest
from support.answers import SITE, missing, page, rss

import newskeep
from newskeep.cli import main

STORY = [
    "The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs.",
    "Engineers replaced forty bearings and rebuilt the northern pier, the port authority said.",
    "Ferries will go on until the spring, since the new toll gates are not yet finished.",
]
EDITED = [STORY[0].replace("two years", "three years"), *STORY[1:]]
CHINESE = [
    "蓝湖港务局周五宣布，封闭两年的跨海大桥重新向货车开放，首日通行三千余辆。",
    "工程师更换了四十个支座，并重建了北侧桥墩，总费用比预算少百分之六。",
    "新的收费站要到明年春天才能完工，在此之前渡轮继续运行。",
]


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Standard output, line by line."""
        return self.out.splitlines()

    @property
    def objects(self) -> list[dict]:
        """Standard output, each line a JSON object."""
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs `newskeep` with these arguments, in this process."""
    monkeypatch.delenv("NEWSKEEP_ARCHIVE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments):
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as ended:  # --help and --version, as argparse has it
            code = ended.code
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def command():
    """Runs `newskeep` with these arguments in a process of its own, keeping bytes."""

    def command(*arguments, cwd=None, **environment):
        clean = {name: text for name, text in os.environ.items() if name != "NEWSKEEP_ARCHIVE"}
        return subprocess.run(
            [sys.executable, "-m", "newskeep", *map(str, arguments)],
            capture_output=True,
            cwd=cwd,
            env={**clean, "PYTHONIOENCODING": "utf-8", **environment},
            check=False,
        )

    return command


@pytest.fixture
def empty(tmp_path):
    """The folder of a new archive."""
    newskeep.init(tmp_path / "news", title="Harbour").close()
    return tmp_path / "news"


@pytest.fixture
def kept(empty):
    """The folder of an archive with an edited story, one that is gone, and a Chinese one."""
    with newskeep.open(empty) as archive:
        archive.follow(f"{SITE}/feed.xml", title="Harbour Bell", tags=["local"], every=1800)
        (source,) = archive.sources().values()
        archive.keep(
            [
                replace(rss([("/bridge-1", "Bridge opens", "Cross.")]), source=source.id),
                page("/bridge-1", "Bridge opens", STORY, source=source.id),
                page("/ferry-2", "Ferry ends", STORY[::-1], source=source.id),
                page("/zh-3", "跨海大桥重新开放", CHINESE, lang="zh-Hans", source=source.id),
                page("/bridge-1", "Bridge opens at last", EDITED, source=source.id),
                missing("/ferry-2"),
                missing("/ferry-2"),
            ]
        )
    return empty
