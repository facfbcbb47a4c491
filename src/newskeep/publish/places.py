"""Where stories stand: a day and a slug, safe on every system, unique, and stable for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from newskeep import dates
from newskeep.slug import sameness, shortened, slug
from newskeep.types import Story

MOST_BYTES = 186
"""Of day and slug together: with an ending, a file name stays below 200 bytes."""

_PERMALINK = re.compile(r"/(\d{4}-\d{2}-\d{2})/([^/]+)/")


class Place(NamedTuple):
    """`2021-10-08` and `slug`."""

    day: str
    slug: str


class Candidate(NamedTuple):
    """A story that wants a place; those seen first come first."""

    first_seen: datetime
    story: str
    place: Place


def candidate(story: Story, zone: str = "UTC") -> Candidate:
    """The place a story asks for: the permalink it had in a mirror, else its first headline's.

    The first headline and date count, so that an edit moves nothing.
    """
    first = story.revisions[0].article
    kept = _PERMALINK.fullmatch(first.permalink)
    if kept and slug(kept[2], MOST_BYTES) == kept[2]:
        return Candidate(story.first_seen, story.id, Place(kept[1], kept[2]))
    at = dates.local(first.published, zone) if first.published else story.first_seen
    name = slug(first.title, MOST_BYTES - len("2021-10-08-")) or story.id
    return Candidate(story.first_seen, story.id, Place(f"{at:%Y-%m-%d}", name))


def places(candidates: Iterable[Candidate]) -> dict[str, Place]:
    """A place for every story's id.

    Of two stories that ask for one place, the one seen first has it and the other's slug
    ends in a part of its id; so a place never changes because more stories come.
    """
    taken: set[str] = set()
    found: dict[str, Place] = {}
    for one in sorted(candidates):
        place = one.place
        if sameness("/".join(place)) in taken:
            short = shortened(place.slug, MOST_BYTES - 26).rstrip("-. ~")
            place = Place(place.day, f"{short}-{one.story[:12]}")
        taken.add(sameness("/".join(place)))
        found[one.story] = place
    return found
