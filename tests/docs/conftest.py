"""The tutorial, followed once in a folder of its own against a newsstand of the demo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from newsstand import Newsstand
from support.following import Followed, Reader, steps


@pytest.fixture(scope="session")
def tutorial(tmp_path_factory):
    """The tutorial, followed from its first command to its last."""
    folder, before = tmp_path_factory.mktemp("tutorial"), Path.cwd()
    taken = steps()
    with pytest.MonkeyPatch.context() as patch, Newsstand() as stand:
        patch.delenv("NEWSKEEP_ARCHIVE", raising=False)
        patch.setenv("NEWSKEEP_CLOCK_OFFSET", "0")
        patch.setenv("COLUMNS", "80")
        os.chdir(folder)
        try:
            for step in taken:
                Reader(stand).follow(step)
            archive = Path.cwd()
        finally:
            os.chdir(before)
        return Followed(taken, archive, stand.port)
