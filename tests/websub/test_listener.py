"""What strangers send to the listener, and that it says nothing back but a challenge."""

from __future__ import annotations

import gzip
import json
import socket
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.hub import call

from newskeep import websub
from newskeep.errors import ArchiveBusy, ConfigError
from newskeep.layout import Layout
from newskeep.websub import listener, presence, spool
from newskeep.websub.offer import Offer

TOPIC = "https://paper.example/feed.xml"
FIELDS = {"hub.topic": TOPIC, "hub.mode": "subscribe", "hub.lease_seconds": "864000"}


@pytest.fixture
def form(listening):
    """A subscription that was asked for, as its hub knows it."""
    book = websub.book_of(listening.layout)
    book.add("s", Offer("https://hub.example/", TOPIC), listening.base, ())
    (one,) = book.all()
    return {**FIELDS, "hub.callback": one.address, "hub.secret": one.secret}


@pytest.fixture
def active(form, hub):
    """The same, verified."""
    assert hub.verify(form).status == 200
    return form


def waiting(listening):
    return websub.spool_of(listening.layout).waiting()


def raw(listening, *pieces, port=None):
    """What comes back for bytes as they are, until the listener hangs up."""
    with socket.create_connection(("127.0.0.1", port or listening.port), timeout=10) as line:
        for piece in pieces:
            line.sendall(piece)
        said = b""
        while piece := line.recv(1 << 16):
            said += piece
    return said


def test_the_challenge_is_said_back_as_plain_text_that_no_browser_guesses_at(form, hub):
    said = hub.verify(form, challenge="<script>alert(1)</script>")
    assert (said.status, said.body) == (200, b"<script>alert(1)</script>")
    assert said.fields["content-type"] == "text/plain; charset=utf-8"
    assert said.fields["x-content-type-options"] == "nosniff"
    assert said.fields["server"] == "newskeep"
    assert said.fields["connection"] == "close"


@pytest.mark.parametrize(
    "changed",
    [
        {"topic": "https://paper.example/other.xml"},
        {"topic": f"{TOPIC}/"},
        {"topic": ""},
        {"mode": "unsubscribe"},
        {"mode": "publish"},
        {"mode": ""},
        {"mode": "SUBSCRIBE"},
        {"challenge": ""},
        {"challenge": "x" * 2001},
        {"challenge": "a\r\nSet-Cookie: a=b"},
        {"topic": "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")},
    ],
    ids=str,
)
def test_what_we_did_not_ask_for_is_not_confirmed(form, hub, listening, changed):
    said = hub.verify(form, **changed)
    assert (said.status, said.body) == (404, b"")
    assert [one.state for one in websub.book_of(listening.layout).all()] == ["asked"]


def test_a_hub_of_the_older_kind_that_names_no_lease_is_given_the_one_we_asked_for(
    form, hub, listening
):
    assert hub.verify(form, lease_seconds="").status == 200
    assert listening.events[-1]["lease"] == 864000


def test_the_prefix_may_be_stripped_by_the_proxy_or_not(form, hub, listening):
    path = form["hub.callback"].rpartition("/")[2]
    for place in (path, f"websub/{path}", f"a/b/{path}"):
        moved = {**form, "hub.callback": f"http://127.0.0.1:{listening.port}/{place}"}
        assert hub.verify(moved).status == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_paths_are_not_to_be_guessed(form, listening, method):
    path = form["hub.callback"].rpartition("/")[2]
    guesses = [
        "",
        "/",
        f"/{path[:-1]}",
        f"/{path}/",
        f"/{path}x",
        f"/{path.swapcase()}",
        "/%00",
        "/..%2f",
    ]
    guesses += ["/' OR 1=1 --".replace(" ", "%20"), "/" + "A" * 43]
    for guess in guesses:
        said = call(listening.base + guess, method, b"x" if method == "POST" else b"")
        assert (said.status, said.body) == (404, b"")


def test_there_are_two_methods(form):
    for method in ("HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"):
        said = call(form["hub.callback"], method)
        assert (said.status, said.fields["allow"]) == (405, "GET, POST")


def test_nothing_is_taken_before_the_hub_has_asked_back(form, hub, listening):
    assert hub.push(form, b"<rss/>").status == 404
    assert waiting(listening) == []


