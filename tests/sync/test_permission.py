"""robots.txt during a sync: asked before pages and pictures, once a day, and obeyed."""

from __future__ import annotations

import gzip
from collections import Counter
from itertools import pairwise

import pytest
from support.answers import redirect
from support.feeds import feed, page
from support.stand import http, to

from newskeep.sync import crawl

NOTHING = b"User-agent: *\nDisallow: /\n"
CIRCLE = (("/robots.txt", "/rules.txt"), ("/rules.txt", "/robots.txt"))


@pytest.fixture
def paper(stand, follow):
    """A feed with two articles."""
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1", f"{stand.base}/b-2"])
    stand.scripts.update({"/a-1": page("Bridge"), "/b-2": page("Ferry")})
    return follow(f"{stand.base}/feed")


def say(stand, body, *fields, status=200):
    stand.scripts["/robots.txt"] = http(status, body, *fields)


def kinds(report):
    return [problem.kind for problem in report.problems]


def test_a_page_that_robots_txt_forbids_is_not_asked_for_and_that_is_told(stand, paper, sync):
    say(stand, b"User-agent: newskeep\nDisallow: /a-\n")
    report, _ = sync()
    assert stand.targets() == ["/feed", "/robots.txt", "/b-2"]
    (problem,) = report.problems
    assert (problem.kind, problem.url) == ("robots-disallowed", f"{stand.base}/a-1")
    assert f"{stand.base}/robots.txt asks newskeep not to fetch it" in problem.message


def test_what_is_forbidden_is_asked_about_again_after_a_day(stand, paper, sync, clock):
    say(stand, b"User-agent: *\nDisallow: /a-\n")
    sync()
    say(stand, b"User-agent: *\nDisallow:\n")
    clock.ahead(hours=23)
    sync()
    assert "/a-1" not in stand.targets()
    clock.ahead(hours=2)
    sync()
    assert "/a-1" in stand.targets()


def test_the_story_is_known_from_its_feed_all_the_same(archive, stand, paper, sync):
    say(stand, NOTHING)
    report, _ = sync()
    assert report.new == 2
    assert f"{stand.base}/a-1" in archive


def test_a_feed_that_a_person_follows_is_asked_without_asking(stand, paper, sync, clock):
    say(stand, NOTHING)
    sync()
    clock.ahead(hours=2)
    sync()
    assert stand.targets().count("/feed") == 2


def test_pictures_are_asked_about_at_their_own_host(stand, follow, sync):
    at = f"http://pictures.example:{stand.port}"
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    image = f'<img src="{at}/p/1.jpg" width="900" height="600"><img src="{at}/q/2.jpg" width="900">'
    stand.scripts["/a-1"] = page("Bridge", more=image)
    say(stand, b"User-agent: *\nDisallow: /p/\n")
    source = follow(f"{stand.base}/feed")
    assert source.allow_hosts == ("127.0.0.1",)
    sync()
    hosts = [one.field("host") for one in stand.log if one.target == "/robots.txt"]
    assert hosts == [f"127.0.0.1:{stand.port}"]  # the other host is inside and not allowed


def test_pictures_obey_robots_txt(stand, follow, sync):
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    image = '<img src="/p/1.jpg" width="900" height="600"><img src="/q/2.jpg" width="900">'
    stand.scripts["/a-1"] = page("Bridge", more=image)
    say(stand, b"User-agent: *\nDisallow: /p/\n")
    follow(f"{stand.base}/feed")
    sync()
    assert "/q/2.jpg" in stand.targets()
    assert "/p/1.jpg" not in stand.targets()


def test_robots_txt_is_asked_once_a_day_and_kept(archive, stand, paper, sync, clock):
    say(stand, b"User-agent: *\nDisallow: /none\n")
    for _ in range(3):
        sync()
        clock.ahead(hours=7)
    assert stand.targets().count("/robots.txt") == 1
    clock.ahead(hours=4)
    sync()
    assert stand.targets().count("/robots.txt") == 2
    kept = archive.catalogue.captures_at(f"{stand.base}/robots.txt", role="robots")
    assert [one.status for one in kept] == [200, 200]


