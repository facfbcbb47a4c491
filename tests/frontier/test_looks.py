"""Second looks at pages keep within a budget for each hour, and a task may move."""

from __future__ import annotations

import pytest

from newskeep.catalogue.frontier import Task

HOUR = 3600.0
NOW = 1_000_000.0


def known(number: int, **facts) -> Task:
    """A page that was looked at before."""
    facts = {"role": "page", "due": NOW, "last_ok": NOW - HOUR, **facts}
    return Task(url=f"https://{number % 3}.example/{number}", **facts)


def test_looks_over_the_budget_of_an_hour_move_to_the_next_hour_with_room(frontier) -> None:
    planned = [frontier.plan_look(NOW + 10, 2) for _ in range(5)]
    assert planned == [NOW + 10, NOW + 10, NOW + 10 + HOUR, NOW + 10 + HOUR, NOW + 10 + 2 * HOUR]
    assert frontier.plan_look(NOW + 10 + HOUR, 2) == NOW + 10 + 2 * HOUR


def test_hours_that_are_over_are_forgotten(frontier, store) -> None:
    frontier.plan_look(NOW, 1)
    store.time += 5 * HOUR
    frontier.plan_look(store.time, 1)
    ((hours,),) = frontier._connection.execute("SELECT count(*) FROM look").fetchall()
    assert hours == 1


@pytest.mark.parametrize(("budget", "left"), [(1, 1), (4, 4), (7, 7), (9, 7)])
def test_late_looks_are_spread_over_the_next_hours(frontier, budget, left) -> None:
    frontier.add(known(number, due=NOW - 100 + number) for number in range(7))
    assert frontier.spread_looks(budget) == 7 - left
    dues = sorted(
        frontier.state(f"https://{number % 3}.example/{number}").due for number in range(7)
    )
    hours = [int((due - NOW) // HOUR) if due > NOW else 0 for due in dues]
    assert hours == [place // budget for place in range(7)]
    assert frontier.remaining()[0] == left


def test_first_looks_retries_and_other_roles_are_never_put_off(frontier) -> None:
    frontier.add([known(1), known(2, last_ok=None), known(3, failures=1)])
    frontier.add([known(4, role="image"), known(5, role="feed"), known(6, due=NOW + 5)])
    assert frontier.spread_looks(1) == 0


def test_a_task_that_moves_takes_along_what_is_known_of_it(frontier) -> None:
    old = Task(url="https://a.example/feed", role="feed", source="s", due=NOW, etag='"1"')
    further = Task(url="https://b.example/feed", role="feed", source="s", due=None)
    frontier.add([old, further])
    frontier.move(old, "https://b.example/feed")
    assert frontier.state(old.url) is None
    moved = frontier.state("https://b.example/feed")
    assert (moved.due, moved.etag, moved.source) == (NOW, '"1"', "s")
    assert frontier.lease("me", limit=9, seconds=60)[0].host == "b.example"


def test_a_task_may_move_to_another_spelling_of_its_address(frontier) -> None:
    old = Task(url="http://a.example/feed?utm_source=x", role="feed", due=NOW, etag='"1"')
    frontier.add([old])
    frontier.move(old, "https://a.example/feed")
    assert frontier.state(old.url).url == "https://a.example/feed"
