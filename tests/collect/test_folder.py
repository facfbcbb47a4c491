"""A folder of saved pages: each under its own address, again when it has changed, none outside."""

from __future__ import annotations

import os
import random
import zlib

import pytest

from newskeep.collect import folder

CANONICAL = '<link rel="canonical" href="https://example.com/a">'


def page(head: str = "", *, before: str = "", body: str = "<p>The bridge.</p>") -> str:
    return f"{before}<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.fixture
def pages(tmp_path):
    made = tmp_path / "pages"
    made.mkdir()
    return made


def test_every_page_below_the_folder_is_taken_in_the_order_of_names(collected, pages):
    for name in ("b.html", "a.HTM", "sub/c.xhtml", "sub/.hidden.html", ".git/d.html", "e.txt"):
        (pages / name).parent.mkdir(exist_ok=True)
        (pages / name).write_text(page())
    found = collected("folder", pages.as_uri())
    assert [one.url for one in found] == [
        (pages / name).as_uri() for name in ("a.HTM", "b.html", "sub/c.xhtml")
    ]
    assert {(one.kind, one.role, one.source) for one in found} == {("resource", "page", "s1")}
    assert [one.headers for one in found][2] == (("Newskeep-Name", "sub/c.xhtml"),)
    assert collected.problems == []


def test_a_page_is_taken_again_only_when_it_has_changed(collected, pages):
    (pages / "a.html").write_text(page(CANONICAL))
    assert [one.url for one in collected("folder", pages.as_uri())] == ["https://example.com/a"]
    assert collected("folder", pages.as_uri()) == []
    (pages / "a.html").write_text(page(CANONICAL, body="<p>The bridge is shut.</p>"))
    (again,) = collected("folder", pages.as_uri())
    assert b"shut" in again.payload


@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(20_000),
        b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00\x01\x00\x00\x00" * 99,
        zlib.compress("".join(map(str, range(9999))).encode()),
        bytes(500),
    ],
    ids=["random", "program", "compressed", "NUL"],
)
def test_a_file_that_is_no_text_is_told_and_left_out(collected, pages, data):
    (pages / "noise.htm").write_bytes(data)
    (pages / "page.htm").write_text(page())
    assert [one.url for one in collected("folder", pages.as_uri())] == [
        (pages / "page.htm").as_uri()
    ]
    (told,) = collected.problems
    assert (told.kind, told.url) == ("not-html", str(pages / "noise.htm"))
    assert "noise.htm is no web page" in told.message


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "gb18030", "big5", "euc-jp"])
def test_a_page_in_any_charset_is_text(collected, pages, charset):
    body = "<p>港口の橋.</p>" if charset == "euc-jp" else "<p>港口大橋.</p>"
    (pages / "a.html").write_bytes(page(body=body).encode(charset))
    assert len(collected("folder", pages.as_uri())) == 1
    assert collected.problems == []


def test_a_page_with_a_few_broken_bytes_is_a_page(collected, pages):
    (pages / "a.html").write_bytes(page().encode() + b"\x00\xff\x01\x81")
    assert len(collected("folder", pages.as_uri())) == 1


SAVED = "<!-- saved from url=(0024)https://example.com/saved -->\n"
SINGLE = (
    "<!--\n Page saved with SingleFile \n url: https://example.com/single \n saved date: x\n-->"
)


@pytest.mark.parametrize(
    ("head", "before", "address"),
    [
        (CANONICAL, "", "https://example.com/a"),
        (CANONICAL, SAVED, "https://example.com/saved"),
        (CANONICAL, SINGLE, "https://example.com/single"),
        ('<meta property="og:url" content="https://example.com/og">', "", "https://example.com/og"),
        ('<base href="https://example.com/base">', "", "https://example.com/base"),
        (
            '<base href="https://example.com/x/y"><link rel=canonical href="../z?n=1">',
            "",
            "https://example.com/z?n=1",
        ),
        ('<link rel=canonical href="https://example.com/?p=7">', "", "https://example.com/?p=7"),
    ],
)
def test_a_page_stands_under_the_address_it_names(collected, pages, head, before, address):
    (pages / "a.html").write_text(page(head, before=before))
    assert [one.url for one in collected("folder", pages.as_uri())] == [address]


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<link rel=canonical href="https://example.com/">',
        '<link rel=canonical href="file:///etc/passwd">',
        '<link rel=canonical href="/a">',
        '<meta property="og:url" content="javascript:alert(1)">',
    ],
)
def test_a_page_that_names_no_page_on_the_web_stands_under_its_file(collected, pages, head):
    (pages / "a page.html").write_text(page(head))
    (found,) = collected("folder", pages.as_uri())
    assert found.url == (pages / "a page.html").as_uri()
    assert found.url.endswith("a%20page.html")


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.html", "", "text/html"),
        ("a.html", "<meta charset=GBK>", "text/html; charset=GBK"),
        (
            "a.html",
            '<meta http-equiv="Content-Type" content="text/html; charset=big5">',
            "text/html; charset=big5",
        ),
        ("a.xhtml", '<meta charset="utf-8"/>', "application/xhtml+xml; charset=utf-8"),
        ("a.html", '<meta charset="a b\r\nX: y">', "text/html"),
    ],
)
def test_the_type_is_the_file_s_with_the_charset_that_it_declares(
    collected, pages, name, head, kind
):
    (pages / name).write_text(page(head))
    assert [one.content_type for one in collected("folder", pages.as_uri())] == [kind]


