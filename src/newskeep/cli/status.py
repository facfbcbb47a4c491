"""How the archive and its sources are: last news, usual rhythm, next poll, what is wrong.

Below the table stands what is wrong, and what to do about it. `newskeep status SOURCE` shows
all that is known of one source.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from newskeep.archive import Archive
from newskeep.cli.terminal import (
    BOLD,
    columns,
    open_archive,
    paint,
    say,
    say_json,
    table,
    wrapped,
    zone_of,
)
from newskeep.dates import show
from newskeep.health import SourceStatus, Status, Suggestion, span
from newskeep.types import Problem, Stamp

_MOST_PROBLEMS = 10
_MOST_OF_A_KIND = 5
_WIDE = 96
"""Columns from which the table shows more."""

_MANY_ERRORS = 0.1
"""The share of answers that failed from which a source is not well."""

_MINOR = ("sitemap-found", "every-too-low", "hub-offered")
"""Suggestions about a source that is well."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("source", nargs="?", default="", metavar="SOURCE", help="this one in full")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        status = archive.status(chosen.source)
        if chosen.json:
            say_json(status)
        elif chosen.source:
            _one(status.sources[0], status, archive)
        else:
            _all(status, archive)
    return 0


def _all(status: Status, archive: Archive) -> None:
    paint(f"{archive.layout.root}", BOLD)
    say(
        f"{_count(status.stories, 'story', 'stories')}, "
        f"{_count(status.revisions, 'revision', 'revisions')}, {status.edited} edited, "
        f"{status.gone} gone"
    )
    captures = _count(status.captures, "capture", "captures")
    say(f"{captures}, {status.bytes / 1e6:.1f} MB; {_due(status, archive)}")
    if status.sources:
        say()
        _table(status)
    _doubts(status)
    _problems(status.problems, status.at, _MOST_PROBLEMS)
    _suggestions(status.suggestions, _MOST_OF_A_KIND)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _due(status: Status, archive: Archive) -> str:
    if status.due:
        return f"{status.due} due now: newskeep sync"
    if not status.next_due:
        return "nothing is scheduled"
    return f"next due {_when(status.next_due, status.at, archive.settings.zone)}"


# The table


def _table(status: Status) -> None:
    titles = ("source", "last new", "usual", "answered", "next poll", *_more_titles(), "state")
    rows = [titles, *(_row(one, status) for one in status.sources)]
    table(rows, right=range(5, len(titles) - 1), cut=0)


def _more_titles() -> tuple[str, ...]:
    return ("stories", "errors") if columns() >= _WIDE else ()


def _row(one: SourceStatus, status: Status) -> tuple[str, ...]:
    more = (str(one.stories), _rate(one)) if _more_titles() else ()
    return (
        one.source.title or one.title.partition("://")[2] or one.title,
        _ago(_past(one.last_new, status.at), status.at),
        span(one.rhythm) if one.rhythm else "-",
        _ago(_past(one.last_success, status.at), status.at),
        _ago(one.next_poll, status.at),
        *more,
        _state(one, status),
    )


def _state(one: SourceStatus, status: Status) -> str:
    """In a word or two how a source is."""
    if not one.source.url:
        return one.source.kind
    kind = _major(one, status)
    if kind or one.problem:
        return _told(kind, one, status.at) or (one.problem.kind if one.problem else "")
    if one.answers and one.errors >= _MANY_ERRORS * one.answers:
        return f"{_rate(one)} errors"
    return "well" if one.last_success else "not asked yet"


def _major(one: SourceStatus, status: Status) -> str:
    """The kind of the most pressing suggestion about a source."""
    kinds = (each.kind for each in status.suggestions if each.source == one.source.id)
    return next((kind for kind in kinds if kind not in _MINOR), "")


def _told(kind: str, one: SourceStatus, now: datetime) -> str:
    bodies = one.bodies
    if kind == "silent" and one.silence:
        return f"silent {span(one.silence)}"
    if kind == "unreachable" and one.last_success:
        return f"unreachable {span((now - one.last_success).total_seconds())}"
    shares = {"walled": bodies.walled, "truncated": bodies.truncated}
    if kind in shares:
        return f"{kind} {100 * shares[kind] / bodies.looked:.0f}%"
    return kind


def _rate(one: SourceStatus) -> str:
    return f"{100 * one.errors / one.answers:.0f}%" if one.answers else "-"


