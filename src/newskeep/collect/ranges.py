"""A remote file as one that can be read and sought in, by range requests (RFC 9110 §14).

One part is in memory at a time, every request goes through the address guard, and two
never begin sooner after one another than the pace allows.
"""

from __future__ import annotations

import asyncio
import io
import re
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from newskeep.collect.common import Aids
from newskeep.config import Settings
from newskeep.errors import FetchError
from newskeep.fetch.client import Client
from newskeep.fetch.guard import Lookup
from newskeep.fetch.settings import Settings as FetchSettings
from newskeep.types import Received, Source, header

if TYPE_CHECKING:
    from typing_extensions import Buffer

PART = 4 << 20
"""Bytes asked for at a time."""

_TRIES = 3
_PAUSE = 2.0
"""Seconds before a part that failed is asked for again."""

_PASSING = frozenset(
    {"incomplete-body", "connection-refused", "too-slow", "http-500", "http-502", "http-504"}
)
"""Kinds of failure after which the same request may do."""

_SPAN = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")


class RemoteFile(io.RawIOBase):
    """A file at a web address. A context manager; opening it asks for the first part.

    `version` tells one state of the file from another. A failed part is asked for again
    a few times; then FetchError is raised, and `fault` holds it.
    """

    def __init__(self, source: Source, settings: Settings, aids: Aids) -> None:
        super().__init__()
        self._url = source.url.partition("#")[0]
        self._allow_hosts = source.allow_hosts
        self._delay = settings.delay
        self._runner = asyncio.Runner()
        self._client = _client(settings, aids.lookup)
        self._asked = float("-inf")
        self._at = self._start = 0
        self._part = b""
        self._validator = ""
        self.size = 0
        self.version = ""
        self.fault: FetchError | None = None

    def __enter__(self) -> Self:
        try:
            self._load(0)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if not self.closed:
            self._runner.run(self._client.__aexit__(None, None, None))
            self._runner.close()
        super().close()

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The place of the next byte that is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; nothing is asked until something is read there."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill the buffer with what the part in memory still holds; 0 at the end."""
        if self._at >= self.size:
            return 0
        if not self._start <= self._at < self._start + len(self._part):
            self._load(self._at)
        view = memoryview(buffer).cast("B")
        begin = self._at - self._start
        piece = self._part[begin : begin + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _load(self, start: int) -> None:
        for tried in range(_TRIES):
            if tried:
                time.sleep(_PAUSE * tried)
            try:
                self._take(self._ask(start), start)
                return
            except FetchError as error:
                self.fault = error
                if error.kind not in _PASSING:
                    break
        assert self.fault is not None
        raise self.fault

    def _ask(self, start: int) -> Received:
        time.sleep(max(0.0, self._asked + self._delay - time.monotonic()))
        self._asked = time.monotonic()
        asking = self._client.part(
            self._url,
            start,
            PART,
            role="warc",
            if_range=self._validator,
            allow_hosts=self._allow_hosts,
        )
        return self._runner.run(asking)

    def _take(self, answer: Received, start: int) -> None:
        if answer.status not in (200, 206):
            raise FetchError(f"{self._url} answered {answer.status}", f"http-{answer.status}")
        span = _SPAN.fullmatch(header(answer.headers, "content-range").strip())
        if answer.status == 206 and not (span and int(span[1]) == start and answer.payload):
            raise FetchError(f"{self._url}: another part came than was asked for", "bad-response")
        whole = answer.status == 200  # the server knows no ranges, or the file has changed
        size = int(span[3]) if span and not whole else len(answer.payload)
        modified = header(answer.headers, "last-modified")
        etag = header(answer.headers, "etag")
        version = f"{etag or modified} {size}"
        if self.version and version != self.version:
            raise FetchError(
                f"{self._url} has changed while it was read; it is begun anew next time",
                "file-changed",
            )
        self.version, self.size = version, size
        self._validator = "" if etag.startswith("W/") else etag  # RFC 9110 §13.1.5
        self._start, self._part = 0 if whole else start, answer.payload
        self.fault = None


def _client(settings: Settings, lookup: Lookup | None) -> Client:
    limits = FetchSettings(contact=settings.contact, total_timeout=settings.timeout)
    return Client(limits, lookup=lookup)
