"""What a sync holds on to: the answers at work, however many there were before."""

from __future__ import annotations

import gc
from collections import Counter

from support.feeds import feed, page

from newskeep.intake import Taken
from newskeep.sync.outcome import Outcome
from newskeep.types import Article, Received

PAGES = 60
AT_WORK = 6
"""One host is asked one thing at a time: an answer, its hops, and what is told of it."""


def alive(*kinds):
    """How many values of these kinds there are in memory."""
    gc.collect()
    found = Counter(type(one) for one in gc.get_objects())
    return [found[kind] for kind in kinds]


def test_answers_are_let_go_once_they_are_kept(archive, stand, follow):
    links = [f"{stand.base}/a-{number}" for number in range(PAGES)]
    stand.scripts["/feed"] = feed(links)
    stand.scripts.update({link.removeprefix(stand.base): page(link) for link in links})
    follow(f"{stand.base}/feed")
    kinds = (Received, Outcome, Taken, Article)
    before, seen = alive(*kinds), []

    def on_event(event):
        if event["event"] == "captured" and event["url"] == links[-1]:
            seen.extend(alive(*kinds))

    assert archive.sync(on_event=on_event).captured > PAGES
    held = {kind: now - then for kind, now, then in zip(kinds, seen, before, strict=True)}
    assert all(count <= AT_WORK for count in held.values()), held
