"""When to look again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep import policy
from newskeep.policy import DAY, HOUR, MINUTE


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (0, 15 * MINUTE),
        (2.9 * HOUR, 15 * MINUTE),
        (4 * HOUR, HOUR),
        (2 * DAY, 3 * HOUR),
        (8 * DAY, 3 * DAY),
        (31 * DAY, 30 * DAY),
        (366 * DAY, None),
        (-HOUR, 15 * MINUTE),
    ],
)
def test_an_article_is_looked_at_less_as_it_ages(age, wait):
    assert policy.revisit_after(age) == wait


@given(st.integers(1, 40), st.floats(0, 1))
def test_failures_wait_longer_each_time_and_never_more_than_about_a_day(failures, spread):
    wait = policy.retry_after(failures, spread=spread)
    assert 9 <= wait <= 1.1 * DAY
    assert policy.retry_after(failures + 1, spread=spread) >= wait


def test_the_first_retry_comes_within_the_same_sync():
    assert policy.retry_after(1) <= 15
