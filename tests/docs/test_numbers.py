"""The numbers that pages give are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.docs import read, section

from newskeep import keep, policy, teaching
from newskeep.extraction import explain, learning
from newskeep.fetch.browser.bounds import Bounds
from newskeep.fetch.settings import Settings
from newskeep.sync import crawl, permission, settle

SCHEDULING = Path("docs/explanation/scheduling.md")
IDENTITY = Path("docs/explanation/identity-and-revisions.md")
CONFIGURATION = Path("docs/reference/configuration.md")
TEACHING = Path("docs/how-to/teach-from-a-site.md")
EXPLAINING = Path("docs/how-to/see-why-an-article-reads-so.md")
RENDERING = Path("docs/how-to/render-with-a-browser.md")
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "year": 31536000}


def seconds(text: str) -> int:
    """`3 hours`, `an hour`, `10 seconds` in seconds."""
    number, unit = re.fullmatch(r"(\d+|an?) (\w+?)s?", text).groups()
    return _UNITS[unit] * (1 if number in ("a", "an") else int(number))


def test_pages_are_looked_at_again_as_the_table_says():
    rows = re.findall(r"^\| ((?:\d+|an?) \w+) \| ([^|]+) \|$", read(SCHEDULING), re.MULTILINE)
    assert [(seconds(limit), seconds(wait)) for limit, wait in rows] == list(policy.REVISITS)


def test_failures_wait_as_is_told():
    told = re.search(r"the wait is (.*), then a day", read(SCHEDULING))
    assert told
    waits = [seconds(one) for one in told[1].split(", ")]
    found = [policy.retry_after(failures) for failures in range(1, len(waits) + 2)]
    assert found == pytest.approx([*waits, policy.DAY])


@pytest.mark.parametrize(
    "sentence",
    [
        f"A lease lasts {crawl.LEASE:.0f} seconds, or three times the `timeout` if that is longer",
        f"as `Crawl-delay`, up to {permission.LONGEST_DELAY:.0f}.",
        f"for more than {crawl.PATIENCE:.0f} seconds",
        f"A story that is gone is looked at every {policy.GONE_LOOK / policy.DAY:.0f} days",
    ],
)
def test_the_pace_is_as_told(sentence):
    assert sentence in read(SCHEDULING)


def test_what_is_given_up_is_given_up_when_it_is_told():
    assert policy.MOST_FAILURES == 8
    assert "given up at the ninth failure in a row" in read(SCHEDULING)
    assert policy.SECOND_LOOK == 3600
    assert "the second look comes in an hour" in read(SCHEDULING)


def test_doors_rank_as_the_table_says():
    rows = re.findall(r"^\| (\d+) \|", section(IDENTITY, "Doors and ranks"), re.MULTILINE)
    ranks = [value for name, value in vars(keep).items() if name.startswith("RANK_")]
    assert list(map(int, rows)) == sorted(ranks, reverse=True)


@pytest.mark.parametrize(
    "sentence",
    [
        f"make {Bounds().requests} requests, for {Bounds().bytes >> 20} MB, "
        f"in {Bounds().seconds:.0f} seconds",
        f"has not changed for {Bounds().wait:.0f} seconds",
        f"or after {Bounds().seconds:.0f} seconds",
    ],
)
def test_a_rendered_page_is_bounded_as_is_told(sentence):
    assert sentence in read(RENDERING)
    assert Bounds().look == 0.5
    assert "twice a second" in read(RENDERING)


def test_limits_are_as_told():
    text, limits = section(CONFIGURATION, "`[fetch]`"), Settings()
    assert f"at most {settle.MOST_PICTURES} for each" in text
    assert f"{limits.connect_timeout:.0f} s to connect, {limits.read_timeout:.0f} s without" in text
    assert f"{limits.redirects} redirects" in text
    assert limits.body_limit("feed") == limits.body_limit("page")
    page, image = (limits.body_limit(role) >> 20 for role in ("page", "image"))
    assert f"{page} MB for a feed or page and {image} MB for a picture" in text


def test_a_site_teaches_as_is_told():
    text = read(TEACHING)
    assert (learning.FEWEST, teaching.GROWTH) == (12, 1.5)
    assert "When a site has twelve articles, and whenever it has grown by half since" in text
    assert f"looks at the newest {teaching.MOST_LOOKED_AT} of them" in text
    assert f"at most {teaching.MOST_AFTER_SYNC} after a sync" in text
    bars = (learning._LINKED_EDGE, learning._EDGE, learning._LINKED, learning._MIDDLE)
    edge, plain, linked, middle = (f"{100 * one.share:.0f}%" for one in bars)
    assert f"{edge} at the edge of an article if it holds a link, {plain} without one" in text
    assert f"in the middle {linked} and {middle}" in text


def test_so_much_of_a_page_is_explained_as_is_told():
    assert f"its first {explain.MOST_BLOCKS:,} blocks" in read(EXPLAINING)
