"""What `status` gathers: out of the catalogue, the schedule, and the documents that were kept."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support import feeds
from support.answers import SITE, answer, missing, page, redirect, rss
from support.stand import Stand, http

import newskeep
from newskeep import credentials
from newskeep.captures import Captures
from newskeep.catalogue.frontier import Task
from newskeep.credentials import Credentials
from newskeep.errors import NotFound
from newskeep.sync import crawl
from newskeep.types import Problem

NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
FEED = f"{SITE}/feed.xml"
TEXT = ["The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs."] * 3
WALL = '<p class="paywall">Subscribe now to read on. Already a subscriber? Log in.</p>'


class Desk:
    """An archive that follows one feed, at a time that tests choose."""

    def __init__(self, archive, monkeypatch):
        self.archive = archive
        self._monkeypatch = monkeypatch
        self.go(NOW)
        self.source = archive.follow(FEED, title="Bell")

    def go(self, moment):
        self._monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(moment.timestamp() - time.time()))

    def keep(self, *received, **ago):
        """Keep what came in so long ago, of this source."""
        when = NOW - timedelta(**ago)
        self.archive.keep([replace(one, source=self.source.id, time=when) for one in received])

    def schedule(self, *tasks):
        with self.archive.writing(), self.archive.catalogue.transaction():
            self.archive.frontier.add(replace(one, source=self.source.id) for one in tasks)

    def change(self, **facts):
        self.archive.change_source(replace(self.source, **facts))

    @property
    def figures(self):
        (found,) = self.archive.status(self.source.id).sources
        return found

    @property
    def suggested(self):
        return {one.kind: one for one in self.archive.status().suggestions if one.source}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    with newskeep.init(tmp_path / "news") as archive:
        yield Desk(archive, monkeypatch)


def ago(**span):
    return pytest.approx((NOW - timedelta(**span)).timestamp(), abs=60)


def poll(**facts):
    return Task(url=FEED, role="feed", **facts)


def seconds(**span):
    return (NOW - timedelta(**span)).timestamp()


# Which sources


def test_sources_followed_unfollowed_and_imported_are_told_apart(desk):
    desk.keep(page("/a-1", "Bridge", TEXT))
    desk.archive.keep([page("/b-2", "Ferry", TEXT, source="left")])
    desk.archive.keep([page("/c-3", "Snow", TEXT, source="site:Quay")])
    found = [(one.title, one.source.kind, one.stories) for one in desk.archive.status().sources]
    assert found == [
        ("Bell", "feed", 1),
        ("harbour.example", "unfollowed", 1),
        ("Quay", "imported", 1),
    ]


def test_a_source_without_a_title_is_named_by_its_address(desk):
    desk.change(title="")
    assert desk.figures.title == FEED


def test_one_source_is_named_by_title_address_or_id_whether_it_is_followed_or_not(desk):
    desk.archive.keep([page("/b-2", "Ferry", TEXT, source="left")])
    for name in ("Bell", FEED, desk.source.id):
        assert [one.title for one in desk.archive.status(name).sources] == ["Bell"]
    assert [one.source.id for one in desk.archive.status("left").sources] == ["left"]
    with pytest.raises(NotFound, match="no source is called 'Quay'"):
        desk.archive.status("Quay")


def test_one_source_has_its_own_problems_and_those_of_its_pages_alone(desk):
    desk.schedule(Task(url=f"{SITE}/a-1", role="page", failures=1, reason="http-503"))
    told = [(FEED, desk.source.id), (f"{SITE}/a-1", ""), (f"{SITE}/of-another", "")]
    with desk.archive.catalogue.transaction():
        for url, source in told:
            problem = Problem(url=url, stage="fetch", kind="http-503", message="Down.", at=NOW)
            desk.archive.catalogue.put_problem(problem, source)
    assert {one.url for one in desk.archive.status("Bell").problems} == {FEED, f"{SITE}/a-1"}
    assert len(desk.archive.status().problems) == 3
    assert desk.figures.problem.url == FEED


def test_status_of_an_empty_archive(tmp_path):
    with newskeep.init(tmp_path / "news") as archive:
        status = archive.status()
    assert (status.stories, status.captures, status.bytes, status.due) == (0, 0, 0, 0)
    assert (status.next_due, status.last_seen, status.sources) == (None, None, ())
    assert status.suggestions == ()


# Success and silence


def test_an_unchanged_document_is_a_success_and_410_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(crawl, "PATIENCE", 0.0)
    with (
        Stand({"/feed.xml": feeds.feed([])}) as stand,
        newskeep.init(tmp_path / "news") as archive,
    ):
        (tmp_path / "news/newskeep.toml").write_text("format = 1\n")
        source = archive.follow(f"{stand.base}/feed.xml", allow_hosts=["127.0.0.1"])
        successes = []
        for hours, said in ((0, None), (48, http(304)), (96, http(410))):
            later = NOW + timedelta(hours=hours)
            monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(later.timestamp() - time.time()))
            stand.scripts["/feed.xml"] = said or stand.scripts["/feed.xml"]
            archive.sync()
            status = archive.status(source.id)
            successes.append((status.sources[0].last_success - NOW) // timedelta(hours=1))
        assert successes[:2] == [0, 48]
        assert successes[2] <= 48
        assert [one.kind for one in status.suggestions] == ["stopped"]
        assert "since 2026-11-24 20:0" in status.suggestions[0].message


def test_where_the_schedule_is_lost_the_last_kept_answer_is_the_success(desk):
    desk.keep(rss([]), days=3)
    desk.keep(missing("/feed.xml"), days=1)
    desk.keep(replace(missing("/feed.xml"), role="feed"), days=2)
    assert desk.figures.last_success.timestamp() == ago(days=3)
    desk.schedule(poll(last_ok=seconds(hours=5), last_status=304))
    assert desk.figures.last_success.timestamp() == ago(hours=5)


def test_a_source_that_cannot_be_reached_is_not_silent(desk):
    for day in range(9, 4, -1):
        desk.keep(rss([(f"/a-{day}", f"Bridge {day}", "It is open.")]), days=day)
    desk.schedule(poll(failures=9, last_status=503, last_ok=seconds(days=5), due=0.0))
    figures = desk.figures
    assert (figures.rhythm, figures.silence, figures.failures) == (86400, 0, 9)
    assert list(desk.suggested) == ["unreachable"]


def test_a_source_that_answers_and_brings_nothing_is_silent(desk):
    for day in range(30, 20, -1):
        desk.keep(rss([(f"/a-{day}", f"Bridge {day}", "It is open.")]), days=day)
    desk.schedule(poll(last_ok=seconds(hours=1), last_status=304, due=seconds(hours=-1)))
    figures = desk.figures
    assert figures.last_new.timestamp() == ago(days=21)
    assert figures.next_poll.timestamp() == ago(hours=-1)
    assert list(desk.suggested) == ["silent"]


# Errors and pages


def test_answers_are_those_of_its_documents_and_pages(desk):
    picture = replace(missing("/picture.jpg", 500), role="image")
    desk.keep(rss([]), page("/a-1", "Bridge", TEXT), missing("/b-2"), picture, hours=2)
    desk.keep(missing("/c-3", 503), replace(missing("/feed.xml"), role="feed"), hours=1)
    figures = desk.figures
    assert (figures.answers, figures.errors) == (5, 2)


def test_tries_without_an_answer_are_errors_but_not_what_we_did_not_ask(desk):
    url = f"{SITE}/a-{{}}"
    desk.schedule(
        Task(url=url.format(1), role="page", failures=2, reason="too-slow", due=9e9),
        Task(url=url.format(2), role="page", failures=9, reason="too-slow"),
        Task(url=url.format(3), role="page", failures=4, reason="robots-disallowed", due=9e9),
        Task(url=url.format(4), role="image", failures=9, reason="too-slow"),
        Task(url=url.format(5), role="page", failures=1, reason="http-503", last_status=503, due=9e9),
        Task(url=url.format(6), role="page"),
    )  # fmt: skip
    figures = desk.figures
    assert (figures.answers, figures.errors, figures.given_up) == (11, 11, 1)


def test_bodies_behind_a_wall_are_told_from_whole_ones(desk):
    for hour in range(6):
        desk.keep(page(f"/open-{hour}", f"Bridge {hour}", TEXT), hours=40 - hour)
    for hour in range(3):
        walled = f"<article><h1>Ferry {hour}</h1><p>{TEXT[0]}</p>{WALL}</article>"
        wanted = f'<meta name="article:content_tier" content="locked">{walled}'
        desk.keep(answer(f"/walled-{hour}", wanted.encode()), hours=10 - hour)
    bodies = desk.figures.bodies
    assert (bodies.looked, bodies.walled, bodies.truncated, bodies.empty) == (9, 3, 0, 0)
    assert bodies.walled_since.timestamp() == ago(hours=10)
    assert bodies.example == f"{SITE}/walled-2"
    assert list(desk.suggested) == ["walled"]


def test_a_page_that_answers_nearly_without_text_is_told_from_one_never_had(desk):
    entries = [(f"/a-{n}", f"Bridge {n}", "The bridge is open again to lorries.") for n in range(6)]
    desk.keep(rss(entries), hours=2)
    assert desk.figures.bodies.summaries == 6
    shells = [answer(f"/a-{n}", b"<div id='app'></div><script src='app.js'></script>") for n in range(6)]  # fmt: skip
    desk.keep(*shells, hours=1)
    bodies = desk.figures.bodies
    assert (bodies.empty, bodies.summaries) == (6, 0)
    assert list(desk.suggested) == ["browser-needed"]


# What the documents say


def moving(new, more=""):
    """The feed, which names a new address."""
    itunes = "http://www.itunes.com/dtds/podcast-1.0.dtd"
    said = f'<n:new-feed-url xmlns:n="{itunes}">{new}</n:new-feed-url>{more}'
    return answer("/feed.xml", feeds.rss([], more=said), "application/rss+xml", role="feed")


def test_a_feed_that_names_its_new_address_has_moved_though_it_died_since(desk):
    desk.keep(moving("https://quay.example/feed.xml"), days=2)
    desk.keep(replace(missing("/feed.xml"), role="feed"), hours=1)
    assert desk.suggested["moved"].command == "newskeep follow https://quay.example/feed.xml"


def test_a_feed_that_names_its_own_address_has_not_moved(desk):
    desk.keep(moving(FEED), days=2)
    assert desk.suggested == {}


def test_a_redirect_for_good_to_no_feed_is_told_with_its_target(desk):
    desk.keep(rss([]), days=2)
    desk.keep(redirect("/feed.xml", "/news/", role="feed"), hours=1)
    assert desk.suggested == {}
    desk.schedule(poll(failures=1, last_status=404, due=9e9))
    assert desk.suggested["moved"].command == f"newskeep follow {SITE}/news/"


HUB = '<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/"/>'


def hubbed():
    return answer("/feed.xml", feeds.rss([], more=HUB), "application/rss+xml", role="feed")


def test_a_hub_is_told_once_for_all_sources(desk):
    desk.keep(hubbed())
    other = desk.archive.follow(f"{SITE}/other.xml")
    desk.archive.keep([replace(hubbed(), url=other.url, source=other.id)])
    told = [one.kind for one in desk.archive.status().suggestions]
    assert told.count("hub-offered") == 1
    assert [one.kind for one in desk.archive.status(other.id).suggestions] == ["hub-offered"]


def robots(text, **facts):
    return answer("/robots.txt", text.encode(), "text/plain", role="robots", **facts)


def test_the_sitemap_of_a_dead_feeds_site_is_found_in_its_newest_robots_txt(desk):
    desk.schedule(poll(failures=9, last_ok=seconds(days=9), due=9e9))
    desk.keep(robots(f"Sitemap: {SITE}/old.xml"), days=2)
    lines = f"Sitemap: {SITE}/news.xml\nSitemap: javascript:alert(1)\nSitemap: /relative.xml"
    desk.keep(robots(lines), days=1)
    found = desk.suggested["sitemap-found"]
    assert found.command == f"newskeep follow {SITE}/news.xml --kind sitemap"
    desk.archive.follow(f"{SITE}/news.xml", kind="sitemap")
    assert "sitemap-found" not in desk.suggested


def test_the_sitemap_of_the_articles_site_counts_where_the_feed_stands_elsewhere(desk):
    desk.schedule(poll(failures=9, last_ok=seconds(days=9), due=9e9))
    desk.keep(page("https://www.quay.example/a-1", "Bridge", TEXT), days=9)
    its_own = replace(robots(f"Sitemap: {SITE}/n.xml"), url="https://www.quay.example/robots.txt")
    desk.keep(its_own, days=9)
    assert "sitemap-found" in desk.suggested


def test_a_robots_txt_that_failed_names_nothing(desk):
    desk.schedule(poll(failures=9, last_ok=seconds(days=9), due=9e9))
    desk.keep(robots(f"Sitemap: {SITE}/news.xml", status=404), days=1)
    assert "sitemap-found" not in desk.suggested


@pytest.mark.parametrize("payload", [b"\x1f\x8b broken", b"<rss hub new-feed-url", b"\xff" * 99])
def test_documents_that_cannot_be_read_say_nothing(desk, payload):
    broken = replace(hubbed(), payload=payload)
    desk.keep(broken, replace(robots(""), payload=payload), days=3)
    desk.schedule(poll(failures=9, last_ok=seconds(days=9), due=9e9))
    assert list(desk.suggested) == ["unreachable"]


def test_a_capture_file_that_is_lost_does_not_stop_a_status(desk):
    desk.keep(hubbed(), robots(f"Sitemap: {SITE}/news.xml"), days=1)
    desk.archive.drop_writer()
    (name,) = desk.archive.captures.files()
    (desk.archive.layout.captures / name).unlink()
    desk.archive.captures = Captures(desk.archive.layout.captures)
    assert desk.suggested == {}


def test_an_account_is_known_and_a_file_of_them_that_others_may_read_stops_no_status(desk):
    walled = (
        b'<meta name="article:content_tier" content="locked"><article><p>Subscribe.</p></article>'
    )
    desk.keep(*(answer(f"/a-{n}", walled + b"%d" % n) for n in range(3)), hours=1)
    root = desk.archive.layout.root
    credentials.put(root, desk.source.id, Credentials(password="x"))
    assert "renew it" in desk.suggested["walled"].message
    (root / credentials.FILE).chmod(0o644)
    assert "use it" in desk.suggested["walled"].message


def test_a_contact_is_asked_for_once(desk):
    desk.archive.follow(f"{SITE}/other.xml")
    (only,) = desk.archive.status().suggestions
    assert (only.kind, only.source) == ("no-contact", "")


def test_the_most_pressing_suggestion_comes_first_whichever_source_it_is_about(desk):
    desk.change(every=60)
    desk.archive.follow(f"{SITE}/b.xml")
    (*_, other) = desk.archive.sources().values()
    desk.archive.change_source(replace(other, stopped="410 Gone"))
    told = [one.kind for one in desk.archive.status().suggestions]
    assert told == ["stopped", "every-too-low", "no-contact"]


# Doubtful articles


def doubt(desk, number, confidence, source="", text="Some words. "):
    """An article of this confidence, as an extractor would have given it."""
    desk.archive.keep([page(f"/2026/doubtful-{number}", f"D {number}", [text * 20])])
    story = desk.archive[f"{SITE}/2026/doubtful-{number}"].id
    with desk.archive.catalogue.transaction():
        desk.archive.catalogue.run(
            "put_quality", story=story, source=source or desk.source.id, confidence=confidence
        )


def test_the_articles_of_least_confidence_are_named_with_what_explains_them(desk):
    for number, confidence in enumerate((0.9, 0.3, 0.1, 0.5, 0.2, 0.49, 0.4, 0.45)):
        doubt(desk, number, confidence)
    found = desk.archive.status().doubtful
    assert [one.confidence for one in found] == [0.1, 0.2, 0.3, 0.4, 0.45]
    assert found[0].url == f"{SITE}/2026/doubtful-2"
    assert found[0].command == f"newskeep extract {SITE}/2026/doubtful-2 --explain"
    assert desk.figures.doubtful == 6


def test_doubtful_articles_of_another_source_are_not_this_one_s(desk):
    doubt(desk, 1, 0.1)
    doubt(desk, 2, 0.2, source="other")
    assert [one.source for one in desk.archive.status().doubtful] == [desk.source.id, "other"]
    assert [one.confidence for one in desk.archive.status("Bell").doubtful] == [0.1]
    assert desk.figures.doubtful == 1


def test_an_article_that_is_read_better_is_doubtful_no_more(desk):
    desk.keep(answer("/2026/bridge-9", b"<title>Bridge</title>"))
    assert [one.confidence for one in desk.archive.status().doubtful] == [0.0]
    desk.keep(page("/2026/bridge-9", "Bridge", TEXT * 9))
    assert desk.archive.status().doubtful == ()
    desk.archive.rebuild()
    assert desk.archive.status().doubtful == ()
