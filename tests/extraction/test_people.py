"""Who wrote it: by ranked evidence, cleaned of “By” and roles."""

from __future__ import annotations

import pytest
from support.pages import json_ld, meta, read, story

from newskeep.extraction import Hints
from newskeep.extraction.people import names_in


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("Ann Lee and Tom O’Hara", ("Ann Lee", "Tom O’Hara")),
        ("Ann Lee, Staff Writer", ("Ann Lee",)),
        ("Ann Lee, senior political correspondent at the Post", ("Ann Lee",)),
        ("Ann Lee (Harbour)", ("Ann Lee",)),
        ("Von Jan Maier und Eva Roth", ("Jan Maier", "Eva Roth")),
        ("Par Léa Dupont et Hugo Petit", ("Léa Dupont", "Hugo Petit")),
        ("作者：李安", ("李安",)),
        ("本报记者 王河、陈桥", ("王河", "陈桥")),
        ("記者林海／港口報導", ("林海", "港口報導")),
        ("김하나 기자", ("김하나",)),
        ("山田花子記者", ("山田花子",)),
        ("A &amp; B", ()),
        ("Ann &amp; Tom", ("Ann", "Tom")),
        ("admin", ()),
        ("Staff Writer", ()),
        ("佚名", ()),
        ("https://harbour.example/people/ann", ()),
        ("ann@harbour.example", ()),
        ("Harbour Post", ()),
        ("the bridge that opened again after nine years", ()),
        ("2026", ()),
        ("Ann Lee; ann lee", ("Ann Lee",)),
    ],
)
def test_names_are_cleaned_and_split(value, names):
    assert names_in([value], ["Harbour Post"]) == names


def test_json_ld_outranks_meta_and_names_persons_before_organisations():
    head = meta(author="Tom O’Hara") + json_ld(
        author=[
            {"@type": "Organization", "name": "Harbour Desk"},
            {"@type": "Person", "name": "Ann Lee"},
        ]
    )
    assert read(story(head=head)).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    "author",
    ["Ann Lee", {"name": "Ann Lee"}, ["Ann Lee"], {"@type": "Person", "name": ["Ann Lee"]}],
)
def test_json_ld_names_authors_in_every_shape(author):
    assert read(story(head=json_ld(author=author))).authors == ("Ann Lee",)
    assert read(story(head=json_ld(creator=author))).authors == ("Ann Lee",)


def test_two_names_in_one_json_ld_string_are_two():
    assert read(story(head=json_ld(author="Ann Lee, Tom O’Hara"))).authors == (
        "Ann Lee",
        "Tom O’Hara",
    )


def test_meta_that_is_an_address_or_a_handle_names_nobody():
    head = meta(article__author="https://social.example/harbour") + meta(author="@harbour")
    assert read(story(head=head)).authors == ()


@pytest.mark.parametrize(
    "byline",
    [
        '<span itemprop="author" itemscope><span itemprop="name">Ann Lee</span></span>',
        '<meta itemprop="author" content="Ann Lee">',
        '<a rel="author" href="/ann">Ann Lee</a>',
        '<div class="byline">By Ann Lee</div>',
        '<div class="byline">By <a href="/ann">Ann Lee</a></div>',
        '<div class="byline"><a href="/author/ann">Ann Lee</a> 30 October 2026</div>',
        '<div id="zuozhe">Ann Lee</div>',
        "<p>By Ann Lee</p>",
        "<div>来源：港口日报　作者：Ann</div>",
    ],
)
def test_a_byline_on_the_page_names_the_author(byline):
    assert [name.split()[0] for name in read(story(byline)).authors] == ["Ann"]


@pytest.mark.parametrize(
    "text",
    [
        '<div class="author-bio">Ann Lee lives on a boat</div>',
        '<div class="byline">x</div>',
        '<div class="byline">30 October 2026, 9 in the morning</div>',
        "<p>By the river stands a mill.</p>",
    ],
)
def test_what_only_looks_like_a_byline_names_nobody(text):
    assert read(story(text)).authors == ()


def test_the_feed_names_the_author_where_the_page_does_not():
    assert read(story(), hints=Hints(authors=("Ann Lee",))).authors == ("Ann Lee",)
