"""The title, without the name of its site."""

from __future__ import annotations

from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import PROSE, TITLE, document, json_ld, meta, paragraphs, read, story

from newskeep.extraction import Hints
from newskeep.extraction.titles import bare, tidy, without_site

NAMES = ["harbourpost", "harbourexample", "harbour"]


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
        ("snake_case in the harbour", "snake_case in the harbour"),
        ("Old bridge opens | ", "Old bridge opens"),
        ("Harbour Post", "Harbour Post"),
        ("", ""),
    ],
)
def test_segments_that_name_the_site_are_cut(tag, expected):
    assert without_site(tag, NAMES) == expected


@pytest.mark.parametrize(
    ("tag", "name", "expected"),
    [
        ("老桥九年后重新开放_港口日报", "港口日报", "老桥九年后重新开放"),
        ("老橋重新開放｜港口時報", "港口時報", "老橋重新開放"),
        ("老桥重新开放-港口日报", "港口日报", "老桥重新开放"),
        ("老桥重新开放－港口日报", "港口日报", "老桥重新开放"),
        ("古い橋が開通：港湾新聞", "港湾新聞", "古い橋が開通：港湾新聞"),
        ("옛 다리 다시 열려 - 항구일보", "항구일보", "옛 다리 다시 열려"),
        ("افتتاح الجسر القديم | بريد الميناء", "بريدالميناء", "افتتاح الجسر القديم"),
        ("Старый мост открыт — Портовая газета", "портоваягазета", "Старый мост открыт"),
    ],
)
def test_so_are_those_of_sites_in_every_script(tag, name, expected):
    assert without_site(tag, [name]) == expected


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Donau\u00addampf\u200bschiff", "Donaudampfschiff"),
        ("\ufeff Old\n  bridge\t opens ", "Old bridge opens"),
        ("\u202bהגשר נפתח\u202c", "הגשר נפתח"),
        ("می\u200cشود", "می\u200cشود"),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_title_but_joiners_are_spelling(written, read_as):
    assert tidy(written) == read_as


def test_titles_are_compared_by_their_letters_however_wide():
    assert bare("ＡＢＣ １２３！") == bare("abc-123") == "abc123"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        # what the document says confirms a heading, whatever stands beside it
        ("Bridge opens again – A Site", "<h1>A Site</h1><h1>Bridge opens again</h1>", "Bridge opens again"),
        ("老桥重新开放_本地_某报", "<h1>某报</h1><h2>老桥重新开放</h2>", "老桥重新开放"),
        # the page's one headline beats what was written for search engines
        (
            "Bridge: 9 facts you need | Site",
            "<h1>The old bridge opens again after nine years</h1>",
            "The old bridge opens again after nine years",
        ),
        # a label, a paragraph and a heading without letters are no headlines
        ("The bridge opens again", "<h1>Latest</h1>", "The bridge opens again"),
        ("The bridge opens again", "<h1>***</h1>", "The bridge opens again"),
        ("The bridge opens again", f"<h1>{'All that we know so far. ' * 9}</h1>", "The bridge opens again"),
        # neither is a heading apart from the article, or one that leads to another
        (
            "The bridge opens again",
            "<aside><h1>Ferries are cheaper than ever this year</h1></aside>",
            "The bridge opens again",
        ),
        (
            "The bridge opens again",
            '<h2 class="entry-title"><a href="/other">Ferries are cheaper than ever</a></h2>',
            "The bridge opens again",
        ),
        # an element is known by its name or property
        ("", '<div class="article-title">Bridge opens again</div>', "Bridge opens again"),
        ("", '<span itemprop="headline">Bridge opens again</span>', "Bridge opens again"),
        # old pages have no heading at all: the text that the title begins with
        ("老桥重新开放-新闻-某网", "<table><tr><td><b>老桥重新开放</b></td></tr></table>", "老桥重新开放"),
        (
            "老桥重新开放 某某网站",
            '<div class="title">老桥重新开放</div>',
            "老桥重新开放",
        ),
        # a kicker, a date or a count in the heading is not in the title
        (
            "Bridge opens again | Site",
            "<h1><span>Town</span> <span>Bridge opens again</span></h1>",
            "Bridge opens again",
        ),
        ("Bridge opens again | Site", "<h1>Bridge opens again <i>12 comments</i></h1>", "Bridge opens again"),
        # a dash or a bar in a headline belongs to it
        ("Bridge | River - Post", "<h1>Bridge | River</h1>", "Bridge | River"),
        # cut short in one place and whole in another
        ("The old bridge opens again aft…", "<h1>The old bridge opens again after nine years</h1>", "The old bridge opens again after nine years"),
        ("The old bridge opens again after nine years", "<h1>The old bridge opens again…</h1>", "The old bridge opens again after nine years"),
        ("老桥重新开放……_某报", "<h1>老桥重新开放……</h1>", "老桥重新开放……"),
        # sections that the page links to are cut where no text of it says the title
        (
            "Bridge opens again - Town - Some Post",
            '<a href="/t">Town</a><a href="/">Some Post</a>',
            "Bridge opens again",
        ),
        # the last resort
        ("", "<h1>Bridge opens</h1>", "Bridge opens"),
        ("", "<h4>Bridge</h4>", "Bridge"),
        ("", "", ""),
        ("&amp;lt;Stone &amp;amp; water&amp;gt;", "", "<Stone & water>"),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_on_which_the_evidence_agrees(head, body, expected):
    assert read(document(f"{body}{paragraphs(*PROSE)}", title=head)).title == expected


def test_what_the_document_says_elsewhere_counts_as_its_title_does():
    said = meta(og__title="Bridge opens again", twitter__title="Bridge")
    assert read(document("<p>x</p>", title="Some Post", head=said)).title == "Bridge opens again"
    said = json_ld(headline="Bridge opens again")
    assert read(document("<h3>Bridge opens again</h3>", head=said)).title == "Bridge opens again"


def test_a_site_is_known_by_its_name_and_is_no_headline():
    said = meta(og__site_name="Harbour Post", og__title="Harbour Post")
    body = '<h1>Harbour Post</h1><h2 class="entry-title">Bridge opens</h2>'
    page = document(body, title="Bridge opens | Harbour Post", head=said)
    assert read(page).title == "Bridge opens"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_texts_give_a_title_that_stands_in_one_of_them(tag, heading, feed):
    body = f"<h1>{escape(heading)}</h1>"
    page = document(body, title=escape(tag))
    title = read(page, hints=Hints(title=feed)).title
    assert bare(title) in "\n".join(map(bare, map(unescape, (tag, heading, feed))))


def test_a_very_long_or_much_divided_title_costs_no_more_than_its_length():
    assert read(document("", title=" | ".join(["ab"] * 400))).title
    assert len(read(document("", title="bridge " * 4_000)).title) <= 1_000


def test_the_page_says_it_before_the_feed():
    said = read(story(), hints=Hints(title="The feed's title"))
    assert said.title == TITLE
    assert (
        read(document("<p>x</p>", title=""), hints=Hints(title="The feed's")).title == "The feed's"
    )


@pytest.mark.parametrize("tag", ["Bridge opens again - Town - Some Post", "Home"])
def test_the_feed_says_where_a_title_ends_and_what_a_page_without_one_is_called(tag):
    hints = Hints(title="Bridge opens again")
    assert read(document("<p>x</p>", title=tag), hints=hints).title == "Bridge opens again"


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
