"""The how-to guides' commands work one after another, on an archive that has something in it."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest
from newsstand import Newsstand
from support.docs import PAGES, blocks

from newskeep import cli

GUIDES = [page for page in PAGES if page.parent.name == "how-to"]
CLEAR_OF_NETWORK = {"--workers 2": "--workers 1", "news.lan": "127.0.0.1"}


def commands(page) -> list[str]:
    """The lines to type; those of a shell and of other programs are left out."""
    lines = [line for block in blocks(page, "sh") for line in block.text.splitlines()]
    return [line for line in lines if re.match(r"newskeep |cd ", line)]


def here(line: str, stand: Newsstand) -> list[str]:
    """A command with the newsstand's addresses in place of the example's."""
    feed = f"{stand.base}/bell/rss.xml"
    for address in ("https://example.com/feed.xml", "http://news.lan/feed.xml"):
        line = line.replace(address, feed)
    line = line.replace("https://example.com/", f"{stand.base}/bell/")
    for old, new in CLEAR_OF_NETWORK.items():
        line = line.replace(old, new)
    words = shlex.split(line)
    return [*words, "--allow-host", "127.0.0.1"] if words[1] == "follow" else words


@pytest.fixture
def desk(tutorial, tmp_path, monkeypatch):
    """The tutorial's archive, where the reader stands, with what the guides find beside it."""
    monkeypatch.delenv("NEWSKEEP_ARCHIVE", raising=False)
    archive = tmp_path / "archive"
    shutil.copytree(tutorial.archive, archive)
    monkeypatch.chdir(archive)
    for command in (
        "export opml subscriptions.opml",
        "export subs subs.json",
        "publish jekyll old-mirror",
    ):
        assert cli.main(command.split()) == 0
    return archive


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
@pytest.mark.usefixtures("desk")
def test_a_guide_can_be_followed(page, monkeypatch, capsys):
    with Newsstand() as stand:
        for line in commands(page):
            words = here(line, stand)
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
            else:
                assert cli.main(words[1:]) == 0, f"{line}: {capsys.readouterr().err}"
