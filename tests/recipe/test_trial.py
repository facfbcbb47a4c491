"""What a recipe's author is shown."""

from __future__ import annotations

from datetime import UTC, datetime

from support.pages import LONG, TITLE, URL, document, paragraphs

from newskeep.discover.recipes import read
from newskeep.extraction.trial import Finding, try_recipe

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ROWS = "<li><a href=/news/1>One</a></li><li><a href=/news/2>Two</a></li><a href=/about>About</a>"
STORY = document(f'<main><h1>{TITLE}</h1><div class="text">{paragraphs(*LONG)}</div></main>')
BOTH = read(
    """
[list]
addresses = "harbour.example/"
item = "li"
match = ["/news/{number}", "/x/{number}"]
date = "time"
next = "?p={n}"
pages = 2

[article]
addresses = "harbour.example/town/*"
title = "h1"
body = [".gone", ".text"]
strip = ".ad"
""",
    "harbour.toml",
)
LISTED = "https://harbour.example/"


def test_every_line_of_a_list_is_told_with_what_it_finds():
    trial = try_recipe(BOTH, ROWS, LISTED, received=NOW)
    assert trial.list_lines == (
        Finding(key="item", selector="li", count=2, first="One"),
        Finding(key="links", selector="a[href]", count=3, first="One"),
        Finding(key="match", selector="/news/{number}", count=2, first=f"{LISTED}news/1"),
        Finding(key="match", selector="/x/{number}", count=0),
        Finding(key="date", selector="time", count=0),
    )
    assert trial.feed is not None
    assert [one.title for one in trial.feed.entries] == ["One", "Two"]
    assert trial.feed.more == (f"{LISTED}?p=2",)
    assert (trial.taken, trial.article_lines, trial.works) == (None, (), True)


def test_every_line_of_an_article_is_told_with_what_it_finds():
    trial = try_recipe(BOTH, STORY, URL, received=NOW)
    assert [(one.key, one.selector, one.count) for one in trial.article_lines] == [
        ("title", "h1", 1),
        ("body", ".gone", 0),
        ("body", ".text", 1),
        ("strip", ".ad", 0),
    ]
    assert trial.taken is not None
    assert trial.taken.used
    assert (trial.feed, trial.list_lines, trial.works) == (None, (), True)


def test_where_no_address_fits_both_parts_are_tried():
    trial = try_recipe(BOTH, STORY, "https://elsewhere.example/x", received=NOW)
    assert trial.feed is not None
    assert trial.taken is not None
    assert not trial.works


def test_a_recipe_works_where_its_list_has_entries_and_its_body_counts():
    def works(html: str, url: str, recipe=BOTH) -> bool:
        return try_recipe(recipe, html, url, received=NOW).works

    assert not works("<p>", LISTED)
    assert not works(STORY.replace('"text"', '"other"'), URL)
    facts = read('[article]\naddresses = "harbour.example/*"\ntitle = "h1"', "x.toml")
    assert works(STORY, URL, facts)
