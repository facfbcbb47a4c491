"""When to ask again, after an answer or a failure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newskeep import clock, config, keep, policy, text, websub
from newskeep.catalogue.frontier import Task
from newskeep.fetch import guard, retry
from newskeep.fetch.client import sendable
from newskeep.intake import Taken
from newskeep.policy import Poll, Wishes
from newskeep.sync.outcome import Outcome
from newskeep.types import Feed, Source
from newskeep.url import canonical

if TYPE_CHECKING:
    from newskeep.archive import Archive
    from newskeep.catalogue.frontier import Frontier

_PASSING = (408, 425, 429)
"""Client errors (RFC 9110 §15.5) that a later request need not meet again."""

_NEVER = frozenset({"robots-disallowed", "address-refused", "bad-address", "not-web", "too-large"})
"""Kinds of failure that the same request would meet again; waiting a day is soon enough."""

_ITS_HOSTS = frozenset({"robots-unreachable", "host-resting"})
"""Kinds of failure that are the whole host's: no single address is given up for them."""

_UNHEARD = frozenset({"dns-failed", "connection-refused", "tls-failed"}) | _ITS_HOSTS
"""Kinds of failure in which the server did not hear of the request."""


class Schedule:
    """When the tasks of one archive are due again."""

    def __init__(self, archive: Archive, frontier: Frontier) -> None:
        self._archive = archive
        self._frontier = frontier

    def due(
        self, outcome: Outcome, taken: Sequence[Taken], failures: int, wishes: Wishes
    ) -> float | None:
        """Epoch seconds of the next look; None: never."""
        now = clock.timestamp()
        task = outcome.task
        if failures:
            wait = self._after_failure(outcome, failures, now)
        elif task.role == "image":
            return None
        elif task.role == "page":
            return self._next_look(outcome, taken, now)
        else:
            source = self.polled(task)
            wait = self._next_poll(outcome, source, wishes, now) if source else None
        return now + wait if wait is not None else None

    def hold(self, outcome: Outcome, failures: int) -> float:
        """Seconds for which the whole host is left alone; a 429 that says nothing means an hour."""
        asked = outcome.asked_to_wait
        if asked is None and outcome.status == 429:
            return policy.poll_retry_after(failures, spread=0.0)
        return asked or 0.0

    def polled(self, task: Task) -> Source | None:
        """The source whose own document this is, which is asked again and again."""
        source = self._archive.sources().get(task.source)
        return source if source and self.is_own(task.source, task.url) else None

    def is_own(self, name: str, url: str) -> bool:
        """Whether this is the address of the source of this id."""
        source = self._archive.sources().get(name)
        return source is not None and canonical(source.url) == canonical(url)

    def _after_failure(self, outcome: Outcome, failures: int, now: float) -> float | None:
        task = outcome.task
        source = self.polled(task) if outcome.is_source else None
        is_patient = source is not None or (outcome.error and outcome.error.kind in _ITS_HOSTS)
        if outcome.status == 410 or (failures > policy.MOST_FAILURES and not is_patient):
            return None
        spread = _spread(task, now)
        wait = max(self.hold(outcome, failures), policy.retry_after(failures, spread=spread))
        if outcome.error:
            wait = max(wait, outcome.error.wait)
        if outcome.error and outcome.error.kind in _NEVER:
            wait = max(wait, policy.DAY)
        elif 400 <= outcome.status < 500 and outcome.status not in _PASSING:
            wait = max(wait, policy.SECOND_LOOK)
        if source and _was_heard(outcome) and not self._is_keepers(source):
            wait = max(wait, policy.poll_retry_after(failures, spread=spread))
            if task.last_ok and not _is_conditional(outcome):
                wait = max(wait, policy.UNCONDITIONAL)
        return wait

    def _next_look(self, outcome: Outcome, taken: Sequence[Taken], now: float) -> float | None:
        """When a page is looked at again, within the budget of such looks."""
        changes = [change for each in taken for change in each.changes]
        story = changes[-1].story if changes else self._story_of(outcome.task.url)
        row = self._archive.catalogue.one("story", id=story) if story else None
        if row is None:
            return now + policy.SECOND_LOOK
        if row["misses"]:
            is_gone = row["misses"] >= keep.MISSES_UNTIL_GONE
            return now + (policy.GONE_LOOK if is_gone else policy.SECOND_LOOK)
        wait = policy.revisit_after(now - row["first_seen"] / 1e6, self._revisits(outcome.task))
        if wait is None:
            return None
        return self._frontier.plan_look(now + wait, self._archive.settings.budget)

    def _revisits(self, task: Task) -> Sequence[tuple[float, float]]:
        source = self._archive.sources().get(task.source)
        stated = (source.revisit if source else "") or self._archive.settings.revisit
        return config.revisits(stated)

    def _story_of(self, url: str) -> str:
        story = self._archive.reading.find(url)
        return story.id if story else ""

    def _next_poll(self, outcome: Outcome, source: Source, wishes: Wishes, now: float) -> float:
        wait = self._poll(outcome, source, wishes).after(now)
        return websub.slowed(self._archive, source.id, wait)

    def _poll(self, outcome: Outcome, source: Source, wishes: Wishes) -> Poll:
        every = float(source.every or self._archive.settings.every)
        headers = outcome.final.headers if outcome.final else ()
        fresh = retry.freshness(headers, now=clock.now())
        if outcome.gathered or self._is_keepers(source):
            return Poll(every=every, chosen=True, least=0.0, fresh=fresh, wishes=wishes)
        return Poll(
            every=every,
            chosen=source.every is not None,
            fresh=fresh,
            conditional=_is_conditional(outcome),
            wishes=wishes,
            spread=_spread(outcome.task, clock.timestamp()),
        )

    def _is_keepers(self, source: Source) -> bool:
        """Whether it is the keeper's own server, and he wants it asked more than once an hour."""
        every = source.every or self._archive.settings.every
        place = urlsplit(source.url)
        return every < policy.HOUR and guard.is_named(
            place.hostname or "", place.port, place.scheme, source.allow_hosts
        )


def wishes_of(task: Task, feed: Feed | None) -> Wishes:
    """What the last document that was read says of when to come again."""
    return policy.wishes(feed) if feed and feed.kind else policy.unpacked(task.wishes)


def _is_conditional(outcome: Outcome) -> bool:
    """Whether the next request will be conditional, or is of a kind that need not be."""
    etag, modified, _ = outcome.validators()
    return bool(sendable(etag) or sendable(modified)) or outcome.task.role != "feed"


def _was_heard(outcome: Outcome) -> bool:
    return outcome.error is None or outcome.error.kind not in _UNHEARD


def _spread(task: Task, now: float) -> float:
    """A number from 0 to 1 that differs between addresses and from time to time."""
    return int(text.digest(task.url, f"{now:.3f}")[:8], 16) / 0xFFFFFFFF
