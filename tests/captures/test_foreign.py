"""WARC files of other writers, and ours as others see them."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import fastwarc.warc
import pytest
from support.captures import HTML, page, post, several
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newskeep.captures import Captures, payload_digest, read_file
from newskeep.captures.record import urn
from newskeep.errors import CaptureError

CHUNKED = b"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n"


def payloads(captures):
    return [one.payload for one in captures]


def foreign(path: Path, *, version: str = "1.0", packed: bool = True) -> Path:
    """A file of warcio's: HTML, a chunked page, a resource, a revisit, a dns answer, metadata."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "other"}))
        ok = [("Content-Type", "text/html"), ("Set-Cookie", "kept=as it is")]
        chunked = [("Content-Type", "text/plain"), ("transfer-encoding", "Chunked")]
        for url, headers, body in (
            ("https://example.com/a", ok, HTML),
            ("https://example.com/chunked", chunked, CHUNKED),
            ("https://example.com/not-really", chunked, b"never chunked"),
        ):
            http = StatusAndHeaders("200 OK", headers, "HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=http)
            )
        write = writer.create_warc_record
        resource = io.BytesIO(b"plain")
        writer.write_record(
            write("file:///x.txt", "resource", resource, warc_content_type="text/plain")
        )
        digest = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
        same = StatusAndHeaders("200 OK", ok, "HTTP/1.1")
        writer.write_record(
            writer.create_revisit_record(
                "https://example.com/b",
                digest,
                "https://example.com/a",
                "2026-11-01T00:00:00Z",
                same,
            )
        )
        dns = io.BytesIO(b"example.com. 300 IN A 192.0.2.1")
        writer.write_record(write("dns:example.com", "response", dns, warc_content_type="text/dns"))
        note = io.BytesIO(b"note: 1")
        writer.write_record(write("https://example.com/a", "metadata", note))
    return path


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_of_another_writer(tmp_path, version, packed):
    path = foreign(tmp_path / "x.warc", version=version, packed=packed)
    found = list(read_file(path))
    assert [one.url for one in found] == [
        "https://example.com/a",
        "https://example.com/chunked",
        "https://example.com/not-really",
        "file:///x.txt",
        "https://example.com/b",
        "dns:example.com",
    ]
    html, chunked, not_really, resource, revisit, dns = found
    assert (html.status, html.payload, html.digest) == (200, HTML, payload_digest(HTML))
    assert html.header("Set-Cookie") == "kept=as it is"
    assert chunked.payload == b"hello world"
    assert chunked.digest == payload_digest(b"hello world")
    assert not_really.payload == b"never chunked"
    assert (resource.kind, resource.content_type, resource.payload) == (
        "resource",
        "text/plain",
        b"plain",
    )
    assert (revisit.kind, revisit.payload) == ("revisit", b"")
    assert revisit.digest == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    assert (dns.status, dns.content_type, dns.headers) == (0, "text/dns", ())
    ends = [one.ref.offset + one.ref.length for one in found]
    assert all(one.ref.offset >= end for one, end in zip(found[1:], ends, strict=False))
    assert ends[-1] <= path.stat().st_size
    assert all(one.ref.file == "x.warc" for one in found)


def test_a_reference_reaches_exactly_one_gzip_member(tmp_path):
    path = foreign(tmp_path / "x.warc.gz")
    data = path.read_bytes()
    for one in read_file(path):
        _, offset, length = one.ref
        assert gzip.decompress(data[offset : offset + length]).startswith(b"WARC/1.0")


RAW = """\
WARC/1.0
WARC-Type: response
WARC-Record-ID: %(id)s
WARC-Date: %(date)s
WARC-Target-URI: <https://example.com/a>
Content-Type: application/http; msgtype=response
Content-Length: %(length)d

%(block)s

"""


def raw(path: Path, block: str = "HTTP/1.0 200 OK\n\nhi", **facts: object) -> Path:
    given = {
        "id": "<urn:uuid:12345678-1234-4234-9234-123456789ABC>",
        "date": "2006-09-19T17:20:14Z",
        "length": len(block),
        "block": block,
    }
    text = RAW % {**given, **facts}
    path.write_bytes(text.replace("\n", "\r\n").encode("latin-1"))
    return path


def crlf_length(block: str) -> int:
    return len(block.replace("\n", "\r\n"))


