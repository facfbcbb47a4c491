"""Every export, in the form that its service documents: golden pairs `x` and `x.expected`."""

from __future__ import annotations

import json

import pytest
from support.exports import EXPORTS, NAMES, data_of, outline, zipped
from support.values import at

from newskeep import plugins
from newskeep.discover.saved import formats

LATER = at(60 * 24 * 60)
KINDS = {
    "chrome.html": "bookmarks",
    "firefox.html": "bookmarks",
    "freshrss.json": "greader",
    "freshrss.zip": "greader",
    "google-reader.json": "greader",
    "raindrop.html": "bookmarks",
    "ril_export.html": "pocket",
    "safari.html": "bookmarks",
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "zip": "application/zip",
}


def kind_of(name: str) -> str:
    return KINDS.get(name, name.partition(".")[0])


def read(kind: str, data: bytes):
    return formats.read(kind, data, url="my-export", received=LATER)


def facts(export):
    return [(item.entry.url, item.entry.title, item.entry.tags) for item in export.items]


def told(export):
    return [(problem.kind, problem.message) for problem in export.problems]


@pytest.mark.parametrize("name", NAMES)
def test_an_export_gives_what_it_says(name):
    expected = json.loads((EXPORTS / f"{name}.expected").read_text(encoding="utf-8"))
    export = formats.read(kind_of(name), data_of(name), url=name, received=LATER)
    assert outline(export) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_file_tells_what_it_is(name):
    data = data_of(name)
    assert formats.detect(data) == kind_of(name)
    assert formats.media_type(data) == MEDIA_TYPES[name.rpartition(".")[2]]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_as_a_feed_of_the_same_articles(name):
    kind = kind_of(name)
    module = plugins._load(f"newskeep.discover.saved.{kind}:parse", "source", f"saved-{kind}")
    feed = module(data_of(name), url=name, content_type="", received=LATER)
    export = formats.read(kind, data_of(name), url=name, received=LATER)
    assert feed.kind == f"saved-{kind}"
    assert feed.entries == tuple(item.entry for item in export.items)
    assert feed.problems == export.problems


@pytest.mark.parametrize("kind", formats.FORMATS)
def test_what_is_no_such_export_is_no_feed_and_says_why(kind):
    export = read(kind, b"\x89PNG something else")
    assert (export.kind, export.items) == ("", ())
    assert [one.kind for one in export.problems] == ["not-an-export"]
    assert export.problems[0].message.startswith("my-export: this is no ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"a,b\n1,2\n",
        b"a\rb\nc",
        b"<p>hello",
        b"{}",
        b"[]",
        b"[1]",
        b"{",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        zipped({"other.txt": "x"}),
        b"PK\x03\x04 and no more",
        b'"' + b"z" * 200_000,
    ],
)
def test_what_is_none_of_them_is_not_guessed(data):
    assert formats.detect(data) == ""


def test_two_items_of_one_address_are_one_article_with_the_marks_of_both():
    rows = (
        "url,title,time_added,tags,status\n"
        "https://a.example/x,,1793350800,one,unread\n"
        "http://A.example/x?utm_source=p,Titled,1793350900,two,archive\n"
    )
    (item,) = read("pocket", rows.encode()).items
    assert (item.entry.title, item.entry.tags) == ("Titled", ("one", "two"))
    assert [mark.kind for mark in item.marks] == ["save", "tag", "tag", "read"]


def test_an_address_loses_its_password_and_a_title_what_drives_a_terminal():
    row = "https://me:secret@a.example/x,\x1b[31mRed\u202e title,1793350800,,unread"
    (item,) = read("pocket", f"url,title,time_added,tags,status\n{row}".encode()).items
    assert item.entry.url == "https://a.example/x"
    assert item.entry.title == "[31mRed title"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("1793350800", "2026-10-30T09:00:00Z"),
        ("1793350800000", "2026-10-30T09:00:00Z"),
        ("1793350800000000", "2026-10-30T09:00:00Z"),
        ("1793350800.5", "2026-10-30T09:00:00Z"),
        ("2026-10-30T10:00:00+01:00", "2026-10-30T09:00:00Z"),
        ("0", ""),
        ("", ""),
    ],
)
def test_times_are_seconds_milliseconds_or_iso(given, said):
    rows = f"url,time_added,tags,status\nhttps://a.example/x,{given},,unread\n"
    export = read("pocket", rows.encode())
    assert [mark.when for mark in export.items[0].marks] == ([said] if said else [])
    assert export.problems == ()


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("soon", "date-unreadable"),
        ("9999999999", "date-future"),
        ("1970-02-03", "date-ancient"),
        ("-5", "date-unreadable"),
    ],
)
def test_a_time_that_cannot_be_true_is_told_and_the_article_kept(given, kind):
    rows = f"url,time_added,tags,status\nhttps://a.example/x,{given},,unread\n"
    export = read("pocket", rows.encode())
    assert [item.marks for item in export.items] == [()]
    ((told_kind, message),) = told(export)
    assert told_kind == kind
    assert message.startswith(f"my-export: line 2: its time {given!r} ")


