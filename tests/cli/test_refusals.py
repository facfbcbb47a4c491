"""Bad input: one clear sentence on standard error, an exit code, and no traceback."""

from __future__ import annotations

import shutil

import pytest
from support.answers import SITE

import newskeep
from newskeep.cli import VERBS

WITH_ARCHIVE = {
    "follow": ["https://example.com/feed", "--kind", "feed"],
    "unfollow": ["x"],
    "login": ["x"],
    "sources": [],
    "sync": [],
    "listen": [],
    "list": [],
    "show": ["x"],
    "log": ["x"],
    "diff": ["x"],
    "search": ["x"],
    "status": [],
    "check": [],
    "rebuild": [],
    "publish": ["site", "out"],
    "import": ["jekyll", "."],
    "export": ["opml"],
    "learn": [],
}


def refused(done, code, *words):
    """One sentence, with these words in it, and nothing on standard output."""
    assert done.code == code, done
    assert done.err.startswith("newskeep: ")
    assert done.err.count("\n") == 1, done.err
    assert done.out == ""
    for word in words:
        assert word in done.err


@pytest.mark.parametrize("verb", sorted(WITH_ARCHIVE))
def test_no_archive_there(run, tmp_path, verb):
    refused(
        run(verb, *WITH_ARCHIVE[verb], "--archive", tmp_path),
        3,
        f"{tmp_path} holds no newskeep.toml",
        "newskeep init DIR",
    )


def test_every_verb_is_tried_without_an_archive():
    assert {*WITH_ARCHIVE, "init", "recipe", "extract"} == set(VERBS)


@pytest.mark.parametrize("verb", ["show", "log", "diff"])
def test_nothing_under_that_name(run, kept, verb):
    refused(run(verb, f"{SITE}/nothing", "--archive", kept), 2, "nothing is kept under", "search")
    refused(run(verb, "\x1b[2Jboo", "--archive", kept), 2, "nothing is kept under")


def test_no_such_revision(run, kept):
    told = "has revisions 1 to 2, not 7"
    refused(run("show", f"{SITE}/bridge-1", "--rev", 7, "--archive", kept), 2, told)
    refused(run("diff", f"{SITE}/bridge-1", 1, 7, "--archive", kept), 2, told)


def test_the_start_of_an_id_must_mean_one_story(run, kept):
    refused(run("show", "abcde", "--archive", kept), 2, "nothing is kept under 'abcde'")


def test_an_unknown_verb_gets_a_guess(run):
    refused(run("synk"), 2, "no verb is called 'synk'; did you mean sync?", "newskeep --help")
    refused(run("qqqq"), 2, "no verb is called 'qqqq'; see: newskeep --help")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "--colour"], "unrecognized arguments: --colour; see: newskeep list --help"),
        (["list", "--limit", "-1"], "'-1' is no whole number from 1 on"),
        (["list", "--limit", "all"], "'all' is no whole number"),
        (["list", "--lim", "3"], "unrecognized arguments: --lim 3"),
        (["rebuild", "--workers", "0"], "'0' is no whole number from 1 on"),
        (["search"], "required: QUERY"),
        (["show"], "required: STORY"),
        (["show", "x", "--rev", "two"], "invalid int value: 'two'"),
        (["export", "csv"], "invalid choice: 'csv'"),
        (
            ["follow", "https://example.com/", "--every", "soon"],
            "--every: 'soon' is not a duration",
        ),
        (["--colour"], "required: VERB"),
    ],
)
def test_wrong_options(run, empty, arguments, told):
    if arguments == ["--colour"]:
        refused(run(*arguments), 2, "unrecognized arguments: --colour", "newskeep --help")
    else:
        refused(run(*arguments, "--archive", empty), 2, told)


def test_no_verb_prints_the_help(run):
    done = run()
    assert done.code == 2
    assert "usage: newskeep" in done.out


def test_version(run):
    assert run("--version") == (0, f"newskeep {newskeep.__version__}\n", "")


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself(run, verb):
    done = run(verb, "--help")
    assert done.code == 0
    assert done.out.startswith(f"usage: newskeep {verb}")
    assert "--archive DIR" in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("newskeep.toml", "format = 1\n[fetch\n", "newskeep.toml: Expected ']'"),
        ("newskeep.toml", "format = 1\n[fetch\n", "line 2"),
        ("newskeep.toml", "format = 1\n[fetch]\ndelai = 1\n", "[fetch] delai: not known; did you"),
        ("newskeep.toml", "format = 7\n", "format 7 is not known here"),
        ("sources.toml", "[[source]\n", "line 1"),
        ("sources.toml", "[[source]]\nid = 'a'\n", "sources.toml: source 1: both id and url"),
    ],
)
def test_a_broken_file_is_named_with_its_place(run, kept, file, text, told):
    (kept / file).write_text(text)
    refused(run("sources", "--archive", kept), 2, file, told)


@pytest.mark.parametrize("file", ["newskeep.toml", "sources.toml"])
def test_a_file_that_is_not_utf_8_is_named_with_its_place(run, kept, file):
    (kept / file).write_bytes("format = 1\n# caf\xe9\n".encode("latin-1"))
    refused(run("sources", "--archive", kept), 2, f"{file}: it is not UTF-8 (line 2)")


