"""A blog and a paged feed are read back to their first post, within bounds and once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.feeds import page, rss
from support.stand import http

PAGES, POSTS = 6, 4
ORDINALS = ("one", "two", "three", "four", "five", "six")


def post(number: int, place: int) -> str:
    return f"/2019/a-story-of-page-{ORDINALS[number - 1]}-and-place-{ORDINALS[place]}"


def address(number: int) -> str:
    return "/blog/" if number == 1 else f"/blog/page/{number}/"


@pytest.fixture
def blog(stand):
    """Six pages of four posts, each page leading to the next and to the first."""
    for number in range(1, PAGES + 1):
        items = ""
        for place in range(POSTS):
            title = f"A story of page {ORDINALS[number - 1]} and place {ORDINALS[place]}"
            items += f"<li><h2><a href='{post(number, place)}'>{title}</a></h2></li>"
            stand.scripts[post(number, place)] = page(title)
        pager = f"<a href='{address(number + 1)}'>Older posts</a><a href='/blog/'>1</a>"
        html = f"<html><body><ul>{items}</ul>{pager if number < PAGES else ''}</body></html>"
        stand.scripts[address(number)] = http(200, html.encode(), "Content-Type: text/html")
    return f"{stand.base}/blog/"


def lists(stand):
    return [one for one in stand.targets() if one.startswith("/blog/")]


def test_a_blog_is_read_back_to_its_first_post(archive, stand, blog):
    archive.follow(blog, kind="blog", allow_hosts=["127.0.0.1"])
    report = archive.sync()
    assert (report.new, report.problems) == (PAGES * POSTS, [])
    assert lists(stand) == [address(number) for number in range(1, PAGES + 1)]


def test_only_as_many_pages_are_read_as_the_source_says(archive, stand, blog):
    source = archive.follow(blog, kind="blog", pages=3, allow_hosts=["127.0.0.1"])
    archive.sync()
    assert lists(stand) == [address(number) for number in (1, 2, 3)]
    archive.change_source(replace(source, pages=4))
    archive.frontier.forget(stand.base + address(3))
    archive.sync()
    assert archive.count() == 3 * POSTS


def test_later_only_the_first_page_is_asked(archive, stand, blog, clock):
    archive.follow(blog, kind="blog", allow_hosts=["127.0.0.1"])
    archive.sync()
    before = len(lists(stand))
    for _ in range(3):
        clock.ahead(hours=2)
        archive.sync()
    assert lists(stand)[before:] == [address(1)] * 3


def test_a_crawl_that_was_cut_off_goes_on(archive, stand, blog, clock):
    good, stand.scripts[address(3)] = stand.scripts[address(3)], http(503, b"", "Retry-After: 60")
    archive.follow(blog, kind="blog", allow_hosts=["127.0.0.1"])
    archive.sync()
    stand.scripts[address(3)] = good
    clock.ahead(minutes=3)
    archive.sync()
    assert archive.count() == PAGES * POSTS


def test_robots_txt_is_asked_for_a_blog(archive, stand, blog):
    stand.scripts["/robots.txt"] = http(200, b"User-agent: *\nDisallow: /blog/page/\n")
    archive.follow(blog, kind="blog", allow_hosts=["127.0.0.1"])
    report = archive.sync()
    assert lists(stand) == [address(1)]
    assert [one.kind for one in report.problems] == ["robots-disallowed"]


@pytest.mark.parametrize(("pages", "read"), [(None, 1), (1, 1), (3, 3), (9, 4)])
def test_a_paged_feed_is_read_as_far_as_the_source_says(archive, stand, pages, read):
    """RFC 5005 §3 and §4: rel=next and rel=prev-archive lead to what is older."""
    space = 'xmlns:a="http://www.w3.org/2005/Atom"'
    for number in range(1, 5):
        link = f'<a:link {space} rel="next" href="{stand.base}/feed?page={number + 1}"/>'
        stand.scripts[f"/story-{number}"] = page(f"Story {number}")
        stand.scripts["/feed" if number == 1 else f"/feed?page={number}"] = http(
            200, rss([f"{stand.base}/story-{number}"], more=link if number < 4 else ""), 'ETag: "1"'
        )
    archive.follow(f"{stand.base}/feed", pages=pages, allow_hosts=["127.0.0.1"])
    archive.sync()
    assert archive.count() == read


@pytest.mark.parametrize("is_synced", [False, True])
def test_a_blog_that_was_followed_as_a_listing_is_read_back_too(archive, stand, blog, is_synced):
    offer = archive.look(blog, allow_hosts=["127.0.0.1"])
    archive.follow(blog, kind=offer.kind, allow_hosts=["127.0.0.1"], answer=offer.hops)
    if is_synced:
        archive.sync()
    archive.follow(blog, kind="blog", allow_hosts=["127.0.0.1"])
    archive.sync()
    assert offer.kind == "listing"
    assert set(lists(stand)) == {address(number) for number in range(1, PAGES + 1)}


def test_few_short_posts_a_page_and_an_empty_last_page_are_read_without_a_complaint(archive, stand):
    for number, names in enumerate((["tide", "mole", "hake"], ["quay"], []), start=1):
        items = "".join(f"<h2><a href='/{name}'>{name.title()}</a></h2>" for name in names)
        older = f"<a href='{address(number + 1)}'>Older</a>" if names else ""
        html = f"<h1><a href=/>Mooring</a></h1><nav><a href=/about>Us</a></nav>{items}{older}"
        stand.scripts[address(number)] = http(200, html.encode(), "Content-Type: text/html")
        stand.scripts.update({f"/{name}": page(name.title()) for name in names})
    archive.follow(f"{stand.base}/blog/", kind="blog", allow_hosts=["127.0.0.1"])
    report = archive.sync()
    assert (report.new, report.problems) == (4, [])
    assert lists(stand) == [address(number) for number in (1, 2, 3)]
