"""Several workers on one database: no host twice, nothing lost, little repeated."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from newskeep.catalogue.frontier import Frontier, Task

HOSTS, PAGES = 12, 6

WORKER = """
import sqlite3, sys, time
from newskeep.catalogue.frontier import Frontier

path, owner, seconds, hang_after = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
connection = sqlite3.connect(path, isolation_level=None, timeout=30)
frontier = Frontier(connection)
frontier.create()

def write(work):
    connection.execute("BEGIN IMMEDIATE")
    result = work()
    connection.execute("COMMIT")
    return result

def say(*words):
    print(*words, flush=True)

settled = 0
while frontier.remaining()[0]:
    leases = write(lambda: frontier.lease(owner, limit=2, seconds=seconds))
    for lease in leases:
        say("leased", lease.host)
        while task := frontier.next_task(lease.host):
            say("asking", task.url)
            if settled == hang_after:
                time.sleep(600)
            if not write(lambda: frontier.settle(task, owner=owner, due=None, status=200)):
                break
            settled += 1
            say("settled", task.url)
        write(lambda: frontier.release(lease.host, owner))
    if not leases:
        time.sleep(0.02)
"""


def filled(store) -> list[str]:
    tasks = [
        Task(url=f"https://{host}.example/{number}", role="page", due=0.0)
        for host in range(HOSTS)
        for number in range(PAGES)
    ]
    with store.frontier() as frontier, store.transaction(frontier):
        frontier.add(tasks)
    return [task.url for task in tasks]


def test_threads_with_their_own_connections_never_share_a_host(store) -> None:
    urls = filled(store)
    asked: Counter[str] = Counter()
    holders: dict[str, str] = {}
    clashes: list[str] = []

    def visit(frontier: Frontier, owner: str, host: str) -> None:
        clashes.extend([host] if holders.setdefault(host, owner) != owner else [])
        while task := frontier.next_task(host):
            asked[task.url] += 1
            with store.transaction(frontier):
                assert frontier.settle(task, owner=owner, due=None)
        with store.transaction(frontier):
            del holders[host]
            assert frontier.release(host, owner)

    def work(owner: str) -> None:
        with store.frontier() as frontier:
            while frontier.remaining()[0]:
                with store.transaction(frontier):
                    leases = frontier.lease(owner, limit=2, seconds=60)
                for lease in leases:
                    visit(frontier, owner, lease.host)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not clashes
    assert asked == Counter(urls)


def start(path: Path, owner: str, *, seconds: float, hang_after: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WORKER, str(path), owner, str(seconds), str(hang_after)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def said(worker: subprocess.Popen[str], what: str) -> list[str]:
    assert worker.stdout is not None
    lines = [line.split() for line in worker.stdout.read().splitlines()]
    return [line[1] for line in lines if line[0] == what]


def test_a_killed_process_leaves_its_hosts_to_another_when_the_lease_ends(store) -> None:
    urls = filled(store)
    victim = start(store.path, "victim", seconds=2, hang_after=4)
    assert victim.stdout is not None
    lines = []
    while len([line for line in lines if line.startswith("asking")]) < 5:
        lines.append(victim.stdout.readline())
    victim.kill()
    victim.wait(30)
    victim.stdout.close()
    began = time.monotonic()
    heir = start(store.path, "heir", seconds=60, hang_after=-1)
    finished = said(heir, "settled")
    with closing(heir.stdout):
        assert heir.wait(60) == 0
    before = [line.split()[1] for line in lines if line.startswith("settled")]
    asked = [line.split()[1] for line in lines if line.startswith("asking")]
    assert Counter(before + finished) == Counter(urls), "each settled once, none lost"
    assert set(asked) & set(finished) == {asked[-1]}, "only the fetch in flight is repeated"
    assert time.monotonic() - began < 30
