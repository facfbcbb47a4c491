"""When to come again, by what a server says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import policy
from newskeep.fetch.retry import LONGEST_WAIT, freshness, http_date, retry_after

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)  # a Sunday
HOUR = 3600.0


def at(**ahead):
    return format_datetime(NOW + timedelta(**ahead), usegmt=True)


# Retry-After


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0), ("120", 120), (" 120 ", 120), ("00060", 60),
        ("999999", LONGEST_WAIT), ("999999999999999999", LONGEST_WAIT), ("9" * 5000, LONGEST_WAIT),
        (at(minutes=2), 120), (at(minutes=-2), 0), (at(days=400), LONGEST_WAIT),
        ("Sunday, 01-Nov-26 08:02:00 GMT", 120), ("Sun Nov  1 08:02:00 2026", 120),
        ("Sun, 01 Nov 2026 09:02:00 +0100", 120), ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("Mon, 01 Jan 0001 00:00:00 +2300", 0),
    ],
)  # fmt: skip
def test_retry_after_is_read_as_seconds_or_date_and_bounded(value, seconds):
    assert retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize(
    "value", ["", "-5", "1.5", "soon", "1e9", "120s", "inf", "NaN", "Sun, 99 Nov 2026 08:00:00 GMT"]
)
def test_a_retry_after_that_says_nothing_is_none(value):
    assert retry_after(value, now=NOW) is None


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.text(max_size=40) | st.text("0123456789:,+- SunNovGMT", max_size=40))
def test_any_text_gives_a_wait_within_bounds_or_none(value):
    wait = retry_after(value, now=NOW)
    assert wait is None or 0 <= wait <= LONGEST_WAIT
    found = http_date(value)
    assert found is None or found.tzinfo


# Backing off


def test_each_failure_in_a_row_waits_longer_up_to_a_day():
    waits = [policy.retry_after(failures) for failures in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(10)
    assert waits[-1] == pytest.approx(policy.DAY)


# Freshness


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, 0),
        ({"Cache-Control": "max-age=7200"}, 2 * HOUR),
        ({"Cache-Control": 'public, MAX-AGE = "7200"'}, 2 * HOUR),
        ({"Cache-Control": "s-maxage=7200"}, 0),
        ({"Cache-Control": "no-cache, max-age=7200"}, 0),
        ({"Cache-Control": 'no-cache="set-cookie", max-age=7200'}, 2 * HOUR),
        ({"Cache-Control": "no-store", "Expires": at(hours=5)}, 0),
        ({"Cache-Control": "max-age=999999999999999999"}, 999999999999),
        ({"Cache-Control": "max-age=7200", "Age": "3600"}, HOUR),
        ({"Cache-Control": "max-age=7200", "Age": "9000"}, 0),
        ({"Cache-Control": "max-age=7200", "Age": "-5"}, 2 * HOUR),
        ({"Expires": at(hours=3)}, 3 * HOUR),
        ({"Expires": at(hours=3), "Date": at(hours=1)}, 2 * HOUR),
        ({"Expires": at(hours=-3)}, 0),
        ({"Expires": "0"}, 0),
        ({"Cache-Control": "max-age=7200", "Expires": at(hours=5)}, 2 * HOUR),
    ],
)
def test_an_answer_is_fresh_for_its_lifetime_less_its_age(fields, seconds):
    assert freshness(tuple(fields.items()), now=NOW) == seconds


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_leaves_a_freshness_that_is_not_negative(control, expires, age):
    fields = (("Cache-Control", control), ("Expires", expires), ("Age", age), ("Date", expires))
    assert freshness(fields, now=NOW) >= 0
