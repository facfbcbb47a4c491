"""Which addresses are further pages of an article's address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep.extraction.paging import place

HOST = "https://bell.example"


@pytest.mark.parametrize(
    ("first", "other", "number"),
    [
        ("/a/bridge", "/a/bridge?page=2", 2),
        ("/a/bridge?id=7", "/a/bridge?id=7&p=3", 3),
        ("/a/bridge?page=1", "/a/bridge?page=2", 2),
        ("/a/bridge", "/a/bridge/2", 2),
        ("/a/bridge/", "/a/bridge/2/", 2),
        ("/a/bridge/", "/a/bridge/page/4/", 4),
        ("/a/bridge", "/a/bridge/page-2", 2),
        ("/a/c_1127.htm", "/a/c_1127_2.htm", 2),
        ("/2026-11/24/doc-x.shtml", "/2026-11/24/doc-x_3.shtml", 3),
        ("/news/123.html", "/news/123_p2.html", 2),
        ("/a/bridge/index.html", "/a/bridge/index_2.html", 2),
        ("/a/bridge.html", "/a/bridge/2.html", 2),
        ("http://www.bell.example/a/bridge", "/a/bridge?page=2", 2),
    ],
)
def test_an_address_that_extends_the_first_one_is_a_page_of_it(first, other, number):
    first = first if "://" in first else HOST + first
    assert place(HOST + other, first) == (number, True)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("/n/c1024-32246.html", "/n/c1024-32246-2.html"),
        ("/a/bridge", "/a/bridge-2"),
        ("/a/story20261124-1", "/a/story20261124-2"),
        ("/a/tale_1.html", "/a/tale_2.html"),
    ],
)
def test_a_number_behind_a_dash_may_be_another_article(first, other):
    found = place(HOST + other, HOST + first)
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("/realtime/china/story20261124-1200", "/realtime/china/story20261124-1201"),
        ("/a/bridge", "/a/tower?page=2"),
        ("/a/bridge?id=7", "/a/bridge?id=8&page=2"),
        ("/?p=7", "/?p=8"),
        ("/2026/11/24/bridge", "/2026/11/25/tower"),
        ("/a/12", "/a/13"),
        ("/a/bridge", "/a/bridge/comment-page-2"),
        ("/a/bridge", "https://other.example/a/bridge?page=2"),
        ("/a/bridge", "/a/bridge?page=200"),
        ("/a/bridge", ""),
        ("/a/bridge", "mailto:x@y"),
    ],
)
def test_any_other_address_is_none(first, other):
    assert place(other if ":" in other else HOST + other, HOST + first) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_address_breaks_it(first, other):
    for base in ("", HOST + "/"):
        place(base + other, base + first)
