"""What a source may do wrong, and what then: it is told, waited out, and stops nobody else."""

from __future__ import annotations

import socket

import pytest
from support.feeds import feed, page, rss
from support.stand import http, to

from newskeep.catalogue.frontier import Task
from newskeep.errors import ConfigError, NotFound
from newskeep.sync import crawl

GONE = http(410, b"gone for good")
BUSY = http(503, b"busy")


@pytest.fixture
def paper(stand, follow):
    """A feed with one article."""
    stand.scripts["/feed"] = feed([f"{stand.base}/a-1"])
    stand.scripts["/a-1"] = page("Bridge")
    return follow(f"{stand.base}/feed")


def kinds(report):
    return [problem.kind for problem in report.problems]


# Asked to wait


def test_a_feed_that_asks_to_be_left_alone_is_left_alone(stand, paper, sync, clock):
    stand.scripts["/feed"] = http(429, b"slow down", "Retry-After: 18000")
    report, _ = sync()
    assert kinds(report) == ["http-429"]
    stand.scripts["/feed"] = feed([])
    clock.ahead(hours=4, minutes=59)
    sync()
    assert stand.targets() == ["/feed"]
    clock.ahead(minutes=2)
    assert sync()[0].problems == []
    assert stand.targets() == ["/feed", "/feed"]


def test_one_page_that_asks_for_it_leaves_the_whole_host_alone(stand, paper, sync, clock):
    stand.scripts["/feed"] = feed([f"{stand.base}/a-{number}" for number in (1, 2, 3)])
    stand.scripts["/a-1"] = http(503, b"", "Retry-After: 600")
    sync()
    assert stand.targets() == ["/feed", "/robots.txt", "/a-1"]
    clock.ahead(minutes=9)
    sync()
    assert len(stand.log) == 3
    stand.scripts.update({f"/a-{number}": page(f"Part {number}") for number in (1, 2, 3)})
    clock.ahead(minutes=2)
    report, _ = sync()
    assert sorted(stand.targets()[3:]) == ["/a-1", "/a-2", "/a-3"]
    assert report.problems == []


