"""A server on the loopback, an archive, and a clock that tests move."""

from __future__ import annotations

import pytest
from support.moving import free_stand, impatient, moving_clock  # noqa: F401 (fixtures)

import newskeep


@pytest.fixture
def configured(tmp_path, clock):
    """Opens an archive with these lines of `[fetch]`, and no pace."""
    opened = []

    def open_it(*lines):
        folder = tmp_path / f"news{len(opened)}"
        newskeep.init(folder).close()
        text = "\n".join(["format = 1", "[fetch]", "delay = 0.0", *lines, ""])
        (folder / "newskeep.toml").write_text(text)
        opened.append(newskeep.open(folder))
        return opened[-1]

    yield open_it
    for archive in opened:
        archive.close()
