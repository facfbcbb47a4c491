"""Patterns of addresses: what they fit, what they do not, and that none is slow."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.discover.recipes import address

STORY = "zaobao.com/realtime/china/story{date}-{number}"


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (STORY, "https://www.zaobao.com/realtime/china/story20261124-1234567"),
        (STORY, "http://zaobao.com/realtime/china/story20261124-1?utm_source=x#top"),
        ("www.a.example/x", "https://a.example/x/"),
        ("a.example/x/", "https://A.example/x"),
        ("a.example/", "https://a.example"),
        ("a.example:8080/x", "http://a.example:8080/x"),
        ("a.example/x", "http://a.example:8080/x"),
        ("*.a.example/*", "https://b.c.a.example/x/y"),
        ("/x/{number}", "https://any.example/x/12"),
        ("a.example/?id={number}", "https://a.example/?id=5"),
        ("a.example/{part}/end", "https://a.example/any-thing.1/end"),
        ("a.example/{part}.html", "https://a.example/b.html"),
        ("a.example/*-{number}.html", "https://a.example/x/y-z-12.html"),
        ("a.example/{date}/x", "https://a.example/2026/11/24/x"),
        ("a.example/{date}/x", "https://a.example/2026-11-24/x"),
        ("a.example/港口/*", "https://a.example/%e6%b8%af%e5%8f%a3/1"),
    ],
)
def test_it_fits(pattern, url):
    address.check(pattern)
    assert address.fits((pattern,), url)


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (STORY, "https://www.zaobao.com/realtime/china/story20261124-"),
        (STORY, "https://www.zaobao.com/realtime/china/story20261124-1/photos"),
        (STORY, "https://www.zaobao.com.evil.example/realtime/china/story20261124-1"),
        (STORY, "https://evil.example/zaobao.com/realtime/china/story20261124-1"),
        (STORY, "https://news.zaobao.com/realtime/china/story20261124-1"),
        ("*.a.example/*", "https://a.example/x"),
        ("*.a.example/*", "https://evila.example/x"),
        ("a.example:80/x", "http://a.example:8080/x"),
        ("a.example/{part}/end", "https://a.example/x/y/end"),
        ("a.example/{date}", "https://a.example/202611245"),
        ("a.example/{date}", "https://a.example/18991124"),
        ("a.example/x?id=1", "https://a.example/x"),
        ("/x", "mailto:a@b.example"),
        ("a.example/x", "http://a.example:99999/x"),
        ("/x", "http://[/x"),
    ],
)
def test_it_does_not_fit(pattern, url):
    assert not address.fits((pattern,), url)


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        ("", "host and a path"),
        ("a.example", "host and a path"),
        ("a b/x", "host and a path"),
        ("a.*/x", "host and a path"),
        ("https://a.example/x", "without https://"),
        ("a.example/x#y", "without https:// and #"),
        ("a.example/{id}", "{id} is not known; known are *, {part}, {number}, {date}"),
        ("a.example/{number", "{number is not known"),
        ("a.example/{date}/{date}", "once"),
        ("a.example/**", "between two of"),
        ("a.example/{part}*", "between two of"),
        ("a.example/" + "x" * 300, "longer than 300"),
    ],
)
def test_a_wrong_pattern_is_told_with_its_remedy(pattern, remedy):
    with pytest.raises(ValueError, match=re.escape(remedy)):
        address.check(pattern)


@pytest.mark.parametrize(
    ("patterns", "url", "day"),
    [
        ((STORY,), "https://zaobao.com/realtime/china/story20261124-1", "20261124"),
        (("/x/*", "/*/{date}/*"), "https://a.example/x/2026/11/24/y", "2026/11/24"),
        (("/x{date}",), "https://a.example/x2026_11_24", "2026-11-24"),
        (("/*",), "https://a.example/20261124", ""),
        ((), "https://a.example/20261124", ""),
    ],
)
def test_the_day_of_an_address_is_read(patterns, url, day):
    assert address.day(patterns, url) == day


PIECES = st.text("ab/", min_size=1, max_size=3)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(PIECES, min_size=1, max_size=4), st.text("ab/", max_size=12))
def test_a_star_means_what_fnmatch_means_by_it(pieces, path):
    pattern = "*".join(pieces)
    wanted = fnmatchcase(path.removesuffix("/"), pattern.removesuffix("/"))
    wanted = wanted or fnmatchcase(path, pattern.removesuffix("/"))
    assert bool(address._compiled(pattern).match(path)) == wanted


def test_no_pattern_is_slow():
    """It would take longer than the universe is old, if groups gave back what they took."""
    pattern = "a.example/" + "*a{number}" * 25 + "b"
    address.check(pattern)
    assert not address.fits((pattern,), "https://a.example/" + "a1" * 1000)
    pattern = "a.example/" + "{part}-" * 35 + "b"
    assert not address.fits((pattern,), "https://a.example/" + "-x" * 1000)
