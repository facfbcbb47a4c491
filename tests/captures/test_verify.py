"""A single flipped bit anywhere in a capture file is found, and located."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace

import pytest
from support.captures import flips, kept, page, post, several

from newskeep.captures import Captures
from newskeep.captures.seal import codec_for
from newskeep.errors import CaptureError

pytestmark = pytest.mark.parametrize("compression", ["gzip", "zstd"])

NOISE = random.Random(3).randbytes(200_000)


def records_of(captures, name):
    """Offset and end of every stored record, the opening of the file counted with the first."""
    path = captures.folder / name
    codec = codec_for("zstd" if name.endswith("zst") else "gzip")
    data = path.read_bytes()
    found, offset = [], len(codec.opening)
    while offset < len(data):
        length = codec.length(data[offset : offset + codec.head], offset)
        found.append((offset, offset + length))
        offset += length
    return [(0, found[0][1]), *found[1:]] if codec.opening else found


def assert_all_found(folder, name, bits):
    captures = Captures(folder)
    path = folder / name
    sound = path.read_bytes()
    places = records_of(captures, name)
    openings = len(codec_for("zstd").opening) if name.endswith("zst") else 0
    for byte, damaged in flips(sound, bits):
        with path.open("r+b") as file:
            file.seek(byte)
            file.write(damaged[byte : byte + 1])
        problems = list(captures.verify(name))
        with path.open("r+b") as file:
            file.seek(byte)
            file.write(sound[byte : byte + 1])
        assert len(problems) == 1, f"byte {byte} of {name}: {problems}"
        begin = next(begin for begin, end in places if begin <= byte < end)
        if begin == 0 and byte >= openings:
            begin = openings
        assert f"{name} at {begin}: " in problems[0].message
        assert problems[0].kind in ("capture-damaged", "torn-tail")


def test_every_bit_of_a_small_file(tmp_path, compression):
    captures = Captures(tmp_path)
    with captures.writer(compression=compression) as writer:
        first = writer.append(page(request_headers=(), payload=b"<p>It is open again."))
    size = (tmp_path / first.ref.file).stat().st_size
    assert size < 900
    assert_all_found(tmp_path, first.ref.file, range(size * 8))


def test_random_bits_of_a_larger_file(tmp_path, compression):
    """Noise is stored uncompressed, with padding bits that no checksum of deflate covers."""
    picture = page("https://example.com/a.jpg", role="image", payload=NOISE)
    name = kept(tmp_path, page(), picture, post(), compression=compression)[0].ref.file
    size = (tmp_path / name).stat().st_size
    chosen = random.Random(7).sample(range(size * 8), 300)
    assert_all_found(tmp_path, name, chosen)


def test_sound_files_have_no_problem(tmp_path, compression):
    name = several(tmp_path, compression)[0].ref.file
    assert list(Captures(tmp_path).verify(name)) == []


def test_a_walk_goes_on_behind_damage(tmp_path, compression):
    captures = Captures(tmp_path)
    appended = several(tmp_path, compression)
    name, offset, length = appended[2].ref
    path = tmp_path / name
    data = bytearray(path.read_bytes())
    data[offset + length // 2] ^= 4
    path.write_bytes(data)
    problems = []
    assert list(captures.walk(on_problem=problems.append)) == appended[:2] + appended[3:]
    assert [problem.url for problem in problems] == [name]
    with pytest.raises(CaptureError, match=re.escape(f"{name} at {offset}: ")):
        list(captures.walk())
    with pytest.raises(CaptureError, match=re.escape(f"{name} at {offset}: ")):
        captures.read(appended[2].ref)
    assert captures.read(appended[3].ref) == appended[3]


def test_a_hole_of_zeros_is_one_stretch(tmp_path, compression):
    captures = Captures(tmp_path)
    appended = several(tmp_path, compression)
    path = tmp_path / appended[0].ref.file
    data = bytearray(path.read_bytes())
    begin, end = appended[1].ref.offset, appended[3].ref.offset
    data[begin:end] = bytes(end - begin)
    path.write_bytes(data)
    (problem,) = captures.verify(path.name)
    assert f"bytes {begin} to {end - 1}" in problem.message
    assert list(captures.walk(on_problem=lambda _: None)) == [appended[0], *appended[3:]]


def test_bytes_between_and_behind_records_are_found(tmp_path, compression):
    captures = Captures(tmp_path)
    one, two, *_ = several(tmp_path, compression)
    path = tmp_path / one.ref.file
    sound = path.read_bytes()
    path.write_bytes(sound + b"\0")
    (problem,) = captures.verify(path.name)
    assert f"{path.name} at {len(sound)}: " in problem.message
    assert problem.kind == "torn-tail"
    between = two.ref.offset
    path.write_bytes(sound[:between] + b"\0" + sound[between:])
    assert f"{path.name} at {between}: " in next(captures.verify(path.name)).message


def test_a_dropped_or_swapped_record_is_found(tmp_path, compression):
    captures = Captures(tmp_path)
    one, two, three, *_ = several(tmp_path, compression)
    path = tmp_path / one.ref.file
    sound = path.read_bytes()
    a, b, c = two.ref.offset, three.ref.offset, three.ref.offset + three.ref.length
    path.write_bytes(sound[:a] + sound[b:])
    assert f"{path.name} at {a}: " in next(captures.verify(path.name)).message
    path.write_bytes(sound[:a] + sound[b:c] + sound[a:b] + sound[c:])
    assert f"{path.name} at {a}: " in next(captures.verify(path.name)).message


def test_a_copy_of_a_capture_file_inside_a_payload_is_no_record(tmp_path, compression):
    """Even where the record around it is damaged: a seal knows its own place."""
    (tmp_path / "inner").mkdir()
    noisy = (page(payload=NOISE[n : n + 70_000], request_headers=()) for n in (0, 70_000))
    inner = kept(tmp_path / "inner", *noisy, compression=compression)
    payload = (tmp_path / "inner" / inner[0].ref.file).read_bytes()
    outer = page("https://example.com/x.warc.gz", payload=payload + NOISE[140_000:])
    appended = kept(tmp_path, page(), outer, post(), compression=compression)
    path = tmp_path / appended[0].ref.file
    data = bytearray(path.read_bytes())
    outer_records = 6
    assert data.count(codec_for(compression).mark) > outer_records, "inner heads lie open"
    data[appended[1].ref.offset] ^= 1
    path.write_bytes(data)
    found = list(Captures(tmp_path).walk(on_problem=lambda _: None))
    assert found == [appended[0], appended[2]]
    cut = appended[1].ref.offset + appended[1].ref.length - 1000
    path.write_bytes(data[:cut])
    assert list(Captures(tmp_path).walk(on_problem=lambda _: None)) == [appended[0]]


def test_every_truncation_is_found(tmp_path, compression):
    captures = Captures(tmp_path)
    name = several(tmp_path, compression)[0].ref.file
    sound = (tmp_path / name).read_bytes()
    ends = {end for _, end in records_of(captures, name)} | {0}
    for size in range(0, len(sound), 7):
        (tmp_path / name).write_bytes(sound[:size])
        assert bool(list(captures.verify(name))) == (size not in ends)


def test_a_file_of_another_writer_is_no_capture_file(tmp_path, compression):
    suffix = codec_for(compression).suffix
    name = f"other{suffix}"
    (tmp_path / name).write_bytes(b"\x1f\x8b\x08\0" + NOISE)
    (problem,) = Captures(tmp_path).verify(name)
    assert f"{name} at 0: " in problem.message


# Faults that a seal cannot show, because they were sealed: a writer's mistake, or a forger.


def reseal(path, ref, change, compression):
    codec = codec_for(compression)
    data = path.read_bytes()
    record = codec.unpack(data[ref.offset : ref.offset + ref.length], 0)
    sealed = codec.seal(ref.offset, codec.packer()(change(record)))
    path.write_bytes(data[: ref.offset] + sealed)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda data: data.replace(b"bridge over", b"BRIDGE over"), "WARC-Block-Digest"),
        (
            lambda data: data.replace(b"Payload-Digest: sha256:", b"Payload-Digest: sha256:A"),
            "WARC-Payload-Digest",
        ),
        (lambda data: data.replace(b"example.com/a", b"example.com/b", 1), "WARC-Record-ID"),
        (lambda data: data[:-4], "Content-Length"),
        (lambda data: data + b"x", "Content-Length"),
        (lambda data: data.replace(b"Content-Length: ", b"Content-Length: +"), "Content-Length"),
        (lambda data: data.replace(b"WARC/1.1", b"ARC/1.1"), "head of a WARC record"),
        (lambda data: b"", "head of a WARC record"),
    ],
)
def test_a_record_that_lies_is_found(tmp_path, compression, change, fault):
    captures = Captures(tmp_path)
    (one,) = kept(tmp_path, page(), compression=compression)
    path = tmp_path / one.ref.file
    reseal(path, one.ref, change, compression)
    messages = [problem.message for problem in captures.verify(path.name)]
    assert any(fault in message for message in messages)
    assert all(f"{path.name} at {one.ref.offset}: " in message for message in messages)
    ref = replace(one, ref=one.ref._replace(length=path.stat().st_size - one.ref.offset)).ref
    with pytest.raises(CaptureError, match=fault):
        captures.read(ref, verify=True)


def test_a_record_without_a_time_is_damaged(tmp_path, compression):
    captures = Captures(tmp_path)
    (one,) = kept(tmp_path, page(), compression=compression)
    path = tmp_path / one.ref.file
    reseal(path, one.ref, lambda data: data.replace(b"WARC-Date: 2", b"WARC-Date: x"), compression)
    for payloads in (True, False):
        with pytest.raises(CaptureError, match="is no time"):
            list(captures.walk(payloads=payloads))


def test_wrongly_compressed_records_are_damage(tmp_path, compression):
    """Sealed bytes that do not decompress, or to more than may be, never crash a reader."""
    codec = codec_for(compression)
    pack = codec.packer()
    whole = pack(b"x" * 5000)
    bodies = [b"", b"\0" * 50, whole[:-3], whole + b"more", pack(b"")[:4]]
    name = "20261123T000000.000000Z-000000" + codec.suffix
    captures = Captures(tmp_path)
    for body in bodies:
        start = len(codec.opening)
        (tmp_path / name).write_bytes(codec.opening + codec.seal(start, body))
        (problem,) = captures.verify(name)
        assert f"{name} at {start}: " in problem.message
        walked = []
        assert list(captures.walk(payloads=False, on_problem=walked.append)) == []
        assert len(walked) == 1
        assert captures.repair(name) is None  # sealed: not a matter of tearing


def test_a_record_that_swells_past_the_limit_is_damage(tmp_path, compression, monkeypatch):
    captures = Captures(tmp_path)
    (one,) = kept(tmp_path, page(payload=b"0" * 100_000), compression=compression)
    monkeypatch.setattr("newskeep.captures.seal._MOST", 50_000)
    problems = list(captures.verify(one.ref.file))
    assert [f"{one.ref.file} at {one.ref.offset}: " in p.message for p in problems] == [True]
    with pytest.raises(CaptureError):
        captures.read(one.ref)


def test_a_backup_of_the_folder_reads_the_same(tmp_path, compression):
    (tmp_path / "a").mkdir()
    appended = several(tmp_path / "a", compression)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    assert list(Captures(tmp_path / "b").walk()) == appended
