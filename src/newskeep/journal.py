"""The journal: what people did and what was decided, one JSON object a line, append-only.

The form of the lines is specified in `docs/format.md`.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from newskeep import clock
from newskeep.captures.raw import RawFile
from newskeep.errors import ArchiveError, UsageError
from newskeep.layout import sync_folder
from newskeep.types import Problem

MOST_BYTES = 1 << 20
"""The longest line, in bytes."""

_SUM = re.compile(rb',"sum":"([0-9a-f]{16})"}\Z')
_NO_SUM = b"0" * 16
_OWN = frozenset({"at", "id", "kind", "sum"})
_TICK = timedelta(microseconds=1)

Fact = dict[str, Any]


class Journal:
    """One writer at a time (the archive's lock sees to it); reading needs no lock.

    `problems` tells of torn tails that were cut.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.problems: list[Problem] = []

    def append(self, kind: str, **facts: Any) -> Fact:
        """Write one line and make it durable; returns it as it will be read.

        A torn tail is cut first. Raises UsageError for facts that are no JSON or too long,
        ArchiveError where the disk refuses (nothing was then written).
        """
        return self.extend([(kind, facts)])[0]

    def extend(self, lines: Iterable[tuple[str, Fact]]) -> list[Fact]:
        """Write several lines, kind and facts, and make them durable with one sync.

        As `append`; a crash may leave the first ones of them.
        """
        bodies = []
        for kind, facts in lines:
            _demand(kind, facts)
            bodies.append(_encoded({"id": uuid.uuid4().hex, "kind": kind, **facts}))
        if not bodies:
            return []
        try:
            is_new = not self.path.exists()
            with RawFile(self.path, "a+") as file:
                end, last = self._tail(file)
                sealed = []
                for body in bodies:
                    last = _sealed(b'{"at":"%s",%s' % (_at(last), body[1:]), _link(last))
                    sealed.append(last)
                _write(file, b"".join(line + b"\n" for line in sealed), end)
            if is_new:
                sync_folder(self.path.parent)
        except OSError as error:
            raise self._refused(error) from error
        return [_entry(line) for line in sealed]

    def read(self) -> Iterator[Fact]:
        """Every sound line, oldest first, without its `sum`. Damage is told by `verify`."""
        for line in self._lines():
            if not line.fault:
                yield line.entry

    def verify(self) -> Iterator[Problem]:
        """Each damaged, missing, doubled or misplaced line, by number and offset."""
        for line in self._lines():
            if line.fault:
                yield self._problem(
                    "journal-damaged",
                    f"{self.path.name} line {line.number} at {line.offset}: {line.fault}; "
                    "bring the file back from a backup",
                )

    # Inside

    def _lines(self) -> Iterator[_Line]:
        """Every line with what is wrong with it.

        A line may follow either sum of a damaged one, the written or the right one: so
        damage is found where it is and nowhere else.
        """
        before: tuple[bytes, ...] = (_NO_SUM,)
        offset = 0
        try:
            with self.path.open("rb") as file:
                for number, ended in enumerate(file, 1):
                    raw = ended.removesuffix(b"\n")
                    right = [_sum(raw, one) for one in before]
                    written = _link(raw)
                    entry = _entry(raw) if written in right and raw != ended else {}
                    fault = "" if entry else _fault(raw, ended)
                    yield _Line(number, offset, entry, fault)
                    before = (written, *right) if fault else (written,)
                    offset += len(ended)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._refused(error) from error

    def _tail(self, file: RawFile) -> tuple[int, bytes]:
        """Where to write, and the last line; a torn tail is mended or cut before."""
        end = file.seek(0, os.SEEK_END)
        begin, tail = _last_line(file, end)
        if not tail or tail.endswith(b"\n"):
            return end, tail.removesuffix(b"\n")
        _, last = _last_line(file, begin)
        last = last.removesuffix(b"\n")
        for whole in (tail, tail[:-1]):  # only the newline is missing, or damaged
            if _link(whole) == _sum(whole, _link(last)):
                file.truncate(begin + len(whole))
                file.append(b"\n", begin + len(whole))
                return begin + len(whole) + 1, whole
        self._cut(file, begin, tail)
        return begin, last

    def _cut(self, file: RawFile, begin: int, tail: bytes) -> None:
        aside = self.path.with_name(f"{self.path.name}.torn-{begin}")
        with aside.open("wb") as torn:
            torn.write(tail)
            torn.flush()
            os.fsync(torn.fileno())
        file.truncate(begin)
        self.problems.append(
            self._problem(
                "torn-tail",
                f"{self.path.name} at {begin}: an append was broken off; its {len(tail)} bytes "
                f"were moved to {aside.name}, and nothing that was acknowledged is lost",
            )
        )

    def _problem(self, kind: str, message: str) -> Problem:
        return Problem(url=self.path.name, stage="journal", kind=kind, message=message)

    def _refused(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"{self.path} cannot be read or written: {error.strerror or error}; "
            "make room or mend the disk, then run the same again"
        )


class _Line(NamedTuple):
    number: int
    offset: int
    entry: Fact
    fault: str


def _demand(kind: str, facts: Fact) -> None:
    taken = sorted(_OWN & set(facts))
    if not kind or taken:
        raise UsageError(f"a journal line needs a kind, and sets {taken or 'at, id, sum'} itself")


def _at(last: bytes) -> bytes:
    """Now, later than the line before even where the clock was set back."""
    now = clock.now()
    with suppress(ValueError, KeyError, TypeError, OverflowError, RecursionError):
        now = max(now, datetime.fromisoformat(json.loads(last)["at"]) + _TICK)
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").encode("ascii")


def _encoded(entry: Fact) -> bytes:
    try:
        text = json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        body = text.encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"the journal cannot hold this: {error}") from None
    if len(body) > MOST_BYTES:
        raise UsageError(f"the journal holds no line of {len(body)} bytes (most {MOST_BYTES})")
    return body


