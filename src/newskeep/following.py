"""What is followed: reading and editing an archive's `sources.toml`."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from newskeep import config, credentials, dates, layout, plugins
from newskeep.discover.subscriptions import source_id
from newskeep.errors import ConfigError, NotFound, UsageError
from newskeep.layout import Layout
from newskeep.types import Source
from newskeep.url import is_web

_WEB = (("http", "https"), "no web address; write one such as https://example.com/feed")
_FILE = (("file",), "no place on the disk; write one such as file:///home/me/pages")
_BOTH = (
    ("file", "http", "https"),
    "neither a place on the disk nor a web address; write file:///… or https://…",
)
_ADDRESSES = {
    "folder": _FILE,
    "mailbox": _FILE,
    "imap": (("imap", "imaps"), "no mailbox's address; write imaps://me@mail.example.org/INBOX"),
    "mirror": _BOTH,
    "warc": _BOTH,
}
"""What addresses the built-in collectors take, and how to say that one is none."""


class Following:
    """The sources of one archive. Whoever writes holds the archive's lock."""

    def __init__(self, place: Layout) -> None:
        self._layout = place
        self._read: tuple[object, dict[str, Source]] | None = None

    def all(self) -> dict[str, Source]:
        """What is followed, by id, read again where the file changed. Raises ConfigError."""
        path = self._layout.sources
        found = path.stat() if path.exists() else None
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino) if found else None
        if self._read is None or self._read[0] != stamp:
            known = config.read_sources(*text_of(path))
            self._read = (stamp, {one.id: one for one in known})
        return self._read[1]

    def named(self, name: str) -> Source:
        """The source with this id, address or title. Raises NotFound."""
        for source in self.all().values():
            if name in (source.id, source.url, source.title) or source.id == source_id(name):
                return source
        raise NotFound(f"no source is called {name!r}; see: newskeep sources")

    def put(self, given: Source) -> Source | None:
        """Add a source, or lay what is given over the one of that id; returns what stood before."""
        text, name = text_of(self._layout.sources)
        before = {one.id: one for one in config.read_sources(text, name)}.get(given.id)
        if before is None:
            self._write(config.add_source(text, given))
        else:
            self._write(config.update_sources(text, _merged(before, given)))
        return before

    def change(self, *sources: Source) -> list[Source]:
        """Write sources' facts as they now are; returns what stood before, in the same order."""
        text, name = text_of(self._layout.sources)
        known = {one.id: one for one in config.read_sources(text, name)}
        self._write(config.update_sources(text, *sources))
        return [known.get(source.id, source) for source in sources]

    def remove(self, source: Source) -> None:
        """Take a source out, and forget its credentials."""
        credentials.forget(self._layout.root, source.id)
        text, _ = text_of(self._layout.sources)
        self._write(config.remove_source(text, source.id))

    def _write(self, text: str) -> None:
        layout.replace_text(self._layout.sources, text)


def checked(source: Source) -> Source:
    """The source, if it can be followed.

    Raises UsageError for an address that its kind cannot have, or a fact that sources.toml
    could not hold, ConfigError for an unknown kind.
    """
    _check_kind(source.kind)
    _check_address(source)
    if source.zone and not dates.is_zone(source.zone):
        raise UsageError(
            f"{source.zone!r} is no time zone; write one such as Asia/Taipei or +08:00"
        )
    try:
        (read,) = config.read_sources(config.add_source("", source), "the source")
    except ConfigError as error:
        raise UsageError(str(error).replace("the source: source 1: ", "")) from None
    return read


def _check_kind(kind: str) -> None:
    known = sorted({*plugins.names("source"), *plugins.names("collector")})
    if kind not in known:
        raise ConfigError(f"no kind of source is called {kind!r}; known are {', '.join(known)}")


def _check_address(source: Source) -> None:
    try:
        parts = urlsplit(source.url)
        password = parts.password
    except ValueError as error:
        raise UsageError(f"{source.url!r} is no address: {error}") from None
    if password:
        shown = source.url.replace(f":{password}@", "@")
        raise UsageError(
            f"the address {shown} holds a password, which would stand in sources.toml; leave it "
            "out, and give it with: newskeep login SOURCE --password"
        )
    schemes, said = _ADDRESSES.get(source.kind, _WEB)
    is_good = is_web(source.url) if parts.scheme in ("http", "https") else bool(parts.scheme)
    if parts.scheme not in schemes or not is_good:
        raise UsageError(f"{source.url!r} is {said}")


def text_of(path: Path) -> tuple[str, str]:
    """A file of settings and its name; empty where there is none. Raises ConfigError."""
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig"), path.name
    except FileNotFoundError:
        return "", path.name
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path.name}: it is not UTF-8 (line {line}); save it as UTF-8") from None


def _merged(known: Source, given: Source) -> Source:
    """What is given; where nothing is, what was known. The reason why it stopped goes."""
    kept = (one.name for one in fields(Source) if one.name not in ("id", "kind", "stopped"))
    return replace(given, **{name: getattr(given, name) or getattr(known, name) for name in kept})