def test_a_record_without_digests(tmp_path):
    block = "HTTP/1.0 200 OK\nX: a\n  folded\nodd line\nY:\n\nhi"
    path = raw(tmp_path / "x.warc", block, length=crlf_length(block))
    (one,) = read_file(path)
    assert one.id == "12345678123442349234123456789abc"
    assert one.url == "https://example.com/a"
    assert (one.status, one.payload, one.digest) == (200, b"hi", payload_digest(b"hi"))
    assert one.headers == (("X", "a folded"), ("Y", ""))


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("2006-09-19T17:20:14Z", datetime(2006, 9, 19, 17, 20, 14, tzinfo=UTC)),
        ("2006-09-19T17:20:14.123456789Z", datetime(2006, 9, 19, 17, 20, 14, 123456, tzinfo=UTC)),
        ("2006-09-19T19:20:14+02:00", datetime(2006, 9, 19, 17, 20, 14, tzinfo=UTC)),
        ("2006-09-19T17:20:14", datetime(2006, 9, 19, 17, 20, 14, tzinfo=UTC)),
        ("20060919172014", datetime(2006, 9, 19, 17, 20, 14, tzinfo=UTC)),
        ("2006-09-19", datetime(2006, 9, 19, tzinfo=UTC)),
        ("2006-09", datetime(2006, 9, 1, tzinfo=UTC)),
        ("2006", datetime(2006, 1, 1, tzinfo=UTC)),
    ],
)
def test_dates_of_every_precision(tmp_path, date, time):
    block = "HTTP/1.0 200 OK\n\nhi"
    (one,) = read_file(raw(tmp_path / "x.warc", block, date=date, length=crlf_length(block)))
    assert one.time == time


@pytest.mark.parametrize(
    "date", ["", "yesterday", "2006-13-01T00:00:00Z", "12345", "0001-01-01T00:00:00+05:00"]
)
def test_a_record_without_a_time_is_told_and_left_out(tmp_path, date):
    block = "HTTP/1.0 200 OK\n\nhi"
    path = raw(tmp_path / "x.warc", block, date=date, length=crlf_length(block))
    problems = []
    assert list(read_file(path, on_problem=problems.append)) == []
    assert [one.kind for one in problems] == ["capture-damaged"]
    assert f"{path} at 0: " in problems[0].message
    with pytest.raises(CaptureError, match="is no time"):
        list(read_file(path))


def test_an_id_that_is_no_uuid_is_replaced(tmp_path):
    block = "HTTP/1.0 200 OK\n\nhi"
    path = raw(tmp_path / "x.warc", block, id="<http://example.com/1>", length=crlf_length(block))
    (one,) = read_file(path)
    (again,) = read_file(path)
    assert len(one.id) == 32
    assert one.id == again.id


@pytest.mark.parametrize(
    "block",
    [
        "",
        "\n",
        "no head at all",
        "HTTP/1.1",
        "HTTP/9 abc\n\n",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\nX: y",
    ],
)
def test_odd_http_heads_do_not_crash(tmp_path, block):
    path = raw(tmp_path / "x.warc", block, length=crlf_length(block))
    (one,) = read_file(path)
    assert one.status in (0, 200)


@pytest.mark.parametrize(
    ("body", "payload"),
    [
        ("2\nab\n0\n\n", "ab"),
        ("2\nab\n3;x=y\ncde\n0\nTrailer: x\n\n", "abcde"),
        ("2\nab\nA\ncd", "abcd"),
        ("2\nab\nzz\nab", "ab"),
        ("2\nab\n", "ab"),
        ("2\nabc\nX", "2\r\nabc\r\nX"),
        ("3\nab", "3\r\nab"),
        ("2020\nab", "2020\r\nab"),
        ("fffffffffffffff\nab", "fffffffffffffff\r\nab"),
        ("0\n\n", ""),
        ("", ""),
    ],
)
def test_broken_chunks_give_what_is_there(tmp_path, body, payload):
    block = f"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n{body}"
    (one,) = read_file(raw(tmp_path / "x.warc", block, length=crlf_length(block)))
    assert one.payload == payload.encode()


def test_a_cut_file_gives_what_is_whole(tmp_path):
    path = foreign(tmp_path / "x.warc.gz")
    whole = list(read_file(path))
    sound = path.read_bytes()
    for size in range(0, len(sound), 97):
        path.write_bytes(sound[:size])
        problems = []
        found = list(read_file(path, on_problem=problems.append))
        ends = [one.ref.offset + one.ref.length for one in whole]
        complete = sum(end <= size for end in ends)
        assert [one.payload for one in found[:complete]] == [
            one.payload for one in whole[:complete]
        ]
        assert len(found) <= complete + 1


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 5000, b"\x1f\x8b", b"\x28\xb5\x2f\xfd\0\0", b"<html>", b"WARC/1.0\r\n"]
)
def test_what_is_no_warc_does_not_crash(tmp_path, data):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    assert list(read_file(path, on_problem=lambda _: None)) == []


