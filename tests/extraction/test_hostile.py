"""No page takes ten seconds or 300 MB, and something is read of it all the same.

Each is read in a process of its own, which the system ends after ten seconds of work.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from extraction.hostile import PAGES

MOST_MB = 300


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_ends_soon_and_in_little_memory(name):
    done = subprocess.run(
        [sys.executable, Path(__file__).parent / "hostile.py", name],
        env={key: one for key, one in os.environ.items() if not key.startswith("COVERAGE")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-500:]}"
    found = json.loads(done.stdout)
    assert found["is_read"]
    assert found["megabytes"] < MOST_MB
