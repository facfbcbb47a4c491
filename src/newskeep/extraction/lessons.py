"""All that sites have taught, as the journal's lines tell it, the last word on each block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from newskeep.extraction.learned import Learned, Repeated, site_of

LEARNED, REFUSED, FORGOTTEN = "boilerplate", "boilerplate-refused", "boilerplate-forgotten"
"""Kinds of lines: a site's whole set, blocks that a person wants to keep, and all let go."""

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One site's: the set that was learned from so many `articles`, and the keys refused."""

    learned: Learned
    articles: int = 0
    refused: frozenset[str] = frozenset()

    @property
    def used(self) -> Learned:
        """What extraction is given: what was learned and not refused."""
        kept = tuple(one for one in self.learned.blocks if one.key not in self.refused)
        return Learned(site=self.learned.site, blocks=kept)


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons by site."""

    sites: Mapping[str, Lesson] = field(default_factory=dict)

    def lesson(self, site: str) -> Lesson:
        """What this site has taught; an empty lesson where it is nothing."""
        return self.sites.get(site) or Lesson(learned=Learned(site=site))

    def of(self, url: str) -> Learned | None:
        """What extraction is given for a page at this address; None where it is nothing."""
        lesson = self.sites.get(site_of(url))
        used = lesson.used if lesson else None
        return used if used and used.blocks else None

    def blocks(self) -> dict[str, frozenset[str]]:
        """The keys that are used of each site that has taught anything."""
        return {site: one.used.keys for site, one in self.sites.items() if one.used.blocks}


NO_LESSONS = Lessons()


def read_lessons(lines: Iterable[Line]) -> Lessons:
    """The lessons that a journal's lines tell, oldest first; other lines are passed over.

    A set that another version of the keys made says nothing today: its site is learned anew.
    """
    sites: dict[str, Lesson] = {}
    for line in lines:
        with suppress(KeyError, TypeError, ValueError):  # a line that is no whole one says nothing
            _note(line, sites)
    return Lessons(sites)


def _note(line: Line, sites: dict[str, Lesson]) -> None:
    if line["kind"] == FORGOTTEN:
        sites.pop(line["site"], None)
    if line["kind"] not in (LEARNED, REFUSED):
        return
    site = line["site"]
    before = sites.get(site) or Lesson(learned=Learned(site=site))
    if line["kind"] == REFUSED:
        sites[site] = replace(before, refused=before.refused | {str(one) for one in line["blocks"]})
        return
    learned = Learned(site=site, blocks=tuple(Repeated(**one) for one in line["blocks"]))
    if learned.digest == line["digest"]:
        sites[site] = replace(before, learned=learned, articles=int(line["articles"]))


def learned_line(learned: Learned, articles: int, extractor: str) -> dict[str, Any]:
    """The facts of the line that tells what a site has taught."""
    return {
        "site": learned.site,
        "extractor": extractor,
        "articles": articles,
        "digest": learned.digest,
        "blocks": [asdict(one) for one in learned.blocks],
    }