@pytest.mark.parametrize("suffix", [".warc.gz", ".warc", ".warc.zst"])
def test_reading_goes_on_behind_damage(tmp_path, suffix):
    if suffix == ".warc.zst":
        path = tmp_path / several(tmp_path, "zstd")[0].ref.file
    else:
        path = foreign(tmp_path / f"x{suffix}", packed=suffix == ".warc.gz")
    whole = list(read_file(path))
    sound = path.read_bytes()
    begin, length = whole[1].ref[1:]
    hole = bytes(200) + bytes.fromhex("1f8b0800") + b"WARC/1.0\r\n"
    path.write_bytes(sound[:begin] + hole + sound[begin + len(hole) :])
    assert len(hole) < length
    problems = []
    found = list(read_file(path, on_problem=problems.append))
    assert payloads(found) == payloads([whole[0], *whole[2:]])
    assert problems
    with pytest.raises(CaptureError, match="is damaged in or behind"):
        list(read_file(path))


def test_a_file_of_false_beginnings_is_given_up(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(bytes.fromhex("1f8b08000000") * 3000)
    problems = []
    assert list(read_file(path, on_problem=problems.append)) == []
    assert len(problems) == 1


def test_a_record_that_breaks_off_while_read_is_left_out(tmp_path, monkeypatch):
    class Broken:
        content_length = 1

        class reader:  # noqa: N801
            @staticmethod
            def read(_):
                raise OSError("broken")

    from newskeep.captures import foreign as module

    with pytest.raises(module.Damaged, match="breaks off"):
        module._Reader(io.BytesIO(), "x.warc", 0, 0, None)._block(Broken)


def test_a_record_that_lies_about_its_length(tmp_path):
    problems = []
    for length, reason in ((10**15, "are more than"), (10**6, "cut short")):
        path = raw(tmp_path / "x.warc", length=length)
        problems.clear()
        assert list(read_file(path, on_problem=problems.append)) == []
        assert reason in problems[0].message


def test_a_record_too_large_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr("newskeep.captures.foreign.MOST_BYTES", 60)
    problems = []
    list(read_file(foreign(tmp_path / "x.warc.gz"), on_problem=problems.append))
    assert any("are more than 60" in problem.message for problem in problems)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CaptureError, match=r"none\.warc cannot be read"):
        list(read_file(tmp_path / "none.warc"))


# Ours, as others see them


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_our_files_read_as_foreign_are_the_same(tmp_path, compression):
    appended = several(tmp_path, compression)
    path = tmp_path / appended[0].ref.file
    found = list(read_file(path))
    nowhere = appended[0].ref
    assert [replace(one, ref=nowhere) for one in found] == [
        replace(one, ref=nowhere) for one in appended
    ]


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_fastwarc_verifies_our_files(tmp_path, compression):
    appended = several(tmp_path, compression)
    path = tmp_path / appended[0].ref.file
    seen = []
    with path.open("rb") as file:
        for record in fastwarc.warc.ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest()
            seen.append(record.record_id)
    assert [urn(one.id) for one in appended] == [
        one for one in seen if one in map(urn, ids(appended))
    ]


def ids(captures):
    return [one.id for one in captures]


def warcio_check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_warcio_accepts_every_record(tmp_path):
    odd = (
        page("https://example.com/0", payload=b""),
        page("https://example.com/1", headers=(("Content-Encoding", "gzip"),), payload=b"no gzip"),
        page(
            "https://example.com/2",
            headers=(("Content-Encoding", "gzip"),),
            payload=gzip.compress(HTML * 50)[:-20],
        ),
        page(
            "https://example.com/3",
            headers=(("Content-Encoding", "gzip"),),
            payload=gzip.compress(HTML) + gzip.compress(HTML),
        ),
        page("https://example.com/4", headers=(("Transfer-Encoding", "chunked"),)),
        page("https://example.com/5", headers=(("X", "天气\r\n\r\nHTTP/1.1 500"), ("Y", "\udce9"))),
        page("https://example.com/6\r\nX: y\x85\u3000", reason="", headers=()),
        post("file:///weather 天气.md", payload=b""),
        post("urn:newskeep:x", content_type=""),
    )
    several(tmp_path)
    with Captures(tmp_path).writer() as writer:
        for one in odd:
            first = writer.append(one)
            writer.append(one, original=first)
    for name in Captures(tmp_path).files():
        done = warcio_check(tmp_path / name)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "failed" not in done.stdout
        assert done.stdout.count("digest pass") + done.stdout.count(
            "(revisit)"
        ) == done.stdout.count("WARC-Record-ID")
        assert "no digest" not in done.stdout


def test_warcio_really_verifies_our_digests(tmp_path):
    """Otherwise its consent would mean nothing: base32 of SHA-256, padded."""
    name = several(tmp_path)[0].ref.file
    data = (tmp_path / name).read_bytes()
    plain = gzip.decompress(data).replace(b"bridge over", b"BRIDGE over", 1)
    (tmp_path / "plain.warc").write_bytes(plain)
    done = warcio_check(tmp_path / "plain.warc")
    assert done.returncode == 1
    assert "payload digest failed" in done.stdout
    assert "block digest failed" in done.stdout
