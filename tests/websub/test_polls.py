"""A source that is pushed is polled once a day, and as before when the lease is over."""

from __future__ import annotations


def test_polling_slows_down_while_a_hub_pushes(archive, paper, hub, clock):
    archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"], every=600)
    archive.sync()
    hub.lease = "172800"
    assert hub.verify(hub.asked[0]).status == 200
    polls = []
    for _ in range(60):
        clock.ahead(hours=1)
        before = paper.polls
        archive.sync()
        polls.append(paper.polls - before)
    assert polls[0] == 1, "due before the hub had promised anything"
    assert sum(polls[1:24]) == 0
    assert sum(polls[24:48]) <= 2
    assert all(polls[50:]), "the lease is over and was not renewed"
