"""Any history of calls leaves the frontier where a model made of dictionaries stands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from newskeep.catalogue.frontier import Frontier, Task

ROLES = ("robots", "feed", "page", "image")
owners = st.sampled_from(["ann", "ben"])
hosts = st.sampled_from(["a.example", "b.example", "c.example"])
spans = st.integers(0, 20).map(float)
dues = st.none() | st.integers(-5, 30).map(float)


@dataclass
class Host:
    owner: str | None = None
    lease: float = 0.0
    next_ok: float = 0.0


@dataclass
class Model:
    """The frontier in the plainest words: look at everything, each time."""

    time: float = 1000.0
    tasks: dict[tuple[str, str], Task] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)

    def due(self, host: str = "") -> list[Task]:
        return [
            task
            for task in self.tasks.values()
            if task.due is not None and task.due <= self.time and host in ("", task.host)
        ]

    def free(self) -> set[str]:
        return {
            name
            for name, host in self.hosts.items()
            if max(host.next_ok, host.lease) <= self.time and self.due(name)
        }

    def best(self, host: str) -> tuple[int, float] | None:
        keys = [(ROLES.index(task.role), task.due or 0.0) for task in self.due(host)]
        return min(keys, default=None)


class History(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        connection = sqlite3.connect(":memory:", isolation_level=None)
        self.frontier = Frontier(connection, delay=3)
        self.frontier.create()
        connection.create_function("clock", 0, lambda: self.model.time)
        self.connection = connection

    def teardown(self) -> None:
        self.connection.close()

    @rule(seconds=spans)
    def wait(self, seconds: float) -> None:
        self.model.time += seconds

    @rule(host=hosts, number=st.integers(0, 2), role=st.sampled_from(ROLES), after=dues)
    def add(self, host: str, number: int, role: str, after: float | None) -> None:
        due = None if after is None else self.model.time + after
        task = Task(url=f"https://{host}/{number}", role=role, due=due)
        self.frontier.add([task])
        known = self.model.tasks.setdefault(task.key, task)
        both = [one for one in (known.due, due) if one is not None]
        self.model.tasks[task.key] = replace(known, due=min(both, default=None))
        self.model.hosts.setdefault(host, Host())

    @rule(host=hosts, number=st.integers(0, 2), role=st.sampled_from(["", *ROLES]))
    def forget(self, host: str, number: int, role: str) -> None:
        url = f"https://{host}/{number}"
        gone = [key for key in self.model.tasks if key[0] == url and role in ("", key[1])]
        assert self.frontier.forget(url, role) == len(gone)
        for key in gone:
            del self.model.tasks[key]

    @rule(owner=owners, limit=st.integers(1, 3), seconds=spans)
    def lease(self, owner: str, limit: int, seconds: float) -> None:
        free = self.model.free()
        got = [lease.host for lease in self.frontier.lease(owner, limit=limit, seconds=seconds)]
        assert len(got) == len(set(got)) == min(limit, len(free))
        assert set(got) <= free
        for host in got:
            mine = self.model.hosts[host]
            mine.owner, mine.lease = owner, self.model.time + seconds
            self.spans = {**getattr(self, "spans", {}), host: seconds}

    @rule(host=hosts, owner=owners)
    def release(self, host: str, owner: str) -> None:
        mine = self.model.hosts.get(host, Host())
        assert self.frontier.release(host, owner) == (mine.owner == owner)
        if mine.owner == owner:
            mine.owner, mine.lease = None, 0.0

    @precondition(lambda self: self.model.due())
    @rule(host=hosts, owner=owners, after=dues, failures=st.integers(0, 2), hold=spans)
    def settle(
        self, host: str, owner: str, after: float | None, failures: int, hold: float
    ) -> None:
        task = self.frontier.next_task(host)
        if task is None:
            assert not self.model.due(host)
            return
        mine = self.model.hosts[host]
        assert (ROLES.index(task.role), task.due) == self.model.best(host)
        assert task.start == max(self.model.time, mine.next_ok)
        due = None if after is None else self.model.time + after
        done = self.frontier.settle(task, owner=owner, due=due, failures=failures, hold=hold)
        assert done == (mine.owner == owner)
        if done:
            self.model.tasks[task.key] = replace(
                self.model.tasks[task.key], due=due, failures=failures
            )
            mine.lease = self.model.time + self.spans[host]
            mine.next_ok = max(mine.next_ok, task.start + 3, self.model.time + hold)

    @invariant()
    def the_same_is_scheduled(self) -> None:
        starts = [
            max(task.due, self.model.hosts[task.host].next_ok)
            for task in self.model.tasks.values()
            if task.due is not None
        ]
        now = sum(start <= self.model.time for start in starts)
        assert self.frontier.remaining() == (now, min(starts, default=None))
        facts = {Task(**row).key: row["due"] for row in self.frontier.export() if "url" in row}
        assert facts == {key: task.due for key, task in self.model.tasks.items()}
        given_up = {
            key for key, one in self.model.tasks.items() if one.due is None and one.failures
        }
        assert {task.key for task in self.frontier.dead()} == given_up


History.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestHistory = History.TestCase
