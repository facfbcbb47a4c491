"""Asking hubs for subscriptions, renewing them in time, and telling hubs when they may cease."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newskeep import clock, websub
from newskeep.derive import decoded
from newskeep.errors import CaptureError, FetchError
from newskeep.fetch.client import Client
from newskeep.types import Capture, Problem, Source, header
from newskeep.url import absolute
from newskeep.websub import offer, presence
from newskeep.websub.book import LEASE, Subscription
from newskeep.websub.drain import ROLE, InDatabase, Keep
from newskeep.websub.offer import Offer

if TYPE_CHECKING:
    from newskeep.archive import Archive

Turn = Callable[[str], AbstractAsyncContextManager[None]]

MOST_ASKED = 100
"""Subscriptions for which hubs are asked at a time: many feeds share one hub, and its pace."""

_MOST_HOPS = 5
_LOOKED_AT = 50
"""Captures of one address among which the last answer to a poll is looked for."""

_WANTED = ("asked", "active", "denied")
Told = tuple[Problem, str]
"""A problem, and the id of the source that it is with."""


class Hubs:
    """The hubs of one archive, as one run of sync asks them."""

    def __init__(
        self, archive: Archive, client: Client, keep: Keep, in_database: InDatabase, turn: Turn
    ) -> None:
        self._archive = archive
        self._client = client
        self._keep = keep
        self._in_database = in_database
        self._turn = turn
        self._book = websub.book_of(archive.layout)
        self._told: set[str] = set()
        """Addresses of which something was told in this run."""

    async def tend(self, only: str = "") -> None:
        """Ask hubs for what is wanted and due (for this source), and keep what went wrong.

        Nothing is asked where nobody listens for the hub's question.
        """
        if not self._archive.settings.callback:
            return
        due: list[Subscription] = await self._in_database(lambda: self._planned(only))
        told: list[Told] = await self._in_database(self._book.take_troubles)
        if due and presence.is_held(self._archive.layout):
            for one in due:
                told += [(problem, one.source) for problem in await self._asked(one)]
        elif due:
            told.append((self._nobody_listens(), ""))
        await self._in_database(lambda: self._note(told))
        if told:
            await self._keep([], [problem for problem, _ in told])

    def _planned(self, only: str) -> list[Subscription]:
        """Bring the book in step with what is followed; returns what is due."""
        sources = self._archive.sources()
        known = self._book.offers()
        wanted = {
            one.id: found
            for one in sources.values()
            if one.kind == ROLE and not one.stopped
            if (found := self._offer(one, known.get(one.id))).hub
        }
        for source in known.keys() - sources.keys():
            self._book.forget_offer(source)
        self._drop_unwanted(wanted)
        held = {one.source for one in self._book.all() if one.state in _WANTED}
        for source in wanted.keys() - held:
            allowed = sources[source].allow_hosts
            self._book.add(source, wanted[source], self._archive.settings.callback, allowed)
        now = clock.timestamp()
        due = (
            (one.due, one)
            for one in self._book.all()
            if one.due is not None and one.due <= now and only in ("", one.source)
        )
        longest_first = sorted(due, key=itemgetter(0))
        return [one for _, one in longest_first[:MOST_ASKED]]

    def _drop_unwanted(self, wanted: dict[str, Offer]) -> None:
        callback = self._archive.settings.callback
        for one in self._book.all():
            is_wanted = wanted.get(one.source) == (one.hub, one.topic) and one.callback == callback
            if one.state not in _WANTED or is_wanted:
                continue
            if one.last_asked is None or not self._book.leave(one.path):
                self._book.forget(one.path)
        self._book.forget_over()

    def _offer(self, source: Source, known: tuple[str, Offer] | None) -> Offer:
        """What the last document that was polled offers; what was known where there is no newer."""
        held = known[1] if known else offer.NONE
        try:
            last = self._last_answer(source)
            if last is None or (known and known[0] == last.id):
                return held
            whole = self._archive.payload(last)
        except CaptureError:  # `newskeep check` tells of it
            return held
        try:
            body = decoded(whole)
        except FetchError:
            body = b""
        found = offer.read(whole.url, whole.headers, body, whole.content_type, source.allow_hosts)
        self._book.put_offer(source.id, last.id, found)
        return found

    def _last_answer(self, source: Source) -> Capture | None:
        """The last 200 that a poll got, behind its redirects. A push is no answer."""
        url = source.url
        for _ in range(_MOST_HOPS):
            at = self._archive.catalogue.captures_at(url, role=ROLE, most=_LOOKED_AT)
            answer = next((one for one in at if 200 <= one.status < 400), None)
            if answer is None or answer.status == 200:
                return answer
            url = absolute(url, self._archive.payload(answer).header("Location"))
        return None

    async def _asked(self, one: Subscription) -> list[Problem]:
        """Ask a hub; returns what went wrong."""
        problems = [_silent(one)] if one.state == "asked" and one.last_asked else []
        await self._in_database(lambda: self._book.asking(one.path))
        try:
            status = await self._post(one)
        except FetchError as error:
            return [_problem(one, error.kind, str(error))]
        if 200 <= status < 300:
            return problems
        told = f"the hub {one.hub} answered {status} to a request for {one.topic}"
        return [_problem(one, f"hub-{status}", f"{told}; it is asked again in a day")]

    async def _post(self, one: Subscription) -> int:
        """The status of the hub, or of the hub that it sends us to (§5.1.2). Raises FetchError."""
        hub = one.hub
        for _ in range(_MOST_HOPS):
            answer = await self._client.post(
                hub, _form(one), source=one.source, allow_hosts=one.allow_hosts, turn=self._turn
            )
            if answer.status not in (307, 308):
                return answer.status
            target = absolute(hub, header(answer.headers, "location"))
            if urlsplit(hub).scheme == "https" and urlsplit(target).scheme != "https":
                break
            hub = target
        raise FetchError(f"the hub {one.hub} leads to no hub that could be asked", "hub-moved")

    def _note(self, told: list[Told]) -> None:
        """Remember what is wrong now, and forget what was; a refusal lasts until it is lifted."""
        catalogue = self._archive.catalogue
        self._told.update(problem.url for problem, _ in told)
        refused = {one.topic for one in self._book.all() if one.state in ("asked", "denied")}
        lasting = refused | self._told
        with catalogue.transaction():
            for problem, _ in catalogue.problems():
                if problem.stage == "websub" and problem.url not in lasting:
                    catalogue.clear_problem(problem.url, "websub")
            for problem, source in told:
                catalogue.put_problem(problem, source)

    def _nobody_listens(self) -> Problem:
        settings = self._archive.settings
        told = (
            f"no hub is asked, for nobody listens at {settings.listen}; start: newskeep listen "
            "(or empty callback in newskeep.toml)"
        )
        return Problem(
            url=settings.callback,
            stage="websub",
            kind="nobody-listens",
            message=told,
            at=clock.now(),
        )


def _form(one: Subscription) -> dict[str, str]:
    """The request of §5.1."""
    form = {"hub.callback": one.address, "hub.topic": one.topic}
    if one.state == "leaving":
        return {**form, "hub.mode": "unsubscribe"}
    more = {"hub.lease_seconds": str(LEASE), "hub.secret": one.secret}
    return {**form, "hub.mode": "subscribe", **more}


def _silent(one: Subscription) -> Problem:
    told = (
        f"the hub {one.hub} took our request for {one.topic}, but did not ask back within a day; "
        f"can it reach {one.callback} from outside?"
    )
    return _problem(one, "hub-silent", told)


def _problem(one: Subscription, kind: str, message: str) -> Problem:
    return Problem(url=one.topic, stage="websub", kind=kind, message=message, at=clock.now())
