"""Stories in the catalogue: identity, revisions, and that arrival does not matter."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.values import at, seen

from newskeep import keep
from newskeep.catalogue.reading import Reading
from newskeep.catalogue.store import Catalogue
from newskeep.catalogue.stories import Stories
from newskeep.errors import FormatError
from newskeep.types import Capture, Problem, Source, Stamp

A, B, C = "https://example.com/a", "https://example.com/b", "https://example.com/c"


class Shelf:
    """A catalogue over observations that were all derived before."""

    def __init__(self, path, observations=()):
        self.catalogue = Catalogue(path)
        self.known = {one.capture: [] for one in observations}
        for one in observations:
            self.known[one.capture].append(one)
        self.stories = Stories(self.catalogue, self.again, "newskeep/1")
        self.reading = Reading(self.catalogue, lambda: {"s": Source(id="s", url=A, title="Bell")})

    def again(self, captures):
        return [one for capture in captures for one in self.known[capture]]

    def place(self, *observations):
        changes = []
        for one in observations:
            siblings = self.known.setdefault(one.capture, [])
            if one not in siblings:
                siblings.append(one)
            with self.catalogue.transaction():
                self.catalogue.add_capture(capture_of(one))
                changes.append(self.stories.place(one))
        return changes


def capture_of(one):
    role = "page" if one.door == "page" else "feed"
    return Capture(
        id=one.capture,
        url=A,
        time=one.time,
        kind="response",
        role=role,
        digest=one.capture,
        ref=one.ref,
        source="s",
    )


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path / "catalogue.sqlite")
    yield made
    made.catalogue.close()


def test_a_story_keeps_every_wording(shelf):
    shelf.place(seen(0, "one"), seen(1, "one"), seen(2, "two"))
    story = shelf.reading.find(A)
    assert [revision.article.text for revision in story.revisions] == ["one", "two"]
    assert [revision.number for revision in story.revisions] == [1, 2]
    first = story.revisions[0]
    assert (first.first_seen, first.last_seen) == (at(0), at(1))
    assert len(first.captures) == 2
    assert story.latest.id == keep.observation_id(seen(2).capture)
    assert story.source_title == "Bell"


def test_any_spelling_of_an_address_and_any_start_of_an_id_finds_it(shelf):
    shelf.place(seen(0))
    story = shelf.reading.find("http://EXAMPLE.com:80/a?utm_source=x#top")
    assert shelf.reading.find(story.id[:6]) == story
    assert shelf.reading.find(story.latest.id[:8]) == story
    assert shelf.reading.find("https://example.com/ab") is None
    assert shelf.reading.find("zzzzzz") is None
    assert shelf.reading.revision(story.latest.id) == story.latest
    assert shelf.reading.revision("0" * 32) is None


def test_prefixes_are_other_stories(shelf):
    shelf.place(seen(0, addresses=(A,)), seen(1, addresses=(A + "b",)))
    assert shelf.reading.find(A).id != shelf.reading.find(A + "b").id


def test_addresses_seen_together_are_one_story(shelf):
    shelf.place(seen(0, "x", addresses=(A,)), seen(1, "x", addresses=(B,)))
    (joined,) = shelf.place(seen(2, "x", addresses=(A, B)))
    assert shelf.reading.find(A) == shelf.reading.find(B)
    assert shelf.reading.find(A).aliases == (A, B)
    assert joined.what == "same"
    assert len(list(shelf.reading.stories())) == 1


def test_joining_three_stories_orders_their_wordings_by_time(shelf):
    shelf.place(seen(2, "third", addresses=(C,)), seen(0, "first", addresses=(A,)))
    shelf.place(seen(1, "second", addresses=(B,)))
    shelf.place(seen(3, "third", addresses=(A, B, C)))
    texts = [revision.article.text for revision in shelf.reading.find(C).revisions]
    assert texts == ["first", "second", "third"]
    assert shelf.stories.touched


def test_gone_is_kept_and_shown(shelf):
    changes = shelf.place(seen(0), seen(1, None), seen(2, None))
    assert [change.what for change in changes] == ["new", "missing", "gone"]
    story = shelf.reading.find(A)
    assert (story.state, story.missing_since) == ("gone", at(1))
    assert story.article.text == "The bridge is open."


def test_a_page_that_was_never_seen_is_no_story(shelf):
    shelf.place(seen(0, None))
    assert shelf.reading.find(A) is None
    assert list(shelf.reading.stories()) == []
    shelf.place(seen(1))
    assert shelf.reading.find(A).revisions[0].first_seen == at(1)


def test_a_feed_that_repeats_itself_leaves_no_rows(shelf):
    shelf.place(*(seen(minute, "x", door="feed:s", entry="e") for minute in range(5)))
    rows = shelf.catalogue.connection.execute("SELECT count(*) FROM observation").fetchone()[0]
    assert rows == 1
    assert shelf.reading.find(A).last_seen == at(4)
    assert shelf.reading.find(A).latest.last_seen == at(4)


def test_the_same_observation_twice_changes_nothing(shelf):
    shelf.place(seen(0), seen(1, "b"))
    before = shelf.reading.digest()
    changes = shelf.place(seen(0), seen(1, "b"))
    assert all(change.repeated for change in changes)
    assert shelf.reading.digest() == before


def test_the_page_completes_the_feed_and_keeps_its_date(shelf):
    date = Stamp(at=at(-60))
    summary = {"door": "feed:s", "rank": keep.RANK_SUMMARY, "entry": "e"}
    entry = seen(0, "Open.", **summary, published=date)
    shelf.place(entry, seen(1, "The bridge is open at last."))
    story = shelf.reading.find(A)
    assert len(story.revisions) == 1
    assert story.latest.id == entry.id
    assert story.article.text == "The bridge is open at last."
    assert story.article.published.at == at(-60)


def test_a_new_extractor_is_no_edit(shelf, tmp_path):
    shelf.place(seen(0, "old reading of the page"), seen(1, "old reading of the page"))
    better = Shelf(tmp_path / "catalogue.sqlite", [seen(0, "new reading"), seen(1, "new reading")])
    better.stories = Stories(better.catalogue, better.again, "newskeep/2")
    (change,) = better.place(seen(2, "new reading"))
    story = better.reading.find(A)
    assert change.what == "same"
    assert [revision.article.text for revision in story.revisions] == ["new reading"]
    assert story.latest.id == keep.observation_id(seen(0).capture)
    better.catalogue.close()


def test_refresh_makes_a_stale_story_anew(shelf):
    shelf.place(seen(0, "a"), seen(1, "b"))
    before = shelf.reading.digest()
    with shelf.catalogue.transaction():
        shelf.stories.refresh(shelf.reading.find(A).id)
    assert shelf.reading.digest() == before


histories = st.lists(
    st.tuples(
        st.sampled_from(["x", "y", None]),
        st.sampled_from([(A,), (B,), (C,), (A, B), (B, C)]),
        st.sampled_from(["page", "feed:s"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories, st.randoms(use_true_random=False))
def test_whatever_the_order_of_arrival_the_stories_are_the_same(tmp_path, history, shuffler):
    story = []
    for number, (text, addresses, door) in enumerate(history):
        door = "page" if text is None else door
        entry = "e" if door != "page" else ""
        story.append(seen(number, text, addresses=addresses, door=door, entry=entry))
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    digests = set()
    for order in (story, shuffler.sample(story, len(story))):
        shelf = Shelf(folder / str(len(digests)), story)
        shelf.place(*order)
        digests.add(shelf.reading.digest())
        shelf.catalogue.close()
    assert len(digests) == 1


def test_a_story_in_which_todays_extractor_sees_nothing_goes_with_its_addresses(shelf):
    shelf.place(seen(1))
    story = shelf.reading.find(A)
    shelf.known = {capture: [] for capture in shelf.known}
    with shelf.catalogue.transaction():
        shelf.stories.refresh(story.id)
    assert shelf.reading.find(A) is None
    assert shelf.stories.touched >= {story.id}
    (again,) = shelf.place(seen(2, "Another wording."))
    assert again.what == "new"
    assert again.story != story.id


def test_walking_pages_through_everything_both_ways(shelf):
    count = 450
    for number in range(count):
        shelf.place(seen(number, str(number), addresses=(f"https://example.com/{number}",)))
    down = [story.article.text for story in shelf.reading.stories()]
    up = [story.article.text for story in shelf.reading.stories(newest_first=False)]
    assert down == up[::-1] == [str(number) for number in reversed(range(count))]
    assert len(list(shelf.reading.ids(source="s"))) == count
    assert list(shelf.reading.ids(source="other")) == []


def test_a_transaction_that_fails_leaves_nothing(shelf):
    with pytest.raises(ZeroDivisionError), shelf.catalogue.transaction():
        shelf.catalogue.set_meta("fact", "1")
        raise ZeroDivisionError
    assert shelf.catalogue.meta("fact") == ""


def test_tables_of_another_version_are_refused_with_the_remedy(tmp_path):
    catalogue = Catalogue(tmp_path / "c.sqlite")
    catalogue.set_meta("schema", "99")
    catalogue.close()
    with pytest.raises(FormatError, match=r"version 99, this program of \d; run: newskeep rebuild"):
        Catalogue(tmp_path / "c.sqlite")


def test_a_trouble_is_remembered_until_it_ends(shelf):
    problem = Problem(url=A, stage="fetch", kind="http-503", message="down", at=at(1))
    later = Problem(url=A, stage="fetch", kind="http-500", message="worse", at=at(2))
    for one in (problem, later):
        shelf.catalogue.put_problem(one, "s")
    assert shelf.catalogue.problems() == [(later, "s")]
    shelf.catalogue.clear_problem(A, "fetch")
    assert shelf.catalogue.problems() == []