def test_a_robots_txt_that_has_moved_is_followed_and_not_asked_each_time(stand, paper, sync, clock):
    stand.scripts["/robots.txt"] = to("/rules.txt")
    stand.scripts["/rules.txt"] = http(200, b"User-agent: *\nDisallow: /a-\n")
    for _ in range(2):
        assert sync()[0].problems or stand.log
        clock.ahead(hours=7)
    asked = Counter(stand.targets())
    assert (asked["/robots.txt"], asked["/rules.txt"], asked["/a-1"]) == (1, 1, 0)
    assert asked["/b-2"] == 2


@pytest.mark.parametrize("target", ["/robots.txt", ""])
def test_a_robots_txt_that_leads_nowhere_is_asked_again(stand, paper, sync, clock, target):
    stand.scripts["/robots.txt"] = to(target, 302)
    sync()
    clock.ahead(hours=7)
    sync()
    assert stand.targets().count("/robots.txt") == 2


def test_a_circle_of_kept_redirects_is_left(archive, stand, paper, sync):
    hops = [redirect(f"{stand.base}{a}", f"{stand.base}{b}", role="robots") for a, b in CIRCLE]
    archive.keep(hops)
    sync()
    assert stand.targets().count("/robots.txt") == 1


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_a_robots_txt_everything_is_fetched(stand, paper, sync, status):
    say(stand, NOTHING, status=status)
    report, _ = sync()
    assert stand.targets() == ["/feed", "/robots.txt", "/a-1", "/b-2"]
    assert report.problems == []


@pytest.mark.parametrize(
    "answer",
    [
        http(500), http(503), http(429), b"no http\r\n\r\n", http(200, b"User", length=100),
        to("/robots.txt"), http(200, b"x", "Content-Encoding: rot13"),
    ],
)  # fmt: skip
def test_a_robots_txt_that_cannot_be_read_holds_its_site_back(stand, paper, sync, clock, answer):
    stand.scripts["/robots.txt"] = answer
    report, _ = sync()
    assert kinds(report) == ["robots-unreachable"], "told once, of all pages that it holds back"
    assert f"{stand.base}/robots.txt could not be read" in report.problems[0].message
    assert stand.targets() == ["/feed", "/robots.txt"]
    say(stand, b"User-agent: *\nAllow: /\n")
    clock.ahead(minutes=70)
    report, _ = sync()
    assert {"/a-1", "/b-2", "/robots.txt"} <= set(stand.targets()[2:])
    assert report.problems == []


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_large_robots_txt_is_read_to_the_limit(stand, paper, sync, coding):
    body = b"User-agent: *\nDisallow: /a-\n" + b"# filler\n" * 300_000 + b"Disallow: /b-\n"
    assert len(body) > 2 << 20
    say(stand, gzip.compress(body) if coding == "gzip" else body, f"Content-Encoding: {coding}")
    sync()
    assert stand.targets() == ["/feed", "/robots.txt", "/b-2"]


def test_a_keeper_may_choose_not_to_ask(configured, stand):
    archive = configured("robots = false")
    stand.scripts.update({"/feed": feed([f"{stand.base}/a-1"]), "/a-1": page("Bridge")})
    say(stand, NOTHING)
    archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])
    archive.sync()
    assert stand.targets() == ["/feed", "/a-1"]


def test_a_crawl_delay_is_the_pace_of_its_host(stand, paper, sync, clock):
    say(stand, b"User-agent: *\nCrawl-delay: 20\n")
    sync()
    assert stand.targets()[2:] == ["/a-1"]
    clock.ahead(seconds=18)
    sync()
    assert stand.targets()[2:] == ["/a-1"]
    clock.ahead(seconds=4)
    sync()
    assert stand.targets()[2:] == ["/a-1", "/b-2"]


def test_a_long_crawl_delay_counts_as_a_minute(stand, paper, sync, clock):
    say(stand, b"User-agent: *\nCrawl-delay: 86400\n")
    sync()
    clock.ahead(seconds=62)
    sync()
    assert stand.targets()[2:] == ["/a-1", "/b-2"]


def test_a_pace_is_kept_by_waiting(stand, configured, monkeypatch):
    monkeypatch.setattr(crawl, "PATIENCE", 5.0)
    archive = configured(delay=0.1)
    links = [f"{stand.base}/a-{number}" for number in range(3)]
    stand.scripts["/feed"] = feed(links)
    archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])
    archive.sync()
    starts = sorted(archive.frontier.state(link, "page").last_try for link in links)
    assert all(after - before > 0.099 for before, after in pairwise(starts))
