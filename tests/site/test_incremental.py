"""A publish writes what changed, removes what went, and leaves all else alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.library import Library, story
from support.paper import PICTURE, jpeg, library, stories

from newskeep.errors import UsageError
from newskeep.publish import site
from newskeep.publish.target import Target


def held(folder) -> dict[str, tuple[bytes, int]]:
    """Every file's bytes and time of change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_second_publish_touches_nothing(tmp_path):
    site.publish(library(), tmp_path)
    before = held(tmp_path)
    report = site.publish(library(), tmp_path)
    assert (report.written, report.removed) == (0, 0)
    assert held(tmp_path) == before


def test_a_new_story_touches_few_files_and_no_full_page(tmp_path):
    site.publish(library(), tmp_path)
    before = held(tmp_path)
    site.publish(library(story(200, {"title": "Fresh", "tags": ("notices",)})), tmp_path)
    changed = {name for name, state in held(tmp_path).items() if before.get(name) != state}
    assert "index.html" in changed
    assert "tag/notices/page-1/index.html" not in changed
    assert "source/Harbour/page-1/index.html" not in changed
    assert len(changed) < 20


def test_after_any_history_the_files_are_those_of_a_fresh_build(tmp_path):
    grown, fresh = tmp_path / "grown", tmp_path / "fresh"
    everything = stories()
    for count in (3, 8, 60, 61, 20, len(everything)):
        site.publish(Library(*everything[:count], pictures={PICTURE: jpeg()}), grown)
    site.publish(library(), fresh)
    old, new = held(grown), held(fresh)
    assert {name: data for name, (data, _) in old.items()} == {
        name: data for name, (data, _) in new.items()
    }


def test_a_story_that_is_taken_away_leaves_no_page_and_others_files_stay(tmp_path):
    site.publish(library(story(300, {"title": "Brief"})), tmp_path)
    mine = tmp_path / "CNAME"
    mine.write_text("archive.example", encoding="utf-8")
    (page,) = tmp_path.glob("*/Brief")
    report = site.publish(library(), tmp_path)
    assert report.removed
    assert not page.exists()
    assert mine.read_text(encoding="utf-8") == "archive.example"


def test_places_do_not_move_when_more_stories_want_them(tmp_path):
    site.publish(library(), tmp_path)
    twin = story(
        1.5, {"title": "Bridge opens"}, first_seen=stories()[0].first_seen + timedelta(days=9)
    )
    before = (tmp_path / "2026-11-01/Bridge-opens/v1/text.html").read_bytes()
    site.publish(library(twin), tmp_path)
    assert (tmp_path / "2026-11-01/Bridge-opens/v1/text.html").read_bytes() == before
    assert len(list(tmp_path.glob("2026-11-01/Bridge-opens-*"))) == 1


def test_a_publish_that_was_broken_off_is_completed_by_the_next(tmp_path):
    broken, whole = tmp_path / "broken", tmp_path / "whole"
    site.publish(library(), whole)
    out = Target(broken, site.MANIFEST)
    for name in ("index.html", "old/index.html", "tag/x/index.html"):
        out.write(name, "half")
    del out  # no finish(): the process was killed
    site.publish(library(), broken)
    assert {name: data for name, (data, _) in held(broken).items()} == {
        name: data for name, (data, _) in held(whole).items()
    }


def test_a_name_that_leads_outside_is_refused(tmp_path):
    out = Target(tmp_path / "site", ".manifest.json")
    for name in ("../x", "/etc/x", "a/../../x", ""):
        with pytest.raises(UsageError, match="outside"):
            out.write(name, "x")


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "site").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be published into"):
        Target(tmp_path / "site", ".manifest.json")


def test_what_somebody_else_put_there_is_not_written_over(tmp_path):
    mine = tmp_path / "index.html"
    mine.write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="is not ours"):
        site.publish(library(), tmp_path)
    assert mine.read_text(encoding="utf-8") == "precious"


def test_an_archive_is_no_place_to_publish_into(tmp_path):
    (tmp_path / "newskeep.toml").write_text("format = 1", encoding="utf-8")
    with pytest.raises(UsageError, match="is an archive"):
        site.publish(library(), tmp_path)


def test_a_broken_manifest_does_no_harm(tmp_path):
    site.publish(library(), tmp_path)
    (tmp_path / site.MANIFEST).write_text("{", encoding="utf-8")
    report = site.publish(library(), tmp_path)
    assert report.removed == 0
    assert (tmp_path / "index.html").is_file()
