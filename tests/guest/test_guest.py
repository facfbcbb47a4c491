"""The perfect guest: what publishers see of us in their logs, point by point.

The points are those that publishers found readers to get wrong, with RFC 9110, RFC 9111
and RFC 9309 behind them. The server is on the loopback; the archive's settings are those
of a new archive, but for the pace.
"""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from support.feeds import feed, page, rss
from support.stand import http, to

import newskeep
from newskeep import clock as clocks
from newskeep.sync.schedule import Schedule

HOUR = 3600


@pytest.fixture
def archive(configured):
    return configured()


@pytest.fixture
def follow(archive, stand):
    """Follow /feed of the stand."""

    def follow(path="/feed", **facts):
        return archive.follow(stand.base + path, allow_hosts=["127.0.0.1"], **facts)

    return follow


@pytest.fixture
def polls(archive, stand, follow, clock):
    """Syncs for so long, whenever something is due; the hours at which /feed was asked."""
    follow()

    def count(**span):
        start = clocks.timestamp()
        end = start + timedelta(**span).total_seconds()
        hours = []
        while clocks.timestamp() < end:
            before = len(asked(stand))
            archive.sync()
            hours += [(clocks.timestamp() - start) / HOUR] * (len(asked(stand)) - before)
            _, due = archive.frontier.remaining()
            clock.ahead(seconds=(due or end) - clocks.timestamp() + 1)
        return hours

    return count


def gaps(hours):
    return [later - earlier for earlier, later in pairwise(hours)]


def asked(stand, path="/feed"):
    return [one for one in stand.log if one.target == path]


def conditions(stand, path="/feed"):
    fields = ("if-none-match", "if-modified-since")
    return [tuple(one.field(name) for name in fields) for one in asked(stand, path)]


def serve(stand, *answers, path="/feed"):
    """Give these answers one after another; the last one stays."""
    rest = list(answers)
    stand.scripts[path] = lambda _: rest.pop(0) if len(rest) > 1 else rest[0]


# Validators


@pytest.mark.parametrize(
    ("etag", "modified"),
    [
        ('"abc"', "Fri, 20 Nov 2026 19:00:00 GMT"),
        ('W/"abc"', None),
        ("unquoted", None),
        ('"with, comma; and \\ slash"', None),
        ('"' + "x" * 2000 + '"', None),
        (None, "Fri, 20 Nov 2026 19:00:00 GMT"),
        (None, "Fri Nov 20 19:00:00 2026"),
        (None, "2026-11-20T19:00:00Z"),
        (None, "yesterday"),
        (None, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (None, "Fri, 20 Nov 2099 19:00:00 GMT"),
        (None, "-1"),
    ],
)
def test_validators_are_echoed_byte_for_byte(archive, stand, follow, clock, etag, modified):
    named = {"ETag": etag, "Last-Modified": modified}
    fields = [f"{name}: {value}" for name, value in named.items() if value]
    serve(stand, http(200, rss([]), *fields), http(304))
    follow()
    for _ in range(3):
        archive.sync()
        clock.ahead(hours=25)
    assert conditions(stand) == [(None, None), (etag, modified), (etag, modified)]


def test_a_304_may_bring_newer_validators_and_each_replaces_its_own_kind(
    archive, stand, follow, clock
):
    serve(
        stand,
        http(200, rss([]), 'ETag: "1"', "Last-Modified: one"),
        http(304, b"", 'ETag: "2"'),
        http(304, b"", "Last-Modified: two"),
        http(304),
    )
    follow()
    for _ in range(4):
        archive.sync()
        clock.ahead(hours=25)
    assert conditions(stand) == [
        (None, None), ('"1"', "one"), ('"2"', "one"), ('"2"', "two"),
    ]  # fmt: skip


def test_an_etag_is_replaced_though_body_and_last_modified_stay(archive, stand, follow, clock):
    serve(stand, *(feed([], f'ETag: "{one}"', "Last-Modified: same") for one in (1, 2, 3)))
    follow()
    for _ in range(3):
        archive.sync()
        clock.ahead(hours=25)
    assert [etag for etag, _ in conditions(stand)] == [None, '"1"', '"2"']


def test_validators_that_a_server_drops_are_not_sent_again(archive, stand, follow, clock):
    serve(
        stand,
        feed([], 'ETag: "1"', "Last-Modified: one"),
        feed([], "Last-Modified: two"),
        http(200, rss([])),
    )
    follow()
    for _ in range(4):
        archive.sync()
        clock.ahead(hours=27)
    assert conditions(stand) == [(None, None), ('"1"', "one"), (None, "two"), (None, None)]


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 502, 503])
def test_an_error_brings_no_validators_and_takes_none_away(archive, stand, follow, clock, status):
    serve(stand, feed([], 'ETag: "1"'), http(status, b"", 'ETag: "error"'), http(304))
    follow()
    for _ in range(3):
        archive.sync()
        clock.ahead(days=2)
    assert [etag for etag, _ in conditions(stand)] == [None, '"1"', '"1"']


