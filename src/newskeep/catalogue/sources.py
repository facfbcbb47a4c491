"""What the catalogue and the schedule hold of one source: the facts that its health is made of."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from newskeep import keep, text
from newskeep.catalogue.pack import Glance, glances, moment
from newskeep.catalogue.store import Catalogue

ENOUGH = 150
"""Words up to which those of a body are counted."""

_PLAIN = 10 * ENOUGH
"""Characters that hold so many words in any script."""


class Count(NamedTuple):
    """How many stories a source has, and when the first and the last of them came."""

    stories: int
    first: datetime
    last: datetime


class Arrival(NamedTuple):
    """A story: when it was first seen, and the time that it is shown under."""

    first_seen: datetime
    shown: datetime


class Body(NamedTuple):
    """A story's newest wording. `words` are counted up to ENOUGH, `rank` is keep.State's.

    `has_page`: its page has answered with content, not only its feed.
    """

    url: str
    first_seen: datetime
    rank: int
    access: str
    truncated: bool
    words: int
    has_page: bool


class Doubtful(NamedTuple):
    """A story of whose newest wording the extractor is not sure, from 0 to 1."""

    url: str
    source: str
    confidence: float


class Answer(NamedTuple):
    """A kept answer."""

    role: str
    status: int


class Failing(NamedTuple):
    """Tasks of one role that last failed for one reason; `url` is one of them.

    `given_up` of the `tasks` are asked no more. `failures` is the most in a row at one of
    them, `unanswered` how many there were where the last try had no answer.
    """

    role: str
    reason: str
    tasks: int
    given_up: int
    failures: int
    unanswered: int
    url: str


def counts(catalogue: Catalogue) -> dict[str, Count]:
    """Each source that has stories."""
    return {
        row["source"]: Count(row["stories"], moment(row["first_new"]), moment(row["last_new"]))
        for row in catalogue.run("count_by_source")
    }


def arrivals(catalogue: Catalogue, source: str, most: int) -> list[Arrival]:
    """A source's newest stories, the last that came first."""
    rows = catalogue.run("arrivals", source=source, most=most)
    return [Arrival(moment(row["first_seen"]), moment(row["shown"])) for row in rows]


def bodies(catalogue: Catalogue, source: str, most: int) -> list[Body]:
    """The newest wordings of a source's newest stories, the last that came first."""
    ranks = {"page": keep.RANK_PAGE, "cut_page": keep.RANK_CUT_PAGE}
    rows = catalogue.run("bodies", source=source, most=most, **ranks).fetchall()
    rows.sort(key=lambda row: (row["first_seen"], row["shown"]), reverse=True)
    return list(map(_body, rows, glances(row["article"] for row in rows)))


def _body(row: sqlite3.Row, seen: Glance) -> Body:
    words = text.word_count(seen.text) if len(seen.text) < _PLAIN else ENOUGH
    return Body(
        url=row["url"],
        first_seen=moment(row["first_seen"]),
        rank=row["rank"],
        access=seen.access,
        truncated=seen.truncated,
        words=min(words, ENOUGH),
        has_page=bool(row["has_page"]),
    )


def answers(catalogue: Catalogue, source: str, role: str, most: int) -> list[Answer]:
    """What its own documents (of this role) and its pages answered, newest first; no 304."""
    rows = catalogue.run("answers", source=source, role=role, most=most)
    return [Answer(row["role"], row["status"]) for row in rows]


def count_doubtful(catalogue: Catalogue, below: float) -> dict[str, int]:
    """How many stories of each source have a confidence below this; none is left out."""
    return {row["source"]: row["stories"] for row in catalogue.run("count_doubtful", below=below)}


def most_doubtful(catalogue: Catalogue, below: float, source: str, most: int) -> list[Doubtful]:
    """Those of the lowest confidence below this, the lowest first; of one source where named."""
    rows = catalogue.run("most_doubtful", below=below, source=source, most=most)
    return [Doubtful(*row) for row in rows]


def last_good(catalogue: Catalogue, source: str, role: str) -> datetime | None:
    """When a document of this role last answered with content."""
    row = catalogue.one("last_good", source=source, role=role)
    return moment(row["time"]) if row else None


def failing(catalogue: Catalogue) -> dict[str, list[Failing]]:
    """What fails now, by source."""
    found: dict[str, list[Failing]] = {}
    for row in catalogue.run("failing"):
        source, *facts = row
        found.setdefault(source, []).append(Failing(*facts))
    return found
