"""Write the sources for another program: `newskeep export opml FILE`, `export subs FILE`.

FILE may be - for standard output.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from newskeep import layout
from newskeep.cli.terminal import emit, open_archive, say
from newskeep.discover import opml, subscriptions
from newskeep.text import strip_control


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("kind", choices=("opml", "subs"))
    parser.add_argument("file", metavar="FILE", nargs="?", default="-")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        sources = list(archive.sources().values())
        title = archive.settings.title
    if chosen.kind == "opml":
        text = opml.write(sources, title)
    else:
        text = subscriptions.write_subs(sources)
    if chosen.file == "-":
        emit(strip_control(text))
        return 0
    layout.replace_text(Path(chosen.file), text)
    say(f"{len(sources)} sources written to {chosen.file}")
    return 0
