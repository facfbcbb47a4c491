"""Archive: knows the order of the rooms and does no work itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from filelock import FileLock, Timeout

from newskeep import clock, config, layout, plugins, teaching
from newskeep.captures import Captures, Writer, payload_digest
from newskeep.catalogue.frontier import Frontier
from newskeep.catalogue.reading import Reading
from newskeep.catalogue.store import Catalogue
from newskeep.derive import Deriver, decoded, resolved
from newskeep.discover.subscriptions import source_id
from newskeep.errors import ArchiveBusy, NotFound
from newskeep.extraction.lessons import Lessons, read_lessons
from newskeep.following import Following, checked, text_of
from newskeep.intake import Intake, Taken, open_catalogue
from newskeep.journal import Journal
from newskeep.search.index import SearchIndex
from newskeep.types import Capture, Hit, Problem, Received, Ref, Revision, Source, Story, SyncReport
from newskeep.url import absolute

if TYPE_CHECKING:
    from newskeep.discover.recipes import Book
    from newskeep.extraction.explain import Explanation
    from newskeep.health import Status
    from newskeep.looking import Offer
    from newskeep.publish import PublishReport
    from newskeep.teaching import Taught
    from newskeep.workers import Map

_MOST_HOPS = 10


class Archive:
    """An archive in a folder. Use it as a context manager, or `close()` it.

    Reading needs no lock. The first act that writes takes the archive's write lock and
    holds it until `close()`; it raises ArchiveBusy where another process has it.
    """

    def __init__(self, folder: str | Path) -> None:
        self.layout = layout.find(Path(folder).expanduser())
        self.settings = config.read_settings(*text_of(self.layout.settings))
        self.captures = Captures(self.layout.captures)
        self._catalogue: Catalogue | None = None
        self._lock = FileLock(self.layout.lock, thread_local=False)
        self._writer: Writer | None = None
        self._following = Following(self.layout)
        self.problems: list[Problem] = []
        """What was found and mended while opening, such as a torn tail."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every file and give the write lock back."""
        self.drop_writer()
        if self._catalogue:
            self._catalogue.close()
            self._catalogue = None
        self._lock.release(force=True)

    # Rooms

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, with every capture taken in that another process does not write."""
        if self._catalogue is None:
            self._catalogue = open_catalogue(self.layout.catalogue)
            self._catch_up()
        return self._catalogue

    @property
    def frontier(self) -> Frontier:
        """The schedule: what is due, and who asks which host."""
        return Frontier(self.catalogue.connection, delay=self.settings.delay)

    @cached_property
    def deriver(self) -> Deriver:
        """What makes observations of captures."""
        return Deriver(self.settings.extractor, self.book, self.lessons)

    @cached_property
    def book(self) -> Book:
        """The recipes: the archive's own, then the shipped ones. Raises ConfigError."""
        return layout.recipes(self.layout)

    @cached_property
    def lessons(self) -> Lessons:
        """What sites have taught, as the journal tells it. Raises ArchiveError."""
        return read_lessons(self.journal.read())

    @property
    def reading(self) -> Reading:
        """The read side of the catalogue."""
        return Reading(self.catalogue, self.sources)

    @property
    def index(self) -> SearchIndex:
        """The search index."""
        return SearchIndex(self.catalogue.connection)

    @property
    def intake(self) -> Intake:
        """What takes captures into catalogue and index."""
        return Intake(
            self.catalogue,
            self.captures,
            self.deriver,
            self.reading,
            self.index,
            self.problems.append,
        )

    @property
    def journal(self) -> Journal:
        """What people did."""
        return Journal(self.layout.journal)

    def now(self) -> datetime:
        """The archive's clock."""
        return clock.now()

    # Intent

    def sources(self) -> dict[str, Source]:
        """What is followed, by id. Raises ConfigError."""
        return self._following.all()

    def source_named(self, name: str) -> Source:
        """The source with this id, address or title. Raises NotFound."""
        return self._following.named(name)

    def follow(
        self,
        url: str,
        *,
        title: str = "",
        tags: Iterable[str] = (),
        every: int | None = None,
        kind: str = "feed",
        allow_hosts: Iterable[str] = (),
        zone: str = "",
        fetch: str = "",
        pages: int | None = None,
        answer: Sequence[Received] = (),
    ) -> Source:
        """Follow a source from now on; nothing is fetched yet. Following twice updates it.

        `answer` is the hops of what the address answered just now (`look` tells): the next
        sync takes it for the first poll. Raises UsageError for an address that is not http
        or https.
        """
        known = next((one for one in self.sources().values() if one.url == url), None)
        given = Source(
            id=known.id if known else source_id(url),
            url=url,
            kind=kind,
            title=title,
            tags=tuple(tags),
            every=every,
            zone=zone,
            allow_hosts=tuple(host.lower() for host in allow_hosts),
            fetch=fetch,
            pages=pages,
        )
        checked(given)
        with self.writing():
            before = self._following.put(given)
            now = self._following.all()[given.id]
            if before and (before.title, before.tags) != (now.title, now.tags):
                self._reindex(now.id)
            if answer and not before:
                from newskeep.sync import had

                had.put(self.layout, now, answer)
        return now

    def unfollow(self, source: Source) -> None:
        """Stop following; what was kept stays, and its credentials are forgotten."""
        with self.writing():
            self._following.remove(source)

    def change_source(self, *sources: Source) -> None:
        """Write sources' changed facts (moved address, title, stopped) to sources.toml."""
        with self.writing():
            for before, now in zip(self._following.change(*sources), sources, strict=True):
                if (now.title, now.tags) != (before.title, before.tags):
                    self._reindex(now.id)

    def _reindex(self, source: str) -> None:
        """Bring the index in step with a source's new title or tags."""
        with self.catalogue.transaction():
            self.intake.reindex(self.reading.ids(source=source))

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock (kept until `close()`). Raises ArchiveBusy."""
        if not self._lock.is_locked:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                raise ArchiveBusy(
                    f"another newskeep is writing to {self.layout.root}; wait until it is done, "
                    "or stop it, and try again"
                ) from None
        yield

    @property
    def writer(self) -> Writer:
        """The one writer of captures; call it only while `writing()`."""
        if self._writer is None:
            self._writer = self.captures.writer(
                compression=self.settings.compression, rotate_bytes=self.settings.rotate
            )
        return self._writer

    def drop_writer(self) -> None:
        """Close the capture file after a failure, and go on in a new one.

        What was appended but not catalogued is then behind that file's high-water mark
        and is taken in when the archive is next opened.
        """
        if self._writer:
            self._writer.close()
            self._writer = None

    def append(self, received: Iterable[Received]) -> list[Capture]:
        """Append to the captures and make it durable; a repeated payload becomes a revisit."""
        fresh: dict[str, Capture] = {}
        appended = []
        for one in received:
            capture = self.writer.append(one, original=self._original(one, fresh))
            if capture.kind != "revisit":
                fresh.setdefault(capture.digest, capture)
            appended.append(capture)
        self.writer.sync()
        return appended

    def keep(self, received: Iterable[Received], *, map: Map = map) -> list[Taken]:
        """Keep what came in. Durable, catalogued and findable when it returns.

        `map` may be an executor's, to share the deriving. Raises ArchiveBusy, and
        CaptureError (the disk is full, say).
        """
        with self.writing():
            catalogue = self.catalogue
            try:
                appended = self.append(received)
                with catalogue.transaction():
                    return self.intake.take(appended, map)
            except BaseException:
                self.drop_writer()
                raise

    def has_payload(self, url: str, digest: str) -> bool:
        """Whether exactly this was kept from this address before."""
        return any(one.digest == digest for one in self.catalogue.captures_at(url))

    # Reading

    def __getitem__(self, name: str) -> Story:
        """The story behind an address in any spelling, or an id. Raises NotFound."""
        story = self.reading.find(name)
        if story is None:
            raise NotFound(f"nothing is kept under {name!r}; try: newskeep search")
        return story

    def __contains__(self, name: str) -> bool:
        return self.reading.find(name) is not None

    def stories(self, *, select: str = "", newest_first: bool = True) -> Iterator[Story]:
        """Every story, or those a query selects, by the time they are shown under."""
        reading = self.reading
        if not select:
            yield from reading.stories(newest_first=newest_first)
            return
        order = "newest" if newest_first else "oldest"
        for found in self.index.search(select, limit=1 << 40, order=order, snippets=False):
            story = reading.story(found.story)
            if story:
                yield story

    def search(self, query: str, *, limit: int = 20, order: str = "relevance") -> list[Hit]:
        """What a query finds. Raises QueryError, pointing at the spot."""
        reading = self.reading
        hits = []
        for found in self.index.search(query, limit=limit, order=order):
            story = reading.story(found.story)
            if story:
                hits.append(
                    Hit(
                        story=story.id,
                        revision=story.latest,
                        snippet=found.snippet,
                        score=found.score,
                    )
                )
        return hits

    def count(self, query: str = "") -> int:
        """How many stories there are, or a query finds. Raises QueryError."""
        return self.index.count(query)

    def revision(self, name: str) -> Revision:
        """The revision of this id, or the newest one of the story so named. Raises NotFound."""
        return self.reading.revision(name.lower()) or self[name].latest

    def picture(self, url: str) -> Capture | None:
        """A kept picture by any address of it, its payload decoded; None where there is none."""
        for _ in range(_MOST_HOPS):
            known = self.catalogue.captures_at(url, role="image", most=20)
            kept = next((one for one in known if one.status == 200), None)
            if kept:
                whole = self.payload(kept)
                return replace(whole, payload=decoded(whole))
            hop = next((one for one in known if 300 <= one.status < 400), None)
            if hop is None:
                return None
            url = absolute(hop.url, self.captures.read(hop.ref).header("Location"))
        return None

    def payload(self, capture: Capture) -> Capture:
        """A capture read from its WARC file, with its payload. Raises CaptureError."""
        whole = self.captures.read(capture.ref)
        return resolved(self.captures, whole, self._where)

    def received(self, revision: Revision) -> bytes:
        """The document that showed a revision, as received (its content coding undone).

        Where several captures showed it, the last one, which is the page if there was one.
        """
        first = self.catalogue.capture(revision.captures[-1])
        if first is None:
            raise NotFound(f"revision {revision.id} has no capture; run: newskeep rebuild")
        return decoded(self.payload(first))

    def digest(self) -> str:
        """SHA-256 over every story and revision: equal archives, equal digest."""
        return self.reading.digest()

    # Verbs that have a module of their own

    def sync(
        self, *, on_event: Callable[[Mapping[str, Any]], None] | None = None, only: str = ""
    ) -> SyncReport:
        """Do what is due: poll, fetch, keep. Returns when nothing is due any more."""
        from newskeep import sync

        return sync.run(self, on_event=on_event, only=only)

    def look(self, url: str, *, allow_hosts: Iterable[str] = ()) -> Offer:
        """Ask an address what it offers to follow: itself if it is a feed, else its page's best.

        Raises FetchError where it does not answer, UsageError where it offers nothing.
        """
        from newskeep import looking

        return looking.look(
            self.settings, url, tuple(host.lower() for host in allow_hosts), self.book
        )

    def publish(
        self,
        publisher: str,
        target: str | Path,
        *,
        select: str = "",
        options: Mapping[str, str] | None = None,
    ) -> PublishReport:
        """Publish with the publisher of this name. Raises ConfigError for an unknown one."""
        part = plugins.find("publisher", publisher)
        report: PublishReport = part(self, Path(target), select=select, options=options or {})
        return report

    def import_(self, importer: str, path: str | Path, **options: Any) -> Any:
        """Import with the importer of this name; returns its report."""
        return plugins.find("importer", importer)(self, Path(path), **options)

    def rebuild(self, *, workers: int = 1, map: Map | None = None) -> str:
        """Make `derived/` again from captures and journal, and return the archive's digest.

        `map` may be an executor's; else `workers` processes share the capture files.
        """
        from newskeep import rebuild
        from newskeep.workers import processes

        with processes(workers) as shared:
            return rebuild.rebuild(self, map or shared)

    def refresh(self, *, most: int = 200) -> int:
        """Derive stories again that another extractor made, so many at most; returns how many.

        No publisher's edit comes of it. Raises ArchiveBusy.
        """
        with self.writing(), self.catalogue.transaction():
            return self.intake.refresh(most)

    def learn(self, site: str = "") -> list[Taught]:
        """Learn what repeats across a site's articles, or every site's; what is new of it.

        It stands in the journal then, and the stories that it changes are derived again.
        Raises NotFound for a site of which nothing is kept, ArchiveBusy.
        """
        return teaching.learn(self, site)

    def explain(self, name: str) -> Explanation:
        """Extract the page of a kept story once more, and say why its article reads so.

        Raises NotFound where nothing is kept under that name, or no page of it.
        """
        from newskeep import explaining

        return explaining.explain_kept(self, name)

    def unlearn(self, site: str, blocks: Sequence[str] = ()) -> int:
        """Keep these blocks of a site, by their keys, for good; without any, forget its lesson.

        Returns how many stories are derived again. Raises NotFound, ArchiveBusy.
        """
        return teaching.unlearn(self, site, blocks)

    def check(self) -> Iterator[Problem]:
        """Everything that is wrong with the archive's files; nothing where all is sound."""
        from newskeep import health

        return health.check(self)

    def status(self, source: str = "") -> Status:
        """Counts, sources, what is wrong and what to do; of one source alone where it is named.

        Raises NotFound.
        """
        from newskeep import health

        return health.status(self, source)

    # Inside

    def reread(self) -> None:
        """Read the lessons anew after the journal has grown."""
        for name in ("lessons", "deriver"):
            self.__dict__.pop(name, None)

    def reopen(self) -> None:
        """Open the catalogue anew after its file was replaced."""
        if self._catalogue:
            self._catalogue.close()
            self._catalogue = None

    def _where(self, digest: str) -> Ref | None:
        first = self.catalogue.original(digest)
        return first.ref if first else None

    def _original(self, received: Received, fresh: Mapping[str, Capture]) -> Capture | None:
        if not received.payload:
            return None
        digest = payload_digest(received.payload)
        return fresh.get(digest) or self.catalogue.original(digest)

    def _catch_up(self) -> None:
        """Take in what was appended after the catalogue last looked, if nobody writes."""
        assert self._catalogue is not None
        if not self._behind() and not teaching.is_behind(self):
            return
        had_lock = self._lock.is_locked
        try:
            with self.writing():
                teaching.settle(self)
                self._take_tail()
        except ArchiveBusy:
            return
        if not had_lock:
            self._lock.release()

    def _behind(self) -> list[str]:
        assert self._catalogue is not None
        taken = self._catalogue.high_water()
        folder = self.layout.captures
        sizes = {name: (folder / name).stat().st_size for name in self.captures.files()}
        return [name for name, size in sizes.items() if size > taken.get(name, 0)]

    def _take_tail(self) -> None:
        """Take in what a killed writer appended, and what it had yet to fetch for it."""
        from newskeep.sync.settle import Settler

        catalogue = self._catalogue
        assert catalogue is not None
        for name in self._behind():
            problem = self.captures.repair(name)
            if problem:
                self.problems.append(problem)
        walk = self.captures.walk(catalogue.high_water(), on_problem=self.problems.append)
        for batch in batched(walk, 200):
            with catalogue.transaction():
                settler = Settler(self, self.frontier, 0.0)
                for taken in self.intake.take(batch):
                    if taken.capture.source in self.sources():
                        settler.follow([taken], taken.capture.source)


def batched(captures: Iterable[Capture], size: int) -> Iterator[list[Capture]]:
    """Lists of so many captures, the last one shorter."""
    rest = iter(captures)
    while batch := list(islice(rest, size)):
        yield batch
