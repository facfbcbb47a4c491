"""Committing answers in groups: WARC first and synced, then the catalogue, then the word.

While one group is being written the next one gathers, so a slow disk makes groups
larger and not the crawl slower.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

from newskeep.catalogue.stories import Change
from newskeep.errors import LeaseLost
from newskeep.intake import Taken
from newskeep.sync.outcome import Outcome
from newskeep.sync.settle import Settler
from newskeep.types import Capture, Problem, Received, Source, SyncReport

if TYPE_CHECKING:
    from newskeep.archive import Archive

_LARGEST_GROUP = 100

Event = Mapping[str, Any]
_Waiting = tuple[Outcome, asyncio.Future[None]]


class Committer:
    """Takes outcomes; each `commit` returns once its captures are durable and catalogued."""

    def __init__(
        self,
        archive: Archive,
        settler: Settler,
        database: Executor,
        on_event: Callable[[Event], None],
        report: SyncReport,
    ) -> None:
        self._archive = archive
        self._settler = settler
        self._database = database
        self._on_event = on_event
        self._report = report
        self._asked: set[str] = set()
        self._said: set[str] = set()
        self._troubles: dict[tuple[str, str, str], Problem] = {}
        self._waiting: list[_Waiting] = []
        self._busy = asyncio.Lock()

    async def commit(self, outcome: Outcome) -> None:
        """Wait until this outcome is kept.

        Raises CaptureError when the disk refuses, LeaseLost where the host was taken over
        meanwhile (nothing of the outcome is kept then, for the other worker asks again).
        """
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((outcome, done))
        async with self._busy:
            if not done.done():
                await self._flush()
        await done

    async def keep(self, received: Sequence[Received], problems: Sequence[Problem] = ()) -> None:
        """Keep what no fetch of a task brought: a robots.txt, or what a collector found."""
        loop = asyncio.get_running_loop()
        self._tell(await loop.run_in_executor(self._database, self._keep, received, problems))

    def _keep(self, received: Sequence[Received], problems: Sequence[Problem]) -> list[Event]:
        taken = self._archive.keep(received)
        with self._archive.catalogue.transaction():
            for one, each in zip(received, taken, strict=True):
                self._settler.follow([each], one.source)
        events = [*self._events(taken, [*problems, *_found(taken)])]
        self._count(events, ())
        return events

    async def _flush(self) -> None:
        group = self._waiting[:_LARGEST_GROUP]
        del self._waiting[:_LARGEST_GROUP]
        outcomes = [outcome for outcome, _ in group]
        loop = asyncio.get_running_loop()
        writing = loop.run_in_executor(self._database, self._write, outcomes)
        try:
            events, lost = await asyncio.shield(writing)
        except asyncio.CancelledError:
            events, _ = await writing  # a group under way is finished and told of
            self._tell(events)
            raise
        except Exception as error:
            for _, done in group:
                _fail(done, error)
            return
        self._tell(events)
        for outcome, done in group:
            if outcome in lost:
                _fail(done, LeaseLost(f"{outcome.task.host} was taken over by another worker"))
            else:
                done.set_result(None)

    def _tell(self, events: list[Event]) -> None:
        for event in events:
            self._on_event(event)

    def _write(self, outcomes: Sequence[Outcome]) -> tuple[list[Event], list[Outcome]]:
        """On the database's thread: append, sync, then one transaction for all of it."""
        try:
            return self._written(outcomes)
        except BaseException:
            self._archive.drop_writer()
            raise

    def _written(self, outcomes: Sequence[Outcome]) -> tuple[list[Event], list[Outcome]]:
        """What happened, and the outcomes whose hosts were lost."""
        archive = self._archive
        events: list[Event] = []
        changed: list[Source] = []
        with archive.catalogue.transaction():
            held = [outcome for outcome in outcomes if self._settler.holds(outcome)]
            kept = [hop for outcome in held for hop in outcome.worth_keeping]
            captures = iter(archive.append(kept) if kept else ())
            for outcome in held:
                own = [next(captures) for _ in outcome.worth_keeping]
                taken = archive.intake.take(own)
                problems = self._settler.settle(outcome, taken)
                change = self._settler.source_change(outcome, taken)
                changed.extend([change] if change else [])
                events.extend(self._events(taken, problems))
                if outcome.status == 304:
                    events.append({"event": "unchanged", "url": outcome.task.url})
        if changed:
            archive.change_source(*changed)
        self._count(events, held)
        return events, [outcome for outcome in outcomes if outcome not in held]

    def _events(self, taken: Sequence[Taken], problems: Sequence[Problem]) -> Iterator[Event]:
        for each in taken:
            yield _captured(each.capture)
            yield from (self._change(change) for change in each.changes if _is_news(change))
        for problem in problems:
            if problem.message not in self._said:  # one robots.txt holds back many pages
                self._said.add(problem.message)
                yield {"event": "problem", "problem": problem}

    def _change(self, change: Change) -> Event:
        story = self._archive.reading.story(change.story)
        told = {"url": story.url, "title": story.article.title} if story else {}
        return {"event": change.what, "story": change.story, **told}

    def _count(self, events: Sequence[Event], outcomes: Sequence[Outcome]) -> None:
        report = self._report
        for event in events:
            match event["event"]:
                case "captured":
                    report.captured += 1
                case "new":
                    report.new += 1
                case "revised":
                    report.revised += 1
                case "gone":
                    report.gone += 1
                case "unchanged":
                    report.unchanged += 1
                case "problem":
                    problem = event["problem"]
                    self._troubles[problem.url, problem.stage, problem.kind] = problem
        report.problems[:] = self._troubles.values()
        roles = ("page", "image", "robots")
        self._asked.update(one.task.source for one in outcomes if one.task.role not in roles)
        report.sources = len(self._asked)


def _fail(done: asyncio.Future[None], error: Exception) -> None:
    """Fail a waiter, who may be gone by now."""
    done.set_exception(error)
    done.exception()


def _found(taken: Sequence[Taken]) -> list[Problem]:
    return [problem for each in taken for problem in each.derived.problems]


def _captured(capture: Capture) -> Event:
    names = ("id", "url", "role", "status")
    return {"event": "captured", **{name: getattr(capture, name) for name in names}}


def _is_news(change: Change) -> bool:
    return change.what in ("new", "revised", "gone", "back")
