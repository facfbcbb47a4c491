"""List what is followed: title, address, tags, how often."""

from __future__ import annotations

import argparse

from newskeep.cli.terminal import open_archive, say, say_json, table
from newskeep.config import show_duration
from newskeep.text import cut

_TITLE = 40
"""Columns of a title."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        sources = list(archive.sources().values())
        default = archive.settings.every
    if chosen.json:
        for source in sources:
            say_json(source)
        return 0
    if not sources:
        say("Nothing is followed yet. Next: newskeep follow URL")
    table(
        (
            source.id,
            cut(source.title, _TITLE) or "-",
            source.kind,
            show_duration(source.every or default),
            ",".join(source.tags) or "-",
            source.url + (f"  [stopped: {source.stopped}]" if source.stopped else ""),
        )
        for source in sources
    )
    return 0
