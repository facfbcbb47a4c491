"""The folder of captures: reading by reference, walking, mending, verifying."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from newskeep.captures import parse
from newskeep.captures.record import FORMAT
from newskeep.captures.seal import Codec, Damaged, Stored, codec_of, scan, stored_at
from newskeep.captures.verify import faults
from newskeep.captures.writer import ROTATE_BYTES, Writer
from newskeep.errors import CaptureError, FormatError
from newskeep.layout import sync_folder
from newskeep.types import Capture, Problem, Ref

OnProblem = Callable[[Problem], None]

_FIRST_BYTES = 2048


class Captures:
    """The WARC files of an archive. Reading needs no lock; each writer makes files of its own."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def files(self) -> list[str]:
        """Names of the capture files, oldest first. Raises CaptureError."""
        try:
            names = [one.name for one in os.scandir(self.folder) if one.is_file()]
        except OSError as error:
            raise CaptureError(f"{self.folder} cannot be read: {error.strerror}") from error
        return sorted(name for name in names if codec_of(name))

    def writer(self, *, compression: str = "gzip", rotate_bytes: int = ROTATE_BYTES) -> Writer:
        """A writer of new files; `compression` is gzip or zstd. Raises UsageError."""
        return Writer(self.folder, compression=compression, rotate_bytes=rotate_bytes)

    def read(self, ref: Ref, *, verify: bool = False) -> Capture:
        """The capture at a reference; a revisit's payload is empty.

        The stored bytes are always held against their seal; `verify` also computes the
        digests. Raises CaptureError where no whole, sound capture stands there.
        """
        codec = self._codec(ref.file)
        with self._open(ref.file) as file:
            end = os.fstat(file.fileno()).st_size
            stored = stored_at(file, codec, ref.offset, end)
        fault = stored.fault or ("" if stored.length == ref.length else "another record is there")
        try:
            if not fault:
                record = parse.whole(codec.unpack(stored.data, 0))
                fault = next(faults(record), "") if verify else ""
            if not fault and record.type in parse.CAPTURES:
                return parse.capture(record, ref)
        except Damaged as error:
            fault = str(error)
        raise CaptureError(_at(ref.file, ref.offset, fault or "the record there is no capture"))

    def walk(
        self,
        start: Mapping[str, int] | None = None,
        *,
        payloads: bool = True,
        on_problem: OnProblem | None = None,
    ) -> Iterator[Capture]:
        """Every capture in the order of file names and offsets, from given offsets on.

        Damage goes to `on_problem` and the walk goes on behind it; without one it raises
        CaptureError. Without `payloads` only heads are decompressed and read; the stored
        bytes are held against their seals all the same.
        """
        known = start or {}
        for name in self.files():
            yield from self.walk_file(
                name, start=known.get(name, 0), payloads=payloads, on_problem=on_problem
            )

    def walk_file(
        self,
        file: str,
        *,
        start: int = 0,
        payloads: bool = True,
        on_problem: OnProblem | None = None,
    ) -> Iterator[Capture]:
        """Every capture of one file, as `walk` does. Raises FormatError for a newer format."""
        codec = self._codec(file)
        for stored in self._scan(file, start):
            fault = stored.fault
            try:
                record = None if fault else _record(codec, stored, payloads=payloads)
                if record and record.type in parse.CAPTURES:
                    ref = Ref(file, stored.offset, stored.length)
                    yield parse.capture(record, ref, with_payload=payloads)
            except Damaged as error:
                fault = f"the record is damaged: {error}"
            if fault:
                _tell(_problem(file, stored, fault), on_problem)
            elif record and record.type == "warcinfo":
                _demand_format(file, record)

    def repair(self, file: str) -> Problem | None:
        """Cut a torn tail off a file that no writer holds open, and say so.

        Cut is what a broken-off append left: a record that is not whole, and a request
        without its answer. The bytes are kept aside in `<file>.torn-<offset>`. Damage
        that whole records follow is left alone. Raises CaptureError.
        """
        codec, sound, torn = self._codec(file), 0, ""
        for stored in self._scan(file, 0):
            torn = stored.fault if stored.torn else ""
            if not stored.torn and (stored.fault or _is_answer(codec, stored)):
                sound = stored.end
        size = self._size(file)
        if size == sound:
            return None
        aside = f"{file}.torn-{sound}"
        self._cut(file, sound, aside)
        reason = torn or "a request without its answer"
        return Problem(
            url=file,
            stage="captures",
            kind="torn-tail",
            message=f"{file} at {sound}: an append was broken off ({reason}); its {size - sound} "
            f"bytes were moved to {aside}, and nothing that was acknowledged is lost",
        )

    def verify(self, file: str, *, start: int = 0) -> Iterator[Problem]:
        """Everything wrong with a file's bytes, from an offset on: seals, compression, digests."""
        codec = self._codec(file)
        for stored in self._scan(file, start):
            if stored.fault:
                yield _problem(file, stored, stored.fault)
                continue
            try:
                record = parse.whole(codec.unpack(stored.data, 0))
            except Damaged as error:
                yield _problem(file, stored, str(error))
            else:
                yield from (_problem(file, stored, fault) for fault in faults(record))

    # Inside

    def _codec(self, file: str) -> Codec:
        codec = codec_of(file)
        if codec is None or Path(file).name != file:
            raise CaptureError(f"{file!r} is not the name of a capture file")
        return codec

    def _open(self, file: str) -> BinaryIO:
        try:
            return (self.folder / file).open("rb")
        except OSError as error:
            raise CaptureError(
                f"{file} cannot be read: {error.strerror}; bring it back from a backup, "
                "or run: newskeep check"
            ) from error

    def _size(self, file: str) -> int:
        with self._open(file) as opened:
            return os.fstat(opened.fileno()).st_size

    def _scan(self, file: str, start: int) -> Iterator[Stored]:
        with self._open(file) as opened:
            try:
                end = os.fstat(opened.fileno()).st_size
                yield from scan(opened, self._codec(file), start, end)
            except OSError as error:
                raise CaptureError(f"{file} cannot be read: {error.strerror}") from error

    def _cut(self, file: str, offset: int, aside: str) -> None:
        path = self.folder / file
        try:
            with path.open("r+b") as opened, (self.folder / aside).open("wb") as torn:
                opened.seek(offset)
                while piece := opened.read(1 << 20):
                    torn.write(piece)
                torn.flush()
                os.fsync(torn.fileno())
                opened.truncate(offset)
                os.fsync(opened.fileno())
            if not offset:
                path.unlink()
            sync_folder(self.folder)
        except OSError as error:
            raise CaptureError(
                f"{file}: its torn tail at {offset} cannot be cut: {error.strerror}"
            ) from error


