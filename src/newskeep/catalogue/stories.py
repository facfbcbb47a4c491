"""Stories in the catalogue: an observation comes in, the story it belongs to moves on.

Observations that come in their order take one step (`keep.advance`). One that comes
late, or that joins two stories, makes its story anew from all its captures; so the
result depends on what was captured and never on the order of arrival.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newskeep import keep, text
from newskeep.catalogue.pack import micros, moment, pack, unpack
from newskeep.catalogue.store import Catalogue
from newskeep.keep import Observation, State
from newskeep.types import Article
from newskeep.url import without_trackers

Again = Callable[[Sequence[str]], Iterable[Observation]]
"""Derives the observations of these captures once more, in any order."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an observation did to its story; `what` is one of `keep.advance`'s words.

    `repeated` is True where a feed only said again what it had said before.
    """

    what: str
    story: str
    seen: Observation
    repeated: bool = False


@dataclass(slots=True)
class _Standing:
    """A story while it is being moved on."""

    id: str
    state: State
    url: str = ""
    source: str = ""
    first_seen: int = 0
    last_seen: int = 0
    newest: str = ""
    article: Article | None = None
    stale: bool = False


class Stories:
    """The write side. Works inside the caller's transaction.

    `deriver` names the extractor and its version; stories of another one are made anew
    before anything is compared with them, so a better extractor is never an edit.
    """

    def __init__(self, catalogue: Catalogue, again: Again, deriver: str) -> None:
        self._catalogue = catalogue
        self._again = again
        self._deriver = deriver
        self.touched: set[str] = set()
        """Ids of stories that look different now, or are no more; the index wants to know."""

    def place(self, seen: Observation) -> Change:
        """Bring an observation to its story; known ones change nothing."""
        found = self._stories_of(seen.addresses)
        if len(found) > 1:
            return self._join(found, seen)
        story = found[0] if found else story_id(seen)
        self._add_aliases(seen.addresses, story)
        if self._catalogue.one("knows_observation", id=seen.id):
            return Change("same", story, seen, repeated=True)
        standing = self._standing(story)
        if standing and (standing.stale or _order_key(seen) < standing.newest):
            return self._make_anew([story], seen)
        return self._step(standing or _Standing(story, State()), seen)

    def refresh(self, story: str) -> None:
        """Make a story anew from its captures, under today's extractor; it may see none in them."""
        self._fold([story], self._take_out([story]))

    def _stories_of(self, addresses: Sequence[str]) -> list[str]:
        rows = [self._catalogue.one("story_of", address=address) for address in addresses]
        return list(dict.fromkeys(row["story"] for row in rows if row))

    def _add_aliases(self, addresses: Sequence[str], story: str) -> None:
        for address in addresses:
            self._catalogue.run("add_alias", address=address, story=story)

    def _join(self, found: list[str], seen: Observation) -> Change:
        self._add_aliases(seen.addresses, found[0])
        return self._make_anew(found, seen)

    def _make_anew(self, found: list[str], seen: Observation) -> Change:
        return self._fold(found, {**self._take_out(found), seen.id: seen})[seen.id]

    def _fold(self, found: list[str], observations: dict[str, Observation]) -> dict[str, Change]:
        """One story of all these observations in their order, in place of those found."""
        ordered = sorted(observations.values(), key=lambda one: one.order)
        story = story_id(ordered[0]) if ordered else ""
        for old in found:
            if story:
                self._catalogue.run("move_aliases", **{"from": old, "to": story})
            else:
                self._catalogue.run("drop_aliases", story=old)
        changes = {}
        for one in ordered:
            self._add_aliases(one.addresses, story)
            standing = self._standing(story) or _Standing(story, State())
            changes[one.id] = self._step(standing, one)
        return changes

    def _take_out(self, found: list[str]) -> dict[str, Observation]:
        """Take stories out of the catalogue; returns all that was ever observed of them."""
        self.touched.update(found)
        known: set[str] = set()
        addresses: set[str] = set()
        captures: dict[str, None] = {}
        for story in found:
            addresses.update(
                row["address"] for row in self._catalogue.run("aliases_of", story=story)
            )
            for row in self._catalogue.run("observed_captures", story=story).fetchall():
                known.add(row["id"])
                captures[row["capture"]] = None
                captures.update(dict.fromkeys(self._repetitions(row)))
            for query in ("drop_observations", "drop_revisions", "drop_quality", "drop_story"):
                self._catalogue.run(query, story=story)
        again = {one.id: one for one in self._again(list(captures))}
        return {
            name: one
            for name, one in again.items()
            if name in known or addresses.intersection(one.addresses)
        }

    def _repetitions(self, row: sqlite3.Row) -> list[str]:
        """The feed's captures that only repeated what this observation had said."""
        if row["until"] == row["time"]:
            return []
        values = {"capture": row["capture"], "time": row["time"], "until": row["until"]}
        return [one["id"] for one in self._catalogue.run("captures_of_feed", **values)]

    def _step(self, standing: _Standing, seen: Observation) -> Change:
        before, seen = keep.weighed(standing.state, standing.article, seen)
        state, what = keep.advance(before, seen)
        if self._is_repetition(standing, seen, what):
            return Change(what, standing.id, seen, repeated=True)
        if what not in ("same", "weaker", "trouble", "missing"):
            self.touched.add(standing.id)
        self._note(standing.id, state, seen)
        self._move(standing, state, seen, what)
        return Change(what, standing.id, seen)

    def _is_repetition(self, standing: _Standing, seen: Observation, what: str) -> bool:
        """A feed that says the same again: its row is stretched, no new one is made."""
        if what not in ("same", "weaker") or not seen.door.startswith(keep.FEED):
            return False
        last = self._catalogue.one("last_behind_door", story=standing.id, door=seen.door)
        if not last or last["wording"] != seen.wording:
            return False
        at = micros(seen.time)
        self._catalogue.run("seen_again", id=last["id"], time=at)
        self._catalogue.run("seen_story", id=standing.id, time=at, newest=_order_key(seen))
        if what == "same":
            self._catalogue.run("seen_revision", id=standing.state.revision, time=at)
        return True

    def _note(self, story: str, state: State, seen: Observation) -> None:
        self._catalogue.run(
            "add_observation",
            id=seen.id,
            story=story,
            capture=seen.capture,
            entry=seen.entry,
            position=seen.position,
            time=micros(seen.time),
            file=seen.ref.file,
            start=seen.ref.offset,
            kind=seen.kind,
            door=seen.door,
            wording=seen.wording,
            revision=state.revision,
        )

    def _move(self, standing: _Standing, state: State, seen: Observation, what: str) -> None:
        at = micros(seen.time)
        standing.first_seen = standing.first_seen or at
        standing.newest = _order_key(seen)
        standing.source = standing.source or seen.source
        standing.url = standing.url or seen.addresses[0]
        if seen.article and (seen.kind == keep.CONTENT or what == "new"):
            standing.last_seen = max(standing.last_seen, at)
            self._move_article(standing, state, seen.article, at, what)
        standing.state = state
        self._put(standing)

    def _move_article(
        self, standing: _Standing, state: State, article: Article, at: int, what: str
    ) -> None:
        before = standing.article
        if what in ("new", "revised", "better"):
            now = _filled(state, article, before) if before else article
            standing.url = without_trackers(now.url) or standing.url
        else:
            assert before is not None
            now = _filled(state, before, article)
        standing.article = now
        if what in ("new", "revised"):
            self._put_revision(standing.id, state, now, at)
        elif now is not before:
            self.touched.add(standing.id)
            self._catalogue.run("set_article", id=state.revision, article=pack(now))
        if what != "weaker":
            self._catalogue.run("seen_revision", id=state.revision, time=at)

    def _put_revision(self, story: str, state: State, article: Article, at: int) -> None:
        self._catalogue.run(
            "put_revision",
            id=state.revision,
            story=story,
            number=state.number,
            first_seen=at,
            last_seen=at,
            extractor=self._deriver,
            article=pack(article),
        )

    def _put(self, standing: _Standing) -> None:
        state, article = standing.state, standing.article
        published = article.published if article else None
        if article:
            self._catalogue.run(
                "put_quality",
                story=standing.id,
                source=standing.source,
                confidence=article.confidence,
            )
        self._catalogue.run(
            "put_story",
            id=standing.id,
            url=standing.url,
            source=standing.source,
            revision=state.revision,
            number=state.number,
            rank=state.rank,
            doors=json.dumps(state.doors),
            misses=state.misses,
            missing_since=micros(state.missing_since) if state.missing_since else None,
            first_seen=standing.first_seen,
            last_seen=standing.last_seen,
            newest=standing.newest,
            shown=micros(published.at) if published else standing.first_seen,
        )

    def _standing(self, story: str) -> _Standing | None:
        row = self._catalogue.one("story", id=story)
        if row is None:
            return None
        revision = self._catalogue.one("revision", id=row["revision"]) if row["number"] else None
        return _Standing(
            row["id"],
            read_state(row),
            url=row["url"],
            source=row["source"],
            first_seen=row["first_seen"],
            last_seen=row["last_seen"],
            newest=row["newest"],
            article=unpack(revision["article"]) if revision else None,
            stale=bool(revision and revision["extractor"] != self._deriver),
        )


def _filled(state: State, better: Article, other: Article) -> Article:
    """The better of two articles with what it lacks; a feed's with the access of its page."""
    now = keep.fill(better, other)
    is_feed = all(door.startswith(keep.FEED) for door, _ in state.doors)
    return keep.behind(now, other) if is_feed else now


def read_state(row: sqlite3.Row) -> State:
    """The keep.State that a story's row holds."""
    since: int | None = row["missing_since"]
    return State(
        revision=row["revision"],
        number=row["number"],
        rank=row["rank"],
        doors=tuple((door, wording) for door, wording in json.loads(row["doors"])),
        misses=row["misses"],
        missing_since=moment(since) if since is not None else None,
    )


def story_id(first: Observation) -> str:
    """A story's id: 16 hex digits made of its first observation's id."""
    return text.digest("story", first.id)[:16]


def _order_key(seen: Observation) -> str:
    """`Observation.order` as a string that sorts alike."""
    return f"{micros(seen.time):020d} {seen.ref.file} {seen.ref.offset:016d} {seen.position:08d}"