def test_an_answer_that_broke_off_brings_no_validators(archive, stand, follow, clock):
    broken = http(200, b"<rss", 'ETag: "half"', length=900)
    serve(stand, broken, feed([], 'ETag: "whole"'), http(304))
    follow()
    for _ in range(3):
        archive.sync()
        clock.ahead(days=2)
    assert [etag for etag, _ in conditions(stand)] == [None, None, '"whole"']


def test_a_304_that_nobody_asked_for_is_no_answer(archive, stand, follow, clock):
    serve(stand, http(304), feed([f"{stand.base}/a-1"]))
    stand.scripts["/a-1"] = page("Bridge")
    follow()
    assert [one.kind for one in archive.sync().problems] == ["http-304"]
    clock.ahead(hours=2)
    assert archive.sync().new == 1


def test_validators_of_one_address_are_never_sent_to_another(archive, stand, follow, clock):
    stand.scripts["/feed"] = to("/real", 302)
    serve(stand, feed([], 'ETag: "1"'), http(304), path="/real")
    follow()
    archive.sync()
    clock.ahead(hours=2)
    report = archive.sync()
    assert conditions(stand) == [(None, None)] * 2
    assert [etag for etag, _ in conditions(stand, "/real")] == [None, '"1"']
    assert report.unchanged == 1


def test_a_new_address_of_a_moved_feed_is_asked_with_the_validators_it_gave(
    archive, stand, follow, clock
):
    stand.scripts["/feed"] = to("/real", 301)
    serve(stand, feed([], 'ETag: "1"'), http(304), path="/real")
    follow()
    archive.sync()
    archive.sync()
    assert len(asked(stand, "/real")) == 1  # not at once
    clock.ahead(hours=2)
    archive.sync()
    assert [etag for etag, _ in conditions(stand, "/real")] == [None, '"1"']
    assert len(asked(stand)) == 1


def test_pages_are_asked_conditionally_too(archive, stand, follow, clock):
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    serve(stand, page("Bridge", 'ETag: W/"p"', "Last-Modified: then"), http(304), path="/a-1")
    follow()
    archive.sync()
    clock.ahead(minutes=16)
    archive.sync()
    assert conditions(stand, "/a-1") == [(None, None), ('W/"p"', "then")]


# How often


def test_a_feed_is_asked_at_most_once_an_hour(stand, polls):
    serve(stand, feed([]), http(304))
    hours = polls(days=1)
    assert 18 <= len(hours) <= 24
    assert min(gaps(hours)) >= 1


@pytest.mark.parametrize("every", [60, 1800])
def test_a_stranger_is_not_asked_more_than_hourly_whatever_the_keeper_states(
    archive, stand, follow, clock, every, monkeypatch
):
    monkeypatch.setattr(Schedule, "_is_keepers", lambda *_: False)
    serve(stand, feed([]), http(304))
    follow(every=every)
    archive.sync()
    clock.ahead(minutes=59)
    archive.sync()
    assert len(asked(stand)) == 1
    clock.ahead(minutes=8)
    archive.sync()
    assert len(asked(stand)) == 2


