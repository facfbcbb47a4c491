"""The pages on WebSub give the numbers of the code, and tell of every event."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

from support.docs import read, section

from newskeep import websub
from newskeep.cli import listen
from newskeep.websub import book, drain, hubs, listener, spool

HOW_TO = Path("docs/how-to/be-told-by-hubs.md")
CLI = Path("docs/reference/cli.md")
CONFIGURATION = Path("docs/reference/configuration.md")
FORMAT = Path("docs/format.md")


def test_the_limits_are_those_of_the_code():
    text = section(CONFIGURATION, "`[websub]`")
    assert f"asked for {book.LEASE // 86400} days" in text
    assert f"at most {listener.MOST_BYTES >> 20} MB" in text
    assert f"{spool.MOST_PUSHES} pushes or {spool.MOST_BYTES >> 20} MB wait" in text
    assert websub.PUSHED_EVERY == book.DAY
    assert "polled once a day" in text
    assert f"for {hubs.MOST_ASKED} subscriptions at a time" in read(HOW_TO)


def test_every_event_of_the_listener_is_told():
    described = set(re.findall(r"^\| `(\w+)` \|", section(CLI, "Events of listen"), re.MULTILINE))
    literal = {
        node.value
        for module in (listener, listen)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert described <= literal
    assert len(described) == 8


def test_the_fields_that_are_kept_with_a_push_are_told():
    (row,) = re.findall(rf"^\| `{drain.FIELD}-…` .*$", read(FORMAT), re.MULTILINE)
    assert re.findall(r"`([A-Z][\w-]*)`", row) == list(listener._TOLD)
