"""The command as a process: exit codes, pipes that close, full disks, a second one at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import newskeep

ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "utf-8"}


def test_a_second_process_is_told_that_the_archive_is_busy(command, kept):
    with newskeep.open(kept) as archive, archive.writing():
        done = command("unfollow", "Harbour Bell", "--archive", kept)
        assert done.returncode == 4
        assert done.stdout == b""
        assert done.stderr.startswith(b"newskeep: another newskeep is writing to ")
        assert done.stderr.count(b"\n") == 1
        reading = command("list", "--ids", "--archive", kept)
        assert reading.stdout.count(b"\n") == 3
    assert command("unfollow", "Harbour Bell", "--archive", kept).returncode == 0


def test_a_reader_that_has_enough_closes_the_pipe_without_a_word(kept):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        for verb in (["list"], ["list", "--json"], ["status"]):
            done = subprocess.run(
                [sys.executable, "-m", "newskeep", *verb, "--archive", kept],
                stdout=closed, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False,
            )  # fmt: skip
            assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_behind_standard_output_is_told(kept):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newskeep", "list", "--archive", kept],
            stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"newskeep: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_terminal_that_shows_ascii_only_gets_escapes(command, kept):
    done = command("list", "--archive", kept, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert rb"\u8de8\u6d77\u5927\u6865" in done.stdout
    found = command("search", "支座", "--json", "--archive", kept, PYTHONIOENCODING="ascii")
    assert rb"\u8de8\u6d77\u5927\u6865" in found.stdout
    assert command("diff", "x", "--archive", kept, PYTHONIOENCODING="ascii").returncode == 2


def test_the_environment_and_the_folder_name_the_archive(command, kept):
    assert command("list", "--ids", NEWSKEEP_ARCHIVE=str(kept)).stdout.count(b"\n") == 3
    assert command("list", "--ids", cwd=kept).stdout.count(b"\n") == 3
    lost = command("list", "--ids", cwd=kept.parent)
    assert lost.returncode == 3
    assert lost.stderr.startswith(b"newskeep: . holds no newskeep.toml")


def test_two_workers_rebuild_the_same_and_leave_nobody_behind(command, kept):
    before = command("rebuild", "--digest", "--archive", kept).stdout
    done = command("rebuild", "--workers", "2", "--archive", kept)
    assert done.stdout == b"Rebuilt; digest " + before
    assert done.stderr == b""


def test_an_interruption_is_no_traceback(run, kept, monkeypatch):
    def interrupted(archive, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(newskeep.Archive, "sync", interrupted)
    done = run("sync", "--archive", kept)
    assert done == (130, "", "newskeep: interrupted; all that was kept is safe\n")


def test_an_interruption_wipes_the_line_of_progress_first(run, kept, monkeypatch):
    def interrupted(archive, *, on_event, only):
        on_event({"event": "captured", "url": "https://harbour.example/1"})
        raise KeyboardInterrupt

    monkeypatch.setattr(newskeep.Archive, "sync", interrupted)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    drawn, wiped, said = run("sync", "--archive", kept).err.split("\r")
    assert drawn == "1 captured  https://harbour.example/1"
    assert wiped == " " * (len(drawn) + len("^C"))
    assert said == "newskeep: interrupted; all that was kept is safe\n"


@pytest.mark.parametrize("ctrl_c", [signal.default_int_handler, signal.SIG_IGN])
def test_a_termination_ends_as_orderly_and_says_so(run, kept, monkeypatch, ctrl_c):
    def terminated(archive, **options):
        signal.raise_signal(signal.SIGTERM)

    before = signal.signal(signal.SIGINT, ctrl_c)
    try:
        monkeypatch.setattr(newskeep.Archive, "sync", terminated)
        done = run("sync", "--archive", kept)
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == (143, "", "newskeep: terminated; all that was kept is safe\n")
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_verb_runs_in_a_thread_too(run, kept):
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(run, "list", "--ids", "--archive", kept).result().code == 0


def test_a_fault_of_our_own_keeps_its_traceback(run, kept, monkeypatch):
    def faulty(archive, **options):
        raise ZeroDivisionError

    monkeypatch.setattr(newskeep.Archive, "sync", faulty)
    with pytest.raises(ZeroDivisionError):
        run("sync", "--archive", kept)
