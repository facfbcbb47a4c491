"""When a source is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep import policy
from newskeep.policy import DAY, HOUR, LONGEST_WAIT, WEEKDAYS, Poll, Wishes, unpacked, wishes
from newskeep.types import Entry, Feed, Stamp

AT = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)  # a Sunday
NOW = AT.timestamp()


def feed(*ages, **facts):
    """A feed with entries of these ages in hours; None: one without a date."""
    dates = [age if age is None else Stamp(at=AT - timedelta(hours=age)) for age in ages]
    entries = (Entry(id=str(number), url="", published=date) for number, date in enumerate(dates))
    return Feed(kind="rss", entries=tuple(entries), **facts)


def after(every=HOUR, **facts):
    return Poll(every=every, **facts).after(NOW)


def test_it_is_asked_at_its_own_interval():
    assert after(every=2 * HOUR) == 2 * HOUR


def test_it_is_never_asked_more_than_once_an_hour():
    assert after(every=60.0, chosen=True) == HOUR


@pytest.mark.parametrize(("fresh", "wait"), [(60, HOUR), (7200, 2 * HOUR), (1e12, LONGEST_WAIT)])
def test_a_server_may_ask_for_a_longer_wait_and_for_no_shorter_one(fresh, wait):
    assert after(fresh=fresh) == wait


@pytest.mark.parametrize(("ttl", "wait"), [(60, HOUR), (7200, 2 * HOUR), (1e12, LONGEST_WAIT)])
def test_a_feed_may_ask_for_a_longer_wait(ttl, wait):
    assert after(wishes=Wishes(ttl=ttl)) == wait


def test_a_keeper_may_wait_longer_than_any_server_may_ask():
    assert after(every=30 * DAY, wishes=Wishes(ttl=1e12)) == 30 * DAY


def test_a_feed_that_gives_nothing_to_ask_conditionally_with_is_asked_once_a_day():
    assert after(conditional=False) == DAY
    assert after(conditional=False, every=HOUR, chosen=True) == DAY


@pytest.mark.parametrize(
    ("hours", "days", "wait"),
    [
        ((9,), (), 2 * HOUR),
        ((9, 10, 11), (), 4 * HOUR),
        ((), ("Sunday",), 16 * HOUR),
        ((), ("SUNDAY", "monday"), 40 * HOUR),
        ((0,), ("Sunday",), 17 * HOUR),
        ((8,), ("Tuesday",), HOUR),
        (tuple(range(24)), (), HOUR),
        ((), WEEKDAYS, HOUR),
    ],
)
def test_hours_and_days_that_a_feed_skips_are_waited_out(hours, days, wait):
    wanted = wishes(feed(skip_hours=hours, skip_days=days))
    assert after(wishes=wanted) == wait
    moment = NOW + after(wishes=wanted, spread=0.9)
    assert moment >= NOW + wait
    assert wait == HOUR or datetime.fromtimestamp(moment, UTC).hour not in hours


# The rhythm


@pytest.mark.parametrize(
    ("ages", "hours"),
    [
        ((1, 2, 3, 4), 1),  # an entry an hour
        ((5, 10, 15, 20, 25, 30, 35, 40, 45, 50), 1.25),  # one in five hours: a quarter of that
        ((10, 20, 30, 500, 40, 50, 60, 70, 80, 90, 100), 2.5),  # the newest ten count
        ((240, 250, 260), 65 / 3),  # silent since ten days
        ((5000, 5001, 5002), 24),  # never rarer than daily for that reason
        ((40, 80), 1),  # two make no rhythm
        ((40, None, None, 80), 1),
        ((-9, -9, -9), 1),  # in the future
    ],
)
def test_a_source_is_asked_four_times_in_its_rhythm_at_most(ages, hours):
    assert after(wishes=wishes(feed(*ages))) == pytest.approx(hours * HOUR)


def test_a_keepers_choice_for_one_source_counts_more_than_its_rhythm():
    assert after(every=HOUR, chosen=True, wishes=wishes(feed(500, 501, 502))) == HOUR


def test_what_a_document_wishes_survives_being_packed():
    wanted = wishes(feed(1, 2, 3, ttl=7200, skip_hours=(1,), skip_days=("Sunday",)))
    assert unpacked(wanted.packed()) == wanted
    assert unpacked("") == unpacked("{") == unpacked('{"ttl":"x"}') == Wishes()


# Jitter


@given(st.floats(0, 1), st.floats(60, 30 * DAY), st.booleans())
def test_jitter_makes_it_later_by_a_tenth_at_most_and_never_sooner(spread, every, conditional):
    poll = Poll(every=every, conditional=conditional)
    exact = poll.after(NOW)
    moved = replace(poll, spread=spread).after(NOW)
    assert exact <= moved <= exact * 1.1 + 1e-6


@given(st.integers(1, 60), st.floats(0, 1))
def test_after_errors_it_is_asked_after_an_hour_and_later_and_later_up_to_a_day(failures, spread):
    wait = policy.poll_retry_after(failures, spread=spread)
    assert HOUR <= wait <= 1.1 * DAY
    assert policy.poll_retry_after(failures + 1, spread=spread) >= wait