def test_a_push_is_durable_before_it_is_acknowledged(active, hub, listening, monkeypatch):
    """The file has its name, and the disk was told, when 202 is said."""
    synced = []
    monkeypatch.setattr(spool.os, "fsync", lambda handle: synced.append("file"))
    monkeypatch.setattr(spool, "sync_folder", lambda folder: synced.append("folder"))
    assert hub.push(active, b"<rss/>").status == 202
    (path,) = waiting(listening)
    assert synced == ["file", "folder"]
    head, _, body = path.read_bytes().partition(b"\n")
    assert body == b"<rss/>"
    said = json.loads(head)
    assert (said["source"], said["topic"], said["hub"]) == ("s", TOPIC, "https://hub.example/")
    assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0


def test_the_same_push_is_one_file(active, hub, listening):
    for body in (b"<rss/>", b"<rss/>", b"<rss> </rss>"):
        assert hub.push(active, body).status == 202
    assert len(waiting(listening)) == 2


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate, gzip", "GZIP"])
def test_a_packed_push_is_refused_unread(active, hub, listening, coding):
    said = hub.push(active, gzip.compress(bytes(1 << 20)), Content_Encoding=coding)
    assert (said.status, said.fields["accept-encoding"]) == (415, "identity")
    assert waiting(listening) == []


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(listener, "MOST_BYTES", 1000)


@pytest.mark.usefixtures("small")
def test_a_push_may_be_so_large_and_no_larger(active, hub, listening):
    assert hub.push(active, b"x" * 1000).status == 202
    assert hub.push(active, b"x" * 1001).status == 413
    assert len(waiting(listening)) == 1
    assert listening.events[-1]["kind"] == "push-too-large"


def post(form, *fields):
    path = urlsplit(form["hub.callback"]).path
    return "\r\n".join((f"POST {path} HTTP/1.1", "Host: x", *fields, "", "")).encode("latin-1")


@pytest.mark.usefixtures("small")
def test_a_push_without_a_length_meets_the_same_limit(active, listening):
    pieces = [b"190\r\n" + b"x" * 0x190 + b"\r\n"] * 3
    said = raw(listening, post(active, "Transfer-Encoding: chunked"), *pieces)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert waiting(listening) == []


@pytest.mark.usefixtures("small")
def test_a_push_that_says_it_is_too_large_is_not_waited_for(active, listening):
    said = raw(listening, post(active, "Content-Length: 1001"), b"abc")
    assert said.startswith(b"HTTP/1.1 413 ")


def test_a_push_that_drips_is_given_up(active, listening, monkeypatch):
    monkeypatch.setattr(listener, "PATIENCE", 0.05)
    said = raw(listening, post(active, "Content-Length: 100"), b"abc")
    assert said.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("head", [b"", b"GET /web"])
def test_a_connection_lives_only_so_long_whatever_it_says(listening, monkeypatch, head):
    monkeypatch.setattr(listener, "_LONGEST_LIFE", 0.05)
    assert raw(listening, head) == b""


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense <script>\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(2000)) + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"<b>" * 9000 + b"\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 100,
    ],
    ids=lambda one: one[:20].decode("latin-1"),
)
@pytest.mark.filterwarnings("ignore")
def test_what_is_no_request_gets_a_number_and_nothing_else(listening, request_):
    with socket.create_connection(("127.0.0.1", listening.port), timeout=10) as line:
        line.sendall(request_)
        line.shutdown(socket.SHUT_WR)
        said = b""
        while piece := line.recv(1 << 16):
            said += piece
    assert said[9:12] in (b"", b"400"), said
    assert said.partition(b"\r\n\r\n")[2] == b""


def test_a_hub_that_hangs_up_is_nobodys_failure(active, listening, hub):
    with socket.create_connection(("127.0.0.1", listening.port)) as line:
        line.sendall(post(active, "Content-Length: 100") + b"abc")
    assert hub.push(active, b"<rss/>").status == 202
    assert listening.told() == ["subscribed", "pushed"]


