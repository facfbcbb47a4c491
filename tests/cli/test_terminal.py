"""What reaches a terminal: never control characters, lines that fit, colour where it is wanted."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.answers import SITE, page

import newskeep
from newskeep.cli import terminal

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\u2066\x00\x08\r"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def evil(empty):
    """An archive whose source and article have titles and texts that attack terminals."""
    with newskeep.open(empty) as archive:
        source = archive.follow(f"{SITE}/feed", title=f"Bell{EVIL}", tags=[f"t{EVIL}"])
        words = [f"The bridge{EVIL} is open again to lorries, the authority said.{EVIL}"] * 4
        archive.keep([page("/b-1", f"Bridge{EVIL}", words, source=source.id)])
        archive.keep([page("/b-1", f"Open{EVIL}", [*words, EVIL + "x"], source=source.id)])
        problem = newskeep.Problem(
            url="u", stage="fetch", kind="x", message=f"Trouble{EVIL}", at=archive.now()
        )
        with archive.catalogue.transaction():
            archive.catalogue.put_problem(problem, source.id)
    return empty


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json"],
        ["show", f"{SITE}/b-1"],
        ["show", f"{SITE}/b-1", "--html"],
        ["show", f"{SITE}/b-1", "--markdown"],
        ["show", f"{SITE}/b-1", "--json"],
        ["log", f"{SITE}/b-1"],
        ["log", f"{SITE}/b-1", "--json"],
        ["diff", f"{SITE}/b-1"],
        ["diff", f"{SITE}/b-1", "--json"],
        ["search", "bridge"],
        ["search", "bridge", "--json"],
        ["search", f"nothing{EVIL}"],
        ["status"],
        ["status", "--json"],
        ["sources"],
        ["sources", "--json"],
        ["export", "subs"],
        ["export", "opml"],
        ["show", f"nothing{EVIL}"],
        [f"verb{EVIL}"],
    ],
)
@pytest.mark.parametrize("coloured", [False, True])
def test_no_control_character_reaches_the_terminal(run, evil, arguments, coloured, monkeypatch):
    if coloured:
        monkeypatch.setattr(terminal, "is_coloured", lambda: True)
    done = run("--archive", evil, *arguments)
    printed = re.sub(r"\x1b\[[0-9;]*m", "", done.out) if coloured else done.out
    assert not CONTROL.findall(printed + done.err)
    assert done.out or done.err


def test_json_is_the_same_value_however_it_is_written(capsys):
    for text in ("大桥", "\x9b31m", "\u202e", "\ud800", "plain"):
        terminal.say_json({"title": text})
        assert json.loads(capsys.readouterr().out) == {"title": text}


def test_raw_bytes_are_not_for_a_terminal(run, kept, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    done = run("show", f"{SITE}/bridge-1", "--raw", "--archive", kept)
    assert done.code == 2
    assert "send it to a file or a pipe" in done.err


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, capsys, environment, coloured):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    terminal.paint("Bridge", terminal.BOLD)
    assert capsys.readouterr().out == ("\x1b[1mBridge\x1b[0m\n" if coloured else "Bridge\n")
    assert terminal.styled("Bridge") == "Bridge"


def test_wide_characters_take_two_columns():
    assert terminal.width("ab") == 2
    assert terminal.width("大桥") == 4


def test_a_table_lines_up_in_both_scripts(capsys):
    terminal.table([("大桥", "1"), ("ferry", "22"), ("x", "")])
    assert capsys.readouterr().out == "大桥   1\nferry  22\nx\n"
    terminal.table([])
    assert capsys.readouterr().out == ""


def test_what_marks_the_character_before_takes_no_column(capsys):
    assert terminal.width("e\u0301tat") == 4
    terminal.table([("e\u0301tat", "1"), ("ferry", "2")])
    assert capsys.readouterr().out == "e\u0301tat   1\nferry  2\n"


def test_numbers_are_set_to_the_right(capsys):
    terminal.table([("bell", "9"), ("quay", "1204")], right=(1,))
    assert capsys.readouterr().out == "bell     9\nquay  1204\n"


def test_a_cell_is_one_line(capsys):
    terminal.table([("two\nlines\tand tab", "1")])
    assert capsys.readouterr().out == "two lines and tab  1\n"


def test_one_column_gives_way_where_the_terminal_is_narrow(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "21")
    rows = [("跨海大桥重新向货车开放", "1 h ago"), ("bell", "2 h ago")]
    terminal.table(rows, cut=0)
    assert capsys.readouterr().out == "跨海大桥重…   1 h ago\nbell          2 h ago\n"
    monkeypatch.setenv("COLUMNS", "40")
    terminal.table(rows, cut=0)
    assert capsys.readouterr().out.startswith("跨海大桥重新向货车开放  1 h ago\n")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("the old bridge is open", ["the old", "bridge is", "open"]),
        ("大桥重新开放，今天。", ["大桥重新开", "放，今天。"]),
        ("大桥大桥大桥。", ["大桥大桥大", "桥。"]),
        ("see 大桥 here", ["see 大桥", "here"]),
        ("", [""]),
        ("incomprehensibilities", ["incomprehensibilities"]),
    ],
)
def test_paragraphs_are_wrapped_where_the_language_allows(text, lines):
    assert terminal.wrapped(text, 10) == lines


@given(st.text(alphabet="abc de大桥，。 ", max_size=60), st.integers(min_value=4, max_value=20))
def test_wrapping_loses_no_character_and_keeps_to_the_width(text, limit):
    lines = terminal.wrapped(text, limit)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        units = re.findall(r"(?:[a-e]+|[大桥]|^)[，。 ]*", line)  # punctuation never begins a line
        assert terminal.width(line) <= max(limit, *(terminal.width(one.rstrip()) for one in units))


def test_values_in_json_terms():
    at = datetime(2026, 11, 1, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    assert terminal.plain({"at": at, 1: {Path("a")}}) == {"at": "2026-11-01T08:30:00Z", "1": ["a"]}
    stamp = newskeep.Stamp(at=at.astimezone(UTC), offset=480)
    assert terminal.plain(stamp) == {"at": "2026-11-01T08:30:00Z", "offset": 480, "day_only": False}


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "²", "many"])
def test_what_is_no_natural_number_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError):
        terminal.natural(text)


def test_help_keeps_to_the_width_of_the_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    lines = run("sync", "--help").lines
    options = lines[lines.index("options:") :]
    assert max(map(len, options)) <= 48
    monkeypatch.setenv("COLUMNS", "wide")
    assert run("sync", "--help").code == 0
