"""What `check` finds: every fault with its place and what to do, and nothing in a sound archive."""

from __future__ import annotations

import pytest
from support.answers import page, rss

import newskeep
from newskeep import Archive

TEXT = ["The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs."] * 2


@pytest.fixture
def archive(tmp_path):
    with newskeep.init(tmp_path / "news") as made:
        made.keep([page("/a-1", "Bridge", TEXT), page("/b-2", "Ferry", TEXT[:1])])
        made.drop_writer()
        made.keep([page("/a-1", "Bridge", TEXT), rss([("/c-3", "Snow", "It snows.")])])
        yield made


def faults(archive):
    return [one.kind for one in archive.check()]


def test_a_sound_archive_has_no_fault(archive):
    assert faults(archive) == []


def test_a_flipped_bit_in_a_capture(archive):
    first, _ = archive.captures.files()
    file = archive.layout.captures / first
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    (fault, *more) = archive.check()
    assert fault.kind == "capture-damaged"
    assert f"{first} at " in fault.message
    assert "backup" in fault.message
    assert {one.kind for one in more} <= {"capture-missing", "payload-missing"}


def test_a_capture_file_that_is_gone(archive):
    first, _ = archive.captures.files()
    (archive.layout.captures / first).unlink()
    found = list(archive.check())
    assert [one.kind for one in found] == ["payload-missing", "capture-missing", "capture-missing"]
    assert f"{first} at " in found[1].message


def test_captures_that_the_catalogue_does_not_know(archive):
    archive.catalogue.connection.execute("DELETE FROM capture")
    found = list(archive.check())
    assert [one.kind for one in found] == ["not-catalogued"] * 4
    assert all(one.message.endswith("run: newskeep rebuild") for one in found)


def test_captures_that_the_catalogue_has_elsewhere(archive):
    archive.catalogue.connection.execute("UPDATE capture SET start = start + 1")
    assert faults(archive) == ["misplaced"] * 4


def test_a_journal_that_was_changed(archive):
    archive.journal.append("star", story="a")
    archive.journal.append("star", story="b")
    file = archive.layout.journal
    file.write_bytes(file.read_bytes().replace(b'"a"', b'"c"'))
    assert faults(archive) == ["journal-damaged"]


def test_an_index_that_lost_its_words(archive):
    emptying = "INSERT INTO search_words (search_words) VALUES ('delete-all')"
    archive.catalogue.connection.execute(emptying)
    assert "search-damaged" in faults(archive)
    archive.rebuild()
    assert faults(archive) == []


def test_a_catalogue_with_a_damaged_page(archive):
    archive.catalogue.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    archive.close()
    file = archive.layout.catalogue
    data = bytearray(file.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    file.write_bytes(data)
    with Archive(archive.layout.root) as again:
        found = list(again.check())
    assert {one.kind for one in found} == {"catalogue-damaged"}
    assert all("run: newskeep rebuild" in one.message for one in found)


def test_a_catalogue_of_another_version_is_a_fault_and_rebuild_mends_it(archive):
    archive.catalogue.set_meta("schema", "99")
    archive.close()
    with Archive(archive.layout.root) as again:
        (fault,) = again.check()
        assert fault.kind == "catalogue-damaged"
        assert fault.message.count("run: newskeep rebuild") == 1
        again.rebuild()
        assert list(again.check()) == []