def test_odd_bytes_in_fields_are_kept_as_answers_keep_them(active, hub, listening):
    import hashlib
    import hmac

    body = b"<rss/>"
    right = hmac.new(active["hub.secret"].encode(), body, hashlib.sha256).hexdigest()
    said = raw(
        listening,
        post(
            active,
            "Content-Length: 6",
            f"X-Hub-Signature: sha256={right}",
            "Content-Type: text/xml; x=\xff\xe9",
            "Link: <https://x.example/\xe4>; rel=self",
        ),
        body,
    )
    assert said.startswith(b"HTTP/1.1 202 ")
    (path,) = waiting(listening)
    push, _ = websub.spool_of(listening.layout).read(path)
    assert push.content_type == "text/xml; x=\xff\xe9"
    assert push.headers == (("Link", "<https://x.example/\xe4>; rel=self"),)


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=st.binary(max_size=60), signature=st.binary(max_size=60))
def test_no_query_and_no_signature_makes_it_fail(active, listening, query, signature):
    path = urlsplit(active["hub.callback"]).path
    escaped = "".join(f"%{byte:02x}" for byte in query)
    asked = f"GET {path}?hub.topic={escaped}&hub.mode=subscribe&hub.challenge={escaped} HTTP/1.1"
    assert raw(listening, f"{asked}\r\nHost: x\r\n\r\n".encode()).startswith(b"HTTP/1.1 404 ")
    asked = f"GET {path}?hub.topic={TOPIC}&hub.mode=subscribe&hub.challenge={escaped} HTTP/1.1"
    assert raw(listening, f"{asked}\r\nHost: x\r\n\r\n".encode())[9:12] in (b"200", b"404")
    given = signature.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")
    fields = b"Content-Length: 0\r\nX-Hub-Signature: " + given + b"\r\n\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\n".encode()
    assert raw(listening, head + fields)[9:12] in (b"202", b"400")
    assert "pushed" not in listening.told()


@pytest.mark.parametrize(
    ("limit", "most"), [("MOST_PUSHES", 1), ("MOST_BYTES", 500)], ids=["number", "bytes"]
)
def test_a_full_spool_takes_no_more_until_it_is_drained(
    active, hub, listening, monkeypatch, limit, most
):
    monkeypatch.setattr(spool, limit, most)
    assert hub.push(active, b"<rss/>").status == 202
    said = hub.push(active, b"x" * 400)
    assert (said.status, said.fields["retry-after"]) == (503, "3600")
    assert listening.events[-1]["kind"] == "push-refused"
    (path,) = waiting(listening)
    websub.spool_of(listening.layout).remove(path)
    assert hub.push(active, b"x" * 400).status == 202


def test_a_disk_that_refuses_is_told_and_the_hub_is_to_come_again(
    active, hub, listening, monkeypatch
):
    def full(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(spool.os, "fsync", full)
        assert hub.push(active, b"<rss/>").status == 503
    assert listening.events[-1]["event"] == "failed"
    folder = listening.layout.root / "websub" / "spool"
    assert list(folder.iterdir()) == []
    assert hub.push(active, b"<rss/>").status == 202


def test_what_a_killed_listener_left_unfinished_is_cleared(active, hub, listening):
    hub.push(active, b"<rss/>")
    (path,) = waiting(listening)
    path.with_name("1-a.push.unfinished").write_bytes(b"half")
    listening.stop()
    listening.start()
    assert list(path.parent.iterdir()) == [path]


def test_only_one_listens(listening, monkeypatch):
    monkeypatch.setattr(presence, "_PATIENCE", 0.0)
    with pytest.raises(ArchiveBusy, match="stop it first"), presence.held(listening.layout):
        pass


@pytest.mark.parametrize(
    "text", ["8642", ":8642", "localhost", "a b:1", "127.0.0.1:99999", "::1:80", ""]
)
def test_a_place_to_listen_is_host_and_port(text):
    with pytest.raises(ConfigError, match=r"write host:port, such as 127\.0\.0\.1:8642"):
        listener.address_of(text)


def test_places_to_listen():
    assert listener.address_of("127.0.0.1:8642") == ("127.0.0.1", 8642)
    assert listener.address_of("localhost:1") == ("localhost", 1)
    assert listener.address_of("[::1]:8642") == ("::1", 8642)


def test_presence_is_seen_by_others_and_ends(tmp_path):
    layout = Layout(tmp_path)
    assert not presence.is_held(layout)
    with presence.held(layout):
        assert presence.is_held(layout)
    assert not presence.is_held(layout)
