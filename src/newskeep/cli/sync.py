"""Do what is due: poll the sources, fetch new articles and their pictures, keep them.

It ends when nothing is due any more; run it again whenever you like, or from cron.
With --json each event is a line, flushed; {"event":"captured","id":…} is printed only
after that record is durable on the disk.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from newskeep.cli.terminal import headline, open_archive, say, say_event, width
from newskeep.text import cut, strip_control
from newskeep.types import SyncReport

_NEWS = ("new", "revised", "gone", "back")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("--only", metavar="SOURCE", default="", help="its id, address or title")
    parser.add_argument("--json", action="store_true", help="print one event a line")
    parser.add_argument("--quiet", action="store_true", help="print the summary only")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    printer = _printer(chosen)
    with open_archive(chosen) as archive:
        try:
            report = archive.sync(on_event=printer, only=chosen.only)
        finally:
            if isinstance(printer, _Progress):
                printer.clear()
    _finish(report, chosen)
    return 0


def _printer(chosen: argparse.Namespace) -> Any:
    if chosen.json:
        return say_event
    if chosen.quiet:
        return lambda event: None
    return _Progress() if sys.stderr.isatty() else _line


def _line(event: Mapping[str, Any]) -> None:
    if event["event"] == "problem":
        say(f"problem  {event['problem'].message}")
    elif event["event"] in _NEWS:
        say(f"{event['event']:8} {headline(event['title'], event['url'])}")
    elif event["event"] == "learned":
        say(
            f"learned  {event['site']} repeats {event['blocks']} blocks; they are left out of "
            f"{event['stories']} stories, see: newskeep learn --list"
        )
    sys.stdout.flush()


class _Progress:
    """News as lines, and below them one line of progress that is drawn over."""

    def __init__(self) -> None:
        self._captured = 0
        self._drawn = 0

    def __call__(self, event: Mapping[str, Any]) -> None:
        self.clear()
        if event["event"] == "captured":
            self._captured += 1
            self._draw(f"{self._captured} captured  {event['url']}")
        else:
            _line(event)

    def clear(self) -> None:
        """Wipe the line of progress, with the `^C` that a terminal may have put behind it."""
        sys.stderr.write("\r" + " " * (self._drawn + 2) + "\r" if self._drawn else "")
        sys.stderr.flush()
        self._drawn = 0

    def _draw(self, text: str) -> None:
        line = cut(strip_control(text), 76)
        sys.stderr.write(line)
        sys.stderr.flush()
        self._drawn = width(line)


def _finish(report: SyncReport, chosen: argparse.Namespace) -> None:
    if chosen.json:
        counts = {name: getattr(report, name) for name in ("sources", "new", "revised", "gone")}
        more = {"captured": report.captured, "unchanged": report.unchanged}
        say_event({"event": "done", **counts, **more, "problems": len(report.problems)})
        return
    say(str(report))
    if report.problems:
        say("newskeep status tells more about the problems.")