def _record(codec: Codec, stored: Stored, *, payloads: bool) -> parse.Record:
    if payloads:
        return parse.whole(codec.unpack(stored.data, 0))
    most = _FIRST_BYTES
    data = codec.unpack(stored.data, most)
    while len(data) == most and not parse.heads_are_in(data):
        most *= 8
        data = codec.unpack(stored.data, most)
    return parse.split(data)


def _is_answer(codec: Codec, stored: Stored) -> bool:
    try:
        return _record(codec, stored, payloads=False).type in parse.CAPTURES
    except Damaged:
        return True  # its seal is right: what is inside is not a matter of tearing


def _demand_format(file: str, record: parse.Record) -> None:
    info = dict(parse.fields_of(b"\n" + record.block))
    found = info.get("newskeep-format", "")
    if found.isdecimal() and int(found) > FORMAT:
        raise FormatError(
            f"{file} is of format {found}, this newskeep reads up to {FORMAT}; update newskeep"
        )


def _at(file: str, offset: int, fault: str) -> str:
    return f"{file} at {offset}: {fault}; run: newskeep check"


def _problem(file: str, stored: Stored, fault: str) -> Problem:
    kind = "torn-tail" if stored.torn else "capture-damaged"
    reach = f"bytes {stored.offset} to {stored.end - 1}"
    return Problem(
        url=file,
        stage="captures",
        kind=kind,
        message=f"{file} at {stored.offset}: {fault} ({reach}); bring the file back from a backup",
    )


def _tell(problem: Problem, on_problem: OnProblem | None) -> None:
    if on_problem is None:
        raise CaptureError(problem.message)
    on_problem(problem)
