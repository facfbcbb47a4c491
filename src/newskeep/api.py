"""The functions behind the package's public names."""

from __future__ import annotations

from pathlib import Path

from newskeep import layout
from newskeep.archive import Archive
from newskeep.derive import Deriver
from newskeep.discover.recipes import Book, shipped
from newskeep.errors import UsageError
from newskeep.extraction import page
from newskeep.extraction.learned import Learned
from newskeep.extraction.lessons import NO_LESSONS, Lesson, Lessons
from newskeep.types import Article, Capture


def open(folder: str | Path) -> Archive:  # noqa: A001  (newskeep.open, as gzip.open)
    """Open the archive in a folder. Raises NoArchive, ConfigError."""
    return Archive(folder)


def init(folder: str | Path, *, title: str = "", contact: str = "") -> Archive:
    """Make a new archive and open it; `contact` is told to every site that is visited.

    Raises ArchiveExists, ConfigError.
    """
    layout.create(Path(folder).expanduser(), title, contact)
    return Archive(folder)


def extract(
    document: bytes | str | Capture,
    *,
    url: str = "",
    content_type: str = "",
    learned: Learned | None = None,
) -> Article:
    """The article in a web page, or in a capture of a page or post. No archive is needed.

    `learned` is what the site has taught an archive: `archive.lessons.of(url)`. Raises
    UsageError for a capture that holds no article.
    """
    if not isinstance(document, Capture):
        return page(document, url=url, content_type=content_type, learned=learned)
    lessons = Lessons({learned.site: Lesson(learned=learned)}) if learned else NO_LESSONS
    derived = Deriver(book=Book(shipped()), lessons=lessons).derive(document)
    articles = [seen.article for seen in derived.observations if seen.article]
    if not articles:
        raise UsageError(f"{document.url} ({document.role}, {document.status}) holds no article")
    return articles[0]
