"""The language: what the document says, unless its script says otherwise."""

from __future__ import annotations

import pytest
from support.pages import read, story

from newskeep.extraction import Hints
from newskeep.extraction.language import language, normal

SIMPLIFIED = "我们说这个国家的问题还没有解决，时间会让一切发生变化。"
TRADITIONAL = "我們說這個國家的問題還沒有解決，時間會讓一切發生變化。"


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("EN_us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        (" de ", "de"),
        ("es-419", "es-419"),
        ("und", ""),
        ("", ""),
        ("?", ""),
    ],
)
def test_tags_are_written_as_bcp_47_writes_them(value, tag):
    assert normal(value) == tag


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        (["en-GB"], "The bridge is open.", "en-GB"),
        (["", "de"], "Die Brücke ist offen.", "de"),
        ([], "The bridge is open.", ""),
        ([], "2026", ""),
        (["en"], SIMPLIFIED, "zh-Hans"),
        (["zh-CN"], SIMPLIFIED, "zh-Hans"),
        (["zh-CN"], TRADITIONAL, "zh-Hant"),
        (["zh-TW"], "", ""),
        (["en"], "古い橋が開通した。", "ja"),
        (["en"], "옛 다리가 다시 열렸다.", "ko"),
        (["ru"], "The bridge is open.", ""),
        (["he", "en"], "The bridge is open.", "en"),
        (["sr"], "Stari most je otvoren.", "sr"),
        (["en"], "پل قدیمی دوباره باز شد", "fa"),
        (["ar"], "پل قدیمی دوباره باز شد", "fa"),
        (["en"], "پرانا پل دوبارہ کھول دیا گیا ہے", "ur"),
        (["fa"], "پل قدیمی دوباره باز شد", "fa"),
        (["en"], "فُتح الجسر القديم", "ar"),
        (["en"], "הגשר הישן נפתח", "he"),
        (["bg"], "Старият мост е отворен", "bg"),
        (["en"], "Старый мост открыт", "ru"),
        (["en"], "Старий міст відкрито, її чекали", "uk"),
        (["yue"], TRADITIONAL, "yue"),
        (["zh"], "The bridge is open.", ""),
        (["mr"], "जुना पूल उघडला", "mr"),
        (["th"], "สะพานเก่าเปิดอีกครั้ง", "th"),
        (["en"], "Η παλιά γέφυρα άνοιξε", "el"),
    ],
)
def test_a_claim_is_believed_where_the_script_allows_it(said, text, expected):
    assert language(said, text) == expected


def test_the_feed_says_it_where_the_page_does_not():
    assert read(story(lang=""), hints=Hints(lang="en-AU")).lang == "en-AU"
    assert read(story(lang="en-NZ"), hints=Hints(lang="en-AU")).lang == "en-NZ"
