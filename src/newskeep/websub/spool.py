"""The spool: pushes that were received and are not yet kept, a file each.

A file is one line of JSON (what is known of the push), a newline, and the body byte for
byte. Its name begins with the time, so that pushes are kept in their order, and ends with
a digest, so that the same push twice is one file.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from newskeep import text
from newskeep.layout import sync_folder
from newskeep.types import Headers

MOST_PUSHES = 1000
MOST_BYTES = 256 << 20
"""What a spool holds at most, so that nobody fills the disk before a sync."""

_ENDING = ".push"
_UNFINISHED = ".unfinished"


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """A push as received at a time (seconds since 1970)."""

    source: str
    topic: str
    hub: str
    time: float
    content_type: str = ""
    headers: Headers = ()


class Spool:
    """A folder of pushes. The listener puts; a sync takes, under the archive's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, push: Push, body: bytes) -> bool:
        """Make a push durable. False: there is no room for it now. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = text.digest(push.source, push.topic, sha256(body).hexdigest())
        sizes = self._sizes()
        if any(name.endswith(f"-{digest}{_ENDING}") for name in sizes):
            return True
        if len(sizes) >= MOST_PUSHES or sum(sizes.values()) + len(body) > MOST_BYTES:
            return False
        name = f"{int(push.time * 1_000_000):020d}-{digest}{_ENDING}"
        self._write(self._folder / name, msgspec.json.encode(push) + b"\n" + body)
        return True

    def waiting(self) -> list[Path]:
        """The pushes that wait, the oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted(self._folder.glob(f"*{_ENDING}"))

    def read(self, path: Path) -> tuple[Push, bytes]:
        """A push and its body. Raises MsgspecError or ValueError for another shape."""
        head, _, body = path.read_bytes().partition(b"\n")
        return msgspec.json.decode(head, type=Push), body

    def remove(self, path: Path) -> None:
        """Take a push out, for it is kept."""
        path.unlink(missing_ok=True)
        sync_folder(self._folder)

    def _write(self, path: Path, data: bytes) -> None:
        unfinished = path.with_name(path.name + _UNFINISHED)
        try:
            with unfinished.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        sync_folder(self._folder)

    def clear_unfinished(self) -> None:
        """Remove what a killed listener left half written; only one listener lives at a time."""
        for path in self._folder.glob(f"*{_UNFINISHED}"):
            path.unlink(missing_ok=True)

    def _sizes(self) -> dict[str, int]:
        """The size of each file; a sync may take some away meanwhile."""
        sizes = {}
        for one in os.scandir(self._folder):
            with suppress(FileNotFoundError):
                sizes[one.name] = one.stat().st_size
        return sizes
