"""How far a large source has been read, noted down in a place that may vanish.

A place is noted only once the last piece before it is known to be kept, so that a crash of
whoever keeps the pieces loses none of them.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from newskeep import text
from newskeep.collect.common import IsKnown


class Progress:
    """The place up to which `name`, in the state `version`, has been read and kept."""

    def __init__(self, folder: Path | None, name: str, version: str, is_known: IsKnown) -> None:
        self._path = folder / f"{text.digest(name)}.json" if folder else None
        self._version = version
        self._is_known = is_known
        self._last: tuple[str, str] | None = None
        self.place = self._noted()

    def gave(self, url: str, digest: str) -> None:
        """A piece was yielded that may not be kept yet."""
        self._last = (url, digest)

    def reached(self, place: int) -> None:
        """Everything before this place was yielded: note it, if all of it is kept."""
        if self._last and not self._is_known(*self._last):
            return
        self._last = None
        self.place = place
        if self._path:
            self._write(self._path)

    def _noted(self) -> int:
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            noted = json.loads(self._path.read_text("utf-8")) if self._path else {}
            if noted["version"] == self._version:
                return max(0, int(noted["place"]))
        return 0

    def _write(self, path: Path) -> None:
        unfinished = path.with_suffix(".unfinished")
        with suppress(OSError):  # what is not noted is only read once more
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps({"version": self._version, "place": self.place}))
            unfinished.replace(path)
