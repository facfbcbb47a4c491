"""Text as readers see it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep import text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("The bridge isn’t open.", ["The", "bridge", "isn’t", "open"]),
        ("桥又开了 on 5 May", ["桥", "又", "开", "了", "on", "5", "May"]),
        ("カタカナ ﾊﾝ 한국", ["カ", "タ", "カ", "ナ", "ﾊ", "ﾝ", "한", "국"]),
        ("\U00020bb7野家、々", ["\U00020bb7", "野", "家", "々"]),
        (" -- … ", []),
        ("cafe\u0301 L\u0301’e\u0301te\u0301", ["cafe\u0301", "L\u0301’e\u0301te\u0301"]),
        ("नमस्ते, दुनिया।", ["नमस्ते", "दुनिया"]),
        ("می\u200cشود که", ["می\u200cشود", "که"]),
        ("שָׁלוֹם עֲלֵיכֶם", ["שָׁלוֹם", "עֲלֵיכֶם"]),
        ("เมื่อคืนนี้ ๒๕", ["เมื่", "อ", "คื", "น", "นี้", "๒๕"]),
        ("co\u00adope\u00adrate か\u3099", ["co\u00adope\u00adrate", "か\u3099"]),
    ],
)
def test_words_are_words_and_cjk_characters(given, words) -> None:
    assert text.words(given) == words
    assert text.word_count(given) == len(words)


def test_a_word_with_thousands_of_marks_is_one_word() -> None:
    assert text.word_count("a" + "\u0301" * 100_000) == 1
    assert text.word_count("a’" * 100_000 + "'") == 1


def test_han_kana_and_hangul_are_words_of_their_own() -> None:
    assert all(map(text.is_cjk, "桥カｶ한々〇"))
    assert not any(map(text.is_cjk, "aé5。 "))
    assert not text.is_cjk("")


@given(st.text(max_size=50))
def test_squashing_leaves_one_line_and_squashes_once(given) -> None:
    found = text.squash(given)
    assert found == " ".join(given.split())
    assert text.squash(found) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a  b\n\nc", "a b c"),
        ("cafe\u0301", "café"),
        ("co\u00adop\u200berate\ufeff", "cooperate"),
        ("a\u00a0b", "a b"),
    ],
)
def test_what_a_reader_cannot_tell_apart_reads_the_same(one, other) -> None:
    assert text.reader_text("T", one) == text.reader_text("T", other)


@pytest.mark.parametrize("other", ["A b.", "a b", "a c.", "a b. "[::-1]])
def test_what_a_reader_can_tell_apart_does_not(other) -> None:
    assert text.reader_text("T", "a b.") != text.reader_text("T", other)
    assert text.reader_text("a b.", "") != text.reader_text(other, "")


@given(st.lists(st.text(st.characters(exclude_characters="\0")), max_size=4))
def test_a_digest_is_of_the_parts_and_of_where_they_part(parts) -> None:
    found = text.digest(*parts)
    assert len(found) == 32
    assert int(found, 16) >= 0
    assert text.digest(*parts, "") != found or not parts
    assert text.digest(*parts) == found


def test_moving_the_border_changes_the_digest() -> None:
    assert text.digest("ab", "c") != text.digest("a", "bc")
    assert text.digest("\ud800") != text.digest("\ud801")


@given(st.text(max_size=50))
def test_nothing_that_drives_a_terminal_or_turns_the_order_is_left(given) -> None:
    found = text.strip_control(given)
    bad = {char for char in found if unicodedata.category(char) in ("Cc", "Cs")} - set("\n\t")
    assert bad == set()
    assert not set(found) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    )
    assert text.strip_control(found) == found


def test_text_without_them_stays_as_it_is() -> None:
    assert text.strip_control("桥 a\u0301\n\t👩\u200d🚀") == "桥 a\u0301\n\t👩\u200d🚀"
    assert text.strip_control("\x1b[31mred\x07\r") == "[31mred"


@pytest.mark.parametrize(
    ("given", "width", "cut"),
    [
        ("bridge", 6, "bridge"),
        ("bridge", 5, "brid…"),
        ("the bridge", 5, "the…"),
        ("桥又开了", 8, "桥又开了"),
        ("桥又开了", 7, "桥又开…"),
        ("桥又开了", 6, "桥又…"),
        ("桥又", 1, "…"),
        ("桥又", 0, ""),
        ("", 0, ""),
    ],
)
def test_text_is_cut_by_columns(given, width, cut) -> None:
    assert text.cut(given, width) == cut


@pytest.mark.parametrize(
    ("given", "width", "cut"),
    [
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("cafe\u0301s!", 5, "cafe\u0301…"),
        ("ที่นี่ดี", 3, "ที่นี่ดี"),
        ("ที่นี่ดีมาก", 3, "ที่นี่…"),
        ("a" + "\u0301" * 1000, 5, "a" + "\u0301" * 47 + "…"),
    ],
)
def test_marks_take_no_column_and_stay_with_their_letter(given, width, cut) -> None:
    assert text.cut(given, width) == cut


def columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


@given(st.text(max_size=30), st.integers(min_value=0, max_value=30))
def test_a_cut_text_is_never_wider_than_asked(given, width) -> None:
    found = text.cut(given, width)
    assert sum(map(columns, found)) <= width
    assert found == given or found == "" or found.endswith("…")
