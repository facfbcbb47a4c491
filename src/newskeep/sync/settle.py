"""What follows from an answer: when to look again, and what else to fetch.

Runs inside the transaction that takes the answer's captures in, so that an answer and
its consequences are kept together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newskeep import clock, config, keep, policy, text
from newskeep.catalogue.frontier import Frontier, Task
from newskeep.catalogue.stories import Change
from newskeep.errors import FetchError
from newskeep.fetch import retry
from newskeep.intake import Taken
from newskeep.types import Article, Feed, Problem, Received, Source, header
from newskeep.url import absolute, canonical, is_web

if TYPE_CHECKING:
    from newskeep.archive import Archive

MOST_PICTURES = 60
"""Pictures fetched for one article."""

MOST_FURTHER = 50
"""Further documents of a source (sitemaps of an index, pages of a list) that one of them adds."""

DEEPEST = 2
"""Steps from a source's own document to a further one, where no recipe says how many."""

MOST_ODDITIES = 20
"""Problems of one document of a source that `status` remembers."""

_PERMANENT = (301, 308)
_GONE = (404, 410)
_PASSING = (408, 425, 429)
"""Client errors (RFC 9110 §15.5) that a later request need not meet again."""

_NEVER = frozenset({"robots-disallowed", "address-refused", "bad-address", "not-web", "too-large"})
"""Kinds of failure that the same request would meet again; waiting a day is soon enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A task tried: the hops of its answer, or why there was none.

    `owner` is whose the task's host was when it was asked. `delay` is the pace in seconds
    that the host's robots.txt asks for. `beside` is what is kept with the answer and before
    it, such as the further pages of an article. `gathered`: a collector did it, and kept
    what it found.
    """

    task: Task
    owner: str
    hops: tuple[Received, ...] = ()
    error: FetchError | None = None
    delay: float = 0.0
    beside: tuple[Received, ...] = ()
    gathered: bool = False

    @property
    def final(self) -> Received | None:
        """The last hop."""
        return self.hops[-1] if self.hops else None

    @property
    def status(self) -> int:
        """The final status; 0 where there was no answer."""
        if self.gathered:
            return 200
        return self.final.status if self.final else 0

    @property
    def worth_keeping(self) -> tuple[Received, ...]:
        """The hops that are evidence: every one but a 304."""
        return (*self.beside, *(hop for hop in self.hops if hop.status != 304))

    def header(self, name: str) -> str:
        """A header field of the final answer, or an empty string."""
        return header(self.final.headers, name) if self.final else ""


