"""newskeep keeps the news: what was published, when, and how it changed."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it; typing itself would cost half of `newskeep --help`

if TYPE_CHECKING:
    from typing import Any

    from newskeep.api import extract, init, open  # noqa: A004  (newskeep.open, as gzip.open)
    from newskeep.archive import Archive
    from newskeep.captures import read_file as read_warc
    from newskeep.compare import Diff, Piece, diff
    from newskeep.errors import NewskeepError
    from newskeep.types import (
        Article,
        Capture,
        Entry,
        Feed,
        Hit,
        Image,
        Problem,
        Revision,
        Source,
        Stamp,
        Story,
        SyncReport,
    )

__version__ = "0.1.0"

_HOMES = {
    "Archive": "newskeep.archive",
    "read_warc": "newskeep.captures:read_file",
    "Diff": "newskeep.compare",
    "Piece": "newskeep.compare",
    "diff": "newskeep.compare",
    "extract": "newskeep.api",
    "init": "newskeep.api",
    "open": "newskeep.api",
    "NewskeepError": "newskeep.errors",
    **dict.fromkeys(
        (
            "Article",
            "Capture",
            "Entry",
            "Feed",
            "Hit",
            "Image",
            "Problem",
            "Revision",
            "Source",
            "Stamp",
            "Story",
            "SyncReport",
        ),
        "newskeep.types",
    ),
}


def __getattr__(name: str) -> Any:
    """Public names are loaded when they are first used: `import newskeep` costs next to nothing.

    A name that a submodule shares (diff, extract) is the function, whichever came first.
    """
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'newskeep' has no attribute {name!r}")
    module, _, other = _HOMES[name].partition(":")
    value = getattr(import_module(module), other or name)
    globals()[name] = value
    return value


__all__ = [
    "Archive",
    "Article",
    "Capture",
    "Diff",
    "Entry",
    "Feed",
    "Hit",
    "Image",
    "NewskeepError",
    "Piece",
    "Problem",
    "Revision",
    "Source",
    "Stamp",
    "Story",
    "SyncReport",
    "__version__",
    "diff",
    "extract",
    "init",
    "open",
    "read_warc",
]
