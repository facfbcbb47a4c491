"""From following a source to reading what its hub pushed, and every way out of it."""

from __future__ import annotations

import pytest
from support.hub import call
from support.stand import http

from newskeep import websub
from newskeep.errors import CaptureError
from newskeep.websub import hubs

FORM = {"hub.callback", "hub.mode", "hub.topic", "hub.lease_seconds", "hub.secret"}


def titles(archive):
    return sorted(story.article.title for story in archive.stories())


def kinds(report):
    return [problem.kind for problem in report.problems]


def test_a_hub_is_asked_for_what_is_followed_and_tells_what_is_new(
    archive, source, paper, hub, listening
):
    archive.sync()
    (form,) = hub.asked
    assert set(form) == FORM
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == f"{paper.base}/feed.xml"
    assert form["hub.callback"].startswith(f"{listening.base}/")
    assert not websub.is_pushed(archive, source.id)
    assert hub.verify(form).body == b"c4a11e<b>&nge"
    assert websub.is_pushed(archive, source.id)
    paper.publish("two", "one")
    assert hub.push(form, paper.feed).status == 202
    polls = paper.polls
    report = archive.sync()
    assert (report.new, kinds(report)) == (1, [])
    assert titles(archive) == ["one opens", "two opens"]
    assert paper.polls == polls
    assert "/two-2026" in paper.targets(), "a pushed entry's page is fetched, as a polled one's"
    assert listening.told() == ["subscribed", "pushed"]


def test_what_was_pushed_is_a_resource_with_what_was_said_of_it(archive, subscribed, paper, hub):
    hub.push(subscribed, paper.made("two"), Authorization="Basic c2VjcmV0", Date="today")
    archive.sync()
    at = archive.catalogue.captures_at(subscribed["hub.topic"], role="feed")
    capture = next(one for one in at if one.kind == "resource")
    whole = archive.payload(capture)
    assert whole.payload == paper.made("two")
    assert whole.status == 0
    assert whole.source == next(iter(archive.sources()))
    assert whole.content_type == "application/rss+xml"
    assert dict(whole.headers) == {
        "Newskeep-Push": f"websub {hub.url}",
        "Newskeep-Push-Date": "today",
        "Newskeep-Push-Link": f'<{hub.url}>; rel="hub", <{subscribed["hub.topic"]}>; rel="self"',
    }


def test_an_archive_with_pushes_is_sound_and_rebuilt_alike(archive, subscribed, paper, hub):
    hub.push(subscribed, paper.made("two"))
    archive.sync()
    before = archive.digest()
    assert [*archive.check()] == []
    assert archive.rebuild() == before
    assert websub.is_pushed(archive, next(iter(archive.sources())))


def test_nothing_is_asked_where_no_callback_is_set(opened, paper, hub):
    archive = opened("")
    source = archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
    archive.sync()
    assert hub.asked == []
    assert not websub.is_pushed(archive, source.id)


def test_nothing_is_asked_while_nobody_listens(archive, source, hub, listening):
    listening.stop()
    report = archive.sync()
    assert hub.asked == []
    assert kinds(report) == ["nobody-listens"]
    assert "newskeep listen" in report.problems[0].message
    listening.start()
    assert kinds(archive.sync()) == []
    assert len(hub.asked) == 1
    assert archive.status().problems == ()


def test_the_listener_needs_no_lock_and_no_lock_needs_the_listener(archive, source, paper, hub):
    archive.sync()
    (form,) = hub.asked
    with archive.writing():
        assert hub.verify(form).status == 200
        assert hub.push(form, paper.made("two")).status == 202
    assert archive.sync().new == 1


def test_a_hub_is_asked_once_until_the_lease_is_two_thirds_over(
    archive, subscribed, hub, clock, source
):
    clock.ahead(days=6)
    archive.sync()
    assert len(hub.asked) == 1
    clock.ahead(days=1)
    archive.sync()
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe"] * 2
    assert hub.asked[1] == subscribed, "the hub renews what it has"
    assert hub.verify(hub.asked[1]).status == 200
    clock.ahead(days=9)
    assert websub.is_pushed(archive, source.id)