@pytest.mark.parametrize("value", ["999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_an_absurd_wait_is_bounded_to_a_week(stand, paper, sync, clock, value):
    stand.scripts["/feed"] = http(429, b"", f"Retry-After: {value}")
    sync()
    clock.ahead(days=6, hours=23)
    sync()
    assert len(stand.log) == 1
    clock.ahead(hours=2)
    sync()
    assert len(stand.log) == 2


def test_a_feed_that_asks_for_a_slower_pace_gets_it(stand, paper, sync, clock):
    stand.scripts["/feed"] = feed([], "Cache-Control: max-age=10800")
    sync()
    clock.ahead(hours=2, minutes=59)
    sync()
    assert len(stand.log) == 1
    clock.ahead(minutes=20)
    sync()
    assert len(stand.log) == 2


def test_a_source_on_the_keepers_own_server_has_its_own_interval(stand, follow, sync, clock):
    stand.scripts["/feed"] = http(200, rss([]))
    follow(f"{stand.base}/feed", every=300)
    sync()
    clock.ahead(minutes=4)
    sync()
    assert len(stand.log) == 1
    clock.ahead(minutes=2)
    sync()
    assert len(stand.log) == 2


# Failures


@pytest.mark.parametrize("answer", [BUSY, http(500), http(408), b"no http\r\n\r\n"])
def test_a_failing_feed_is_asked_again_later_and_later(stand, paper, sync, clock, answer):
    stand.scripts["/feed"] = answer
    asked = []
    for minutes in (0, 67, 60, 75, 230, 40):
        clock.ahead(minutes=minutes)
        before = len(stand.log)
        report, _ = sync()
        asked.append(len(stand.log) - before)
        assert len(report.problems) == asked[-1]
    assert asked == [1, 1, 0, 1, 0, 1]


@pytest.mark.parametrize("status", [401, 403, 404, 451])
def test_a_feed_that_is_refused_is_asked_again_after_an_hour(stand, paper, sync, clock, status):
    stand.scripts["/feed"] = http(status)
    sync()
    clock.ahead(minutes=59)
    sync()
    assert len(stand.log) == 1
    clock.ahead(minutes=8)
    sync()
    assert len(stand.log) == 2


def test_a_missing_picture_is_looked_for_again_and_at_last_no_more(stand, paper, sync, clock):
    stand.scripts["/a-1"] = page("Bridge", more='<img src="/lost.jpg" width="900" height="600">')
    for _ in range(12):
        sync()
        clock.ahead(days=1, hours=3)
    assert stand.targets().count("/lost.jpg") == 9


def test_a_page_that_did_not_change_is_not_sent_again(archive, stand, paper, sync, clock):
    answers = [page("Bridge", 'ETag: "1"'), http(304)]
    stand.scripts["/a-1"] = lambda asked: answers.pop(0)
    sync()
    clock.ahead(hours=1)
    report, _ = sync()
    assert stand.log[-1].field("if-none-match") == '"1"'
    assert report.problems == []
    assert len(archive.catalogue.captures_at(f"{stand.base}/a-1", role="page")) == 1
    assert archive.frontier.state(f"{stand.base}/a-1", "page").due is not None


@pytest.mark.parametrize("answer", [http(404), http(304)], ids=["missing", "a 304 unasked"])
def test_a_page_that_no_story_knows_is_looked_at_again(archive, stand, paper, sync, clock, answer):
    url, stand.scripts["/lost"] = f"{stand.base}/lost", answer
    archive.frontier.add([Task(url=url, role="page", source=paper.id, due=0.0)])
    sync()
    clock.ahead(minutes=61)
    sync()
    assert stand.targets().count("/lost") == 2


def test_a_feed_that_recovers_is_well_again(archive, stand, paper, sync, clock):
    good, stand.scripts["/feed"] = stand.scripts["/feed"], BUSY
    sync()
    assert [one.problem.kind for one in archive.status().sources if one.problem] == ["http-503"]
    stand.scripts["/feed"] = good
    clock.ahead(minutes=67)
    report, _ = sync()
    assert (report.new, report.problems) == (1, [])
    assert archive.frontier.state(paper.url).failures == 0
    assert not [one for one in archive.status().sources if one.problem]


def test_a_page_that_fails_is_given_up_after_many_tries(archive, stand, paper, sync, clock):
    stand.scripts["/a-1"] = http(500)
    for _ in range(12):
        sync()
        clock.ahead(days=1, hours=3)
    assert stand.targets().count("/a-1") == 9
    (dead,) = archive.frontier.dead()
    assert dead.url == f"{stand.base}/a-1"


def test_a_source_is_never_given_up(stand, paper, sync, clock):
    stand.scripts["/feed"] = BUSY
    for _ in range(12):
        sync()
        clock.ahead(days=1, hours=3)
    assert len(stand.log) == 12


def test_a_first_retry_is_waited_for(stand, paper, sync, monkeypatch):
    monkeypatch.setattr(crawl, "PATIENCE", 2.0)
    monkeypatch.setattr("newskeep.policy.retry_after", lambda failures, spread: 0.1)
    answers = [BUSY, page("Bridge")]
    stand.scripts["/a-1"] = lambda asked: answers.pop(0)
    report, _ = sync()
    assert kinds(report) == ["http-503"]
    assert stand.targets().count("/a-1") == 2


@pytest.mark.parametrize("status", [401, 403])
def test_a_closed_door_is_told(stand, paper, sync, status):
    stand.scripts["/feed"] = http(status)
    report, _ = sync()
    (problem,) = report.problems
    assert problem.message == f"{paper.url} answered {status}; the site does not let us in"


def test_a_redirect_to_nowhere_is_a_problem(stand, paper, sync):
    stand.scripts["/feed"] = http(302)
    assert kinds(sync()[0]) == ["http-302"]


def test_an_answer_without_content_is_told_and_asked_again_in_time(stand, paper, sync, clock):
    stand.scripts["/feed"] = http(204)
    assert kinds(sync()[0]) == ["http-204"]
    clock.ahead(minutes=59)
    assert sync()[0].sources == 0


# Gone and moved


def test_a_feed_that_is_gone_stops_its_source_and_says_so(archive, stand, paper, sync, clock):
    stand.scripts["/feed"] = GONE
    report, _ = sync()
    assert kinds(report) == ["http-410"]
    assert "find its new address, or unfollow it" in report.problems[0].message
    (source,) = archive.sources().values()
    assert source.stopped == f"the source answered 410 Gone ({paper.url})"
    clock.ahead(days=30)
    assert sync()[0].sources == 0
    assert stand.targets() == ["/feed"]


def test_what_a_stopped_source_gave_is_kept(archive, stand, paper, sync, clock):
    sync()
    stand.scripts["/feed"] = GONE
    clock.ahead(hours=2)
    sync()
    assert f"{stand.base}/a-1" in archive


@pytest.mark.parametrize("statuses", [[301], [308], [301, 308]])
def test_a_permanent_move_changes_the_stored_address(archive, stand, paper, sync, clock, statuses):
    places = ["/feed", *(f"/moved-{number}" for number in range(len(statuses)))]
    stand.scripts[places[-1]] = stand.scripts["/feed"]
    for place, target, status in zip(places, places[1:], statuses, strict=False):
        stand.scripts[place] = to(target, status)
    sync()
    (source,) = archive.sources().values()
    assert (source.id, source.url) == (paper.id, stand.base + places[-1])
    before = len(stand.log)
    clock.ahead(hours=2)
    report, _ = sync()
    assert "/feed" not in stand.targets()[before:]
    assert report.sources == 1
    assert archive[f"{stand.base}/a-1"].source == paper.id


@pytest.mark.parametrize(
    ("statuses", "final"),
    [
        ([302], feed([])),
        ([307], feed([])),
        ([301], page("Our new site")),
        ([301], http(404)),
    ],
)
def test_another_move_changes_nothing(archive, stand, paper, sync, statuses, final):
    places = ["/feed", *(f"/moved-{number}" for number in range(len(statuses)))]
    for place, target, status in zip(places, places[1:], statuses, strict=False):
        stand.scripts[place] = to(target, status)
    stand.scripts[places[-1]] = final
    sync()
    assert next(iter(archive.sources().values())).url == paper.url


def test_a_move_counts_as_far_as_it_is_permanent(archive, stand, paper, sync):
    stand.scripts.update({"/feed": to("/b", 301), "/b": to("/c", 302), "/c": feed([])})
    sync()
    assert next(iter(archive.sources().values())).url == f"{stand.base}/b"


def test_validators_of_a_redirects_target_are_sent_to_it_and_not_to_the_redirect(
    stand, paper, sync, clock
):
    stand.scripts["/feed"] = to("/other", 302)
    stand.scripts["/other"] = feed([], 'ETag: "1"')
    sync()
    clock.ahead(hours=2)
    sync()
    assert [one.field("if-none-match") for one in stand.log] == [None, None, None, '"1"']


def test_validators_are_kept_byte_for_byte_and_renewed_by_a_304(stand, paper, sync, clock):
    odd = 'W/"a,é"'.encode().decode("latin-1")
    answers = [
        feed([], f"ETag: {odd}", "Last-Modified: yesterday"),
        http(304, b"", 'ETag: "b"'),
        http(304),
        BUSY,
        http(200, rss([])),
        http(200, rss([])),
    ]
    stand.scripts["/feed"] = lambda asked: answers.pop(0)
    for _ in range(6):
        sync()
        clock.ahead(hours=27)
    sent = [(one.field("if-none-match"), one.field("if-modified-since")) for one in stand.log]
    again = ('"b"', "yesterday")
    assert sent == [(None, None), (odd, "yesterday"), again, again, again, (None, None)]


def test_withdrawn_articles_that_redirect_to_a_section_stay_apart_and_are_gone(
    archive, stand, follow, sync, clock
):
    names = ["alpha-ferry-story", "beta-harbour-story", "gamma-winter-story"]
    stand.scripts["/feed"] = feed([f"{stand.base}/2026/{name}" for name in names])
    stand.scripts.update({f"/2026/{name}": page(name) for name in names})
    stand.scripts["/latest-news-headlines/"] = page("Latest news headlines")
    follow(f"{stand.base}/feed")
    sync()
    stand.scripts.update({f"/2026/{name}": to("/latest-news-headlines/", 302) for name in names})
    for _ in range(3):
        clock.ahead(hours=2)
        sync()
    stories = [*archive.stories()]
    assert sorted(one.article.title for one in stories) == names
    assert {one.state for one in stories} == {"gone"}
    assert {len(one.revisions) for one in stories} == {1}


# Many sources


def test_one_dead_source_never_stops_the_rest(archive, stand, paper, follow, sync, clock):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    dead = {
        f"http://127.0.0.1:{port}/feed": "connection-refused",
        f"{stand.base}/teapot": "http-418",
        f"{stand.base}/noise": "bad-response",
        f"{stand.base}/circle": "redirect-loop",
        f"{stand.base}/broken": "incomplete-body",
        f"{stand.base}/inside": "address-refused",
        f"{stand.base}/scheme": "address-refused",
    }
    stand.scripts.update(
        {
            "/teapot": http(418),
            "/noise": b"\x00\x01\x02\r\n\r\n",
            "/circle": to("/circle2"),
            "/circle2": to("/circle"),
            "/broken": http(200, b"<rss", length=100),
            "/inside": to("http://10.0.0.1/feed"),
            "/scheme": to("gopher://example.com/feed"),
        }
    )
    for url in dead:
        follow(url)
    report, events = sync()
    assert {problem.url: problem.kind for problem in report.problems} == dead
    assert report.new == 1
    assert f"{stand.base}/a-1" in archive
    told = [one["problem"] for one in events if one["event"] == "problem"]
    assert told == report.problems
    shown = {one.source.url: one.problem.kind for one in archive.status().sources if one.problem}
    assert shown == dead


def test_a_source_that_is_no_feed_is_told(stand, paper, sync):
    stand.scripts["/feed"] = page("Welcome")
    report, _ = sync()
    (problem,) = report.problems
    assert problem.url == paper.url


HOSTILE = [
    " http://harbour.example/a-1", "http://user:secret@harbour.example/a-2", "http://10.0.0.1/a-3",
    "http://0x7f.1/a-4", "javascript:alert(1)", "file:///etc/passwd", "http://[::1/a-5",
    "http://harbour.example:99999/a-6", "http://localhost/a-7", "http://a..b/a-8",
    "http://169.254.169.254/latest/meta-data/", "ftp://harbour.example/a-10", "http://\x7f/a-11",
    "//[::ffff:127.0.0.1]/a-12", "http://harbour.example/" + "a" * 9000,
]  # fmt: skip


def test_a_feed_with_hostile_addresses_leads_nowhere_and_stops_nothing(archive, stand, paper, sync):
    stand.scripts["/feed"] = feed([*HOSTILE, f"{stand.base}/a-1"])
    report, _ = sync()
    assert stand.targets() == ["/feed", "/robots.txt", "/a-1"]
    assert f"{stand.base}/a-1" in archive
    assert "secret" not in str([problem.message for problem in report.problems])
    assert list(archive.check()) == []


def test_pictures_at_hostile_addresses_lead_nowhere(archive, stand, paper, sync):
    pictures = "".join(f'<p><img src="{one}" width="800" height="600"></p>' for one in HOSTILE)
    stand.scripts["/a-1"] = page("Bridge", more=pictures)
    sync()
    assert set(stand.targets()) <= {"/feed", "/robots.txt", "/a-1"}
    assert f"{stand.base}/a-1" in archive


# Hosts that a source may reach


def test_the_loopback_is_refused_without_leave(archive, stand, sync):
    source = archive.follow(f"{stand.base}/feed")
    report, _ = sync()
    (problem,) = report.problems
    assert (problem.kind, problem.url) == ("address-refused", source.url)
    assert "--allow-host 127.0.0.1" in problem.message
    assert stand.log == []


def test_leave_is_given_by_name_and_to_one_source_alone(archive, stand, sync):
    at = f"http://harbour.example:{stand.port}"
    stand.scripts.update({"/one": feed([f"{at}/a-1"]), "/two": feed([f"{at}/a-2"])})
    archive.follow(f"{at}/one", allow_hosts=["harbour.example"])
    archive.follow(f"{at}/two", allow_hosts=["other.example"])
    stand.scripts["/a-1"] = page("Bridge")
    report, _ = sync()
    assert stand.targets() == ["/one", "/robots.txt", "/a-1"]
    assert [problem.url for problem in report.problems] == [f"{at}/two"]


def test_a_page_elsewhere_inside_is_refused_though_its_feed_is_allowed(stand, paper, sync):
    stand.scripts["/feed"] = feed([f"http://inside.example:{stand.port}/a-1"])
    report, _ = sync()
    assert stand.targets() == ["/feed"]
    assert kinds(report) == ["address-refused"]


# Sources as they are stated


def test_a_source_that_is_stated_twice_is_asked_once(archive, stand, paper, sync):
    text = archive.layout.sources.read_text()
    again = text[text.index("[[source]]") :].replace(paper.id, "another")
    archive.layout.sources.write_text(text + again.replace("/feed", "/feed?utm_source=x"))
    assert len(archive.sources()) == 2
    report, _ = sync()
    assert len([target for target in stand.targets() if target.startswith("/feed")]) == 1
    assert (report.sources, report.new) == (1, 1)


def test_an_id_that_stands_twice_is_told_before_anything_is_asked(archive, stand, paper, sync):
    text = archive.layout.sources.read_text()
    archive.layout.sources.write_text(text + text[text.index("[[source]]") :])
    with pytest.raises(ConfigError, match="stands twice"):
        sync()
    assert stand.log == []


def test_a_source_that_is_no_longer_followed_is_no_longer_asked(archive, stand, paper, sync, clock):
    sync()
    archive.unfollow(paper)
    before = len(stand.log)
    clock.ahead(hours=2)
    sync()
    assert "/feed" not in stand.targets()[before:]


def test_only_one_source_is_asked_where_one_is_named(archive, stand, paper, follow, sync):
    stand.scripts["/other"] = feed([f"{stand.base}/b-1"], title="Other")
    stand.scripts["/b-1"] = page("Ferry")
    other = follow(f"{stand.base}/other", title="The Other")
    for name in (other.id, other.url, "The Other"):
        sync(only=name)
    assert stand.targets() == ["/other", "/robots.txt", "/b-1"]
    report, _ = sync()
    assert report.new == 1
    assert stand.targets()[3:] == ["/feed", "/a-1"]
    with pytest.raises(NotFound, match="no source is called 'nobody'"):
        sync(only="nobody")


def test_a_feed_without_a_name_gets_the_one_it_gives_itself(archive, stand, paper, sync):
    sync()
    assert archive.source_named("Harbour").id == paper.id


def test_an_event_names_what_it_is_about(stand, paper, sync):
    _, events = sync()
    captured = [one for one in events if one["event"] == "captured"]
    assert [one["role"] for one in captured] == ["feed", "robots", "page"]
    assert all(len(one["id"]) == 32 and one["status"] and one["url"] for one in captured)
    (new,) = [one for one in events if one["event"] == "new"]
    assert new["url"] == f"{stand.base}/a-1"


def test_without_anybody_to_tell_a_sync_goes_on_all_the_same(archive, stand, paper):
    assert archive.sync().new == 1
