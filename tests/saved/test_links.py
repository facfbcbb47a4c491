"""Links in lists under headings, however little of the markup is closed."""

from __future__ import annotations

import pytest

from newskeep.discover.saved.links import links, title

NETSCAPE = "<!DOCTYPE NETSCAPE-Bookmark-file-1><H1>Bookmarks</H1>"


def found(html: str, heading: str = "h3"):
    told: list[str] = []
    some = links(html.encode(), heading, lambda kind, where, message: told.append(kind))
    assert told == []
    return [(link.url, link.folders) for link in some]


def test_folders_end_with_their_list():
    html = (
        f"{NETSCAPE}<DL><p><DT><H3>A</H3><DL><p><DT><H3>B</H3><DL><p><DT><A HREF=1>x</A></DL><p>"
        "<DT><A HREF=2>x</A></DL><p><DT><A HREF=3>x</A></DL><p>"
    )
    assert found(html) == [("1", ("A", "B")), ("2", ("A",)), ("3", ())]


def test_lists_that_are_never_closed_do_no_harm():
    assert found("<DL><DT><H3>A<DL><DT><A HREF=1>x<DT><A HREF=2>y") == []
    assert found("<DL><DT><H3>A</H3><DL><DT><A HREF=1>x</A><DT><A HREF=2>y") == [
        ("1", ("A",)),
        ("2", ("A",)),
    ]


def test_an_empty_folder_lends_its_name_to_no_other():
    html = "<DL><DT><H3>A</H3><DL></DL><DT><A HREF=1>x</A></DL><DL><DT><A HREF=2>x</A></DL>"
    assert found(html) == [("1", ()), ("2", ())]


def test_what_browsers_call_their_own_folders_is_no_folder():
    html = '<DL><DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bar</H3><DL><DT><A HREF=1>x</A></DL></DL>'
    assert found(html) == [("1", ())]


def test_attributes_titles_and_the_text_below_are_read():
    html = "<DL><DT><A HREF=1 TAGS='a,b'>The &amp;\n title</A><DD>Below it\n<DT><A>none</A></DL>"
    first, second = links(html.encode(), "h3", print)
    assert (first.title, first["tags"], first["none"]) == ("The & title", "a,b", "")
    assert (first.below, second.url, second.below) == ("Below it", "", "")
    assert (first.where, second.where) == ("link 1", "link 2")


def test_pictures_in_the_file_are_passed_over():
    html = f'<DL><DT><A ICON="data:image/png;base64,{"/" * 5000}" HREF=1>x</A></DL>'
    assert found(html) == [("1", ())]


def test_a_file_too_large_is_read_in_part_and_told(monkeypatch):
    monkeypatch.setattr("newskeep.discover.saved.links.MAX_CHARS", 10)
    told: list[str] = []
    links(b"<DL><DT><A HREF=1>x</A></DL>", "h3", lambda kind, *_: told.append(kind))
    assert told == ["export-too-long"]


@pytest.mark.parametrize(
    "unit", ["<DL><DT>", "<DL><p><DT><H3>x</H3>", "<DD>", "<a href=x>", "<H3>"]
)
def test_nesting_without_end_is_read_to_its_end(unit):
    assert isinstance(found(unit * 20_000), list)


def test_the_title_is_the_documents():
    assert title(b"<html><TITLE> Pocket\nExport</TITLE>") == "Pocket Export"
    assert title(b"<html>") == ""