def test_a_link_that_leads_out_is_told_and_one_that_stays_inside_is_passed_over(
    collected, pages, tmp_path
):
    outside = tmp_path / "secret.html"
    outside.write_text(page())
    (pages / "a.html").write_text(page())
    (pages / "out.html").symlink_to(outside)
    (pages / "in.html").symlink_to(pages / "a.html")
    (pages / "folder").symlink_to(tmp_path)
    assert [one.url for one in collected("folder", pages.as_uri())] == [(pages / "a.html").as_uri()]
    (told,) = collected.problems
    assert told.url == str(pages / "out.html")
    assert "leads out of the folder" in told.message


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(collected, pages, monkeypatch):
    monkeypatch.setattr(folder, "_MOST_BYTES", 1 << 20)
    (pages / "a-huge.html").write_bytes(b"x" * ((1 << 20) + 1))
    (pages / "b-empty.html").write_bytes(b"")
    (pages / "c.html").write_text(page())
    os.mkfifo(pages / "d-pipe.html")
    found = collected("folder", pages.as_uri())
    assert [one.url for one in found] == [(pages / "c.html").as_uri()]
    (told,) = collected.problems
    assert (told.stage, told.kind) == ("collect", "file-unreadable")
    assert "a-huge.html: it is larger than 1 MB" in told.message
    assert told.at is not None


def test_a_file_or_folder_that_is_refused_is_named(collected, pages, monkeypatch):
    (pages / "a.html").write_text(page())
    (pages / "locked").mkdir()
    (pages / "z.html").write_text(page())

    def refusing(path, most):
        raise PermissionError(13, "Permission denied", str(path))

    scandir = os.scandir

    def shut(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    monkeypatch.setattr(folder, "read", refusing)
    assert collected("folder", pages.as_uri()) == []
    assert [one.message for one in collected.problems] == [
        f"{pages / name}: Permission denied" for name in ("a.html", "z.html", "locked")
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 100_000,
        b"<a>" * 50_000,
        b"\xef\xbb\xbf",
    ],
)
def test_no_content_stops_it(collected, pages, body):
    (pages / "a.html").write_bytes(body)
    (pages / "b.html").write_text(page())
    assert len(collected("folder", pages.as_uri())) == 2


def test_bytes_of_no_charset_are_told_and_left_out(collected, pages):
    (pages / "a.html").write_bytes(b"\x00\xff\xfe")
    (pages / "b.html").write_text(page())
    assert len(collected("folder", pages.as_uri())) == 1
    assert [one.kind for one in collected.problems] == ["not-html"]


@pytest.mark.parametrize(
    ("url", "kind", "said"),
    [
        ("file:///no/such/folder", "file-missing", "does not exist"),
        ("https://example.com/x", "bad-address", "no file on this machine"),
        ("file://elsewhere/x", "bad-address", "no file on this machine"),
        ("file:///a%00b", "bad-address", "no file on this machine"),
    ],
)
def test_a_place_that_is_none_is_told(collected, url, kind, said):
    assert collected("folder", url) == []
    (told,) = collected.problems
    assert (told.kind, told.url) == (kind, url)
    assert said in told.message


def test_a_file_is_no_folder(collected, pages):
    (pages / "a.html").write_text(page())
    assert collected("folder", (pages / "a.html").as_uri()) == []
    assert collected.kinds == ["no-folder"]


def test_it_is_lazy(collected, pages):
    for number in range(3):
        (pages / f"{number}.html").write_text(page())
    stream = collected.stream("folder", pages.as_uri())
    first = next(stream)
    (pages / "1.html").unlink()
    (pages / "2.html").write_text(page(CANONICAL))
    assert [first.url, next(stream).url] == [(pages / "0.html").as_uri(), "https://example.com/a"]
