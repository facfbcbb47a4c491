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
from newskeep.sync.settle import Outcome, Settler
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

    async def keep(self, received: Sequence[Received]) -> None:
        """Keep answers that no task asked for, such as robots.txt."""
        loop = asyncio.get_running_loop()
        self._tell(await loop.run_in_executor(self._database, self._keep, received))

    def _keep(self, received: Sequence[Received]) -> list[Event]:
        taken = self._archive.keep(received)
        self._report.captured += len(taken)
        return [_captured(each.capture) for each in taken]

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
                events.extend(_events(outcome, taken, problems))
        for source in changed:
            archive.change_source(source)
        self._count(events, held)
        return events, [outcome for outcome in outcomes if outcome not in held]

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
                    report.problems.append(event["problem"])
        roles = ("page", "image", "robots")
        report.sources += sum(outcome.task.role not in roles for outcome in outcomes)


def _fail(done: asyncio.Future[None], error: Exception) -> None:
    """Fail a waiter, who may be gone by now."""
    done.set_exception(error)
    done.exception()


def _events(
    outcome: Outcome, taken: Sequence[Taken], problems: Sequence[Problem]
) -> Iterator[Event]:
    for each in taken:
        yield _captured(each.capture)
        yield from (_change(change) for change in each.changes if _is_news(change))
    if outcome.status == 304:
        yield {"event": "unchanged", "url": outcome.task.url}
    for problem in problems:
        yield {"event": "problem", "problem": problem}


def _captured(capture: Capture) -> Event:
    names = ("id", "url", "role", "status")
    return {"event": "captured", **{name: getattr(capture, name) for name in names}}


def _is_news(change: Change) -> bool:
    return change.what in ("new", "revised", "gone", "back")


def _change(change: Change) -> Event:
    article = change.seen.article
    return {
        "event": change.what,
        "story": change.story,
        "url": article.url if article else change.seen.addresses[0],
        "title": article.title if article else "",
    }
