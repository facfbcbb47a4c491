"""The one writer of a run: appends captures to files of its own, durably."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from newskeep import clock
from newskeep.captures.raw import RawFile
from newskeep.captures.record import records, warcinfo
from newskeep.captures.seal import Codec, Pack, codec_for
from newskeep.errors import CaptureError
from newskeep.layout import sync_folder
from newskeep.types import Capture, Received, Ref

ROTATE_BYTES = 256 << 20

_TICK = timedelta(microseconds=1)


def create_file(path: Path) -> RawFile:
    """A new file of this name. Raises FileExistsError where there is one already."""
    return RawFile(path, "x")


Create = Callable[[Path], RawFile]


class Writer:
    """Appends captures. Not safe for threads at once; close it, or use it as a context manager.

    A file is begun by the first append, and another when it has reached `rotate_bytes` or
    the UTC day is over. After a failure the next append begins a new file, so that what
    was appended before it stays behind as a tail that is found again. `create` makes files.
    """

    def __init__(
        self,
        folder: Path,
        *,
        compression: str = "gzip",
        rotate_bytes: int = ROTATE_BYTES,
        create: Create = create_file,
    ) -> None:
        self._folder = folder
        self._codec = codec_for(compression)
        self._pack = self._codec.packer()
        self._rotate_bytes = rotate_bytes
        self._create = create
        self._file: _File | None = None
        self._last: datetime | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def append(self, received: Received, *, original: Capture | None = None) -> Capture:
        """Write one capture, and a request record where its headers are known.

        With `original` (a capture of the same payload) a revisit is written. Durable only
        after `sync`. Raises CaptureError where the disk refuses (the file then ends at its
        last whole record, and a later append may work), UsageError for what is no capture.
        """
        time = self._now()
        capture, pieces = records(received, received.time or time, original)
        file = self._file_for(time)
        try:
            offset, length = file.append(pieces, self._pack)
        except OSError as error:
            raise _refused(file.path, "be written to", error) from error
        return replace(capture, ref=Ref(file.path.name, offset, length))

    def sync(self) -> None:
        """Make all appended captures durable. Raises CaptureError where the disk refuses."""
        if self._file is None:
            return
        try:
            self._file.sync()
        except OSError as error:
            path = self._file.path
            self._abandon()
            raise _refused(path, "be made durable", error) from error

    def close(self) -> None:
        """Sync and close; twice does no harm. Raises CaptureError."""
        self.sync()
        self._abandon()

    def _now(self) -> datetime:
        """The time, later than the last even where the clock was set back."""
        now = clock.now()
        if self._last is not None and now <= self._last:
            now = self._last + _TICK
        self._last = now
        return now

    def _file_for(self, time: datetime) -> _File:
        file = self._file
        if file and (file.spent or file.size >= self._rotate_bytes or file.day != time.date()):
            self.close()
        if self._file is None:
            self._file = self._new_file(time)
        return self._file

    def _new_file(self, time: datetime) -> _File:
        """Names sort by time; the random end keeps two processes apart."""
        name = f"{time:%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(3)}{self._codec.suffix}"
        path = self._folder / name
        try:
            return _File(path, self._create(path), self._codec, time)
        except OSError as error:
            raise _refused(path, "be created", error) from error

    def _abandon(self) -> None:
        """Close the file without a word; an empty one goes."""
        file, self._file = self._file, None
        if file:
            with suppress(OSError):
                file.close()


class _File:
    """One capture file that is being written."""

    def __init__(self, path: Path, raw: RawFile, codec: Codec, time: datetime) -> None:
        self.path = path
        self.day: date = time.date()
        self.spent = False
        self.size = 0
        self._raw = raw
        self._codec = codec
        self._began = time
        self._is_new = True
        self._synced = 0

    def append(self, pieces: Sequence[bytes], pack: Pack) -> tuple[int, int]:
        """Write records in one go; offset and length of the last. All of it or nothing."""
        stored = [] if self.size else [self._codec.opening]
        head = [] if self.size else [warcinfo(self.path.name, self._began)]
        offset = end = self.size + sum(map(len, stored))
        for piece in (*head, *pieces):
            offset = end
            stored.append(self._codec.seal(offset, pack(piece)))
            end += len(stored[-1])
        try:
            self._raw.append(b"".join(stored), self.size)
        except BaseException:
            self.spent = True
            raise
        self.size = end
        return offset, end - offset

    def sync(self) -> None:
        if self._synced < self.size:
            self._raw.sync()
            self._synced = self.size
        if self._is_new:
            sync_folder(self.path.parent)
            self._is_new = False

    def close(self) -> None:
        self._raw.close()
        if not self.size:
            self.path.unlink()


def _refused(path: Path, what: str, error: OSError) -> CaptureError:
    reason = error.strerror or str(error) or type(error).__name__
    return CaptureError(
        f"{path} cannot {what}: {reason}; make room or mend the disk, then run the same again"
    )