def test_a_feed_without_validators_is_asked_once_in_24_hours(stand, polls):
    stand.scripts["/feed"] = http(200, rss([]))
    hours = polls(days=3)
    assert len(hours) == 3
    assert min(gaps(hours)) >= 24


def test_polls_are_not_all_at_the_same_minute(stand, polls):
    serve(stand, feed([]), http(304))
    assert len(set(gaps(polls(days=2)))) > 1


@pytest.mark.parametrize(
    ("fields", "more", "hours"),
    [
        (["Cache-Control: max-age=21600"], "", 6),
        (["Cache-Control: public, max-age=21600", "Age: 7200"], "", 4),
        (["Expires: in-six-hours"], "", 6),
        ([], "<ttl>360</ttl>", 6),
        ([], "<u:updatePeriod xmlns:u='http://purl.org/rss/1.0/modules/syndication/'>daily"
             "</u:updatePeriod><u:updateFrequency xmlns:u='http://purl.org/rss/1.0/modules/"
             "syndication/'>4</u:updateFrequency>", 6),
    ],
)  # fmt: skip
def test_a_feed_is_asked_as_slowly_as_it_says(archive, stand, follow, clock, fields, more, hours):
    def answer(_):
        expires = format_datetime(clocks.now() + timedelta(hours=6), usegmt=True)
        said = [one.replace("in-six-hours", expires) for one in fields]
        return feed([], *said, more=more)

    stand.scripts["/feed"] = answer
    follow()
    archive.sync()
    clock.ahead(hours=hours, minutes=-2)
    archive.sync()
    assert len(asked(stand)) == 1
    clock.ahead(minutes=2 + 6 * hours + 1)
    archive.sync()
    assert len(asked(stand)) == 2


def test_what_a_feed_said_holds_while_it_answers_304(stand, polls):
    serve(stand, feed([], 'ETag: "1"', more="<ttl>360</ttl>"), http(304))
    assert min(gaps(polls(days=2))) >= 6


def test_an_absurd_ttl_is_waited_out_for_a_week(archive, stand, follow, clock):
    stand.scripts["/feed"] = feed([], more=f"<ttl>{'9' * 4000}</ttl>")
    follow()
    archive.sync()
    clock.ahead(days=6, hours=23)
    archive.sync()
    assert len(asked(stand)) == 1
    clock.ahead(days=1)
    archive.sync()
    assert len(asked(stand)) == 2


