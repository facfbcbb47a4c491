"""Newsletters in a mailbox on the disk: a Maildir, an mbox file, or saved messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from newskeep.captures import payload_digest
from newskeep.collect.common import (
    Aids,
    Found,
    IsKnown,
    fragment_of,
    place,
    problem,
    read,
    unreadable,
    walk,
)
from newskeep.collect.kinds import MESSAGE, maildirs
from newskeep.config import Settings
from newskeep.discover import mail
from newskeep.types import Problem, Received, Source

MOST_BYTES = 32 << 20
"""The largest message that is read, in bytes."""

_LINE = 1 << 20
_FROM = re.compile(rb"From [^\r\n]{0,300}?\d\d:\d\d")
"""The line between two messages (RFC 4155), which tells a time."""

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_TOO_LARGE = f"it is larger than {MOST_BYTES >> 20} MB, which is all that is taken of a message"


def collect(
    source: Source, settings: Settings, is_known: IsKnown, aids: Aids | None = None
) -> Iterator[Found]:
    """Every newsletter in the mailbox that is not kept yet; other mail is left alone.

    Nothing is moved or marked. A `#` and a List-Id at the end of the source's address
    takes that list alone.
    """
    del aids
    root = place(source)
    if isinstance(root, Problem):
        yield root
        return
    try:
        for message in _messages(root, source):
            if isinstance(message, Problem):
                yield message
            else:
                yield from newsletters(message, source, settings, is_known)
    except OSError as error:
        yield unreadable(root, error)


def newsletters(
    data: bytes, source: Source, settings: Settings, is_known: IsKnown
) -> Iterator[Received]:
    """A message, if it is a newsletter of this source and new, behind the pictures it brings."""
    url = mail.address(data)
    wanted = fragment_of(source.url).lower()
    if not url or (wanted and mail.list_id(data) != wanted):
        return
    if is_known(url, payload_digest(data)):
        return
    for one in mail.pictures(data) if settings.pictures else ():
        if not is_known(one.url, payload_digest(one.data)):
            yield _received(one.url, "image", one.data, one.content_type, source)
    yield _received(url, "mail", data, "message/rfc822", source)


def _received(url: str, role: str, data: bytes, content_type: str, source: Source) -> Received:
    return Received(
        kind="resource",
        role=role,
        url=url,
        payload=data,
        source=source.id,
        content_type=content_type,
    )


def _messages(root: Path, source: Source) -> Iterator[bytes | Problem]:
    if root.is_file():
        with root.open("rb") as file:
            yield from _mbox(file, root)
        return
    folders = maildirs(root)
    if folders:
        for folder in folders:
            yield from _files(_delivered(folder))
        return
    saved = [one for one in walk(root) if _is_saved(one)]
    if not saved:
        said = f"{root} is no Maildir and no mbox file, and holds no {MESSAGE} file"
        yield problem(source.url, "no-mailbox", f"{said}; name the mailbox itself")
    yield from _files(saved)


def _is_saved(one: Path | Problem) -> bool:
    return isinstance(one, Problem) or one.name.lower().endswith(MESSAGE)


def _delivered(maildir: Path) -> list[Path]:
    """The messages of a Maildir in the order of their names, which begin with a time."""
    found = [one for name in ("cur", "new") for one in (maildir / name).iterdir()]
    seen = (one for one in found if not one.name.startswith("."))
    return sorted(seen, key=lambda one: one.name.partition(":")[0])


def _files(paths: list[Path] | list[Path | Problem]) -> Iterator[bytes | Problem]:
    for path in paths:
        if isinstance(path, Problem):
            yield path
            continue
        with suppress(FileNotFoundError):  # another reader has moved it: it is read next time
            yield from _file(path)


def _file(path: Path) -> Iterator[bytes | Problem]:
    if path.is_symlink() or not path.is_file():
        return
    try:
        yield read(path, MOST_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        yield unreadable(path, error)
    except ValueError:
        yield unreadable(path, _TOO_LARGE)


def _mbox(file: BinaryIO, path: Path) -> Iterator[bytes | Problem]:
    """The messages of an mbox file, without the quoting of their From lines (mboxrd)."""
    lines: list[bytes] = []
    begin = size = 0
    is_blank = is_start = True
    offset = 0
    while line := file.readline(_LINE):
        if is_blank and is_start and _FROM.match(line):
            yield from _ended(lines, size, path, begin)
            lines, size, begin = [], 0, offset
        elif not offset:
            yield unreadable(path, "line 1 is no From line, so this is no mbox file")
            return
        else:
            size += len(line)
            if size <= MOST_BYTES:
                lines.append(line)
        is_blank = is_start and line in (b"\n", b"\r\n")
        is_start = line.endswith(b"\n")
        offset += len(line)
    yield from _ended(lines, size, path, begin)


def _ended(lines: list[bytes], size: int, path: Path, begin: int) -> Iterator[bytes | Problem]:
    if size > MOST_BYTES:
        yield unreadable(f"{path} at {begin}", _TOO_LARGE)
    elif lines:
        if lines[-1] in (b"\n", b"\r\n"):
            lines.pop()
        yield _QUOTED_FROM.sub(rb"\1", b"".join(lines))
