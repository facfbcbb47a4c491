"""Answers that say that they stay fresh are shared within a run, between pages of one origin."""

from __future__ import annotations

import pytest

from newskeep.sync import shelf
from newskeep.sync.shelf import Shelf
from newskeep.types import Received

FRESH = ("Cache-Control", "max-age=600")


def answer(*fields, status=200, size=1):
    return Received(
        url="https://a.example/x", role="asset", payload=bytes(size), status=status, headers=fields
    )


def found(*hops):
    held = Shelf()
    held.put("one", "https://a.example/x", hops)
    return held.find("one", "https://a.example/x")


def test_a_fresh_answer_is_found_with_its_hops():
    hops = (answer(FRESH, status=301), answer(FRESH))
    assert found(*hops) == hops


@pytest.mark.parametrize(
    "hops",
    [
        (answer(),),
        (answer(("Cache-Control", "no-cache, max-age=600")),),
        (answer(FRESH, ("Age", "600")),),
        (answer(FRESH, status=404),),
        (answer(status=301), answer(FRESH)),
    ],
)
def test_others_are_not(hops):
    assert found(*hops) == ()


def test_nothing_is_shared_between_partitions_and_addresses():
    held = Shelf()
    held.put("one", "https://a.example/x", [answer(FRESH)])
    assert held.find("two", "https://a.example/x") == ()
    assert held.find("one", "https://a.example/y") == ()


def test_the_oldest_go_where_there_are_too_many_bytes(monkeypatch):
    monkeypatch.setattr(shelf, "MOST_BYTES", 100)
    held = Shelf()
    for name in "abac":
        held.put("one", name, [answer(FRESH, size=40)])
    assert [bool(held.find("one", name)) for name in "abc"] == [True, False, True]
