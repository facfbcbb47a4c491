"""Whoever follows the tutorial sees what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from support.docs import blocks
from support.following import TUTORIAL, same_each_time


def agrees(expected: list[str], seen: list[str]) -> bool:
    """Whether lines are those expected; … stands for any part of a line, or any lines."""
    text = re.escape("\n".join(expected)).replace("…", ".*")
    return bool(re.fullmatch(text, "\n".join(seen), re.DOTALL))


def test_every_command_answers_as_the_tutorial_shows(tutorial):
    for step in tutorial.steps:
        expected, seen = same_each_time(step.expected), same_each_time(step.seen)
        assert agrees(expected, seen), f"$ {step.command}\n" + "\n".join(step.seen)


def test_its_command_moves_the_clock_to_the_time_that_is_named():
    (define,) = [one.text for one in blocks(TUTORIAL, "sh") if one.text.startswith("at()")]
    folder = Path(sys.executable).parent
    done = subprocess.run(
        ["sh", "-c", f"{define}\nat 2026-11-20T20:00Z; echo $NEWSKEEP_CLOCK_OFFSET"],
        env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        check=True,
    )
    wanted = datetime.fromisoformat("2026-11-20T20:00Z").timestamp() - time.time()
    assert abs(float(done.stdout) - wanted) < 300
