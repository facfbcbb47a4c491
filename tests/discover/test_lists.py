"""Lists of subscriptions: OPML and subs.json, in and out."""

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.discover import opml
from newskeep.discover.subscriptions import read_subs, source_id, write_subs
from newskeep.types import Source


def source(path: str, title: str = "", tags: tuple[str, ...] = ()) -> Source:
    url = f"https://harbour.example/{path}"
    return Source(id=source_id(url), url=url, title=title, tags=tags)


def outline(body: str) -> list[Source]:
    return opml.read(f'<?xml version="1.0"?><opml version="2.0"><body>{body}</body></opml>')


# OPML


def test_opml_comes_back_as_it_went_out() -> None:
    sources = [
        source("1", "Harbour & <Post>", ("port", "daily, early")),
        source("2", "", ("port",)),
        source("3", "港"),
        source("4?a=1&b=2", 'Say "hi"', ("news/world",)),
    ]
    written = opml.write(sources, "Sources of\x1b[31m Ada")
    assert sorted(opml.read(written), key=lambda one: one.url) == [
        source("1", "Harbour & <Post>", ("port", "daily  early")),
        *sources[1:],
    ]
    assert "\x1b" not in written
    assert written.count('<outline text="port">') == 1


titles = st.text(alphabet=st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(titles, titles), max_size=5))
def test_whatever_it_is_called_every_source_comes_back(names) -> None:
    sources = [source(str(n), title, (tag,) if tag else ()) for n, (title, tag) in enumerate(names)]
    found = opml.read(opml.write(sources, "x"))
    assert {one.id for one in found} == {one.id for one in sources}


def test_folders_at_any_depth_are_tags() -> None:
    found = outline(
        '<outline text="a"><outline title="b"><outline><outline xmlUrl="https://harbour.example/1"'
        ' category="/c,/d/e,a" TITLE=" The  post "/></outline></outline></outline>'
    )
    assert found == [source("1", "The post", ("a", "b", "c", "d/e"))]


def test_a_feed_in_two_folders_is_one_with_both_tags() -> None:
    one = '<outline text="x" xmlUrl="https://harbour.example/1"/>'
    found = outline(f'<outline text="a">{one}</outline><outline text="b">{one}</outline>')
    assert found == [source("1", "x", ("a", "b"))]


def test_folders_past_twenty_levels_are_let_be() -> None:
    deep = '<outline text="f">' * 25 + '<outline xmlUrl="https://harbour.example/1"/>'
    assert outline(deep + "</outline>" * 25) == []


def test_what_is_no_web_address_is_left_for_the_reader_to_be_told_of() -> None:
    found = outline('<outline text="x" xmlUrl="ftp://harbour.example/1"/><outline text="note"/>')
    assert [one.url for one in found] == ["ftp://harbour.example/1"]


def test_a_broken_file_is_read_as_far_as_it_goes() -> None:
    found = opml.read('<opml><body><outline text="R&D" xmlUrl="https://harbour.example/1">')
    assert found == [source("1", "R&D")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "line 1: Document is empty"),
        (b"not one", "line 1: Start tag expected"),
        (b"<html/>", "not an OPML file"),
        (b"<opml><head/></opml>", "not an OPML file"),
    ],
)
def test_what_is_no_opml_is_refused_with_the_reason(data, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        opml.read(data)


# subs.json


def test_subs_come_back_as_they_went_out() -> None:
    sources = [source("1", '港 "Post"'), source("2")]
    written = write_subs(sources)
    assert read_subs(written) == (sources, [])
    assert written == (
        '[\n  {"site": "港 \\"Post\\"", "url": "https://harbour.example/1"},\n'
        '  {"site": "", "url": "https://harbour.example/2"}\n]\n'
    )
    assert read_subs(write_subs([])) == ([], [])


def test_subs_of_the_mirrors_may_hold_more_than_is_read() -> None:
    subs = '[{"site": " Post ", "url": " https://harbour.example/1 ", "lang": "zh"}]'
    assert read_subs(subs) == ([source("1", "Post")], [])
    assert read_subs('[{"url": "https://harbour.example/1"}]') == ([source("1")], [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: not JSON"),
        ('[\n{"site": "x",}\n]', "line 2: not JSON"),
        ("{}", "a list of"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_list_of_subscriptions_is_refused(text, reason) -> None:
    with pytest.raises(ValueError, match=reason):
        read_subs(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"url": "https://a.example"}, 7]', "entry 2: an object is wanted, not 7"),
        ('[{"site": "x"}]', "entry 1: its url is no web address: null"),
        ('[{"url": "feed://x"}]', 'entry 1: its url is no web address: "feed://x"'),
        ('[{"url": "https://a.example", "site": []}]', r"entry 1: its site is no text: \[\]"),
    ],
)
def test_an_entry_that_cannot_be_read_is_named_by_its_place(text, reason) -> None:
    (fault,) = read_subs(text)[1]
    assert re.match(reason, fault)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["url", "site"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(json_values)
def test_no_json_makes_it_raise_anything_else(value) -> None:
    with suppress(ValueError):
        read_subs(json.dumps(value))


def test_a_source_keeps_its_id_in_any_spelling_of_its_address() -> None:
    assert source_id("HTTP://Harbour.example:80/feed?utm_source=x") == source_id(
        "https://harbour.example/feed"
    )
    assert source_id("https://harbour.example/feed") != source_id("https://harbour.example/feed/")
