"""The book of subscriptions, in SQLite, shared by the listener and the sync beside it.

It is no truth and not derived either: like the schedule it is a state between us and others.
Where it is lost, hubs are asked anew. It holds secrets, so its file has mode 600.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newskeep import clock
from newskeep.catalogue.sql import load
from newskeep.errors import ArchiveError
from newskeep.types import Problem
from newskeep.websub.offer import Offer

DAY = 86400.0
SOONEST = 3600.0
"""Seconds at least between two requests to a hub for one subscription."""

LEASE = 10 * 86400
"""Seconds for which a subscription is asked."""

LONGEST_LEASE = 30 * 86400
"""Seconds of a lease that are believed; a longer one is renewed as if it were so long."""

_SQL = load("newskeep.websub", "book.sql")
_WAIT = 10.0
"""Seconds for which one process waits for the other's statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One subscription. Its `path` is what stands behind the callback, and nobody can guess.

    `state` is asked, active, leaving, ended or denied. `until` (the lease's end), `due` (when to
    ask the hub next, None never) and `last_asked` are seconds since 1970.
    """

    path: str = field(repr=False)
    source: str
    hub: str
    topic: str
    callback: str
    allow_hosts: tuple[str, ...] = ()
    secret: str = field(repr=False)
    state: str = "asked"
    until: float = 0.0
    due: float | None = None
    last_asked: float | None = None

    @property
    def address(self) -> str:
        """Where the hub is to push to."""
        return f"{self.callback.rstrip('/')}/{self.path}"


class Book:
    """The subscriptions in one file. Any number of processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def is_begun(self) -> bool:
        """Whether anything was ever written into it."""
        return self._path.exists()

    def lease_of(self, source: str) -> float:
        """When the last lease of a source's verified subscriptions ends; 0 where there is none."""
        found = self._rows("lease_of", source=source)
        return found[0][0] or 0.0 if found else 0.0

    def all(self) -> list[Subscription]:
        """Every subscription, also those that have ended."""
        return [_subscription(row) for row in self._rows("all")]

    def find(self, path: str) -> Subscription | None:
        """The subscription behind a path, or None."""
        return next((_subscription(row) for row in self._rows("find", path=path)), None)

    def add(self, source: str, offer: Offer, callback: str, allow_hosts: tuple[str, ...]) -> None:
        """Want a subscription; the hub is to be asked for it now."""
        values = {
            "path": secrets.token_urlsafe(32),
            "source": source,
            "hub": offer.hub,
            "topic": offer.topic,
            "callback": callback,
            "allow": " ".join(allow_hosts),
            "secret": secrets.token_hex(32),
            "due": clock.timestamp(),
        }
        self._change("add", **values)

    def asking(self, path: str) -> None:
        """The hub is about to be asked; where nothing comes of it, it is asked again in a day."""
        now = clock.timestamp()
        self._change("asking", path=path, now=now, due=now + DAY)

    def confirm(self, path: str, lease: float) -> bool:
        """A hub promises to push for so many seconds. False: we did not ask for that."""
        now = clock.timestamp()
        lease = min(lease, LONGEST_LEASE)
        due = now + max(SOONEST, lease * 2 / 3)
        return self._change("confirm", path=path, until=now + lease, due=due)

    def confirm_end(self, path: str) -> bool:
        """A hub is about to push no more. False: we did not ask for that."""
        return self._change("confirm_end", path=path)

    def deny(self, path: str) -> bool:
        """A hub does not want to push (any more). False: there is no such subscription."""
        return self._change("deny", path=path)

    def leave(self, path: str) -> bool:
        """Want a subscription no more; the hub is to be told now. False: it had ended already."""
        return self._change("leave", path=path, now=clock.timestamp())

    def forget(self, path: str) -> None:
        """Take a subscription out."""
        self._change("forget", path=path)

    def forget_over(self) -> None:
        """Take out what has ended and what no hub can hold any more."""
        now = clock.timestamp()
        self._change("forget_over", now=now, stale=now - DAY)

    def offers(self) -> dict[str, tuple[str, Offer]]:
        """By source: the id of the capture that was last looked at, and what it offers."""
        rows = self._rows("offers")
        return {row["source"]: (row["capture"], Offer(row["hub"], row["topic"])) for row in rows}

    def put_offer(self, source: str, capture: str, offer: Offer) -> None:
        """Remember what a source's document offers."""
        self._change("put_offer", source=source, capture=capture, hub=offer.hub, topic=offer.topic)

    def forget_offer(self, source: str) -> None:
        """Forget what a source offered."""
        self._change("forget_offer", source=source)

    def put_trouble(self, subscription: Subscription, kind: str, message: str) -> None:
        """Leave word of a trouble for the next sync, which may write to the catalogue."""
        values = {"topic": subscription.topic, "kind": kind, "source": subscription.source}
        self._change("put_trouble", **values, message=message, at=clock.timestamp())

    def take_troubles(self) -> list[tuple[Problem, str]]:
        """The troubles left since the last time, oldest first, each with its source's id."""
        rows = self._rows("troubles")
        if rows:
            self._change("clear_troubles", at=rows[-1]["at"])
        return [(_problem(row), row["source"]) for row in rows]

    def _rows(self, name: str, **values: Any) -> list[sqlite3.Row]:
        if not self.is_begun:
            return []
        with self._open() as connection:
            return connection.execute(_SQL[name], values).fetchall()

    def _change(self, name: str, **values: Any) -> bool:
        """Run a statement; whether it changed anything."""
        if not self.is_begun:
            self._begin()
        with self._open() as connection:
            return connection.execute(_SQL[name], values).rowcount > 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection to the tables. Raises ArchiveError."""
        try:
            connection = sqlite3.connect(self._path, isolation_level=None, timeout=_WAIT)
            connection.row_factory = sqlite3.Row
            with closing(connection):
                for name in _SQL:
                    if name.startswith("create_"):
                        connection.execute(_SQL[name])
                yield connection
        except sqlite3.Error as error:
            raise ArchiveError(
                f"{self._path} cannot be used: {error}; if it stays so, remove the file, and "
                "the hubs are asked anew"
            ) from error

    def _begin(self) -> None:
        """For its owner alone from the start; SQLite gives its helper files the same mode."""
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))


def _subscription(row: sqlite3.Row) -> Subscription:
    facts = dict(row)
    allow = tuple(facts.pop("allow").split())
    return Subscription(**facts, allow_hosts=allow)


def _problem(row: sqlite3.Row) -> Problem:
    return Problem(
        url=row["topic"],
        stage="websub",
        kind=row["kind"],
        message=row["message"],
        at=datetime.fromtimestamp(row["at"], UTC),
    )
