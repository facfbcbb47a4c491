"""`newskeep listen` in a process of its own, beside a sync in another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

import newskeep
from newskeep.cli import main


@pytest.fixture
def folder(tmp_path, clock):
    newskeep.init(tmp_path / "news").close()
    return tmp_path / "news"


def configure(folder, callback, listen="127.0.0.1:0"):
    lines = ["format = 1", "[fetch]", "delay = 0.0", "pictures = false", "[websub]"]
    lines += [f'callback = "{callback}"', f'listen = "{listen}"', ""]
    (folder / "newskeep.toml").write_text("\n".join(lines))


@contextmanager
def listening(folder, *options):
    """The process, and a function that gives its next event."""
    configure(folder, "http://127.0.0.1:1/to-be-known")
    command = [sys.executable, "-m", "newskeep", "--archive", str(folder), "listen", "--json"]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    ) as process:
        try:
            first = json.loads(process.stdout.readline())
            assert first["event"] == "listening"
            configure(folder, f"http://127.0.0.1:{first['port']}/websub")
            yield process, lambda: json.loads(process.stdout.readline())
        finally:
            process.kill()


def test_it_listens_until_it_is_told_to_stop(folder, paper, hub):
    with listening(folder) as (process, event), newskeep.open(folder) as archive:
        archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
        archive.sync()
        (form,) = hub.asked
        assert hub.verify(form).status == 200
        hub.push(form, paper.made("two"))
        assert [event()["event"] for _ in range(2)] == ["subscribed", "pushed"]
        assert archive.sync().new == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert process.stderr.read() == b""


def test_what_was_acknowledged_outlives_a_killed_listener(folder, paper, hub):
    with listening(folder) as (process, _), newskeep.open(folder) as archive:
        archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
        archive.sync()
        (form,) = hub.asked
        hub.verify(form)
        assert hub.push(form, paper.made("two")).status == 202
        process.kill()
        process.wait(10)
        assert archive.sync().new == 1


def test_it_syncs_what_was_pushed_where_asked_to(folder, paper, hub):
    with listening(folder, "--sync") as (process, event):
        with newskeep.open(folder) as archive:
            archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
            archive.sync()
        hub.verify(hub.asked[0])
        hub.push(hub.asked[0], paper.made("two"))
        told = [event() for _ in range(3)]
        assert [one["event"] for one in told] == ["subscribed", "pushed", "synced"]
        assert told[2]["message"].startswith("0 sources, 1 new")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_a_second_one_is_refused(folder, capsys):
    with listening(folder):
        assert main(["--archive", str(folder), "listen"]) == 4
    assert "listens for" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("callback", "listen", "told"),
    [
        ("", "127.0.0.1:0", "callback is empty; write the public address"),
        ("https://x.example/w", "nowhere", "write host:port"),
        ("https://x.example/w", "192.0.2.1:80", "nothing can listen at 192.0.2.1:80"),
    ],
)
def test_a_mistake_in_the_settings_is_told(folder, capsys, callback, listen, told):
    configure(folder, callback, listen)
    assert main(["--archive", str(folder), "listen"]) == 2
    assert told in capsys.readouterr().err


def test_events_are_lines_for_people(folder, monkeypatch, capsys):
    from newskeep import clock
    from newskeep.websub import listener

    def pretend(layout, settings, on_event):
        at = clock.now()
        on_event({"event": "listening", "port": 8642, "callback": "https://x.example/w"})
        on_event({"event": "pushed", "source": "s", "topic": "https://a.example/\x1b[2J", "at": at})
        on_event({"event": "dropped", "source": "s", "topic": "t", "message": "a push …", "at": at})

    monkeypatch.setattr(listener, "listen", pretend)
    assert main(["--archive", str(folder), "listen"]) == 0
    first, pushed, dropped = capsys.readouterr().out.splitlines()
    assert first == "listening at port 8642 for https://x.example/w; Ctrl-C ends it"
    assert pushed.endswith("Z  pushed        https://a.example/[2J")
    assert dropped.endswith("Z  dropped       a push …")
