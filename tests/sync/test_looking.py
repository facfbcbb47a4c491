"""Looking at an address before following it."""

from __future__ import annotations

import gzip

import pytest
from support.feeds import feed, page, rss
from support.stand import http, to

from newskeep.errors import AddressRefused, FetchError, TooLarge, UsageError
from newskeep.looking import Offer


@pytest.fixture
def look(archive, stand):
    return lambda path: archive.look(stand.base + path, allow_hosts=["127.0.0.1"])


def offering(*links):
    tags = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links
    )
    return http(200, f"<html><head>{tags}</head></html>".encode(), "Content-Type: text/html")


def test_a_feed_is_offered_as_it_is(stand, look):
    stand.scripts["/feed"] = feed([], title="Harbour Bell")
    assert look("/feed") == Offer(url=f"{stand.base}/feed", kind="feed", title="Harbour Bell")


def test_a_feed_is_known_by_its_content_whatever_it_is_called(stand, look):
    packed = gzip.compress(rss([]))
    stand.scripts["/x"] = http(200, packed, "Content-Type: text/html", "Content-Encoding: gzip")
    assert look("/x").url == f"{stand.base}/x"


def test_a_pages_feed_is_offered_in_its_place(newsstand, archive):
    offer = archive.look(f"{newsstand.base}/lanhu", allow_hosts=["127.0.0.1"])
    assert offer.url == f"{newsstand.base}/lanhu/atom.xml"
    assert offer.title == "蓝湖日报"


def test_a_feeds_address_is_resolved_against_the_page_that_names_it(stand, look):
    stand.scripts.update({"/": to("/news/"), "/news/": offering("rss"), "/news/rss": feed([])})
    assert look("/").url == f"{stand.base}/news/rss"


def test_a_link_that_fails_or_is_no_feed_gives_way_to_the_next(stand, look):
    stand.scripts.update({"/": offering("/lost", "/page", "/feed"), "/page": page("No feed")})
    stand.scripts["/feed"] = feed([])
    assert look("/").url == f"{stand.base}/feed"


def test_where_no_link_leads_to_a_feed_the_failure_is_told(stand, look):
    stand.scripts.update({"/": offering("/lost", "/page"), "/page": page("No feed")})
    with pytest.raises(FetchError, match="/lost answered 404; is the address right"):
        look("/")


SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<url><loc>http://harbour.example/news/2026/bridge</loc></url></urlset>"
)


def test_where_a_page_offers_nothing_the_sitemaps_that_robots_txt_names_are_tried(stand, look):
    stand.scripts["/"] = page("Welcome")
    named = f"Sitemap: /relative\nSitemap: {stand.base}/lost\nSitemap: {stand.base}/map.xml\n"
    stand.scripts["/robots.txt"] = http(200, named.encode())
    stand.scripts["/map.xml"] = http(200, SITEMAP)
    assert look("/") == Offer(url=f"{stand.base}/map.xml", kind="sitemap", title="")
    assert stand.targets() == ["/", "/robots.txt", "/lost", "/map.xml"]


def test_a_dead_feed_does_not_hide_the_list_of_its_page(stand, look):
    items = "".join(
        f"<li><h2><a href='/2026/11/0{n}/story-{n}'>The harbour story of day {n}</a></h2></li>"
        for n in range(1, 6)
    )
    html = f"<html><body><a href=/gone.xml>RSS</a><ul>{items}</ul></body></html>"
    stand.scripts["/"] = http(200, html.encode(), "Content-Type: text/html")
    assert look("/").kind == "listing"


def test_so_many_links_and_no_more_are_tried(stand, look):
    links = [f"/page-{number}" for number in range(9)]
    stand.scripts.update({"/": offering(*links), **{link: page("No feed") for link in links}})
    with pytest.raises(UsageError, match="is no feed, and its page offers none"):
        look("/")
    assert stand.targets() == ["/", *links[:4], "/robots.txt"]


def test_a_page_that_offers_nothing_is_told_with_the_remedy(stand, look):
    stand.scripts["/"] = page("Welcome")
    with pytest.raises(UsageError, match="--kind"):
        look("/")


@pytest.mark.parametrize(
    ("status", "advice"),
    [(404, "is the address right"), (403, "does not let us in"), (503, "try again later")],
)
def test_an_address_that_does_not_answer_well_is_told(stand, look, status, advice):
    stand.scripts["/"] = http(status)
    with pytest.raises(FetchError, match=f"{stand.base}/ answered {status}; .*{advice}"):
        look("/")


def test_a_bomb_is_told_with_its_address(stand, look):
    stand.scripts["/"] = http(200, gzip.compress(b"\0" * (21 << 20)), "Content-Encoding: gzip")
    with pytest.raises(FetchError, match=f"{stand.base}/: the body decodes to more than") as told:
        look("/")
    assert told.value.kind == TooLarge.kind


def test_the_loopback_is_refused_without_leave(stand, archive):
    with pytest.raises(AddressRefused, match="--allow-host 127.0.0.1"):
        archive.look(f"{stand.base}/feed")
    assert stand.log == []


@pytest.mark.parametrize("url", ["", "feed.xml", "ftp://example.com/", "mailto:x@example.com"])
def test_what_is_no_web_address_is_told(archive, url):
    with pytest.raises(UsageError, match="neither a web address"):
        archive.look(url)