def test_hours_and_days_that_a_feed_skips_are_skipped_also_after_a_304(stand, polls):
    skipped = "".join(f"<hour>{hour}</hour>" for hour in range(21, 24))
    more = f"<skipHours>{skipped}</skipHours><skipDays><day>Saturday</day></skipDays>"
    serve(stand, feed([], 'ETag: "1"', more=more), http(304))
    hours = polls(days=3)  # from Friday 20:00
    later = [20 + hour for hour in hours[1:]]
    assert all(hour // 24 != 1 for hour in later)
    assert all(hour % 24 < 21 for hour in later)
    assert len(later) > 10


def test_a_quiet_feed_is_asked_more_rarely(stand, polls):
    items = "".join(
        f"<item><guid>{day}</guid><title>{day}</title><pubDate>{day:02} Nov 2026 08:00:00 GMT"
        "</pubDate></item>"
        for day in range(1, 11)
    )
    serve(stand, feed([], 'ETag: "1"', more=items), http(304))
    assert min(gaps(polls(days=2))) >= 11


def test_the_schedule_survives_a_restart(archive, stand, follow, clock):
    serve(stand, feed([], 'ETag: "1"', "Cache-Control: max-age=10800"), http(304))
    follow()
    archive.sync()
    archive.close()
    clock.ahead(hours=2)
    with newskeep.open(archive.layout.root) as again:
        again.sync()
        assert len(asked(stand)) == 1
        clock.ahead(hours=2)
        again.sync()
    assert [etag for etag, _ in conditions(stand)] == [None, '"1"']


def test_the_schedule_survives_a_rebuild(archive, stand, follow, clock):
    serve(stand, feed([], 'ETag: "1"', more="<ttl>360</ttl>"), http(304))
    follow()
    archive.sync()
    archive.rebuild()
    clock.ahead(hours=5)
    archive.sync()
    assert len(asked(stand)) == 1
    clock.ahead(hours=2)
    archive.sync()
    assert [etag for etag, _ in conditions(stand)] == [None, '"1"']


# Asked to wait, and failures


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "hours"),
    [("14400", 4), ("in-four-hours", 4), ("999999999999999999", 168), ("9" * 400, 168)],
)
def test_retry_after_is_waited_out(archive, stand, follow, clock, status, value, hours):
    at = format_datetime(clocks.now() + timedelta(hours=4), usegmt=True)
    refusal = http(status, b"", f"Retry-After: {value.replace('in-four-hours', at)}")
    serve(stand, refusal, feed([]))
    follow()
    archive.sync()
    clock.ahead(hours=hours, minutes=-2)
    archive.sync()
    assert len(asked(stand)) == 1
    clock.ahead(minutes=10)
    archive.sync()
    assert len(asked(stand)) == 2


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "1e3", "Fri, 20 Nov 1999 20:00:00 GMT", "\x7f", "0"]
)
def test_a_retry_after_that_says_nothing_still_backs_off(archive, stand, follow, clock, value):
    serve(stand, http(429, b"", f"Retry-After: {value}"), feed([]))
    follow()
    archive.sync()
    clock.ahead(minutes=59)
    archive.sync()
    assert len(asked(stand)) == 1
    clock.ahead(minutes=10)
    archive.sync()
    assert len(asked(stand)) == 2


def test_a_bare_429_leaves_the_whole_host_alone_for_an_hour(archive, stand, follow, clock):
    stand.scripts["/feed"] = feed([f"{stand.base}/a-{number}" for number in (1, 2)])
    serve(stand, http(429), page("One"), path="/a-1")
    stand.scripts["/a-2"] = page("Two")
    follow()
    archive.sync()
    clock.ahead(minutes=59)
    archive.sync()
    assert stand.targets() == ["/feed", "/robots.txt", "/a-1"]
    clock.ahead(minutes=2)
    archive.sync()
    assert {"/a-1", "/a-2"} <= set(stand.targets()[3:])


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408, 401, 403, 404])
def test_a_feed_that_fails_is_asked_ever_more_rarely(stand, polls, status):
    stand.scripts["/feed"] = http(status)
    found = gaps(polls(days=4))
    assert min(found) >= 1
    assert found[:5] == sorted(found[:5])
    assert all(gap >= 24 for gap in found[5:])


def test_a_feed_that_is_gone_is_never_asked_again_and_says_so(archive, stand, polls):
    serve(stand, http(410))
    assert len(polls(days=2)) == 1
    (source,) = archive.sources().values()
    assert "410" in source.stopped


# Moves


@pytest.mark.parametrize(
    ("statuses", "where"),
    [
        ([301], "/b"), ([308], "/b"), ([301, 308], "/c"),
        ([302], "/feed"), ([303], "/feed"), ([307], "/feed"), ([302, 301], "/feed"),
        ([301, 302], "/b"), ([308, 307, 301], "/b"),
    ],
)  # fmt: skip
def test_only_a_permanent_move_changes_the_stored_address(archive, stand, follow, statuses, where):
    places = ["/feed", "/b", "/c", "/d"][: len(statuses) + 1]
    for place, target, status in zip(places, places[1:], statuses, strict=False):
        stand.scripts[place] = to(target, status)
    stand.scripts[places[-1]] = feed([])
    follow()
    archive.sync()
    (source,) = archive.sources().values()
    assert source.url == stand.base + where


