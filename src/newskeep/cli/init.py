"""Make a new archive: a folder with newskeep.toml, sources.toml, captures/ and a journal."""

from __future__ import annotations

import argparse
from pathlib import Path

from newskeep import layout
from newskeep.cli.terminal import say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("dir", metavar="DIR", nargs="?", help="the folder (default: --archive DIR)")
    parser.add_argument("--title", default="", help="the archive's name (default: the folder's)")
    parser.add_argument(
        "--contact", default="", help="told to every site, such as mailto:you@example.org"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    folder = Path(chosen.dir or chosen.archive or ".").expanduser()
    made = layout.create(folder, chosen.title, chosen.contact)
    if chosen.json:
        say_json({"archive": made.root.resolve()})
        return 0
    say(f"A new archive stands in {made.root}.")
    if not chosen.contact:
        say("Sites like to know who asks: write a contact into its newskeep.toml.")
    say(f"Next: newskeep --archive {made.root} follow https://example.com/feed.xml")
    return 0
