"""The verbs that change an archive: init, follow, unfollow, import, export, rebuild, publish, sync."""

from __future__ import annotations

import json
import re
import sys

import pytest
from newsstand import Newsstand
from support.answers import SITE

import newskeep
from newskeep import Problem, SyncReport

POST = (
    "---\nlayout: post\ntitle: The bridge {n}\ndate: 2021-10-0{n}T08:00:00.000Z\nauthor: Ada\n"
    "from: https://example.com/{n}\ntags: [ Harbour ]\ncategories: [ Harbour ]\n---\n"
    "<!--1633305600000-->\n[The bridge](https://example.com/{n})\n------\n\n"
    "<p>The bridge is open again, for the {n}th time, to lorries and to people on foot.</p>\n"
)


@pytest.fixture
def stand():
    with Newsstand() as stand:
        yield stand


@pytest.fixture
def posts(tmp_path):
    folder = tmp_path / "mirror" / "_posts"
    folder.mkdir(parents=True)
    for n in (1, 2, 3):
        (folder / f"2021-10-0{n}-bridge.md").write_text(POST.format(n=n))
    return folder.parent


def patient(folder):
    """No waiting between two requests, and no robots.txt or pictures."""
    toml = folder / "newskeep.toml"
    text = (
        toml.read_text()
        .replace("delay = 1.0", "delay = 0")
        .replace("robots = true", "robots = false")
    )
    toml.write_text(text.replace("pictures = true", "pictures = false"))


def test_init_says_what_comes_next(run, tmp_path):
    done = run("init", tmp_path / "news", "--title", 'The "Bell"')
    assert done.code == 0
    assert f"newskeep --archive {tmp_path / 'news'} follow" in done.lines[-1]
    assert "contact" in done.lines[1]
    with newskeep.open(tmp_path / "news") as archive:
        assert archive.settings.title == 'The "Bell"'


def test_init_writes_down_whom_sites_may_write_to(run, tmp_path):
    done = run("init", tmp_path / "news", "--contact", "mailto:me@example.org")
    assert "contact" not in done.out
    with newskeep.open(tmp_path / "news") as archive:
        assert archive.settings.contact == "mailto:me@example.org"
    refused = run("init", tmp_path / "other", "--contact", "two\nlines")
    assert (refused.code, not (tmp_path / "other").exists()) == (2, True)
    assert "[keeper] contact" in refused.err


def test_init_takes_the_folder_from_archive_or_stands_where_it_is(run, tmp_path, monkeypatch):
    assert run("--archive", tmp_path / "a", "init").code == 0
    (tmp_path / "b").mkdir()
    monkeypatch.chdir(tmp_path / "b")
    (told,) = run("init", "--json").objects
    assert told == {"archive": str(tmp_path / "b")}
    assert (tmp_path / "a" / "newskeep.toml").exists()


def test_follow_by_kind_asks_nobody(run, empty):
    url = f"{SITE}/feed.xml"
    options = ("--kind", "feed", "--tag", "a", "--tag", "b", "--every", "90m", "--zone", "+08:00")
    done = run("follow", url, *options, "--title", "Bell", "--archive", empty)
    assert done.out == "Following Bell (feed, every 90m)\n"
    (facts,) = run("follow", url, "--kind", "feed", "--json", "--archive", empty).objects
    assert facts["url"] == url
    with newskeep.open(empty) as archive:
        (source,) = archive.sources().values()
    assert (source.tags, source.every, source.zone) == (("a", "b"), 5400, "+08:00")


def test_follow_finds_the_feed_of_a_page(run, empty, stand):
    done = run("follow", f"{stand.base}/bell/", "--allow-host", "127.0.0.1", "--archive", empty)
    assert done.code == 0, done.err
    assert done.lines[0].startswith("Following ")
    assert done.lines[1].startswith(f"  the address is {stand.base}/")


