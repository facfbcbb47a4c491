"""Articles in the scripts of the world come out whole: letters, marks, spaces and all."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.golden import pages, told

from newskeep.extraction import fragment
from newskeep.extraction.render import to_text

PAGES = pages(Path(__file__).parent / "scripts")


def read(inside: str) -> str:
    """The text of one paragraph."""
    return fragment(f"<p>{inside}</p>", url="https://harbour.example/a").text


@pytest.mark.parametrize("golden", PAGES, ids=lambda golden: golden.name)
def test_a_page_in_its_script_becomes_this_article(golden) -> None:
    assert told(golden.read(), golden.wanted) == {
        name: value for name, value in golden.wanted.items() if name != "url"
    }


@pytest.mark.parametrize("golden", PAGES, ids=lambda golden: golden.name)
def test_its_html_says_the_same_when_it_is_read_again(golden) -> None:
    article = golden.read()
    assert to_text(article.html) == article.text
    again = fragment(article.html, url=article.url)
    assert (again.html, again.text) == (article.html, article.text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("新桥\n开放", "新桥开放"),
        ("新桥\r\n\t\t开放", "新桥开放"),
        ("新桥\n<b>开放</b>了", "新桥开放了"),
        ("<b>新桥\n</b>开放", "新桥开放"),
        ("<span>新</span>\n<span>桥</span>", "新桥"),
        ("新桥，\n开放", "新桥，开放"),
        ("“新桥”\n开放", "“新桥”开放"),
        ("新桥……\n开放", "新桥……开放"),
        ("橋が\nある", "橋がある"),
        ("カタカナ\nｶﾀｶﾅ", "カタカナｶﾀｶﾅ"),
        ("第<span class='tcy'>29</span>\n回", "第29 回"),
    ],
)
def test_a_line_break_of_the_source_is_no_space_between_wide_characters(source, text) -> None:
    assert read(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("the old\nbridge", "the old bridge"),
        ("the old\n<i>bridge</i>", "the old bridge"),
        ("<span>new</span>\n<span>bridge</span>", "new bridge"),
        ("다리가\n열렸다", "다리가 열렸다"),
        ("สะพาน\nเปิด", "สะพาน เปิด"),
        ("पुल\nखुला", "पुल खुला"),
        ("پل\nباز", "پل باز"),
        ("新桥\nWiFi", "新桥 WiFi"),
    ],
)
def test_a_line_break_of_the_source_is_a_space_between_words(source, text) -> None:
    assert read(source) == text


@pytest.mark.parametrize(
    "text",
    [
        "新桥 开放",
        "WiFi新桥 5G 时代",
        "新桥　开放",
        "新桥\u00a0开放",
        "ｆｕｌｌ　ｗｉｄｔｈ！",
        "「橋」、（はし）。",
        "می\u200cشود",
        "क\u200dष",
        "สะพาน\u200bเปิด",
        "\u1112\u1161\u11ab\u1100\u116e\u11a8",
        "cafe\u0301",
        "שָׁלוֹם",
        "مـــرحبا",
        "C++\u200f, א",
        "\u2067שלום\u2069 x",
        "ﻻ ﷲ",
    ],
)
def test_what_the_author_wrote_stays_as_it_was(text) -> None:
    assert read(text) == text
    before, after = text[: len(text) // 2], text[len(text) // 2 :]
    if not unicodedata.combining(after[0]):
        assert read(f"{before}<em>{after}</em>") == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>が", "橋(はし)が"),
        ("<ruby>橋<rt>はし</rt></ruby>が", "橋（はし）が"),
        ("<ruby><rb>橋</rb><rt>はし</rt></ruby>が", "橋（はし）が"),
        ("<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>", "東（とう）京（きょう）"),
        ("　　新桥开放", "新桥开放"),
        ("新桥<br>开放", "新桥\n开放"),
        ("新桥<wbr>开放", "新桥开放"),
        ("第<span style='text-combine-upright:all'>29</span>回", "第29回"),
        ("中文<a href='/x'>链接</a>文字", "中文链接文字"),
        ("中文 <a href='/x'>link</a> 文字", "中文 link 文字"),
    ],
)
def test_markup_within_a_line_neither_adds_nor_takes_spaces(source, text) -> None:
    assert read(source) == text


@pytest.mark.parametrize("unseen", ["\u200d", "\u200c", "\u00ad", "\u2060", " \u200b\u200d&nbsp;"])
@pytest.mark.parametrize("tag", ["p", "h2", "li", "div"])
def test_a_block_that_shows_nothing_is_no_block(unseen, tag) -> None:
    html = f"<p>桥</p><{tag}>{unseen}</{tag}><{tag}><b>{unseen}</b></{tag}><p>开</p>"
    assert fragment(html, url="https://harbour.example/a").html == "<p>桥</p>\n<p>开</p>"


def test_what_turns_the_order_of_letters_goes_and_what_guards_it_stays() -> None:
    assert read("safe\u202etxt.exe\u202c") == "safetxt.exe\u202c"
    assert read("a &#8238;b &#x202D;<em>\u202ec</em>") == "a b c"
    assert read("\u2067אב\u2069 \u202bגד\u202c \u200eC\u200f") == (
        "\u2067אב\u2069 \u202bגד\u202c \u200eC\u200f"
    )


WRITTEN = st.text(
    st.sampled_from("新桥はしﾊ한국abא שم\u200cक्ष\u0947ไท\u0301，。“”… 　"), min_size=1, max_size=30
).map(lambda text: " ".join(text.split(" ")).strip())


@settings(max_examples=150, derandomize=True, deadline=None)
@given(WRITTEN, st.data())
def test_inline_tags_anywhere_leave_the_text_as_it_was(text, data) -> None:
    plain = read(f"x{text}x")
    cut = data.draw(st.integers(min_value=0, max_value=len(text)))
    assert read(f"x{text[:cut]}<span>{text[cut:]}x</span>") == plain
    assert read(f"x<em>{text[:cut]}</em>{text[cut:]}x") == plain
