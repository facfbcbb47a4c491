"""Taking over what was saved elsewhere: captures, articles, marks in the journal, pages to fetch."""

from __future__ import annotations

import json

import pytest
from support.answers import page
from support.exports import EXPORTS, NAMES, data_of, zipped

import newskeep
from newskeep import clock, plugins
from newskeep.cli import main
from newskeep.discover.saved import formats
from newskeep.errors import UsageError

BRIDGE = "https://harbour.example/2026/bridge"
TOLLS = "https://harbour.example/2026/tolls"
STORY = ["The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs."]

pytestmark = pytest.mark.skipif(
    "saved" not in plugins.BUILT_IN["importer"], reason="the importers are not in the table yet"
)


@pytest.fixture(autouse=True)
def in_december(monkeypatch):
    """The exports were made in November 2026."""
    monkeypatch.setattr(clock, "timestamp", lambda: 1796083200.0)


@pytest.fixture
def archive(tmp_path):
    with newskeep.init(tmp_path / "news") as made:
        yield made


def put(tmp_path, name, data=None):
    path = tmp_path / name
    path.write_bytes(data_of(name) if data is None else data)
    return path


def lines(archive):
    return [
        {name: value for name, value in line.items() if name not in ("at", "id")}
        for line in archive.journal.read()
    ]


def due(archive):
    return sorted(row["url"] for row in archive.frontier.export() if row.get("role") == "page")


def state(archive):
    """Everything that an import may write."""
    captures = [(one.url, one.digest) for one in archive.captures.walk()]
    return captures, lines(archive), due(archive), archive.digest()


@pytest.mark.parametrize("name", NAMES)
def test_an_export_brings_its_articles_its_marks_and_the_pages_it_lacks(archive, tmp_path, name):
    path = put(tmp_path, name)
    data = path.read_bytes()
    export = formats.read(formats.detect(data), data, url=str(path), received=archive.now())
    report = archive.import_("saved", path)
    assert report.articles == len(export.items)
    assert (report.known, report.problems) == (0, list(export.problems))
    for item in export.items:
        story = archive[item.entry.url]
        assert story.article.title == item.entry.title
        assert bool(story.article.text) == bool(item.entry.content or item.entry.summary)
        assert set(item.entry.tags) <= set(story.article.tags)
    assert report.marks == len(lines(archive)) == sum(len(item.marks) for item in export.items)
    assert due(archive) == sorted(one.entry.url for one in export.items if not one.entry.content)
    assert report.pages == len(due(archive))


@pytest.mark.parametrize("name", NAMES)
def test_importing_the_same_again_adds_nothing(archive, tmp_path, name):
    path = put(tmp_path, name)
    first = archive.import_("saved", path)
    before = state(archive)
    again = archive.import_("saved", path)
    assert state(archive) == before
    assert (again.articles, again.marks, again.pages) == (0, 0, 0)
    assert again.known == first.articles


@pytest.mark.parametrize("name", NAMES)
def test_a_dry_run_tells_the_same_and_writes_nothing(archive, tmp_path, name):
    path = put(tmp_path, name)
    empty = state(archive)
    told = archive.import_("saved", path, dry_run=True)
    assert state(archive) == empty
    assert not archive._lock.is_locked
    done = archive.import_("saved", path)
    assert str(told).replace("would be imported", "imported") == str(done)
    assert (told.dry_run, done.dry_run) == (True, False)


def test_the_file_itself_is_the_capture(archive, tmp_path):
    archive.import_("saved", put(tmp_path, "wallabag.json"))
    (capture,) = archive.captures.walk()
    assert (capture.kind, capture.role) == ("resource", "saved-wallabag")
    assert capture.payload == data_of("wallabag.json")
    assert capture.header("Newskeep-Name") == "wallabag.json"
    assert capture.content_type == "application/json"


def test_what_people_did_stands_in_the_journal(archive, tmp_path):
    archive.import_("saved", put(tmp_path, "wallabag.json"))
    frame = {"address": BRIDGE, "from": "wallabag"}
    position = {"start": "/p[1]", "start_offset": "34", "end": "/p[1]", "end_offset": "60"}
    assert lines(archive) == [
        {"kind": "save", **frame, "when": "2026-10-30T09:00:00Z"},
        {"kind": "tag", **frame, "tag": "bridges"},
        {"kind": "tag", **frame, "tag": "to read"},
        {"kind": "star", **frame, "when": "2026-11-01T19:00:00Z"},
        {"kind": "read", **frame, "when": "2026-11-02T08:30:00Z"},
        {
            "kind": "highlight",
            **frame,
            "when": "2026-10-30T20:00:00Z",
            "quote": "nine years after the flood",
            "note": "2017, then",
            "position": position,
        },
        {"kind": "highlight", **frame, "quote": "Ferries go on"},
        {"kind": "save", **frame, "address": TOLLS, "when": "2026-10-31T09:00:00Z"},
    ]


def test_an_act_that_one_service_told_is_not_written_again_for_another(archive, tmp_path):
    archive.import_("saved", put(tmp_path, "pocket.csv"))
    report = archive.import_("saved", put(tmp_path, "wallabag.json"))
    assert report.known == 2
    kinds = [line["kind"] for line in lines(archive) if line["from"] == "wallabag"]
    assert kinds == ["star", "read", "highlight", "highlight"]


def test_articles_of_several_exports_are_one_story_without_a_revision(archive, tmp_path):
    for name in ("pocket.csv", "miniflux.json", "wallabag.json", "omnivore.zip", "readeck.zip"):
        archive.import_("saved", put(tmp_path, name))
    story = archive[BRIDGE]
    assert len(story.revisions) == 1
    assert "nine years after the flood" in story.article.text
    assert story.article.authors == ("Ada Li",)


