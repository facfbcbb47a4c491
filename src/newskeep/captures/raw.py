"""Appending to a file so that it ends with a whole piece, whatever the disk does."""

from __future__ import annotations

import io
import os
from contextlib import suppress


class RawFile(io.FileIO):
    """An unbuffered file that only grows by whole pieces."""

    def append(self, data: bytes, end: int) -> None:
        """Write at `end`, behind which nothing stands. Raises OSError; the file then ends there."""
        rest = memoryview(data)
        try:
            self.seek(end)
            while rest:
                rest = rest[self.write(rest) :]
        except BaseException:
            with suppress(OSError):  # what cannot be cut now is cut by the next repair
                self.truncate(end)
            raise

    def sync(self) -> None:
        """Wait until everything written is on the disk. Raises OSError."""
        os.fsync(self.fileno())
