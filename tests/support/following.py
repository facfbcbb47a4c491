"""Following the tutorial as a reader would: its commands, what they should say and what they did."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from newsstand import Newsstand
from support.docs import blocks

from newskeep.cli import main

TUTORIAL = Path("docs/tutorial/first-archive.md")
PORT = "8099"


@dataclass
class Step:
    """A command as it is written, what should follow, and what did."""

    command: str
    expected: list[str]
    seen: list[str] = field(default_factory=list)


def steps() -> list[Step]:
    """The commands of the tutorial's console blocks, in their order."""
    found: list[Step] = []
    for block in blocks(TUTORIAL, "console"):
        for line in block.text.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:], []))
            else:
                found[-1].expected.append(line)
    return found


class Reader:
    """Does what the page says: newskeep in this process, its clock set by `at`."""

    def __init__(self, stand: Newsstand) -> None:
        self._stand = stand

    def follow(self, step: Step) -> None:
        words = shlex.split(step.command.replace(PORT, str(self._stand.port)))
        match words:
            case ["at", time_]:
                offset = datetime.fromisoformat(time_).timestamp() - time.time()
                os.environ["NEWSKEEP_CLOCK_OFFSET"] = str(offset)
            case ["cd", folder]:
                os.chdir(folder)
            case ["python", "-m", "newsstand", "--port", _, *more]:
                self._stand.edition = int(more[1]) if more else 1
                told = [
                    "The newsstand is open:",
                    *self._stand.feeds(),
                    "Ctrl-C closes it.",
                ]
                step.seen = self._as_written("\n".join(told))
            case ["newskeep", *arguments]:
                step.seen = self._as_written(self._ran(arguments))
            case _:
                subprocess.run(words, check=True)

    def _ran(self, arguments: list[str]) -> str:
        raw = io.BytesIO()
        with contextlib.redirect_stdout(io.TextIOWrapper(raw, encoding="utf-8")) as out:
            code = main(arguments)
            out.flush()
        assert code == 0, f"newskeep {arguments} ended with {code}"
        return raw.getvalue().decode().rstrip("\n")

    def _as_written(self, text: str) -> list[str]:
        return text.replace(str(self._stand.port), PORT).splitlines()


@dataclass(frozen=True)
class Followed:
    """The steps that were taken, the archive that came of them, and its newsstand's port."""

    steps: list[Step]
    archive: Path
    port: int


_DIFFERS = (
    (re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b|\b[0-9a-f]{16}\b"), "ID"),
    (re.compile(r"T\d\d:\d\d:\d\dZ"), "TIME"),
)


def same_each_time(lines: list[str]) -> list[str]:
    """Lines without what differs from run to run."""
    text = "\n".join(lines).strip("\n")
    for pattern, name in _DIFFERS:
        text = pattern.sub(name, text)
    return text.split("\n")