@pytest.mark.parametrize("final", [http(404), http(500), page("Sign in"), http(200, b"")])
def test_a_move_to_what_is_no_feed_changes_nothing(archive, stand, follow, final):
    stand.scripts.update({"/feed": to("/b", 301), "/b": final})
    follow()
    archive.sync()
    (source,) = archive.sources().values()
    assert source.url == f"{stand.base}/feed"


@pytest.mark.parametrize("target", ["/feed", "/b", "/feed?x=1"])
def test_a_redirect_loop_ends(archive, stand, follow, target):
    stand.scripts.update({"/feed": to(target), "/b": to("/feed"), "/feed?x=1": to("/feed")})
    follow()
    (problem,) = archive.sync().problems
    assert problem.kind == "redirect-loop"
    assert len(stand.log) <= 2


def test_an_endless_chain_of_redirects_ends(archive, stand, follow):
    for number in range(100):
        stand.scripts[f"/feed{number}"] = to(f"/feed{number + 1}")
    follow("/feed0")
    (problem,) = archive.sync().problems
    assert problem.kind == "too-many-redirects"
    assert len(stand.log) <= 11


def test_a_stopped_source_that_is_taken_up_again_is_asked(archive, stand, follow, clock):
    serve(stand, http(410), feed([]))
    source = follow()
    archive.sync()
    archive.change_source(source)
    clock.ahead(hours=2)
    archive.sync()
    assert len(asked(stand)) == 2


# What is sent


def test_nothing_is_sent_that_nobody_needs(archive, stand, follow, clock):
    cookie = "Set-Cookie: session=1; Path=/"
    stand.scripts["/feed?b=2&a=1&utm_source=x"] = feed([f"{stand.base}/a-1?z=1&y=2"], cookie)
    stand.scripts["/a-1?z=1&y=2"] = page(
        "Bridge", cookie, more='<link rel="icon" href="/favicon.ico"><script src="/x.js"></script>'
    )
    follow("/feed?b=2&a=1&utm_source=x")
    for _ in range(3):
        archive.sync()
        clock.ahead(hours=2)
    targets = ["/feed?b=2&a=1&utm_source=x", "/robots.txt", "/a-1?z=1&y=2"]
    assert stand.targets()[:3] == targets
    assert set(stand.targets()) == set(targets)
    wanted = {"host", "accept", "accept-encoding", "user-agent"}
    conditional = {"if-none-match", "if-modified-since"}
    for one in stand.log:
        names = {name for name, _ in one.fields}
        assert wanted <= names <= wanted | conditional | {"connection"}


def test_only_get_is_used(archive, stand, follow):
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    stand.scripts["/a-1"] = page("Bridge", more="<img src=/p.jpg width=900 height=600>")
    follow()
    archive.sync()
    assert {one.method for one in stand.log} == {"GET"}


def test_codings_and_types_are_offered_and_we_say_who_we_are(configured, stand):
    archive = configured("[keeper]", 'contact = "mailto:keeper@harbour.example"')
    archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])
    stand.scripts["/feed"] = feed([])
    archive.sync()
    (one,) = asked(stand)
    assert re.split(r",\s*", one.field("accept-encoding")) == ["gzip", "deflate", "br", "zstd"]
    assert {"application/atom+xml", "application/rss+xml", "application/feed+json"} <= set(
        re.split(r"[,;]\s*", one.field("accept"))
    )
    assert one.field("user-agent") == (
        f"newskeep/{newskeep.__version__} (+mailto:keeper@harbour.example)"
    )


# robots.txt


def test_a_page_that_redirects_into_a_forbidden_place_is_not_followed_there(archive, stand, follow):
    stand.scripts["/robots.txt"] = http(200, b"User-agent: *\nDisallow: /private/\n")
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    stand.scripts.update({"/a-1": to("/private/a-1"), "/private/a-1": page("Bridge")})
    follow()
    report = archive.sync()
    assert "/private/a-1" not in stand.targets()
    assert [one.kind for one in report.problems] == ["robots-disallowed"]
