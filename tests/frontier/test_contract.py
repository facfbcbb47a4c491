"""What every frontier promises; a second store joins by conftest's `store` fixture."""

from __future__ import annotations

import dataclasses

import pytest

from newskeep.catalogue.frontier import Task

NOW = 1_000_000.0


def page(path: str, host: str = "a.example", *, role: str = "page", due=NOW, **facts) -> Task:
    return Task(url=f"https://{host}/{path}", role=role, due=due, **facts)


def names(leases) -> list[str]:
    return [lease.host for lease in leases]


def drain(frontier, host: str = "a.example", owner: str = "me") -> list[str]:
    """Ask everything that is due at a leased host, once."""
    asked = []
    while task := frontier.next_task(host):
        asked.append(task.url.rsplit("/", 1)[1])
        assert frontier.settle(task, owner=owner, due=None)
    return asked


# Adding


def test_an_empty_frontier_has_nothing_to_do(frontier) -> None:
    assert frontier.remaining() == (0, None)
    assert frontier.lease("me", limit=9, seconds=60) == []
    assert frontier.next_task("a.example") is None
    assert frontier.state("https://a.example/x") is None
    assert frontier.forget("https://a.example/x") == 0
    assert frontier.take_over() == 0
    assert frontier.export() == []


def test_adding_twice_changes_nothing_and_the_earlier_due_counts(frontier) -> None:
    frontier.add([page("x", due=NOW + 50), page("x", due=NOW + 50)])
    assert frontier.remaining() == (0, NOW + 50)
    frontier.add([page("x", due=NOW + 90)])
    assert frontier.state("https://a.example/x").due == NOW + 50
    frontier.add([page("x", due=NOW + 10)])
    assert frontier.remaining() == (0, NOW + 10)


def test_a_second_mention_fills_in_but_takes_nothing_away(frontier) -> None:
    frontier.add([page("x", etag="v1", failures=2, reason="http-500")])
    frontier.add([page("x", source="s", story="t", etag="v2")])
    frontier.add([page("x", source="other", story="other")])
    known = frontier.state("https://a.example/x")
    assert (known.source, known.story) == ("s", "t")
    assert (known.etag, known.failures, known.reason) == ("v1", 2, "http-500")


def test_what_is_done_comes_back_when_it_is_added_with_a_due(frontier) -> None:
    frontier.add([page("x", due=None)])
    assert frontier.remaining() == (0, None)
    frontier.add([page("x", due=NOW)])
    assert frontier.remaining() == (1, NOW)
    frontier.add([page("x", due=None)])
    assert frontier.remaining() == (1, NOW)


def test_one_address_may_be_a_source_and_a_page(frontier) -> None:
    frontier.add([page("x"), page("x", role="feed", due=NOW + 5)])
    assert frontier.state("https://a.example/x").role == "feed"
    assert frontier.state("https://a.example/x", "page").due == NOW
    assert frontier.forget("https://a.example/x", "page") == 1
    assert frontier.remaining() == (0, NOW + 5)
    assert frontier.forget("https://a.example/x") == 1


def test_an_address_is_known_in_any_spelling(frontier) -> None:
    frontier.add([page("x")])
    frontier.add([Task(url="http://a.example/x#part", role="page", due=NOW)])
    assert frontier.remaining() == (1, NOW)
    assert frontier.state("HTTP://a.example/x".replace("HTTP", "http")).url == "https://a.example/x"


@pytest.mark.parametrize("bad", ["", "mailto:x", "/relative", "https://"])
def test_an_address_without_a_host_is_refused(frontier, bad: str) -> None:
    with pytest.raises(ValueError, match="no host"):
        frontier.add([Task(url=bad, role="page", due=NOW)])


def test_hostile_text_is_only_text(frontier) -> None:
    nasty = "https://a.example/'; DROP TABLE task; --?q=\x00\ud7ff%"
    frontier.add([Task(url=nasty, role="page' OR 1=1", source="';", due=NOW)])
    task = frontier.next_task("a.example")
    assert task.url == nasty
    assert frontier.forget(nasty) == 1


# Leasing