class Settler:
    """Settles outcomes in the frontier and adds the tasks that follow from them."""

    def __init__(self, archive: Archive, frontier: Frontier, lease: float) -> None:
        self._archive = archive
        self._frontier = frontier
        self._lease = lease
        self._steps: dict[str, int] = {}

    def holds(self, outcome: Outcome) -> bool:
        """Whether the host is still the outcome's owner's, and so until the transaction ends."""
        return self._frontier.renew(outcome.task.host, outcome.owner, self._lease)

    def settle(self, outcome: Outcome, taken: Sequence[Taken]) -> list[Problem]:
        """Write down when to look again and what to fetch next; returns what went wrong.

        Call it only for an outcome that `holds`, in the same transaction.
        """
        task = outcome.task
        problem = _problem(outcome)
        failures = task.failures + 1 if _failed(outcome) else 0
        due = self._next(outcome, taken, failures)
        etag, last_modified = _validators(outcome)
        held = self._frontier.settle(
            task,
            owner=outcome.owner,
            due=due,
            etag=etag,
            last_modified=last_modified,
            status=outcome.status,
            failures=failures,
            reason=problem.kind if problem else "",
            delay=max(self._archive.settings.delay, outcome.delay),
            hold=_asked_to_wait(outcome),
        )
        assert held
        self.follow(taken, task.source)
        feed = _feed(taken)
        self._frontier.add(self._further(task, feed) if feed else ())
        self._note(task, problem)
        found = [one for each in taken for one in each.derived.problems]
        if taken and _is_source(task):
            self._note_reading(task.source, found)
        return [problem, *found] if problem else found

    def source_change(self, outcome: Outcome, taken: Sequence[Taken]) -> Source | None:
        """The source as it should now stand in sources.toml, or None where nothing changed."""
        source = self._archive.sources().get(outcome.task.source)
        if source is None or outcome.task.url != source.url:
            return None
        if outcome.status == 410:
            return replace(source, stopped=f"the source answered 410 Gone ({source.url})")
        feed = _feed(taken)
        changed = source
        if feed and feed.kind and _moved_for_good(outcome):
            changed = replace(changed, url=_target(outcome))
        if feed and feed.title and not source.title:
            changed = replace(changed, title=feed.title)
        return changed if changed != source else None

    def _next(self, outcome: Outcome, taken: Sequence[Taken], failures: int) -> float | None:
        """Epoch seconds of the next look; None: never."""
        now = clock.timestamp()
        if failures:
            return self._after_failure(outcome, failures, now)
        if outcome.task.role == "image":
            return None
        if outcome.task.role == "page":
            wait = self._page_wait(outcome, taken)
            return now + wait if wait is not None else None
        if not self._polls(outcome.task):
            return None
        return None if outcome.status == 410 else now + self._feed_wait(outcome, taken)

    def _after_failure(self, outcome: Outcome, failures: int, now: float) -> float | None:
        task = outcome.task
        is_source = _is_source(task) and self._polls(task)
        if failures > policy.MOST_FAILURES and not is_source:
            return None
        wait = max(_asked_to_wait(outcome), policy.retry_after(failures, spread=_spread(task)))
        if outcome.error and outcome.error.kind in _NEVER:
            wait = max(wait, policy.DAY)
        elif 400 <= outcome.status < 500 and outcome.status not in _PASSING:
            wait = max(wait, policy.SECOND_LOOK)
        return now + wait

    def _page_wait(self, outcome: Outcome, taken: Sequence[Taken]) -> float | None:
        changes = [change for each in taken for change in each.changes]
        story = changes[-1].story if changes else self._story_of(outcome.task.url)
        row = self._archive.catalogue.one("story", id=story) if story else None
        if row is None:
            return policy.SECOND_LOOK
        if row["misses"]:
            is_gone = row["misses"] >= keep.MISSES_UNTIL_GONE
            return policy.GONE_LOOK if is_gone else policy.SECOND_LOOK
        age = clock.timestamp() - row["first_seen"] / 1_000_000
        return policy.revisit_after(age, self._revisits(outcome.task))

    def _revisits(self, task: Task) -> Sequence[tuple[float, float]]:
        source = self._archive.sources().get(task.source)
        stated = (source.revisit if source else "") or self._archive.settings.revisit
        return config.revisits(stated)

    def _feed_wait(self, outcome: Outcome, taken: Sequence[Taken]) -> float:
        source = self._archive.sources().get(outcome.task.source)
        every = source.every if source and source.every else self._archive.settings.every
        feed = _feed(taken)
        headers = outcome.final.headers if outcome.final else ()
        return retry.poll_interval(
            headers,
            every=float(every),
            now=clock.timestamp(),
            ttl=feed.ttl if feed else None,
            skip_hours=feed.skip_hours if feed else (),
            skip_days=feed.skip_days if feed else (),
        )

    def _story_of(self, url: str) -> str:
        story = self._archive.reading.find(url)
        return story.id if story else ""

    def follow(self, taken: Sequence[Taken], source: str) -> None:
        """Schedule what follows from captures: a feed's pages, a page's pictures."""
        for each in taken:
            if each.derived.feed:
                self._frontier.add(_pages(source, each.changes))
            elif each.capture.role == "page" and self._archive.settings.pictures:
                self._frontier.add(self._pictures(source, each.changes))

    def _polls(self, task: Task) -> bool:
        """Whether this is a source's own document, which is asked again and again."""
        source = self._archive.sources().get(task.source)
        return source is not None and canonical(source.url) == canonical(task.url)

    def _further(self, task: Task, feed: Feed) -> Iterator[Task]:
        """Further documents of a source, each once a sync."""
        steps = 0 if self._polls(task) else self._steps.get(canonical(task.url), DEEPEST)
        recipe = self._archive.book.for_list(task.url) if feed.kind == "listing" else None
        deepest = recipe.list.pages - 1 if recipe and recipe.list else DEEPEST
        if steps >= deepest:
            return
        for address in feed.more[:MOST_FURTHER]:
            name = canonical(address)
            further = Task(url=address, role=task.role, source=task.source, due=clock.timestamp())
            if name not in self._steps and not self._polls(further):
                self._steps[name] = steps + 1
                yield further

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

    def _note(self, task: Task, problem: Problem | None) -> None:
        if problem:
            self._archive.catalogue.put_problem(problem, task.source if _is_source(task) else "")
        else:
            self._archive.catalogue.clear_problem(task.url, "fetch")