def test_a_page_that_is_kept_already_is_not_fetched_again(archive, tmp_path):
    archive.keep([page("/2026/ferry", "Ferries go on", STORY * 3)])
    report = archive.import_("saved", put(tmp_path, "pocket.csv"))
    assert (report.articles, report.known, report.pages) == (2, 1, 2)
    assert "https://harbour.example/2026/ferry" not in due(archive)


def test_a_page_fetched_later_completes_the_article(archive, tmp_path):
    archive.import_("saved", put(tmp_path, "pocket.csv"))
    assert archive[BRIDGE].article.text == ""
    archive.keep([page("/2026/bridge", "The bridge is open", STORY * 3)])
    story = archive[BRIDGE]
    assert len(story.revisions) == 1
    assert "opened to lorries" in story.article.text
    assert story.article.tags == ("bridges", "to read")


def test_a_summary_as_long_as_an_article_is_one(archive, tmp_path):
    entry = {"url": BRIDGE, "title": "X", "starred": True, "content": "<p>" + "word " * 300}
    path = put(tmp_path, "long.json", json.dumps({"entries": [entry]}).encode())
    assert archive.import_("miniflux", path).pages == 0


def test_what_was_broken_off_is_completed(archive, tmp_path, monkeypatch):
    path = put(tmp_path, "wallabag.json")
    with monkeypatch.context() as broken:
        broken.setattr("newskeep.importers.saved._note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            archive.import_("saved", path)
    report = archive.import_("saved", path)
    assert (report.articles, report.known, report.marks, report.pages) == (0, 2, 8, 1)
    assert len(list(archive.captures.walk())) == 1


def test_a_rebuild_makes_the_same_again(archive, tmp_path):
    for name in ("pocket.csv", "omnivore.zip", "wallabag.json"):
        archive.import_("saved", put(tmp_path, name))
    archive.keep([page("/2026/bridge", "The bridge is open", STORY * 3)])
    before, waiting = archive.digest(), due(archive)
    assert archive.rebuild() == before
    assert due(archive) == waiting


@pytest.mark.parametrize("kind", [*formats.FORMATS, "freshrss"])
def test_each_format_has_an_importer_of_its_name(archive, tmp_path, kind):
    path = put(tmp_path, "odd", b"\x89PNG")
    with pytest.raises(UsageError, match=r"odd: this is no \w+ export"):
        archive.import_(kind, path)
    names = {"freshrss": "freshrss.json", "bookmarks": "chrome.html", "greader": "freshrss.json"}
    found = [name for name in NAMES if name.startswith(kind)] or [names[kind]]
    report = archive.import_(kind, put(tmp_path, names.get(kind, found[0])))
    assert report.format == ("greader" if kind == "freshrss" else kind)
    assert report.articles > 0


def test_a_file_that_is_none_of_them_names_those_that_are_known(archive, tmp_path):
    with pytest.raises(UsageError, match=r"odd is none of .*pocket.*; name its kind"):
        archive.import_("saved", put(tmp_path, "odd", b"hello"))


def test_a_file_that_cannot_be_read_or_is_too_large_says_so(archive, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="Is a directory|Permission"):
        archive.import_("saved", tmp_path)
    monkeypatch.setattr("newskeep.importers.saved._LARGEST", 1 << 20)
    with pytest.raises(UsageError, match="larger than 1 MB"):
        archive.import_("saved", put(tmp_path, "large", b"x" * ((1 << 20) + 1)))


def test_an_archive_that_holds_bad_members_gives_the_good_ones(archive, tmp_path):
    item = {"slug": "../../x", "url": BRIDGE, "title": "The bridge"}
    data = zipped(
        {
            "metadata_0_to_1.json": json.dumps([item]),
            "metadata_1_to_2.json": "{",
            "../../content/x.html": "<p>no",
            "content/../../x.html": "<p>no",
        }
    )
    report = archive.import_("saved", put(tmp_path, "omnivore.zip", data))
    assert report.articles == 1
    assert [one.kind for one in report.problems] == ["member-unreadable"] * 3
    assert all(str(tmp_path / "omnivore.zip") in one.message for one in report.problems)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "omnivore.zip"]


def test_the_command_line_tells_what_was_done_and_what_was_left_out(tmp_path, capsys):
    newskeep.init(tmp_path / "news").close()
    command = ["--archive", str(tmp_path / "news"), "import", "pocket", str(EXPORTS / "pocket.csv")]
    assert main([*command, "--dry-run"]) == 1
    assert capsys.readouterr().out == (
        "3 articles would be imported from pocket (3 pages to fetch, 6 marks), 0 known already, "
        "1 things that could not be read\n"
    )
    assert main(command) == 1
    said = capsys.readouterr()
    assert said.out.startswith("3 articles imported from pocket (3 pages to fetch, 6 marks)")
    assert "pocket.csv: line 6: 'javascript:alert(1)' is no web address" in said.err


def test_events_tell_of_the_capture_once_it_is_kept(tmp_path, capsys):
    newskeep.init(tmp_path / "news").close()
    path = str(EXPORTS / "miniflux.json")
    arguments = ["--archive", str(tmp_path / "news"), "import", "saved", path, "--json"]
    assert main(arguments) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["captured", "done"]
    assert events[0]["role"] == "saved-miniflux"
    assert (events[1]["articles"], events[1]["problems"]) == (1, 0)