def test_hosts_are_leased_once_until_the_lease_ends(frontier, store) -> None:
    frontier.add([page("x"), page("y"), page("z", "b.example")])
    assert names(frontier.lease("one", limit=9, seconds=60)) == ["a.example", "b.example"]
    assert frontier.lease("two", limit=9, seconds=60) == []
    assert frontier.lease("one", limit=9, seconds=60) == []
    store.time += 59.9
    assert frontier.lease("two", limit=9, seconds=60) == []
    store.time += 0.2
    assert names(frontier.lease("two", limit=9, seconds=60)) == ["a.example", "b.example"]


def test_a_lease_says_whose_and_how_long(frontier) -> None:
    frontier.add([page("x")])
    (lease,) = frontier.lease("me", limit=1, seconds=60)
    assert lease == ("a.example", "me", NOW + 60)


def test_the_host_that_waits_longest_is_leased_first(frontier) -> None:
    frontier.add([page("x", f"{n}.example", due=NOW - n) for n in range(5)])
    assert names(frontier.lease("me", limit=2, seconds=60)) == ["3.example", "4.example"]
    assert names(frontier.lease("me", limit=2, seconds=60)) == ["1.example", "2.example"]


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_hosts_than_asked_for(frontier, limit: int) -> None:
    frontier.add([page("x", f"{n}.example") for n in range(5)])
    assert len(frontier.lease("me", limit=limit, seconds=60)) == limit


def test_a_host_with_nothing_due_is_not_leased(frontier, store) -> None:
    frontier.add([page("x", due=NOW + 5), page("y", "b.example", due=None)])
    assert frontier.lease("me", limit=9, seconds=60) == []
    store.time += 5
    assert names(frontier.lease("me", limit=9, seconds=60)) == ["a.example"]


def test_a_released_host_is_free_at_once(frontier) -> None:
    frontier.add([page("x")])
    frontier.lease("one", limit=1, seconds=60)
    assert not frontier.release("a.example", "two")
    assert frontier.release("a.example", "one")
    assert names(frontier.lease("two", limit=1, seconds=60)) == ["a.example"]
    assert not frontier.release("a.example", "one")


def test_renewing_keeps_a_host_and_only_its_owner_can(frontier, store) -> None:
    frontier.add([page("x")])
    frontier.lease("one", limit=1, seconds=60)
    store.time += 50
    assert not frontier.renew("a.example", "two", 60)
    assert frontier.renew("a.example", "one", 60)
    store.time += 50
    assert frontier.lease("two", limit=1, seconds=60) == []
    store.time += 11
    assert names(frontier.lease("two", limit=1, seconds=60)) == ["a.example"]
    assert not frontier.renew("a.example", "one", 60)


def test_taking_over_ends_every_lease(frontier) -> None:
    frontier.add([page("x"), page("y", "b.example")])
    frontier.lease("dead", limit=9, seconds=1e6)
    assert frontier.take_over() == 2
    assert len(frontier.lease("me", limit=9, seconds=60)) == 2


# Asking


def test_robots_then_sources_then_pages_then_images_each_longest_due_first(frontier) -> None:
    frontier.add(
        [
            page("image-new", role="image", due=NOW - 1),
            page("image-old", role="image", due=NOW - 9),
            page("page-new", due=NOW - 1),
            page("page-old", due=NOW - 9),
            page("listing", role="listing", due=NOW),
            page("feed", role="feed", due=NOW - 1),
            page("robots.txt", role="robots", due=NOW),
            page("later", role="feed", due=NOW + 1),
            page("done", due=None),
        ]
    )
    frontier.lease("me", limit=1, seconds=60)
    order = ["robots.txt", "feed", "listing", "page-old", "page-new", "image-old", "image-new"]
    assert drain(frontier) == order
    assert frontier.remaining() == (0, NOW + 1)


def test_the_next_task_says_when_it_may_start(frontier, store) -> None:
    frontier.add([page("x"), page("y")])
    frontier.lease("me", limit=1, seconds=60)
    first = frontier.next_task("a.example")
    assert first.start == NOW
    store.time += 2  # the fetch takes two seconds; the pace counts from its start
    assert frontier.settle(first, owner="me", due=None, delay=5)
    assert frontier.next_task("a.example").start == NOW + 5
    store.time += 60
    assert frontier.next_task("a.example").start == NOW + 62


