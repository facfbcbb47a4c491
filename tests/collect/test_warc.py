"""WARC files of others as a source: their pages with head, status and time, each once."""

from __future__ import annotations

import tracemalloc
from base64 import b32encode
from datetime import UTC, datetime
from hashlib import sha1

import pytest
from support.captures import several
from support.warcs import HTML, Foreign, many

from newskeep.captures import payload_digest
from newskeep.collect import warc
from newskeep.types import Received, header

A, B = "https://example.com/a", "https://example.com/b"

needs_time = pytest.mark.skipif(
    "time" not in Received.__dataclass_fields__, reason="Received tells no time yet"
)


def by_sha1(body: bytes) -> str:
    return "sha1:" + b32encode(sha1(body).digest()).decode()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.warc.gz"


def test_a_page_comes_with_its_own_head_and_status(collected, path):
    with Foreign(path) as made:
        made.answer(A)
    (one,) = collected("warc", path.as_uri())
    assert (one.kind, one.role, one.url, one.source, one.status) == (
        "response",
        "page",
        A,
        "s1",
        200,
    )
    assert one.payload == HTML.format(A).encode()
    assert one.headers == (("Content-Type", "text/html"), ("X-Kept", "as it is"))
    assert one.content_type == "text/html"


@needs_time
def test_it_comes_with_the_time_at_which_it_was_received(collected, path):
    with Foreign(path) as made:
        made.answer(A)
        made.answer(B, date="2999-01-01T00:00:00Z")
    first, second = collected("warc", path.as_uri())
    assert first.time == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert second.time < datetime(2990, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "kind", "role"),
    [
        ("200 OK", "text/html; charset=utf-8", "page"),
        ("200 OK", "application/xhtml+xml", "page"),
        ("404 Not Found", "text/html", "page"),
        ("410 Gone", "text/html", "page"),
        ("200 OK", "image/jpeg", "image"),
        ("404 Not Found", "image/jpeg", ""),
        ("404 Not Found", "text/plain", ""),
        ("301 Moved", "text/html", ""),
        ("503 Busy", "text/html", ""),
        ("200 OK", "text/html-sandboxed", ""),
        ("200 OK", "application/pdf", ""),
        ("200 OK", "text/plain", ""),
        ("200 OK", "", ""),
    ],
)
def test_taken_are_pages_their_absence_and_pictures(collected, path, status, kind, role):
    with Foreign(path) as made:
        made.answer(A, status=status, kind=kind)
    assert [one.role for one in collected("warc", path.as_uri())] == ([role] if role else [])
    assert collected.problems == []


def test_pictures_are_left_where_the_settings_do_not_want_them(collected, path):
    with Foreign(path) as made:
        made.answer(A, kind="image/png")
    assert collected("warc", path.as_uri(), pictures=False) == []


def test_a_kept_file_is_a_page_too_and_what_is_not_of_the_web_is_not(collected, path):
    with Foreign(path) as made:
        made.file(A, b"<p>x", "text/html")
        made.file("file:///x", b"<p>y", "text/html")
        made.file("metadata://x", b"z", "text/plain")
        made.answer("dns:example.com", b"example.com.", kind="text/html")
    (one,) = collected("warc", path.as_uri())
    assert (one.kind, one.url, one.status, one.headers) == ("resource", A, 0, ())
    assert one.content_type == "text/html"


def test_of_our_own_files_only_pages_and_pictures_are_taken(collected, tmp_path):
    (tmp_path / "captures").mkdir()
    (first, *_) = several(tmp_path / "captures")
    found = collected("warc", (tmp_path / "captures" / first.ref.file).as_uri())
    assert [(one.url, one.status) for one in found] == [
        ("https://example.com/a", 200),
        ("https://example.com/b", 200),
        ("https://example.com/gone", 404),
    ]
    assert found[0].payload == found[1].payload == first.payload


def test_every_file_of_a_folder_is_read_in_the_order_of_names(collected, tmp_path):
    for name in ("2.warc.gz", "1.warc", "notes.txt"):
        with Foreign(tmp_path / name, packed=name.endswith("gz")) as made:
            made.answer(f"https://example.com/{name}")
    (tmp_path / "3.warc").mkdir()
    found = collected("warc", tmp_path.as_uri())
    assert [one.url[-6:] for one in found] == ["1.warc", "arc.gz"]


def test_a_known_page_is_not_given_again(collected, path):
    with Foreign(path) as made:
        made.answer(A)
        made.answer(B)
    collected.known.add((A, payload_digest(HTML.format(A).encode())))
    assert [one.url for one in collected("warc", path.as_uri())] == [B]


# Revisits


@pytest.mark.parametrize("digest_of", [by_sha1, payload_digest])
@pytest.mark.parametrize("headers", [True, False])
def test_a_revisit_is_the_page_that_it_repeats(collected, path, digest_of, headers):
    body = HTML.format(A).encode()
    with Foreign(path) as made:
        made.answer(A)
        made.same(B, digest_of(body), A, headers=headers)
        made.answer("https://example.com/c")
    found = collected("warc", path.as_uri())
    assert [one.url[-1] for one in found] == ["a", "b", "c"]
    assert (found[1].kind, found[1].status, found[1].payload) == ("response", 200, body)
    assert header(found[1].headers, "content-type") == "text/html"
    assert collected.problems == []


