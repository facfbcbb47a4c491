"""docs/format.md is enough to read an archive: this reader is written from the page alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest
import zstandard
from support.answers import missing, page

import newskeep

PAGE = (Path(__file__).parents[2] / "docs/format.md").read_text(encoding="utf-8")
GZIP = bytes.fromhex("1f8b08040000000000ff 1000 4e4b0c00")
ZSTD = bytes.fromhex("572a4d180c000000")
EMPTY_FRAME = bytes.fromhex("28b52ffd2000010000")


class Record(NamedTuple):
    fields: dict[str, str]
    block: bytes

    @property
    def payload(self) -> bytes:
        is_http = self.fields["Content-Type"].startswith("application/http")
        return self.block.partition(b"\r\n\r\n")[2] if is_http else self.block


def records(data: bytes, mark: bytes, start: int = 0) -> list[Record]:
    """Every stored record, its seal checked and stepped over without decompressing first."""
    found, offset = [], start
    while offset < len(data):
        assert data[offset:].startswith(mark)
        head = offset + len(mark)
        length, place, sum_ = struct.unpack_from("<III", data, head)
        rest = data[head + 12 : head + 12 + length]
        assert len(rest) == length
        assert place == zlib.crc32(struct.pack("<QI", offset, length))
        assert sum_ == zlib.crc32(rest)
        found.append(record(unpacked(data[offset : head + 12 + length], rest, mark)))
        offset = head + 12 + length
    return found


def unpacked(stored: bytes, rest: bytes, mark: bytes) -> bytes:
    if mark == ZSTD:
        return zstandard.ZstdDecompressor().decompress(rest)
    return zlib.decompress(stored, 16 + zlib.MAX_WBITS)


def record(raw: bytes) -> Record:
    head, _, rest = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert first == "WARC/1.1"
    fields = dict(line.split(": ", 1) for line in lines)
    length = int(fields["Content-Length"])
    assert rest[length:] == b"\r\n\r\n"
    return Record(fields, rest[:length])


def digest(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def capture_id(kind: str, address: str, date: str, payload: str) -> str:
    raw = bytearray(hashlib.sha256("\0".join((kind, address, date, payload)).encode()).digest())
    raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80  # version 8 (RFC 9562)
    return raw[:16].hex()


@pytest.fixture(params=["gzip", "zstd"])
def written(request, tmp_path):
    """An archive with an answer, the same again, and an error; its stories' revision ids."""
    with newskeep.init(tmp_path / "news") as archive:
        settings = archive.layout.settings
        settings.write_text(f'format = 1\n[captures]\ncompression = "{request.param}"\n')
    with newskeep.open(tmp_path / "news") as archive:
        one = page("/bridge-1", "Bridge opens", ["The harbour bridge opened to lorries."])
        taken = archive.keep([one, one, missing("/ferry-2")])
        archive.journal.append("star", story="x")
        archive.journal.append("note", story="x", text="大桥")
        revisions = {story.latest.id for story in archive.stories()}
    return archive.layout, [each.capture for each in taken], revisions, request.param


def read(written) -> list[Record]:
    layout, _, _, compression = written
    (file,) = layout.captures.iterdir()
    assert re.fullmatch(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{6}\.warc\.(gz|zst)", file.name)
    data = file.read_bytes()
    if compression == "gzip":
        return records(data, GZIP)
    assert data.startswith(EMPTY_FRAME)
    return records(data, ZSTD, len(EMPTY_FRAME))


def test_the_page_holds_the_bytes_that_this_reader_knows():
    for told in ("1f 8b 08 04 00 00 00 00 00 ff", "4e 4b 0c 00", "57 2a 4d 18 0c 00 00 00"):
        assert f"`{told}`" in PAGE
    assert f"`{EMPTY_FRAME.hex(' ')}`" in PAGE


def test_captures_are_read_with_their_ids_and_digests(written):
    _, captures, revisions, _ = written
    info, *found = read(written)
    assert info.fields["WARC-Type"] == "warcinfo"
    assert b"newskeep-format: 1\r\n" in info.block
    answers = [one for one in found if one.fields["WARC-Type"] != "request"]
    assert [one.fields["WARC-Type"] for one in answers] == ["response", "revisit", "response"]
    for one, capture in zip(answers, captures, strict=True):
        fields = one.fields
        assert fields["WARC-Block-Digest"] == digest(one.block)
        facts = [fields[f"WARC-{name}"] for name in ("Type", "Target-URI", "Date")]
        made = capture_id(*facts, fields["WARC-Payload-Digest"])
        assert made == capture.id == fields["WARC-Record-ID"][10:-1].replace("-", "")
    first, again, _ = answers
    assert first.fields["WARC-Payload-Digest"] == digest(first.payload)
    assert again.payload == b""
    assert again.fields["WARC-Refers-To"] == first.fields["WARC-Record-ID"]
    assert again.fields["WARC-Refers-To-Date"] == first.fields["WARC-Date"]
    assert hashlib.sha256(f"{captures[0].id}\0".encode()).hexdigest()[:32] in revisions


def test_the_journal_is_read_with_its_chain(written):
    layout = written[0]
    before = "0" * 16
    lines = layout.journal.read_bytes().splitlines()
    assert len(lines) == 2
    for line in lines:
        own = line.rpartition(b',"sum":')[0]
        before = hashlib.sha256(before.encode() + b"\n" + own).hexdigest()[:16]
        assert json.loads(line)["sum"] == before
        assert list(json.loads(line))[:3] == ["at", "id", "kind"]
