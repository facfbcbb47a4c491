"""What every way of storing captures promises: the same tests for gzip and zstd."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.captures import HTML, kept, page, post, several

from newskeep.captures import Captures, payload_digest
from newskeep.errors import CaptureError, FormatError, UsageError
from newskeep.types import Received, Ref

pytestmark = pytest.mark.parametrize("compression", ["gzip", "zstd"])


def set_clock(monkeypatch: pytest.MonkeyPatch, *times: datetime) -> None:
    given = list(times)
    monkeypatch.setattr("newskeep.clock.now", lambda: given.pop(0) if given[1:] else given[0])


def without_payload(captures):
    return [replace(one, payload=b"") for one in captures]


def test_what_is_appended_is_read_back(tmp_path, compression):
    captures = Captures(tmp_path)
    appended = several(tmp_path, compression)
    assert list(captures.walk()) == appended
    assert [captures.read(one.ref) for one in appended] == appended
    assert [captures.read(one.ref, verify=True) for one in appended] == appended


def test_a_capture_carries_all_that_was_received(tmp_path, compression):
    (one,) = kept(tmp_path, page(remote_ip="192.0.2.7"), compression=compression)
    assert (one.url, one.kind, one.role, one.source) == (
        "https://example.com/a",
        "response",
        "page",
        "s1",
    )
    assert (one.status, one.payload, one.digest) == (200, HTML, payload_digest(HTML))
    assert one.content_type == "text/html; charset=utf-8"
    assert one.header("etag") == '"1"'
    assert one.time.tzinfo is UTC


def test_a_resource_keeps_its_type_and_its_extension_fields(tmp_path, compression):
    kept(tmp_path, post(headers=(("Newskeep-Name", "天气.md"),)), compression=compression)
    (one,) = Captures(tmp_path).walk()
    assert (one.kind, one.status, one.content_type) == ("resource", 0, "text/markdown")
    assert one.headers == (("Newskeep-Name", "天气.md"),)
    assert one.header("newskeep-name") == "天气.md"


def test_a_repeated_payload_becomes_a_revisit(tmp_path, compression):
    first, again, stored, copy, _ = several(tmp_path, compression)
    assert (again.kind, again.payload, again.digest) == ("revisit", b"", first.digest)
    assert (again.status, again.headers) == (200, first.headers)
    assert (copy.kind, copy.payload, copy.digest) == ("revisit", b"", stored.digest)
    assert (copy.content_type, copy.headers) == ("text/markdown", stored.headers)


def test_a_revisit_needs_the_same_payload(tmp_path, compression):
    with Captures(tmp_path).writer(compression=compression) as writer:
        first = writer.append(page())
        with pytest.raises(UsageError, match="does not hold this payload"):
            writer.append(page(payload=b"other"), original=first)
        again = writer.append(page(), original=first)
        with pytest.raises(UsageError, match="does not hold this payload"):
            writer.append(page(), original=again)


def test_headers_can_be_walked_without_payloads(tmp_path, compression):
    large = page("https://example.com/large", payload=HTML * 2000)
    long_head = page("https://example.com/long", headers=(("X", "y" * 20_000),))
    lone = post("file:///breaks.md", payload=b"a\r\n\r\nb" + b"c" * 9000)
    no_break = post("file:///none.md", payload=b"c" * 70_000)
    appended = kept(tmp_path, large, long_head, lone, no_break, compression=compression)
    walked = list(Captures(tmp_path).walk(payloads=False))
    assert walked == without_payload(appended)


def test_a_walk_goes_on_from_where_it_stopped(tmp_path, compression):
    appended = several(tmp_path, compression)
    for number, one in enumerate(appended):
        start = {one.ref.file: one.ref.offset + one.ref.length}
        assert list(Captures(tmp_path).walk(start)) == appended[number + 1 :]


def test_the_file_ends_behind_its_last_capture(tmp_path, compression):
    """A reader that has taken the last capture in has taken the whole file in."""
    last = several(tmp_path, compression)[-1].ref
    assert (tmp_path / last.file).stat().st_size == last.offset + last.length


def test_ids_come_from_what_the_capture_is(tmp_path, compression, monkeypatch):
    set_clock(monkeypatch, datetime(2026, 11, 1, tzinfo=UTC))
    one, two = (
        kept(tmp_path / name, page(), compression=compression)[0]
        for name in ("a", "b")
        if (tmp_path / name).mkdir() is None
    )
    assert one.id == two.id
    assert re.fullmatch(r"[0-9a-f]{12}8[0-9a-f]{3}[89ab][0-9a-f]{15}", one.id)
    (other,) = kept(tmp_path, page("https://example.com/z"), compression=compression)
    assert other.id != one.id


def test_files_are_named_by_time_and_never_collide(tmp_path, compression, monkeypatch):
    set_clock(monkeypatch, datetime(2026, 11, 23, 8, 9, 20, 123456, tzinfo=UTC))
    names = {kept(tmp_path, page(), compression=compression)[0].ref.file for _ in range(5)}
    assert len(names) == 5
    pattern = r"20261123T080920\.123456Z-[0-9a-f]{6}\.warc\.(gz|zst)"
    assert all(re.fullmatch(pattern, name) for name in names)


def test_a_file_is_rotated_when_it_is_large(tmp_path, compression):
    captures = Captures(tmp_path)
    with captures.writer(compression=compression, rotate_bytes=1500) as writer:
        appended = [writer.append(page(f"https://example.com/{n}")) for n in range(9)]
    assert len(captures.files()) > 2
    assert list(captures.walk()) == appended


def test_a_file_is_rotated_when_the_day_is_over(tmp_path, compression, monkeypatch):
    late = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    set_clock(monkeypatch, late, late, late + timedelta(seconds=2))
    kept(tmp_path, page(), page(), page(), compression=compression)
    files = Captures(tmp_path).files()
    assert [name[:8] for name in files] == ["20261123", "20261124"]
    assert sum(1 for _ in Captures(tmp_path).walk_file(files[0])) == 2


def test_time_only_goes_forward(tmp_path, compression, monkeypatch):
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    set_clock(monkeypatch, noon, noon, noon - timedelta(hours=3), noon + timedelta(seconds=1))
    appended = kept(tmp_path, page(), page(), page(), page(), compression=compression)
    tick = timedelta(microseconds=1)
    wanted = [noon, noon + tick, noon + 2 * tick, noon + timedelta(seconds=1)]
    assert [one.time for one in appended] == wanted


def test_the_clock_offset_moves_captures(tmp_path, compression, monkeypatch):
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(400 * 86400))
    (one,) = kept(tmp_path, page(), compression=compression)
    assert one.time - datetime.now(UTC) > timedelta(days=399)


def test_secrets_are_not_kept(tmp_path, compression):
    secret = "s3cret-value"
    names = ("Cookie", "authorization", "Proxy-Authorization", "SET-COOKIE", "Set-Cookie2")
    fields = tuple((name, secret) for name in names)
    received = page(
        f"https://user:{secret}@example.com/a",
        headers=fields,
        request_headers=(*fields, ("X", "y")),
    )
    (one,) = kept(tmp_path, received, compression=compression)
    assert one.headers == ()
    assert one.url == "https://example.com/a"
    assert secret.encode() not in plain(tmp_path / one.ref.file)


def test_a_chunked_answer_is_kept_as_one_body(tmp_path, compression):
    received = page(headers=(("Transfer-Encoding", "chunked"),), payload=b"5\r\nhello\r\n0\r\n\r\n")
    kept(tmp_path, received, compression=compression)
    (one,) = Captures(tmp_path).walk()
    assert one.headers == (("X-Archive-Orig-Transfer-Encoding", "chunked"),)
    assert one.payload == received.payload


def plain(path: Path) -> bytes:
    import zlib

    import zstandard

    data, found = path.read_bytes(), b""
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    while data:
        one = zlib.decompressobj(31)
        found += one.decompress(data)
        data = one.unused_data
    return found


INJECTIONS = ["\r\nEvil: 1", "\nEvil: 1", "\rEvil: 1", "\r\n\r\nWARC/1.1\r\nEvil: 1", "\0\nEvil: 1"]


@pytest.mark.parametrize("evil", INJECTIONS)
def test_nothing_received_begins_a_line_of_its_own(tmp_path, compression, evil):
    response = page(
        f"https://example.com/a{evil}",
        role=f"page{evil}",
        source=f"s{evil}",
        reason=f"OK{evil}",
        remote_ip=f"192.0.2.1{evil}",
        headers=((f"X{evil}", f"y{evil}"), (f"{evil}", "z")),
        request_headers=((f"X{evil}", f"y{evil}"),),
    )
    resource = post(
        f"file:///a{evil}",
        content_type=f"text/plain{evil}",
        headers=((f"Newskeep-Name{evil}", f"n{evil}"),),
    )
    appended = kept(tmp_path, response, resource, compression=compression)
    assert not re.search(
        rb"(?m)^Evil", plain(tmp_path / appended[0].ref.file).replace(b"\r", b"\n")
    )
    assert list(Captures(tmp_path).walk()) == appended
    assert list(Captures(tmp_path).verify(appended[0].ref.file)) == []


def test_odd_bytes_in_header_values_survive(tmp_path, compression):
    """A client hands over undecodable bytes as surrogates (PEP 383): the file has the bytes."""
    raw = b"caf\xe9 \xb9\xfa"
    values = ("Zürich 天气", raw.decode("utf-8", "surrogateescape"), "\ud800", "", " a\tb ")
    received = page(headers=tuple(("X-Odd", value) for value in values))
    (one,) = kept(tmp_path, received, compression=compression)
    assert b"X-Odd: " + raw + b"\r\n" in plain(tmp_path / one.ref.file)
    found = [value for _, value in one.headers]
    assert found == ["Zürich 天气", raw.decode("latin-1"), "?", "", "a\tb"]
    assert list(Captures(tmp_path).walk()) == [one]
    "".join(found).encode("utf-8")  # no surrogate reaches the catalogue


def test_what_is_no_capture_is_refused(tmp_path, compression, monkeypatch):
    monkeypatch.setattr("newskeep.captures.record.MOST_BYTES", 1000)
    refused = {
        "kinds are response and resource": page(kind="request"),
        "needs an address": page(""),
        "no HTTP status": page(status=0),
        "one capture may hold": page(payload=b"x" * 1001),
        "no HTTP head": post(headers=(("Content-Type", "text/plain"),)),
        "neither Newskeep-Role": post(headers=(("newskeep-role", "page"),)),
    }
    with Captures(tmp_path).writer(compression=compression) as writer:
        for reason, received in refused.items():
            with pytest.raises(UsageError, match=reason):
                writer.append(received)
        kept_one = writer.append(page())
    assert list(Captures(tmp_path).walk()) == [kept_one]


def test_a_request_is_only_written_where_it_is_known(tmp_path, compression):
    (one,) = kept(tmp_path, page(request_headers=()), compression=compression)
    assert b"WARC-Type: request" not in plain(tmp_path / one.ref.file)
    asked = page("https://example.com?q=天 气#part", request_headers=(("Accept", "*/*"),))
    (two,) = kept(tmp_path, asked, compression=compression)
    assert (
        b"\r\n\r\nGET /?q=%E5%A4%A9%20%E6%B0%94 HTTP/1.1\r\nHost: example.com\r\nAccept: */*\r\n"
        in plain(tmp_path / two.ref.file)
    )


def test_an_empty_run_leaves_no_file(tmp_path, compression):
    with Captures(tmp_path).writer(compression=compression) as writer:
        writer.sync()
    assert Captures(tmp_path).files() == []
    assert list(Captures(tmp_path).walk()) == []


def test_a_reference_that_points_elsewhere_is_refused(tmp_path, compression):
    captures = Captures(tmp_path)
    one, two, *_ = several(tmp_path, compression)
    file, offset, length = two.ref
    wrong = {
        Ref(file, offset + 1, length),
        Ref(file, offset, length + 1),
        Ref(file, offset, 5),
        Ref(file, 10**9, length),
        Ref(file, one.ref.offset - 1, length),
    }
    for ref in wrong:
        with pytest.raises(CaptureError, match=re.escape(f"{file} at {ref.offset}: ")):
            captures.read(ref)
    for name in ("gone.warc.gz", "../x.warc.gz", "journal.jsonl"):
        with pytest.raises(CaptureError):
            captures.read(Ref(name, 0, 1))


def test_a_record_beside_a_capture_is_no_capture(tmp_path, compression):
    captures = Captures(tmp_path)
    ref = several(tmp_path, compression)[0].ref
    opening = 9 if compression == "zstd" else 0
    (info,) = [Ref(ref.file, opening, n) for n in (stored_length(tmp_path / ref.file, opening),)]
    with pytest.raises(CaptureError, match="there is no capture"):
        captures.read(info)


def stored_length(path: Path, offset: int) -> int:
    from newskeep.captures.seal import codec_of

    codec = codec_of(path.name)
    assert codec
    return codec.length(path.read_bytes()[offset : offset + codec.head], offset)


def test_a_newer_format_is_not_misread(tmp_path, compression, monkeypatch):
    monkeypatch.setattr("newskeep.captures.record.FORMAT", 2)
    kept(tmp_path, page(), compression=compression)
    with pytest.raises(FormatError, match="format 2"):
        list(Captures(tmp_path).walk())


def test_an_unknown_compression_is_refused(tmp_path, compression):
    with pytest.raises(UsageError, match="gzip or zstd"):
        Captures(tmp_path).writer(compression=compression + "9")


def test_a_missing_folder_is_told(tmp_path, compression):
    with pytest.raises(CaptureError, match="cannot be read"):
        Captures(tmp_path / "none").files()
    with pytest.raises(CaptureError, match="cannot be created"):
        kept(tmp_path / "none", page(), compression=compression)


names = st.text("abcXYZ09-_!#", min_size=1, max_size=12).filter(
    lambda name: not re.fullmatch(r"(?i)cookie|transfer-encoding|authorization", name)
)
values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=40)
fields = st.lists(st.tuples(names, values.map(lambda text: text.strip(" \t"))), max_size=5)
urls = st.text("abcdefghij/?&=%~天", max_size=30).map(lambda rest: "https://example.com/" + rest)
responses = st.builds(
    Received,
    url=urls,
    role=st.sampled_from(["page", "feed", "image", "robots"]),
    payload=st.binary(max_size=3000),
    source=st.text("abc09:中", max_size=8),
    status=st.integers(100, 599),
    reason=values,
    headers=fields.map(tuple),
    request_headers=fields.map(tuple),
    remote_ip=st.sampled_from(["", "192.0.2.9", "2001:db8::1", "nonsense"]),
)
resources = st.builds(
    Received,
    url=urls,
    role=st.just("post"),
    kind=st.just("resource"),
    payload=st.binary(max_size=3000),
    content_type=st.sampled_from(["", "text/markdown", "application/http"]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(responses | resources, st.booleans()), min_size=1, max_size=6))
def test_any_run_of_captures_is_read_back_in_order(compression, given_ones):
    with tempfile.TemporaryDirectory() as folder:
        captures = Captures(folder)
        first = {}
        appended = []
        with captures.writer(compression=compression, rotate_bytes=4000) as writer:
            for received, repeat in given_ones:
                original = first.get(payload_digest(received.payload)) if repeat else None
                capture = writer.append(received, original=original)
                appended.append(capture)
                if capture.kind != "revisit":
                    first[capture.digest] = capture
                    assert capture.payload == received.payload
                    assert received.kind == "resource" or capture.headers == received.headers
                    assert (capture.url, capture.status) == (received.url, received.status)
        assert list(captures.walk()) == appended
        assert list(captures.walk(payloads=False)) == without_payload(appended)
        assert [captures.read(one.ref, verify=True) for one in appended] == appended
        assert [p for name in captures.files() for p in captures.verify(name)] == []