def test_a_source_is_pushed_until_the_lease_that_the_hub_named_ends(archive, source, hub, clock):
    archive.sync()
    hub.lease = "7200"
    hub.verify(hub.asked[0])
    clock.ahead(seconds=7199)
    assert websub.is_pushed(archive, source.id)
    clock.ahead(seconds=2)
    assert not websub.is_pushed(archive, source.id)


def test_polls_are_a_day_apart_while_pushed_but_no_further_than_the_lease(
    archive, source, hub, clock
):
    archive.sync()
    assert websub.slowed(archive, source.id, 3600.0) == 3600.0
    hub.verify(hub.asked[0])
    assert websub.slowed(archive, source.id, 3600.0) == 86400.0
    assert websub.slowed(archive, source.id, 90000.0) == 90000.0
    clock.ahead(days=9, hours=22)
    assert websub.slowed(archive, source.id, 3600.0) == pytest.approx(7200.0, abs=60)
    clock.ahead(hours=2)
    assert websub.slowed(archive, source.id, 3600.0) == 3600.0


def test_a_source_is_asked_hourly_until_it_is_pushed_then_daily_and_hourly_again(
    archive, paper, hub, clock
):
    paper.scripts["/feed.xml"] = http(200, paper.feed, "Content-Type: text/xml", 'ETag: "1"')
    archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"], every=3600)
    polls = []

    def later(**span):
        clock.ahead(**span)
        archive.sync()
        polls.append(paper.polls)

    later(seconds=0)
    later(minutes=70)
    hub.lease = str(2 * 86400)
    assert hub.verify(hub.asked[0]).status == 200
    later(minutes=70)
    later(hours=20)
    later(hours=5)
    assert polls == [1, 2, 3, 3, 4]
    later(hours=23)
    later(minutes=70)
    later(minutes=70)
    assert polls[-3:] == [5, 6, 7], "the lease is over"


def test_a_very_long_lease_is_not_believed(archive, source, hub, clock):
    archive.sync()
    hub.lease = "9999999999"
    hub.verify(hub.asked[0])
    clock.ahead(days=31)
    assert not websub.is_pushed(archive, source.id)


@pytest.mark.parametrize("lease", ["0", "-1", "1e9", "many", "99999999999"])
def test_a_lease_that_is_no_number_of_seconds_is_not_confirmed(archive, source, hub, lease):
    archive.sync()
    assert hub.verify(hub.asked[0], lease_seconds=lease).status == 404
    assert not websub.is_pushed(archive, source.id)


def test_a_hub_that_does_not_ask_back_is_told_of_and_asked_again_after_a_day(
    archive, source, hub, clock
):
    archive.sync()
    clock.ahead(hours=23)
    assert kinds(archive.sync()) == []
    assert len(hub.asked) == 1
    clock.ahead(hours=2)
    assert kinds(archive.sync()) == ["hub-silent"]
    assert len(hub.asked) == 2


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_refusal_is_told_and_the_hub_asked_again_after_a_day(archive, source, hub, clock, status):
    hub.status = status
    report = archive.sync()
    assert kinds(report) == [f"hub-{status}"]
    assert [one.kind for one in archive.status().problems] == [f"hub-{status}"]
    clock.ahead(hours=23)
    archive.sync()
    assert len(hub.asked) == 1
    hub.status = 202
    clock.ahead(hours=2)
    archive.sync()
    assert hub.verify(hub.asked[1]).status == 200
    archive.sync()
    assert archive.status().problems == ()


def test_a_hub_that_is_not_there_is_told(archive, paper, clock):
    paper.links = '<atom:link rel="hub" href="http://127.0.0.1:9/"/>'
    paper.publish("one")
    archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
    assert kinds(archive.sync()) == ["connection-refused"]