# Settling


def test_settling_writes_down_what_came_of_it(frontier, store) -> None:
    frontier.add([page("x", source="s", interval=60.0)])
    frontier.lease("me", limit=1, seconds=60)
    task = frontier.next_task("a.example")
    store.time += 2
    assert frontier.settle(
        task, owner="me", due=NOW + 99, status=200, etag='"v1"', last_modified="Mon", interval=99.0
    )
    known = frontier.state(task.url)
    assert known == dataclasses.replace(
        task,
        due=NOW + 99,
        last_status=200,
        etag='"v1"',
        last_modified="Mon",
        interval=99.0,
        last_try=NOW,
        last_ok=NOW + 2,
        start=0.0,
    )
    assert frontier.settle(
        known, owner="me", due=NOW + 9, status=503, failures=1, reason="http-503"
    )
    again = frontier.state(task.url)
    assert (again.etag, again.last_modified, again.interval) == ('"v1"', "Mon", 99.0)
    assert (again.last_ok, again.last_try) == (NOW + 2, NOW + 2)
    assert (again.failures, again.reason, again.last_status) == (1, "http-503", 503)
    assert frontier.remaining() == (0, NOW + 9)


def test_validators_can_be_taken_away(frontier) -> None:
    frontier.add([page("x", etag="v", last_modified="m")])
    frontier.lease("me", limit=1, seconds=60)
    frontier.settle(
        frontier.next_task("a.example"), owner="me", due=None, etag="", last_modified=""
    )
    known = frontier.state("https://a.example/x")
    assert (known.etag, known.last_modified) == ("", "")


def test_settling_renews_the_lease(frontier, store) -> None:
    frontier.add([page("x"), page("y")])
    frontier.lease("one", limit=1, seconds=60)
    store.time += 50
    assert frontier.settle(frontier.next_task("a.example"), owner="one", due=None)
    store.time += 50
    assert frontier.lease("two", limit=1, seconds=60) == []


def test_who_lost_the_host_settles_nothing(frontier, store) -> None:
    frontier.add([page("x")])
    frontier.lease("one", limit=1, seconds=60)
    task = frontier.next_task("a.example")
    store.time += 61
    frontier.lease("two", limit=1, seconds=60)
    before = frontier.export()
    assert not frontier.settle(task, owner="one", due=None, status=200, etag="late", hold=99)
    assert frontier.export() == before
    assert frontier.settle(task, owner="two", due=None)


def test_a_lease_that_ended_and_was_not_taken_can_still_be_settled(frontier, store) -> None:
    frontier.add([page("x")])
    frontier.lease("one", limit=1, seconds=60)
    task = frontier.next_task("a.example")
    store.time += 1000
    assert frontier.settle(task, owner="one", due=NOW + 2000)
    assert frontier.lease("two", limit=1, seconds=60) == []


def test_without_a_lease_nothing_is_settled(frontier) -> None:
    frontier.add([page("x")])
    assert not frontier.settle(page("x"), owner="me", due=None)
    frontier.lease("me", limit=1, seconds=60)
    frontier.release("a.example", "me")
    assert not frontier.settle(page("x"), owner="me", due=None)


def test_a_forgotten_task_is_not_brought_back_by_its_answer(frontier) -> None:
    frontier.add([page("x")])
    frontier.lease("me", limit=1, seconds=60)
    task = frontier.next_task("a.example")
    frontier.forget(task.url)
    assert frontier.settle(task, owner="me", due=NOW)
    assert frontier.state(task.url) is None
    assert frontier.remaining() == (0, None)


# Pace


def test_a_host_rests_between_fetches_counted_from_the_start(store) -> None:
    with store.frontier(delay=10) as frontier:
        frontier.add([page("x"), page("y")])
        frontier.lease("me", limit=1, seconds=60)
        task = frontier.next_task("a.example")
        store.time += 4
        frontier.settle(task, owner="me", due=None)
        frontier.release("a.example", "me")
        store.time += 5.9
        assert frontier.lease("me", limit=1, seconds=60) == []
        store.time += 0.1
        assert names(frontier.lease("me", limit=1, seconds=60)) == ["a.example"]


