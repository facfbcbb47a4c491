"""Reading Git repositories with `git` itself, whoever made them.

A repository is a stranger's: its own configuration may name programs and other
repositories. Only plumbing that runs none of them is used, no hook, filter, pager, helper
or prompt is allowed, and nothing is fetched but what `fetch` is asked for.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import urlsplit

from newskeep import text
from newskeep.collect.common import Aids
from newskeep.config import Settings
from newskeep.errors import FetchError, TooLarge, TooSlow
from newskeep.fetch import guard
from newskeep.fetch.settings import Settings as FetchSettings
from newskeep.types import Source

MOST_FETCHED = 8 << 30
"""Bytes that a fetched repository may take on the disk."""

MOST_SECONDS = 3600.0
"""How long one fetch may take."""

KEPT = "refs/heads/kept"
"""The branch that a fetched repository's HEAD becomes."""

_PIECE = 1 << 16
_LONGEST_TOKEN = 1 << 16
_LOOK = 0.2
_FILES = (b"100644", b"100755", b"100664")
_HARMLESS = (
    "protocol.allow=never",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "credential.helper=",
    "gc.autoDetach=false",
    "http.followRedirects=false",
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=60",
    "http.proxy=",
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file: its path, its blob, and when it was committed."""

    path: str
    blob: str
    time: datetime


class GitFailed(Exception):
    """`git` could not do it; the text says why."""


class Repository:
    """A repository that is only read. Its methods raise GitFailed."""

    def __init__(self, git_dir: Path, branch: str = "HEAD") -> None:
        self._git_dir = git_dir
        self._branch = branch

    def head(self) -> str:
        """The commit that is the newest."""
        with self._running("rev-parse", "--verify", "--quiet", f"{self._branch}^{{commit}}") as out:
            found = out.read(200).decode("ascii", "replace").strip()
            if not found:
                raise GitFailed("it is no Git repository that has a commit")
        return found

    def files(self, commit: str) -> Iterator[tuple[str, str]]:
        """(path, blob) of every file of a commit; links and modules are left out."""
        with self._running("ls-tree", "-r", "-z", "--full-tree", commit) as out:
            for entry in _tokens(out):
                head, _, path = entry.partition(b"\t")
                mode, kind, blob = (*head.split(b" "), b"", b"")[:3]
                if kind == b"blob" and mode in _FILES:
                    yield os.fsdecode(path), blob.decode("ascii", "replace")

    def history(self, commit: str) -> Iterator[Version]:
        """Every version of every file up to a commit, the oldest first.

        Of what was merged, what each merge brought in.
        """
        order = ("rev-list", "--reverse", "--first-parent", commit)
        changes = ("diff-tree", "--stdin", "-r", "--root", "--diff-merges=first-parent", "-z")
        shown = ("--raw", "--no-renames", "--no-ext-diff", "--full-index", "--format=%ct")
        with (
            self._running(*order) as commits,
            self._running(*changes, *shown, stdin=commits) as out,
        ):
            yield from _versions(_tokens(out))

    def blobs(self) -> Blobs:
        """A reader of what is in files. A context manager."""
        return Blobs(self._command("cat-file", "--batch"))

    def _command(self, *words: str) -> list[str]:
        return [*_git(()), f"--git-dir={self._git_dir}", *words]

    @contextmanager
    def _running(self, *words: str, stdin: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
        """A command's output; it is ended with the block, and must have ended well itself."""
        process = _started(self._command(*words), stdin=stdin or subprocess.DEVNULL)
        assert process.stdout is not None
        try:
            yield process.stdout
            process.stdout.close()
            code = process.wait()
        finally:
            _ended(process)
        if code:
            raise GitFailed(f"git {words[0]} failed; is it a sound repository? Try: git fsck")


class Blobs:
    """Reads blobs one after another, through one process."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = _started(command, stdin=subprocess.PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _ended(self._process)

    def read(self, blob: str, most: int) -> bytes:
        """A blob's bytes. Raises ValueError for one that is missing or too large, OSError."""
        asking, saying = self._process.stdin, self._process.stdout
        assert asking is not None
        assert saying is not None
        asking.write(blob.encode("ascii") + b"\n")
        asking.flush()
        head = saying.readline(1000).split()
        if len(head) != 3 or head[1] != b"blob":
            raise ValueError(f"the repository does not hold its content ({blob})")
        size = int(head[2])
        if size > most:
            _skip(saying, size + 1)
            raise ValueError(f"it is larger than {most >> 20} MB, too large for a post")
        data = saying.read(size)
        saying.read(1)
        return data


def fetch(source: Source, settings: Settings, aids: Aids, *, deep: bool) -> Repository:
    """A remote repository's HEAD, fetched into the source's own folder.

    Only https, and http where the source names the host; git connects to no other address
    than the guard has checked, and follows no redirect. Without `deep` only the newest
    commit is fetched where the server can do that. Raises FetchError, GitFailed, OSError.
    """
    assert aids.folder is not None
    url = source.url.partition("#")[0]
    scheme = urlsplit(url).scheme
    pinned = _pinned(url, source, aids)
    target = aids.folder / "mirror.git"
    if deep and (target / "shallow").exists():
        shutil.rmtree(target)
    if not (target / "HEAD").is_file():
        target.mkdir(parents=True, exist_ok=True)
        _waited([*_git(()), "init", "--quiet", "--bare", str(target)], target, "")
    agent = FetchSettings(contact=settings.contact).user_agent
    options = (*pinned, f"http.userAgent={agent}", f"protocol.{scheme}.allow=always")
    words = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"]
    command = [*_git(options), f"--git-dir={target}", *words]
    asked = ["--", url, f"+HEAD:{KEPT}"]
    try:
        _waited([*command, *(() if deep else ("--depth=1",)), *asked], target, scheme)
    except GitFailed as error:
        if deep or "dumb http" not in str(error):
            raise
        _waited([*command, *asked], target, scheme)
    return Repository(target, KEPT)


def _pinned(url: str, source: Source, aids: Aids) -> tuple[str, ...]:
    """The setting that holds git to the addresses that were checked (http.curloptResolve)."""
    allow = source.allow_hosts
    guard.check_url(url, allow)
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme == "http" and not guard.is_named(host, port, "http", allow):
        raise FetchError(
            f"{url}: a repository is only fetched by https; write https://", "not-secure"
        )
    resolver = guard.GuardedResolver(allow, aids.lookup)
    found = asyncio.run(resolver.resolve(host, port, socket.AF_UNSPEC))
    addresses = ",".join(_bracketed(str(one["host"])) for one in found)
    return (f"http.curloptResolve={_bracketed(host)}:{port}:{addresses}",)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _git(options: Sequence[str]) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise GitFailed("git is not installed here; install it, or follow a plain folder")
    settings = [word for one in (*_HARMLESS, *options) for word in ("-c", one)]
    return [program, "--no-pager", *settings]


def _environment(protocols: str) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": os.devnull,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "GIT_ALLOW_PROTOCOL": protocols or "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
    }


