"""The whole path: a newsstand is followed, changes, and everything it showed is kept."""

from __future__ import annotations

from collections import Counter

import pytest

FERRY = "ferry-timetable-withdrawn"
BRIDGE = "bridge-reopens-lorries"


def bell(newsstand):
    return f"{newsstand.base}/bell/rss.xml"


def named(events):
    return Counter(one["event"] for one in events)


def paths(newsstand):
    return [one.path for one in newsstand.log]


@pytest.fixture
def first(newsstand, follow, sync):
    """The first sync of one paper."""
    follow(bell(newsstand), title="The Bell")
    return sync()


def test_a_first_sync_keeps_every_article_with_its_pictures(archive, newsstand, first):
    report, events = first
    assert (report.sources, report.new, report.problems) == (1, 4, [])
    assert str(report) == "1 source, 4 new, 0 revised, 0 gone, 0 problems"
    story = archive[f"{newsstand.base}/bell/{BRIDGE}"]
    assert story.article.title == "Lanmere bridge reopens to lorries after two years of repairs"
    assert story.article.authors == ("Ada Whitcombe",)
    assert "forty bearings" in story.article.text
    assert "newsletter" not in story.article.text
    assert archive.picture(f"{newsstand.base}/pictures/bridge.jpg").payload.startswith(b"\xff\xd8")
    assert named(events)["captured"] == report.captured == len(list(archive.captures.walk()))


def test_an_article_is_asked_for_once_under_its_canonical_address(newsstand, first):
    asked = Counter(path.split("?")[0] for path in paths(newsstand))
    assert set(asked.values()) == {1}
    assert f"/bell/{BRIDGE}" in asked
    assert not [path for path in asked if "login" in path or "drafts" in path]


def test_the_story_is_in_its_source_and_found_by_search(archive, newsstand, first):
    (hit,) = archive.search("dentist source:bell")
    story = archive[hit.story]
    assert story.source_title == "The Bell"
    assert FERRY in story.url


def test_nothing_is_asked_twice_when_nothing_is_due(newsstand, first, sync):
    before = len(newsstand.log)
    report, events = sync()
    assert (len(newsstand.log), report.captured, events) == (before, 0, [])


def test_a_feed_that_did_not_change_is_not_sent_again(archive, newsstand, first, sync, clock):
    clock.ahead(hours=12)
    before = len(newsstand.log)
    report, events = sync()
    (asked,) = [one for one in newsstand.log[before:] if one.path == "/bell/rss.xml"]
    assert asked.headers["if-none-match"].startswith('W/"')
    assert asked.headers["if-modified-since"] == "Fri, 20 Nov 2026 20:00:00 GMT"
    assert {"event": "unchanged", "url": bell(newsstand)} in events
    assert report.unchanged == 1
    assert len(archive.catalogue.captures_at(bell(newsstand))) == 1


def test_an_edit_becomes_a_revision_and_a_withdrawn_page_is_gone(
    archive, newsstand, first, sync, clock
):
    newsstand.advance()
    clock.ahead(hours=5)
    report, events = sync()
    assert (report.new, report.revised, report.gone) == (1, 1, 0)
    (revised,) = [one for one in events if one["event"] == "revised"]
    assert revised["title"].endswith("but the toll is already in dispute")
    story = archive[f"{newsstand.base}/bell/{BRIDGE}"]
    assert [revision.number for revision in story.revisions] == [1, 2]
    assert "forty bearings" in story.revisions[0].article.text
    assert "forty-four bearings" in story.revisions[1].article.text
    ferry = archive[f"{newsstand.base}/bell/{FERRY}"]
    assert ferry.state == "live"
    assert ferry.missing_since is not None

    clock.ahead(hours=1, minutes=1)
    report, events = sync()
    assert (report.new, report.revised, report.gone) == (0, 0, 1)
    ferry = archive[f"{newsstand.base}/bell/{FERRY}"]
    assert ferry.state == "gone"
    assert "dentist" in ferry.article.text
    assert archive.search("is:gone")[0].story == ferry.id
    statuses = [one.status for one in archive.catalogue.captures_at(ferry.url, role="page")]
    assert statuses == [410, 410, 200]


def test_a_page_that_comes_back_is_back(archive, newsstand, first, sync, clock):
    newsstand.advance()
    for _ in range(2):
        clock.ahead(hours=4)
        sync()
    newsstand.edition = 1
    clock.ahead(days=31)
    _, events = sync()
    assert "back" in named(events)
    assert archive[f"{newsstand.base}/bell/{FERRY}"].state == "live"


def test_pages_are_looked_at_less_and_less_and_at_last_no_more(
    archive, newsstand, first, sync, clock
):
    page = f"{newsstand.base}/bell/{BRIDGE}"
    waits = []
    for days in (0, 2, 10, 40, 370):
        clock.ahead(days=days)
        sync()
        task = archive.frontier.state(page, "page")
        waits.append(task.due - archive.frontier.now() if task.due else None)
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[-1] is None


def test_three_papers_in_three_languages_and_kinds_of_feed(archive, newsstand, follow, sync):
    for url in newsstand.feeds():
        follow(url)
    report, _ = sync()
    assert (report.sources, report.new, report.problems) == (3, 9, [])
    assert {story.article.lang for story in archive.stories()} == {"en", "zh-Hans", "zh-Hant"}
    titles = {source.title for source in archive.sources().values()}
    assert titles == {"The Lanmere Bell", "蓝湖日报", "港灣週報"}
    assert list(archive.check()) == []


def test_a_rebuild_after_sync_gives_the_same_archive(archive, newsstand, first, sync, clock):
    newsstand.advance()
    clock.ahead(hours=4)
    sync()
    before = archive.digest()
    assert archive.rebuild() == before
    asked = len(newsstand.log)
    sync()
    assert len(newsstand.log) == asked


def test_pictures_are_left_where_the_keeper_wants_none(configured, newsstand):
    archive = configured("pictures = false")
    archive.follow(bell(newsstand), allow_hosts=["127.0.0.1"])
    assert archive.sync().new == 4
    assert not [path for path in paths(newsstand) if "pictures" in path]


def test_a_picture_that_is_kept_is_not_asked_for_again(newsstand, first, sync, clock):
    newsstand.advance()
    clock.ahead(hours=4)
    sync()
    asked = Counter(path for path in paths(newsstand) if "pictures" in path)
    assert set(asked.values()) == {1}


def test_requests_and_answers_keep_no_secrets(archive, newsstand, first):
    kept = b"".join(
        (archive.layout.captures / name).read_bytes() for name in archive.captures.files()
    )
    import gzip

    text = gzip.decompress(kept).lower()
    assert b"user-agent: newskeep" in text
    for name in (b"\ncookie:", b"\nset-cookie:", b"\nauthorization:", b"\nreferer:"):
        assert name not in text
