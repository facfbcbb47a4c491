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


def read_file(path: str | Path, *, on_problem: OnProblem | None = None) -> Iterator[Capture]:
    """The captures of a WARC file, in its order; no archive is needed.

    Chunked bodies are de-chunked. Damage goes to `on_problem`, and ends the file where
    nothing behind it can be read; without one it raises CaptureError.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            yield from _Reader(path, file, size, on_problem).captures()
    except OSError as error:
        raise CaptureError(f"{path} cannot be read: {error.strerror or error}") from error


class _Reader:
    def __init__(self, path: Path, file: BinaryIO, size: int, on_problem: OnProblem | None) -> None:
        self._path = path
        self._file = file
        self._size = size
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
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        offset = 0
        try:
            for record in ArchiveIterator(
                self._file, parse_http=False, record_types=WarcRecordType.any_type
            ):
                offset = record.stream_pos
                yield offset, record
        except (OSError, ValueError) as error:
            self._tell(offset, f"behind the record there nothing can be read ({error})")

    def _capture(self, offset: int, record: Any) -> Capture | None:
        fields = tuple((str(name), str(value)) for name, value in record.headers.items())
        named = {name.lower(): value for name, value in reversed(fields)}
        if named.get("warc-type", "") not in parse.CAPTURES:
            return None
        try:
            block = self._block(record)
            return parse.capture(
                parse.Record(fields, named, block), Ref(self._path.name, offset, 0)
            )
        except Damaged as error:
            self._tell(offset, f"the record cannot be read: {error}")
            return None

    def _block(self, record: Any) -> bytes:
        block: bytes = record.reader.read(MOST_BYTES + 1)
        if len(block) > MOST_BYTES:
            raise Damaged(f"it is larger than {MOST_BYTES} bytes")
        if len(block) < record.content_length:
            raise Damaged("it is cut short")
        return block

    def _tell(self, offset: int, fault: str) -> None:
        message = f"{self._path} at {offset}: {fault}"
        if self._on_problem is None:
            raise CaptureError(message)
        self._on_problem(
            Problem(url=self._path.name, stage="captures", kind="capture-damaged", message=message)
        )


def _ending(capture: Capture, end: int) -> Capture:
    ref = capture.ref
    return replace(capture, ref=Ref(ref.file, ref.offset, max(0, end - ref.offset)))
