"""Doors out: each publisher is a plain function of an archive and a folder.

    publish(archive, target, *, select="", options={}) -> PublishReport

It writes what changed, removes what it wrote earlier and no longer means, and leaves all
other files in the folder alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from newskeep.types import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What a publish did, in files."""

    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...] = ()
