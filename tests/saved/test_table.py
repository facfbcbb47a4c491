"""CSV as services and spreadsheets write it; what is odd is named by its line."""

from __future__ import annotations

import pytest

from newskeep.discover.saved.table import columns, rows


def read(text: str | bytes, *needed: str):
    told = []
    data = text if isinstance(text, bytes) else text.encode()
    found = list(rows(data, frozenset(needed), lambda *one: told.append(one)))
    return [(row.line, dict(row.cells)) for row in found], told


def test_names_are_compared_without_case_and_blanks():
    found, told = read(" URL ,Title\nx,y\n", "url")
    assert found == [(2, {"url": "x", "title": "y"})]
    assert told == []
    assert columns(b" URL ,Title\n") == {"url", "title"}


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffurl,title\nä,港口\n".encode(),
        "url,title\r\nä,港口\r\n".encode(),
        "url,title\rä,港口\r".encode(),
        "url,title\nä,港口".encode("utf-16"),
        "\n\nurl,title\n\n,\nä,港口\n".encode(),
        "url,title\nä,港口\n".encode("gb18030"),
    ],
    ids=["bom", "crlf", "cr", "utf-16", "blank lines", "gb18030"],
)
def test_byte_order_marks_line_ends_and_charsets_are_looked_through(data):
    found, told = read(data, "url")
    assert [cells for _, cells in found] == [{"url": "ä", "title": "港口"}]
    assert told == []


def test_a_row_is_named_by_the_line_it_begins_on():
    found, _ = read('url,title\na,"one\ntwo\u2028three"\nb,x\n', "url")
    assert [(line, cells["url"]) for line, cells in found] == [(2, "a"), (4, "b")]


def test_too_few_or_too_many_columns_are_told_and_the_row_read_as_far_as_it_goes():
    found, told = read("url,title\na\nb,c,d\n", "url")
    assert [cells for _, cells in found] == [{"url": "a"}, {"url": "b", "title": "c"}]
    assert [(kind, where) for kind, where, _ in told] == [
        ("wrong-columns", "line 2"),
        ("wrong-columns", "line 3"),
    ]


def test_a_line_that_is_no_csv_is_told_and_the_next_one_read():
    found, told = read(f'url,title\na,b\rc\nd,e\n"{"z" * 140_000}",f\ng,h\n', "url")
    assert [cells["url"] for _, cells in found] == ["d", "g"]
    assert [(kind, where) for kind, where, _ in told] == [
        ("row-unreadable", "line 2"),
        ("row-unreadable", "line 4"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [("title\nx\n", "no column called status, url"), ("", "empty"), ("\n\n", "empty")],
)
def test_without_the_columns_it_is_no_such_table(text, said):
    with pytest.raises(ValueError, match=said):
        read(text, "url", "status")
