"""A source to collect from, and a memory of what was kept."""

from __future__ import annotations

import pytest

from newskeep.captures import payload_digest
from newskeep.collect import Aids, folder, imap, mailbox, mirror, warc
from newskeep.config import Settings
from newskeep.types import Problem, Received, Source

COLLECTORS = {
    "folder": folder.collect,
    "warc": warc.collect,
    "mailbox": mailbox.collect,
    "imap": imap.collect,
    "mirror": mirror.collect,
}


class Keeper:
    """Collects as a sync does, and remembers what it kept."""

    def __init__(self, place):
        self.known: set[tuple[str, str]] = set()
        self.place = place
        self.passwords: dict[str, str] = {}
        self.problems: list[Problem] = []

    def is_known(self, url: str, digest: str) -> bool:
        return (url, digest) in self.known

    def keep(self, one: Received) -> None:
        self.known.add((one.url, payload_digest(one.payload)))

    def stream(self, kind, url, *, allow_hosts=(), lookup=None, **settings):
        source = Source(id="s1", url=url, kind=kind, allow_hosts=allow_hosts)
        chosen = Settings(**{"delay": 0.0, "timeout": 5.0, **settings})
        aids = Aids(
            folder=self.place, password=lambda name: self.passwords.get(name, ""), lookup=lookup
        )
        return COLLECTORS[kind](source, chosen, self.is_known, aids)

    def __call__(self, kind, url, **facts) -> list[Received]:
        """What is received and kept; the troubles are in `problems`."""
        self.problems = []
        received = []
        for one in self.stream(kind, url, **facts):
            if isinstance(one, Problem):
                self.problems.append(one)
            else:
                received.append(one)
                self.keep(one)
        return received

    @property
    def kinds(self) -> list[str]:
        return [one.kind for one in self.problems]


@pytest.fixture
def collected(tmp_path):
    return Keeper(tmp_path / "derived" / "s1")
