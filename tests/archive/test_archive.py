"""The archive as a user of the library meets it, without a network."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support.answers import SITE, missing, page, picture, redirect, rss

import newskeep
from newskeep import Archive
from newskeep.errors import (
    ArchiveBusy,
    ArchiveExists,
    CaptureError,
    ConfigError,
    NoArchive,
    NotFound,
    UsageError,
)

STORY = [
    "The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs.",
    "Engineers replaced forty bearings and rebuilt the northern pier, the port authority said.",
    "Ferries will go on until the spring, since the new toll gates are not yet finished.",
]
CHINESE = [
    "蓝湖港务局周五宣布，封闭两年的跨海大桥重新向货车开放，首日通行三千余辆。",
    "工程师更换了四十个支座，并重建了北侧桥墩，总费用比预算少百分之六。",
    "新的收费站要到明年春天才能完工，在此之前渡轮继续运行。",
]


@pytest.fixture
def archive(tmp_path):
    with newskeep.init(tmp_path / "news", title="Harbour") as made:
        yield made


def kept(archive, *received):
    return [change.what for taken in archive.keep(received) for change in taken.changes]


def test_a_new_archive_has_the_layout_that_the_format_describes(tmp_path):
    newskeep.init(tmp_path / "news").close()
    names = {path.name for path in (tmp_path / "news").iterdir()}
    assert {"newskeep.toml", "sources.toml", "captures", "journal.jsonl", "derived"} <= names
    with pytest.raises(ArchiveExists):
        newskeep.init(tmp_path / "news")


def test_a_folder_without_an_archive_is_told_with_the_remedy(tmp_path):
    with pytest.raises(NoArchive, match="newskeep init"):
        newskeep.open(tmp_path)


def test_an_archive_cannot_be_made_inside_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError):
        newskeep.init(tmp_path / "file" / "news")


def test_what_is_kept_can_be_read_found_and_compared(archive):
    assert kept(archive, page("/bridge-1", "Bridge opens", STORY)) == ["new"]
    edited = [STORY[0].replace("two years", "three years"), *STORY[1:]]
    assert kept(archive, page("/bridge-1", "Bridge opens", edited)) == ["revised"]
    story = archive[f"{SITE}/bridge-1?utm_source=x"]
    assert "three years" in story.article.text
    assert "Home" not in story.article.text
    found = newskeep.diff(story.revisions[0], story.revisions[-1])
    changed = [(piece.op, piece.text) for piece in found.body if piece.op != "same"]
    assert changed == [("removed", "two"), ("added", "three")]
    assert [hit.story for hit in archive.search("bearings")] == [story.id]
    assert archive.search("three years")[0].revision.id == story.latest.id


def test_chinese_is_found_exactly(archive):
    kept(archive, page("/zh-1", "跨海大桥重新开放", CHINESE, lang="zh-Hans"))
    for query in ("港务局", "桥", "北侧桥墩", "三千余辆", "大桥重新"):
        assert len(archive.search(query)) == 1, query
    for query in ("务港局", "大桥北侧", "船"):
        assert archive.search(query) == [], query


def test_the_same_page_again_is_a_revisit_and_no_revision(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    assert kept(archive, page("/bridge-1", "Bridge opens", STORY)) == ["same"]
    kinds = [capture.kind for capture in archive.captures.walk()]
    assert kinds == ["response", "revisit"]
    assert len(archive[f"{SITE}/bridge-1"].latest.captures) == 2


def test_a_page_that_goes_is_kept_and_said_to_be_gone(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    assert kept(archive, missing("/bridge-1"), missing("/bridge-1", 410)) == ["missing", "gone"]
    story = archive[f"{SITE}/bridge-1"]
    assert story.state == "gone"
    assert "bearings" in story.article.text
    assert archive.search("is:gone")[0].story == story.id


def test_feed_redirect_and_page_are_one_story(archive):
    entries = [("/go/77", "Bridge opens", "Lorries may cross.")]
    assert kept(archive, rss(entries)) == ["new"]
    hops = (
        redirect("/go/77", "/2026/bridge-opens-77"),
        page("/2026/bridge-opens-77", "Bridge opens", STORY),
    )
    assert kept(archive, *hops) == ["trouble", "better"]
    story = archive[f"{SITE}/go/77"]
    assert story.id == archive[f"{SITE}/2026/bridge-opens-77"].id
    assert len(story.revisions) == 1
    assert story.article.published.offset == 480


def test_a_redirect_to_the_front_page_joins_nothing(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY), page("/ferry-22", "Ferry", CHINESE))
    kept(archive, redirect("/bridge-1", "/news/"), redirect("/ferry-22", "/news/"))
    assert archive[f"{SITE}/bridge-1"].id != archive[f"{SITE}/ferry-22"].id


def test_a_picture_is_found_through_its_redirects(archive):
    kept(archive, redirect("/p/1", "/files/1.jpg", role="image"), picture("/files/1.jpg"))
    assert archive.picture(f"{SITE}/p/1").payload.startswith(b"\xff\xd8")
    assert archive.picture(f"{SITE}/p/2") is None


def test_a_picture_that_redirects_in_a_circle_is_none(archive):
    kept(archive, redirect("/p/1", "/p/2", role="image"), redirect("/p/2", "/p/1", role="image"))
    assert archive.picture(f"{SITE}/p/1") is None


def test_received_is_what_came(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    raw = archive.received(archive[f"{SITE}/bridge-1"].latest)
    assert raw.startswith(b"<!doctype html>")


def test_rebuild_gives_the_same_with_one_and_two_workers(archive):
    kept(archive, rss([("/bridge-1", "Bridge opens", "Lorries may cross.")]))
    kept(archive, page("/bridge-1", "Bridge opens", STORY), page("/zh-1", "大桥", CHINESE))
    archive.writer.close()
    archive._writer = None  # the next captures go to a file of their own
    kept(archive, page("/bridge-1", "Bridge opens at last", STORY), page("/zh-1", "大桥", CHINESE))
    kept(archive, missing("/zh-1"), missing("/zh-1"))
    before = archive.digest()
    assert len(archive.captures.files()) == 2
    assert archive.rebuild() == before
    assert archive.rebuild(workers=2) == before
    assert archive.digest() == before
    assert list(archive.check()) == []
    assert len(archive.search("bearings")) == 1


def test_derived_may_be_deleted_at_any_time(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY), missing("/bridge-1"))
    before = archive.digest()
    archive.close()
    shutil.rmtree(archive.layout.derived)
    with Archive(archive.layout.root) as again:
        assert again.digest() == before


def test_a_tail_that_was_not_catalogued_is_taken_in(archive):
    with archive.writing():
        archive.append([page("/bridge-1", "Bridge opens", STORY)])
    archive.close()
    with Archive(archive.layout.root) as again:
        assert again[f"{SITE}/bridge-1"].article.title == "Bridge opens"


def test_a_torn_tail_is_cut_and_told(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY), page("/zh-1", "大桥", CHINESE))
    archive.close()
    (name,) = archive.captures.files()
    file = archive.layout.captures / name
    file.write_bytes(file.read_bytes()[:-100])
    shutil.rmtree(archive.layout.derived)
    with Archive(archive.layout.root) as again:
        assert f"{SITE}/bridge-1" in again
        assert f"{SITE}/zh-1" not in again
        assert [problem.kind for problem in again.problems] == ["torn-tail"]


def test_a_second_writer_gets_a_clear_word_and_readers_go_on(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    with Archive(archive.layout.root) as other:
        assert f"{SITE}/bridge-1" in other
        with pytest.raises(ArchiveBusy, match="another newskeep is writing"):
            other.keep([page("/zh-1", "大桥", CHINESE)])
    archive.close()
    with Archive(archive.layout.root) as other:
        assert kept(other, page("/zh-1", "大桥", CHINESE)) == ["new"]


def test_following_twice_updates_and_unfollowing_keeps_what_was_kept(archive):
    first = archive.follow(f"{SITE}/feed.xml", tags=["a"], every=1800)
    second = archive.follow(f"{SITE}/feed.xml?utm_source=rss", title="Harbour Bell")
    assert first.id == second.id
    (source,) = archive.sources().values()
    assert (source.title, source.tags, source.every) == ("Harbour Bell", ("a",), 1800)
    assert archive.source_named("Harbour Bell") == source
    archive.unfollow(source)
    assert archive.sources() == {}
    with pytest.raises(NotFound, match="newskeep sources"):
        archive.source_named("Harbour Bell")


@pytest.mark.parametrize("url", ["ftp://example.com/feed", "feed.xml", "file:///etc/passwd", ""])
def test_only_web_addresses_are_followed(archive, url):
    with pytest.raises(UsageError, match="no web address"):
        archive.follow(url)


def test_nothing_under_an_address_is_told(archive):
    with pytest.raises(NotFound, match="nothing is kept under"):
        archive[f"{SITE}/nothing"]


def test_select_narrows_the_walk(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY), page("/zh-1", "大桥", CHINESE))
    assert [one.article.title for one in archive.stories(select="bearings")] == ["Bridge opens"]
    assert len(list(archive.stories())) == 2


def test_a_sources_new_tags_find_what_was_kept_before(archive):
    archive.follow(f"{SITE}/feed.xml", title="Harbour")
    (source,) = archive.sources().values()
    kept(archive, page("/bridge-1", "Bridge opens", STORY, source=source.id))
    assert archive.search("tag:opinion") == []
    archive.follow(f"{SITE}/feed.xml", tags=["opinion"])
    assert len(archive.search("tag:opinion")) == 1


def test_an_address_is_shown_without_what_tracks_its_reader(archive):
    kept(archive, page("/bridge-1?id=7&utm_source=rss", "Bridge opens", STORY))
    assert archive[f"{SITE}/bridge-1?id=7"].url == f"{SITE}/bridge-1?id=7"


def test_a_zone_that_nobody_knows_is_refused(archive):
    with pytest.raises(UsageError, match="no time zone"):
        archive.follow(f"{SITE}/feed.xml", zone="Mars/Olympus")


def test_public_names_stay_functions_whatever_is_imported():
    import newskeep.compare
    import newskeep.extraction

    assert callable(newskeep.diff)
    assert newskeep.extract(b"<p>x</p>", url="https://example.com/").url
    assert set(newskeep.__all__) <= {*dir(newskeep), *newskeep._HOMES}
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        newskeep.nothing


def test_a_warc_file_can_be_read_without_an_archive(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    archive.close()
    (file,) = Path(archive.layout.captures).iterdir()
    captures = [one for one in newskeep.read_warc(file) if one.status == 200]
    assert newskeep.extract(captures[0]).title == "Bridge opens"
    with pytest.raises(UsageError, match="holds no article"):
        newskeep.extract(replace(captures[0], status=404))


def test_what_changed_about_a_source_is_written_where_people_read_it(archive):
    source = archive.follow(f"{SITE}/feed.xml", title="Bell")
    archive.change_source(replace(source, stopped="http-410", url=f"{SITE}/new.xml"))
    (changed,) = archive.sources().values()
    assert (changed.id, changed.url, changed.stopped) == (source.id, f"{SITE}/new.xml", "http-410")


def test_a_failure_while_keeping_loses_nothing_that_was_appended(archive, monkeypatch):
    def failing(*arguments):
        raise OSError("the disk is full")

    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    with monkeypatch.context() as patch:
        patch.setattr("newskeep.intake.Intake.take", failing)
        with pytest.raises(OSError, match="full"):
            archive.keep([page("/zh-1", "大桥", CHINESE)])
    assert f"{SITE}/zh-1" not in archive
    assert kept(archive, page("/ferry-2", "Ferry ends", STORY[::-1])) == ["new"]
    archive.close()
    with Archive(archive.layout.root) as again:
        assert f"{SITE}/zh-1" in again
        assert len(again.captures.files()) == 2


def test_a_reader_leaves_what_another_process_is_writing_to_that_process(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    archive.append([page("/zh-1", "大桥", CHINESE)])
    with Archive(archive.layout.root) as reader:
        assert f"{SITE}/zh-1" not in reader
        assert f"{SITE}/bridge-1" in reader
    archive.close()
    with Archive(archive.layout.root) as reader:
        assert f"{SITE}/zh-1" in reader
        with Archive(archive.layout.root) as other:  # and the lock was given back
            kept(other, page("/ferry-2", "Ferry ends", STORY))


def test_a_revision_whose_capture_the_catalogue_lost_says_what_to_do(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    story = archive[f"{SITE}/bridge-1"]
    archive.catalogue.connection.execute("DELETE FROM capture")
    with pytest.raises(NotFound, match="newskeep rebuild"):
        archive.received(story.latest)


def test_a_revision_is_found_by_its_id_or_by_its_story(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY))
    story = archive[f"{SITE}/bridge-1"]
    assert archive.revision(story.latest.id.upper()) == story.latest
    assert archive.revision(story.url) == story.latest
    with pytest.raises(NotFound):
        archive.revision("0" * 32)


def test_empty_payloads_are_never_revisits(archive):
    kept(archive, redirect("/a", "/b-1-x"), redirect("/c", "/d-1-x"))
    archive.keep(
        [
            replace(redirect("/e", "/f-1-x"), payload=b""),
            replace(redirect("/g", "/h-1-x"), payload=b""),
        ]
    )
    kinds = [one.kind for one in archive.captures.walk()]
    assert kinds == ["response", "revisit", "response", "response"]


def test_a_picture_that_nothing_is_known_of_is_none(archive):
    assert archive.picture(f"{SITE}/none.jpg") is None
    kept(archive, replace(picture("/dead.jpg"), status=404))
    assert archive.picture(f"{SITE}/dead.jpg") is None


def test_settings_saved_with_a_byte_order_mark_are_read(archive):
    archive.close()
    file = archive.layout.settings
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    with Archive(archive.layout.root) as again:
        assert again.settings.title == "Harbour"


def test_the_title_is_the_folders_name_where_none_is_given(tmp_path):
    with newskeep.init(tmp_path / 'a "b" \\ 報') as made:
        assert made.settings.title == 'a "b" \\ 報'


def test_init_beside_a_list_of_sources_leaves_the_list(tmp_path):
    (tmp_path / "sources.toml").write_text('[[source]]\nid = "a"\nurl = "https://example.com/"\n')
    with newskeep.init(tmp_path) as made:
        assert list(made.sources()) == ["a"]


def test_what_a_revisit_repeats_is_read_from_where_it_stands(archive):
    kept(archive, page("/bridge-1", "Bridge opens", STORY), picture("/p.jpg"))
    kept(archive, page("/bridge-1", "Bridge opens", STORY), picture("/p.jpg"))
    revisit = archive.catalogue.captures_at(f"{SITE}/bridge-1")[0]
    assert revisit.kind == "revisit"
    assert archive[f"{SITE}/bridge-1"].latest.captures[-1] == revisit.id
    assert b"bearings" in archive.received(archive[f"{SITE}/bridge-1"].latest)
    assert archive.picture(f"{SITE}/p.jpg").payload.startswith(b"\xff\xd8")


def test_a_story_whose_captures_the_catalogue_lost_is_not_folded_anew(archive):
    kept(archive, page("/a-1", "Bridge opens", STORY), page("/b-2", "Bridge", STORY))
    archive.catalogue.connection.execute("DELETE FROM capture")
    joining = redirect("/a-1", "/b-2-bridge-opens")
    kept(archive, redirect("/b-2", "/b-2-bridge-opens"))
    with pytest.raises(CaptureError, match="not in the catalogue; run: newskeep rebuild"):
        archive.keep([joining])
