from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newskeep.search.query import parse
from newskeep.search.snippet import END, FARTHEST, START, highlight, snippet


def show(text: str, query: str, width: int = 160) -> str:
    made = snippet(text, parse(query).texts(), width=width)
    return made.replace(START, "[").replace(END, "]")


def mark(text: str, query: str) -> str:
    return highlight(text, parse(query).texts()).replace(START, "[").replace(END, "]")


def test_every_match_is_marked_as_it_is_written() -> None:
    assert mark("臺灣、台湾 and TAIWAN", "台湾 taiwan") == "[臺灣]、[台湾] and [TAIWAN]"
    assert mark("ＡＢＣ abcd", "abc") == "[ＡＢＣ] abcd"
    assert mark("ＡＢＣ abcd", "abc*") == "[ＡＢＣ] [abc]d"
    assert mark("台\u200b湾", "台湾") == "[台\u200b湾]"
    assert mark("a, (b)", '"a b"') == "[a, (b])".replace("(b])", "(b])")
    assert mark("会会会", "会") == "[会][会][会]"


def test_what_overlaps_is_marked_once() -> None:
    assert mark("峰会议", "峰会 会议") == "[峰会]议"
    assert mark("a b c", '"a b" "b c"') == "[a b] c"


def test_marks_that_stood_there_before_are_gone() -> None:
    assert highlight("\x02a\x03 b", parse("b").texts()) == "a \x02b\x03"
    assert highlight("\x02a\x03", parse("-a").texts()) == "a"


def test_a_snippet_is_whole_sentences_about_the_match() -> None:
    text = "One is short. Two has the word. Three follows it! Four is far away from here."
    assert show(text, "word", 45) == "Two has the [word]. Three follows it!"
    assert show(text, "four", 30) == "[Four] is far away from here."
    assert show(text, "word") == text.replace("word", "[word]")
    assert show("第一句。第二句有台灣。第三句！第四句。", "台湾", 24) == "第二句有[台灣]。第三句！"


def test_the_sentence_with_most_of_what_was_asked_is_shown() -> None:
    text = "Apples here. Pears there. Apples and pears. Apples again."
    assert show(text, "apples pears", 20) == "[Apples] and [pears]."


def test_a_long_sentence_is_cut_between_words_around_the_match() -> None:
    text = "word " * 60 + "match " + "tail " * 60
    cut = show(text, "match", 60)
    assert cut.startswith("…word ")
    assert cut.endswith(" tail…")
    assert "[match]" in cut
    assert len(cut) <= 64
    chinese = show("字" * 200 + "台湾" + "文" * 200, "台湾", 60)
    assert chinese == "…" + "字" * 10 + "[台湾]" + "文" * 18 + "…"


def test_abbreviations_and_closing_quotes_do_not_tear() -> None:
    assert show("He said “Stop!” Then 3.14 came.", "came", 18) == "Then 3.14 [came]."
    assert show("他说：“停！”然后走了。", "走", 12) == "然后[走]了。"


def test_without_a_match_it_is_the_beginning_and_on_one_line() -> None:
    assert show("A\n\n b \t c.\nd", "source:x") == "A b c. d"
    assert show("", "a") == show(" \n ", "a") == ""
    assert show("x" * 500, "a", 40) == "x" * 40 + "…"


def test_a_very_long_text_is_looked_at_only_so_far() -> None:
    text = "a " * FARTHEST + "needle"
    assert "needle" not in show(text, "needle")


@given(st.text("ab 台湾。.!\n\u00ad\x02字“”", max_size=300), st.integers(1, 80))
def test_a_snippet_is_part_of_the_text_and_no_wider_than_asked(text: str, width: int) -> None:
    made = snippet(text, parse("a OR 台湾").texts(), width=width)
    assert made.count(START) == made.count(END)
    bare = made.replace(START, "").replace(END, "").strip("…")
    plain = " ".join(text.replace("\x02", "").split())
    assert bare.strip() in plain
    assert "\n" not in made
