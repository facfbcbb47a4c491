"""Receive what hubs push (WebSub), until you stop it.

It serves [websub] callback at [websub] listen, behind your reverse proxy, and holds no lock:
run `newskeep sync` beside it as before. Sync asks the hubs and keeps what was pushed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from newskeep import clock
from newskeep.archive import Archive
from newskeep.cli.terminal import open_archive, say, say_event
from newskeep.dates import iso
from newskeep.errors import ArchiveBusy, NewskeepError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument(
        "--sync", action="store_true", help="sync a source at once when it was pushed"
    )
    parser.add_argument("--json", action="store_true", help="print one event a line")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    from newskeep.websub.listener import listen

    show = say_event if chosen.json else _line
    with open_archive(chosen) as archive:
        told = _syncing(archive.layout.root, show) if chosen.sync else show
        listen(archive.layout, archive.settings, told)
    return 0


Tell = Callable[[Mapping[str, Any]], None]


def _line(event: Mapping[str, Any]) -> None:
    if event["event"] == "listening":
        say(f"listening at port {event['port']} for {event['callback']}; Ctrl-C ends it")
    else:
        told = event.get("message") or event["topic"]
        say(f"{iso(event['at'])}  {event['event']:12}  {told}")
    sys.stdout.flush()


def _syncing(folder: Path, show: Tell) -> Tell:
    """As `show`, and a thread syncs what was pushed, one source after another."""
    pushed: SimpleQueue[str] = SimpleQueue()

    def told(event: Mapping[str, Any]) -> None:
        show(event)
        if event["event"] == "pushed":
            pushed.put(event["source"])

    def work() -> None:
        while True:
            _sync(folder, pushed.get(), show)

    Thread(target=work, daemon=True).start()
    return told


def _sync(folder: Path, source: str, show: Tell) -> None:
    """Sync a source, unless another process writes: the next sync keeps the push as well."""
    event, message = "synced", ""
    try:
        with Archive(folder) as archive:
            message = str(archive.sync(only=source))
    except ArchiveBusy:
        return
    except NewskeepError as error:
        event, message = "failed", str(error)
    show({"event": event, "source": source, "message": message, "at": clock.now()})
