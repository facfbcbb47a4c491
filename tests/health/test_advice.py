"""What is suggested about a source, by its figures: when each suggestion comes, and when not."""

from __future__ import annotations

import argparse
import shlex
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep.catalogue.sources import Failing
from newskeep.config import Settings
from newskeep.health import advice
from newskeep.health.advice import Facts
from newskeep.health.documents import Said
from newskeep.health.figures import DAY, HOUR, Bodies, SourceStatus
from newskeep.types import Problem, Source

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED, NEW = "https://harbour.example/feed.xml", "https://quay.example/feed.xml"
SITE = "newskeep follow https://harbour.example/"


def ago(**span):
    return NOW - timedelta(**span)


def facts(source=None, settings=None, said=None, title="Bell", **given):
    """A source that is well, except for what is said."""
    well = {
        "last_success": ago(minutes=12),
        "rhythm": 2.0 * HOUR,
        "pause": 9.0 * HOUR,
        "silence": 1.0 * HOUR,
        "bodies": Bodies(looked=50),
    }
    names = ("failing", "sitemaps", "ended", "is_collected", "has_account")
    more = {name: given.pop(name) for name in names if name in given}
    followed = Source(**{"id": "bell", "url": FEED, **(source or {})})
    stated = {"zone": "Asia/Taipei", "callback": "https://x.example/", **(settings or {})}
    return Facts(
        status=SourceStatus(source=followed, title=title, **{**well, **given}),
        settings=Settings(**stated),
        now=NOW,
        said=said or Said(),
        **more,
    )


def failing(reason, role="page", *, tasks=1, failures=3, url="https://harbour.example/a"):
    return Failing(role, reason, tasks, 0, failures, 0, url)


def problem(kind):
    return Problem(url=FEED, stage="fetch", kind=kind, message="It is down.", at=NOW)


def kinds(**given):
    return [one.kind for one in advice.about(facts(**given))]


def only(**given):
    """The one suggestion that there is."""
    (found,) = advice.about(facts(**given))
    assert found.source == "bell"
    return found


def test_nothing_is_suggested_about_a_source_that_is_well():
    assert kinds() == []


def test_nothing_is_suggested_about_one_that_nobody_follows():
    assert kinds(source={"url": "", "kind": "unfollowed"}, bodies=Bodies(looked=9, walled=9)) == []


# stopped


def test_a_stopped_source_is_told_with_its_reason_and_time():
    gone = {"stopped": f"the source answered 410 Gone ({FEED})"}
    found = only(source=gone, ended=ago(days=2))
    assert found.kind == "stopped"
    assert found.message.startswith("Bell is asked no more since 2026-11-18 20:00 +08:00 (2 d ago)")
    assert "410 Gone" in found.message
    assert found.command == "newskeep unfollow bell"
    assert only(source=gone).message.startswith("Bell is asked no more: the source answered 410")


# address-refused


def test_a_private_address_is_told_with_the_option_that_allows_it():
    refused = failing("address-refused", "feed", url="http://news.lan/feed")
    found = only(source={"allow_hosts": ("a.lan",)}, failing=[refused], failures=9)
    assert found.kind == "address-refused"
    assert "news.lan is a private address" in found.message
    allowed = "--allow-host a.lan --allow-host news.lan"
    assert found.command == f"newskeep follow {FEED} --kind feed {allowed}"


def test_a_source_that_may_reach_its_host_is_not_told_to_allow_it():
    """It was the target of its redirect that was refused."""
    refused = failing("address-refused", "feed", url="http://news.lan:8080/feed")
    found = kinds(source={"allow_hosts": ("news.lan:8080",)}, failing=[refused])
    assert "address-refused" not in found


def test_a_picture_at_a_private_address_is_left_alone():
    assert kinds(failing=[failing("address-refused", "image")]) == []


# moved


