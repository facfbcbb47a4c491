"""What follows from an answer: what to write down, and what else to fetch.

Runs inside the transaction that takes the answer's captures in, so that an answer and
its consequences are kept together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newskeep import clock
from newskeep.catalogue.frontier import Frontier, Task
from newskeep.catalogue.stories import Change
from newskeep.intake import Taken
from newskeep.sync.lists import Lists
from newskeep.sync.outcome import Outcome
from newskeep.sync.schedule import Schedule, wishes_of
from newskeep.types import Article, Feed, Problem, Source
from newskeep.url import is_web

if TYPE_CHECKING:
    from newskeep.archive import Archive

MOST_PICTURES = 60
"""Pictures fetched for one article."""

MOST_ODDITIES = 20
"""Problems of one document of a source that `status` remembers."""


class Settler:
    """Settles outcomes in the frontier and adds the tasks that follow from them."""

    def __init__(self, archive: Archive, frontier: Frontier, lease: float) -> None:
        self._archive = archive
        self._frontier = frontier
        self._lease = lease
        self._schedule = Schedule(archive, frontier)
        self._lists = Lists(archive, frontier, self._schedule)

    def holds(self, outcome: Outcome) -> bool:
        """Whether the host is still the outcome's owner's, and so until the transaction ends."""
        return self._frontier.renew(outcome.task.host, outcome.owner, self._lease)

    def settle(self, outcome: Outcome, taken: Sequence[Taken]) -> list[Problem]:
        """Write down when to look again and what to fetch next; returns what went wrong.

        Call it only for an outcome that `holds`, in the same transaction.
        """
        task = outcome.task
        feed = _feed(taken)
        problem = outcome.problem()
        failures = task.failures + 1 if outcome.failed else 0
        wishes = wishes_of(task, feed)
        etag, last_modified, validated = outcome.validators()
        hold = self._schedule.hold(outcome, failures)
        if hold and outcome.place != task.host:  # it was a redirect's target that asked
            self._frontier.rest(outcome.place, hold)
            hold = 0.0
        held = self._frontier.settle(
            task,
            owner=outcome.owner,
            due=self._schedule.due(outcome, taken, failures, wishes),
            etag=etag,
            last_modified=last_modified,
            validated=validated,
            wishes=wishes.packed() if self._schedule.polled(task) else None,
            status=outcome.status,
            failures=failures,
            reason=problem.kind if problem else "",
            delay=max(self._archive.settings.delay, outcome.delay),
            hold=hold,
        )
        assert held
        self.follow(taken, task.source)
        self._frontier.add(self._lists.behind(task, feed) if feed else ())
        return self._told(outcome, taken, problem)

    def _told(
        self, outcome: Outcome, taken: Sequence[Taken], problem: Problem | None
    ) -> list[Problem]:
        """Note what went wrong, and forget what is well again."""
        self._note(outcome, problem)
        told = problem.kind if problem else ""
        known = {told} if self._schedule.polled(outcome.task) else {told, "not-a-list"}
        found = [one for each in taken for one in each.derived.problems if one.kind not in known]
        if taken and outcome.is_source:
            self._note_reading(outcome.task.source, found)
        return [problem, *found] if problem else found

    def source_change(self, outcome: Outcome, taken: Sequence[Taken]) -> Source | None:
        """The source as it should now stand in sources.toml, or None where nothing changed.

        Where it has moved for good its task moves along. Call it after `settle`.
        """
        source = self._archive.sources().get(outcome.task.source)
        if source is None or outcome.task.url != source.url:
            return None
        if outcome.status == 410:
            return replace(source, stopped=f"the source answered 410 Gone ({source.url})")
        feed = _feed(taken)
        changed = source
        if outcome.moved_to and (outcome.status == 304 or (feed and feed.kind)):
            self._frontier.move(outcome.task, outcome.moved_to)
            changed = replace(changed, url=outcome.moved_to)
        if feed and feed.title and not source.title:
            changed = replace(changed, title=feed.title)
        return changed if changed != source else None

    def follow(self, taken: Sequence[Taken], source: str) -> None:
        """Schedule what follows from captures: a feed's pages, a page's pictures."""
        for each in taken:
            if each.derived.feed:
                self._frontier.add(_pages(source, each.changes))
            elif each.capture.role == "page" and self._archive.settings.pictures:
                self._frontier.add(self._pictures(source, each.changes))

    def _pictures(self, source: str, changes: Sequence[Change]) -> Iterator[Task]:
        for change in changes:
            article = change.seen.article
            if article is None or change.what not in ("new", "revised", "better"):
                continue
            for address in _pictures_of(article):
                if not self._archive.catalogue.captures_at(address, role="image", most=1):
                    yield Task(url=address, role="image", source=source, due=clock.timestamp())

    def _note_reading(self, source: str, found: Sequence[Problem]) -> None:
        """Remember what is odd about a source's document until it answers another one."""
        for stage in ("discover", "extract"):
            self._archive.catalogue.clear_source(source, stage)
        for problem in found[:MOST_ODDITIES]:
            self._archive.catalogue.put_problem(
                replace(problem, at=problem.at or clock.now()), source
            )

    def _note(self, outcome: Outcome, problem: Problem | None) -> None:
        task = outcome.task
        if problem:
            self._archive.catalogue.put_problem(problem, task.source if outcome.is_source else "")
        else:
            self._archive.catalogue.clear_problem(task.url, "fetch")


def _pages(source: str, changes: Sequence[Change]) -> Iterator[Task]:
    """A page to fetch for every entry that is new or reads differently."""
    for change in changes:
        address = change.seen.article.url if change.seen.article else ""
        if not change.repeated and is_web(address):
            yield Task(url=address, role="page", source=source, due=clock.timestamp())


def _pictures_of(article: Article) -> list[str]:
    addresses = dict.fromkeys(image.url for image in article.images if is_web(image.url))
    return list(addresses)[:MOST_PICTURES]


def _feed(taken: Sequence[Taken]) -> Feed | None:
    return next((each.derived.feed for each in taken if each.derived.feed), None)
