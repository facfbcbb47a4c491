"""Zip archives (PKWARE APPNOTE 6.3), read member by member in memory and never unpacked.

A name in an archive is only ever compared, never used as a path. How many members
there are, how large each may be, how large all that are read, and how much smaller than
its content a member may be packed, is bounded while it is inflated.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from struct import Struct, error

from newskeep.discover.saved.items import Reader, Saved, Tell

MAGIC = b"PK\x03\x04"

MOST_MEMBERS = 200_000
MOST_BYTES = 16 << 20
"""The largest member that is read."""
MOST_READ = 256 << 20
"""Bytes of all members together."""
MOST_RATIO = 200
_FREE = 1 << 20
"""A member up to this size may be packed as tightly as it likes."""

_END = Struct("<4s4xHH4xIH")
_END64 = Struct("<4s44xQ")
_ENTRY = Struct("<4sBBHHH4xIIIHHH4xII")
_LOCAL = Struct("<26xHH")
_UNIX, _LINK, _TYPE = 3, 0o120000, 0o170000
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
_TOO_LARGE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    flags: int
    method: int
    crc: int
    packed: int
    offset: int
    is_link: bool


class Bundle:
    """The members of an archive by name. Raises ValueError where it is no zip archive.

    Members with names that lead elsewhere, links, and second ones of a name are told and
    left out. Whatever else is wrong with a member is told when it is read.
    """

    def __init__(self, data: bytes, tell: Tell) -> None:
        self._data = data
        self._tell = tell
        self._left = MOST_READ
        self._members: dict[str, _Member] = {}
        for number, (name, member) in enumerate(_directory(data)):
            if number == MOST_MEMBERS:
                tell(
                    "archive-too-long", "", f"only its first {MOST_MEMBERS} members were looked at"
                )
                break
            self._add(name, member)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self, start: str = "", end: str = "") -> list[str]:
        """The members' names that begin and end so, in the archive's order."""
        return [one for one in self._members if one.startswith(start) and one.endswith(end)]

    def read(self, name: str) -> bytes:
        """A member's content; nothing where there is none, or where it cannot be read (told)."""
        try:
            return self._content(name) if name in self else b""
        except ValueError as fault:
            self._refuse(name, f"{fault}")
            return b""

    def items(self, names: Iterable[str], read: Reader) -> Iterator[Saved]:
        """The items of these members; one that is not as it ought to be is told and left out."""
        for name in names:
            try:
                for saved in read(self._content(name), self._inside(name)):
                    yield replace(saved, where=f"{name} {saved.where}")
            except ValueError as fault:
                self._refuse(name, f"{fault}")

    def _inside(self, name: str) -> Tell:
        return lambda kind, where, message: self._tell(kind, f"{name} {where}", message)

    def _refuse(self, name: str, reason: str) -> None:
        self._tell("member-unreadable", name, f"{reason}; it was left out")

    def _content(self, name: str) -> bytes:
        """Raises ValueError with the reason why it cannot be read."""
        try:
            found = self._inflated(self._members[name])
        except (zlib.error, error):
            raise ValueError("it is damaged") from None
        self._left -= len(found)
        return found

    def _add(self, name: str, member: _Member) -> None:
        if name.endswith("/"):
            return
        parts = name.replace("\\", "/").split("/")
        if not parts[0] or ".." in parts or ":" in parts[0] or "\0" in name:
            self._refuse(name, "its name leads out of the archive")
        elif member.is_link:
            self._refuse(name, "it is a symbolic link")
        elif name in self._members:
            self._refuse(name, "it is there a second time")
        else:
            self._members[name] = member

    def _inflated(self, member: _Member) -> bytes:
        packed = self._packed(member)
        limit = min(MOST_BYTES, self._left, max(_FREE, MOST_RATIO * len(packed)))
        if member.method == _DEFLATED:
            found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit + 1)
        else:
            found = packed
        if len(found) > limit:
            raise ValueError(f"it grows past {limit} bytes")
        if zlib.crc32(found) != member.crc:
            raise ValueError("it is damaged: its checksum does not fit")
        return found

    def _packed(self, member: _Member) -> bytes:
        if member.flags & _ENCRYPTED:
            raise ValueError("it is encrypted")
        if member.method not in (_STORED, _DEFLATED):
            raise ValueError(f"it is packed by a method ({member.method}) that is not read")
        if _TOO_LARGE in (member.packed, member.offset):
            raise ValueError("it is too large")
        if self._data[member.offset : member.offset + 4] != MAGIC:
            raise ValueError("it is not where the archive says")
        name, extra = _LOCAL.unpack_from(self._data, member.offset)
        start = member.offset + 30 + name + extra
        packed = self._data[start : start + member.packed]
        if len(packed) != member.packed:
            raise ValueError("it is cut short")
        return packed


def _directory(data: bytes) -> Iterator[tuple[str, _Member]]:
    """The entries of the central directory, as far as they are whole."""
    place = _start(data)
    while data[place : place + 4] == b"PK\x01\x02" and place + _ENTRY.size <= len(data):
        (_, _, made_by, _, flags, method, crc, packed, _, *lengths, mode, offset) = (
            _ENTRY.unpack_from(data, place)
        )
        name_end = place + _ENTRY.size + lengths[0]
        raw = data[place + _ENTRY.size : name_end]
        member = _Member(
            flags=flags,
            method=method,
            crc=crc,
            packed=packed,
            offset=offset,
            is_link=made_by == _UNIX and (mode >> 16) & _TYPE == _LINK,
        )
        yield _text(raw, flags), member
        place = name_end + lengths[1] + lengths[2]


def _start(data: bytes) -> int:
    """Where the central directory begins."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + _END.size > len(data):
        raise ValueError("its directory is missing; was it downloaded whole?")
    start: int = _END.unpack_from(data, end)[3]
    before = data.rfind(b"PK\x06\x06", max(0, end - 200), end)
    if start == _TOO_LARGE and before >= 0:
        start = _END64.unpack_from(data, before)[1]
    return start


def _text(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
