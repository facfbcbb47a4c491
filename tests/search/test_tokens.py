from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep.search import t2s
from newskeep.search.tokens import IGNORED, LONGEST_WORD, find, fold, is_run, stream, units


@given(st.text())
def test_folding_keeps_the_length_and_folds_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_to_one_that_stays() -> None:
    every = "\n".join(map(chr, range(sys.maxunicode + 1)))
    folded = fold(every)
    assert len(folded) == len(every)
    assert folded.translate({}) == fold(folded)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("臺灣", "台湾"),
        ("發展之後", "发展之后"),
        ("ＡＢＣ１２３", "abc123"),
        ("ﾊﾟﾝ", "パン"),
        ("か\u3099", "が"),
        ("cafe\u0301 ÉCOLE", "CAFÉ école"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("台\u200b湾\ufeff", "台湾"),
        ("co\u00adoperate", "cooperate"),
        ("İstanbul Ørsted Łódź", "istanbul orsted lodz"),
        ("①", "1"),
        ("葛\U000e0100飾", "葛飾"),
        ("\uf900", "豈"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_the_same_to_people_is_the_same_to_the_index(written: str, asked: str) -> None:
    assert units(fold(written)) == units(fold(asked))


@pytest.mark.parametrize(
    ("one", "other"),
    [("か", "が"), ("й", "и"), ("后", "皇"), ("か", "カ"), ("ß", "s"), ("像", "象")],
)
def test_other_letters_stay_other(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("G20峰会", "g20 峰会 会"),
        ("峰", "峰"),
        ("今天，我们", "今天 天 我们 们"),
        ("well-known don't U.S.", "well known don t u s"),
        ("https://a.example/b_c?d=1", "https a example b c d 1"),
        ("ジョン・スミス", "ジョ ョン ン スミ ミス ス"),
        ("서울 특별시", "서울 울 특별 별시 시"),
        ("हिन्दी में।", "हिन्दी में"),
        ("ไทย", "ไท ทย ย"),
        ("々〆", "々〆 〆"),
        ("\x00\x02!?…——", ""),
        ("", ""),
    ],
)
def test_words_stay_whole_and_runs_become_bigrams_and_a_last_character(
    text: str, expected: str
) -> None:
    assert stream(text) == expected


@given(st.text())
def test_tokens_hold_nothing_that_a_tokenizer_cuts_at(text: str) -> None:
    for token in stream(text).split(" "):
        assert all(ord(char) > 127 or char.isalnum() for char in token)
        assert len(token) <= LONGEST_WORD + 16


def test_words_too_long_are_shortened_and_told_apart() -> None:
    one, other = stream("a" * 5000), stream("a" * 5001)
    assert one != other
    assert one[:LONGEST_WORD] == other[:LONGEST_WORD] == "a" * LONGEST_WORD
    assert stream("a" * LONGEST_WORD) == "a" * LONGEST_WORD


def test_what_cannot_be_written_as_utf8_is_replaced() -> None:
    assert fold("\ud800") == "\ufffd"
    assert stream("台\udfff湾") == "台 湾"


def test_a_mark_that_cannot_be_composed_is_ignored() -> None:
    assert fold("x\u0301\u0302") == "x" + IGNORED * 2
    assert fold("\u0301") == IGNORED
    assert units(fold("ﷺ\u0301")) == ["ﷺ"]


def test_units_are_found_where_they_stand() -> None:
    assert list(find("g20峰会议", ["g20", "峰会"])) == [(0, 5)]
    assert list(find("g201 峰会", ["g20"])) == []
    assert list(find("g201", ["g20"], is_open=True)) == [(0, 3)]
    assert list(find("就在今天，我们", ["今天", "我们"])) == [(2, 7)]
    assert list(find("今天我们", ["今天", "我们"])) == []
    assert list(find("aa aa_aa", ["aa"])) == [(0, 2), (3, 5), (6, 8)]
    assert list(find("xaa aax", ["aa"])) == []
    assert list(find("会会会", ["会会"])) == [(0, 2)]
    assert is_run("会")
    assert not is_run("g20")


# The table


def test_the_table_has_no_chains_and_no_loops() -> None:
    table = t2s.table()
    assert len(table) > 3500
    assert not set(table) & set(table.values())
    assert all(len(form) == len(end) == 1 for form, end in table.items())


def test_the_table_is_made_from_lines_and_read_back() -> None:
    source = ["# comment\n", "灣\t湾\n", "薴\t苧\n", "苧\t苎\n", "像\t像 象\n", "㑮\t㑮 𫝈\n"]
    source += ["詞語\t词语\n"]
    made = t2s.derive(source)
    assert made == {"灣": "湾", "薴": "苎", "苧": "苎", "㑮": "𫝈"}
    head, *rest = [line for line in t2s.lines(made, "9.9") if line.startswith("#")]
    assert "9.9" in head
    assert "Apache-2.0" in head
    assert len(rest) == 2


def test_what_is_stored_is_what_would_be_made() -> None:
    text = "\n".join(t2s.lines(t2s.table(), "1"))
    body = [line for line in text.splitlines() if not line.startswith("#")]
    assert body == sorted(body)
    assert {form: line[0] for line in body for form in line[1:]} == t2s.table()
