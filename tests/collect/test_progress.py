"""How far a source was read: noted only when all before it is kept, and never a danger."""

from __future__ import annotations

import pytest

from newskeep.collect.progress import Progress


@pytest.fixture
def known():
    return set()


@pytest.fixture
def progress(tmp_path, known):
    def progress(version="1", folder=tmp_path / "made" / "later"):
        return Progress(folder, "file:///x", version, lambda *one: one in known)

    return progress


def test_a_place_is_remembered_for_one_state_of_the_source(progress):
    progress().reached(7)
    assert [progress().place, progress("2").place] == [7, 0]


def test_a_place_is_not_noted_while_a_piece_before_it_is_not_kept(progress, known):
    reading = progress()
    reading.gave("u", "d")
    reading.reached(7)
    assert progress().place == reading.place == 0
    known.add(("u", "d"))
    reading.reached(9)
    assert progress().place == reading.place == 9


def test_the_last_piece_stands_for_all_before_it(progress, known):
    reading = progress()
    known.add(("u", "second"))
    reading.gave("u", "first")
    reading.gave("u", "second")
    reading.reached(7)
    assert progress().place == 7


@pytest.mark.parametrize(
    "noted",
    ["", "{", "[]", "null", '{"version": "1"}', '{"version": "1", "place": "x"}', "\ud800"],
)
def test_a_damaged_note_counts_as_none(progress, tmp_path, noted):
    progress().reached(7)
    (path,) = (tmp_path / "made" / "later").iterdir()
    path.write_bytes(noted.encode("utf-8", "surrogatepass"))
    assert progress().place == 0


def test_a_place_below_the_beginning_is_the_beginning(progress):
    progress().reached(-5)
    assert progress().place == 0


def test_a_place_that_cannot_be_noted_stops_nothing(progress, tmp_path):
    (tmp_path / "made").write_text("a file")
    reading = progress()
    reading.reached(7)
    assert (reading.place, progress().place) == (7, 0)


def test_without_a_folder_nothing_is_noted(progress):
    reading = progress(folder=None)
    reading.reached(7)
    assert (reading.place, progress(folder=None).place) == (7, 0)
