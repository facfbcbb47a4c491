"""What the collectors share: their contract's values, places on the disk, troubles."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from newskeep import clock
from newskeep.errors import UsageError
from newskeep.types import Problem, Received, Source

if TYPE_CHECKING:
    from newskeep.fetch.guard import Lookup

Found = Received | Problem

IsKnown = Callable[[str, str], bool]
"""Whether exactly the payload of this digest was kept from this address before."""


def _nobody(source: str) -> str:
    del source
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What a collector may need besides: everything has a default.

    `folder` is the source's own place inside `derived/`, whose loss costs only time (None:
    nothing is noted down). `password` gives the password for a source's id, empty where
    there is none. `lookup` stands in for DNS in tests.
    """

    folder: Path | None = None
    password: Callable[[str], str] = _nobody
    lookup: Lookup | None = None


def at_time(received: Received, time: datetime) -> Received:
    """What was received at an earlier time than now."""
    return replace(received, time=min(time, clock.now()))


def path_of(url: str) -> Path:
    """The path that a `file:` address means (RFC 8089). Raises UsageError."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in unquote(url):
        raise UsageError(f"{url!r} is no file on this machine; write one such as file:///home/me")
    return Path(url2pathname(parts.path))


def place(source: Source) -> Path | Problem:
    """Where a source stands on the disk, or why it does not."""
    try:
        path = path_of(source.url)
    except UsageError as error:
        return problem(source.url, "bad-address", str(error))
    if path.exists():
        return path
    said = f"{path} does not exist; is its disk there? Else follow its new place, or unfollow it"
    return problem(source.url, "file-missing", said)


def fragment_of(url: str) -> str:
    """What stands behind the `#` of a source's address: it narrows what is taken."""
    return unquote(urlsplit(url).fragment)


def problem(url: str, kind: str, message: str) -> Problem:
    """A trouble of collecting, met now."""
    return Problem(url=url, stage="collect", kind=kind, message=message, at=clock.now())


def unreadable(path: Path | str, reason: OSError | str) -> Problem:
    """The trouble with a file or folder that cannot be read, with the system's reason."""
    said = reason if isinstance(reason, str) else reason.strerror or str(reason)
    return problem(str(path), "file-unreadable", f"{path}: {said}")


def read(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises OSError, and ValueError for one that is too large."""
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"it is larger than {most >> 20} MB, which is all that is taken of one")
    return data


def walk(folder: Path, *, skip: Collection[str] = ()) -> Iterator[Path | Problem]:
    """Every file below a folder in the order of names, folder by folder.

    Hidden files and folders are left out, and folders of the names in `skip`. Links to
    folders are not entered. A folder that cannot be listed is a Problem.
    """
    failed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(one for one in folders if one not in skip and not one.startswith("."))
        yield from (unreadable(error.filename, error) for error in failed)
        failed.clear()
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))
    yield from (unreadable(error.filename, error) for error in failed)
