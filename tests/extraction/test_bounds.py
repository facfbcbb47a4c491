"""Markup that would take a parser minutes is made harmless; all of it is bounded."""

from __future__ import annotations

import pytest
from support.pages import LONG, PROSE, URL, body, document, paragraphs, read

from newskeep.extraction import bounds, dom, fragment
from newskeep.extraction.bounds import tame
from newskeep.extraction.clean import sanitise

PROSE_P = paragraphs(*PROSE)


@pytest.mark.parametrize(
    "html", ["", "<p>a</p>", document(PROSE_P), "<b>" * 20 + "x", "a < b > c & d"]
)
def test_an_ordinary_document_is_left_as_it_is(html):
    assert tame(html) == html


def test_a_document_is_read_up_to_the_limit(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_CHARS", 10)
    assert tame("<p>abcdefghijk") == "<p>abcdefg"


def test_openings_past_the_limit_go_with_their_closings():
    deep = "<div>" * 9_000 + "x" + "</div>" * 9_000
    limit = bounds.MAX_DEPTH
    assert tame(deep) == "<div>" * limit + "x" + "</div>" * limit
    many = "<B>" * 30 + "x" + "</B>" * 30
    assert tame(many) == "<B>" * bounds.MAX_FORMATTING + "x" + "</B>" * bounds.MAX_FORMATTING


def test_elements_that_others_close_do_not_count():
    rows = "<p>a<br>" * 9_000
    assert tame(rows) == rows
    inline = "<i/><b>x</b>" * 5_000
    assert tame(inline) == inline


def test_options_and_masses_of_attributes_go():
    wild = "<select>" + "<option>x" * 9_000
    assert tame(wild) == "<select>" + "x" * 9_000
    attributes = "".join(f" a{n}" for n in range(2_000))
    assert tame(f"<p{attributes}>x</p>") == "<p>x</p>"
    assert tame(f"<div{attributes}>x</div>") == "<div>x</div>"
    long_value = f'<p title="{"x" * 5_000}">x</p>'
    assert tame(long_value) == long_value


def test_closings_that_close_nothing_go_for_they_hide_how_deep_it_is():
    assert tame("<b></i>" * 30) == "<b>" * bounds.MAX_FORMATTING
    assert tame("<div></x>" * 9_000) == "<div>" * bounds.MAX_DEPTH


def test_attributes_behind_a_bracket_in_a_value_are_counted_as_well():
    attributes = "".join(f" a{n}" for n in range(2_000))
    assert tame(f"<p title='>'{attributes}>x</p>") == "<p>x</p>"
    quoted = '<p title="a > b" id=c>x</p>'
    assert tame(quoted) == quoted


def test_attributes_go_once_a_document_has_too_many(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_ALL_ATTRIBUTES", 3)
    monkeypatch.setattr(bounds, "_FEW_TAGS", 1)
    assert tame('<p a="1" b>x<p c="3">y<p d>z') == '<p a="1" b>x<p c="3">y<p>z'


def test_a_document_begins_a_few_times_at_most_for_its_attributes_add_up():
    begun = "".join(f"<html a{n}>" for n in range(17_000))
    assert tame(begun) == "<html a0><html a1><html a2>"


def test_tags_are_read_up_to_the_limit(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_TAGS", 4)
    monkeypatch.setattr(bounds, "_FEW_TAGS", 3)
    assert tame("<p>a</p>" * 5) == "<p>a</p>" * 2


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 60_000,
        "<b>" * 30_000 + "<p>" * 30_000,
        "<a>" * 20_000,
        "<table>" * 20_000,
        "<ul><li>" * 10_000,
        "<p " + "a=b " * 200_000 + ">",
        "<" * 200_000,
        "<!--" * 50_000,
        "&" * 200_000,
        "&lt;" * 100_000,
        "</p>" * 40_000,
        "<svg>" * 50_000 + "<math>" * 50_000,
        "<select>" + "<option>" * 100_000,
        "<noscript><img>" * 9_000,
        "<picture><source>" * 9_000,
        "<blockquote>x" * 20_000,
        "x" * 500_000,
        "\n" * 500_000 + "x",
        "<title>" + "a | " * 50_000,
        "<font><div>" * 30_000,
        "*_`[" * 50_000,
    ],
    ids=lambda html: html[:16],
)
def test_hostile_markup_is_read_and_bounded(html):
    assert len(sanitise(html)) < 8 * len(html) + 100
    article = fragment(html, url=URL)
    assert fragment(article.html, url=URL).html == article.html
    assert read(document(PROSE_P + html)).url == URL


def test_an_article_inside_very_deep_markup_is_found():
    assert body("<div>" * 3_000 + PROSE_P + "</div>" * 3_000) == body(PROSE_P)


def test_no_more_nodes_are_read_than_the_limit(monkeypatch):
    monkeypatch.setattr(dom, "MAX_NODES", 10)
    assert fragment("<p>a</p>" * 100, url=URL).text.count("a") < 10


def test_no_more_text_is_read_than_the_limit(monkeypatch):
    monkeypatch.setattr(dom, "MAX_TEXT", 10)
    assert dom.fragment("<p>abcdef</p>" * 100).text() == "abcdefabcd"


def test_a_huge_page_keeps_its_article():
    links = "".join(f'<li><a href="/{n}">Story number {n}</a></li>' for n in range(10_000))
    html = document(f"<nav><ul>{links}</ul></nav><article>{paragraphs(*LONG)}</article>")
    assert read(html).text == "\n".join(LONG)
