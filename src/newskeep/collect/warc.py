"""WARC files, on the disk or on the net: the pages that somebody else kept."""

from __future__ import annotations

import io
import re
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO, cast

from newskeep.captures import payload_digest
from newskeep.captures.foreign import read_open
from newskeep.collect.common import (
    Aids,
    Found,
    IsKnown,
    at_time,
    place,
    problem,
    unreadable,
    walk,
)
from newskeep.collect.kinds import WARC_ENDINGS
from newskeep.collect.progress import Progress
from newskeep.config import Settings
from newskeep.errors import FetchError
from newskeep.types import Capture, Problem, Received, Source
from newskeep.url import is_web

_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\s*(?:;|$)", re.IGNORECASE)
_PICTURE = re.compile(r"\s*image/", re.IGNORECASE)
_NOTE_EVERY = 16 << 20
"""Bytes of a file after which it is noted down how far it was read."""

_MOST_ORIGINALS = 20_000
"""Pages of one file that a revisit in it is looked for among."""


def collect(
    source: Source, settings: Settings, is_known: IsKnown, aids: Aids | None = None
) -> Iterator[Found]:
    """The pages in a WARC file, in a folder's WARC files, or in one at a web address.

    Pages that were answered with 200, 404 or 410, and pictures where the settings want
    them, with their headers, status and time. A file that was read to its end and is
    unchanged is not read again; one that broke off is gone on with where it broke off.
    """
    aids = aids or Aids()
    if is_web(source.url):
        yield from _remote(source, settings, is_known, aids)
        return
    root = place(source)
    if isinstance(root, Problem):
        yield root
        return
    for one in walk(root) if root.is_dir() else [root]:
        if isinstance(one, Problem):
            yield one
        elif one == root or (one.name.lower().endswith(WARC_ENDINGS) and one.is_file()):
            yield from _local(one, source, settings, is_known, aids)


def _local(
    path: Path, source: Source, settings: Settings, is_known: IsKnown, aids: Aids
) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            state = path.stat()
            version = f"{state.st_mtime_ns} {state.st_size}"
            progress = Progress(aids.folder, str(path), version, is_known)
            task = _Task(source, settings, is_known, progress)
            yield from task.read(file, str(path), state.st_size)
    except OSError as error:
        yield unreadable(path, error)


def _remote(source: Source, settings: Settings, is_known: IsKnown, aids: Aids) -> Iterator[Found]:
    from newskeep.collect.ranges import RemoteFile

    remote = RemoteFile(source, settings, aids)
    try:
        with remote:
            progress = Progress(aids.folder, source.url, remote.version, is_known)
            task = _Task(source, settings, is_known, progress)
            file = cast(BinaryIO, io.BufferedReader(remote, 1 << 16))
            yield from task.read(file, source.url, remote.size)
    except (FetchError, OSError) as error:
        yield _broken_off(source, remote.fault or error)


def _broken_off(source: Source, error: Exception) -> Problem:
    kind = getattr(error, "kind", "fetch-failed")
    said = f"{error}; what came was kept, and the next sync goes on from there"
    return replace(problem(source.url, kind, said), stage="fetch")


