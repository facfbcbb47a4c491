"""How the archive is: counts, each source's last news and next poll, and what is wrong."""

from __future__ import annotations

import argparse
from datetime import datetime

from newskeep.cli.terminal import BOLD, open_archive, paint, say, say_json, table
from newskeep.dates import iso
from newskeep.health import SourceStatus, Status

_MOST_PROBLEMS = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        status = archive.status()
        root = archive.layout.root
    if chosen.json:
        say_json(status)
        return 0
    paint(f"{root}", BOLD)
    say(
        f"{status.stories} stories, {status.revisions} revisions, {status.edited} edited, "
        f"{status.gone} gone"
    )
    say(f"{status.captures} captures, {status.bytes / 1e6:.1f} MB; {_due(status)}")
    say()
    table([("source", "stories", "last new", "next poll", "state"), *map(_row, status.sources)])
    _problems(status)
    return 0


def _due(status: Status) -> str:
    if status.due:
        return f"{status.due} due now: newskeep sync"
    return f"next due {iso(status.next_due)}" if status.next_due else "nothing is scheduled"


def _row(one: SourceStatus) -> tuple[str, ...]:
    state = one.source.stopped or (one.problem.kind if one.problem else "well")
    if not one.source.url:
        state = one.source.kind
    return (one.title, str(one.stories), _at(one.last_new), _at(one.next_poll), state)


def _at(time: datetime | None) -> str:
    return iso(time) if time else "-"


def _problems(status: Status) -> None:
    if not status.problems:
        return
    say()
    paint(f"Problems ({len(status.problems)})", BOLD)
    for problem in status.problems[:_MOST_PROBLEMS]:
        say(f"{_at(problem.at)}  {problem.kind}  {problem.message}")
    if len(status.problems) > _MOST_PROBLEMS:
        say(f"… and {len(status.problems) - _MOST_PROBLEMS} more: newskeep status --json")
