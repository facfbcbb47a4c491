"""What `status` shows: an archive's counts, each source's figures, what is wrong, what to do."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newskeep import credentials, plugins
from newskeep.catalogue import sources as facts
from newskeep.catalogue.frontier import Task
from newskeep.catalogue.pack import moment
from newskeep.catalogue.sources import Failing
from newskeep.errors import ConfigError
from newskeep.health import advice, documents, figures
from newskeep.health.advice import DISALLOWED, REFUSED, Facts, Suggestion
from newskeep.health.documents import Said
from newskeep.health.figures import DOUBTFUL, MOST_DOUBTFUL, Doubt, SourceStatus
from newskeep.keep import MISSES_UNTIL_GONE
from newskeep.types import Problem, Source
from newskeep.url import host, is_web

if TYPE_CHECKING:
    from newskeep.archive import Archive

_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """An archive's state in numbers, its sources, what is wrong now, and what to do.

    `at` is when it was so, `doubtful` the articles of which the extractor is least sure.
    """

    at: datetime
    stories: int
    revisions: int
    edited: int
    gone: int
    captures: int
    bytes: int
    due: int
    next_due: datetime | None
    last_seen: datetime | None
    sources: tuple[SourceStatus, ...]
    doubtful: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...]
    suggestions: tuple[Suggestion, ...]


def status(archive: Archive, source: str = "") -> Status:
    """Counts, sources, problems and suggestions; of one source alone where it is named.

    Raises NotFound for one that is neither followed nor kept.
    """
    catalogue = archive.catalogue
    stories = catalogue.one("count_stories", gone=MISSES_UNTIL_GONE)
    assert stories is not None
    kept = catalogue.run("count_captures").fetchall()
    due, next_due = archive.frontier.remaining()
    last_seen = stories["last_seen"]
    gathered = _Gathered(archive, source)
    found = [gathered.source(one) for one in gathered.sources()]
    return Status(
        at=archive.now(),
        stories=stories["stories"],
        revisions=stories["revisions"],
        edited=stories["edited"],
        gone=stories["gone"],
        captures=sum(row["count"] for row in kept),
        bytes=sum(row["bytes"] for row in kept),
        due=due,
        next_due=_time(next_due),
        last_seen=moment(last_seen) if last_seen is not None else None,
        sources=tuple(one for one, _ in found),
        doubtful=tuple(gathered.doubtful()),
        problems=tuple(gathered.problems()),
        suggestions=_suggestions(archive, found, of_one=bool(source)),
    )


def _suggestions(
    archive: Archive, found: Sequence[tuple[SourceStatus, list[Suggestion]]], *, of_one: bool
) -> tuple[Suggestion, ...]:
    """The most pressing first."""
    followed = sum(bool(one.source.url) for one, _ in found)
    of_archive = () if of_one else advice.about_archive(archive.settings, followed)
    every = [*of_archive, *(one for _, suggestions in found for one in suggestions)]
    return tuple(sorted(every, key=lambda one: advice.KINDS.index(one.kind)))


class _Gathered:
    """What is read once for all sources, and the figures of each; `wanted` names the only one."""

    def __init__(self, archive: Archive, wanted: str) -> None:
        self._archive = archive
        self._catalogue = archive.catalogue
        self._frontier = archive.frontier
        self._now = archive.now()
        self._followed = archive.sources()
        self._counts = facts.counts(self._catalogue)
        self._failing = facts.failing(self._catalogue)
        self._doubtful = facts.count_doubtful(self._catalogue, DOUBTFUL)
        self._problems = self._catalogue.problems()
        self._troubles = {name: one for one, name in reversed(self._problems) if name}
        self._wanted = self._named(wanted) if wanted else ""
        self._accounts = _accounts(archive)
        self._collectors = plugins.names("collector")
        self._hub_is_told = bool(archive.settings.callback)

    def sources(self) -> list[Source]:
        """Those that are followed in their order, then those of which only stories are kept."""
        names = [*self._followed, *sorted(set(self._counts) - set(self._followed))]
        return [
            self._followed.get(name) or _absent(name)
            for name in names
            if self._wanted in ("", name)
        ]

    def problems(self) -> Iterator[Problem]:
        """What is wrong, newest first; of one source with what is wrong with its pages."""
        for problem, source in self._problems:
            if not self._wanted or (source or self._source_of(problem)) == self._wanted:
                yield problem

    def doubtful(self) -> Iterator[Doubt]:
        """The articles of which the extractor is least sure."""
        found = facts.most_doubtful(self._catalogue, DOUBTFUL, self._wanted, MOST_DOUBTFUL)
        for url, source, confidence in found:
            command = shlex.join(("newskeep", "extract", url, "--explain"))
            yield Doubt(url=url, source=source, confidence=confidence, command=command)

    def source(self, source: Source) -> tuple[SourceStatus, list[Suggestion]]:
        """A source's figures, and what to do about it."""
        task = self._frontier.state(source.url, source.kind) if source.url else None
        found = self._figures(source, task)
        return found, list(advice.about(self._facts(found)))

    def _named(self, name: str) -> str:
        return name if name in self._counts else self._archive.source_named(name).id

    def _source_of(self, problem: Problem) -> str:
        task = self._frontier.state(problem.url)
        return task.source if task else ""

    def _figures(self, source: Source, task: Task | None) -> SourceStatus:
        name, catalogue = source.id, self._catalogue
        count = self._counts.get(name)
        times = figures.came(
            facts.arrivals(catalogue, name, figures.MOST_ARRIVALS) if count else (),
            count.first if count else None,
        )
        usual, pause = figures.rhythm(times)
        last_new = times[0] if times else None
        last_success = self._last_success(source, task)
        newest = facts.answers(catalogue, name, source.kind, figures.MOST_ANSWERS)
        answers, errors = figures.errors(newest, self._unanswered(name))
        return SourceStatus(
            source=source,
            title=self._title(source),
            stories=count.stories if count else 0,
            last_new=last_new,
            rhythm=usual,
            pause=pause,
            silence=figures.silence(last_new, last_success),
            last_success=last_success,
            failures=task.failures if task else 0,
            next_poll=_time(task.due) if task else None,
            answers=answers,
            errors=errors,
            given_up=sum(one.given_up for one in self._pages(name)),
            bodies=figures.bodies(facts.bodies(catalogue, name, figures.MOST_BODIES)),
            doubtful=self._doubtful.get(name, 0),
            problem=self._troubles.get(name),
        )

    def _title(self, source: Source) -> str:
        """Its title or address; one that nobody follows is named as its stories are."""
        if source.title or source.url:
            return source.title or source.url
        if source.id.startswith("site:"):
            return source.id.removeprefix("site:")
        row = self._catalogue.one("a_story_of", source=source.id)
        return (host(row["url"]) if row else "") or source.id

    def _last_success(self, source: Source, task: Task | None) -> datetime | None:
        """When it last answered with content or 304: a 410 is an answer, and no success."""
        good = facts.last_good(self._catalogue, source.id, source.kind)
        settled = _time(task.last_ok) if task and task.last_status != _GONE else None
        return max((one for one in (good, settled) if one), default=None)

    def _unanswered(self, name: str) -> int:
        """Tries without an answer; what we did not ask out of politeness or caution is none."""
        return sum(
            one.unanswered
            for one in self._failing.get(name, ())
            if one.role != "image" and one.reason not in (DISALLOWED, REFUSED)
        )

    def _pages(self, name: str) -> list[Failing]:
        return [one for one in self._failing.get(name, ()) if one.role == "page"]

    def _facts(self, found: SourceStatus) -> Facts:
        source = found.source
        said = self._said(source)
        return Facts(
            status=found,
            settings=self._archive.settings,
            now=self._now,
            failing=self._failing.get(source.id, ()),
            said=said,
            sitemaps=self._sitemaps(found),
            ended=self._ended(source) if source.stopped else None,
            is_collected=source.kind in self._collectors,
            has_account=source.id in self._accounts,
        )

    def _said(self, source: Source) -> Said:
        """What its documents say; of hubs it is enough to tell once, of the first that has one."""
        if not is_web(source.url):
            return documents.NOTHING
        said = documents.said(self._archive, source, hub=not self._hub_is_told)
        self._hub_is_told = self._hub_is_told or bool(said.hub)
        return said

    def _sitemaps(self, found: SourceStatus) -> list[str]:
        if not is_web(found.source.url) or not advice.wants_sitemap(found):
            return []
        row = self._catalogue.one("a_story_of", source=found.source.id)
        addresses = [found.source.url, *([row["url"]] if row and is_web(row["url"]) else [])]
        named = documents.sitemaps(self._archive, addresses)
        return advice.unfollowed(named, [one.url for one in self._followed.values()])

    def _ended(self, source: Source) -> datetime | None:
        newest = self._catalogue.captures_at(source.url, role=source.kind, most=1)
        return newest[0].time if newest and newest[0].status == _GONE else None


def _accounts(archive: Archive) -> Collection[str]:
    """The sources that have credentials; what is wrong with their file, `sync` and `login` tell."""
    with suppress(ConfigError):
        return credentials.read(archive.layout.root)
    return ()


def _absent(name: str) -> Source:
    """A source that is kept but not followed: a mirror's, or one that was unfollowed."""
    return Source(id=name, url="", kind="imported" if name.startswith("site:") else "unfollowed")


def _time(value: float | None) -> datetime | None:
    return moment(int(value * 1_000_000)) if value is not None else None
