"""Work shared among processes: a `map` that keeps the order and outlives a killed worker."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import Any

Map = Callable[..., Iterable[Any]]
"""Like the built-in `map`: a top-level function and its jobs in, the results in their order out."""

_MOST_POOLS = 3


@contextmanager
def processes(count: int) -> Iterator[Map]:
    """A `map` over so many processes, begun when it is first called; the built-in one for one."""
    if count < 2:
        yield map
        return
    pool = _Pool(count)
    try:
        yield pool.map
    finally:
        pool.close()


def available() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Pool:
    def __init__(self, count: int) -> None:
        self._count = count
        self._executor: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[Any]:
        """The results in order. What a killed worker left goes to another one, at last to us."""
        left = deque(jobs)
        for _ in range(_MOST_POOLS):
            try:
                futures = deque([self._running().submit(work, job) for job in left])
                while futures:
                    done = futures.popleft().result()
                    left.popleft()
                    yield done
                return
            except BrokenProcessPool:
                self.close()
        yield from map(work, left)

    def close(self) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _running(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # spawn: a fork would inherit locks and open databases
            self._executor = ProcessPoolExecutor(
                self._count, mp_context=get_context("spawn"), initializer=_begin
            )
        return self._executor


def _begin() -> None:
    """In a worker: Ctrl-C is the parent's business, and its end is ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
