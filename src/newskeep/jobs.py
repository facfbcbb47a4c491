"""Capture files as jobs: the unit that any engine maps over, on any number of machines.

`derive_file` is top-level and picklable: it reads one capture file, writes one part, and
answers with a receipt. Parts are byte-identical whoever makes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
import zstandard

from newskeep.captures import Captures
from newskeep.derive import VISIT, Deriver, parts_of, whole
from newskeep.discover.recipes import NO_RECIPES, Book
from newskeep.extraction.lessons import NO_LESSONS, Lessons
from newskeep.keep import Observation
from newskeep.types import Capture, Problem, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One capture file to derive.

    `originals` finds the payloads that its revisits repeat, `parts` the further pages of
    its articles: when they were kept, and where, by their canonical addresses. `lessons` are
    what the sites have taught.
    """

    folder: str
    file: str
    part: str
    extractor: str
    book: Book = NO_RECIPES
    lessons: Lessons = NO_LESSONS
    originals: Mapping[str, Ref] = field(default_factory=dict)
    parts: Mapping[str, tuple[tuple[datetime, Ref], ...]] = field(default_factory=dict)

    def where(self, address: str, page: Capture) -> Ref | None:
        """Where the further page at an address stands that was kept with a page."""
        kept = self.parts.get(address, ())
        near = [one for one in kept if page.time - VISIT <= one[0] < page.time]
        return max(near)[1] if near else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What came of a Job: how many captures were read and observations written."""

    part: str
    captures: int
    observations: int
    problems: tuple[Problem, ...] = ()


def read_part(path: str) -> Iterator[Observation]:
    """The observations of a part, in their order."""
    decoder = msgspec.msgpack.Decoder(Observation)
    with Path(path).open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
        while head := stream.read(4):
            yield decoder.decode(stream.read(int.from_bytes(head, "big")))


def derive_file(job: Job) -> Receipt:
    """Derive a whole capture file into a part; an existing part of that name is replaced."""
    captures = Captures(job.folder)
    deriver = Deriver(job.extractor, job.book, job.lessons)
    problems: list[Problem] = []
    count = observations = 0
    encoder = msgspec.msgpack.Encoder()
    parts = parts_of(captures, job.where, job.originals.get, problems.append)
    unfinished = Path(job.part + ".unfinished")
    with unfinished.open("wb") as file, zstandard.ZstdCompressor(3).stream_writer(file) as part:
        for capture in captures.walk_file(job.file, on_problem=problems.append):
            count += 1
            found = whole(captures, capture, job.originals.get, problems.append)
            for seen in deriver.derive(found, parts).observations:
                data = encoder.encode(seen)
                part.write(len(data).to_bytes(4, "big") + data)
                observations += 1
    unfinished.replace(job.part)
    return Receipt(
        part=job.part, captures=count, observations=observations, problems=tuple(problems)
    )