def test_a_host_that_asks_for_rest_gets_it(frontier, store) -> None:
    frontier.add([page("x"), page("y")])
    frontier.lease("me", limit=1, seconds=60)
    task = frontier.next_task("a.example")
    frontier.settle(task, owner="me", due=NOW + 3600, status=429, failures=1, hold=3600, delay=1)
    frontier.settle(task, owner="me", due=NOW + 3600, status=200, delay=1)
    frontier.release("a.example", "me")
    store.time += 3599
    assert frontier.lease("me", limit=1, seconds=60) == []
    store.time += 1
    assert names(frontier.lease("me", limit=1, seconds=60)) == ["a.example"]


# Lists


def test_what_was_given_up_is_still_shown(frontier, store) -> None:
    frontier.add([page("x"), page("y"), page("z"), page("fine")])
    frontier.lease("me", limit=1, seconds=60)
    for path in "xyz":
        store.time += 1
        task = frontier.state(f"https://a.example/{path}")
        frontier.settle(task, owner="me", due=None, status=500, failures=9, reason="http-500")
    frontier.settle(frontier.next_task("a.example"), owner="me", due=None)
    assert [task.url[-1] for task in frontier.dead()] == ["z", "y", "x"]
    assert [task.url[-1] for task in frontier.dead(limit=1)] == ["z"]
    assert frontier.dead()[0].reason == "http-500"


def test_polls_are_the_tasks_of_sources(frontier) -> None:
    roles = ("robots", "feed", "listing", "page", "image")
    frontier.add([page(role, role=role) for role in roles])
    assert [task.role for task in frontier.polls()] == ["feed", "listing"]


def test_the_schedule_is_carried_over_whole(frontier, store, tmp_path) -> None:
    frontier.add([page("x", source="s"), page("y", "b.example", due=None, failures=9), page("z")])
    frontier.lease("me", limit=9, seconds=60)
    frontier.settle(
        frontier.next_task("a.example"), owner="me", due=NOW + 9, etag="v", interval=9.5, delay=30
    )
    rows = frontier.export()
    other = type(store)(tmp_path / "other.db")
    with other.frontier() as fresh, other.transaction(fresh):
        fresh.load(rows)
        assert fresh.export() == rows
        assert fresh.remaining() == frontier.remaining()
        assert fresh.lease("me", limit=9, seconds=60) == [], "the pace is kept, the lease is not"
        other.time += 30
        assert names(fresh.lease("me", limit=9, seconds=60)) == ["a.example"]
        fresh.load(rows)
        assert fresh.export() == rows


def test_rows_of_another_shape_are_refused(frontier) -> None:
    with pytest.raises(TypeError):
        frontier.load([{"url": "https://a.example/", "role": "page", "colour": "red"}])
    with pytest.raises(ValueError, match="no host"):
        frontier.load([{"url": "", "role": "page"}])


def test_what_is_rolled_back_did_not_happen(frontier, store) -> None:
    frontier.add([page("x")])
    frontier.lease("me", limit=1, seconds=60)
    before = frontier.export()

    def fail() -> None:
        with store.transaction(frontier):
            assert frontier.settle(frontier.next_task("a.example"), owner="me", due=None)
            frontier.add([page("new")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert frontier.export() == before


# Speed by design, not by the clock


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("lease_hosts", "host_ready"),
        ("next_task", "task_queue"),
        ("refresh_host", "task_queue"),
        ("count_due", "task_due"),
        ("earliest_due", "task_due"),
        ("dead", "task_dead"),
        ("polls", "task_poll"),
    ],
)
def test_no_statement_of_the_daily_round_reads_a_whole_table(
    frontier, store, name: str, index: str
) -> None:
    plan = store.plan(frontier, name, owner="", span=1, most=1, host="", source="")
    assert f"INDEX {index}" in plan, plan
    scans = [line for line in plan.splitlines() if line.startswith("SCAN") and "INDEX" not in line]
    assert all(line in ("SCAN step", "SCAN 4 CONSTANT ROWS") for line in scans), plan
