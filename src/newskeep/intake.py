"""Taking captures into the catalogue and the index: the right-hand side of the truth.

Everything happens inside the caller's transaction, so an article is findable from the
moment in which it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newskeep.captures import Captures
from newskeep.catalogue.frontier import Frontier
from newskeep.catalogue.reading import Reading
from newskeep.catalogue.store import Catalogue
from newskeep.catalogue.stories import Change, Stories
from newskeep.derive import VISIT, Derived, Deriver, parts_of, whole
from newskeep.errors import CaptureError
from newskeep.keep import Observation
from newskeep.search.index import SearchIndex
from newskeep.types import Capture, Problem, Ref, Story
from newskeep.workers import Map

_ALL = 1 << 30
_MOST_FEEDS = 100
"""Feeds whose observations are remembered while stories are made anew: those derived last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A capture, what it says, and what that changed."""

    capture: Capture
    derived: Derived
    changes: tuple[Change, ...] = ()


class Intake:
    """Derives captures, places what they say, and keeps the index in step.

    `on_problem` is told of payloads that are lost.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        captures: Captures,
        deriver: Deriver,
        reading: Reading,
        index: SearchIndex,
        on_problem: Callable[[Problem], None],
    ) -> None:
        self._catalogue = catalogue
        self._captures = captures
        self._deriver = deriver
        self._reading = reading
        self._index = index
        self._on_problem = on_problem
        self._stories = Stories(catalogue, self._again, deriver.name)
        self._parts = parts_of(captures, self._part, self._where, on_problem)
        self._feeds: dict[str, tuple[Observation, ...]] = {}

    def take(self, captures: Sequence[Capture], map: Map = map) -> list[Taken]:
        """Take captures in, in the order given, deriving them through `map`."""
        for capture in captures:
            self._catalogue.add_capture(capture)
        all_derived = map(self._deriver.derive, (self._whole(one) for one in captures))
        taken = [self._place(*pair) for pair in zip(captures, all_derived, strict=True)]
        self.reindex()
        return taken

    def place(self, observations: Iterable[Observation]) -> Iterator[Change]:
        """Place observations that were derived elsewhere (by a rebuild's workers)."""
        return map(self._stories.place, observations)

    def refresh(self, most: int) -> int:
        """Make so many stories anew that another extractor made. How many there were."""
        rows = self._catalogue.run("stale_stories", extractor=self._deriver.name, most=most)
        return self.make_anew([row["story"] for row in rows])

    def make_anew(self, stories: Sequence[str]) -> int:
        """Derive these stories once more from their captures. How many there were."""
        for story in stories:
            self._stories.refresh(story)
        self.reindex()
        return len(stories)

    def reindex(self, more: Iterable[str] = ()) -> None:
        """Bring the index in step with every story touched since the last time, and with more."""
        touched, self._stories.touched = self._stories.touched, set()
        for story_id in sorted(touched.union(more)):
            story = self._reading.story(story_id)
            if story is None:
                self._index.remove(story_id)
            else:
                put(self._index, story)

    def _place(self, capture: Capture, derived: Derived) -> Taken:
        if derived.has_parts:
            derived = self._deriver.derive(self._whole(capture), self._parts)
        changes = tuple(self._stories.place(seen) for seen in derived.observations)
        return Taken(capture=capture, derived=derived, changes=changes)

    def _again(self, ids: Sequence[str]) -> Iterator[Observation]:
        for capture_id in ids:
            if capture_id not in self._feeds:
                yield from self._observed(capture_id)
            else:
                yield from self._feeds[capture_id]

    def _observed(self, capture_id: str) -> tuple[Observation, ...]:
        """What a capture says, derived now; a feed's is remembered, for many stories share it."""
        known = self._catalogue.capture(capture_id)
        if known is None:
            raise CaptureError(
                f"capture {capture_id} is not in the catalogue; run: newskeep rebuild"
            )
        derived = self._deriver.derive(self._whole(self._captures.read(known.ref)), self._parts)
        if derived.feed:
            if len(self._feeds) >= _MOST_FEEDS:
                del self._feeds[next(iter(self._feeds))]
            self._feeds[capture_id] = derived.observations
        return derived.observations

    def _whole(self, capture: Capture) -> Capture:
        return whole(self._captures, capture, self._where, self._on_problem)

    def _part(self, address: str, page: Capture) -> Ref | None:
        """Where the further page stands that was kept last before a first page."""
        kept = self._catalogue.captures_at(address, role="part", most=_ALL)
        near = (one.ref for one in kept if page.time - VISIT <= one.time < page.time)
        return next(near, None)

    def _where(self, digest: str) -> Ref | None:
        first = self._catalogue.original(digest)
        return first.ref if first else None


def open_catalogue(path: Path) -> Catalogue:
    """A catalogue's database with all its rooms: stories, schedule and search index."""
    catalogue = Catalogue(path)
    with catalogue.transaction():
        Frontier(catalogue.connection).create()
        SearchIndex(catalogue.connection).create()
    return catalogue


def put(index: SearchIndex, story: Story) -> None:
    """Put a story's newest wording into the index."""
    article = story.article
    published = article.published.at if article.published else story.first_seen
    index.put(
        story.id,
        article,
        revision=story.latest.id,
        source=story.source,
        source_title=story.source_title,
        tags=(*article.tags, *story.tags),
        published=published.timestamp(),
        state=story.state,
        revisions=len(story.revisions),
    )
