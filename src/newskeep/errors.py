"""Every exception newskeep raises, as one tree.

NewskeepError
├── ArchiveError            the archive as a whole
│   ├── NoArchive           there is none at that place
│   ├── ArchiveExists       init would overwrite one
│   ├── ArchiveBusy         another process is writing to it
│   ├── LeaseLost           another worker took a host over while we were asking it
│   └── FormatError         its files are of a version or shape we cannot read
├── CaptureError            a WARC file or record is damaged or missing
├── ConfigError             newskeep.toml or sources.toml has a mistake (file, line, what to do)
├── UsageError              the caller asked for something that makes no sense
│   ├── QueryError          a search query does not parse; points at the spot
│   └── NotFound            nothing is kept under that address or id
└── FetchError              no answer could be had from the network
    ├── AddressRefused      the address guard said no (private, loopback, odd scheme)
    ├── TooLarge            a body or header grew past its limit
    └── TooSlow             a time limit ran out

Expected trouble with a source is not an exception but a `types.Problem`; a
`FetchError` becomes one at the edge of `sync`.
"""

from __future__ import annotations


class NewskeepError(Exception):
    """The root; its text is a sentence for people that says what to do."""

    exit_code = 1


class ArchiveError(NewskeepError):
    """The archive as a whole cannot be used."""

    exit_code = 3


class NoArchive(ArchiveError):
    """There is no archive at that place."""


class ArchiveExists(ArchiveError):
    """There is an archive already."""


class ArchiveBusy(ArchiveError):
    """Another process holds the archive's write lock."""

    exit_code = 4


class LeaseLost(ArchiveError):
    """The host belongs to another worker by now; nothing of this answer was settled."""


class FormatError(ArchiveError):
    """The archive's files are of a version or shape that cannot be read."""


class CaptureError(NewskeepError):
    """A WARC file or record is damaged or missing."""

    exit_code = 5


class ConfigError(NewskeepError):
    """A configuration file has a mistake; the text names file, place and remedy."""

    exit_code = 2


class UsageError(NewskeepError):
    """The caller asked for something that makes no sense."""

    exit_code = 2


class QueryError(UsageError):
    """A search query does not parse. `query` and `position` (0-based) show where."""

    def __init__(self, message: str, query: str, position: int) -> None:
        super().__init__(f"{message}\n  {query}\n  {' ' * position}^")
        self.query = query
        self.position = position


class NotFound(UsageError):
    """Nothing is kept under that address or id."""


class FetchError(NewskeepError):
    """No answer could be had. `kind` is the slug its Problem gets.

    `wait` is for how many seconds it is no use to ask again, where that is known.
    """

    kind = "fetch-failed"

    def __init__(self, message: str, kind: str = "", *, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait
        if kind:
            self.kind = kind


class AddressRefused(FetchError):
    """The address guard refused to connect."""

    kind = "address-refused"


class TooLarge(FetchError):
    """A body, header or decoded body grew past its limit."""

    kind = "too-large"


class TooSlow(FetchError):
    """A time limit ran out."""

    kind = "too-slow"
