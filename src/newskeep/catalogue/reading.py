"""Stories out of the catalogue: the read side, in values."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator

from newskeep import url as addresses
from newskeep.catalogue.pack import moment, unpack
from newskeep.catalogue.store import Catalogue
from newskeep.catalogue.stories import read_state
from newskeep.types import Revision, Source, Story

_BATCH = 200
_END = (1 << 62, "~")
_START = (-(1 << 62), "")

_STORY = [
    "id",
    "url",
    "source",
    "revision",
    "number",
    "misses",
    "missing_since",
    "first_seen",
    "last_seen",
    "shown",
]
_REVISION = ("id", "number", "first_seen", "last_seen")

Sources = Callable[[], dict[str, Source]]


class Reading:
    """Looks stories up and walks them; `sources` gives today's sources by id."""

    def __init__(self, catalogue: Catalogue, sources: Sources) -> None:
        self._catalogue = catalogue
        self._sources = sources

    def story(self, story_id: str) -> Story | None:
        """The story of this id with all its revisions, or None."""
        row = self._catalogue.one("story", id=story_id)
        return self._story(row) if row and row["number"] else None

    def find(self, name: str) -> Story | None:
        """The story behind an address in any spelling, a story's or revision's id, or its start.

        The start of an id must be six or more hex digits and mean one story only.
        """
        row = self._catalogue.one("story_of", address=addresses.canonical(name))
        if row:
            return self.story(row["story"])
        found = self._by_id(name.lower())
        return self.story(found) if found else None

    def revision(self, revision_id: str) -> Revision | None:
        """The revision of this id, or None."""
        row = self._catalogue.one("revision", id=revision_id)
        return self._revision(row) if row else None

    def stories(self, *, newest_first: bool = True, source: str = "") -> Iterator[Story]:
        """Every story with its revisions, by the time it is shown under; in bounded memory."""
        for row in self._rows(newest_first, source):
            yield self._story(row)

    def ids(self, *, newest_first: bool = True, source: str = "") -> Iterator[str]:
        """The ids of `stories`, quicker."""
        for row in self._rows(newest_first, source):
            yield row["id"]

    def digest(self) -> str:
        """SHA-256 over every story and revision: equal archives, equal digest."""
        sha = hashlib.sha256()
        for row in self._catalogue.run("all_story_ids").fetchall():
            for part in self._facts(row["id"]):
                sha.update(part if isinstance(part, bytes) else part.encode())
                sha.update(b"\0")
        return sha.hexdigest()

    def _facts(self, story: str) -> Iterator[str | bytes]:
        row = self._catalogue.one("story", id=story)
        assert row is not None
        yield from (str(row[name]) for name in _STORY)
        yield from (alias["address"] for alias in self._catalogue.run("aliases_of", story=story))
        for revision in self._catalogue.run("revisions_of", story=story):
            yield from (str(revision[name]) for name in _REVISION)
            yield revision["article"]

    def _rows(self, newest_first: bool, source: str) -> Iterator[sqlite3.Row]:
        query = "newest_first" if newest_first else "oldest_first"
        shown, last = _END if newest_first else _START
        while True:
            values = {"shown": shown, "id": last, "source": source, "most": _BATCH}
            rows = self._catalogue.run(query, **values).fetchall()
            yield from rows
            if len(rows) < _BATCH:
                return
            shown, last = rows[-1]["shown"], rows[-1]["id"]

    def _by_id(self, start: str) -> str:
        if len(start) < 6 or set(start) - set("0123456789abcdef"):
            return ""
        values = {"low": start, "high": start + "g"}
        found = {row["id"] for row in self._catalogue.run("stories_like", **values)}
        found |= {row["story"] for row in self._catalogue.run("revisions_like", **values)}
        return found.pop() if len(found) == 1 else ""

    def _story(self, row: sqlite3.Row) -> Story:
        state = read_state(row)
        source = self._sources().get(row["source"])
        revisions = self._catalogue.run("revisions_of", story=row["id"]).fetchall()
        aliases = self._catalogue.run("aliases_of", story=row["id"])
        return Story(
            id=row["id"],
            url=row["url"],
            source=row["source"],
            source_title=source_title(row["source"], source, row["url"]),
            state="gone" if state.gone else "live",
            first_seen=moment(row["first_seen"]),
            last_seen=moment(row["last_seen"]),
            missing_since=state.missing_since,
            aliases=tuple(alias["address"] for alias in aliases),
            tags=source.tags if source else (),
            revisions=tuple(self._revision(one) for one in revisions),
        )

    def _revision(self, row: sqlite3.Row) -> Revision:
        captures = self._catalogue.run("captures_of_revision", revision=row["id"])
        return Revision(
            id=row["id"],
            story=row["story"],
            number=row["number"],
            first_seen=moment(row["first_seen"]),
            last_seen=moment(row["last_seen"]),
            article=unpack(row["article"]),
            captures=tuple(dict.fromkeys(one["capture"] for one in captures)),
        )


def source_title(source_id: str, source: Source | None, url: str) -> str:
    """What to call a story's source: its own title, the mirror's name for it, or its host."""
    if source and source.title:
        return source.title
    return source_id.removeprefix("site:") if source_id.startswith("site:") else addresses.host(url)
