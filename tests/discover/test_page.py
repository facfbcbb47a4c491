"""Which feeds a page offers, and in what order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.discover import page

URL = "https://harbour.example/news/"


def offered(html: str | bytes, content_type: str = "") -> list[tuple[str, str]]:
    data = html.encode() if isinstance(html, str) else html
    return page.feeds(data, url=URL, content_type=content_type)


def addresses(html: str) -> list[str]:
    return [address for address, _ in offered(html)]


def declared(kind: str, href: str, title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


def test_rss_goes_before_atom_before_json_and_comments_go_last() -> None:
    html = (
        declared("application/rss+xml", "/comments/feed", "Comments")
        + declared("application/feed+json", "/feed.json")
        + declared("application/atom+xml", "/atom")
        + declared("application/rss+xml", "/rss", "  The\n news ")
    )
    assert offered(html) == [
        ("https://harbour.example/rss", "The news"),
        ("https://harbour.example/atom", ""),
        ("https://harbour.example/feed.json", ""),
        ("https://harbour.example/comments/feed", "Comments"),
    ]


@pytest.mark.parametrize("title", ["Comments on it", "评论", "評論", "コメント"])
def test_comments_are_known_by_their_title_too(title) -> None:
    html = declared("application/rss+xml", "/a", title) + declared("application/rss+xml", "/b")
    assert addresses(html) == ["https://harbour.example/b", "https://harbour.example/a"]


def test_a_feed_in_the_text_comes_behind_the_declared_ones_and_once() -> None:
    html = (
        '<a href="/feed/">RSS</a><a href="/rss">again</a><a href="/index.xml"> all  news </a>'
        + declared("application/rss+xml", "/rss")
    )
    assert offered(html) == [
        ("https://harbour.example/rss", ""),
        ("https://harbour.example/feed/", "RSS"),
        ("https://harbour.example/index.xml", "all news"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/good">RSS</a>',
        '<a href="/good"> » Subscribe via RSS </a>',
        '<a href="/good">Atom feed</a>',
        '<a href="/good">Our news feed</a>',
        '<a href="/good">RSS 订阅</a>',
        '<a href="/good">RSS 2.0</a>',
        '<a href="/good" title="Feed"><svg></svg></a>',
        '<a href="/good" aria-label="RSS"><svg></svg></a>',
        '<a href="/good"><img src="/i.png" alt="RSS"></a>',
    ],
)
def test_a_link_that_says_it_is_a_feed_is_offered(link) -> None:
    assert addresses(link) == ["https://harbour.example/good"]


@pytest.mark.parametrize(
    "path", ["/good.xml", "/good.RSS", "/newsfeed", "/my-feed/", "/?format=feed", "/?feed=rss2"]
)
def test_a_link_whose_address_ends_as_a_feeds_is_offered(path) -> None:
    assert addresses(f'<a href="{path}">All news</a>') == [f"https://harbour.example{path}"]


def test_the_likeliest_of_the_links_goes_first() -> None:
    html = '<a href="/all.xml">All</a><a href="/x">RSS</a><a href="/feed">News</a>' + declared(
        "application/rss+xml", "/declared"
    )
    assert [one.rpartition("/")[2] for one in addresses(html)] == [
        "declared", "feed", "x", "all.xml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<a href="https://other.example/x">RSS</a>',
        '<a href="#">RSS</a>',
        '<a href="/x">RSS readers that we like</a>',
        '<a href="/x">Feedback</a>',
        '<a href="/sitemap.xml">Sitemap</a>',
        '<a href="/sitemap-news.xml">All pages</a>',
        declared("application/rss+xml", "javascript:alert(1)"),
        declared("application/rss+xml", "/feed", rel="stylesheet"),
        declared("text/html", "/feed"),
        '<a href="https://other.example/feed">another site</a>',
        '<a href="/feedback">mail us</a>',
        '<a href="/about">about</a>',
        f'<a href="{"/rss" * 100_000}">long</a>',
    ],
)
def test_what_is_no_feed_is_not_offered(html) -> None:
    assert offered(html) == []


def test_base_and_charset_of_the_page_count() -> None:
    html = f'<meta charset="gbk"><base href="/cn/">{declared("application/rss+xml", "f", "新闻")}'
    assert offered(html.encode("gbk")) == [("https://harbour.example/cn/f", "新闻")]


def test_a_base_that_is_no_address_is_ignored() -> None:
    html = f'<base href="data:,x">{declared("application/rss+xml; charset=utf-8", "f")}'
    assert addresses(html) == ["https://harbour.example/news/f"]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", "text/html; charset=undefined"]))
def test_no_page_makes_it_raise(data, content_type) -> None:
    wrapped = b'<link rel=alternate type="application/rss+xml" href="' + data + b'">'
    for address, title in offered(wrapped, content_type):
        assert address.startswith(("http://", "https://"))
        title.encode()