def test_a_feed_that_names_its_new_address_has_moved():
    found = only(said=Said(moved_to=NEW))
    assert found.kind == "moved"
    assert f"moved to {NEW}" in found.message
    assert "newskeep unfollow bell" in found.message
    assert found.command == f"newskeep follow {NEW}"


def test_a_redirect_for_good_to_what_could_not_be_read_is_told():
    found = only(said=Said(redirect=NEW), problem=problem("not-a-feed"))
    assert (found.kind, found.command) == ("moved", f"newskeep follow {NEW}")


def test_a_redirect_that_works_needs_nobody():
    assert kinds(said=Said(redirect=NEW)) == []


# unreachable


def test_a_source_that_fails_for_days_is_unreachable_since_its_last_answer():
    found = only(failures=7, last_success=ago(days=4), problem=problem("http-503"))
    assert found.kind == "unreachable"
    assert "since 2026-11-16 20:00 +08:00 (4 d ago), 7 tries failed (http-503)" in found.message
    assert found.command == SITE


def test_a_source_that_never_answered_is_told_after_three_tries():
    found = only(failures=3, last_success=None, silence=None)
    assert found.kind == "unreachable"
    assert "has never answered, 3 tries failed" in found.message
    assert kinds(failures=2, last_success=None, silence=None) == []


@pytest.mark.parametrize(
    ("failures", "days"),
    [(7, 1), (2, 30), (0, 30)],
    ids=["for a day only", "twice after a long pause of ours", "not at all"],
)
def test_a_source_is_not_unreachable_where_it_failed(failures, days):
    assert kinds(failures=failures, last_success=ago(days=days)) == []


# not-a-feed


def test_something_else_under_its_address_is_told():
    found = only(problem=problem("not-a-feed"))
    assert (found.kind, found.command) == ("not-a-feed", SITE)
    assert kinds(problem=problem("http-503")) == []


# silent


def test_a_source_is_silent_after_five_times_its_rhythm():
    found = only(rhythm=1.0 * DAY, pause=2.0 * DAY, silence=6.0 * DAY)
    assert found.kind == "silent"
    assert "nothing new for 6 d; usually something comes every 24 h" in found.message
    assert found.command == SITE


@pytest.mark.parametrize(
    ("rhythm", "pause", "silence"),
    [
        (1.0 * DAY, 2.0 * DAY, 5.0 * DAY),
        (2.0 * HOUR, 9.0 * HOUR, 3.0 * DAY),
        (1.0 * DAY, 30.0 * DAY, 60.0 * DAY),
        (None, None, 900.0 * DAY),
        (1.0 * DAY, 2.0 * DAY, None),
    ],
    ids=["five times", "less than some days", "a pause as before", "no rhythm", "no answer"],
)
def test_a_source_is_not_silent_after(rhythm, pause, silence):
    assert kinds(rhythm=rhythm, pause=pause, silence=silence) == []


MAIL = {"url": "file:///mail", "kind": "mailbox"}


@pytest.mark.parametrize(
    "state", [{"silence": 9.0 * DAY}, {"failures": 7, "last_success": ago(days=4)}]
)
def test_of_files_and_mail_it_is_said_to_look_there(state):
    found = only(source=MAIL, is_collected=True, **state)
    assert found.message.endswith("see whether anything still comes there")
    assert found.command == "newskeep status bell"


def test_nothing_else_is_suggested_of_files_and_mail():
    bodies = Bodies(looked=9, walled=3, truncated=3, empty=3, walled_since=ago(days=3))
    assert kinds(source=MAIL, is_collected=True, bodies=bodies) == []


# sitemap-found


DEAD = {"failures": 7, "last_success": ago(days=4)}
MAPS = ("https://harbour.example/news.xml", "https://harbour.example/more.xml")