def test_a_page_without_a_feed_is_told(run, empty, stand):
    article = f"{stand.base}/nothing"
    done = run("follow", article, "--allow-host", "127.0.0.1", "--archive", empty)
    assert done.code == 1
    assert "answered 404; is the address right?" in done.err


def followed(run, empty, stand):
    patient(empty)
    feed = stand.feeds()[0]
    done = run("follow", feed, "--allow-host", "127.0.0.1", "--archive", empty)
    assert done.code == 0, done.err


def test_sync_prints_news_as_lines_and_a_summary(run, empty, stand):
    followed(run, empty, stand)
    done = run("sync", "--archive", empty)
    assert done.code == 0
    assert done.err == ""
    news = [line for line in done.lines if line.startswith("new ")]
    assert len(news) == len(run("list", "--ids", "--archive", empty).lines) > 0
    assert done.lines[-1].startswith(f"1 source, {len(news)} new, 0 revised, 0 gone, 0 problems")
    assert run("sync", "--quiet", "--archive", empty).lines[0].startswith("0 sources, 0 new")


def test_sync_as_json_tells_of_captures_that_are_durable(run, empty, stand):
    followed(run, empty, stand)
    told = run("sync", "--json", "--archive", empty).objects
    captured = [one["id"] for one in told if one["event"] == "captured"]
    assert told[-1]["event"] == "done"
    assert told[-1]["captured"] == len(captured)
    with newskeep.open(empty) as archive:
        assert captured == [one.id for one in archive.captures.walk()]


EVENTS = [
    {"event": "captured", "id": "c1", "url": f"{SITE}/1", "role": "page", "status": 200},
    {"event": "new", "story": "s1", "url": f"{SITE}/1", "title": "Bridge \x1b[31mopens"},
    {"event": "gone", "story": "s2", "url": f"{SITE}/2", "title": ""},
    {"event": "unchanged", "url": f"{SITE}/3"},
    {
        "event": "problem",
        "problem": Problem(url=f"{SITE}/4", stage="fetch", kind="http-503", message="4 is down"),
    },
]


@pytest.fixture
def eventful(monkeypatch):
    """A sync that tells of these events and asks nobody."""

    def sync(archive, *, on_event, only):
        for event in EVENTS:
            on_event(event)
        problems = [one["problem"] for one in EVENTS if "problem" in one]
        return SyncReport(sources=1, new=1, gone=1, captured=1, unchanged=1, problems=problems)

    monkeypatch.setattr(newskeep.Archive, "sync", sync)


@pytest.mark.usefixtures("eventful")
def test_news_and_problems_are_lines_in_a_pipe(run, empty):
    assert run("sync", "--archive", empty).lines == [
        "new      Bridge [31mopens",
        f"gone     {SITE}/2",
        "problem  4 is down",
        "1 source, 1 new, 0 revised, 1 gone, 1 problem",
        "newskeep status tells more about the problems.",
    ]
    assert len(run("sync", "--quiet", "--archive", empty).lines) == 2


@pytest.mark.usefixtures("eventful")
def test_every_event_is_a_json_line(run, empty):
    told = run("sync", "--json", "--archive", empty).objects
    assert [one["event"] for one in told] == [
        "captured",
        "new",
        "gone",
        "unchanged",
        "problem",
        "done",
    ]
    assert told[4] == {
        "event": "problem", "url": f"{SITE}/4", "stage": "fetch", "kind": "http-503",
        "message": "4 is down", "at": None,
    }  # fmt: skip
    assert told[5]["problems"] == 1


