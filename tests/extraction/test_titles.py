"""The title, without the name of its site."""

from __future__ import annotations

import pytest
from support.pages import TITLE, document, json_ld, meta, read, story

from newskeep.extraction import Hints
from newskeep.extraction.titles import choose, without_site

NAMES = ["Harbour Post", "harbour.example", "harbour"]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("Old bridge opens | Harbour Post", "Old bridge opens"),
        ("Old bridge opens - Town - Harbour Post", "Old bridge opens - Town"),
        ("Harbour Post: Old bridge opens", "Harbour Post: Old bridge opens"),
        ("Harbour Post » Old bridge opens", "Old bridge opens"),
        ("Old bridge opens – The Harbour Post", "Old bridge opens"),
        ("Old bridge opens – harbourpost.com", "Old bridge opens"),
        ("Bridge - what we know - so far | Harbour Post", "Bridge - what we know - so far"),
        ("Well-known bridge opens", "Well-known bridge opens"),
        ("Old bridge opens | ", "Old bridge opens"),
        ("Harbour Post", "Harbour Post"),
        ("", ""),
    ],
)
def test_segments_that_name_the_site_are_cut(tag, expected):
    assert without_site(tag, NAMES, "") == expected


@pytest.mark.parametrize(
    ("tag", "names", "expected"),
    [
        ("老桥九年后重新开放_港口日报", ["港口日报"], "老桥九年后重新开放"),
        ("老橋重新開放｜港口時報", ["港口時報"], "老橋重新開放"),
        ("老桥重新开放-港口日报", ["港口日报"], "老桥重新开放"),
        ("옛 다리 다시 열려 - 항구일보", ["항구일보"], "옛 다리 다시 열려"),
    ],
)
def test_so_are_those_of_chinese_japanese_and_korean_sites(tag, names, expected):
    assert without_site(tag, names, "") == expected


def test_without_any_name_the_longest_segment_is_the_title():
    assert without_site("Home | Old bridge opens again | Post", [], "") == "Old bridge opens again"


def test_a_headline_that_the_document_agrees_with_is_the_title():
    assert (
        choose("Bridge opens – A Site", [], ["A Site", "Bridge opens"], ["A Site"])
        == "Bridge opens"
    )


def test_a_headline_that_nothing_agrees_with_gives_way_to_what_the_document_calls_itself():
    assert choose("", ["Bridge opens"], ["Menu"], []) == "Bridge opens"
    assert choose("Bridge opens", [], ["Latest"], []) == "Bridge opens"


def test_a_headline_is_the_last_resort():
    assert choose("", [], ["Bridge opens"], []) == "Bridge opens"
    assert choose("", [], [], []) == ""


def test_a_short_label_is_no_headline_but_a_short_chinese_one_is():
    assert choose("OK | The bridge", [], ["OK"], []) == "The bridge"
    assert choose("开桥了 | 日报", [], ["开桥了"], ["日报"]) == "开桥了"


def test_escaped_twice_is_read_once_more():
    assert choose("", ["Stone &amp; water"], [], []) == "Stone & water"


def test_a_headline_without_letters_is_passed_over():
    assert choose("Bridge opens", [], ["***"], []) == "Bridge opens"


def test_the_page_says_it_before_the_feed():
    said = read(story(), hints=Hints(title="The feed's title"))
    assert said.title == TITLE
    assert (
        read(document("<p>x</p>", title=""), hints=Hints(title="The feed's")).title == "The feed's"
    )


def test_the_subtitle_is_what_json_ld_calls_the_alternative_headline():
    assert (
        read(story(head=json_ld(alternativeHeadline="Ferries go on"))).subtitle == "Ferries go on"
    )
    assert read(story(head=json_ld(alternativeHeadline=TITLE))).subtitle == ""


def test_the_site_is_what_the_document_calls_it_never_its_host():
    assert read(story(head=meta(og__site_name="Harbour Post"))).site == "Harbour Post"
    assert read(story(head=meta(twitter__site="@harbourpost"))).site == "harbourpost"
    publisher = json_ld(publisher={"@type": "Organization", "name": "Harbour Post"})
    assert read(story(head=publisher)).site == "Harbour Post"
    website = '<script type="application/ld+json">[{"@type":"WebSite","name":"The Post"}]</script>'
    assert read(story(head=website)).site == "The Post"
    assert read(story()).site == ""


def test_section_tags_and_addresses_come_from_the_document():
    head = (
        json_ld(
            articleSection=["Town", "River"], keywords="bridges, stone; carts，ferries、", url="/b"
        )
        + '<link rel="canonical" href="/town/bridge-opens"><link rel="amphtml" href="/amp/b">'
        + meta(og__url="https://harbour.example/town/bridge")
    )
    article = read(story(head=head))
    assert article.section == "Town"
    assert article.tags == ("bridges", "stone", "carts", "ferries")
    assert article.aliases == (
        "https://harbour.example/town/bridge-opens",
        "https://harbour.example/amp/b",
        "https://harbour.example/b",
    )


def test_keywords_are_tags_where_nothing_better_is():
    assert read(story(head=meta(keywords="a,b"))).tags == ("a", "b")
    assert read(story(head=meta(keywords="a", article__tag="Bridges"))).tags == ("Bridges",)
    assert read(story(head=meta(section="Town"))).section == "Town"
    assert read(story(), hints=Hints(tags=("feed",))).tags == ("feed",)
