"""Where everything stands inside an archive's folder, and how a new one is laid out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newskeep import config
from newskeep.config import Settings
from newskeep.errors import ArchiveExists, ConfigError, NoArchive

if TYPE_CHECKING:
    from newskeep.discover.recipes import Book

SETTINGS = """\
format = 1

[archive]
title = {title}
language = "en"        # of the published site's own words: en, zh-Hans, zh-Hant
zone = "UTC"           # in which times are shown where a source names none
base_url = ""          # where the published site will stand, such as https://example.org/news/

[keeper]
contact = {contact}           # told to every site we visit, such as mailto:you@example.org

[fetch]
delay = 1.0            # seconds between two requests to one host
parallel = 32          # hosts visited at a time
every = "1h"           # how often a source is asked, unless it says otherwise
timeout = 60           # seconds for one whole answer
pictures = true
robots = true          # ask robots.txt before fetching pages and pictures
revisit = "15m<3h 1h<1d 3h<7d 3d<30d 30d<365d"  # look again after 15m while younger than 3h …
budget = 2000          # such second looks an hour, all sources together

[websub]
callback = ""          # where hubs reach us, such as https://news.example.org/websub
listen = "127.0.0.1:8642"

[captures]
compression = "gzip"   # or "zstd"
rotate = "256MB"

[extract]
extractor = "newskeep"
"""

SOURCES = """\
# What this archive follows. `newskeep follow URL` adds to it; edit it as you like,
# but leave each id as it is: captures are filed under it.
"""

VARIABLE = "NEWSKEEP_ARCHIVE"


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one archive."""

    root: Path

    @property
    def settings(self) -> Path:
        """How: `newskeep.toml`."""
        return self.root / "newskeep.toml"

    @property
    def sources(self) -> Path:
        """What to follow: `sources.toml`."""
        return self.root / "sources.toml"

    @property
    def recipes(self) -> Path:
        """How to read pages: `recipes/`, any TOML file below it."""
        return self.root / "recipes"

    @property
    def captures(self) -> Path:
        """The truth: WARC files."""
        return self.root / "captures"

    @property
    def journal(self) -> Path:
        """The truth: what people did."""
        return self.root / "journal.jsonl"

    @property
    def derived(self) -> Path:
        """What can be made again."""
        return self.root / "derived"

    @property
    def catalogue(self) -> Path:
        """The catalogue's database."""
        return self.derived / "catalogue.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.root / "newskeep.lock"


def create(folder: Path, title: str = "", contact: str = "") -> Layout:
    """Lay out a new archive.

    Raises ArchiveExists, and ConfigError where it cannot be written or the contact is not
    one line.
    """
    layout = Layout(folder)
    settings = SETTINGS.format(
        title=_quoted(title or folder.resolve().name), contact=_quoted(contact)
    )
    config.read_settings(settings, layout.settings.name)
    if layout.settings.exists():
        raise ArchiveExists(f"{folder} is an archive already; choose another folder")
    try:
        layout.captures.mkdir(parents=True, exist_ok=True)
        layout.derived.mkdir(exist_ok=True)
        if not layout.sources.exists():
            replace_text(layout.sources, SOURCES)
        layout.journal.touch()
        replace_text(layout.settings, settings)
    except OSError as error:
        raise ConfigError(f"{folder} cannot be made into an archive: {error}") from error
    return layout


def find(folder: Path) -> Layout:
    """The archive in this folder. Raises NoArchive."""
    layout = Layout(folder)
    if not layout.settings.is_file():
        raise NoArchive(
            f"{folder} holds no newskeep.toml, so it is no archive; name one with --archive DIR "
            f"or {VARIABLE}, or make one with: newskeep init DIR"
        )
    return layout


def settings(layout: Layout) -> Settings:
    """An archive's settings; the defaults where there is none. Raises ConfigError."""
    file = layout.settings
    return config.read_settings(text_of(file), file.name) if file.is_file() else Settings()


def recipes(layout: Layout) -> Book:
    """An archive's own recipes, those at the top of the folder first, then the shipped ones.

    Raises ConfigError, naming file and line. Where there is no archive, the shipped ones.
    """
    from newskeep.discover.recipes import Book, read, shipped

    files = sorted(layout.recipes.rglob("*.toml"), key=lambda one: (len(one.parts), one))
    own = [read(text_of(file), str(file.relative_to(layout.root))) for file in files]
    return Book((*own, *shipped()))


def text_of(file: Path) -> str:
    """A text file's content. Raises ConfigError where it cannot be read as UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{file}: it cannot be read: {error}; save it as UTF-8") from error


def replace_text(path: Path, text: str) -> None:
    """Write a text file so that it is either the old one or the new one, even at a power cut."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable, where the system can (POSIX)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(text: str) -> str:
    import tomlkit

    return tomlkit.item(text).as_string()
