"""When pages are looked at again, as the keeper states it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.feeds import feed, page

from newskeep import config, policy
from newskeep.config import revisits
from newskeep.errors import ConfigError
from newskeep.layout import SETTINGS
from newskeep.policy import DAY, HOUR, MINUTE
from newskeep.types import Source


def test_a_schedule_is_read_in_steps():
    assert revisits("15m<3h 1h<1d") == ((3 * HOUR, 15 * MINUTE), (DAY, HOUR))


def test_never_has_no_step():
    assert revisits("never") == ()
    assert policy.revisit_after(0, revisits("never")) is None


def test_a_new_archive_states_the_usual_schedule():
    stated = config.read_settings(SETTINGS.format(title='"News"', contact='""')).revisit
    assert revisits(stated) == tuple(policy.REVISITS)


@pytest.mark.parametrize(
    "text", ["often", "1h", "1h<", "<1d", "1h<1d 2h<1d", "1h<2d 3h<1d", "1m<3h", "1h<1d never", " "]
)
def test_a_schedule_that_makes_no_sense_is_told_with_its_place(text):
    with pytest.raises(ConfigError, match=r"newskeep.toml: \[fetch\] revisit = "):
        config.read_settings(f'format = 1\n[fetch]\nrevisit = "{text}"\n')


def test_a_source_keeps_its_schedule_through_the_file():
    source = Source(id="a", url="https://example.com/feed", revisit="1h<1d")
    text = config.add_source("", source)
    assert config.read_sources(text) == (source,)


@pytest.fixture
def looks(stand, clock):
    """How often an article was asked for in so many hours, one sync an hour."""

    def count(archive, hours):
        for _ in range(hours):
            archive.sync()
            clock.ahead(hours=1)
        return stand.targets().count("/a-1")

    return count


@pytest.fixture
def article(stand):
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    stand.scripts["/a-1"] = page("Bridge")
    return f"{stand.base}/feed"


@pytest.mark.parametrize(("stated", "times"), [("1h<1d", 5), ("2h<1d", 3), ("never", 1)])
def test_an_archive_looks_again_as_it_states(configured, article, looks, stated, times):
    archive = configured(f'revisit = "{stated}"')
    archive.follow(article, allow_hosts=["127.0.0.1"])
    assert looks(archive, 5) == times


def test_a_source_has_its_own_schedule(configured, article, looks):
    archive = configured('revisit = "1h<1d"')
    source = archive.follow(article, allow_hosts=["127.0.0.1"])
    archive.change_source(replace(source, revisit="never"))
    assert looks(archive, 5) == 1


def test_a_budget_caps_the_looks_of_an_hour(configured, stand, clock):
    archive = configured('revisit = "1h<1d"', "budget = 2")
    stand.scripts["/feed"] = feed([f"{stand.base}/a-{number}" for number in range(6)])
    stand.scripts.update({f"/a-{number}": page(f"Part {number}") for number in range(6)})
    archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])
    archive.sync()
    looks = []
    for _ in range(6):
        clock.ahead(hours=1)
        before = len(stand.log)
        archive.sync()
        looks.append(sum(one.startswith("/a-") for one in stand.targets()[before:]))
    assert max(looks) <= 2
    assert sum(looks) >= 10


def test_after_a_long_pause_late_looks_are_spread_too(configured, stand, clock):
    archive = configured('revisit = "1d<30d"', "budget = 3")
    stand.scripts["/feed"] = feed([f"{stand.base}/a-{number}" for number in range(9)])
    stand.scripts.update({f"/a-{number}": page(f"Part {number}") for number in range(9)})
    archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])
    archive.sync()
    clock.ahead(days=9)
    before = len(stand.log)
    archive.sync()
    assert sum(one.startswith("/a-") for one in stand.targets()[before:]) == 3