@dataclass(slots=True)
class _Task:
    """One reading of one file."""

    source: Source
    settings: Settings
    is_known: IsKnown
    progress: Progress
    originals: dict[int, int] = field(default_factory=dict)
    """Where the pages stand in the file, by the keys of their digests."""

    unresolved: list[int] = field(default_factory=list)

    def read(self, file: BinaryIO, name: str, size: int) -> Iterator[Found]:
        """Every page from where the last reading got to."""
        noted = self.progress.place
        damage: list[Problem] = []
        for capture in _captures(file, name, noted, size, damage):
            yield from _drained(damage, name)
            offset = capture.ref.offset
            if offset >= noted + _NOTE_EVERY:
                self.progress.reached(offset)
                noted = offset
            yield from self._found(capture, offset, file, size)
        yield from _drained(damage, name)
        self.progress.reached(size)
        if self.unresolved:
            yield _unresolved(name, self.unresolved)

    def _found(self, capture: Capture, offset: int, file: BinaryIO, size: int) -> Iterator[Found]:
        if capture.kind == "revisit":
            whole = self._resolved(capture, file, size)
            if whole is None:
                self.unresolved += [offset] if _may_be_page(capture) else []
                return
            capture = whole
        role = self._role(capture)
        if not role:
            return
        self._remember(capture, offset)
        digest = payload_digest(capture.payload)
        if not self.is_known(capture.url, digest):
            self.progress.gave(capture.url, digest)
            yield _received(capture, role, self.source.id)

    def _role(self, capture: Capture) -> str:
        """Page, image, or nothing where it is of no use."""
        if not is_web(capture.url) or capture.role not in ("", "page", "image"):
            return ""
        is_file = capture.kind == "resource"
        if _HTML.match(capture.content_type):
            return "page" if is_file or capture.status in (200, 404, 410) else ""
        is_picture = _PICTURE.match(capture.content_type) and (is_file or capture.status == 200)
        return "image" if is_picture and self.settings.pictures else ""

    def _remember(self, capture: Capture, offset: int) -> None:
        if len(self.originals) < 2 * _MOST_ORIGINALS:
            for digest in _digests(capture.payload):
                self.originals.setdefault(_key(digest), offset)

    def _resolved(self, capture: Capture, file: BinaryIO, size: int) -> Capture | None:
        """A revisit with the payload of the page that it repeats, read again."""
        offset = self.originals.get(_key(capture.digest), -1)
        if offset < 0:
            return None
        before = file.tell()
        original = next(_captures(file, "", offset, size, []), None)
        file.seek(before)
        if original is None or capture.digest.lower() not in _digests(original.payload):
            return None
        return replace(
            original,
            url=capture.url,
            time=capture.time,
            role=capture.role,
            status=capture.status or original.status,
            headers=capture.headers or original.headers,
            content_type=capture.content_type if capture.headers else original.content_type,
        )


def _may_be_page(capture: Capture) -> bool:
    is_page = not capture.status or _HTML.match(capture.content_type)
    return bool(is_page) and is_web(capture.url)


def _key(digest: str) -> int:
    """A digest in little memory; what is found by it is held against the digest itself."""
    return hash(digest.lower())


def _digests(payload: bytes) -> tuple[str, str]:
    """A payload's digests as the writers of WARC files give them."""
    by_sha1 = b32encode(sha1(payload, usedforsecurity=False).digest()).decode("ascii")
    return payload_digest(payload).lower(), f"sha1:{by_sha1}".lower()


def _received(capture: Capture, role: str, source: str) -> Received:
    received = Received(
        kind=capture.kind,
        role=role,
        url=capture.url,
        payload=capture.payload,
        source=source,
        status=capture.status,
        headers=() if capture.kind == "resource" else capture.headers,
        content_type=capture.content_type,
    )
    return at_time(received, capture.time)


def _captures(
    file: BinaryIO, name: str, start: int, size: int, damage: list[Problem]
) -> Iterator[Capture]:
    """The captures from a record's place on."""
    return read_open(file, name, size, start=start, on_problem=damage.append)


def _drained(damage: list[Problem], name: str) -> Iterator[Problem]:
    """The troubles told since the last time, under the file's whole name."""
    for one in damage:
        yield problem(name, one.kind, f"{one.message}; what can be read behind it is taken")
    damage.clear()


def _unresolved(name: str, offsets: list[int]) -> Problem:
    said = (
        f"{name}: {len(offsets)} records repeat pages that this file does not hold, the first at "
        f"{offsets[0]}; follow the file that holds the originals too"
    )
    return problem(name, "revisit-unresolved", said)
