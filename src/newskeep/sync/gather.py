"""Gathering: running a source's collector in a thread, and keeping what it finds in batches."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import TYPE_CHECKING

from newskeep import credentials, plugins
from newskeep.collect import Aids, Found
from newskeep.sync.commit import Committer
from newskeep.types import Problem, Received, Source

if TYPE_CHECKING:
    from newskeep.archive import Archive

_BATCH = 100
_BATCH_BYTES = 16 << 20
_MOST_TROUBLES = 1000
"""Troubles with one source that `status` remembers."""


def is_collected(kind: str) -> bool:
    """Whether a source of this kind is brought by a collector, not fetched as a document."""
    return kind in plugins.names("collector")


async def gather(
    archive: Archive,
    source: Source,
    committer: Committer,
    database: Executor,
    renew: Callable[[], Awaitable[None]],
) -> None:
    """Keep all that a source's collector finds; `renew` is called before every batch.

    A batch is durable before the next one is asked for, so a kill repeats one at most.
    Raises what `renew` raises, and CaptureError when the disk refuses.
    """

    def is_known(url: str, digest: str) -> bool:
        return database.submit(archive.has_payload, url, digest).result()

    collect = plugins.find("collector", source.kind)
    aids = Aids(
        folder=archive.layout.derived / "collect" / source.id,
        password=partial(credentials.password, archive.layout.root),
    )
    batches = _batches(collect(source, archive.settings, is_known, aids))
    troubles: list[Problem] = []
    while batch := await asyncio.to_thread(next, batches, None):
        await renew()
        received = [one for one in batch if isinstance(one, Received)]
        problems = [one for one in batch if isinstance(one, Problem)]
        await committer.keep(received, problems)
        troubles.extend(problems)
    await asyncio.get_running_loop().run_in_executor(database, _note, archive, source, troubles)


def _note(archive: Archive, source: Source, troubles: Sequence[Problem]) -> None:
    """Remember what is wrong with a source now, and forget what was."""
    with archive.catalogue.transaction():
        archive.catalogue.clear_source(source.id, "collect")
        for problem in troubles[:_MOST_TROUBLES]:
            archive.catalogue.put_problem(problem, source.id)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    """Lists of what a collector yields, bounded in number and bytes."""
    batch: list[Found] = []
    size = 0
    for one in found:
        batch.append(one)
        size += len(one.payload) if isinstance(one, Received) else 0
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
