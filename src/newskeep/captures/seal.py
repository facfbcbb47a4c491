"""How a record is stored: compressed on its own, behind a seal that tells its exact bytes.

A stored record is a gzip member, or a zstd frame behind a skippable frame. Its seal holds
three little-endian 32-bit numbers: the length of the compressed rest, a CRC-32 of the
record's offset in the file and that length, and a CRC-32 of the rest. Gzip's own CRC
leaves bits uncovered (its header, the padding of deflate's stored blocks and last byte),
zstd's checksum likewise; the seal leaves none. It also lets a reader step from record to
record without decompressing, and tells a real record from a copy of one inside a payload.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

import zstandard

from newskeep.captures.record import MOST_BYTES
from newskeep.errors import UsageError

# Deflate is nearly all of the cost. On posts, against level 9: level 6 is 1.3 times as fast
# and 0.2% larger, 4 is 1.8 times and 2.6%, 3 is 2.1 times and 4.7%.
GZIP_LEVEL = 4
ZSTD_LEVEL = 3

_SEAL = struct.Struct("<III")
_PLACE = struct.Struct("<QI")
_TRAILER = struct.Struct("<II")
_SUBFIELD = struct.pack("<2sH", b"NK", _SEAL.size)
_MOST = MOST_BYTES + (1 << 20)  # a payload and its heads
_PIECE = 1 << 20

# RFC 1952 §2.3: deflate, FEXTRA, no time, no name, unknown system.
_GZIP_MARK = struct.pack("<4BIBBH", 0x1F, 0x8B, 8, 4, 0, 0, 255, 4 + _SEAL.size) + _SUBFIELD
# RFC 8878 §3.1.2: a skippable frame. A .warc.zst begins with a real frame: an empty one.
_ZSTD_MARK = struct.pack("<II", 0x184D2A57, _SEAL.size)
_ZSTD_OPENING = bytes.fromhex("28b52ffd2000010000")

Pack = Callable[[bytes], bytes]


class Damaged(Exception):
    """The bytes are not what was written; the text says how (it names no place)."""


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to store records. `opening` begins a file, `mark` each stored record.

    `packer` makes a function that compresses; each writer has its own. `unpack` gives a
    stored record's bytes, or (its second argument not 0) perhaps only so many of the
    first; it raises Damaged.
    """

    suffix: str
    opening: bytes
    mark: bytes
    packer: Callable[[], Pack]
    unpack: Callable[[bytes, int], bytes]

    @property
    def head(self) -> int:
        """Bytes of a stored record before its compressed rest."""
        return len(self.mark) + _SEAL.size

    def seal(self, offset: int, rest: bytes) -> bytes:
        """The stored record, for this place in its file."""
        place = zlib.crc32(_PLACE.pack(offset, len(rest)))
        return b"".join((self.mark, _SEAL.pack(len(rest), place, zlib.crc32(rest)), rest))

    def length(self, head: bytes, offset: int) -> int:
        """Length of the whole stored record that this head begins, 0 where it is no head."""
        if len(head) < self.head or not head.startswith(self.mark):
            return 0
        length, place, _ = _SEAL.unpack_from(head, len(self.mark))
        return self.head + length if place == zlib.crc32(_PLACE.pack(offset, length)) else 0

    def is_sound(self, stored: bytes) -> bool:
        """Whether the rest is what the seal says; its head was looked at by `length`."""
        crc: int = _SEAL.unpack_from(stored, len(self.mark))[2]
        return crc == zlib.crc32(memoryview(stored)[self.head :])


class Stored(NamedTuple):
    """A stored record, or (with a `fault`) a stretch of a file that holds no sound one."""

    offset: int
    length: int
    data: bytes
    fault: str = ""
    torn: bool = False

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.offset + self.length


def codec_for(compression: str) -> Codec:
    """The codec of a setting. Raises UsageError."""
    if compression not in _CODECS:
        raise UsageError(f"captures cannot be compressed with {compression!r}: use gzip or zstd")
    return _CODECS[compression]


def codec_of(name: str) -> Codec | None:
    """The codec of a file name, None where it is no capture file's."""
    return next((one for one in _CODECS.values() if name.endswith(one.suffix)), None)


def scan(file: BinaryIO, codec: Codec, start: int, end: int) -> Iterator[Stored]:
    """Everything between two offsets, sound or not, without a gap.

    A damaged stretch reaches to the next record whose seal knows its own place.
    """
    offset = start
    if start == 0 and end and codec.opening:
        file.seek(0)
        offset = len(codec.opening)
        if file.read(offset) != codec.opening:
            offset = _next(file, codec, 1, end)
            yield _fault(0, offset, "the file's first bytes are damaged", torn=offset == end)
    while offset < end:
        stored = stored_at(file, codec, offset, end)
        yield stored
        offset = stored.end


def stored_at(file: BinaryIO, codec: Codec, offset: int, end: int) -> Stored:
    """What stands at an offset, in a file that ends at `end`."""
    file.seek(offset)
    head = file.read(codec.head)
    length = codec.length(head, offset)
    if not length:
        following = _next(file, codec, offset + 1, end)
        return _fault(offset, following, "no whole record stands here", torn=following == end)
    if offset + length > end:
        return _fault(offset, end, "the record is cut short", torn=True)
    data = head + file.read(length - len(head))
    if len(data) < length or not codec.is_sound(data):
        return _fault(offset, offset + length, "the record is damaged")
    return Stored(offset, length, data)


def _fault(offset: int, end: int, fault: str, *, torn: bool = False) -> Stored:
    return Stored(offset, end - offset, b"", fault, torn)


def _next(file: BinaryIO, codec: Codec, offset: int, end: int) -> int:
    """The first offset from here on where a record's head stands, else `end`."""
    while offset < end:
        file.seek(offset)
        piece = file.read(_PIECE + codec.head)
        found = piece.find(codec.mark)
        while 0 <= found < _PIECE:
            if codec.length(piece[found : found + codec.head], offset + found):
                return offset + found
            found = piece.find(codec.mark, found + 1)
        offset += _PIECE
    return end


def _gzip_packer() -> Pack:
    template = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)

    def pack(data: bytes) -> bytes:
        one = template.copy()
        trailer = _TRAILER.pack(zlib.crc32(data), len(data) & 0xFFFFFFFF)
        return b"".join((one.compress(data), one.flush(), trailer))

    return pack


def _gzip_unpack(stored: bytes, most: int) -> bytes:
    one = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        data = one.decompress(stored, most or _MOST)
    except zlib.error as error:
        raise Damaged(f"its gzip data is wrong ({error})") from None
    if not most and (not one.eof or one.unused_data):
        raise Damaged("its gzip data does not end where the record ends")
    return data


def _zstd_packer() -> Pack:
    return zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True).compress


def _zstd_unpack(stored: bytes, most: int) -> bytes:
    """The whole record, whatever `most` says: zstd is quick enough."""
    frame = stored[len(_ZSTD_MARK) + _SEAL.size :]
    try:
        if not 0 <= zstandard.frame_content_size(frame) <= _MOST:
            raise Damaged("its zstd frame tells no sensible size")
        return zstandard.ZstdDecompressor().decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise Damaged(f"its zstd data is wrong ({error})") from None


_CODECS = {
    "gzip": Codec(".warc.gz", b"", _GZIP_MARK, _gzip_packer, _gzip_unpack),
    "zstd": Codec(".warc.zst", _ZSTD_OPENING, _ZSTD_MARK, _zstd_packer, _zstd_unpack),
}
