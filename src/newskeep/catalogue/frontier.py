"""The frontier: what to ask next, and which worker may ask which host.

Workers lease hosts, not addresses: whoever holds a host asks it one thing after another
at the host's pace, and each answer is settled in the same transaction that keeps it, only
while the host is still theirs. A killed worker's hosts come free when the lease ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import count as counting
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newskeep import clock
from newskeep import url as addresses
from newskeep.catalogue.sql import load

Row = dict[str, Any]
"""A row of the schedule as `export` gives and `load` takes it: plain JSON values."""

_SQL = load("newskeep.catalogue", "frontier.sql")
_RANKS = {"robots": 0, "page": 2, "image": 3}
_SOURCE_RANK = 1
_HOUR = 3600


def install_clock(connection: sqlite3.Connection) -> None:
    """Give the connection `clock()`: newskeep's time in seconds since 1970.

    Call it once a connection, before any statement runs.
    """
    connection.create_function("clock", 0, clock.timestamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An address to ask, and what is known of asking it. Times are seconds since 1970.

    `role` is robots, page, image, or a source's kind (feed …). `due` None means never
    again: done where `failures` is 0, else given up. `interval` is the seconds between
    two polls that were last chosen. `etag` and `last_modified` are `validated`'s, the
    address that gave them (empty: this one's); `wishes` is what the last document said of
    when to come again (see `policy.Wishes`). `reason` is the kind of the last failure. `start`
    is set by `next_task`: when the fetch may start (sleep until then). Who asked sets it to
    when the last request ended, from which the host's pace counts.
    """

    url: str
    role: str
    source: str = ""
    story: str = ""
    due: float | None = None
    interval: float | None = None
    etag: str = ""
    last_modified: str = ""
    validated: str = ""
    wishes: str = ""
    failures: int = 0
    last_status: int = 0
    last_try: float | None = None
    last_ok: float | None = None
    reason: str = ""
    start: float = 0.0

    @property
    def host(self) -> str:
        """The host that is asked, and paced; this machine for an address that names none."""
        if self.url.startswith(("http:", "https:")) or "://" not in self.url:
            return addresses.host(self.url)
        return urlsplit(self.url).hostname or "localhost"

    @property
    def key(self) -> tuple[str, str]:
        """What a task is known by: its canonical address and its role."""
        return addresses.canonical(self.url), self.role


class HostLease(NamedTuple):
    """A host that is `owner`'s until `until` (seconds since 1970) unless renewed."""

    host: str
    owner: str
    until: float


_FIELDS = tuple(one.name for one in fields(Task))


