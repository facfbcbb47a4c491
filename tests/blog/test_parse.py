"""The lists that a blog's page leads to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep.discover.blog import MOST_OLDER, parse
from newskeep.url import absolute

URL = "https://mooring.example/blog/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TITLES = (
    "How the old ferry learned to wait", "A winter without the harbour lights",
    "Notes from the fish market at dawn", "What the tide tables do not say",
)  # fmt: skip
POSTS = "".join(
    f"<li><a href='/blog/{title.lower().replace(' ', '-')}'>{title}</a></li>" for title in TITLES
)


def read(html: str, url: str = URL):
    return parse(html.encode(), url=url, received=NOW)


@pytest.mark.parametrize(
    ("link", "older"),
    [
        ("<link rel=next href=/blog/page/2/>", "/blog/page/2/"),
        ("<a rel='next nofollow' href=2.html>→</a>", "/blog/2.html"),
        ("<a href=/blog/older?start=20>« Older posts</a>", "/blog/older?start=20"),
        ("<a href=/blog/x>Next page »</a>", "/blog/x"),
        ("<a href=/blog/x>下一頁</a>", "/blog/x"),
        ("<a href=/blog/x>较早的文章</a>", "/blog/x"),
        ("<a href=/blog/x>過去の記事</a>", "/blog/x"),
        ("<a href=/blog/x>이전 글</a>", "/blog/x"),
        ("<a href=/blog/x>Ältere Beiträge</a>", "/blog/x"),
        ("<a href=/blog/page/2/>2</a>", "/blog/page/2/"),
        ("<a href='?paged=3'>3</a>", "/blog/?paged=3"),
        ("<a href=/blog/2019/>2019 (12)</a>", "/blog/2019/"),
        ("<a href=/2019/05/>May 2019</a>", "/2019/05/"),
        ("<base href=/other/><a href=page-2>2</a><a href=x>Older</a>", "/other/x"),
        ("<a href=https://elsewhere.example/blog/page/2/>Older posts</a>", None),
        ("<a href=/blog/x>Older posts are better, says a reader</a>", None),
        ("<a href=/blog/2019/05/17/a-post-of-that-day>17 May</a>", None),
        ("<a href=/blog/>1</a>", None),
        ("<a href=javascript:older()>Older posts</a>", None),
    ],
)
def test_older_lists_are_found_by_what_leads_to_them(link, older):
    found = read(f"<ul>{POSTS}</ul><div>{link}</div>")
    assert found.kind == "blog"
    assert [one.title for one in found.entries][:4] == list(TITLES)
    assert list(found.more) == ([absolute(URL, older)] if older else [])


def test_pages_before_this_one_are_not_older():
    pager = "".join(f"<a href=/blog/page/{number}/>{number}</a>" for number in range(1, 7))
    found = read(f"<ul>{POSTS}</ul>{pager}", url=f"{URL}page/4/")
    assert found.more == (f"{URL}page/5/", f"{URL}page/6/")


def test_a_page_of_months_alone_is_a_blog_without_a_complaint():
    months = "".join(f"<a href=/2019/{month:02}/>Month {month}</a>" for month in range(1, 13))
    found = read(months, url="https://mooring.example/archive/")
    assert (found.kind, len(found.more), found.problems) == ("blog", 12, ())


def test_a_page_that_lists_nothing_and_leads_nowhere_is_told():
    found = read("<p>Welcome to the mooring.</p>")
    assert found.kind == ""
    assert found.problems


@pytest.mark.parametrize("path", [
    "/blog/page/9/", "/blog/?paged=9", "/blog/2019/", "/2019/05/", "/blog/?start=20",
    "/search?updated-max=2019-05-17T10:00:00Z&max-results=5",
])  # fmt: skip
def test_a_page_behind_the_first_one_may_list_nothing(path):
    found = read("<p>Nothing more.</p>", url=absolute(URL, path))
    assert (found.kind, found.entries, found.problems) == ("blog", (), ())


def test_few_posts_with_short_titles_are_read():
    posts = "<article><h2><a href=/blog/tide>潮汐</a></h2></article><h2><a href=/blog/mole>Mole</a></h2>"
    older = "<a href=/blog/page/2/>Older posts</a><h3><a href=/tag/sea>Sea</a></h3>"
    assert [one.title for one in read(posts + older).entries] == ["潮汐", "Mole"]


def test_older_lists_are_bounded():
    pager = "".join(f"<a href=/blog/page/{number}/>{number}</a>" for number in range(2, 900))
    assert len(read(pager).more) == MOST_OLDER


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_read(html, href):
    found = read(f"<a href='{href}'>Older posts</a>{html}")
    assert found.kind in ("", "blog")
