"""The journal: each line durable, each damaged line found where it is."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.captures import flips

from newskeep.captures.raw import RawFile
from newskeep.errors import ArchiveError, UsageError
from newskeep.journal import MOST_BYTES, Journal


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal.jsonl")


def filled(journal: Journal, count: int = 4) -> list[dict]:
    return [journal.append("note", story=f"s{n}", text=f"笔记 {n}\n\x1f") for n in range(count)]


def test_what_is_appended_is_read_back(journal):
    appended = [
        journal.append("tag", story="s1", tags=["天气", "bridge"]),
        journal.append("star", story="s1", on=True, weight=1.5, why=None),
    ]
    assert list(journal.read()) == appended
    assert list(Journal(journal.path).read()) == appended
    assert list(journal.verify()) == []
    assert journal.problems == []


def test_several_lines_are_made_durable_together(journal, monkeypatch):
    syncs = []
    monkeypatch.setattr(RawFile, "sync", lambda file: syncs.append(file))
    before = journal.append("star", story="s0")
    lines = journal.extend(("tag", {"story": f"s{n}"}) for n in range(3))
    assert journal.extend([]) == []
    assert list(journal.read()) == [before, *lines]
    assert list(journal.verify()) == []
    assert len(syncs) == 2


def test_of_several_lines_none_is_written_where_one_cannot_be(journal):
    with pytest.raises(UsageError):
        journal.extend([("tag", {"story": "s1"}), ("tag", {"at": "now"})])
    assert list(journal.read()) == []


def test_a_line_says_when_and_which(journal):
    one, two = filled(journal, 2)
    assert set(one) == {"at", "id", "kind", "story", "text"}
    assert one["kind"] == "note"
    assert one["id"] != two["id"]
    assert one["at"] < two["at"]
    assert datetime.fromisoformat(one["at"]).tzinfo is UTC


def test_a_line_is_one_json_object(journal):
    filled(journal)
    lines = journal.path.read_text(encoding="utf-8").splitlines()
    assert [set(json.loads(line)) >= {"at", "kind", "sum"} for line in lines] == [True] * 4


def test_an_empty_or_missing_journal_is_sound(journal):
    assert list(journal.read()) == []
    journal.path.touch()
    assert list(journal.read()) == []
    assert list(journal.verify()) == []


def test_time_only_goes_forward(journal, monkeypatch):
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    given = [noon, noon - timedelta(days=1)]
    monkeypatch.setattr("newskeep.clock.now", lambda: given.pop(0))
    one, two = filled(journal, 2)
    assert (one["at"], two["at"]) == ("2026-11-23T12:00:00.000000Z", "2026-11-23T12:00:00.000001Z")


@pytest.mark.parametrize(
    "facts",
    [
        {"at": "now"},
        {"id": "1"},
        {"sum": "0"},
        {"x": object()},
        {"x": float("nan")},
        {"x": "\ud800"},
        {"x": "y" * MOST_BYTES},
    ],
)
def test_what_is_no_line_is_refused(journal, facts):
    with pytest.raises(UsageError):
        journal.append("note", **facts)
    with pytest.raises(UsageError):
        journal.append("")
    assert not journal.path.exists()


def test_each_line_and_a_new_file_are_synced(journal, monkeypatch):
    synced = []
    monkeypatch.setattr(RawFile, "sync", lambda file: synced.append(file.seek(0, 2)))
    monkeypatch.setattr("newskeep.journal.sync_folder", synced.append)
    filled(journal, 2)
    sizes = [len(line) for line in journal.path.read_bytes().splitlines(keepends=True)]
    assert synced == [sizes[0], journal.path.parent, sum(sizes)]


# Damage


def test_every_flipped_bit_is_found_in_its_line(journal):
    filled(journal, 3)
    sound = journal.path.read_bytes()
    for byte, damaged in flips(sound, range(len(sound) * 8)):
        journal.path.write_bytes(damaged)
        problems = list(journal.verify())
        line = sound.count(b"\n", 0, byte) + 1
        offset = sound.rfind(b"\n", 0, byte) + 1
        assert problems, f"byte {byte}"
        assert f"line {line} at {offset}: " in problems[0].message
        assert len(problems) <= 2  # two where a newline comes up in the middle of a line


@pytest.mark.parametrize("change", ["drop", "double", "swap", "insert", "empty"])
def test_lines_out_of_place_are_found(journal, change):
    filled(journal)
    one, two, three, four = journal.path.read_bytes().splitlines(keepends=True)
    stranger = b'{"at":"","id":"","kind":"x","sum":"0123456789abcdef"}\n'
    lines = {
        "drop": [one, three, four],
        "double": [one, two, two, three, four],
        "swap": [one, three, two, four],
        "insert": [one, stranger, two, three, four],
        "empty": [one, b"\n", two, three, four],
    }[change]
    journal.path.write_bytes(b"".join(lines))
    assert any("line 2 " in p.message or "line 3 " in p.message for p in journal.verify())


def test_a_damaged_line_does_not_hide_the_others(journal):
    appended = filled(journal)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join([lines[0], lines[1].replace(b"s1", b"sX"), *lines[2:]]))
    assert list(journal.read()) == [appended[0], *appended[2:]]
    assert len(list(journal.verify())) == 1


@pytest.mark.parametrize("damage", [b"s3", b'"sum":"'])
def test_after_a_damaged_last_line_the_journal_goes_on(journal, damage):
    appended = filled(journal)
    data = journal.path.read_bytes()
    at = data.rfind(damage)
    journal.path.write_bytes(data[:at] + b"#" + data[at + 1 :])
    more = filled(journal, 2)
    assert list(journal.read()) == [*appended[:3], *more]
    (problem,) = journal.verify()
    assert "line 4 " in problem.message


def test_lines_that_are_no_facts_are_damage(journal):
    from newskeep.journal import _sealed

    forged, before = [], b"0" * 16
    late = b'{"at":"9999-12-31T23:59:59.999999+00:00","kind":"x"}'
    for body in (b"[1]", b'{"kind":"x"}', b"nonsense}", b"[" * 100_000 + b"}", late):
        line = _sealed(body, before)
        forged.append(line + b"\n")
        before = line[-18:-2]
    journal.path.write_bytes(b"".join(forged))
    assert list(journal.read()) == []
    assert len(list(journal.verify())) == 5
    one = journal.append("note")
    assert list(journal.read()) == [one]


# Torn tails and disks


def test_a_torn_tail_is_cut_wherever_it_was_torn(journal):
    appended = filled(journal)
    sound = journal.path.read_bytes()
    last = sound.rstrip(b"\n").rfind(b"\n") + 1
    for size in range(last + 1, len(sound) - 1):
        journal.path.write_bytes(sound[:size])
        assert list(journal.read()) == appended[:3]
        again = Journal(journal.path)
        new = again.append("star", story="s9")
        assert list(again.read()) == [*appended[:3], new]
        (problem,) = again.problems
        assert problem.kind == "torn-tail"
        aside = journal.path.with_name(f"journal.jsonl.torn-{last}")
        assert aside.read_bytes() == sound[last:size]
        assert aside.name in problem.message
        assert list(again.verify()) == []


def test_a_whole_line_without_its_newline_is_not_lost(journal):
    appended = filled(journal)
    sound = journal.path.read_bytes()
    for tail in (b"", b"\x0b", b"J"):
        journal.path.write_bytes(sound[:-1] + tail)
        assert len(list(journal.verify())) == 1
        again = Journal(journal.path)
        new = again.append("star", story="s9")
        assert list(again.read()) == [*appended, new]
        assert again.problems == []
        assert list(again.verify()) == []


def test_a_first_line_that_is_torn(journal):
    journal.path.write_bytes(b'{"at":"2026')
    one = journal.append("note")
    assert list(journal.read()) == [one]
    assert len(journal.problems) == 1


def test_a_long_last_line_is_found(journal):
    one = journal.append("note", text="長" * 100_000)
    two = journal.append("note", text="x")
    assert list(journal.read()) == [one, two]
    assert list(journal.verify()) == []


@pytest.mark.parametrize("room", [0, 1, 60])
def test_a_failed_append_leaves_whole_lines(journal, monkeypatch, room):
    appended = filled(journal, 2)
    size = journal.path.stat().st_size
    write = RawFile.write
    left = [room]

    def full(file, data):
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = write(file, bytes(data[: left[0]]))
        left[0] -= written
        return written

    monkeypatch.setattr(RawFile, "write", full)
    with pytest.raises(ArchiveError, match="No space left"):
        journal.append("note")
    assert journal.path.stat().st_size == size
    monkeypatch.setattr(RawFile, "write", write)
    more = journal.append("note")
    assert list(journal.read()) == [*appended, more]


def test_a_line_that_cannot_be_made_durable_is_taken_back(journal, monkeypatch):
    appended = filled(journal, 2)

    def broken(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(RawFile, "sync", broken)
    with pytest.raises(ArchiveError, match="Input/output error"):
        journal.append("note")
    assert list(journal.read()) == appended


def test_a_journal_that_cannot_be_opened_is_told(tmp_path):
    journal = Journal(tmp_path)
    for act in (lambda: journal.append("note"), lambda: list(journal.read())):
        with pytest.raises(ArchiveError, match="cannot be read or written"):
            act()


KILLED = """
    import sys
    from newskeep.journal import Journal
    journal = Journal(sys.argv[1])
    while True:
        print(journal.append("note", text="x" * 3000)["id"], flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_loses_no_acknowledged_line(journal):
    ids = []
    for count in (1, 9, 30):
        command = [sys.executable, "-c", textwrap.dedent(KILLED), str(journal.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            ids += [process.stdout.readline().strip() for _ in range(count)]
            process.kill()
            ids += process.stdout.read().split("\n")[:-1]
    journal.append("end")
    found = [entry["id"] for entry in journal.read()]
    assert set(ids) <= set(found)
    assert list(journal.verify()) == []


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.dictionaries(st.text("abcdef_", min_size=1), json_values, max_size=4)))
def test_any_facts_are_read_back(lines):
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.jsonl")
        appended = [journal.append("note", **{f"x{k}": v for k, v in one.items()}) for one in lines]
        assert list(journal.read()) == appended
        assert list(journal.verify()) == []
