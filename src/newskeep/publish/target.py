"""A folder that is published into: only what changed is written, only what is ours is removed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath

from newskeep.errors import UsageError
from newskeep.layout import replace_text
from newskeep.publish import PublishReport
from newskeep.types import Problem


class Target:
    """Write every file of a publish through it, then `finish()`.

    The manifest, a hidden JSON file in the folder, lists what the last finished publish
    wrote, and beside it stands a list of what an unfinished one began to write; so a
    publish which is broken off is completed by the next. Raises UsageError where the
    folder cannot be used.
    """

    def __init__(self, folder: Path, manifest: str) -> None:
        self._folder = folder
        self._manifest = folder / manifest
        self._begun = folder / f"{manifest}.begun"
        self._before = self._read()
        self._now: set[str] = set()
        self._made: set[Path] = set()
        self._written = self._unchanged = 0
        self.problems: list[Problem] = []
        if (folder / "newskeep.toml").exists():
            raise UsageError(f"{folder} is an archive; publish into another folder")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{folder} cannot be published into: {error}") from error

    def write(self, name: str, data: bytes | str) -> None:
        """Write a file, named relative to the folder with slashes, unless it is so already."""
        raw = data.encode("utf-8") if isinstance(data, str) else data
        self._now.add(name)
        path = self._path(name)
        if _holds(path, raw):
            self._unchanged += 1
            return
        if name not in self._before:
            self._demand_room(path)
            with self._begun.open("a", encoding="utf-8") as file:
                file.write(f"{name}\n")
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        unfinished = path.with_name(f".{hashlib.sha256(name.encode()).hexdigest()[:16]}.unfinished")
        unfinished.write_bytes(raw)
        unfinished.replace(path)
        self._written += 1

    def _demand_room(self, path: Path) -> None:
        """Refuse to write over what somebody else put there."""
        if path.exists():
            raise UsageError(
                f"{path} is not ours and stands where a page has to; move it away, "
                "or publish into another folder"
            )

    def keep(self, name: str) -> bool:
        """Whether a file of ours stands already and needs no writing; it is then kept."""
        if name in self._before and self._path(name).is_file():
            if name not in self._now:
                self._unchanged += 1
            self._now.add(name)
            return True
        return False

    def has(self, name: str) -> bool:
        """Whether somebody's file stands there, ours or not."""
        return self._path(name).exists()

    def finish(self) -> PublishReport:
        """Remove what we wrote before and did not write now, and remember what stands."""
        gone = sorted(self._before - self._now)
        for name in gone:
            self._remove(name)
        self._save(self._now)
        self._begun.unlink(missing_ok=True)
        return PublishReport(
            written=self._written,
            unchanged=self._unchanged,
            removed=len(gone),
            problems=tuple(self.problems),
        )

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or parts[0] == "/":
            raise UsageError(f"{name!r} would stand outside of {self._folder}")
        return self._folder.joinpath(*parts)

    def _remove(self, name: str) -> None:
        path = self._path(name)
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self._folder:
                return
            try:
                folder.rmdir()
            except OSError:  # somebody else's files are in it
                return

    def _read(self) -> set[str]:
        """What is ours: of the last finished publish, and of one that was broken off."""
        try:
            names = json.loads(self._manifest.read_text(encoding="utf-8"))["files"]
        except (OSError, ValueError, KeyError, TypeError):
            names = []
        begun = self._begun.read_text("utf-8").splitlines() if self._begun.is_file() else []
        return {name for name in (*names, *begun) if isinstance(name, str)}

    def _save(self, names: set[str]) -> None:
        text = json.dumps({"files": sorted(names)}, ensure_ascii=False, indent=0) + "\n"
        if not _holds(self._manifest, text.encode()):
            replace_text(self._manifest, text)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
