"""To follow an address is to ask it once; the first sync does not ask again."""

from __future__ import annotations

import pytest
from support.feeds import feed, page
from support.stand import http, to

from newskeep.cli import main


@pytest.fixture
def archive(configured):
    return configured()


@pytest.fixture
def follow(archive, stand):
    """`newskeep follow` of an address of the stand."""

    def follow(path="/feed", *options):
        words = ["--archive", str(archive.layout.root), "follow", stand.base + path]
        archive.close()
        assert main([*words, "--allow-host", "127.0.0.1", *options]) == 0

    return follow


def asked(stand, path="/feed"):
    return [one.field("if-none-match") for one in stand.log if one.target == path]


@pytest.fixture
def paper(stand):
    answers = [feed([f"{stand.base}/a-1"], 'ETag: "1"'), http(304)]
    stand.scripts["/feed"] = lambda _: answers.pop(0) if len(answers) > 1 else answers[0]
    stand.scripts["/a-1"] = page("Bridge")


def test_the_first_sync_takes_what_follow_was_answered(archive, stand, follow, paper, clock):
    follow()
    report = archive.sync()
    assert (report.new, report.sources, report.problems) == (1, 1, [])
    assert asked(stand) == [None]
    (capture,) = archive.catalogue.captures_at(f"{stand.base}/feed", role="feed")
    assert capture.source in archive.sources()
    clock.ahead(hours=2)
    assert archive.sync().unchanged == 1
    assert asked(stand) == [None, '"1"']


def test_a_feed_found_by_its_page_is_asked_once_too(archive, stand, follow, paper):
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    stand.scripts["/"] = page("Harbour", more=link)
    follow("/")
    assert archive.sync().new == 1
    assert asked(stand) == [None]


def test_a_moved_feed_is_known_by_its_new_address(archive, stand, follow, paper):
    stand.scripts["/old"] = to("/feed", 301)
    follow("/old")
    archive.sync()
    assert next(iter(archive.sources().values())).url == f"{stand.base}/feed"
    assert asked(stand) == [None]


def test_a_moved_address_that_is_followed_already_is_not_followed_twice(
    archive, stand, follow, paper
):
    stand.scripts.update({"/old": to("/feed", 301), "/feed": feed([])})
    follow()
    follow("/old")
    assert [one.url for one in archive.sources().values()] == [f"{stand.base}/feed"]


def test_an_answer_too_old_is_asked_for_again(archive, stand, follow, paper, clock):
    follow()
    clock.ahead(hours=2)
    archive.sync()
    assert asked(stand) == [None, None]


def test_a_spoilt_file_is_passed_over(archive, stand, follow, paper):
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    follow()
    (file,) = (archive.layout.derived / "answers").iterdir()
    file.write_bytes(b"\x93\x01")
    assert archive.sync().new == 1
    assert not file.exists()


def test_following_again_changes_what_is_named_and_asks_nobody(archive, stand, follow, paper):
    follow()
    archive.sync()
    before = len(stand.log)
    follow("/feed", "--title", "The Bell")
    assert len(stand.log) == before
    (source,) = archive.sources().values()
    assert (source.title, source.allow_hosts) == ("The Bell", ("127.0.0.1",))