class Frontier:
    """The schedule in SQLite. Every method works inside the caller's transaction.

    Call `create` once for each connection. `delay` is the seconds between the starts
    of two fetches at one host, where `settle` is not told another.
    """

    def __init__(self, connection: sqlite3.Connection, *, delay: float = 0.0) -> None:
        self._connection = connection
        self._delay = delay

    def create(self) -> None:
        """Make the tables where they are missing, and give the connection its clock."""
        install_clock(self._connection)
        for name in _SQL:
            if name.startswith("create_"):
                self._run(name)

    def now(self) -> float:
        """The database's clock, in seconds since 1970."""
        return float(self._run("now").fetchone()[0])

    def add(self, tasks: Iterable[Task]) -> None:
        """Schedule tasks. Of a task that is known the earlier due counts, and all else stays.

        Raises ValueError for an address without a host.
        """
        hosts: dict[str, None] = {}
        for task in tasks:
            if not task.host:
                raise ValueError(f"{task.url!r} has no host and cannot be fetched")
            hosts[task.host] = None
            self._run("add_task", **_values(task))
        for host in hosts:
            self._run("add_host", host=host)
            self._run("refresh_host", host=host)

    def lease(self, owner: str, *, limit: int, seconds: float, source: str = "") -> list[HostLease]:
        """Up to `limit` hosts that are due (for this source) and free, for so many seconds."""
        values = {"owner": owner, "most": limit, "span": seconds, "source": source}
        rows = self._run("lease_hosts", **values).fetchall()
        return sorted(HostLease(*row) for row in rows)

    def next_task(self, host: str, source: str = "") -> Task | None:
        """What to ask a leased host next (for this source), or None: nothing of it is due."""
        return _task(self._run("next_task", host=host, source=source).fetchone())

    def next_ready(self, source: str = "") -> float | None:
        """When some host (that this source asks) can next be leased; None: nothing is scheduled."""
        (ready,) = self._run("next_ready", source=source).fetchone()
        return ready if ready is None else float(ready)

    def renew(self, host: str, owner: str, seconds: float) -> bool:
        """Keep a host for so many seconds from now. False: it is no longer the owner's."""
        return self._run("renew", host=host, owner=owner, span=seconds).rowcount == 1

    def settle(
        self,
        task: Task,
        *,
        owner: str,
        due: float | None,
        status: int = 0,
        failures: int = 0,
        reason: str = "",
        etag: str | None = None,
        last_modified: str | None = None,
        validated: str | None = None,
        wishes: str | None = None,
        interval: float | None = None,
        delay: float | None = None,
        hold: float = 0.0,
    ) -> bool:
        """Write down what asking came to, and keep the host for another lease.

        `due` is when to ask again, None never. Validators, wishes and interval that are None
        stay as they were. `delay` is the pace in seconds, `hold` for how many seconds from now
        the host asked to be left alone (Retry-After). Returns False, having done nothing,
        where the host is no longer the owner's: the caller must roll back.
        """
        start = task.start or self.now()
        pace = self._delay if delay is None else delay
        held = self._run(
            "settle_host", host=task.host, owner=owner, start=start, delay=pace, hold=hold
        )
        if held.rowcount != 1:
            return False
        address, role = task.key
        self._run(
            "settle_task",
            address=address,
            role=role,
            due=due,
            status=status,
            failures=failures,
            reason=reason,
            etag=etag,
            last_modified=last_modified,
            validated=validated,
            wishes=wishes,
            interval=interval,
            start=start,
        )
        self._run("refresh_host", host=task.host)
        return True

    def rest(self, host: str, seconds: float) -> None:
        """Let a host rest for so many seconds from now: it asked for that."""
        self._run("add_host", host=host)
        self._run("set_pace", host=host, next_ok=self.now() + seconds)

    def rest_of(self, host: str) -> float:
        """Seconds for which a host still rests, its pace included; 0 where it may be asked."""
        row = self._run("pace", host=host).fetchone()
        return max(row[0] - self.now(), 0.0) if row else 0.0

    def plan_look(self, due: float, budget: int) -> float:
        """Plan a second look at a page: at `due`, or later where hours have `budget` looks."""
        hour = int(due // _HOUR)
        self._run("forget_looks", hour=int(self.now() // _HOUR))
        full = {row[0] for row in self._run("full_hours", hour=hour, budget=budget)}
        free = next(one for one in counting(hour) if one not in full)
        self._run("plan_look", hour=free)
        return due + (free - hour) * _HOUR

    def spread_looks(self, budget: int) -> int:
        """Move second looks that are late, but for `budget` of them, on by hours. How many."""
        moved = self._run("spread_looks", budget=budget).fetchall()
        for host in {row[0] for row in moved}:
            self._run("refresh_host", host=host)
        return len(moved)

    def release(self, host: str, owner: str) -> bool:
        """Give a host back. False: it was no longer the owner's."""
        return self._run("release", host=host, owner=owner).rowcount == 1

    def take_over(self) -> int:
        """End every lease; only for one who knows that no other worker lives. How many."""
        return self._run("take_over").rowcount

    def remaining(self) -> tuple[int, float | None]:
        """How many tasks may be asked now, and when the first may (None: nothing is scheduled)."""
        (due,) = self._run("count_due").fetchone()
        (earliest,) = self._run("earliest_due").fetchone()
        return due, earliest

    def state(self, address: str, role: str = "") -> Task | None:
        """The task for an address in any spelling; without a role, a source before a page."""
        found = self._run("state", address=addresses.canonical(address), role=role)
        return _task(found.fetchone())

    def move(self, task: Task, url: str) -> None:
        """Let what is known of a source's task stand under another address."""
        known = self.state(task.url, task.role)
        self.forget(task.url, task.role)
        self.forget(url, task.role)
        self.add([replace(known or task, url=url)])

    def forget(self, address: str, role: str = "") -> int:
        """Drop an address from the schedule, in one role or in all. How many tasks went."""
        values = {"address": addresses.canonical(address), "role": role}
        gone = self._run("forget", **values).fetchall()
        for (host,) in gone:
            self._run("refresh_host", host=host)
        return len(gone)

    def count(self, source: str, role: str) -> int:
        """How many documents of a source are scheduled or were asked, in this role."""
        (found,) = self._run("count_documents", source=source, role=role).fetchone()
        return int(found)

    def polls(self) -> list[Task]:
        """Every task that polls a source (its role is none of robots, page and image)."""
        return [Task(**_named(row)) for row in self._run("polls")]

    def dead(self, limit: int = 1000) -> list[Task]:
        """Tasks given up after failures, the latest first."""
        return [Task(**_named(row)) for row in self._run("dead", most=limit)]

    def export(self) -> list[Row]:
        """The whole schedule, for `load` in another database. Leases are not part of it."""
        hosts = [{"host": host, "next_ok": pace} for host, pace in self._run("all_hosts")]
        return [*map(_named, self._run("all_tasks")), *hosts]

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take over rows that `export` gave, beside what is scheduled already.

        Raises ValueError or TypeError for rows of another shape.
        """
        rows = list(rows)
        self.add(Task(**row) for row in rows if "url" in row)
        for row in rows:
            if "host" in row:
                self._run("add_host", **row)
                self._run("set_pace", **row)

    def _run(self, name: str, **values: Any) -> sqlite3.Cursor:
        return self._connection.execute(_SQL[name], values)


def _values(task: Task) -> Row:
    address, role = task.key
    values = {name: getattr(task, name) for name in _FIELDS if name != "start"}
    rank = _RANKS.get(role, _SOURCE_RANK)
    return {**values, "address": address, "host": task.host, "rank": rank}


def _named(row: Iterable[Any]) -> Row:
    return dict(zip(_FIELDS, row, strict=False))


def _task(row: Iterable[Any] | None) -> Task | None:
    return Task(**_named(row)) if row is not None else None
