"""Take in what you have: `newskeep import jekyll DIR`, `import opml FILE`, `import subs FILE`.

What cannot be read is named with its reason, and the rest goes on. Importing the same
again adds nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from newskeep import plugins
from newskeep.cli.terminal import complain, open_archive, say, say_json
from newskeep.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument(
        "importer", metavar="KIND", help="jekyll, opml, subs, or an installed one's name"
    )
    parser.add_argument("path", metavar="PATH", type=Path)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    plugins.find("importer", chosen.importer)
    if not chosen.path.exists():
        raise UsageError(f"{chosen.path} is not there")
    with open_archive(chosen) as archive:
        report = archive.import_(chosen.importer, chosen.path)
    for problem in report.problems:
        complain(problem)
    if chosen.json:
        say_json(report)
    else:
        say(str(report))
    return 1 if report.problems else 0
