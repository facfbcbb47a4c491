"""The same bytes make the same article in every process, whatever seeds its hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
DIGESTS = """
import sys, hashlib
from pathlib import Path
from newskeep.extraction import page
for path in sorted(Path(sys.argv[1]).glob("*.html")):
    article = page(path.read_bytes(), url=f"https://paper.example/{path.stem}")
    print(path.name, hashlib.sha256(repr(article).encode()).hexdigest())
"""


def digests(seed: str) -> list[str]:
    """The digest of the article of each of the tests' own pages, in a process of its own."""
    environ = {key: one for key, one in os.environ.items() if not key.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS, PAGES],
        env={**environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_the_seed_of_hashes_changes_no_article():
    first = digests("0")
    assert len(first) == len(list(PAGES.glob("*.html"))) > 1
    assert digests("1") == first
    assert digests("4294967295") == first
