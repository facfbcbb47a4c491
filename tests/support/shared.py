"""The test data beside the repository. Others' articles: read from there, never copied in."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "posts").is_dir(), reason="the folder shared/ is not beside the repository"
)
