"""Decide what a capture means for its story: new, changed, the same, gone.

A story is a pure fold over its observations in the order of (time, reference), never
of arrival: `advance` is one step, and `fold` is all of them. One wording may be seen
through several doors (a feed's summary, a feed's full text, the page, a mirror's post).
Doors that show more rank higher; a better door completes the wording that stands, and
only a change behind a door of the best rank seen so far is an edit by the publisher.
Each door is compared with itself: two doors rarely agree to the letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from newskeep import text
from newskeep.types import Article, Problem, Ref

MISSES_UNTIL_GONE = 2
"""Answers 404 or 410 in a row after which a story counts as gone."""

CONTENT, MISSING, TROUBLE = "content", "missing", "trouble"
"""Kinds of observation: wording seen; 404 or 410; any other answer without wording."""

FEED, PAGE = "feed", "page"
"""What the name of a feed's door begins with, and the name of the page's."""

RANK_PAGE, RANK_FEED, RANK_CUT_PAGE, RANK_SUMMARY, RANK_EMPTY = 50, 40, 30, 20, 10
"""How much of the story a door shows, the best first."""

FULL_TEXT_WORDS = 250
"""So many words are a whole article: in a feed's summary, and on a page behind a wall."""

GATES = frozenset(("age", "cookies", "removed", "blocked"))
"""Kinds of access in which a page shows something else in the place of its article."""

_WALLS = frozenset(("subscriber", "registration"))
_ASKS = GATES - {"removed"} | _WALLS | {"metered"}
_HELD = 0.8
"""Share of a page's pairs of words that a feed has which holds all that the page shows."""
_COMPARED = 200_000
"""Characters of two texts that are compared."""

Order = tuple[datetime, str, int, int]
"""Time, capture file, offset, number of the entry in its feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one capture, or one entry of a captured feed, says of one story.

    `id` is the digest of the capture's id and the entry's id: a revision that this
    observation starts carries it. `addresses` are canonical, the main one first.
    `door` names through what it was seen: `page`, `post`, or `feed` and the source.
    """

    id: str
    capture: str
    time: datetime
    ref: Ref
    kind: str
    addresses: tuple[str, ...]
    door: str = PAGE
    entry: str = ""
    position: int = 0
    source: str = ""
    rank: int = 0
    wording: str = ""
    article: Article | None = None

    @property
    def order(self) -> Order:
        """What history is sorted by."""
        return (self.time, self.ref.file, self.ref.offset, self.position)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a story stands after an observation.

    `revision` is the current revision's id and `number` its number (0: no wording
    yet). `rank` is that of the best doors so far, and `doors` what each of them showed
    of the current revision (door, wording).
    """

    revision: str = ""
    number: int = 0
    rank: int = 0
    doors: tuple[tuple[str, str], ...] = ()
    misses: int = 0
    missing_since: datetime | None = None

    @property
    def gone(self) -> bool:
        """Whether the page answered 404 or 410 often enough to be called gone."""
        return self.misses >= MISSES_UNTIL_GONE


def observation_id(capture: str, entry: str = "") -> str:
    """The digest that names an observation, and the revision it starts."""
    return text.digest(capture, entry)


def wording(article: Article) -> str:
    """The digest of what a reader sees. Two articles with the same one are the same wording."""
    return text.digest(text.reader_text(article.title, article.full_text))


def page_rank(article: Article) -> int:
    """The rank of a page's article; behind a wall a few words are its beginning alone."""
    if article.access in GATES or not article.text.strip():
        return RANK_EMPTY
    walled = article.access in _WALLS and text.word_count(article.text) < FULL_TEXT_WORDS
    return RANK_CUT_PAGE if article.truncated or walled else RANK_PAGE


def feed_rank(article: Article, *, full: bool) -> int:
    """The rank of a feed entry's article; `full` where the feed carries the body."""
    if not article.text.strip():
        return RANK_EMPTY
    return RANK_FEED if full and not article.truncated else RANK_SUMMARY


def weighed(state: State, standing: Article | None, seen: Observation) -> tuple[State, Observation]:
    """Before `advance`: a page ranks as cut if a feed's full text goes on from all that it shows.

    `standing` is the current revision's article. It makes no difference which came first.
    """
    if standing is None or seen.article is None:
        return state, seen
    if seen.door == PAGE and (seen.rank, state.rank) == (RANK_PAGE, RANK_FEED):
        is_cut = _is_part(seen.article, standing)
        return state, replace(seen, rank=RANK_CUT_PAGE) if is_cut else seen
    is_page = all(door == PAGE for door, _ in state.doors)
    if is_page and (seen.rank, state.rank) == (RANK_FEED, RANK_PAGE):
        is_cut = _is_part(standing, seen.article)
        return replace(state, rank=RANK_CUT_PAGE) if is_cut else state, seen
    return state, seen


