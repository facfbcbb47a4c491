"""The nouns of newskeep: frozen values, with aware UTC datetimes throughout.

They follow the field's own terms (feed, entry, capture, WARC record, revision).
Nothing here does any work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

Headers = tuple[tuple[str, str], ...]
"""HTTP header fields in the order received, names as received."""


def header(headers: Headers, name: str) -> str:
    """The first header field of this name (case does not matter), or an empty string."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), "")


class Ref(NamedTuple):
    """Where a WARC record stands: file name inside `captures/`, byte offset and byte length."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An expected trouble, kept and shown: a dead feed, a broken page, an odd date.

    `stage` is the room that met it (discover, fetch, extract, import, check …),
    `kind` a short stable slug such as `http-404`, `message` a sentence for people
    that says what to do, `at` when it happened.
    """

    url: str
    stage: str
    kind: str
    message: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that is followed. `id` never changes, even when `url` moves.

    `every` is in seconds (None: the archive's default). `zone` is an IANA name
    or an offset in which the source's times are shown. `stopped` holds the reason
    when the source ended for good (HTTP 410). `revisit` is the schedule of second looks
    as sources.toml states it (`15m<3h 1h<1d`, `never`; empty: the archive's). `fetch` is
    `browser` where its pages must be rendered, else empty. `pages` is how many pages of a
    blog or a paged feed are read for older entries (None: as its kind does).
    """

    id: str
    url: str
    kind: str = "feed"
    title: str = ""
    tags: tuple[str, ...] = ()
    every: int | None = None
    zone: str = ""
    allow_hosts: tuple[str, ...] = ()
    stopped: str = ""
    revisit: str = ""
    fetch: str = ""
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time as a publisher gave it: the instant in UTC, and the zone it was written in.

    `offset` is minutes east of UTC, None where none was given. `day_only` is True
    for a bare date, which then stands at 00:00 of `offset` (or UTC).
    """

    at: datetime
    offset: int | None = None
    day_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an article: its absolute address, and what is said beside it."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None
    lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed. `id` is the publisher's (guid, atom:id), else its address.

    `content` is the full HTML body where the feed carries one, `summary` the short one.
    `problems` tells of odd dates and the like.
    """

    id: str
    url: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    summary: str = ""
    content: str = ""
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    lang: str = ""
    aliases: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed document, read. `kind` is rss, rss1, atom or json.

    `ttl` is the poll interval in seconds that the feed asks for (ttl,
    sy:updatePeriod), None where it asks for none. `moved_to` is an address the
    feed itself says it has moved to, `next_page` one of RFC 5005's. `more` lists further
    documents of the same kind that belong to it, such as the sitemaps of an index.
    """

    kind: str
    title: str = ""
    home: str = ""
    lang: str = ""
    description: str = ""
    entries: tuple[Entry, ...] = ()
    ttl: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    moved_to: str = ""
    next_page: str = ""
    more: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came in and is not yet kept: one HTTP answer, or one imported file.

    `kind` is `response` (HTTP, with `status`, `reason`, `headers`, and the request
    line's `request_headers`) or `resource` (a file, with `content_type`). `payload`
    is the body byte for byte as received (still content-encoded). `role` says what
    it was asked for: feed, page, image, robots, post, mail. `source` is a Source's id.
    `time` is when it was received, where that was earlier than now.
    """

    url: str
    role: str
    payload: bytes
    kind: str = "response"
    source: str = ""
    status: int = 0
    reason: str = ""
    headers: Headers = ()
    request_headers: Headers = ()
    content_type: str = ""
    remote_ip: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One kept record. `id` is 32 hex digits (the UUID of its WARC-Record-ID).

    `time` is its WARC-Date. `kind` is response, resource or revisit. `digest` is
    `sha256:` and the base32 of the payload; a revisit carries the digest of the
    payload it repeats and an empty `payload` until it is resolved.
    """

    id: str
    url: str
    time: datetime
    kind: str
    role: str
    digest: str
    ref: Ref
    source: str = ""
    status: int = 0
    headers: Headers = ()
    content_type: str = ""
    payload: bytes = b""

    def header(self, name: str) -> str:
        """The first header field of this name, or an empty string."""
        return header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an extractor took from a capture.

    `html` is clean semantic HTML with absolute addresses, `text` the same tree as
    plain text with a newline between blocks, without the captions, which `images` hold;
    `full_text` has them behind the text. `access` is what the page asks of its
    reader: open, metered, subscriber, registration, age, cookies, truncated, removed (it
    says that the article is gone) or blocked (a check for machines). `truncated` tells
    that the text ends early. `permalink` is the path under which an imported mirror
    published it. `aliases` are other addresses the document
    gives for itself. `confidence` runs from 0 to 1. `extractor` is name/version.
    """

    url: str
    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    lang: str = ""
    site: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    html: str = ""
    text: str = ""
    images: tuple[Image, ...] = ()
    access: str = "open"
    truncated: bool = False
    confidence: float = 1.0
    extractor: str = ""
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def full_text(self) -> str:
        """All there is to read below the title: the text, then captions that it does not hold.

        Each stands in a line with its credit.
        """
        said = (" ".join(filter(None, (one.caption, one.credit))) for one in self.images)
        return "\n".join(filter(None, (self.text, *(one for one in said if one not in self.text))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One wording of a story. `id` is a digest of the first capture that showed it.

    `number` counts from 1 in time order and is for show only. `captures` lists the
    ids of the captures that showed this wording, oldest first.
    """

    id: str
    story: str
    number: int
    first_seen: datetime
    last_seen: datetime
    article: Article
    captures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article through time: every address it had and every wording it had.

    `state` is `live` or `gone`; `missing_since` is when its page first answered
    404 or 410 without coming back. `source` is a Source's id, `source_title` its name.
    """

    id: str
    url: str
    source: str
    source_title: str
    state: str
    first_seen: datetime
    last_seen: datetime
    missing_since: datetime | None = None
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()

    @property
    def latest(self) -> Revision:
        """The newest revision."""
        return self.revisions[-1]

    @property
    def article(self) -> Article:
        """The newest wording."""
        return self.revisions[-1].article


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One search result: the revision found, its story's id, a snippet, a score (higher is better).

    In `snippet` the matches stand between U+0002 and U+0003.
    """

    story: str
    revision: Revision
    snippet: str = ""
    score: float = 0.0


@dataclass(slots=True)
class SyncReport:
    """What a sync did; grows while it runs."""

    sources: int = 0
    new: int = 0
    revised: int = 0
    gone: int = 0
    captured: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        sources = "source" if self.sources == 1 else "sources"
        return (
            f"{self.sources} {sources}, {self.new} new, {self.revised} revised, "
            f"{self.gone} gone, {count} {noun}"
        )
