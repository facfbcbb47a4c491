"""Turns at hosts, on a loop whose clock jumps to whatever is waited for."""

from __future__ import annotations

import asyncio
import selectors
from itertools import groupby, pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.sync.turns import Turns


class Jumping(asyncio.SelectorEventLoop):
    """A loop that never waits: where nothing is ready its clock jumps ahead."""

    def __init__(self):
        self.clock = 1000.0
        super().__init__(_Selector(self))

    def time(self):
        return self.clock


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop):
        super().__init__()
        self._loop = loop

    def select(self, timeout=None):
        found = super().select(0)
        if not found:
            assert timeout is not None, "everything waits, and for nothing"
            self._loop.clock += timeout
        return found


class Wish(NamedTuple):
    """A request to make: when it is wanted, how long it takes, when it is given up."""

    url: str
    delay: float = 1.0
    at: float = 0.0
    takes: float = 0.0
    fails: bool = False
    given_up: float | None = None


class Made(NamedTuple):
    """A request that was made, in seconds since the start."""

    url: str
    began: float
    ended: float
    delay: float


def made(*wishes):
    """The requests that come of wishes, in the order of their beginning."""
    with asyncio.Runner(loop_factory=Jumping) as runner:
        return runner.run(_all(wishes))


async def _all(wishes):
    turns, done = Turns(), []
    now = asyncio.get_running_loop().time
    start = now()

    async def one(wish):
        await asyncio.sleep(wish.at)
        async with turns.take(wish.url, wish.delay):
            began = now() - start
            try:
                await asyncio.sleep(wish.takes)
                if wish.fails:
                    raise ConnectionError
            finally:
                done.append(Made(wish.url, began, now() - start, wish.delay))

    async def within(wish):
        limit = None if wish.given_up is None else start + wish.given_up
        async with asyncio.timeout_at(limit):
            await one(wish)

    await asyncio.gather(*map(within, wishes), return_exceptions=True)
    return sorted(done, key=lambda each: each.began)


def begins(*wishes):
    return [one.began for one in made(*wishes)]


A, B = "https://a.example/1", "https://b.example/1"


def test_the_first_request_to_a_host_waits_for_nobody():
    assert begins(Wish(A, delay=60)) == [0]


def test_the_next_begins_a_delay_after_the_last_one_ended():
    assert begins(Wish(A, takes=2), Wish(A)) == [0, 3]


def test_who_comes_later_than_the_delay_waits_no_more():
    assert begins(Wish(A), Wish(A, at=1.5)) == [0, 1.5]


def test_without_a_delay_requests_follow_at_once_and_never_overlap():
    assert begins(Wish(A, delay=0, takes=2), Wish(A, delay=0)) == [0, 2]


def test_hosts_do_not_wait_for_each_other():
    assert begins(Wish(A, takes=50), Wish(A), Wish(B), Wish(B)) == [0, 0, 1, 51]


@pytest.mark.parametrize(
    "same", ["https://a.example/2?x=1", "http://A.EXAMPLE/1", "https://a.example:8443/1"]
)
def test_a_host_is_one_whatever_its_scheme_port_and_letters(same):
    assert begins(Wish(A), Wish(same)) == [0, 1]


def test_a_request_that_failed_counts_like_any_other():
    assert begins(Wish(A, takes=2, fails=True), Wish(A)) == [0, 3]


def test_a_request_broken_off_counts_like_any_other():
    assert begins(Wish(A, takes=9, given_up=2), Wish(A)) == [0, 3]


def test_who_gives_up_waiting_leaves_the_turn_to_the_next():
    assert begins(Wish(A), Wish(A, given_up=0.5), Wish(A)) == [0, 1]


def test_who_gives_up_in_the_queue_leaves_the_others_in_order():
    assert begins(Wish(A, takes=5), Wish(A, given_up=2), Wish(A), Wish(A)) == [0, 6, 7]


_EIGHTHS = st.integers(0, 40).map(lambda number: number / 8)
WISHES = st.lists(
    st.builds(
        Wish,
        url=st.sampled_from([A, B, "https://c.example/"]),
        delay=_EIGHTHS,
        at=_EIGHTHS,
        takes=_EIGHTHS,
        fails=st.booleans(),
        given_up=st.none() | _EIGHTHS,
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(WISHES)
def test_at_no_host_do_two_requests_overlap_or_follow_too_soon(wishes):
    by_host = sorted(made(*wishes), key=lambda one: one.url)  # stable: still by beginning
    for _, own in groupby(by_host, key=lambda one: one.url):
        assert all(after.began >= before.ended + before.delay for before, after in pairwise(own))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(WISHES)
def test_everybody_who_waits_long_enough_is_let_in(wishes):
    patient = [wish._replace(given_up=None) for wish in wishes]
    assert len(made(*patient)) == len(patient)