@pytest.mark.parametrize(
    "state",
    [
        DEAD,
        {"silence": 9.0 * DAY},
        {"source": {"stopped": "410 Gone"}},
        {"problem": problem("not-a-feed")},
    ],
    ids=["unreachable", "silent", "stopped", "no feed"],
)
def test_a_sitemap_is_a_way_around_a_feed_that_is(state):
    *_, found = advice.about(facts(sitemaps=MAPS, **state))
    assert found.kind == "sitemap-found"
    assert "(and 1 more)" in found.message
    assert found.command == f"newskeep follow {MAPS[0]} --kind sitemap"


def test_a_sitemap_of_a_feed_that_is_well_is_left_alone():
    assert kinds(sitemaps=MAPS) == []
    assert kinds(sitemaps=MAPS, bodies=Bodies(looked=20, summaries=20)) == []
    assert "sitemap-found" not in kinds(source={"kind": "listing"}, sitemaps=MAPS, **DEAD)


def test_a_sitemap_that_is_followed_is_not_found_again():
    again = ["http://harbour.example:80/a.xml", "https://harbour.example/b.xml?utm_source=x"]
    followed = ["http://harbour.example/a.xml"]
    assert advice.unfollowed(again, followed) == [again[1]]


# walled, truncated, browser-needed


def test_a_wall_that_came_is_told_with_its_day():
    bodies = Bodies(looked=50, walled=4, walled_since=ago(days=3))
    found = only(bodies=bodies)
    assert found.kind == "walled"
    assert "4 of the newest 50 articles stand behind a wall, since 2026-11-17" in found.message
    assert found.command == "newskeep login bell --cookies FILE"


def test_an_account_that_does_not_open_the_wall_is_to_be_renewed():
    found = only(bodies=Bodies(looked=9, walled=9), has_account=True)
    assert found.message.endswith("the account that you gave does not open them, so renew it")


def test_a_wall_that_always_stood_is_told_where_most_are_behind_it():
    assert kinds(bodies=Bodies(looked=50, walled=25)) == ["walled"]
    assert kinds(bodies=Bodies(looked=50, walled=24)) == []
    assert kinds(bodies=Bodies(looked=2, walled=2)) == []


def test_bodies_that_end_early_want_a_recipe():
    article = "https://harbour.example/a"
    found = only(bodies=Bodies(looked=10, truncated=5, example=article))
    assert (found.kind, found.command) == ("truncated", f"newskeep extract {article} --explain")
    assert kinds(bodies=Bodies(looked=10, truncated=4, example=article)) == []


def test_pages_nearly_without_text_want_the_browser():
    found = only(bodies=Bodies(looked=10, empty=5))
    assert found.kind == "browser-needed"
    assert 'fetch = "browser"' in found.message
    assert found.command == f"newskeep follow {FEED} --kind feed --browser"
    assert kinds(bodies=Bodies(looked=10, empty=4)) == []
    assert kinds(source={"fetch": "browser"}, bodies=Bodies(looked=10, empty=10)) == []


# pages-forbidden, robots-unreachable


FORBIDDEN = [failing("robots-disallowed", tasks=12)]


def test_pages_that_robots_txt_forbids_are_told_where_the_feed_gives_summaries():
    found = only(failing=FORBIDDEN, bodies=Bodies(looked=20, summaries=18))
    assert found.kind == "pages-forbidden"
    assert "of 12 only what the feed carries is kept" in found.message


def test_a_few_forbidden_pages_or_whole_texts_in_the_feed_need_nobody():
    assert kinds(failing=FORBIDDEN, bodies=Bodies(looked=20, summaries=5)) == []
    few = [failing("robots-disallowed", tasks=2)]
    assert kinds(failing=few, bodies=Bodies(looked=20, summaries=18)) == []


def test_a_robots_txt_that_cannot_be_had_is_told():
    found = only(failing=[failing("robots-unreachable", tasks=7)])
    assert found.kind == "robots-unreachable"
    assert "https://harbour.example/robots.txt cannot be read" in found.message
    assert "7 addresses" in found.message


def test_a_robots_txt_that_failed_once_or_twice_needs_nobody():
    assert kinds(failing=[failing("robots-unreachable", failures=2)]) == []
    assert kinds(failing=[failing("http-503")]) == []


