"""A story's life: what each sight of it means."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.values import article, at, seen

from newskeep import keep
from newskeep.keep import State, advance, fill, fold
from newskeep.types import Image, Problem, Stamp

FEED = "feed:s"


def life(*observations):
    return [what for _, _, what in fold(observations)]


def test_a_page_that_changes_has_a_revision_each():
    assert life(seen(0), seen(1), seen(2, "It is shut."), seen(3, "It is shut.")) == [
        "new",
        "same",
        "revised",
        "same",
    ]


def test_an_edit_taken_back_is_an_edit():
    assert life(seen(0, "a"), seen(1, "b"), seen(2, "a")) == ["new", "revised", "revised"]


def test_white_space_and_markup_are_no_edit():
    first = seen(0, "The bridge  is open.", html="<p>The bridge is open.</p>")
    assert life(first, seen(1, "The bridge is\nopen.", html="<div>x</div>")) == ["new", "same"]


def test_a_changed_headline_is_an_edit():
    assert life(seen(0), seen(1, title="The bridge is shut")) == ["new", "revised"]


@pytest.mark.parametrize("words", [{"caption": "The bridge on Friday."}, {"credit": "Ann Quayle"}])
def test_a_changed_caption_is_an_edit(words):
    picture = Image(url="https://example.com/a.jpg", caption="The bridge.", credit="Bo Reed")
    first = seen(0, images=(picture,))
    assert life(first, seen(1, images=(replace(picture, **words),))) == ["new", "revised"]
    assert life(first, seen(1, images=(replace(picture, alt="A bridge."),))) == ["new", "same"]


def test_the_page_completes_what_the_feed_began():
    summary = seen(0, "Open.", door=FEED, rank=keep.RANK_SUMMARY)
    steps = fold([summary, seen(1)])
    assert [what for _, _, what in steps] == ["new", "better"]
    assert steps[-1][1].revision == summary.id
    assert steps[-1][1].number == 1


def test_a_summary_that_changes_beside_a_page_decides_nothing():
    summary = seen(0, "Open.", door=FEED, rank=keep.RANK_SUMMARY)
    later = seen(2, "Open!", door=FEED, rank=keep.RANK_SUMMARY)
    assert life(summary, seen(1), later) == ["new", "better", "weaker"]


def test_a_summary_alone_may_change():
    summary = seen(0, "Open.", door=FEED, rank=keep.RANK_SUMMARY)
    later = seen(2, "Shut.", door=FEED, rank=keep.RANK_SUMMARY)
    assert life(summary, later) == ["new", "revised"]


def test_a_wall_that_comes_later_hides_nothing():
    assert life(seen(0), seen(1, "Subscribe.", rank=keep.RANK_CUT_PAGE)) == ["new", "weaker"]


def test_two_feeds_of_one_story_do_not_disagree_for_ever():
    one, other = "feed:one", "feed:other"
    story = [
        seen(0, "as one has it", door=one),
        seen(1, "as the other has it", door=other),
        seen(2, "as one has it", door=one),
        seen(3, "as the other has it", door=other),
    ]
    assert life(*story) == ["new", "same", "same", "same"]


def test_two_misses_make_it_gone_and_it_may_come_back():
    steps = fold([seen(0), seen(1, None), seen(2, None), seen(3, None), seen(4)])
    assert [what for _, _, what in steps] == ["new", "missing", "gone", "missing", "back"]
    assert [state.gone for _, state, _ in steps] == [False, False, True, True, False]
    assert steps[2][1].missing_since == at(1)
    assert steps[4][1].missing_since is None


def test_one_miss_is_forgiven():
    steps = fold([seen(0), seen(1, None), seen(2), seen(3, None)])
    assert not any(state.gone for _, state, _ in steps)


def test_a_feed_that_still_lists_a_story_does_not_bring_it_back():
    entry = seen(3, "Open.", door=FEED, rank=keep.RANK_SUMMARY)
    assert fold([seen(0), seen(1, None), seen(2, None), entry])[-1][1].gone


def test_a_story_that_was_never_seen_cannot_go():
    assert life(seen(0, None), seen(1, None)) == ["missing", "missing"]


def test_trouble_decides_nothing():
    assert advance(State(), seen(0, None, kind=keep.TROUBLE)) == (State(), "trouble")


def test_history_does_not_depend_on_arrival():
    story = [seen(0), seen(1, "b"), seen(2, None), seen(3, None)]
    ends = {fold(order)[-1][1] for order in permutations(story)}
    assert len(ends) == 1


texts = st.lists(st.sampled_from(["a", "b", None]), min_size=1, max_size=8)


@given(texts, st.randoms())
def test_numbers_only_grow_and_a_revision_keeps_its_first_capture(given_texts, random):
    story = [seen(number, text) for number, text in enumerate(given_texts)]
    shuffled = random.sample(story, len(story))
    steps = fold(shuffled)
    numbers = [state.number for _, state, _ in steps]
    assert numbers == sorted(numbers)
    for one, state, what in steps:
        assert (state.revision == one.id) == (what in ("new", "revised"))


@pytest.mark.parametrize(
    ("text", "truncated", "rank"),
    [
        ("words", False, keep.RANK_PAGE),
        ("words", True, keep.RANK_CUT_PAGE),
        (" ", False, keep.RANK_EMPTY),
    ],
)
def test_page_rank(text, truncated, rank):
    assert keep.page_rank(article(text, truncated=truncated)) == rank


@pytest.mark.parametrize(
    ("access", "words", "rank"),
    [
        ("subscriber", 40, keep.RANK_CUT_PAGE),
        ("registration", 40, keep.RANK_CUT_PAGE),
        ("subscriber", 300, keep.RANK_PAGE),
        ("metered", 40, keep.RANK_PAGE),
    ],
)
def test_a_page_behind_a_wall_ranks_below_a_feeds_full_text(access, words, rank):
    assert keep.page_rank(article("word " * words, access=access)) == rank


@pytest.mark.parametrize("access", ["age", "cookies", "removed", "blocked"])
@pytest.mark.parametrize("words", [0, 40, 300])
def test_a_page_that_shows_something_else_shows_nothing_of_its_article(access, words):
    assert keep.page_rank(article("word " * words, access=access)) == keep.RANK_EMPTY


@pytest.mark.parametrize(
    ("text", "full", "truncated", "rank"),
    [
        ("words", True, False, keep.RANK_FEED),
        ("words", True, True, keep.RANK_SUMMARY),
        ("words", False, False, keep.RANK_SUMMARY),
        ("", True, False, keep.RANK_EMPTY),
    ],
)
def test_feed_rank(text, full, truncated, rank):
    assert keep.feed_rank(article(text, truncated=truncated), full=full) == rank


def test_fill_takes_only_what_is_missing():
    date = Stamp(at=at(0))
    picture = Image(url="https://example.com/p.jpg")
    page = article("long", authors=("Lin",))
    entry = article("short", title="Other", authors=("Wu",), published=date, images=(picture,))
    filled = fill(page, entry)
    assert (filled.text, filled.title, filled.authors) == ("long", "The bridge", ("Lin",))
    assert (filled.published, filled.images) == (date, (picture,))


@pytest.mark.parametrize("access", ["age", "cookies", "removed", "blocked"])
def test_fill_takes_nothing_from_a_page_that_shows_something_else(access):
    gate = article("Wait.", title="Wait", authors=("Robot",), access=access)
    feed = article("long", title="")
    assert fill(feed, gate) is feed


@pytest.mark.parametrize("access", ["metered", "subscriber", "registration", "age", "cookies"])
def test_a_feeds_article_has_the_access_of_its_page(access):
    assert keep.behind(article(), article(access=access)).access == access


@pytest.mark.parametrize("access", ["open", "truncated", "removed"])
def test_what_a_page_does_not_ask_leaves_a_feeds_article_as_it_is(access):
    feed = article(access="truncated")
    assert keep.behind(feed, article(access=access)) is feed


WHOLE = " ".join(f"word{number}" for number in range(400))
PART = " ".join(WHOLE.split()[:120])


@pytest.mark.parametrize(
    ("page", "feed", "rank"),
    [
        (PART, WHOLE, keep.RANK_CUT_PAGE),
        (WHOLE, WHOLE, keep.RANK_PAGE),
        (" ".join(WHOLE.split()[:250]), WHOLE, keep.RANK_PAGE),
        ("another story " * 50, WHOLE, keep.RANK_PAGE),
        (" ".join(PART.split()[:20]), PART, keep.RANK_PAGE),
    ],
)
def test_a_page_ranks_as_cut_where_a_feed_goes_on_from_all_that_it_shows(page, feed, rank):
    there = seen(0, page, rank=keep.RANK_PAGE)
    entry = seen(1, feed, door=FEED, rank=keep.RANK_FEED)
    first, _ = advance(State(), entry)
    assert keep.weighed(first, entry.article, there) == (first, replace(there, rank=rank))
    first, _ = advance(State(), there)
    assert keep.weighed(first, there.article, entry) == (replace(first, rank=rank), entry)


def test_a_post_and_a_miss_are_not_weighed_against_a_feed():
    entry = seen(1, WHOLE, door=FEED, rank=keep.RANK_FEED)
    state, _ = advance(State(), entry)
    for one in (seen(0, PART, door="post"), seen(0, None), seen(0, PART, rank=keep.RANK_CUT_PAGE)):
        assert keep.weighed(state, entry.article, one) == (state, one)
    post = seen(0, PART, door="post", rank=keep.RANK_PAGE)
    state, _ = advance(State(), post)
    assert keep.weighed(state, post.article, entry) == (state, entry)
    assert keep.weighed(State(), None, entry) == (State(), entry)


def test_a_soft_404_is_a_story_only_where_nothing_else_is_known_and_counts_as_a_miss():
    gone = seen(0, "Not found.", kind=keep.MISSING, rank=keep.RANK_EMPTY)
    again = seen(1, "Not found.", kind=keep.MISSING, rank=keep.RANK_EMPTY)
    steps = fold([gone, again, seen(2, "The bridge is open.")])
    assert [what for _, _, what in steps] == ["new", "gone", "better"]
    assert [state.misses for _, state, _ in steps] == [1, 2, 0]
    assert life(seen(0), again) == ["new", "missing"]


def test_fill_with_nothing_new_is_the_same_value():
    page = article()
    assert fill(page, article()) is page


def odd(kind: str) -> Problem:
    return Problem(url="", stage="extract", kind=kind, message=kind)


@pytest.mark.parametrize(
    ("others_date", "others_problem", "expected"),
    [
        (Stamp(at=at(0)), "", ["no-picture"]),
        (None, "date-future", ["no-picture", "date-future"]),
        (None, "", ["no-picture", "date-missing"]),
    ],
)
def test_a_missing_date_is_said_until_another_door_gives_it(others_date, others_problem, expected):
    page = article(problems=(odd("no-picture"), odd("date-missing")))
    problems = (odd(others_problem),) if others_problem else ()
    filled = keep.fill(page, article(published=others_date, problems=problems))
    assert [one.kind for one in filled.problems] == expected
