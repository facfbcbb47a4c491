"""What every verb shares: finding the archive, and printing that is safe on a terminal.

Nothing that came from the network reaches a terminal with its control characters.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import category, east_asian_width

from newskeep import clock, text
from newskeep.archive import Archive
from newskeep.dates import iso, show
from newskeep.layout import VARIABLE
from newskeep.text import squash, strip_control
from newskeep.types import Problem, Source, Stamp, Story

_NARROWEST = 12
"""Columns that a column which is cut keeps at least."""

BOLD, DIM, GREEN, RED, UNDERLINE, STRIKE, PLAIN = "1", "2", "32", "31", "4", "9", "0"


def add_hosts(
    parser: argparse.ArgumentParser,
    told: str = "a private or loopback host that may be asked; may be repeated",
) -> None:
    """The option of verbs that may reach what is else refused; `allow_hosts` of what is chosen."""
    parser.add_argument(
        "--allow-host", action="append", default=[], dest="allow_hosts", metavar="HOST", help=told
    )


def root_of(chosen: argparse.Namespace) -> Path:
    """The folder that the command line or the environment names, else the one we are in."""
    return Path(chosen.archive or os.environ.get(VARIABLE) or ".")


@contextmanager
def open_archive(chosen: argparse.Namespace) -> Iterator[Archive]:
    """The archive that the command line, the environment or the folder names.

    At the end it says what was found and mended meanwhile, such as a torn tail. Raises
    ConfigError where the clock's offset is no number, before the database asks the clock.
    """
    clock.offset()
    with Archive(root_of(chosen)) as archive:
        try:
            yield archive
        finally:
            for problem in archive.problems:
                complain(problem)


def say(text: str = "") -> None:
    """Print a line, without control characters."""
    emit(strip_control(text).replace("\x02", "").replace("\x03", "") + "\n")


def emit(text: str) -> None:
    """Print text that is clean already, in whatever the terminal's encoding can show."""
    coding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(coding, "backslashreplace").decode(coding))


def paint(text: str, *styles: str) -> None:
    """Print a line in a style where standard output is a terminal that wants colour."""
    if is_coloured():
        emit(styled(text, *styles) + "\n")
    else:
        say(text)


def styled(text: str, *styles: str) -> str:
    """The text, cleaned, between the codes of these styles; plain where there is no terminal."""
    clean = strip_control(text)
    if not is_coloured() or not styles:
        return clean
    return f"\x1b[{';'.join(styles)}m{clean}\x1b[{PLAIN}m"


def is_coloured() -> bool:
    """Whether styles may be used (https://no-color.org is respected)."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def say_json(value: Any, *, flush: bool = False) -> None:
    """Print one JSON value on one line; escaped where it holds what a terminal must not see."""
    line = json.dumps(plain(value), ensure_ascii=False)
    if strip_control(line) != line or not _is_encodable(line):
        line = json.dumps(plain(value))
    sys.stdout.write(line + "\n")
    if flush:
        sys.stdout.flush()


def say_event(event: Mapping[str, Any]) -> None:
    """Print an event of a sync or an import as one JSON line, at once."""
    problem = event.get("problem")
    if isinstance(problem, Problem):
        event = {"event": "problem", **plain(problem)}
    say_json(dict(event), flush=True)


def _is_encodable(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def natural(text: str) -> int:
    """A whole number from 1 on, for argparse."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def plain(value: Any) -> Any:
    """A value in JSON's terms: dataclasses as objects, times as ISO 8601 in UTC."""
    if isinstance(value, Stamp):
        return {"at": iso(value.at), "offset": value.offset, "day_only": value.day_only}
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value


def complain(problem: Problem) -> None:
    """Say on standard error what is wrong and what to do."""
    sys.stderr.write(f"newskeep: {strip_control(problem.message)}\n")


def table(
    rows: Iterable[Sequence[str]], *, right: Collection[int] = (), cut: int | None = None
) -> None:
    """Print rows in columns, two spaces apart; wide characters count double.

    The columns numbered in `right` are set to the right. Where the rows are wider than the
    terminal, the cells of the column `cut` are shortened until they fit.
    """
    cells = [[squash(strip_control(cell)) for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(width(row[i]) for row in cells) for i in range(len(cells[0]))]
    if cut is not None:
        others = sum(widths) - widths[cut] + 2 * (len(widths) - 1)
        widths[cut] = min(widths[cut], max(columns() - others, _NARROWEST))
        for row in cells:
            row[cut] = text.cut(row[cut], widths[cut])
    for row in cells:
        padded = [_padded(cell, widths[i], right=i in right) for i, cell in enumerate(row)]
        say("  ".join(padded).rstrip())


def _padded(cell: str, size: int, *, right: bool) -> str:
    space = " " * (size - width(cell))
    return space + cell if right else cell + space


def width(text: str) -> int:
    """Columns that a text takes on a terminal; what only marks the character before takes none."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def columns() -> int:
    """Columns of the terminal, at most 100 so that lines stay readable."""
    return min(shutil.get_terminal_size((80, 24)).columns, 100)


def wrapped(text: str, limit: int) -> list[str]:
    """A paragraph in lines of at most so many columns; CJK breaks between any two characters."""
    lines, line, room = [], "", limit
    for word in _unbreakable(text):
        if line and width(word.rstrip()) > room:
            lines.append(line.rstrip())
            line, room = "", limit
        line += word if line else word.lstrip()
        room = limit - width(line)
    return [*lines, line.rstrip()] if line.strip() else lines or [""]


def _unbreakable(text: str) -> list[str]:
    words: list[str] = []
    for char in text:
        is_wide = east_asian_width(char) in "WF"
        starts = is_wide or not words or words[-1][-1].isspace() or _ends_wide(words[-1])
        if starts and not char.isspace() and char not in "，。、；：？！）」』》】”’…":
            words.append(char)
        elif words:
            words[-1] += char
        else:
            words.append(char)
    return words


def _ends_wide(word: str) -> bool:
    return east_asian_width(word[-1]) in "WF"


def zone_of(source: Source | None, archive: Archive) -> str:
    """The zone in which a source's times are shown where they name none themselves."""
    return (source.zone if source else "") or archive.settings.zone


def headline(title: str, url: str) -> str:
    """A title on one line; the address where there is none."""
    return squash(strip_control(title)) or url


def when(story: Story, archive: Archive) -> str:
    """A story's published time in its source's zone, or when it was first seen."""
    zone = zone_of(archive.sources().get(story.source), archive)
    stamp = story.article.published or Stamp(at=story.first_seen)
    return show(stamp, zone)