def _asked_to_wait(outcome: Outcome) -> float:
    """Seconds for which the whole host asked to be left alone (RFC 9110 §10.2.3)."""
    if outcome.status not in (429, 503):
        return 0.0
    return retry.retry_after(outcome.header("retry-after"), now=clock.now()) or 0.0


def _spread(task: Task) -> float:
    """A number from 0 to 1 that differs between addresses and stays the same for each."""
    return int(text.digest(task.url)[:8], 16) / 0xFFFFFFFF


def _is_source(task: Task) -> bool:
    return task.role not in ("page", "image")


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


def _failed(outcome: Outcome) -> bool:
    """Whether to back off. A 404 or 410 of a page is an answer; of a source it is a failure."""
    if outcome.error or outcome.status == 429 or outcome.status >= 500:
        return True
    if outcome.status in _GONE:
        return outcome.task.role != "page" and outcome.status != 410
    return outcome.status not in (200, 304) and not 200 <= outcome.status < 300


def _validators(outcome: Outcome) -> tuple[str, str]:
    """What to send next time: of this answer, byte for byte; a 304 may carry newer ones.

    The validators of a redirect's target are not those of the address that is asked.
    """
    task = outcome.task
    if outcome.status == 304:
        etag, modified = outcome.header("etag"), outcome.header("last-modified")
        return etag or task.etag, modified or task.last_modified
    if outcome.status == 200:
        is_own = len(outcome.hops) == 1
        return (outcome.header("etag"), outcome.header("last-modified")) if is_own else ("", "")
    return task.etag, task.last_modified


def _problem(outcome: Outcome) -> Problem | None:
    if outcome.error:
        kind, message = outcome.error.kind, str(outcome.error)
    elif outcome.status in (200, 304) or (outcome.task.role == "page" and outcome.status in _GONE):
        return None
    else:
        kind = f"http-{outcome.status}"
        message = f"{outcome.task.url} answered {outcome.status}{_advice(outcome)}"
    return Problem(url=outcome.task.url, stage="fetch", kind=kind, message=message, at=clock.now())


def _advice(outcome: Outcome) -> str:
    if outcome.status in _GONE and _is_source(outcome.task):
        return "; the source has moved or ended: find its new address, or unfollow it"
    if outcome.status in (401, 403):
        return "; the site does not let us in"
    return "; it is asked again later"


def _moved_for_good(outcome: Outcome) -> bool:
    hops = outcome.hops[:-1]
    return bool(hops) and all(hop.status in _PERMANENT for hop in hops) and outcome.status == 200


def _target(outcome: Outcome) -> str:
    assert outcome.final is not None
    return absolute(outcome.task.url, outcome.final.url)
