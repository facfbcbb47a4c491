"""Take in what you have: `newskeep import jekyll DIR`, `import opml FILE`, `import saved FILE`.

What cannot be read is named with its reason, and the rest goes on. Importing the same
again adds nothing. With --json each event is a line, flushed; {"event":"captured","id":…}
is printed only after that record is durable on the disk.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from newskeep import plugins
from newskeep.cli.terminal import complain, natural, open_archive, plain, say, say_event
from newskeep.errors import UsageError
from newskeep.workers import available


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument(
        "importer",
        metavar="KIND",
        help="jekyll, opml, subs, fivefilters, saved, a service (pocket …), or an installed one",
    )
    parser.add_argument("path", metavar="PATH", type=Path)
    parser.add_argument(
        "--workers",
        type=natural,
        default=available(),
        metavar="N",
        help="processes that share the extraction (default: one a processor)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="tell what would be imported, and write nothing"
    )
    parser.add_argument("--json", action="store_true", help="print one event a line")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    plugins.find("importer", chosen.importer)
    if not chosen.path.exists():
        raise UsageError(f"{chosen.path} is not there")
    on_event = say_event if chosen.json else None
    with open_archive(chosen) as archive:
        report = archive.import_(
            chosen.importer,
            chosen.path,
            on_event=on_event,
            workers=chosen.workers,
            **({"dry_run": True} if chosen.dry_run else {}),
        )
    for problem in report.problems:
        if chosen.json:
            say_event({"event": "problem", "problem": problem})
        else:
            complain(problem)
    if chosen.json:
        say_event({"event": "done", **plain(report), "problems": len(report.problems)})
    else:
        say(str(report))
    return 1 if report.problems else 0
