"""Lists of subscriptions: OPML and the mirrors' subs.json."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newskeep.discover import opml, subscriptions
from newskeep.errors import UsageError
from newskeep.following import checked
from newskeep.types import Problem, Source

if TYPE_CHECKING:
    from newskeep.archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionReport:
    """How many sources are followed now that were not before."""

    added: int
    known: int
    problems: tuple[Problem, ...] = ()
    dry_run: bool = False

    def __str__(self) -> str:
        added = "would be added" if self.dry_run else "added"
        return f"{self.added} sources {added}, {self.known} were followed already"


def import_opml(
    archive: Archive, path: Path, *, dry_run: bool = False, **_: Any
) -> SubscriptionReport:
    """Follow every feed of an OPML file. Raises UsageError where it cannot be read."""
    try:
        return _follow(archive, opml.read(path.read_bytes()), dry_run=dry_run)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error


def import_subs(
    archive: Archive, path: Path, *, dry_run: bool = False, **_: Any
) -> SubscriptionReport:
    """Follow every `{"site", "url"}` of a subs.json. Raises UsageError where it cannot be read."""
    try:
        sources, faults = subscriptions.read_subs(path.read_text(encoding="utf-8-sig"))
        told = [f"{path}: {fault}" for fault in faults]
        return _follow(archive, sources, told, dry_run=dry_run)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error


def _follow(
    archive: Archive, sources: Iterable[Source], faults: Iterable[str] = (), *, dry_run: bool
) -> SubscriptionReport:
    """Follow them all. Raises ValueError where there are none."""
    known = set(archive.sources())
    wanted = {source.id: source for source in sources}
    problems = [_problem("", fault) for fault in faults]
    if not wanted:
        reason = problems[0].message if problems else "is it the right file?"
        raise ValueError(f"it names no feed; {reason}")
    added = refused = 0
    for source in wanted.values():
        try:
            if dry_run:
                checked(source)
            else:
                archive.follow(source.url, title=source.title, tags=source.tags, every=source.every)
            added += source.id not in known
        except UsageError as error:
            problems.append(_problem(source.url, str(error)))
            refused += 1
    count = len(wanted) - refused
    return SubscriptionReport(
        added=added, known=count - added, problems=tuple(problems), dry_run=dry_run
    )


def _problem(url: str, message: str) -> Problem:
    return Problem(url=url, stage="import", kind="not-web", message=message)
