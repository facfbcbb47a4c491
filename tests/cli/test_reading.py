"""The verbs that read: list, show, log, diff, search, status, sources."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from support.answers import SITE

import newskeep
from newskeep.catalogue.pack import pack

BRIDGE, FERRY, CHINESE = f"{SITE}/bridge-1", f"{SITE}/ferry-2", f"{SITE}/zh-3"


def story_of(folder, url):
    with newskeep.open(folder) as archive:
        return archive[url]


def test_list_shows_id_date_source_title_and_what_happened(run, kept):
    done = run("list", "--archive", kept)
    assert done.code == 0
    bridge = story_of(kept, BRIDGE)
    (line,) = [one for one in done.lines if bridge.id in one]
    assert re.search(r"2026-10-30.*  .*Bridge opens at last \[v2\]$", line)
    assert any(line.endswith("Ferry ends [gone]") for line in done.lines)
    assert len(done.lines) == 3


def test_list_can_be_narrowed_and_turned_round(run, kept):
    everything = run("list", "--archive", kept, "--ids").lines
    assert run("list", "--archive", kept, "--ids", "--oldest").lines == everything[::-1]
    assert run("list", "--archive", kept, "--ids", "--limit", 2).lines == everything[:2]
    assert run("list", "--archive", kept, "--ids", "--select", "is:gone").lines == [
        story_of(kept, FERRY).id
    ]


def test_list_as_json_is_one_object_a_line(run, kept):
    found = {one["url"]: one for one in run("list", "--archive", kept, "--json").objects}
    bridge = found[BRIDGE]
    assert bridge["title"] == "Bridge opens at last"
    assert bridge["state"] == "live"
    assert len(bridge["revisions"]) == 2
    assert bridge["published"] == {"at": "2026-10-30T01:00:00Z", "offset": 480, "day_only": False}
    assert bridge["source_title"] == "Harbour Bell"
    assert bridge["tags"] == ["local"]
    assert found[FERRY]["state"] == "gone"
    assert found[FERRY]["missing_since"].endswith("Z")


def test_an_empty_archive_says_what_to_do_next(run, empty):
    assert run("list", "--archive", empty).out == "Nothing is kept yet. Next: newskeep sync\n"
    assert run("list", "--archive", empty, "--json").out == ""
    assert run("list", "--archive", empty, "--ids").out == ""
    assert run("sources", "--archive", empty).out.startswith("Nothing is followed yet.")


def test_a_selection_that_finds_nothing_says_so(run, kept):
    assert (
        run("list", "--select", "zeppelin", "--archive", kept).out == "Nothing found for zeppelin\n"
    )


def test_a_word_left_out_without_quotes_is_explained(run, kept):
    done = run("search", "bridge", "-toll", "--archive", kept)
    assert done.code == 2
    assert "in quotes: 'bridge -toll'" in done.err


def test_show_reads_well(run, kept):
    done = run("show", BRIDGE, "--archive", kept)
    assert done.lines[0] == "Bridge opens at last"
    assert "Harbour Bell" in done.lines[1]
    assert "2026-10-30 09:00" in done.lines[1]
    assert done.lines[2] == BRIDGE
    assert "bearings" in done.out
    assert "version 2 of 2" in done.lines[-1]
    assert max(map(len, done.lines[:-1])) <= 80


def test_show_tells_of_a_story_that_is_gone_and_of_an_older_version(run, kept):
    assert "Gone from its source since 2" in run("show", FERRY, "--archive", kept).out
    old = run("show", BRIDGE, "--rev", 1, "--archive", kept)
    assert old.lines[0] == "Bridge opens"
    assert "This is version 1 of 2." in old.lines


def test_a_story_is_named_by_address_id_start_of_an_id_or_revision(run, kept):
    story = story_of(kept, BRIDGE)
    first = story.revisions[0].id
    for name in (BRIDGE + "?utm_source=x", story.id, story.id[:8], story.latest.id):
        assert run("show", name, "--archive", kept).lines[0] == "Bridge opens at last"
    for name in (first, first[:20], first.upper()):
        assert run("show", name, "--archive", kept).lines[0] == "Bridge opens"


def test_show_gives_html_markdown_json_and_the_bytes_received(run, kept, command):
    html = run("show", BRIDGE, "--html", "--archive", kept).out
    assert html.startswith("<p>The harbour bridge")
    assert "<nav" not in html
    markdown = run("show", BRIDGE, "--markdown", "--archive", kept).out
    assert markdown.startswith("# Bridge opens at last\n\nThe harbour bridge")
    (everything,) = run("show", BRIDGE, "--json", "--archive", kept).objects
    assert everything["revision"]["number"] == 2
    assert everything["revision"]["article"]["text"].startswith("The harbour")
    raw = command("show", BRIDGE, "--raw", "--archive", kept)
    assert raw.stdout.startswith(b"<!doctype html>")
    assert b"All rights reserved" in raw.stdout


def test_the_forms_of_show_exclude_one_another(run, kept):
    done = run("show", BRIDGE, "--html", "--json", "--archive", kept)
    assert done.code == 2
    assert "not allowed with" in done.err


def test_log_tells_every_version_and_the_end(run, kept):
    story = story_of(kept, BRIDGE)
    done = run("log", BRIDGE, "--archive", kept)
    assert done.lines[:2] == ["Bridge opens at last", BRIDGE]
    assert re.match(rf"v1  .*Z  {story.revisions[0].id}  first version$", done.lines[2])
    assert done.lines[3].endswith("headline changed, 3 words added, 1 word removed")
    assert run("log", FERRY, "--archive", kept).lines[-1].startswith("gone  2")
    first, second = run("log", BRIDGE, "--json", "--archive", kept).objects
    assert (first["number"], second["number"]) == (1, 2)
    assert second["captures"]


def test_diff_marks_words_and_single_characters(run, kept):
    done = run("diff", BRIDGE, "--archive", kept)
    assert done.code == 0
    assert "v1 → v2: headline changed" in done.lines[0]
    assert "Bridge opens{+ at last+}" in done.out
    assert "after [-two-]{+three+} years" in done.out
    (facts,) = run("diff", BRIDGE, "--json", "--archive", kept).objects
    assert ["removed", "two"] in facts["body"]
    assert run("diff", BRIDGE, 2, 1, "--archive", kept).out.count("{+two+}") == 1
    same = run("diff", CHINESE, "--archive", kept)
    assert same.lines[0].endswith("v1 → v1: no change in the words")


def test_search_finds_counts_and_says_when_there_is_nothing(run, kept):
    done = run("search", "支座", "--archive", kept)
    assert done.lines[0] == "跨海大桥重新开放"
    assert "支座" in done.lines[2]
    assert run("search", "bearings", "--count", "--archive", kept).out == "2\n"
    assert run("search", "座支", "--archive", kept).out == "Nothing found for 座支\n"
    (hit,) = run("search", "bearings", "three", "--json", "--archive", kept).objects
    assert hit["url"] == BRIDGE
    assert "\x02three\x03" in hit["snippet"]
    assert len(run("search", "bearings", "--limit", 1, "--json", "--archive", kept).objects) == 1


def test_sources_lists_what_is_followed(run, kept):
    (line,) = run("sources", "--archive", kept).lines
    assert re.search(rf"Harbour Bell  feed  30m  local  {SITE}/feed\.xml$", line)
    (facts,) = run("sources", "--json", "--archive", kept).objects
    assert (facts["title"], facts["every"], facts["tags"]) == ("Harbour Bell", 1800, ["local"])


@pytest.mark.parametrize("place", ["before", "after", "environment", "folder", "home"])
def test_the_archive_is_named_in_four_ways(run, kept, place, monkeypatch):
    arguments = ["list", "--ids"]
    if place == "before":
        arguments = ["--archive", kept, *arguments]
    elif place == "after":
        arguments += ["--archive", kept]
    elif place == "environment":
        monkeypatch.setenv("NEWSKEEP_ARCHIVE", str(kept))
    elif place == "folder":
        monkeypatch.chdir(kept)
    else:
        monkeypatch.setenv("HOME", str(kept.parent))
        arguments += ["--archive", "~/news"]
    assert len(run(*arguments).lines) == 3


def test_what_stands_behind_the_verb_wins_over_before_and_the_environment(run, kept, monkeypatch):
    monkeypatch.setenv("NEWSKEEP_ARCHIVE", "/nowhere")
    assert run("--archive", "/elsewhere", "list", "--archive", kept).code == 0
    assert run("--archive", kept, "list").code == 0


def test_show_tells_what_is_behind_a_wall_undated_or_has_a_subtitle(run, empty):
    post = (
        "---\ntitle: Bridge\nfrom: https://example.com/1\ndate: NaN\ncategories: [ Bell ]\n---\n"
        "<!--NaN-->\n<p>The bridge is open to lorries again, the port authority said.</p>\n"
    )
    mirror = empty.parent / "_posts"
    mirror.mkdir()
    (mirror / "bridge.md").write_text(post)
    run("import", "jekyll", mirror, "--archive", empty)
    done = run("show", "https://example.com/1", "--archive", empty)
    assert any(line.startswith("Note: bridge.md: no date") for line in done.lines)
    with newskeep.open(empty) as archive:
        (story,) = archive.stories()
        walled = replace(story.article, access="metered", subtitle="Lorries cross")
        with archive.writing(), archive.catalogue.transaction():
            values = {"id": story.latest.id, "article": pack(walled)}
            archive.catalogue.run("set_article", **values)
    done = run("show", "https://example.com/1", "--archive", empty)
    assert done.lines[1] == "Lorries cross"
    assert "Access at the source: metered." in done.lines
    assert run("list", "--archive", empty).out.endswith("Bridge [metered]\n")


def test_a_story_without_a_title_is_named_by_its_address(run, kept):
    with newskeep.open(kept) as archive, archive.writing(), archive.catalogue.transaction():
        story = archive[BRIDGE]
        untitled = pack(replace(story.article, title=" "))
        archive.catalogue.run("set_article", id=story.latest.id, article=untitled)
    (line,) = [one for one in run("list", "--archive", kept).lines if story.id in one]
    assert line.endswith(f"Harbour Bell  {BRIDGE} [v2]")
    assert run("show", BRIDGE, "--archive", kept).lines[0] == BRIDGE
    assert run("log", BRIDGE, "--archive", kept).lines[0] == BRIDGE
    assert run("search", "bearings", "three", "--archive", kept).lines[0] == BRIDGE
