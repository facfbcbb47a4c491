"""The figures of one source: rhythm, silence, bodies, errors, and spans in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep import keep
from newskeep.catalogue.sources import Answer, Arrival, Body
from newskeep.health import figures
from newskeep.health.figures import DAY, HOUR, Bodies, span

WALLED = {"access": "subscriber", "truncated": True}
START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def hours(*numbers):
    return [START + timedelta(hours=number) for number in numbers]


def body(hour=0, **facts):
    """A whole article of a page, seen so many hours in."""
    whole = {"rank": keep.RANK_PAGE, "access": "open", "truncated": False, "words": 150}
    given = {"url": f"https://example.com/{hour}", "has_page": True, **whole, **facts}
    return Body(first_seen=START + timedelta(hours=hour), **given)


def answer(status, role="feed"):
    return Answer(role, status)


# Rhythm and silence


def test_the_rhythm_is_the_median_gap_and_nine_of_ten_stay_within_the_pause():
    ten = [2] * 8 + [5, 90]
    assert figures.rhythm(hours(*(sum(ten[:n]) for n in range(11)))) == (2 * HOUR, 5 * HOUR)


def test_an_old_article_at_the_end_of_a_feed_makes_no_pause():
    assert figures.rhythm(hours(-9000, 0, 2, 4)) == (2 * HOUR, 2 * HOUR)


def test_a_rhythm_needs_three_gaps():
    assert figures.rhythm(hours(0, 2, 4)) == (None, None)
    assert figures.rhythm([]) == (None, None)


def test_the_articles_of_one_hour_count_once():
    weekly = [START + timedelta(days=7 * week, minutes=n) for week in range(4) for n in range(20)]
    assert figures.rhythm(weekly) == (7 * DAY, 7 * DAY)


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=40), st.randoms())
def test_a_rhythm_does_not_depend_on_the_order_and_lies_between_an_hour_and_the_pause(some, dice):
    times = hours(*some)
    found = figures.rhythm(times)
    dice.shuffle(times)
    assert figures.rhythm(times) == found
    usual, pause = found
    assert usual is None or HOUR <= usual <= pause <= max(figures.gaps(times))


def test_what_the_first_answer_brought_came_when_its_publisher_says():
    old = [Arrival(START, shown) for shown in hours(-72, -48, -24)]
    later = Arrival(START + timedelta(hours=9), START - timedelta(days=900))
    assert figures.came([later, *old], START) == hours(9, -24, -48, -72)


def test_a_date_that_lies_ahead_counts_as_seen():
    assert figures.came([Arrival(START, START + timedelta(days=3))], START) == [START]


def test_nothing_came_where_nothing_is_kept():
    assert figures.came([], None) == []


@pytest.mark.parametrize(
    ("new", "success", "seconds"),
    [(0, 5, 5 * HOUR), (5, 0, 0.0), (None, 5, None), (0, None, None)],
)
def test_silence_lasts_from_the_last_article_to_the_last_answer(new, success, seconds):
    times = [None if one is None else hours(one)[0] for one in (new, success)]
    assert figures.silence(*times) == seconds


# Bodies


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "whole"),
        ({"access": "subscriber", "rank": keep.RANK_CUT_PAGE}, "walled"),
        ({"access": "registration", "truncated": True}, "walled"),
        ({"access": "age", "rank": keep.RANK_EMPTY}, "walled"),
        ({"access": "cookies", "rank": keep.RANK_EMPTY}, "walled"),
        ({"access": "subscriber"}, "whole"),
        ({"access": "subscriber", "rank": keep.RANK_FEED}, "whole"),
        ({"access": "metered", "words": 99, "rank": keep.RANK_FEED}, "whole"),
        ({"access": "metered", "words": 99}, "walled"),
        ({"access": "metered"}, "whole"),
        ({"access": "truncated", "truncated": True, "rank": keep.RANK_CUT_PAGE}, "truncated"),
        ({"words": 14}, "empty"),
        ({"words": 15}, "whole"),
        ({"access": "blocked"}, "empty"),
        ({"access": "blocked", "rank": keep.RANK_EMPTY}, "empty"),
        ({"access": "blocked", "rank": keep.RANK_FEED}, "whole"),
        ({"rank": keep.RANK_SUMMARY, "words": 40}, "empty"),
        ({"rank": keep.RANK_SUMMARY, "words": 40, "has_page": False}, "summary"),
        ({"rank": keep.RANK_EMPTY, "words": 0, "has_page": False}, "summary"),
        ({"rank": keep.RANK_FEED, "has_page": False}, "whole"),
        ({"rank": keep.RANK_FEED, "words": 9, "has_page": False}, "whole"),
    ],
)
def test_a_body_is_in_one_state(facts, state):
    assert figures.state(body(**facts)) == state


def test_bodies_are_counted_by_their_states_and_the_newest_that_is_not_whole_is_named():
    newest = [body(3), body(2, words=3), body(1, **WALLED), body(0, truncated=True)]
    assert figures.bodies(newest) == Bodies(
        looked=4, walled=1, truncated=1, empty=1, example="https://example.com/2"
    )
    assert figures.bodies([]) == Bodies()


def walled_since(*accesses):
    """With these kinds of access from the newest on."""
    count = len(accesses)
    newest = [
        body(count - place, access=one, truncated=one != "open")
        for place, one in enumerate(accesses)
    ]
    return figures.bodies(newest).walled_since


def test_a_wall_came_when_the_oldest_of_the_newest_walled_ones_did():
    assert walled_since(*["subscriber"] * 3, *["open"] * 4) == START + timedelta(hours=5)


@pytest.mark.parametrize(
    "accesses",
    [
        ["subscriber"] * 6,
        ["subscriber"] * 2 + ["open"] * 6,
        ["subscriber"] * 3 + ["open", "subscriber"] * 3,
        ["open"] + ["subscriber"] * 6,
        ["open"] * 6,
        [],
    ],
)
def test_a_wall_did_not_come_where_it_always_stood_or_stands_here_and_there(accesses):
    assert walled_since(*accesses) is None


# Errors


def test_error_statuses_and_tries_without_an_answer_are_errors():
    newest = [answer(200), answer(503), answer(404), answer(301), answer(403, "page")]
    assert figures.errors(newest, unanswered=2) == (7, 5)


def test_a_page_that_is_gone_is_no_error():
    assert figures.errors([answer(404, "page"), answer(410, "page")], unanswered=0) == (2, 0)


def test_no_more_than_the_newest_hundred_count():
    newest = [answer(200)] * 90 + [answer(500)] * 10
    assert figures.errors(newest, unanswered=30) == (100, 30)
    assert figures.errors(newest, unanswered=5000) == (100, 100)


# Words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 min"),
        (59 * 60 + 59, "59 min"),
        (HOUR, "1 h"),
        (2 * DAY - 1, "47 h"),
        (2 * DAY, "2 d"),
        (60 * DAY, "60 d"),
        (61 * DAY, "2 mo"),
        (730 * DAY, "23 mo"),
        (800 * DAY, "2 y"),
    ],
)
def test_a_span_is_told_in_one_unit(seconds, words):
    assert span(seconds) == words


@given(st.floats(min_value=0, max_value=1e11))
def test_a_span_is_never_zero(seconds):
    assert int(span(seconds).split()[0]) >= 1
