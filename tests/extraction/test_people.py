"""Who wrote it: by ranked evidence, cleaned of “By” and roles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import json_ld, meta, read, story

from newskeep.extraction import Hints
from newskeep.extraction.people import Trust, names_in


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
        ("記者林海／港口報導", ("林海",)),
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
        ("Ann Lee, PhD", ("Ann Lee, PhD",)),
        ("Sam Lee, Jr.", ("Sam Lee, Jr.",)),
        ("Ann Lee, Head of Product & Co-Founder", ("Ann Lee",)),
        ("Ann Lee (Image: Sea Pictures/Stock)", ("Ann Lee",)),
        ("Ann (Mei) Lee", ("Ann (Mei) Lee",)),
        ("Ann Lee The Associated Press", ("Ann Lee",)),
        ("Sea Agency Reuters", ("Sea Agency",)),
        ("Di Stefano", ("Di Stefano",)),
        ("Par E.P.", ("E.P.",)),
        ("Lee, Ann", ("Ann Lee",)),
        ("Reuters, Lee", ("Reuters", "Lee")),
        ("Lee, Ann; Hart, Tom", ("Lee", "Ann", "Hart", "Tom")),
        ("Ludwig van der Meer", ("Ludwig van der Meer",)),
        ("freeman1984", ("freeman1984",)),
        ("王河 陈桥", ("王河", "陈桥")),
        ("김하나 기자 외 1명", ("김하나",)),
        ("Jan Maier im Gespräch mit Eva Roth", ("Jan Maier", "Eva Roth")),
        ("Ana e Rui", ("Ana", "Rui")),
        ("Ola og Kari", ("Ola", "Kari")),
        ("Ali ve Ayşe", ("Ali", "Ayşe")),
        ("Анна и Пётр", ("Анна", "Пётр")),
        ("View author archive", ()),
        ("Advertiser Disclosure", ()),
        ("Shutterstock", ()),
    ],
)
def test_names_are_cleaned_and_split(value, names):
    assert names_in([value], ["Harbour Post"]) == names


@pytest.mark.parametrize(
    ("value", "trusted"),
    [
        ("Ann Lee", (True, True, True)),
        ("harbourkid", (True, True, False)),
        ("ann lee", (True, False, False)),
        ("Harbour desk", (True, False, False)),
        ("ca", (True, False, False)),
        ("wellness & prevention", (True, False, False)),
        ("A long line of words that nobody would take for a name", (False, False, False)),
    ],
)
def test_the_weaker_the_evidence_the_stricter_is_what_counts_as_a_name(value, trusted):
    found = tuple(bool(names_in([value], [], trust=trust)) for trust in Trust)
    assert found == trusted


@given(st.lists(st.text(max_size=80), max_size=4), st.sampled_from(Trust))
@settings(derandomize=True, deadline=None)
def test_names_are_read_from_any_text_once_each_and_without_edges(values, trust):
    names = names_in(values, ["Harbour"], trust=trust)
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name == name.strip() and name for name in names)


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