def _sealed(body: bytes, before: bytes) -> bytes:
    """The line with the sum of its bytes and of the line before."""
    rest = body[:-1]
    return rest + b',"sum":"' + _digest(rest, before) + b'"}'


def _digest(rest: bytes, before: bytes) -> bytes:
    return sha256(before + b"\n" + rest).hexdigest()[:16].encode("ascii")


def _sum(line: bytes, before: bytes) -> bytes:
    """The sum this line ought to have."""
    return _digest(_SUM.sub(b"", line), before)


def _link(line: bytes) -> bytes:
    """The sum that the next line follows: what this one says, else a digest of what is there."""
    if not line:
        return _NO_SUM
    found = _SUM.search(line)
    return found[1] if found else _digest(line, b"")


def _fault(raw: bytes, ended: bytes) -> str:
    if raw == ended:
        return "the line is cut short"
    return "the line is damaged, or not in its place" if _SUM.search(raw) else "the line is damaged"


def _entry(line: bytes) -> Fact:
    """The facts of a line, empty where it holds none."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    if isinstance(entry, dict) and entry.keys() >= _OWN:
        del entry["sum"]
        return entry
    return {}


def _last_line(file: RawFile, end: int) -> tuple[int, bytes]:
    """Offset and bytes of the last line before `end`, its newline included."""
    tail = b""
    begin = end
    while begin and b"\n" not in tail[:-1]:
        step = min(begin, 1 << 16)
        begin -= step
        file.seek(begin)
        tail = file.read(step) + tail
    cut = tail.rfind(b"\n", 0, -1) + 1
    return begin + cut, tail[cut:]


def _write(file: RawFile, data: bytes, end: int) -> None:
    """All of it, durably, or nothing."""
    file.append(data, end)
    try:
        file.sync()
    except OSError:
        with suppress(OSError):
            file.truncate(end)
        raise