# every-too-low, hub-offered, no-contact


def test_asking_more_than_hourly_is_told():
    found = only(source={"every": 1800})
    assert found.kind == "every-too-low"
    assert "every 30 min, which counts as an hour" in found.message
    assert found.command == f"newskeep follow {FEED} --kind feed --every 1h"


def test_asking_hourly_or_a_folder_or_ones_own_server_is_well():
    assert kinds(source={"every": 3600}) == []
    assert kinds(source={"every": 60, "allow_hosts": ("news.lan",)}) == []
    assert kinds(source={"every": 60}, is_collected=True) == []


def test_a_hub_is_told_where_no_callback_is_set():
    offered = Said(hub="https://hub.example/")
    assert only(settings={"callback": ""}, said=offered).kind == "hub-offered"
    assert kinds(said=offered) == []
    assert kinds(settings={"callback": ""}) == []


def of_archive(sources=1, **settings):
    return [one.kind for one in advice.about_archive(Settings(**settings), sources)]


def test_a_contact_and_the_archives_interval_are_told_once():
    assert of_archive() == ["no-contact"]
    assert of_archive(contact="mailto:a@example.org") == []
    assert of_archive(contact="mailto:a@example.org", every=1800) == ["every-too-low"]
    assert of_archive(sources=0, every=1800) == []


# All of them


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_an_address_holds_is_one_word_of_the_command(path, name):
    hostile = f"https://quay.example/{path}'; rm -rf ~"
    found = [
        *advice.about(facts(source={"id": name}, said=Said(moved_to=hostile))),
        *advice.about(facts(sitemaps=[hostile], **DEAD)),
    ]
    commands = [shlex.split(one.command) for one in found if one.kind != "unreachable"]
    assert [one[:3] for one in commands] == [["newskeep", "follow", hostile]] * 2


EVERYTHING = [
    facts(source={"stopped": "410 Gone", "every": 60}, sitemaps=MAPS, said=Said(moved_to=NEW)),
    facts(failing=[failing("address-refused", "feed"), failing("robots-unreachable"), *FORBIDDEN]),
    facts(bodies=Bodies(looked=9, summaries=9), failing=FORBIDDEN, **DEAD),
    facts(bodies=Bodies(looked=9, walled=9), silence=9.0 * DAY),
    facts(bodies=Bodies(looked=9, truncated=9, example=f"{FEED}/1"), problem=problem("not-a-feed")),
    facts(bodies=Bodies(looked=9, empty=9), settings={"callback": ""}, said=Said(hub=NEW)),
    facts(is_collected=True, **DEAD),
]


def test_every_kind_of_suggestion_comes_at_some_time():
    found = {one.kind for each in EVERYTHING for one in advice.about(each)}
    assert {*found, "no-contact"} == set(advice.KINDS)


@pytest.mark.parametrize("given", EVERYTHING)
def test_every_command_is_one_that_newskeep_knows(given):
    for words in (shlex.split(one.command) for one in advice.about(given) if one.command):
        assert words[0] == "newskeep"
        parser = argparse.ArgumentParser(exit_on_error=False)
        import_module(f"newskeep.cli.{words[1]}").arguments(parser)
        parser.parse_args(words[2:])


def test_a_long_title_is_cut_in_a_sentence():
    found = only(title="大桥" * 40, problem=problem("not-a-feed"))
    assert found.message.startswith("大桥" * 9 + "大… answers with something that is no feed")


def test_the_most_pressing_comes_first():
    everything = facts(
        source={"every": 60}, failing=FORBIDDEN, sitemaps=MAPS, bodies=Bodies(looked=9, summaries=9),
        said=Said(moved_to=NEW), **DEAD,
    )  # fmt: skip
    assert [one.kind for one in advice.about(everything)] == [
        "moved", "unreachable", "pages-forbidden", "sitemap-found", "every-too-low",
    ]  # fmt: skip