def test_the_address_guard_stands_before_hubs(archive, paper, clock):
    paper.links = '<atom:link rel="hub" href="https://169.254.169.254/latest"/>'
    paper.publish("one")
    archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
    assert kinds(archive.sync()) == ["address-refused"]


@pytest.mark.parametrize("status", [307, 308])
def test_a_hub_may_send_us_to_another_one(archive, source, hub, status):
    hub.status, hub.fields = status, {"Location": f"{hub.base}/other"}
    assert kinds(archive.sync()) == []
    assert hub.targets == ["/hub", "/other"]
    assert hub.asked[0] == hub.asked[1]


def test_a_hub_that_sends_us_in_a_circle_is_told(archive, source, hub):
    hub.status, hub.fields = 307, {"Location": hub.url}
    assert kinds(archive.sync()) == ["hub-moved"]


def test_a_denial_ends_a_subscription(archive, source, subscribed, hub, clock):
    denied = hub.verify(subscribed, mode="denied", reason="<script>", challenge="")
    assert (denied.status, denied.body) == (200, b"")
    assert not websub.is_pushed(archive, source.id)
    assert kinds(archive.sync()) == ["hub-denied"]
    assert hub.push(subscribed, b"<rss/>").status == 410
    assert hub.verify(subscribed).status == 404
    clock.ahead(days=40)
    archive.sync()
    assert len(hub.asked) == 1


def test_what_is_unfollowed_is_unsubscribed(archive, source, subscribed, paper, hub):
    archive.unfollow(source)
    assert hub.push(subscribed, paper.made("two")).status == 202
    report = archive.sync()
    form = hub.asked[1]
    assert form == {
        "hub.mode": "unsubscribe",
        "hub.topic": subscribed["hub.topic"],
        "hub.callback": subscribed["hub.callback"],
    }
    assert (report.new, kinds(report)) == (0, []), "what came too late is not kept"
    assert hub.push(subscribed, paper.made("three")).status == 410
    assert hub.verify(form, lease_seconds="").status == 200
    assert hub.push(subscribed, paper.made("three")).status == 410
    assert not websub.is_pushed(archive, source.id)


def test_an_end_that_nobody_wants_is_not_confirmed(subscribed, hub, archive, source):
    assert hub.verify(subscribed, mode="unsubscribe").status == 404
    assert websub.is_pushed(archive, source.id)


def test_a_subscription_goes_with_its_hub_and_another_comes_with_another(
    archive, source, subscribed, paper, hub, clock
):
    paper.links = f'<atom:link rel="hub" href="{hub.base}/second"/>'
    paper.publish("one", "two")
    clock.ahead(days=2)
    archive.sync()
    archive.sync()
    asked = [
        (form["hub.mode"], target) for form, target in zip(hub.asked, hub.targets, strict=True)
    ]
    assert sorted(asked[1:]) == [("subscribe", "/second"), ("unsubscribe", "/hub")]
    assert len({form["hub.callback"] for form in hub.asked}) == 2
    paper.links = ""
    paper.publish("one", "two", "three")
    clock.ahead(days=2)
    archive.sync()
    archive.sync()
    assert (hub.asked[-1]["hub.mode"], hub.targets[-1]) == ("unsubscribe", "/second")


def test_what_has_ended_is_forgotten_when_its_lease_is_over(
    archive, source, subscribed, hub, clock
):
    archive.unfollow(source)
    archive.sync()
    hub.verify(hub.asked[1])
    clock.ahead(days=11)
    archive.sync()
    book = websub.book_of(archive.layout)
    assert (book.all(), book.offers()) == ([], {})
    assert call(subscribed["hub.callback"]).status == 404


def test_a_source_that_stopped_is_unsubscribed(archive, source, subscribed, paper, hub, clock):
    paper.scripts["/feed.xml"] = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
    clock.ahead(days=2)
    archive.sync()
    assert hub.asked[-1]["hub.mode"] == "unsubscribe"


