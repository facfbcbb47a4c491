"""Stop following a source. What was kept of it stays."""

from __future__ import annotations

import argparse

from newskeep.cli.terminal import open_archive, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("name", metavar="SOURCE", help="its id, address or title")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        source = archive.source_named(chosen.name)
        archive.unfollow(source)
    if chosen.json:
        say_json(source)
    else:
        say(f"No longer following {source.title or source.url}; what was kept stays.")
    return 0
