"""What a sync keeps, and when it says so: after the disk has it, and whatever happens."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from support.feeds import feed, page

import newskeep
from newskeep.captures.raw import RawFile
from newskeep.errors import ArchiveBusy, CaptureError
from newskeep.sync import commit, crawl


@pytest.fixture
def paper(stand, follow):
    """A feed with five articles."""
    paths = [f"/a-{number}" for number in range(5)]
    stand.scripts["/feed"] = feed([stand.base + path for path in paths])
    stand.scripts.update({path: page(f"Part {path}") for path in paths})
    return follow(f"{stand.base}/feed")


@pytest.fixture
def many(stand, archive):
    """Eight feeds on eight hosts, which workers ask at the same time."""
    stand.scripts["/many"] = feed([])
    hosts = [f"paper{number}.example" for number in range(8)]
    for host in hosts:
        archive.follow(f"http://{host}:{stand.port}/many", allow_hosts=[host])
    return hosts


class Disk:
    """Notes what is durable, in order with the events."""

    def __init__(self, monkeypatch):
        self.story = []
        self.fails = lambda: False
        sync = RawFile.sync

        def noted(file):
            if self.fails():
                raise OSError(5, "Input/output error")
            size = os.fstat(file.fileno()).st_size
            sync(file)
            self.story.append(("durable", size))

        monkeypatch.setattr(RawFile, "sync", noted)

    def tell(self, event):
        self.story.append((event["event"], event.get("id")))


@pytest.fixture
def disk(monkeypatch):
    return Disk(monkeypatch)


def test_a_capture_is_told_of_only_after_it_is_durable_and_catalogued(archive, paper, disk):
    known = []

    def tell(event):
        disk.tell(event)
        if event["event"] == "captured":
            with sqlite3.connect(archive.layout.catalogue) as other:
                found = other.execute("SELECT 1 FROM capture WHERE id = ?", [event["id"]])
                known.append(found.fetchone() is not None)

    archive.sync(on_event=tell)
    ends = {one.id: one.ref.offset + one.ref.length for one in archive.captures.walk()}
    durable, told = 0, 0
    for what, value in disk.story:
        if what == "durable":
            durable = value
        elif what == "captured":
            told += 1
            assert ends[value] <= durable
    assert told == len(ends) == 7
    assert known == [True] * 7


def test_captures_that_come_together_are_synced_together(archive, many, disk):
    """While one group is written the next one gathers."""
    keep = archive.append
    archive.append = lambda received: (time.sleep(0.05), keep(received))[1]
    archive.sync(on_event=disk.tell)
    assert [what for what, _ in disk.story].count("captured") == 8
    assert [what for what, _ in disk.story].count("durable") < 8


def test_a_group_has_a_largest_size(archive, many, disk, monkeypatch):
    monkeypatch.setattr(commit, "_LARGEST_GROUP", 1)
    report = archive.sync(on_event=disk.tell)
    assert report.captured == 8
    assert [what for what, _ in disk.story].count("durable") == 8


def test_a_disk_that_refuses_ends_the_sync_and_nothing_is_claimed(archive, many, disk, caplog):
    disk.fails = lambda: True
    events = []
    with pytest.raises(CaptureError, match="Input/output error; make room or mend the disk"):
        archive.sync(on_event=events.append)
    assert events == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_after_a_refusal_the_next_sync_completes(archive, paper, disk, clock):
    failing = [False, False, True]
    disk.fails = lambda: bool(failing) and failing.pop(0)
    told = []
    with pytest.raises(CaptureError):
        archive.sync(on_event=lambda event: told.append(event.get("id")))
    archive.close()
    with newskeep.open(archive.layout.root) as again:
        assert all(again.catalogue.capture(one) for one in told if one)
        clock.ahead(minutes=5)
        again.sync()
        assert len(list(again.stories())) == 5
        assert list(again.check()) == []


def test_what_was_appended_and_not_catalogued_is_taken_in_later(archive, paper, monkeypatch):
    from newskeep.intake import Intake

    def broken(self, captures):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(Intake, "take", broken)
        with pytest.raises(MemoryError):
            archive.sync()
    archive.close()
    with newskeep.open(archive.layout.root) as again:
        assert len(list(again.stories())) == 5
        assert list(again.check()) == []


def test_pages_of_a_feed_that_was_not_catalogued_are_fetched_later(
    archive, stand, follow, monkeypatch
):
    from newskeep.intake import Intake

    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    stand.scripts["/a-1"] = page("Bridge")
    follow(f"{stand.base}/feed")
    with monkeypatch.context() as patched:
        patched.setattr(Intake, "take", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            archive.sync()
    archive.close()
    with newskeep.open(archive.layout.root) as again:
        again.sync()
    assert "/a-1" in stand.targets()


def test_a_listener_that_fails_ends_the_sync_and_harms_nothing(archive, paper):
    def full(event):
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        archive.sync(on_event=full)
    archive.close()
    with newskeep.open(archive.layout.root) as again:
        again.sync()
        assert len(list(again.stories())) == 5
        assert list(again.check()) == []


# Leases


def steal(archive, until):
    """What another worker does to every host whose lease it thinks has ended."""
    with sqlite3.connect(archive.layout.catalogue) as other:
        other.execute("UPDATE host SET owner = 'another', lease = ?", [until])


def test_a_host_that_was_taken_over_is_given_up_and_the_rest_goes_on(
    archive, stand, paper, many, clock
):
    def taken(asked):
        if stand.targets().count("/a-2") == 1:
            steal(archive, 0.0)
        return page("Part 2")

    stand.scripts["/a-2"] = taken
    report = archive.sync()
    assert report.problems == []
    assert stand.targets().count("/a-2") == 2
    assert len(archive.catalogue.captures_at(f"{stand.base}/a-2", role="page")) == 1
    assert len(list(archive.stories())) == 5
    assert report.sources == 9


def test_a_host_is_held_for_as_long_as_a_fetch_may_take(configured):
    archive = configured("timeout = 3000")
    assert crawl.Crawl(archive, print, "")._span == 9000
    assert crawl.Crawl(configured(), print, "")._span == crawl.LEASE


def test_leases_that_a_killed_run_left_do_not_hold_the_next_one_up(archive, stand, paper):
    archive.sync()
    steal(archive, 9e9)
    stand.scripts["/feed2"] = feed([])
    archive.follow(f"{stand.base}/feed2", allow_hosts=["127.0.0.1"])
    assert archive.sync().sources == 1


# Interruption


def run_of(archive, **more):
    """`newskeep sync --json` of this archive, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    command = [sys.executable, "-m", "newskeep", "--archive", str(archive.layout.root)]
    return subprocess.Popen(
        [*command, "sync", "--json"],
        env={**kept, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_ctrl_c_leaves_a_sound_archive(archive, stand, paper):
    reached = threading.Event()

    def held(asked):
        reached.set()
        stand.stopped.wait(30)
        return page("Part 3")

    stand.scripts["/a-3"] = held
    archive.close()
    process = run_of(archive)
    process.send_signal(signal.SIGINT if reached.wait(30) else signal.SIGKILL)
    out, err = process.communicate(timeout=30)
    said = "newskeep: interrupted; all that was kept is safe\n"
    assert (process.returncode, err) == (130, said)
    events = [json.loads(line) for line in out.splitlines()]
    told = [one["id"] for one in events if one["event"] == "captured"]
    assert len(told) == 5
    with newskeep.open(archive.layout.root) as again:
        assert [again.catalogue.capture(one) is not None for one in told] == [True] * 5
        assert list(again.check()) == []
        stand.scripts["/a-3"] = page("Part 3")
        again.sync()
        assert len(list(again.stories())) == 5
        assert list(again.check()) == []


def test_a_group_under_way_is_finished_and_told_of_when_the_sync_is_cancelled(archive, paper):
    events = []

    async def cancelled():
        running = asyncio.create_task(crawl.Crawl(archive, events.append, "").run())
        keep = archive.append

        def append(received):
            loop.call_soon_threadsafe(running.cancel)
            time.sleep(0.05)
            return keep(received)

        loop = asyncio.get_running_loop()
        archive.append = append
        with pytest.raises(asyncio.CancelledError):
            await running

    with archive.writing():
        asyncio.run(cancelled())
    told = [one["id"] for one in events if one["event"] == "captured"]
    assert told == [one.id for one in archive.captures.walk()]
    assert len(told) == 1


def test_a_second_sync_of_one_archive_is_told_that_it_is_busy(archive, stand, paper):
    stand.scripts["/a-3"] = lambda asked: [found.append(busy()), page("Part 3")][1]
    found = []

    def busy():
        with newskeep.open(archive.layout.root) as other:
            try:
                return other.sync()
            except ArchiveBusy as error:
                return str(error)

    archive.sync()
    (message,) = found
    assert "another newskeep is writing" in message
