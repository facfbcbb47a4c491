"""What came of asking: the hops of an answer, or why there was none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newskeep import clock
from newskeep import url as addresses
from newskeep.catalogue.frontier import Task
from newskeep.errors import FetchError
from newskeep.fetch import retry
from newskeep.types import Capture, Problem, Received, Ref, header

GONE = (404, 410)
_PERMANENT = (301, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A task tried.

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
    def place(self) -> str:
        """The host that answered last, or was asked."""
        return addresses.host(self.final.url) if self.final else self.task.host

    @property
    def status(self) -> int:
        """The final status; 0 where there was no answer."""
        if self.gathered:
            return 200
        return self.final.status if self.final else 0

    @property
    def is_source(self) -> bool:
        """Whether a source's document was asked for, its own or a further one."""
        return self.task.role not in ("page", "image")

    @property
    def worth_keeping(self) -> tuple[Received, ...]:
        """The hops that are evidence: every one but a 304."""
        return (*self.beside, *(hop for hop in self.hops if hop.status != 304))

    @property
    def failed(self) -> bool:
        """Whether to back off. A 404 or 410 of a page is an answer; of a source it is a failure."""
        if self.error:
            return True
        if self.status in GONE and self.task.role == "page":
            return False
        if self.status == 304:
            return not (self.task.etag or self.task.last_modified)  # nobody asked for that
        return not 200 <= self.status < 300

    @property
    def moved_to(self) -> str:
        """Where redirects say for good that the address now is, or an empty string."""
        return "" if self.failed else moved_to(self.hops)

    @property
    def asked_to_wait(self) -> float | None:
        """Seconds for which the host asked to be left alone; None where it did not say.

        Retry-After (RFC 9110 §10.2.3), with whatever error it comes.
        """
        if self.status < 400:
            return None
        return retry.retry_after(self.header("retry-after"), now=clock.now())

    def validators(self) -> tuple[str, str, str]:
        """ETag, Last-Modified and the address that gave them, byte for byte, for next time.

        Those of this answer; a 304 may bring newer ones, an error brings none.
        """
        task = self.task
        if self.final is None or self.failed or self.status in GONE:
            return task.etag, task.last_modified, task.validated
        etag, modified = self.header("etag"), self.header("last-modified")
        if self.status == 304:
            etag, modified = etag or task.etag, modified or task.last_modified
        return etag, modified, self.final.url

    def header(self, name: str) -> str:
        """A header field of the final answer, or an empty string."""
        return header(self.final.headers, name) if self.final else ""

    def problem(self) -> Problem | None:
        """What is to be told of it; None where all is well."""
        if self.error:
            kind, message = self.error.kind, str(self.error)
        elif self._is_usual:
            return None
        else:
            kind = f"http-{self.status}"
            message = f"{self.task.url} answered {self.status}{self._advice()}"
        return Problem(url=self.task.url, stage="fetch", kind=kind, message=message, at=clock.now())

    @property
    def _is_usual(self) -> bool:
        """Whether it is what an address may well answer: its content, or that a page is gone."""
        return not self.failed and self.status in (200, 304, *GONE)

    def _advice(self) -> str:
        if self.status in GONE and self.is_source:
            return "; the source has moved or ended: find its new address, or unfollow it"
        if self.status in (401, 403):
            return "; the site does not let us in"
        if self.status == 304:
            return " although nothing was said that could be unchanged; it is asked again later"
        return "; it is asked again later"


def moved_to(hops: Sequence[Received]) -> str:
    """Where hops say for good that their first address now is, or an empty string.

    As far as the first that is not permanent (RFC 9110 §15.4.2, §15.4.9).
    """
    if not hops or hops[0].status not in _PERMANENT:
        return ""
    return next((hop.url for hop in hops if hop.status not in _PERMANENT), "")


def unkept(received: Received) -> Capture:
    """What is received as a capture that is not kept yet, to see what it says."""
    return Capture(
        id="",
        url=received.url,
        time=received.time or clock.now(),
        kind=received.kind,
        role=received.role,
        digest="",
        ref=Ref("", 0, 0),
        source=received.source,
        status=received.status,
        headers=received.headers,
        content_type=received.content_type,
        payload=received.payload,
    )
