"""What kind of collector an address or a place on the disk is for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from newskeep.collect.common import path_of, walk
from newskeep.collect.folder import ENDINGS
from newskeep.discover import jekyll
from newskeep.errors import UsageError

WARC_ENDINGS = (".warc", ".warc.gz", ".warc.zst")

MESSAGE = ".eml"

_LOOKED_AT = 2000
"""Files of a folder that are looked at by name."""


def kind_of(url: str) -> str:
    """The kind that fits an address best: folder, warc, mailbox, imap, mirror, or nothing.

    What is on the disk is looked at; nothing on the net is asked.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # such as http://[::1
        return ""
    if parts.scheme in ("imap", "imaps"):
        return "imap"
    if parts.scheme in ("http", "https"):
        path = parts.path.lower()
        return "warc" if path.endswith(WARC_ENDINGS) else "mirror" if path.endswith(".git") else ""
    with suppress(UsageError, OSError):
        path_here = path_of(url)
        return _kind_of_folder(path_here) if path_here.is_dir() else _kind_of_file(path_here)
    return ""


def _is_maildir(path: Path) -> bool:
    """Whether a folder is a Maildir."""
    return (path / "cur").is_dir() and (path / "new").is_dir()


def maildirs(path: Path) -> list[Path]:
    """A Maildir, or those right inside a folder, each with its subfolders (Maildir++)."""
    inside = _folders(path)
    below = [one for maildir in inside if _is_maildir(maildir) for one in _folders(maildir)]
    return [one for one in (path, *inside, *below) if _is_maildir(one)]


def _folders(path: Path) -> list[Path]:
    return sorted(one for one in path.iterdir() if one.is_dir() and not one.is_symlink())


def is_bare(path: Path) -> bool:
    """Whether a folder is a Git repository without a work tree."""
    return (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()


def _kind_of_file(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(5)
    if path.name.lower().endswith(WARC_ENDINGS) or start == b"WARC/":
        return "warc"
    return "mailbox" if start == b"From " else ""


def _kind_of_folder(path: Path) -> str:
    if maildirs(path):
        return "mailbox"
    if is_bare(path) or (path / "_posts").is_dir():
        return "mirror"
    names = [*islice(_names(path), _LOOKED_AT)]
    if any("/_posts/" in f"/{name}" or _is_post(name) for name in names):
        return "mirror"
    if any(name.lower().endswith(WARC_ENDINGS) for name in names):
        return "warc"
    if any(name.lower().endswith(MESSAGE) for name in names):
        return "mailbox"
    return "folder" if any(name.lower().endswith(ENDINGS) for name in names) else ""


def _is_post(name: str) -> bool:
    return bool(jekyll.permalink(name)) and not name.lower().endswith(ENDINGS)


def _names(folder: Path) -> Iterator[str]:
    return (one.relative_to(folder).as_posix() for one in walk(folder) if isinstance(one, Path))
