"""A WARC file on the net: asked for part by part, at a pace, begun anew when it has changed."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable

import pytest
from support.stand import Asked, Stand, http
from support.warcs import many

from newskeep.collect import ranges, warc
from newskeep.collect.common import Aids
from newskeep.collect.ranges import RemoteFile
from newskeep.config import Settings
from newskeep.types import Problem, Source

HOME = ("127.0.0.1",)
PART = 1 << 16


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(ranges, "PART", PART)
    monkeypatch.setattr(ranges, "_PAUSE", 0.0)


@pytest.fixture
def stand():
    with Stand() as running:
        yield running


@pytest.fixture
def file(tmp_path):
    """A file of several parts, its addresses in `urls`."""
    path = tmp_path / "x.warc.gz"
    urls = many(path, 12, size=60_000)
    return path.read_bytes(), urls


def serving(data: bytes, *fields: str) -> Callable[[Asked], bytes]:
    """A server that knows ranges."""

    def answer(asked: Asked) -> bytes:
        first, last = map(int, re.findall(r"\d+", asked.field("range") or ""))
        piece = data[first : last + 1]
        span = f"Content-Range: bytes {first}-{first + len(piece) - 1}/{len(data)}"
        return http(206, piece, span, *fields)

    return answer


def remote(stand, **facts) -> RemoteFile:
    source = Source(id="s1", url=f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    return RemoteFile(source, Settings(**{"delay": 0.0, "timeout": 5.0, **facts}), Aids())


def test_every_page_of_a_remote_file_is_taken(collected, stand, file):
    data, urls = file
    stand.scripts["/x.warc.gz"] = serving(data)
    found = collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    assert [one.url for one in found] == urls
    assert collected.problems == []
    asked = [one.field("range") for one in stand.log]
    assert asked == [f"bytes={at}-{at + PART - 1}" for at in range(0, len(data), PART)]
    assert len(asked) > 3
    assert {one.field("accept-encoding") for one in stand.log} == {"identity"}


def test_what_was_read_to_its_end_costs_one_request_a_time(collected, stand, file):
    data, urls = file
    stand.scripts["/x.warc.gz"] = serving(data, 'ETag: "1"')
    for _ in range(2):
        collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    collected.known.clear()
    stand.log.clear()
    assert collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME) == []
    assert len(stand.log) == 1
    stand.scripts["/x.warc.gz"] = serving(data, 'ETag: "2"')
    assert len(collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)) == len(urls)


def test_a_reading_that_broke_off_goes_on_where_it_broke_off(collected, stand, file, monkeypatch):
    monkeypatch.setattr(warc, "_NOTE_EVERY", 1)
    data, urls = file
    whole = serving(data)
    stand.scripts["/x.warc.gz"] = lambda asked: (
        whole(asked) if resumed or len(stand.log) < 4 else http(503, b"busy")
    )
    resumed = False
    first = collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    (told,) = collected.problems
    assert (told.stage, told.kind) == ("fetch", "http-503")
    assert len(stand.log) == 4
    assert "the next sync goes on from there" in told.message
    resumed = True
    collected.known.clear()
    stand.log.clear()
    rest = collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    assert first
    assert [one.url for one in (*first[:-1], *rest)] == urls  # the last one may not be kept yet
    assert collected.problems == []


def test_a_part_that_fails_is_asked_for_again(collected, stand, file):
    data, urls = file
    whole, tried = serving(data), []

    def shaky(asked: Asked) -> bytes:
        tried.append(asked)
        return http(500, b"") if len(tried) % 2 else whole(asked)

    stand.scripts["/x.warc.gz"] = shaky
    assert len(collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)) == len(urls)


def test_a_server_without_ranges_gives_a_small_file_as_a_whole(collected, stand, file):
    data, urls = file
    stand.scripts["/x.warc.gz"] = http(200, data)
    assert len(collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)) == len(urls)
    assert len(stand.log) == 1


def test_a_large_file_without_ranges_is_told(collected, stand):
    stand.scripts["/x.warc.gz"] = http(200, b"x", length=1 << 30)
    assert collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME) == []
    assert collected.kinds == ["too-large"]
    assert len(stand.log) == 1


def test_a_file_that_changes_while_it_is_read_is_begun_anew(collected, stand, file):
    data, _ = file
    versions = iter(range(99))
    stand.scripts["/x.warc.gz"] = lambda asked: serving(data, f'ETag: "{next(versions)}"')(asked)
    collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    assert collected.kinds == ["file-changed"]
    assert len(stand.log) == 2


def test_the_validator_is_echoed_and_a_weak_one_is_not(stand, file):
    data, _ = file
    for etag, echoed in (('"1"', '"1"'), ('W/"1"', None)):
        stand.log.clear()
        stand.scripts["/x.warc.gz"] = serving(data, f"ETag: {etag}")
        with remote(stand) as opened:
            opened.seek(PART)
            opened.read(1)
        assert [one.field("if-range") for one in stand.log] == [None, echoed]


def test_a_redirect_is_followed_with_the_range(collected, stand, file):
    data, urls = file
    stand.scripts["/x.warc.gz"] = http(302, b"", "Location: /y")
    stand.scripts["/y"] = serving(data)
    assert len(collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)) == len(urls)


def test_a_redirect_without_end_is_told(collected, stand):
    stand.scripts["/x.warc.gz"] = http(302, b"", "Location: /x.warc.gz")
    collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    assert collected.kinds == ["redirect-loop"]


@pytest.mark.parametrize(
    "fields",
    [(), ("Content-Range: bytes 7-9/20",), ("Content-Range: bytes 0-0/*",), ("Content-Range: x",)],
)
def test_another_part_than_was_asked_for_is_refused(collected, stand, fields):
    stand.scripts["/x.warc.gz"] = http(206, b"abc", *fields)
    assert collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME) == []
    assert collected.kinds == ["bad-response"]


def test_a_private_address_is_refused_unless_the_source_names_it(collected, stand, file):
    stand.scripts["/x.warc.gz"] = serving(file[0])
    assert collected("warc", f"{stand.base}/x.warc.gz") == []
    assert collected.kinds == ["address-refused"]
    assert stand.log == []


def test_a_redirect_to_a_private_address_is_refused(collected, stand):
    stand.scripts["/x.warc.gz"] = http(302, b"", "Location: http://10.0.0.1/x.warc.gz")
    collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME)
    assert collected.kinds == ["address-refused"]


def test_a_part_that_does_not_come_in_time_is_told(collected, stand):
    def silent(asked: Asked) -> bytes:
        stand.stopped.wait(5)
        return b""

    stand.scripts["/x.warc.gz"] = silent
    collected("warc", f"{stand.base}/x.warc.gz", allow_hosts=HOME, timeout=0.05)
    assert collected.kinds == ["too-slow"]


def test_two_requests_keep_the_pace(stand, file, monkeypatch):
    data, _ = file
    stand.scripts["/x.warc.gz"] = serving(data)
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    opened = remote(stand, delay=7.0)
    monkeypatch.setattr(opened, "_ask", opened._ask)
    with opened:
        opened.seek(PART)
        opened.read(1)
    assert slept == [0.0, 7.0]


def test_it_reads_and_seeks_as_a_file_does(stand, file):
    data, _ = file
    stand.scripts["/x.warc.gz"] = serving(data)
    with remote(stand) as opened, io.BufferedReader(opened, 100) as buffered:
        assert (opened.readable(), opened.seekable(), opened.size) == (True, True, len(data))
        assert buffered.read(PART + 50) == data[: PART + 50]
        assert buffered.seek(-10, io.SEEK_END) == len(data) - 10
        assert buffered.read() == data[-10:]
        assert buffered.read(1) == b""
        buffered.seek(5)
        assert buffered.seek(5, io.SEEK_CUR) == 10
        assert buffered.read(3) == data[10:13]
        assert opened.seek(3) == opened.tell() == 3


def test_a_file_that_never_opens_is_closed(stand):
    opened = remote(stand)
    with pytest.raises(Exception, match="answered 404"), opened:
        pass
    assert opened.closed


def test_problems_name_the_address(collected, stand):
    collected("warc", f"{stand.base}/gone.warc.gz", allow_hosts=HOME)
    (told,) = collected.problems
    assert isinstance(told, Problem)
    assert (told.kind, told.url) == ("http-404", f"{stand.base}/gone.warc.gz")
    assert f"{stand.base}/gone.warc.gz answered 404" in told.message
