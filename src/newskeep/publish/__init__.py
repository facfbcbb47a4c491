"""Doors out: each publisher is a plain function of an archive and a folder.

    publish(archive, target, *, select="", options={}) -> PublishReport

It writes what changed, removes what it wrote earlier and no longer means, and leaves all
other files in the folder alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newskeep.errors import UsageError
from newskeep.types import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What a publish did, in files."""

    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...] = ()


def options_of(publisher: str, given: Mapping[str, str] | None, *known: str) -> dict[str, str]:
    """The options given to a publisher. Raises UsageError for one that it does not have."""
    for name in given or {}:
        if name not in known:
            has = f"its options are {', '.join(known)}" if known else "it has none"
            raise UsageError(f"{publisher} has no option {name!r}; {has}")
    return dict(given or {})