def test_revisits_of_pages_that_are_elsewhere_are_told_together(collected, path):
    with Foreign(path) as made:
        made.answer(A)
        made.same(B, by_sha1(b"elsewhere"), A)
        made.same("https://example.com/c", by_sha1(b"too"), A)
    assert [one.url for one in collected("warc", path.as_uri())] == [A]
    (told,) = collected.problems
    assert (told.kind, told.url) == ("revisit-unresolved", str(path))
    assert "2 records repeat pages that this file does not hold" in told.message


def test_only_so_many_pages_are_remembered_for_revisits(collected, path, monkeypatch):
    monkeypatch.setattr(warc, "_MOST_ORIGINALS", 1)
    with Foreign(path) as made:
        made.answer(A)
        made.answer("https://example.com/c", b"<p>second")
        made.same(B, by_sha1(b"<p>second"), A)
    assert len(collected("warc", path.as_uri())) == 2
    assert collected.kinds == ["revisit-unresolved"]


def test_a_page_that_can_no_longer_be_read_stands_for_no_revisit(collected, path):
    """The file may change under us: what is read again is held against the digest."""
    first = HTML.format(A).encode()
    with Foreign(path, packed=False) as made:
        made.answer(A)
        for number in range(40):
            made.answer(f"https://example.com/{number}", b"<p>" + bytes(4000))
        made.same(B, by_sha1(first), A)
    stream = collected.stream("warc", path.as_uri())
    assert next(stream).url == A
    path.write_bytes(path.read_bytes().replace(first, first[::-1]))
    assert B not in [one.url for one in stream]


# Damage


def test_damage_is_told_with_file_and_offset_and_what_stands_behind_it_is_taken(collected, path):
    with Foreign(path) as made:
        made.answer(A)
        at = made.answer(B)
        made.answer("https://example.com/c")
    data = bytearray(path.read_bytes())
    data[at + 60] ^= 0xFF
    path.write_bytes(data)
    found = collected("warc", path.as_uri())
    assert [one.url[-1] for one in found] == ["a", "c"]
    assert "capture-damaged" in collected.kinds
    said = collected.problems[0].message
    assert f"{path} at 0: the file is damaged in or behind this record" in said


def test_a_file_that_breaks_off_gives_what_is_whole(collected, path):
    with Foreign(path) as made:
        made.answer(A)
        made.answer(B)
    path.write_bytes(path.read_bytes()[:-40])
    assert [one.url for one in collected("warc", path.as_uri())] == [A]
    assert collected.kinds == ["capture-damaged"]


@pytest.mark.parametrize("content", [b"", b"no WARC at all", bytes(5000)])
def test_a_file_that_is_none_gives_nothing(collected, path, content):
    path.write_bytes(content)
    assert collected("warc", path.as_uri()) == []


def test_a_file_that_is_missing_or_refused_is_told(collected, path, tmp_path, monkeypatch):
    assert collected("warc", path.as_uri()) == []
    assert collected.kinds == ["file-missing"]
    (tmp_path / "locked.warc").write_bytes(b"")

    def refusing(self, *_):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(path), "open", refusing)
    assert collected("warc", tmp_path.as_uri()) == []
    assert collected.problems[0].message == f"{tmp_path / 'locked.warc'}: Permission denied"


def test_a_folder_that_cannot_be_listed_is_told(collected, tmp_path, monkeypatch):
    def refusing(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.scandir", refusing)
    assert collected("warc", tmp_path.as_uri()) == []
    assert collected.kinds == ["file-unreadable"]


# Once, and never twice in vain


def test_a_file_that_was_read_to_its_end_is_not_read_again_until_it_changes(
    collected, path, monkeypatch
):
    many(path, 3)
    assert len(collected("warc", path.as_uri())) == 3
    collected("warc", path.as_uri())  # sees that all of it is kept
    collected.known.clear()
    assert collected("warc", path.as_uri()) == []
    many(path, 4)
    assert len(collected("warc", path.as_uri())) == 4


def test_nothing_is_taken_for_kept_that_was_only_given(collected, path, monkeypatch):
    """Whoever dies with a batch in hand gets that batch again."""
    monkeypatch.setattr(warc, "_NOTE_EVERY", 1)
    urls = many(path, 6)
    for number, one in enumerate(collected.stream("warc", path.as_uri())):
        if number < 3:
            collected.keep(one)
    assert [one.url for one in collected("warc", path.as_uri())] == urls[3:]


def test_a_reading_that_broke_off_goes_on_where_it_broke_off(collected, path, monkeypatch):
    monkeypatch.setattr(warc, "_NOTE_EVERY", 1)
    urls = many(path, 6)
    stream = collected.stream("warc", path.as_uri())
    for _ in range(4):
        collected.keep(next(stream))
    stream.close()
    collected.known.clear()
    assert [one.url for one in collected("warc", path.as_uri())] == urls[3:]


def test_one_page_at_a_time_is_in_memory(collected, path):
    many(path, 30, size=200_000)
    tracemalloc.start()
    assert sum(len(one.payload) for one in collected.stream("warc", path.as_uri())) > 6_000_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
