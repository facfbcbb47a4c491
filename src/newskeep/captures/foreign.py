"""Reading any WARC file, whoever wrote it: gzip, zstd, lz4 or plain, WARC/0.17 to 1.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from newskeep.captures import parse
from newskeep.captures.record import MOST_BYTES
from newskeep.captures.seal import Damaged
from newskeep.errors import CaptureError
from newskeep.types import Capture, Problem, Ref

OnProblem = Callable[[Problem], None]

_MAGIC = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_PIECE = 1 << 20
_MOST_IN_VAIN = 1000
"""Beginnings tried behind damage until one is a record: hostile files may hold many."""


def read_file(path: str | Path, *, on_problem: OnProblem | None = None) -> Iterator[Capture]:
    """The captures of a WARC file, in its order; no archive is needed.

    Chunked bodies are de-chunked; a revisit of another writer may carry a digest other than
    SHA-256. Damage goes to `on_problem` and the reading goes on at the next compressed
    member (or plain record) behind it; without one it raises CaptureError.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            yield from read_open(file, str(path), path.stat().st_size, on_problem=on_problem)
    except OSError as error:
        raise CaptureError(f"{path} cannot be read: {error.strerror or error}") from error


def read_open(
    file: BinaryIO, name: str, size: int, *, start: int = 0, on_problem: OnProblem | None = None
) -> Iterator[Capture]:
    """As `read_file`, of an open file of so many bytes, from the record at `start` on.

    What the file raises ends the reading, but for OSError and ValueError, which are damage.
    """
    yield from _Reader(file, name, size, start, on_problem).captures()


class _Reader:
    def __init__(
        self, file: BinaryIO, name: str, size: int, start: int, on_problem: OnProblem | None
    ) -> None:
        self._file = file
        self._name = name
        self._size = size
        self._start = start
        self._on_problem = on_problem

    def captures(self) -> Iterator[Capture]:
        """Each capture, its length known once the next record has begun."""
        last: Capture | None = None
        for offset, record in self._records():
            if last:
                yield _ending(last, offset)
            last = self._capture(offset, record)
        if last:
            yield _ending(last, self._size)

    def _records(self) -> Iterator[tuple[int, Any]]:
        """Every record and its offset, begun again behind damage a limited number of times."""
        start, in_vain = self._start, 0
        while start < self._size and in_vain < _MOST_IN_VAIN:
            offset = start
            try:
                for offset, record in self._records_from(start):
                    in_vain = 0
                    yield offset, record
                return
            except (OSError, ValueError) as error:
                if not in_vain:
                    self._tell(offset, f"the file is damaged in or behind this record ({error})")
                in_vain += 1
                start = self._next(offset + 1)

    def _records_from(self, start: int) -> Iterator[tuple[int, Any]]:
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        self._file.seek(start)
        every = WarcRecordType.any_type
        for record in ArchiveIterator(self._file, parse_http=False, record_types=every):
            yield record.stream_pos, record

    def _next(self, offset: int) -> int:
        """Where the next member, frame or plain record may begin, else the file's end."""
        self._file.seek(self._start)
        first = self._file.read(4)
        magic = next((one for one in _MAGIC if first.startswith(one)), b"WARC/")
        while offset < self._size:
            self._file.seek(offset)
            found = self._file.read(_PIECE + len(magic)).find(magic)
            if found >= 0:
                return offset + found
            offset += _PIECE
        return self._size

    def _capture(self, offset: int, record: Any) -> Capture | None:
        fields = tuple((str(name), str(value)) for name, value in record.headers.items())
        named = {name.lower(): value for name, value in reversed(fields)}
        if named.get("warc-type", "") not in parse.CAPTURES:
            return None
        try:
            block = self._block(record)
            return parse.capture(
                parse.Record(fields, named, block), Ref(Path(self._name).name, offset, 0)
            )
        except Damaged as error:
            self._tell(offset, f"the record cannot be read: {error}")
            return None

    def _block(self, record: Any) -> bytes:
        if record.content_length > MOST_BYTES:
            raise Damaged(f"its {record.content_length} bytes are more than {MOST_BYTES}")
        try:
            block: bytes = record.reader.read(MOST_BYTES)
        except OSError as error:
            raise Damaged(f"it breaks off ({error})") from None
        if len(block) < record.content_length:
            raise Damaged("it is cut short")
        return block

    def _tell(self, offset: int, fault: str) -> None:
        message = f"{self._name} at {offset}: {fault}"
        if self._on_problem is None:
            raise CaptureError(message)
        self._on_problem(
            Problem(
                url=Path(self._name).name, stage="captures", kind="capture-damaged", message=message
            )
        )


def _ending(capture: Capture, end: int) -> Capture:
    ref = capture.ref
    return replace(capture, ref=Ref(ref.file, ref.offset, max(0, end - ref.offset)))
