"""Work for other processes, which must be importable there."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def doubled(number: int) -> int:
    """An easy job."""
    return number * 2


def dies_once(job: tuple[str, int]) -> int:
    """Kills its process at the first try of job 3; `job` names a folder to remember in."""
    folder, number = job
    mark = Path(folder, "died")
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def dies_elsewhere(job: tuple[int, int]) -> int:
    """Kills every process but the one that gave it out."""
    home, number = job
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fails(number: int) -> int:
    """Raises at job 2."""
    if number == 2:
        raise ValueError("job 2")
    return number
