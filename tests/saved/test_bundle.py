"""Zip archives from strangers: read in memory, bounded, and never unpacked by name."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.exports import zipped

from newskeep.discover.saved import bundle as room
from newskeep.discover.saved.bundle import Bundle


def opened(data: bytes):
    told: list[tuple[str, str]] = []
    bundle = Bundle(data, lambda kind, where, message: told.append((where, message)))
    return bundle, told


def archive(*members: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for info, content in members:
            made.writestr(info, content)
    return file.getvalue()


@given(
    st.dictionaries(
        st.text("abc港/é", min_size=1, max_size=6).filter(
            lambda name: name[0] != "/" and name[-1] != "/"
        ),
        st.binary(max_size=2000),
        max_size=5,
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_what_zip_writers_write_is_read(members, method):
    bundle, told = opened(archive(*members.items(), method=method))
    assert {name: bundle.read(name) for name in bundle.names()} == members
    assert told == []


def test_an_archive_that_was_streamed_is_read():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = b""

        def writable(self):
            return True

        def write(self, data):
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", b"text" * 100)
    bundle, _ = opened(pipe.data)
    assert bundle.read("a.txt") == b"text" * 100


def test_one_with_the_large_form_of_directory_is_read():
    """As writers do from 65,535 members on (APPNOTE 4.3.14)."""
    data = zipped({"a.txt": "text"})
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    large = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, end - start, start)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    least = struct.pack("<4s4HIIH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    bundle, _ = opened(data[:end] + large + locator + least)
    assert bundle.read("a.txt") == b"text"


def test_folders_are_no_members_and_names_are_asked_by_both_ends():
    bundle, told = opened(archive(("a/", b""), ("a/1.json", b"1"), ("b/2.json", b"2")))
    assert bundle.names() == ["a/1.json", "b/2.json"]
    assert bundle.names("a/", ".json") == ["a/1.json"]
    assert "a/" not in bundle
    assert bundle.read("missing") == b""
    assert told == []


@pytest.mark.parametrize(
    "name", ["../up", "a/../../up", "/etc/passwd", "..\\up", "C:\\x", "c:/x", "a/.."]
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    bundle, told = opened(archive((zipfile.ZipInfo(name), b"x"), ("good", b"y")))
    assert bundle.names() == ["good"]
    assert told == [(name, "its name leads out of the archive; it was left out")]


def test_a_link_is_refused():
    info = zipfile.ZipInfo("link")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    bundle, told = opened(archive((info, b"/etc/passwd")))
    assert bundle.names() == []
    assert told == [("link", "it is a symbolic link; it was left out")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_first_counts():
    bundle, told = opened(archive(("a", b"first"), ("a", b"second")))
    assert bundle.read("a") == b"first"
    assert told == [("a", "it is there a second time; it was left out")]


def test_a_bomb_goes_off_in_a_small_room():
    """Ten megabytes of nothing pack into ten kilobytes."""
    bundle, told = opened(archive(("bomb", b"\0" * (10 << 20)), ("good", b"x")))
    assert bundle.read("bomb") == b""
    ((where, message),) = told
    assert where == "bomb"
    assert message.startswith("it grows past 2")
    assert bundle.read("good") == b"x"


def test_all_members_together_are_bounded_too(monkeypatch):
    monkeypatch.setattr(room, "MOST_READ", 1500)
    bundle, told = opened(archive(("a", b"a" * 1000), ("b", b"b" * 1000)))
    assert len(bundle.read("a")) == 1000
    assert bundle.read("b") == b""
    assert told == [("b", "it grows past 500 bytes; it was left out")]


def test_only_so_many_members_are_looked_at(monkeypatch):
    monkeypatch.setattr(room, "MOST_MEMBERS", 2)
    bundle, told = opened(archive(("a", b""), ("b", b""), ("c", b"")))
    assert bundle.names() == ["a", "b"]
    assert told == [("", "only its first 2 members were looked at")]


def damaged(data: bytes, place: int, value: bytes) -> bytes:
    return data[:place] + value + data[place + len(value) :]


@pytest.mark.parametrize(
    ("offset", "value", "said"),
    [
        (8, b"\x01", "it is encrypted"),
        (10, b"\x0c", r"by a method \(12\)"),
        (16, b"\0\0\0\0", "its checksum"),
        (20, b"\xff\xff\xff\xff", "too large"),
        (20, b"\xff\xff\x00\x00", "cut short"),
        (42, b"\x05", "not where the archive says"),
        (42, b"\xff\xff\xff\x7f", "not where the archive says"),
    ],
)
def test_a_member_that_cannot_be_read_says_why_and_the_rest_goes_on(offset, value, said):
    data = archive(("good", b"x"), ("bad", b"text" * 20))
    entry = data.rfind(b"PK\x01\x02")
    bundle, told = opened(damaged(data, entry + offset, value))
    assert bundle.read("bad") == b""
    ((where, message),) = told
    assert where == "bad"
    assert re.search(said, message)
    assert bundle.read("good") == b"x"


def test_damaged_content_is_told():
    data = archive(("bad", bytes(range(256)) * 8))
    start = data.index(b"bad") + 3
    bundle, told = opened(damaged(data, start, b"\xff" * 8))
    assert bundle.read("bad") == b""
    assert told == [("bad", "it is damaged; it was left out")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06", b"x" * 100_000])
def test_what_has_no_directory_is_no_archive(data):
    with pytest.raises(ValueError, match="downloaded whole"):
        opened(data)


@given(st.data())
@settings(max_examples=150, derandomize=True, deadline=None)
def test_damage_anywhere_raises_nothing_else(data):
    whole = bytearray(archive(("a/b.json", b"[1, 2, 3]" * 9), ("c", b"x")))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        bundle, _ = opened(bytes(whole))
    except ValueError:
        return
    for name in bundle.names():
        assert zlib.crc32(bundle.read(name)) >= 0
