"""Work shared among processes: in order, past killed workers, and never longer than its parent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.jobs import dies_elsewhere, dies_once, doubled, fails

from newskeep.workers import available, processes


def test_one_process_is_the_built_in_map():
    with processes(1) as shared:
        assert shared is map


def test_results_come_in_the_order_of_the_jobs_and_the_pool_serves_again():
    with processes(2) as shared:
        assert list(shared(doubled, range(20))) == [2 * number for number in range(20)]
        assert list(shared(doubled, iter([4]))) == [8]
        assert list(shared(doubled, [])) == []


def test_what_a_killed_worker_left_is_done_by_another(tmp_path):
    with processes(2) as shared:
        jobs = [(str(tmp_path), number) for number in range(6)]
        assert list(shared(dies_once, jobs)) == list(range(6))
    assert (tmp_path / "died").exists()


def test_where_every_worker_is_killed_we_do_it_ourselves():
    with processes(2) as shared:
        jobs = [(os.getpid(), number) for number in range(3)]
        assert list(shared(dies_elsewhere, jobs)) == [0, 1, 2]


def test_an_error_of_a_job_is_raised_where_its_result_is_asked_for():
    with processes(2) as shared:
        results = shared(fails, range(4))
        assert [next(results), next(results)] == [0, 1]
        with pytest.raises(ValueError, match="job 2"):
            next(results)


def test_there_is_at_least_one_processor(monkeypatch):
    assert available() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available() == 1


PARENT = """
import multiprocessing, threading, time
from newskeep.workers import processes

if __name__ == "__main__":
    with processes(2) as shared:
        threading.Thread(target=lambda: list(shared(time.sleep, [0, 600, 600])), daemon=True).start()
        while len(multiprocessing.active_children()) < 2:
            time.sleep(0.01)
        print(*[child.pid for child in multiprocessing.active_children()], flush=True)
        time.sleep(600)
"""


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(pids) == 2
    assert not any(map(is_running, pids))