def _started(command: Sequence[str], *, stdin: IO[bytes] | int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  (no shell, and every word is ours or behind --)
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(""),
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.kill()
    process.wait()


def _waited(command: Sequence[str], folder: Path, protocols: str) -> None:
    """Run a command to its end, within the limits on time and on the folder's size."""
    with _messages(folder) as messages:
        process = subprocess.Popen(  # noqa: S603  (as above)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=messages,
            env=_environment(protocols),
        )
        try:
            _watch(process, folder)
        finally:
            _ended(process)
        if process.returncode:
            messages.seek(0)
            said = messages.read(2000).decode("utf-8", "replace")
            raise GitFailed(text.squash(text.strip_control(said))[:300] or "git failed")


@contextmanager
def _messages(folder: Path) -> Iterator[IO[bytes]]:
    path = folder / "newskeep-messages"
    with path.open("w+b") as file:
        yield file
    path.unlink(missing_ok=True)


def _watch(process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + MOST_SECONDS
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK)
            return
        if time.monotonic() > until:
            raise TooSlow(f"the repository did not come within {MOST_SECONDS / 60:g} minutes")
        if _size(folder) > MOST_FETCHED:
            raise TooLarge(f"the repository is larger than {MOST_FETCHED >> 20} MB")


def _size(folder: Path) -> int:
    total = 0
    for one in folder.rglob("*"):
        with suppress(OSError):
            total += one.lstat().st_size
    return total


def _tokens(out: IO[bytes]) -> Iterator[bytes]:
    """What stands between NULs. Raises GitFailed where one is absurdly long."""
    rest = b""
    while piece := out.read(_PIECE):
        *whole, rest = (rest + piece).split(b"\0")
        if len(rest) > _LONGEST_TOKEN:
            raise GitFailed("it holds a name that no file can have")
        yield from whole
    if rest.strip():
        yield rest


def _versions(tokens: Iterator[bytes]) -> Iterator[Version]:
    """The output of diff-tree: a time for each commit, then a line and a path for each change."""
    when = datetime.fromtimestamp(0, UTC)
    for token in tokens:
        token = token.strip(b"\n")
        if not token.startswith(b":"):
            when = _time(token) or when
            continue
        path = next(tokens, b"")
        _, mode, _, blob, _ = (*token.split(b" "), b"", b"", b"", b"")[:5]
        if mode in _FILES:
            yield Version(os.fsdecode(path), blob.decode("ascii", "replace"), when)


def _time(token: bytes) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(token), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _skip(file: IO[bytes], size: int) -> None:
    while size > 0:
        piece = file.read(min(size, _PIECE))
        size = size - len(piece) if piece else 0