def test_a_text_too_long_for_the_journal_is_cut_and_told():
    document = {"bookmarks": [{"content": {"url": "https://a.example/x"}, "note": "ä" * 150_000}]}
    export = read("karakeep", json.dumps(document).encode())
    (mark,) = export.items[0].marks
    assert len(mark.facts["text"]) == 100_000
    assert [kind for kind, _ in told(export)] == ["text-cut"]


def test_lists_that_hold_one_another_end():
    document = {
        "bookmarks": [{"content": {"url": "https://a.example/x"}, "lists": ["a", "gone"]}],
        "lists": [
            {"id": "a", "name": "A", "parentId": "b"},
            {"id": "b", "name": "B", "parentId": "a"},
        ],
    }
    assert read("karakeep", json.dumps(document).encode()).items[0].entry.tags == ("A", "B")


def test_numbers_and_odd_values_where_texts_are_wanted_do_no_harm():
    entry = {
        "url": "https://a.example/x",
        "title": ["x"],
        "tags": [{"label": "one"}, 2, None, {"id": 3}],
        "is_starred": "1",
        "is_archived": {},
        "annotations": [None, {"quote": 5, "ranges": ["x"]}],
        "content": "<p>\ud800</p>",
    }
    (item,) = read("wallabag", json.dumps([entry, None, 7]).encode()).items
    assert (item.entry.title, item.entry.tags) == ("", ("one",))
    assert item.entry.content == "<p>?</p>"
    assert [(mark.kind, mark.facts) for mark in item.marks] == [
        ("tag", {"tag": "one"}),
        ("star", {}),
        ("highlight", {"quote": "5"}),
    ]


def test_wallabags_api_answers_are_read_too():
    entry = {"url": "https://a.example/x", "title": "X", "tags": [{"id": 1, "label": "one"}]}
    data = json.dumps({"page": 1, "_embedded": {"items": [entry]}}).encode()
    assert formats.detect(data) == "wallabag"
    assert facts(read("wallabag", data)) == [("https://a.example/x", "X", ("one",))]


def test_labels_without_json_are_parted_by_commas():
    rows = 'url,title,created,labels,is_archived\nhttps://a.example/x,X,,"one, two",false\n'
    assert facts(read("readeck", rows.encode())) == [("https://a.example/x", "X", ("one", "two"))]


def test_a_metadata_file_of_omnivore_is_read_on_its_own():
    data = (EXPORTS / "omnivore.zip.d" / "metadata_0_to_20.json").read_bytes()
    assert formats.detect(data) == "omnivore"
    assert [url for url, _, _ in facts(read("omnivore", data))] == [
        "https://harbour.example/2026/bridge",
        "https://harbour.example/2026/tolls",
    ]


def test_troubles_past_a_number_are_counted():
    rows = "url,time_added,tags,status\n" + "javascript:x,,,\n" * 1200
    export = read("pocket", rows.encode())
    assert len(export.problems) == 1001
    assert "200 more" in export.problems[-1].message


def test_a_list_without_end_is_cut_and_told(monkeypatch):
    monkeypatch.setattr("newskeep.discover.saved.items.MOST_ITEMS", 2)
    rows = "url,time_added,tags,status\n" + "".join(f"https://a.example/{n},,,\n" for n in range(3))
    export = read("pocket", rows.encode())
    assert len(export.items) == 2
    assert [kind for kind, _ in told(export)] == ["export-too-long"]