# One source


def _one(one: SourceStatus, status: Status, archive: Archive) -> None:
    source = one.source
    paint(one.title, BOLD)
    if source.url:
        say(source.url)
    zone = zone_of(source, archive)
    say()
    table(_facts(one, status, archive, zone))
    _doubts(status)
    _problems(status.problems, status.at, len(status.problems))
    _suggestions(status.suggestions, len(status.suggestions))


def _facts(
    one: SourceStatus, status: Status, archive: Archive, zone: str
) -> Iterator[tuple[str, str]]:
    yield "id", one.source.id
    yield "kind", one.source.kind
    if one.source.url:
        yield "asked every", span(one.source.every or archive.settings.every)
    yield "state", _state(one, status)
    yield "stories", str(one.stories)
    yield "last new article", _when(one.last_new, status.at, zone)
    yield "usual rhythm", _rhythm(one)
    yield "silence", span(one.silence) if one.silence is not None else "-"
    yield "last success", _when(one.last_success, status.at, zone)
    yield "next poll", _when(one.next_poll, status.at, zone)
    yield "failures in a row", str(one.failures)
    yield "errors", _errors(one)
    yield "pages given up", str(one.given_up)
    yield "newest bodies", _bodies(one)
    yield "doubtful articles", str(one.doubtful)


def _rhythm(one: SourceStatus) -> str:
    if not one.rhythm or not one.pause:
        return "-"
    return f"every {span(one.rhythm)}, mostly within {span(one.pause)}"


def _errors(one: SourceStatus) -> str:
    return f"{one.errors} of {one.answers} answers ({_rate(one)})" if one.answers else "-"


def _bodies(one: SourceStatus) -> str:
    bodies = one.bodies
    broken = {
        "behind a wall": bodies.walled,
        "cut short": bodies.truncated,
        "nearly empty": bodies.empty,
        "summaries only": bodies.summaries,
    }
    told = [f"{count} {name}" for name, count in broken.items() if count]
    if not bodies.looked:
        return "-"
    return ", ".join([f"{bodies.looked - sum(broken.values())} of {bodies.looked} whole", *told])


# What is wrong, and what to do


def _doubts(status: Status) -> None:
    if not status.doubtful:
        return
    say()
    paint(f"Doubtful articles ({sum(one.doubtful for one in status.sources)})", BOLD)
    for one in status.doubtful:
        say(f"  {one.confidence:.2f}  {one.url}")
        say(f"    {one.command}")


def _problems(problems: Sequence[Problem], now: datetime, most: int) -> None:
    if not problems:
        return
    say()
    paint(f"Problems ({len(problems)})", BOLD)
    for problem in problems[:most]:
        _paragraph(f"{problem.kind}, {_ago(problem.at, now)}: {problem.message}")
    _more(len(problems) - most)


def _suggestions(suggestions: Sequence[Suggestion], most: int) -> None:
    """So many of each kind."""
    if not suggestions:
        return
    say()
    paint(f"Suggestions ({len(suggestions)})", BOLD)
    for kind, group in groupby(suggestions, lambda one: one.kind):
        found = list(group)
        for one in found[:most]:
            _paragraph(f"{kind}: {one.message}{':' if one.command else ''}")
            if one.command:
                say(f"    {one.command}")
        _more(len(found) - most)


def _more(number: int) -> None:
    if number > 0:
        say(f"  … and {number} more: newskeep status --json")


def _paragraph(text: str) -> None:
    """Lines of the terminal's width that hang from a margin."""
    first, *rest = wrapped(text, columns() - 4)
    say(f"  {first}")
    for line in rest:
        say(f"    {line}")


# Times


def _ago(time: datetime | None, now: datetime) -> str:
    """A time in words: `3 h ago`, `in 12 min`, `now`."""
    if time is None:
        return "-"
    seconds = (time - now).total_seconds()
    if seconds <= 0:
        return f"{span(-seconds)} ago"
    return f"in {span(seconds)}"


def _past(time: datetime | None, now: datetime) -> datetime | None:
    """A time of what has been; a clock that was set back does not make it a time to come."""
    return min(time, now) if time else None


def _when(time: datetime | None, now: datetime, zone: str) -> str:
    """A time in words, and by the calendar of a zone."""
    return f"{_ago(time, now)}, {show(Stamp(at=time), zone)}" if time else "-"
