"""From bytes as received to bytes and text: content codings undone, charsets found.

What is decoded is counted while it is decoded, so that no bomb goes off. A charset is
believed by evidence: byte order mark, header, declaration, and at last the bytes
themselves, since pages and feeds often say one and are another.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator

import brotli
import zstandard

from newskeep.charsets import reading
from newskeep.errors import FetchError, TooLarge

MOST_CODINGS = 3
"""Content codings undone one after another; more are a trick."""

_MOST_MEMBERS = 1000
_STEP = 1 << 16


def decode(payload: bytes, content_encoding: str, *, limit: int) -> bytes:
    """Undo the content codings (RFC 9110 §8.4), the last applied first.

    A body that breaks off gives what was there until then, and one that says gzip and is
    not comes back as it is, for that is what servers do. Raises TooLarge past `limit`
    decoded bytes at any layer, FetchError for an unknown coding or one too many
    (unknown-coding), and for a body that is damaged from its start (bad-coding).
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in names if name not in ("", "identity")]
    if len(codings) > MOST_CODINGS:
        raise FetchError(f"{len(codings)} content codings on one answer", "unknown-coding")
    for name in reversed(codings):
        if name not in _DECODERS:
            raise FetchError(f"the content coding {name[:40]!r} is not known", "unknown-coding")
        payload = _undone(name, payload, limit)
    return payload


def to_text(data: bytes, content_type: str = "", *, kind: str = "html") -> str:
    """The text of a document. Never raises; what cannot be read becomes U+FFFD.

    `kind` is html, xml or text and says which declaration to look for. Order of belief:
    byte order mark, UTF-8 where the bytes are that, then what header and declaration
    name, unless the bytes read much better as another charset of the news.
    """
    return reading.read(data, content_type, kind=kind)


def _undone(name: str, payload: bytes, limit: int) -> bytes:
    kept: list[bytes] = []
    total = 0
    try:
        for piece in _DECODERS[name](payload):
            total += len(piece)
            if total > limit:
                raise TooLarge(
                    f"the body decodes to more than {limit:,} bytes; it is kept as it came"
                )
            kept.append(piece)
    except _DAMAGE:
        if not total:
            return _as_it_is(name, payload)
    return b"".join(kept)


def _as_it_is(name: str, payload: bytes) -> bytes:
    """A body that was never coded as it says."""
    if name in _MAGIC and payload.startswith(_MAGIC[name]):
        raise FetchError(f"the body says {name}, but it is damaged from its start", "bad-coding")
    return payload


def _gunzip(payload: bytes) -> Iterator[bytes]:
    """A gzip body may have several members (RFC 1952 §2.2)."""
    rest = memoryview(payload)
    for _ in range(_MOST_MEMBERS):
        rest = yield from _inflated(rest, 31)
        if not rest:
            return
    raise FetchError(f"more than {_MOST_MEMBERS} gzip members in one body", "bad-coding")


def _inflate(payload: bytes) -> Iterator[bytes]:
    """Deflate as zlib (RFC 1950), which the standard means, or bare (RFC 1951), which some send."""
    is_zlib = (
        len(payload) > 1 and payload[0] & 0x0F == 8 and int.from_bytes(payload[:2], "big") % 31 == 0
    )
    yield from _inflated(memoryview(payload), 15 if is_zlib else -15)


def _inflated(payload: memoryview, wbits: int) -> Generator[bytes, None, memoryview]:
    """The decoded pieces; returns what stands behind the end of the stream."""
    member = zlib.decompressobj(wbits)
    for place in range(0, len(payload), _STEP):
        piece = payload[place : place + _STEP]
        yield member.decompress(piece, _STEP)
        while member.unconsumed_tail and not member.eof:
            yield member.decompress(member.unconsumed_tail, _STEP)
        if member.eof:
            return payload[place + len(piece) - len(member.unused_data) :]
    yield member.flush()  # all input is read, but its last match may be half written out
    return memoryview(b"")


def _unbrotli(payload: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    piece = decoder.process(payload, output_buffer_limit=_STEP)
    while piece or not decoder.can_accept_more_data():
        yield piece
        piece = decoder.process(b"", output_buffer_limit=_STEP)


def _unzstd(payload: bytes) -> Iterator[bytes]:
    decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    with decompressor.stream_reader(payload, read_across_frames=True) as reader:
        while piece := reader.read(_STEP):
            yield piece


_DAMAGE = (zlib.error, brotli.error, zstandard.ZstdError)
_MAGIC = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