def test_a_broken_query_is_pointed_at(run, kept):
    done = run("search", 'bridge "and', "--archive", kept)
    assert done.code == 2
    sentence, query, pointer = done.err.splitlines()
    assert sentence.startswith("newskeep: ")
    assert query.strip() == 'bridge "and'
    assert query[pointer.index("^")] == '"'


@pytest.mark.parametrize("verb", [["list", "--select"], ["search", "--count"]])
def test_so_is_one_that_selects(run, kept, verb):
    assert "^" in run(*verb, "(bridge", "--archive", kept).err


def test_init_where_an_archive_stands(run, empty):
    refused(run("init", empty), 3, "is an archive already")


def test_init_in_a_place_that_cannot_be_made(run, tmp_path):
    (tmp_path / "file").write_text("")
    refused(run("init", tmp_path / "file" / "news"), 2, "cannot be made into an archive")


def test_an_extractor_nobody_brings(run, kept):
    toml = kept / "newskeep.toml"
    toml.write_text(toml.read_text().replace('extractor = "newskeep"', 'extractor = "theirs"'))
    refused(run("rebuild", "--archive", kept), 2, "no extractor is called 'theirs'", "newskeep")


def test_publishers_importers_and_kinds_nobody_brings(run, kept, tmp_path):
    out = tmp_path / "out"
    refused(run("publish", "hugo", out, "--archive", kept), 2, "no publisher is called 'hugo'")
    refused(run("import", "rss", kept, "--archive", kept), 2, "no importer is called 'rss'")
    refused(
        run("follow", f"{SITE}/x", "--kind", "gopher", "--archive", kept),
        2,
        "no kind of source is called",
    )
    refused(run("publish", "site", out, "--set", "x", "--archive", kept), 2, "NAME=VALUE")


def test_following_what_is_no_web_address(run, empty):
    for url in ("feed.xml", "ftp://example.com/", "file:///etc/passwd"):
        refused(run("follow", url, "--archive", empty), 2, "neither a web address")


def test_following_an_address_of_this_machine_is_refused_with_the_remedy(run, empty):
    refused(
        run("follow", "http://127.0.0.1:9/feed", "--archive", empty), 1, "127.0.0.1", "--allow-host"
    )


def test_unfollowing_what_is_not_followed(run, kept):
    refused(run("unfollow", "nobody", "--archive", kept), 2, "no source is called 'nobody'")
    refused(run("sync", "--only", "nobody", "--archive", kept), 2, "no source is called 'nobody'")


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("subs", "{", "line 1"),
        ("subs", "[1]", "subs.json"),
        ("opml", "<html><body>", "subs.json"),
        ("opml", "", "subs.json"),
    ],
)
def test_an_import_file_that_cannot_be_read(run, empty, tmp_path, kind, text, told):
    file = tmp_path / "subs.json"
    file.write_text(text)
    refused(run("import", kind, file, "--archive", empty), 2, str(file), told)


def test_an_import_of_nothing(run, empty, tmp_path):
    refused(run("import", "jekyll", tmp_path / "no", "--archive", empty), 2, "is not there")
    (tmp_path / "file").write_text("x")
    refused(run("import", "jekyll", tmp_path / "file", "--archive", empty), 2, "is no folder")
    refused(run("import", "opml", tmp_path, "--archive", empty), 2, str(tmp_path))


def test_publishing_into_a_file(run, kept, tmp_path):
    (tmp_path / "file").write_text("x")
    done = run("publish", "site", tmp_path / "file", "--archive", kept)
    assert done.code in (1, 2)
    assert done.err.startswith("newskeep: ")
    assert "Traceback" not in done.err


def test_exporting_into_a_folder_that_is_not_there(run, kept, tmp_path):
    refused(
        run("export", "opml", tmp_path / "no" / "x", "--archive", kept), 1, str(tmp_path / "no")
    )


def test_a_folder_that_cannot_be_written(run, empty):
    (empty / ".sources.toml.unfinished").mkdir()  # stands where the new file is to be written
    refused(run("follow", f"{SITE}/x", "--kind", "feed", "--archive", empty), 1, "unfinished: Is a")


def test_a_catalogue_that_is_no_database(run, kept):
    (kept / "derived" / "catalogue.sqlite").write_bytes(b"not a database " * 100)
    for name in ("catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (kept / "derived" / name).unlink(missing_ok=True)
    refused(run("list", "--archive", kept), 1, "catalogue", "newskeep rebuild")
    assert run("check", "--archive", kept).code == 1
    assert run("rebuild", "--archive", kept).code == 0
    assert len(run("list", "--archive", kept).lines) == 3


def test_a_capture_that_is_lost(run, kept):
    (file,) = (kept / "captures").iterdir()
    file.unlink()
    refused(run("show", f"{SITE}/bridge-1", "--raw", "--archive", kept), 5, file.name)
    assert run("show", f"{SITE}/bridge-1", "--archive", kept).code == 0
    done = run("check", "--archive", kept)
    assert done.code == 1
    assert done.lines[-1] == "7 faults found."


def test_captures_that_are_lost_altogether(run, kept):
    shutil.rmtree(kept / "captures")
    refused(run("list", "--archive", kept), 5, "captures cannot be read")


@pytest.mark.parametrize("offset", ["soon", "1e30", "nan"])
def test_a_clock_that_cannot_be_shifted_so_is_told_by_every_verb(run, kept, monkeypatch, offset):
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", offset)
    for verb in ("status", "list", "check"):
        refused(run(verb, "--archive", kept), 2, "NEWSKEEP_CLOCK_OFFSET")
