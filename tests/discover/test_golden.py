"""Every feed format: a document beside what is read of it (`feeds/NAME` and `feeds/NAME.py`)."""

from __future__ import annotations

import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newskeep.discover import feed

RECEIVED = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
FEEDS = sorted(path.with_suffix("") for path in (Path(__file__).parent / "feeds").glob("*.py"))


@pytest.mark.parametrize("document", FEEDS, ids=lambda path: path.name)
def test_a_feed_is_read_as_it_says(document: Path) -> None:
    expected = runpy.run_path(f"{document}.py")["FEED"]
    found = feed.parse(document.read_bytes(), url="http://harbour.example/feed", received=RECEIVED)
    assert found == expected


def test_every_document_has_its_expectation() -> None:
    documents = {
        path for path in (Path(__file__).parent / "feeds").iterdir() if path.suffix != ".py"
    }
    assert documents - {path.parent / "__pycache__" for path in FEEDS} == set(FEEDS)
    assert len(FEEDS) == 9
