"""A person's own cookies, header fields and passwords for sources, in `secrets.json`.

The file stands in the archive's folder with mode 600. What it holds is sent to the
source's own host alone, and stands in no capture, log or problem.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from newskeep import clock, cookies
from newskeep.cookies import Cookie
from newskeep.errors import ConfigError, UsageError
from newskeep.layout import sync_folder
from newskeep.types import Headers
from newskeep.url import origin

FILE = "secrets.json"

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")  # RFC 9110 §5.6.2
_VALUE = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_OURS = frozenset({
    "accept", "accept-encoding", "connection", "content-length", "cookie", "host",
    "if-modified-since", "if-none-match", "te", "transfer-encoding", "upgrade", "user-agent",
})  # fmt: skip
"""Fields that the client writes itself, and Cookie, which has rules of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What one source is asked with. `origin` is the only one that gets the `headers`."""

    origin: str = ""
    headers: Headers = field(default=(), repr=False)
    cookies: tuple[Cookie, ...] = field(default=(), repr=False)
    password: str = field(default="", repr=False)

    def fields(self, url: str) -> dict[str, str]:
        """The secret header fields for an address."""
        found = dict(self.headers) if self.origin and origin(url) == self.origin else {}
        cookie = cookies.chosen(self.cookies, url, clock.timestamp())
        return {**found, "Cookie": cookie} if cookie else found


NONE = Credentials()


def check_header(name: str, value: str) -> None:
    """Raises UsageError for what is no header field, or one that newskeep writes itself."""
    if not _TOKEN.fullmatch(name):
        raise UsageError(
            "--header takes a field's name alone, such as Authorization; its value is asked for, "
            "so that it does not stand in your shell's history"
        )
    if name.lower() in _OURS:
        other = "use --cookies" if name.lower() == "cookie" else "choose another"
        raise UsageError(f"--header {name}: newskeep writes this field itself; {other}")
    if not _VALUE.fullmatch(value):
        raise UsageError(f"--header {name}: its value has to be one line of printable ASCII")


def read(folder: Path) -> dict[str, Credentials]:
    """What an archive's folder holds, by the sources' ids.

    Raises ConfigError, also for a file that others may read.
    """
    path = folder / FILE
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; make it readable for you alone") from error
    with open(handle, "rb") as file:  # noqa: PTH123 - opened once, so that what is checked is read
        _demand_private(path, os.fstat(handle))
        data = file.read()
    try:
        return msgspec.json.decode(data, type=dict[str, Credentials])
    except (msgspec.MsgspecError, UnicodeError):
        raise ConfigError(
            f"{path} cannot be read as {FILE}; remove it, and run newskeep login again"
        ) from None


def put(folder: Path, source_id: str, given: Credentials) -> None:
    """Keep a source's credentials in place of its earlier ones. Raises ConfigError."""
    _write(folder, {**read(folder), source_id: given})


def forget(folder: Path, source_id: str) -> bool:
    """Forget a source's credentials; returns whether there were any. Raises ConfigError."""
    known = read(folder)
    if source_id not in known:
        return False
    del known[source_id]
    _write(folder, known)
    return True


def password(folder: Path, source_id: str) -> str:
    """A source's password, or an empty string. Raises ConfigError."""
    return read(folder).get(source_id, NONE).password


def _demand_private(path: Path, found: os.stat_result) -> None:
    mode = stat.S_IMODE(found.st_mode)
    if os.name == "posix" and mode & _OTHERS:
        raise ConfigError(
            f"{path} holds secrets, and others may read or write it (mode {mode:03o}); "
            f"run: chmod 600 {path}"
        )


def _write(folder: Path, known: Mapping[str, Credentials]) -> None:
    """The old file or the new one, even at a power cut; for its owner alone from the start."""
    path = folder / FILE
    if not known:
        path.unlink(missing_ok=True)
        sync_folder(folder)
        return
    handle, unfinished = tempfile.mkstemp(prefix=".secrets.", dir=folder)  # with mode 600
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - as it was created
            file.write(msgspec.json.format(msgspec.json.encode(known), indent=2))
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise
    sync_folder(folder)