def test_another_callback_is_another_subscription(
    archive, opened, source, subscribed, hub, listening
):
    archive.close()
    moved = opened(listening.base + "/moved")
    moved.sync()
    assert sorted(form["hub.mode"] for form in hub.asked[1:]) == ["subscribe", "unsubscribe"]
    new = next(form for form in hub.asked[1:] if form["hub.mode"] == "subscribe")
    assert hub.verify(new).status == 200


def test_an_error_offers_nothing_and_takes_nothing_back(opened, paper, hub, clock):
    archive = opened("")
    archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
    archive.sync()
    paper.scripts["/feed.xml"] = http(500, b"down")
    clock.ahead(days=2)
    archive.sync()
    archive.close()
    opened().sync()
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe"]


def test_link_header_fields_come_before_the_document(archive, paper, hub):
    link = f'Link: <{hub.base}/head>; rel="hub", </canonical.xml>; rel=self'
    paper.scripts["/feed.xml"] = http(200, paper.feed, "Content-Type: text/xml", link)
    archive.follow(f"{paper.base}/feed.xml", allow_hosts=["127.0.0.1"])
    archive.sync()
    assert hub.targets == ["/head"]
    assert hub.asked[0]["hub.topic"] == f"{paper.base}/canonical.xml"


# What is not what it seems


@pytest.mark.parametrize(
    "signature", ["sha256=" + "0" * 64, "", "sha256=", "md5=0", "nonsense", "sha1=" + "é" * 40]
)
def test_a_push_with_a_wrong_signature_is_answered_and_dropped_and_told(
    archive, subscribed, paper, hub, listening, signature
):
    said = hub.push(subscribed, paper.made("two"), X_Hub_Signature=signature)
    assert (said.status, said.body) == (202, b"")
    report = archive.sync()
    assert (report.new, kinds(report)) == (0, ["push-unsigned"])
    assert [one.kind for one in archive.status().problems] == ["push-unsigned"]
    assert listening.told()[-1] == "dropped"
    archive.sync()
    assert archive.status().problems == ()


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_method_of_signing_is_known(archive, subscribed, paper, hub, method):
    hub.push(subscribed, paper.made("two"), method=method)
    assert archive.sync().new == 1


def test_a_replay_changes_nothing(archive, subscribed, paper, hub):
    old, new = paper.made("two"), paper.made("two", "three")
    for body in (old, old, new):
        assert hub.push(subscribed, body).status == 202
    report = archive.sync()
    assert report.new == 2
    before = archive.digest(), archive.status().captures
    for body in (old, new):
        assert hub.push(subscribed, body).status == 202
    assert archive.sync().captured == 0
    assert (archive.digest(), archive.status().captures) == before


def test_a_push_that_is_no_feed_is_kept_and_told(archive, subscribed, hub):
    hub.push(subscribed, b"<html>down for repairs</html>", Content_Type="text/html")
    report = archive.sync()
    assert (report.captured, kinds(report)) == (1, ["not-a-feed"])


# What breaks in between


def test_a_listener_that_was_stopped_goes_on_where_it_was(
    archive, subscribed, paper, hub, listening
):
    hub.push(subscribed, paper.made("two"))
    listening.stop()
    listening.start()
    assert hub.push(subscribed, paper.made("three")).status == 202
    assert archive.sync().new == 2


class Killed(BaseException):
    """The end of a process."""


def test_a_sync_killed_before_a_push_is_taken_out_keeps_it_once(
    archive, opened, subscribed, paper, hub, monkeypatch
):
    def killed(self, path):
        raise Killed

    paper.publish("two")
    hub.push(subscribed, paper.feed)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("newskeep.websub.spool.Spool.remove", killed)
        archive.sync()
    archive.close()
    again = opened()
    before = again.status().captures
    report = again.sync()
    assert titles(again) == ["one opens", "two opens"]
    assert again.status().captures == before + report.captured
    assert report.captured == 1, "the page of what was pushed"
    assert websub.spool_of(again.layout).waiting() == []


