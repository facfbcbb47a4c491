"""robots.txt as its host wants it asked: seldom, and more seldom still when it cannot be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.feeds import feed, page, rss
from support.stand import Stand, http, to

from newskeep import clock as clocks
from newskeep.fetch import guard


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """A name service that knows every name at the loopback."""

    async def lookup(host, port):
        return ["127.0.0.1"]

    monkeypatch.setattr(guard, "_system_lookup", lookup)


@pytest.fixture
def archive(configured):
    return configured()


@pytest.fixture
def paper(archive, stand):
    """A feed with twelve articles."""
    paths = [f"/a-{number}" for number in range(12)]
    stand.scripts["/feed"] = feed([stand.base + path for path in paths])
    stand.scripts.update({path: page(f"Part {path}") for path in paths})
    return archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])


def run(archive, clock, **span):
    """Sync every twenty minutes for so long."""
    end = clocks.timestamp() + timedelta(**span).total_seconds()
    while clocks.timestamp() < end:
        archive.sync()
        clock.ahead(minutes=20)


@pytest.mark.parametrize(
    "answer", [http(503), http(500), http(429), b"no http\r\n\r\n", http(200, b"x", length=99)]
)
def test_one_that_cannot_be_read_is_asked_ever_more_rarely(archive, stand, paper, clock, answer):
    stand.scripts["/robots.txt"] = answer
    run(archive, clock, hours=30)
    assert stand.targets().count("/robots.txt") <= 5
    assert not [one for one in stand.targets() if one.startswith("/a-")]


def test_a_site_is_read_as_soon_as_its_robots_txt_can_be(archive, stand, paper, clock):
    stand.scripts["/robots.txt"] = http(503)
    run(archive, clock, days=3)
    stand.scripts["/robots.txt"] = http(404)
    run(archive, clock, hours=27)
    assert len({one for one in stand.targets() if one.startswith("/a-")}) == 12


def test_retry_after_of_a_robots_txt_lets_the_whole_host_rest(archive, stand, paper, clock):
    stand.scripts["/robots.txt"] = http(429, b"", "Retry-After: 18000")
    archive.sync()
    before = len(stand.log)
    run(archive, clock, hours=4, minutes=50)
    assert len(stand.log) == before
    stand.scripts["/robots.txt"] = http(404)
    run(archive, clock, hours=2)
    assert "/a-1" in stand.targets()


def test_one_that_is_too_long_is_read_from_its_beginning(archive, stand, paper):
    rules = b"User-agent: *\nDisallow: /a-1\n" + b"# and so on\n" * 200_000
    stand.scripts["/robots.txt"] = http(200, rules)
    report = archive.sync()
    targets = stand.targets()
    assert "/a-2" in targets
    assert "/a-1" not in targets
    assert {one.kind for one in report.problems} == {"robots-disallowed"}


def test_one_that_can_be_read_is_asked_once_a_day(archive, stand, paper, clock):
    run(archive, clock, hours=47)
    assert stand.targets().count("/robots.txt") == 2


# Redirects to a host that nobody leased


def test_retry_after_of_a_redirects_target_lets_that_host_rest_for_all(configured, clock):
    archive = configured("parallel = 1")
    with Stand({"/robots.txt": http(404)}) as stand:
        hosts = ["one.example", "two.example", "third.example"]
        target = f"http://third.example:{stand.port}/feed"
        stand.scripts.update({"/one": to(target, 302), "/two": to(target, 302)})
        stand.scripts["/feed"] = http(429, b"", "Retry-After: 7200")
        for name in ("one", "two"):
            archive.follow(f"http://{name}.example:{stand.port}/{name}", allow_hosts=hosts)
        archive.sync()
        assert stand.targets().count("/feed") == 1
        run(archive, clock, hours=1, minutes=50)
        assert stand.targets().count("/feed") == 1
        stand.scripts["/feed"] = feed([])
        run(archive, clock, hours=5)
        assert stand.targets().count("/feed") >= 3


# Without validators, also after an error


def test_a_feed_without_validators_is_not_asked_again_soon_after_an_error(archive, stand, clock):
    answers = [http(200, rss([])), http(500), http(200, rss([]))]
    stand.scripts["/feed"] = lambda _: answers.pop(0) if len(answers) > 1 else answers[0]
    archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])
    run(archive, clock, hours=47)
    assert stand.targets().count("/feed") == 2


def test_a_schedule_that_was_lost_is_made_again_with_the_validators_that_are_kept(
    archive, stand, paper, clock
):
    archive.sync()
    archive.close()
    archive.layout.catalogue.unlink()
    archive.rebuild()
    clock.ahead(hours=2)
    archive.sync()
    last = [one for one in stand.log if one.target == "/feed"][-1]
    assert last.field("if-none-match")
