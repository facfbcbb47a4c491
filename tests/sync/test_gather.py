"""Files and mail are followed as feeds are: kept in batches, once, and named where they fail."""

from __future__ import annotations

import shutil

import pytest

import newskeep
from newskeep.catalogue.frontier import Frontier
from newskeep.errors import UsageError
from newskeep.sync import gather

TEXT = "The harbour bridge reopened to lorries on Friday morning after two years of repairs. " * 4


@pytest.fixture
def pages(tmp_path):
    """A folder with three saved pages, one of them of a known address."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, head in enumerate(["", "", '<link rel="canonical" href="https://a.example/3-x">']):
        date = '<meta property="article:published_time" content="2026-11-01T08:00:00Z">'
        html = f"<html><head><title>Page {number}</title>{date}{head}</head><body><p>{TEXT}{number}</p>"
        (folder / f"{number}.html").write_text(html, encoding="utf-8")
    return folder


@pytest.fixture
def archive(tmp_path):
    """An archive that fetches no pictures."""
    with newskeep.init(tmp_path / "news") as made:
        yield made


def follow(archive, place):
    """Follow what an address or path offers."""
    offer = archive.look(str(place))
    return archive.follow(offer.url, kind=offer.kind)


def test_a_folder_is_followed_and_kept_once(archive, pages):
    source = follow(archive, pages)
    assert source.kind == "folder"
    report = archive.sync()
    assert (report.sources, report.new, report.captured, report.problems) == (1, 3, 3, [])
    assert archive["https://a.example/3-x"].source == source.id
    assert archive.sync().captured == 0


def test_a_changed_file_is_a_revision_when_the_source_is_due_again(archive, pages, monkeypatch):
    follow(archive, pages)
    archive.sync()
    (pages / "1.html").write_text(f"<title>Page 1</title><p>{TEXT} Not any more.</p>")
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "4000")
    report = archive.sync()
    assert (report.new, report.revised) == (0, 1)


def test_events_tell_what_was_kept_and_what_was_new(archive, pages):
    follow(archive, pages)
    events = []
    archive.sync(on_event=events.append)
    names = [event["event"] for event in events]
    assert names.count("captured") == names.count("new") == 3
    assert {event["title"] for event in events if event["event"] == "new"} == {
        "Page 0", "Page 1", "Page 2",
    }  # fmt: skip


def test_what_cannot_be_read_is_a_problem_until_it_can(archive, pages, monkeypatch):
    source = follow(archive, pages)
    away = pages.with_name("away")
    pages.rename(away)
    report = archive.sync()
    assert [problem.kind for problem in report.problems] == ["file-missing"]
    (shown,) = archive.status().problems
    assert "its disk" in shown.message
    shutil.copytree(away, pages)
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "4000")
    assert archive.sync().new == 3
    assert archive.status().problems == ()
    assert source.id


def test_batches_are_bounded_in_number_and_bytes():
    from newskeep.types import Received

    small = [Received(url=str(one), role="page", payload=b"x") for one in range(250)]
    assert [len(batch) for batch in gather._batches(iter(small))] == [100, 100, 50]
    large = [Received(url=str(one), role="page", payload=bytes(9 << 20)) for one in range(3)]
    assert [len(batch) for batch in gather._batches(iter(large))] == [2, 1]


def test_a_host_that_is_lost_in_between_is_gone_on_with_by_its_next_owner(
    archive, pages, monkeypatch
):
    renew = Frontier.renew
    answers = iter([False])
    follow(archive, pages)
    monkeypatch.setattr(
        Frontier, "renew", lambda *given: next(answers, None) is None and renew(*given)
    )
    report = archive.sync()
    assert (report.captured, report.new) == (3, 3)


def test_what_is_neither_an_address_nor_a_place_is_refused(archive, tmp_path):
    with pytest.raises(UsageError, match="neither a web address"):
        archive.look(str(tmp_path / "nothing"))