def test_pages_are_asked_for_though_a_kill_came_between_them_and_the_push(
    archive, opened, subscribed, paper, hub, monkeypatch
):
    def killed(self, taken, source):
        raise Killed

    paper.publish("two")
    hub.push(subscribed, paper.feed)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("newskeep.sync.settle.Settler.follow", killed)
        archive.sync()
    archive.close()
    opened().sync()
    assert paper.targets().count("/two-2026") == 1


def test_a_spool_file_of_another_shape_is_told_and_removed(archive, subscribed):
    spool = websub.spool_of(archive.layout)
    folder = archive.layout.root / "websub" / "spool"
    folder.mkdir()
    for name, data in (
        ("1-a.push", b"nonsense"),
        ("2-b.push", b"\xff\n"),
        ("3-c.push", b'{"source":1}\n'),
    ):
        (folder / name).write_bytes(data)
    report = archive.sync()
    assert [problem.kind for problem in report.problems] == ["push-unreadable"] * 3
    assert spool.waiting() == []


# Secrets


def test_the_secrets_stand_in_one_file_for_its_owner_alone(archive, subscribed, paper, hub):
    hub.push(subscribed, paper.made("two"))
    hub.push(subscribed, paper.made("three"), X_Hub_Signature="sha1=0")
    events = []
    archive.sync(on_event=events.append)
    secret = subscribed["hub.secret"].encode()
    path = subscribed["hub.callback"].rpartition("/")[2].encode()
    assert len(secret) == 64
    assert len(path) == 43
    root = archive.layout.root
    holding = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*")
        if file.is_file() and (secret in file.read_bytes() or path in file.read_bytes())
    }
    assert holding == {"websub/subscriptions.sqlite"}
    assert (root / "websub/subscriptions.sqlite").stat().st_mode & 0o777 == 0o600
    assert (root / "websub").stat().st_mode & 0o777 == 0o700
    for capture in archive.captures.walk():
        said = repr(archive.payload(capture))
        assert secret.decode() not in said
        assert path.decode() not in said
    assert secret.decode() not in repr(events)
    assert secret.decode() not in repr(websub.book_of(archive.layout).all())


def test_each_source_has_a_path_and_a_secret_of_its_own(archive, source, paper, hub):
    paper.scripts["/other.xml"] = paper.scripts["/feed.xml"]
    archive.follow(f"{paper.base}/other.xml", allow_hosts=["127.0.0.1"])
    archive.sync()
    for name in ("hub.callback", "hub.secret"):
        assert len({form[name] for form in hub.asked}) == 2


def test_damaged_captures_neither_stop_a_sync_nor_end_a_subscription(
    archive, source, subscribed, paper, hub, monkeypatch
):
    def damaged(self, capture):
        raise CaptureError("the record is damaged; run: newskeep check")

    paper.publish("two")
    hub.push(subscribed, paper.feed)
    archive.sync()
    hub.push(subscribed, paper.feed)
    with monkeypatch.context() as patch:
        patch.setattr("newskeep.archive.Archive.payload", damaged)
        archive.sync()
    assert websub.is_pushed(archive, source.id)
    assert websub.spool_of(archive.layout).waiting() == []


def test_so_many_hubs_are_asked_at_a_time_and_the_rest_with_the_next_syncs(
    archive, paper, hub, monkeypatch
):
    monkeypatch.setattr(hubs, "MOST_ASKED", 2)
    for number in range(5):
        paper.scripts[f"/{number}.xml"] = paper.scripts["/feed.xml"]
        archive.follow(f"{paper.base}/{number}.xml", allow_hosts=["127.0.0.1"])
    asked = []
    for _ in range(3):
        archive.sync()
        asked.append(len(hub.asked))
    assert asked[-1] == 5
    assert asked[0] <= 4, "two while it fetches, and two at its end"
    assert len({form["hub.callback"] for form in hub.asked}) == 5
