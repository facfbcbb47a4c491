"""Content codings: undone as far as they go, counted while they are undone."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import content
from newskeep.errors import FetchError, TooLarge

LIMIT = 1 << 20
NOISE = b"".join(zlib.crc32(bytes([n % 251, n >> 8])).to_bytes(4, "big") for n in range(60_000))
PLAIN = "<p>The bridge is open. 桥又开了。</p>".encode() * 500


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def undone(payload: bytes, coding: str, limit: int = LIMIT) -> bytes:
    return content.decode(payload, coding, limit=limit)


@pytest.mark.parametrize("coding", CODERS)
@pytest.mark.parametrize(
    "data", [b"", b"x", PLAIN, b"\0" * LIMIT, NOISE], ids=["empty", "one", "text", "even", "noise"]
)
def test_every_coding_is_undone(coding, data) -> None:
    assert undone(CODERS[coding](data), coding) == data


@pytest.mark.parametrize("coding", ["", "identity", " , identity", "IDENTITY"])
def test_no_coding_is_none(coding) -> None:
    assert undone(PLAIN, coding) == PLAIN


def test_codings_are_undone_from_the_last_to_the_first() -> None:
    assert (
        undone(gzip.compress(brotli.compress(zlib.compress(PLAIN))), "deflate, BR ,gzip") == PLAIN
    )


def test_deflate_without_its_wrapping_is_undone_to_its_last_byte() -> None:
    for length in range(65_400, 65_700, 3):
        assert undone(bare(b"a" * length), "deflate") == b"a" * length
    assert undone(bare(PLAIN), "deflate") == PLAIN


def test_a_gzip_body_may_have_members_and_rubbish_behind_them() -> None:
    members = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two")
    assert undone(members, "gzip") == b"one two"
    assert undone(members + b"\0\0rubbish", "gzip") == b"one two"


@pytest.mark.parametrize("coding", CODERS)
def test_a_body_that_breaks_off_gives_what_was_there(coding) -> None:
    whole = CODERS[coding](NOISE)
    found = undone(whole[: len(whole) * 3 // 4], coding)
    assert found == NOISE[: len(found)]
    assert len(found) > len(NOISE) // 2


@pytest.mark.parametrize("coding", ["gzip", "zstd", "br"])
def test_a_body_that_was_never_coded_comes_back_as_it_is(coding) -> None:
    for body in (b"<html>", b"\xff\xd8\xff\xe0 picture", b"{}"):
        assert undone(body, coding) == body


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_damage_from_the_start_is_said(coding) -> None:
    with pytest.raises(FetchError) as caught:
        undone(CODERS[coding](b"x")[:4] + b"\xff" * 100, coding)
    assert caught.value.kind == "bad-coding"


@pytest.mark.parametrize("coding", ["compress", "gzip, sdch", "gzip\x00", ", ".join(["gzip"] * 4)])
def test_an_unknown_coding_or_one_too_many_is_refused(coding) -> None:
    with pytest.raises(FetchError) as caught:
        undone(PLAIN, coding)
    assert caught.value.kind == "unknown-coding"


@pytest.mark.parametrize("coding", CODERS)
def test_a_bomb_does_not_go_off(coding) -> None:
    bomb = CODERS[coding](b"\0" * (16 << 20))
    with pytest.raises(TooLarge, match="1,048,576"):
        undone(bomb, coding)
    with pytest.raises(TooLarge):
        undone(
            gzip.compress(bomb), f"{coding}, gzip", limit=len(bomb) - 1 if coding == "x" else 4096
        )


def test_the_limit_itself_is_allowed() -> None:
    assert len(undone(gzip.compress(b"\0" * 100_000), "gzip", limit=100_000)) == 100_000
    with pytest.raises(TooLarge):
        undone(gzip.compress(b"\0" * 100_000), "gzip", limit=99_999)


def test_a_body_of_ever_more_members_is_refused() -> None:
    with pytest.raises(FetchError, match="members"):
        undone(gzip.compress(b"") * 5000, "gzip")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.lists(st.sampled_from([*CODERS, "identity"]), max_size=3))
def test_no_bytes_make_it_raise_anything_else(payload, codings) -> None:
    try:
        undone(payload, ",".join(codings))
    except FetchError as error:
        assert error.kind in ("bad-coding", "too-large")  # noqa: PT017


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=2000), st.lists(st.sampled_from(list(CODERS)), max_size=3))
def test_what_was_coded_comes_back(data, codings) -> None:
    payload = data
    for coding in codings:
        payload = CODERS[coding](payload)
    assert undone(payload, ",".join(codings)) == data
