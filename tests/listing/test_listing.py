"""Listing pages, by a recipe."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import dates
from newskeep.discover import listing
from newskeep.discover.recipes import read

URL = "https://bell.example/news"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def recipe(*lines: str, top: str = ""):
    return read(f'{top}\n[list]\naddresses = "bell.example/*"\n' + "\n".join(lines), "bell.toml")


def parse(html: str, *lines: str, top: str = "", url: str = URL):
    return listing.parse(html.encode(), url=url, received=NOW, recipe=recipe(*lines, top=top))


def urls(feed) -> list[str]:
    return [one.url.removeprefix("https://bell.example") for one in feed.entries]


# Which links


def test_links_that_match_are_entries_in_the_pages_order():
    feed = parse(
        "<title>The Bell</title><a href='/news/2'>Two</a><a href=/about>About us</a>"
        "<a href='../news/1?utm_source=x'>One</a><a>none</a><a href='javascript:x'>none</a>",
        'match = "/news/{number}"',
    )
    assert (feed.kind, feed.title, feed.home, feed.problems) == ("listing", "The Bell", URL, ())
    assert urls(feed) == ["/news/2", "/news/1?utm_source=x"]
    assert [(one.id, one.title) for one in feed.entries] == [
        ("https://bell.example/news/2", "Two"),
        ("https://bell.example/news/1?utm_source=x", "One"),
    ]


def test_without_a_pattern_every_link_of_the_same_site_is_an_entry():
    html = "<a href=/a>A</a><a href=https://news.bell.example/b>B</a><a href=https://evil.example>E</a>"
    assert [one.title for one in parse(html).entries] == ["A", "B"]


def test_another_host_has_to_be_named():
    html = "<a href=https://other.example/x/1>A</a><a href=https://evil.example/x/2>B</a>"
    assert parse(html, 'match = "/x/{number}"').entries == ()
    (entry,) = parse(html, 'match = "other.example/x/{number}"').entries
    assert entry.title == "A"


def test_a_base_element_counts():
    (entry,) = parse("<base href='/deep/'><a href=n1>One</a>").entries
    assert entry.url == "https://bell.example/deep/n1"


def test_an_item_gives_its_first_link_that_matches():
    html = (
        "<ul><li><a href=/tag/x>Tag</a><a href=/news/1>One</a><a href=/news/9>Nine</a></li>"
        "<li>no link</li><li><a href=/news/2>Two</a></li></ul><a href=/news/3>Outside</a>"
    )
    feed = parse(html, 'item = "li"', 'match = "/news/{number}"')
    assert urls(feed) == ["/news/1", "/news/2"]


def test_an_item_may_be_the_link_itself():
    html = "<a class=card href=/news/1><h2>One</h2><time>11/24 10:30</time></a>"
    (entry,) = parse(html, 'item = "a.card"', 'title = "h2"', 'date = "time"').entries
    assert (entry.title, dates.show(entry.published)) == ("One", "2026-11-24 10:30 UTC")


def test_a_picture_and_a_headline_that_lead_to_one_article_are_one_entry():
    html = (
        "<a href=/news/1><img src=/1.jpg alt=Pier></a><a href=/news/1?utm_medium=x>The pier opens</a>"
        "<a href=/news/2></a><a href=/news/3 title='Three'></a><a href=/news/4><img src=x alt=Four></a>"
    )
    feed = parse(html, 'picture = "img"')
    assert [(one.url[-1], one.title) for one in feed.entries] == [
        ("1", "The pier opens"),
        ("3", "Three"),
        ("4", "Four"),
    ]
    assert feed.entries[0].images[0].url == "https://bell.example/1.jpg"


def test_no_more_entries_are_taken_than_are_of_use(monkeypatch):
    monkeypatch.setattr(listing, "MOST_ENTRIES", 3)
    assert len(parse("".join(f"<a href=/{n}>x{n}</a>" for n in range(9))).entries) == 3


def test_a_list_without_entries_is_told():
    feed = parse("<p>nothing</p>", 'match = "/x"', top='title = "The Bell"')
    assert (feed.kind, feed.title) == ("listing", "The Bell")
    (problem,) = feed.problems
    assert problem.kind == "recipe-finds-nothing"
    assert "the recipe bell finds no article" in problem.message
    assert f"newskeep recipe try {URL}" in problem.message


# What is said of them


def test_title_summary_picture_time_and_language_are_found_in_the_item():
    html = (
        "<li><a href=/news/1>more</a><h2>A &amp; B</h2><p>If a &lt; b</p><b>11/23 08:05</b>"
        "<img data-src=//cdn.example/1.jpg src=data:x></li>"
    )
    lines = ('item = "li"', 'title = "h2"', 'summary = "p"', 'date = "b"', 'picture = "img"')
    feed = parse(html, *lines, top='language = "zh-Hant"\nzone = "Asia/Taipei"')
    (entry,) = feed.entries
    assert (feed.lang, entry.lang) == ("zh-Hant", "zh-Hant")
    assert (entry.title, entry.summary) == ("A & B", "If a &lt; b")
    assert dates.show(entry.published) == "2026-11-23 08:05 +08:00"
    assert [image.url for image in entry.images] == ["https://cdn.example/1.jpg"]


def test_a_pictures_address_may_stand_in_any_attribute():
    html = "<a href=/1 data-cover='/c.jpg?a=1&amp;b=2'>One</a><a href=/2><i data-cover=javascript:x></i>Two</a>"
    found = parse(html, 'item = "a"', 'picture = ["i::attr(data-cover)"]').entries
    assert [one.images for one in found] == [(), ()]
    html = "<li><a href=/1>One</a><i data-cover='/c.jpg?a=1&amp;b=2'></i></li>"
    (entry,) = parse(html, 'item = "li"', 'picture = "i::attr(data-cover)"').entries
    assert entry.images[0].url == "https://bell.example/c.jpg?a=1&b=2"


def test_the_day_in_an_address_dates_what_nothing_else_dates():
    html = "<li><a href=/s20261123-1>One</a><i>soon</i></li><li><a href=/s20261122-2>Two</a><i>2026-11-21</i></li>"
    feed = parse(
        html, 'item = "li"', 'date = "i"', 'match = "/s{date}-{number}"', top='zone = "Asia/Tokyo"'
    )
    assert [dates.show(one.published) for one in feed.entries] == ["2026-11-23", "2026-11-21"]
    assert feed.entries[0].published.offset == 540


def test_a_day_that_has_not_come_dates_nothing():
    (entry,) = parse("<a href=/s20310101>One</a>", 'match = "/s{date}"').entries
    assert entry.published is None


# Further pages


def test_counted_pages_are_all_told_at_once():
    feed = parse("<a href=/1>One</a>", 'next = "?p={n}"', "pages = 3")
    assert feed.more == (f"{URL}?p=2", f"{URL}?p=3")


@pytest.mark.parametrize(
    ("html", "more"),
    [
        ("<a class=n href=?p=2>2</a><a class=n href=?p=3>3</a>", (f"{URL}?p=2",)),
        ("<a class=n href=#>2</a><a class=n href=https://evil.example/>3</a>", ()),
        ("<p>", ()),
    ],
)
def test_the_next_page_is_the_first_link_that_leads_on(html, more):
    assert parse(html, 'next = ".n"', "pages = 2").more == more


def test_a_recipe_that_wants_one_page_leads_nowhere():
    assert parse("<a class=n href=?p=2>2</a>", 'next = [".n", "?p={n}"]').more == ()


# Pages of all kinds


def test_a_page_in_its_own_charset_is_read():
    data = "<meta charset=gb18030><a href=/1>跨海大桥</a>".encode("gb18030")
    (entry,) = listing.parse(data, url=URL, received=NOW, recipe=recipe()).entries
    assert entry.title == "跨海大桥"


def test_a_recipe_without_a_list_guesses():
    only = read('[article]\naddresses = "bell.example/*"', "x.toml")
    assert listing.parse(b"<p>", url=URL, received=NOW, recipe=only).kind == ""


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["<li>", "</li>", "<a href=/1>", "<a href='", "x", ">", "<img src=", "\0"])
    )
)
def test_nothing_raises(pieces):
    html = "".join(pieces)
    assert (
        parse(html, 'item = "li"', 'title = "a"', 'picture = "img"', 'date = "a"').kind == "listing"
    )
    listing.parse(html.encode(), url=URL, received=NOW)
