"""Articles as bytes and times as integers: how values stand in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import msgspec
import zstandard

from newskeep.types import Article

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 256 << 20


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder()


@cache
def _decoder() -> msgspec.msgpack.Decoder[Article]:
    return msgspec.msgpack.Decoder(Article)


class Glance(msgspec.Struct, frozen=True):
    """What a list needs of an article; to read no more is ten times as quick."""

    text: str = ""
    access: str = "open"
    truncated: bool = False


@cache
def _glancer() -> msgspec.msgpack.Decoder[Glance]:
    return msgspec.msgpack.Decoder(Glance)


def pack(article: Article) -> bytes:
    """An article as bytes: MessagePack in one Zstandard frame. Equal articles, equal bytes."""
    return zstandard.ZstdCompressor(level=3).compress(_encoder().encode(article))


def unpack(data: bytes) -> Article:
    """The article that `pack` made these bytes of."""
    plain = zstandard.ZstdDecompressor().decompress(data, max_output_size=_LARGEST)
    return _decoder().decode(plain)


def glances(packed: Iterable[bytes]) -> Iterator[Glance]:
    """Of the articles that `pack` made these bytes of, only what a glance shows."""
    decompressor = zstandard.ZstdDecompressor()
    for data in packed:
        yield _glancer().decode(decompressor.decompress(data, max_output_size=_LARGEST))


def micros(at: datetime) -> int:
    """Microseconds since 1970-01-01 UTC, exactly."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def moment(value: int) -> datetime:
    """The UTC time of so many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=value)