def _is_part(page: Article, feed: Article) -> bool:
    """Whether a feed's text holds a page's almost entirely, and is twice as long at least."""
    own, others = (text.words(one.text[:_COMPARED].casefold()) for one in (page, feed))
    if len(others) < max(FULL_TEXT_WORDS, 2 * len(own)):
        return False
    shared = Counter(pairwise(own)) & Counter(pairwise(others))
    return shared.total() >= _HELD * max(len(own) - 1, 1)


def advance(state: State, seen: Observation) -> tuple[State, str]:
    """One step: the next state, and what happened.

    new       the first wording
    revised   the publisher changed it
    better    the same wording through a better door
    same      the same wording again
    weaker    a door that shows less than one already seen; it decides nothing
    missing   a first 404 or 410
    gone      a second one
    back      seen again after it was gone
    trouble   an answer that says nothing about the wording
    """
    if seen.kind == MISSING and (state.number or seen.article is None):
        return _missed(state, seen)
    if seen.kind == TROUBLE:
        return state, "trouble"
    if state.number == 0:
        started = _started(state, seen)
        return _missed(started, seen)[0] if seen.kind == MISSING else started, "new"
    if seen.rank < state.rank:
        return state, "weaker"
    return _compared(state, seen)


def fold(observations: Iterable[Observation]) -> list[tuple[Observation, State, str]]:
    """Every step of a story's life, in order whatever order they are given in."""
    state, steps = State(), []
    for seen in sorted(observations, key=lambda one: one.order):
        state, change = advance(state, seen)
        steps.append((seen, state, change))
    return steps


def fill(better: Article, other: Article) -> Article:
    """`better`, with what it does not say (date, authors, tags, pictures …) from `other`.

    A page that shows something else than its article has nothing to give.
    """
    if other.access in GATES and better.access != other.access:
        return better
    names = ("title", "subtitle", "authors", "published", "modified", "lang", "site", "section")
    more = ("tags", "images", "permalink")
    empty = {name: getattr(other, name) for name in names + more if not getattr(better, name)}
    if not better.published:
        empty["problems"] = _about_date(better, other)
    return replace(better, **empty) if any(empty.values()) else better


def behind(feed: Article, page: Article) -> Article:
    """A feed's article, with what its page asks of a reader who follows the link."""
    return replace(feed, access=page.access) if page.access in _ASKS else feed


def _about_date(better: Article, other: Article) -> tuple[Problem, ...]:
    """What is said of a date that `better` does not give: nothing where the other gives it."""
    rest = [one for one in better.problems if not one.kind.startswith("date-")]
    said = [one for one in other.problems if one.kind.startswith("date-")]
    own = [one for one in better.problems if one.kind.startswith("date-")]
    return tuple(rest if other.published else [*rest, *(said or own)])


def _missed(state: State, seen: Observation) -> tuple[State, str]:
    was_gone = state.gone
    since = state.missing_since or seen.time
    state = replace(state, misses=state.misses + 1, missing_since=since)
    return state, "gone" if state.gone and not was_gone and state.number else "missing"


def _started(state: State, seen: Observation) -> State:
    return _revised(replace(state, rank=seen.rank), seen)


def _revised(state: State, seen: Observation) -> State:
    doors = ((seen.door, seen.wording),)
    return _present(replace(state, revision=seen.id, number=state.number + 1, doors=doors), seen)


def _compared(state: State, seen: Observation) -> tuple[State, str]:
    doors = dict(state.doors)
    if seen.rank > state.rank:
        here = replace(state, rank=seen.rank, doors=((seen.door, seen.wording),))
        return _present(here, seen), "better"
    if seen.wording in doors.values() or seen.door not in doors:
        doors[seen.door] = seen.wording
        here = _present(replace(state, doors=tuple(doors.items())), seen)
        return here, "back" if state.gone and not here.gone else "same"
    return _revised(state, seen), "revised"


def _present(state: State, seen: Observation) -> State:
    """A page that answers ends the misses; a feed that still lists it does not."""
    if seen.door.startswith(FEED):
        return state
    return replace(state, misses=0, missing_since=None)
