"""What changed between two wordings: by word, by character where there are no spaces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.library import story
from support.values import article

from newskeep import compare
from newskeep.compare import Piece, diff
from newskeep.types import Image


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    return [tuple(piece) for piece in diff(article(old), article(new)).body]


def marked(old: str, new: str) -> str:
    """The changes as `[-old-]` and `{+new+}`."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[op].format(text) for op, text in pieces(old, new)).removesuffix("\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The bridge is open.", "The bridge is open.", "The bridge is open."),
        ("The bridge is open.", "The bridge is shut.", "The bridge is [-open-]{+shut+}."),
        ("The bridge is open.", "The old bridge is open.", "The{+ old+} bridge is open."),
        (
            "It cost four million.",
            "It cost five billion.",
            "It cost [-four million-]{+five billion+}.",
        ),
        ("It’s 3.5 km", "It’s 4.5 km", "It’s [-3-]{+4+}.5 km"),
        ("老桥九年后开放。", "老桥十年后重新开放。", "老桥[-九-]{+十+}年后{+重新+}开放。"),
        ("橋が開いた", "橋は開いた", "橋[-が-]{+は+}開いた"),
        ("다리가 열렸다", "다리는 열렸다", "다리[-가-]{+는+} 열렸다"),
        ("पुल खुला है", "पुल खुली है", "पुल [-खुला-]{+खुली+} है"),
        ("cafe\u0301", "cafe\u0300", "[-cafe\u0301-]{+cafe\u0300+}"),
        ("สะพานเปิด", "สะพานปิด", "สะพาน[-เปิ-]{+ปิ+}ด"),
        ("王毅met Ann", "王毅saw Ann", "王毅[-met-]{+saw+} Ann"),
        ("", "It is open.", "{+It is open.\n+}"),
        ("It is open.", "", "[-It is open.\n-]"),
        ("", "", ""),
    ],
)
def test_changes_are_marked_by_word_or_character(old, new, expected):
    assert marked(old, new) == expected.removesuffix("\n")


def test_only_the_changed_paragraph_is_compared():
    assert pieces("one\ntwo\nthree", "one\n2\nthree") == [
        ("same", "one\n"),
        ("removed", "two"),
        ("added", "2"),
        ("same", "\nthree\n"),
    ]


def test_a_paragraph_that_came_or_went_is_whole():
    assert pieces("one\nthree", "one\ntwo\nthree") == [
        ("same", "one\n"),
        ("added", "two\n"),
        ("same", "three\n"),
    ]
    assert pieces("one\ntwo\nthree", "one\nthree") == [
        ("same", "one\n"),
        ("removed", "two\n"),
        ("same", "three\n"),
    ]


def test_the_title_is_compared_on_its_own():
    found = diff(article(title="Bridge open"), article(title="Bridge shut"))
    assert found.title == (
        Piece("same", "Bridge "),
        Piece("removed", "open"),
        Piece("added", "shut"),
    )
    assert found.body == (Piece("same", "The bridge is open.\n"),)
    assert found.title_changed
    assert not diff(article(), article()).title_changed


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        (article(), article(), "no change in the words"),
        (article("a"), article("a b"), "1 word added"),
        (article("a b c"), article("a"), "2 words removed"),
        (article("老桥开"), article("老桥关了"), "2 words added, 1 word removed"),
        (
            article(title="A b"),
            article(title="A c"),
            "headline changed, 1 word added, 1 word removed",
        ),
        (article("a, b"), article("a; b"), "no change in the words"),
    ],
)
def test_the_summary_counts_words_and_characters(old, new, summary):
    assert diff(old, new).summary == summary


def test_revisions_are_compared_by_their_articles():
    told = story(1, {"text": "It is open."}, {"text": "It is shut."})
    first, last = told.revisions
    found = diff(first, last)
    assert found == diff(first.article, last.article)
    assert (found.removed_words, found.added_words) == (1, 1)


def test_captions_are_compared_behind_the_text():
    def shown(caption):
        return article("It is open.", images=(Image(url="https://e.example/a", caption=caption),))

    found = diff(shown("The first cart."), shown("The last cart."))
    assert [tuple(piece) for piece in found.body] == [
        ("same", "It is open.\nThe "), ("removed", "first"), ("added", "last"), ("same", " cart.\n"),
    ]  # fmt: skip


def test_paragraphs_too_large_to_compare_are_shown_as_replaced(monkeypatch):
    monkeypatch.setattr(compare, "_MOST_WORK", 5)
    assert pieces("a b c", "a b d") == [("removed", "a b c\n"), ("added", "a b d\n")]


texts = st.text(alphabet="ab \n.’é老桥が가\u0301\t", max_size=40)


def lines(text: str) -> str:
    """The text as a diff holds it: each paragraph ends in a newline."""
    return f"{text}\n" if text else ""


@settings(derandomize=True, deadline=None, max_examples=150)
@given(texts, texts)
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(old, new):
    found = diff(article(old, title=old), article(new, title=new))
    for given_pieces, before, after in (
        (found.body, lines(old), lines(new)),
        (found.title, old, new),
    ):
        assert "".join(text for op, text in given_pieces if op != "added") == before
        assert "".join(text for op, text in given_pieces if op != "removed") == after
    assert all(one.text for one in found.body)
    assert all(one.op != two.op for one, two in zip(found.body, found.body[1:], strict=False))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(texts)
def test_a_text_beside_itself_has_no_changes(text):
    assert {piece.op for piece in diff(article(text), article(text)).body} <= {"same"}
