"""The answers of one run that are still fresh, so that a site's scripts are asked for once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence

from newskeep import clock
from newskeep.fetch import retry
from newskeep.types import Received

MOST_BYTES = 64 << 20


class Shelf:
    """Answers by partition and address, for as long as they say (RFC 9111); the oldest go first."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], tuple[float, Sequence[Received]]] = OrderedDict()
        self._bytes = 0

    def find(self, partition: str, url: str) -> Sequence[Received]:
        """The hops of a fresh answer, or nothing."""
        until, hops = self._held.get((partition, url), (0.0, ()))
        return hops if time.monotonic() < until else ()

    def put(self, partition: str, url: str, hops: Sequence[Received]) -> None:
        """Keep an answer at hand, if it is fresh for a while."""
        span = min(retry.freshness(hop.headers, now=clock.now()) for hop in hops)
        if hops[-1].status != 200 or not span:
            return
        self._drop((partition, url))
        self._held[partition, url] = (time.monotonic() + span, hops)
        self._bytes += _size(hops)
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._held)))

    def _drop(self, key: tuple[str, str]) -> None:
        _, hops = self._held.pop(key, (0.0, ()))
        self._bytes -= _size(hops)


def _size(hops: Sequence[Received]) -> int:
    return sum(len(hop.payload) for hop in hops)
