"""Further documents of a source: sitemaps of an index, next pages of a list, older pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newskeep import clock
from newskeep.catalogue.frontier import Frontier, Task
from newskeep.sync.schedule import Schedule
from newskeep.types import Feed, Source
from newskeep.url import canonical, is_web

if TYPE_CHECKING:
    from newskeep.archive import Archive

MOST_FURTHER = 50
"""Further documents that one document of a source adds."""

DEEPEST = 2
"""Steps from a source's own document to a further one, where no recipe says how many."""

BLOG_PAGES = 100
"""Pages of a blog that are read, where the source does not say how many."""


class Lists:
    """What else is to be asked for the entries of a source."""

    def __init__(self, archive: Archive, frontier: Frontier, schedule: Schedule) -> None:
        self._archive = archive
        self._frontier = frontier
        self._schedule = schedule
        self._steps: dict[str, int] = {}

    def behind(self, task: Task, feed: Feed) -> Iterator[Task]:
        """What a source's document leads to.

        What is older stays as it is, so it is asked for once and never again; else the
        further documents are part of the source and asked for with it, each once a sync.
        """
        source = self._archive.sources().get(task.source)
        pages = _pages(source, feed) if source else None
        found = self._older(task, feed, pages) if pages else self._parts(task, feed)
        for url in found:
            yield Task(url=url, role=task.role, source=task.source, due=clock.timestamp())

    def _older(self, task: Task, feed: Feed, pages: int) -> Iterator[str]:
        room = pages - self._frontier.count(task.source, task.role)
        for url in dict.fromkeys((*feed.more, feed.next_page)):
            if room <= 0:
                return
            if is_web(url) and self._frontier.state(url, task.role) is None:
                room -= 1
                yield url

    def _parts(self, task: Task, feed: Feed) -> Iterator[str]:
        is_own = self._schedule.polled(task) is not None
        steps = 0 if is_own else self._steps.get(canonical(task.url), DEEPEST)
        if steps >= self._deepest(task, feed):
            return
        for url in feed.more[:MOST_FURTHER]:
            name = canonical(url)
            known = name in self._steps or self._schedule.is_own(task.source, url)
            if not known:
                self._steps[name] = steps + 1
                yield url

    def _deepest(self, task: Task, feed: Feed) -> int:
        recipe = self._archive.book.for_list(task.url) if feed.kind == "listing" else None
        return recipe.list.pages - 1 if recipe and recipe.list else DEEPEST


def _pages(source: Source, feed: Feed) -> int | None:
    """How many pages are read for older entries; None: the documents have another meaning."""
    if feed.kind == "blog":
        return source.pages or BLOG_PAGES
    return source.pages if source.kind == "feed" else None
