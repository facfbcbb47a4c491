"""The figures of one source: how often it brings news, how whole they are, how often it fails.

Pure: values in, numbers out. Spans of time are in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from statistics import median

from newskeep import keep
from newskeep.catalogue.sources import Answer, Arrival, Body
from newskeep.types import Problem, Source

MOST_ARRIVALS, MOST_BODIES, MOST_ANSWERS = 100, 50, 100
"""Of how many of the newest articles, bodies and answers the figures are made."""

DOUBTFUL = 0.5
"""An article of a lower confidence is worth a look."""

MOST_DOUBTFUL = 5
"""So many such articles are named, the worst first."""

HOUR, DAY = 3600, 86400

_WALLED = ("subscriber", "registration", "age", "cookies")
_SHORT, _NEARLY_EMPTY = 100, 15
"""Words: a metered page with fewer shows no article; one with fewer still shows nothing."""

_FEWEST = 3
"""Articles that make a pattern."""

_MINUTES, _HOURS, _DAYS, _MONTHS = HOUR, 2 * DAY, 61 * DAY, 2 * 366 * DAY
"""Up to which spans are told in the unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Of the `looked` newest articles, how many are not whole; each counts once.

    `walled`: behind a wall. `truncated`: they end early. `empty`: their page answered, and
    nearly no text stands in it. `summaries`: their page was never had, and the feed gives a
    summary. `walled_since` is when the wall came, where the articles before were open.
    `example` is the newest that is not whole.
    """

    looked: int = 0
    walled: int = 0
    truncated: int = 0
    empty: int = 0
    summaries: int = 0
    walled_since: datetime | None = None
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An article of low `confidence`, its source's id, and the `command` that explains it."""

    url: str
    source: str
    confidence: float
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source's figures.

    `last_new` is when its newest article came; what came with its first answer counts by its
    own date. `rhythm` is the usual gap between two articles in seconds, at least an hour, and
    `pause` the one that nine of ten stay within. `silence` is the time from `last_new` to
    `last_success`, its last real answer (200 or 304): who cannot be reached is not silent.
    `failures` are those in a row. Of `answers`, the newest ones with the tries that had none,
    `errors` failed. `given_up` counts pages, `doubtful` its articles below DOUBTFUL. `problem`
    is the last one.
    """

    source: Source
    title: str
    stories: int = 0
    last_new: datetime | None = None
    rhythm: float | None = None
    pause: float | None = None
    silence: float | None = None
    last_success: datetime | None = None
    failures: int = 0
    next_poll: datetime | None = None
    answers: int = 0
    errors: int = 0
    given_up: int = 0
    bodies: Bodies = Bodies()
    doubtful: int = 0
    problem: Problem | None = None


def came(arrivals: Sequence[Arrival], first: datetime | None) -> list[datetime]:
    """When articles came, latest first; those of the first answer (at `first`) by their own date.

    A first answer brings a year's articles at once, which says nothing of the rhythm.
    """
    beginning = first + timedelta(hours=1) if first else None
    times = (
        min(one.shown, one.first_seen)
        if beginning and one.first_seen <= beginning
        else one.first_seen
        for one in arrivals
    )
    return sorted(times, reverse=True)


def gaps(times: Sequence[datetime]) -> list[float]:
    """The gaps between the hours in which something came, so that a burst counts once."""
    hours = sorted({int(one.timestamp()) // HOUR for one in times})
    return [float(HOUR * (late - early)) for early, late in pairwise(hours)]


def rhythm(times: Sequence[datetime]) -> tuple[float | None, float | None]:
    """The median gap and the one that nine of ten stay within; None where there are too few.

    The longest is left out: an old article that a feed keeps at its end would make one of years.
    """
    found = sorted(gaps(times))
    if len(found) < _FEWEST:
        return None, None
    return median(found), max(median(found), found[int(0.9 * (len(found) - 1))])


def silence(last_new: datetime | None, last_success: datetime | None) -> float | None:
    """Seconds from the last article to the last answer; None where one of them is missing."""
    if last_new is None or last_success is None:
        return None
    return max(0.0, (last_success - last_new).total_seconds())


def bodies(newest: Sequence[Body]) -> Bodies:
    """What is the matter with the newest articles, newest first."""
    states = [state(one) for one in newest]
    broken = (one.url for one, found in zip(newest, states, strict=True) if found != "whole")
    return Bodies(
        looked=len(states),
        walled=states.count("walled"),
        truncated=states.count("truncated"),
        empty=states.count("empty"),
        summaries=states.count("summary"),
        walled_since=_walled_since(newest, states),
        example=next(broken, ""),
    )


def state(body: Body) -> str:
    """One of whole, walled, truncated, empty and summary."""
    is_bare = body.words < _NEARLY_EMPTY
    is_part = body.truncated or body.rank <= keep.RANK_CUT_PAGE
    is_metered = body.access == "metered" and body.words < _SHORT
    if (body.access in _WALLED and is_part) or (is_metered and body.rank != keep.RANK_FEED):
        return "walled"
    is_blocked = body.access == "blocked" and body.rank != keep.RANK_FEED
    if is_blocked or (body.has_page and (is_bare or body.rank <= keep.RANK_SUMMARY)):
        return "empty"
    if body.truncated:
        return "truncated"
    return "summary" if body.rank <= keep.RANK_SUMMARY else "whole"


def _walled_since(newest: Sequence[Body], states: Sequence[str]) -> datetime | None:
    """When the newest articles went behind a wall, where nearly all before were open."""
    run = len(list(takewhile(lambda one: one == "walled", states)))
    before = states[run:]
    if run < _FEWEST or len(before) < _FEWEST or before.count("walled") > len(before) / 5:
        return None
    return newest[run - 1].first_seen


def errors(newest: Sequence[Answer], unanswered: int) -> tuple[int, int]:
    """How many of the newest answers and tries there are, and how many of them failed.

    A page that is gone (404, 410) answered; what its publisher took down is no failure.
    """
    silent = min(unanswered, MOST_ANSWERS)
    answers = newest[: MOST_ANSWERS - silent]
    failed = sum(one.status >= 400 and not _is_gone(one) for one in answers)
    return len(answers) + silent, failed + silent


def _is_gone(answer: Answer) -> bool:
    return answer.role == "page" and answer.status in (404, 410)


def span(seconds: float) -> str:
    """A span of time in one unit: `12 min`, `3 h`, `9 d`, `5 mo`, `2 y`."""
    if seconds < _MINUTES:
        return f"{max(1, int(seconds // 60))} min"
    if seconds < _HOURS:
        return f"{int(seconds // HOUR)} h"
    if seconds < _DAYS:
        return f"{int(seconds // DAY)} d"
    if seconds < _MONTHS:
        return f"{int(seconds // (30.44 * DAY))} mo"
    return f"{int(seconds // (365.25 * DAY))} y"