@pytest.mark.usefixtures("eventful")
def test_on_a_terminal_progress_is_drawn_over(run, empty, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    done = run("sync", "--archive", empty)
    assert "new      Bridge [31mopens" in done.lines
    assert f"1 captured  {SITE}/1" in done.err
    drawn = len(f"1 captured  {SITE}/1")
    assert done.err.endswith("\r" + " " * (drawn + 2) + "\r")


@pytest.mark.parametrize("title", ["", " \n", "\u2066"])
def test_a_story_without_a_title_is_named_by_its_address(run, empty, monkeypatch, title):
    def sync(archive, *, on_event, only):
        on_event({"event": "new", "story": "s1", "url": f"{SITE}/1", "title": title})
        return SyncReport()

    monkeypatch.setattr(newskeep.Archive, "sync", sync)
    assert run("sync", "--archive", empty).lines[0] == f"new      {SITE}/1"


def test_unfollow_keeps_what_was_kept(run, kept):
    done = run("unfollow", "Harbour Bell", "--archive", kept)
    assert done.out == "No longer following Harbour Bell; what was kept stays.\n"
    assert run("sources", "--json", "--archive", kept).out == ""
    assert len(run("list", "--archive", kept).lines) == 3
    assert "unfollowed" in run("status", "--archive", kept).out


def test_unfollow_as_json_names_the_source(run, kept):
    (facts,) = run("unfollow", f"{SITE}/feed.xml", "--json", "--archive", kept).objects
    assert facts["title"] == "Harbour Bell"


def test_import_jekyll_counts_and_imports_once(run, empty, posts):
    done = run("import", "jekyll", posts, "--archive", empty)
    assert done.code == 0
    assert done.out.startswith("3 posts imported (3 new stories, 0 revisions), 0 known already")
    assert "3 known already" in run("import", "jekyll", posts, "--archive", empty).out
    assert "imported" in run("status", "--archive", empty).out


def test_import_names_what_cannot_be_read_and_goes_on(run, empty, posts):
    (posts / "_posts" / "2021-10-04-bad.md").write_bytes(b"---\ntitle: \xff\n---\n")
    done = run("import", "jekyll", posts, "--archive", empty)
    assert done.code == 1
    assert done.err == f"newskeep: {posts}/_posts/2021-10-04-bad.md: it is not UTF-8 (byte 11)\n"
    assert done.out.startswith("3 posts imported")


def test_import_as_json_is_one_event_a_line(run, empty, posts):
    (posts / "_posts" / "2021-10-04-bad.md").write_bytes(b"\xff")
    done = run("import", "jekyll", posts, "--json", "--archive", empty)
    *captured, problem, end = done.objects
    assert [one["event"] for one in captured] == ["captured"] * 3
    assert (problem["event"], problem["kind"]) == ("problem", "post-unreadable")
    counts = {"files": 3, "known": 0, "new": 3, "revised": 0, "dry_run": False, "problems": 1}
    assert end == {"event": "done", **counts}
    with newskeep.open(empty) as archive:
        assert [one["id"] for one in captured] == [one.id for one in archive.captures.walk()]


def test_subscriptions_go_out_and_in_again(run, empty, kept, tmp_path):
    for kind, name in (("opml", "sources.opml"), ("subs", "subs.json")):
        file = tmp_path / name
        assert run("export", kind, file, "--archive", kept).out == f"1 sources written to {file}\n"
        run("init", tmp_path / kind)
        done = run("import", kind, file, "--archive", tmp_path / kind)
        assert done.out == "1 sources added, 0 were followed already\n"
        (facts,) = run("sources", "--json", "--archive", tmp_path / kind).objects
        assert facts["url"] == f"{SITE}/feed.xml"
        again = run("import", kind, file, "--json", "--archive", tmp_path / kind)
        assert again.objects == [
            {"event": "done", "added": 0, "known": 1, "problems": 0, "dry_run": False}
        ]


def test_export_writes_to_standard_output(run, kept):
    assert json.loads(run("export", "subs", "--archive", kept).out)[0]["url"] == f"{SITE}/feed.xml"
    assert run("export", "opml", "--archive", kept).out.startswith("<?xml")


def test_rebuild_prints_the_digest_that_stands(run, kept):
    before = run("rebuild", "--digest", "--archive", kept).out
    assert run("rebuild", "--archive", kept).out == f"Rebuilt; digest {before}"
    assert run("rebuild", "--json", "--archive", kept).objects == [{"digest": before.strip()}]


def test_check_tells_what_is_wrong(run, kept):
    assert run("check", "--archive", kept) == (0, "All is sound.\n", "")
    assert run("check", "--json", "--archive", kept).out == ""
    (file,) = (kept / "captures").iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    done = run("check", "--archive", kept)
    assert done.code == 1
    assert f"capture-damaged: {file.name} at " in done.out
    assert run("check", "--json", "--archive", kept).objects[0]["kind"] == "capture-damaged"


def test_rebuild_complains_of_damage_and_goes_on(run, kept):
    (file,) = (kept / "captures").iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    done = run("rebuild", "--archive", kept)
    assert done.code == 0
    assert f"newskeep: {file.name} at " in done.err
    assert 1 <= len(run("list", "--ids", "--archive", kept).lines) <= 3


def test_publish_counts_what_it_wrote(run, kept, tmp_path):
    done = run("publish", "jekyll", tmp_path / "out", "--archive", kept)
    assert done.code == 0
    assert " written, 0 unchanged, 0 removed" in done.lines[0]
    assert done.lines[1] == f"in {tmp_path / 'out'}"
    (again,) = run("publish", "jekyll", tmp_path / "out", "--json", "--archive", kept).objects
    assert again["written"] == 0
    assert again["unchanged"] >= 3


def test_publish_can_be_narrowed(run, kept, tmp_path):
    run("publish", "jekyll", tmp_path / "out", "--select", "is:gone", "--archive", kept)
    assert len(list((tmp_path / "out").rglob("*Ferry*.md"))) == 1
    assert not list((tmp_path / "out").rglob("*Bridge*.md"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--pages", "0"], "pages"),
        (["--pages=-5"], "pages"),
        (["--allow-host", "http://x/"], "no host"),
        (["--allow-host", "a b"], "no host"),
        (["--zone", "Nowhere"], "zone"),
    ],
)
def test_what_sources_toml_could_not_hold_is_not_written_into_it(run, tmp_path, options, said):
    run("init", tmp_path / "a")
    verb = ["--archive", tmp_path / "a", "follow", "https://x.example/feed", "--kind", "feed"]
    refused = run(*verb, *options)
    assert (refused.code, said in refused.err) == (2, True), refused.err
    assert run("--archive", tmp_path / "a", "sources").code == 0


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("http://[::1", None, "neither a web address"),
        ("http://[::1", "feed", "no web address|Invalid"),
        ("https://x.example/feed", "folder", "no place on the disk"),
        ("https://x.example/feed", "mailbox", "no place on the disk"),
        ("https://x.example/feed", "imap", "no mailbox's address"),
        ("imaps://me:hunter2@mail.example/INBOX", "imap", "newskeep login"),
        ("https://me:hunter2@x.example/feed", "feed", "newskeep login"),
    ],
)
def test_an_address_that_its_kind_cannot_have_is_refused(run, tmp_path, url, kind, said):
    run("init", tmp_path / "a")
    refused = run("--archive", tmp_path / "a", "follow", url, *(["--kind", kind] if kind else []))
    assert refused.code == 2
    assert re.search(said, refused.err), refused.err
    assert "hunter2" not in refused.err
    assert not newskeep.open(tmp_path / "a").sources()


def test_a_bad_address_in_sources_toml_is_told_with_its_place(run, tmp_path):
    run("init", tmp_path / "a")
    for url in ("notaurl", "http://", "http://[::1/x", "http://a b/", "http://x.example:99999/"):
        (tmp_path / "a" / "sources.toml").write_text(f"[[source]]\nid='a'\nurl='{url}'\n")
        refused = run("--archive", tmp_path / "a", "sync")
        assert refused.code == 2
        assert "sources.toml: source 1: url" in refused.err
