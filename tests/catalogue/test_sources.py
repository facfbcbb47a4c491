"""What the catalogue holds of one source: newest first, bounded, and found by an index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.values import START, at, seen

from newskeep import keep
from newskeep.catalogue import sources
from newskeep.catalogue.frontier import Frontier, Task
from newskeep.catalogue.store import QUERIES, Catalogue
from newskeep.catalogue.stories import Stories
from newskeep.types import Capture, Ref


@pytest.fixture
def catalogue(tmp_path):
    made = Catalogue(tmp_path / "catalogue.sqlite")
    Frontier(made.connection).create()
    yield made
    made.close()


def place(catalogue, *observations):
    stories = Stories(catalogue, lambda captures: [], "newskeep/1")
    with catalogue.transaction():
        for one in observations:
            stories.place(one)


def story(minutes, text="The bridge is open.", **facts):
    """A story of its own, seen so many minutes in."""
    return seen(minutes, text, addresses=(f"https://example.com/a-{minutes}",), **facts)


def capture(number, *, role="page", status=200, minutes=None):
    when = at(number if minutes is None else minutes)
    return Capture(
        id=f"{role}{number}", url=f"https://example.com/{number}", time=when, kind="response",
        role=role, digest="d", ref=Ref("a.warc.gz", number, 1), source="s", status=status,
    )  # fmt: skip


def test_stories_are_counted_by_source_with_the_first_and_the_last(catalogue):
    place(catalogue, story(1), story(5), story(3))
    assert sources.counts(catalogue) == {"s": sources.Count(3, at(1), at(5))}


def test_the_newest_stories_come_first_and_no_more_than_are_wanted(catalogue):
    place(catalogue, *map(story, range(9)))
    found = sources.arrivals(catalogue, "s", 3)
    assert [one.first_seen for one in found] == [at(8), at(7), at(6)]
    assert [one.first_seen for one in sources.bodies(catalogue, "s", 3)] == [at(8), at(7), at(6)]
    assert sources.arrivals(catalogue, "another", 3) == []


def test_a_body_tells_of_the_newest_wording(catalogue):
    place(catalogue, story(1), story(1.5, "The toll. " * 100, access="metered", truncated=True))
    newest, first = sources.bodies(catalogue, "s", 5)
    assert (newest.access, newest.truncated, newest.words) == ("metered", True, sources.ENOUGH)
    assert (first.access, first.truncated, first.words) == ("open", False, 4)
    assert first.rank == keep.RANK_PAGE
    assert first.has_page


def test_whether_a_page_was_had_is_asked_of_stories_that_the_feed_told_better(catalogue):
    address = ("https://example.com/a",)
    place(
        catalogue,
        seen(1, door="feed:s", rank=keep.RANK_SUMMARY, addresses=address),
        seen(2, "", rank=keep.RANK_EMPTY, addresses=address),
        story(0, door="feed:s", rank=keep.RANK_SUMMARY),
    )
    assert [one.has_page for one in sources.bodies(catalogue, "s", 5)] == [True, False]


def test_answers_are_the_newest_of_both_roles_together(catalogue):
    with catalogue.transaction():
        for number in range(4):
            catalogue.add_capture(capture(number, role="feed", minutes=2 * number))
            catalogue.add_capture(capture(number, status=404, minutes=2 * number + 1))
            catalogue.add_capture(capture(number, role="image", minutes=99))
    found = sources.answers(catalogue, "s", "feed", 3)
    assert [(one.role, one.status) for one in found] == [
        ("page", 404),
        ("feed", 200),
        ("page", 404),
    ]


def test_the_last_good_answer_is_looked_for_behind_any_number_of_bad_ones(catalogue):
    with catalogue.transaction():
        for number in range(300):
            status = 200 if number == 7 else 503
            catalogue.add_capture(capture(number, role="feed", status=status))
    assert sources.last_good(catalogue, "s", "feed") == START + timedelta(minutes=7)
    assert sources.last_good(catalogue, "s", "page") is None


def test_what_fails_is_gathered_by_role_and_reason(catalogue):
    with catalogue.transaction():
        Frontier(catalogue.connection).add(
            Task(url=f"https://example.com/{number}", role="page", source="s", **facts)
            for number, facts in enumerate(
                (
                    {"failures": 2, "reason": "too-slow", "due": 1.0},
                    {"failures": 9, "reason": "too-slow"},
                    {"failures": 1, "reason": "http-503", "last_status": 503, "due": 1.0},
                    {"failures": 0, "due": 1.0},
                )
            )
        )
    assert sources.failing(catalogue) == {
        "s": [
            sources.Failing("page", "http-503", 1, 0, 1, 0, "https://example.com/2"),
            sources.Failing("page", "too-slow", 2, 1, 9, 11, "https://example.com/0"),
        ]
    }


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("count_by_source", "story_arrival"),
        ("arrivals", "story_arrival"),
        ("bodies", "story_arrival"),
        ("a_story_of", "story_arrival"),
        ("answers", "capture_answer"),
        ("last_good", "capture_answer"),
    ],
)
def test_a_source_is_looked_up_by_an_index_and_the_newest_by_its_order(catalogue, query, index):
    names = ("source", "role", "most", "page", "cut_page")
    plan = catalogue.connection.execute(
        f"EXPLAIN QUERY PLAN {QUERIES[query]}", dict.fromkeys(names, "")
    ).fetchall()
    steps = [row["detail"] for row in plan]
    assert any(index in step for step in steps)
    assert not any(step.startswith("SCAN story ") and index not in step for step in steps)
    assert query == "answers" or not any("TEMP B-TREE" in step for step in steps)


def test_an_archive_of_before_gets_the_index_that_answers_are_counted_by(tmp_path):
    before = Catalogue(tmp_path / "catalogue.sqlite")
    before.connection.execute("DROP INDEX capture_answer")
    before.connection.execute("CREATE INDEX capture_source ON capture (source, role, time)")
    before.close()
    again = Catalogue(tmp_path / "catalogue.sqlite")
    rows = again.connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
    names = {row["name"] for row in rows}
    again.close()
    assert "capture_answer" in names
    assert "capture_source" not in names
