"""What the client asks, what it takes, and what it says of servers that misbehave."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import zlib
from contextlib import asynccontextmanager

import brotli
import pytest
import zstandard
from support.stand import http, to

from newskeep import content
from newskeep.errors import AddressRefused, FetchError, TooLarge, TooSlow
from newskeep.fetch import guard, settings
from newskeep.fetch.client import ACCEPT, Client
from newskeep.fetch.settings import Settings
from newskeep.types import header

PAGE = b"<p>The bridge is open.</p>" * 40


def failure(get, url, error=FetchError, **facts):
    with pytest.raises(error) as told:
        get(url, **facts)
    return told.value.kind, str(told.value)


# What is asked


def test_a_request_says_who_asks_and_carries_no_secrets(stand, get):
    stand.scripts["/"] = http(200, PAGE, "Set-Cookie: id=1; Path=/")
    get("/", contact="mailto:keeper@example.org")
    (asked,) = stand.log
    assert asked.field("user-agent") == "newskeep/0.1.0 (+mailto:keeper@example.org)"
    names = [name for name, _ in asked.fields]
    assert names == ["host", "user-agent", "accept-encoding", "accept"]


def test_without_a_contact_the_product_stands_alone():
    assert Settings().user_agent == "newskeep/0.1.0"


def test_cookies_are_never_sent_back(stand):
    stand.scripts["/"] = http(200, PAGE, "Set-Cookie: id=1; Path=/")

    async def twice():
        async with Client(settings.Settings()) as client:
            for _ in range(2):
                await client.get(stand.base + "/", role="page", allow_hosts=["127.0.0.1"])

    asyncio.run(twice())
    assert [asked.field("cookie") for asked in stand.log] == [None, None]


def test_a_referrer_is_not_sent_along_a_redirect(stand, get):
    stand.scripts.update({"/": to("/b"), "/b": http(200, PAGE)})
    get("/")
    assert stand.log[1].field("referer") is None


@pytest.mark.parametrize("role", ["feed", "page", "image", "robots"])
def test_each_role_asks_for_its_kinds_of_content(stand, get, role):
    get("/", role=role)
    assert stand.log[0].field("accept") == ACCEPT[role]


def test_another_kind_of_source_asks_as_a_feed_unless_it_says_more(stand, get):
    get("/", role="bulletin")
    get("/", role="bulletin", accept="text/xml")
    assert [one.field("accept") for one in stand.log] == [ACCEPT["feed"], "text/xml"]


@pytest.mark.parametrize(
    ("etag", "modified"),
    [
        ('W/"odd, one"', "Sat, 21 Nov 2026 15:00:00 GMT"),
        ("unquoted", "yesterday"),
        ('"déjà"'.encode().decode("latin-1"), ""),
        ("", "Sat, 21 Nov 2026 15:00:00 GMT"),
    ],
)
def test_validators_are_echoed_byte_for_byte(stand, get, etag, modified):
    stand.scripts["/"] = http(304)
    (hop,) = get("/", etag=etag, last_modified=modified)
    (asked,) = stand.log
    sent = (asked.field("if-none-match"), asked.field("if-modified-since"))
    assert sent == (etag or None, modified or None)
    assert (hop.status, hop.payload) == (304, b"")


def test_a_validator_that_cannot_be_sent_as_it_came_is_not_sent(stand, get):
    stand.scripts["/"] = http(304)
    get("/", etag='"d\xe9j\xe0"', last_modified="yesterday")
    (asked,) = stand.log
    assert (asked.field("if-none-match"), asked.field("if-modified-since")) == (None, "yesterday")


def test_validators_of_a_redirects_target_go_to_it_alone(stand, get):
    stand.scripts.update({"/": to("/b", 302), "/b": http(304)})
    get("/", etag='"1"', validated=f"{stand.base}/b")
    assert [one.field("if-none-match") for one in stand.log] == [None, '"1"']


def test_validators_go_only_to_the_address_they_came_from(stand, get):
    stand.scripts.update({"/": to("/b"), "/b": http(200, PAGE)})
    get("/", etag='"1"', last_modified="Sat, 21 Nov 2026 15:00:00 GMT")
    first, second = stand.log
    assert first.field("if-none-match") == '"1"'
    assert second.field("if-none-match") is None
    assert second.field("if-modified-since") is None


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("/a?b=c%2Fd&e=%e4", "/a?b=c%2Fd&e=%e4"),
        ("/桥 1?港=“a”", "/%E6%A1%A5%201?%E6%B8%AF=%E2%80%9Ca%E2%80%9D"),
        ("/a/../b/./c//d", "/a/../b/./c//d"),
        ("/a#part", "/a"),
        ("/a?x=[1]|{2}&y='z'", "/a?x=[1]|{2}&y='z'"),
    ],
)
def test_an_address_is_sent_as_it_stands(stand, get, asked, sent):
    get(asked)
    assert stand.targets() == [sent]


def test_an_address_without_a_path_asks_for_the_root(stand, get):
    get(stand.base)
    assert stand.targets() == ["/"]


def test_an_international_name_is_sent_in_ascii(stand, get):
    get(f"http://b\xfccher.example:{stand.port}/", allow_hosts=["b\xfccher.example"])
    assert stand.log[0].field("host") == f"xn--bcher-kva.example:{stand.port}"


# What is taken


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
    ],
)
def test_codings_are_offered_and_bodies_kept_as_they_came(stand, get, coding, packed):
    stand.scripts["/"] = http(200, packed, f"Content-Encoding: {coding}")
    (hop,) = get("/")
    assert coding in stand.log[0].field("accept-encoding").split(", ")
    assert hop.payload == packed
    assert content.decode(hop.payload, coding, limit=1 << 20) == PAGE


def test_an_answer_is_kept_with_all_that_was_said(stand, get):
    fields = ("Content-Type: text/html", "X-Twice: a", "X-Twice: b", "X-Odd: d\xe9j\xe0")
    stand.scripts["/a"] = http(404, b"gone", *fields)
    (hop,) = get("/a", source="s1")
    assert (hop.status, hop.reason, hop.payload) == (404, "Said", b"gone")
    assert (hop.url, hop.role, hop.source) == (f"{stand.base}/a", "page", "s1")
    assert hop.content_type == "text/html"
    assert hop.remote_ip == "127.0.0.1"
    pairs = [pair for pair in hop.headers if pair[0].startswith("X-")]
    assert pairs == [("X-Twice", "a"), ("X-Twice", "b"), ("X-Odd", "d\xe9j\xe0")]
    assert header(hop.request_headers, "host") == f"127.0.0.1:{stand.port}"


def test_a_chunked_body_is_joined(stand, get):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    stand.scripts["/"] = [head, b"3\r\nabc\r\n", b"2\r\nde\r\n0\r\n\r\n"]
    assert get("/")[0].payload == b"abcde"


def test_a_body_without_a_length_ends_with_the_connection(stand, get):
    stand.scripts["/"] = b"HTTP/1.0 200 OK\r\n\r\nall of it"
    assert get("/")[0].payload == b"all of it"


@pytest.mark.parametrize("status", [200, 204, 304, 404, 500])
def test_short_answers_of_public_hosts_are_taken(stand, get, monkeypatch, status):
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    stand.scripts["/"] = http(status, b"" if status in (204, 304) else b"x")
    (hop,) = get(f"http://harbour.example:{stand.port}/", allow_hosts=())
    assert (hop.status, hop.remote_ip) == (status, "127.0.0.1")


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_hop_of_a_redirect_is_kept(stand, get, status):
    stand.scripts.update({"/a": to("/b?x=1", status), "/b?x=1": http(200, PAGE)})
    hops = get("/a")
    assert [hop.status for hop in hops] == [status, 200]
    assert [hop.url for hop in hops] == [f"{stand.base}/a", f"{stand.base}/b?x=1"]
    assert hops[0].payload == b"moved"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("b", "/news/b"),
        ("../b", "/b"),
        ("?page=2", "/news/a?page=2"),
        ("//127.0.0.1:{port}/b", "/b"),
        ("/b#part", "/b"),
        ("  /b ", "/b"),
        ("/桥".encode().decode("latin-1"), "/%E6%A1%A5"),
        ("/caf\xe9", "/caf%C3%A9"),
        ("/a b", "/a%20b"),
    ],
)
def test_a_location_is_resolved_as_browsers_do(stand, get, location, target):
    stand.scripts["/news/a"] = to(location.format(port=stand.port))
    get("/news/a")
    assert stand.targets() == ["/news/a", target]


@pytest.mark.parametrize("fields", [(), ("Location: ",)])
def test_a_redirect_without_a_target_is_an_answer(stand, get, fields):
    stand.scripts["/"] = http(302, b"", *fields)
    assert [hop.status for hop in get("/")] == [302]


@pytest.mark.parametrize("status", [300, 304, 200])
def test_a_location_on_another_answer_is_not_followed(stand, get, status):
    stand.scripts["/"] = http(status, b"", "Location: /b")
    assert len(get("/")) == 1


def test_redirects_in_a_circle_end(stand, get):
    stand.scripts.update({"/a": to("/b"), "/b": to("/a")})
    kind, message = failure(get, "/a")
    assert kind == "redirect-loop"
    assert f"{stand.base}/a redirects in a circle" in message
    assert stand.targets() == ["/a", "/b"]


def test_redirects_without_end_end(stand, get):
    stand.scripts.update({f"/{number}": to(f"/{number + 1}") for number in range(20)})
    assert failure(get, "/0", redirects=3)[0] == "too-many-redirects"
    assert stand.targets() == ["/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/", "http://localhost/", "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/", "http://user:pass@example.com/", "http://0x7f.1/", "//192.168.1.1/",
        "ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "gopher://x/",
    ],
)  # fmt: skip
def test_every_hop_is_guarded(stand, get, target):
    stand.scripts["/"] = to(target)
    kind, _ = failure(get, "/", AddressRefused)
    assert kind in ("address-refused", "bad-address", "not-web")
    assert stand.targets() == ["/"]


def test_a_redirect_to_what_is_no_address_names_both(stand, get):
    stand.scripts["/"] = to("mailto:editor@example.com")
    assert "redirects to 'mailto:editor@example.com'" in failure(get, "/", AddressRefused)[1]


def test_a_name_that_leads_inside_is_refused_also_after_a_redirect(stand, get):
    stand.scripts["/"] = to(f"http://inside.example:{stand.port}/secret")
    kind, message = failure(get, "/", AddressRefused)
    assert kind == "address-refused"
    assert "--allow-host inside.example" in message
    assert stand.targets() == ["/"]


# Limits


@pytest.fixture
def small(monkeypatch):
    """Bodies of a megabyte at most, for every role."""
    monkeypatch.setattr(settings, "LARGEST", {"feed": 1})
    return 1 << 20


@pytest.mark.parametrize(
    ("role", "megabytes"), [("feed", 20), ("page", 20), ("image", 30), ("sitemap", 20)]
)
def test_each_role_has_its_largest_body(role, megabytes):
    assert Settings().body_limit(role) == megabytes << 20


def test_a_body_that_is_said_to_be_too_large_is_not_read(stand, get, small):
    stand.scripts["/"] = http(200, b"x", length=small + 1)
    kind, message = failure(get, "/", TooLarge)
    assert kind == "too-large"
    assert f"{stand.base}/ is 1,048,577 bytes long; at most 1,048,576 are taken" in message


def test_a_body_that_does_not_end_is_cut_off(stand, get, small):
    def endless(asked):
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while not stand.stopped.is_set():
            yield b"x" * (1 << 16)

    stand.scripts["/"] = endless
    assert "longer than 1,048,576 bytes" in failure(get, "/", TooLarge)[1]


def test_a_body_of_the_largest_size_is_taken(stand, get, small):
    stand.scripts["/"] = http(200, b"x" * small)
    assert len(get("/")[0].payload) == small


def test_a_redirect_may_not_carry_a_large_body(stand, get):
    stand.scripts["/"] = http(301, b"x", "Location: /b", length=(1 << 20) + 1)
    assert failure(get, "/", TooLarge)[0] == "too-large"


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"x" * 40_000 + b"\r\n",
        b"".join(b"X-%d: y\r\n" % number for number in range(40_000)),
    ],
    ids=["one long field", "many fields"],
)
def test_a_header_without_end_is_refused(stand, get, head):
    stand.scripts["/"] = b"HTTP/1.1 200 OK\r\n" + head + b"Content-Length: 0\r\n\r\n"
    assert failure(get, "/")[0] == "bad-response"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_stays_small_until_it_is_decoded_and_is_counted_then(stand, get, coding):
    zeros = b"\0" * (8 << 20)
    pack = {
        "gzip": lambda: gzip.compress(zeros),
        "deflate": lambda: zlib.compress(zeros),
        "br": lambda: brotli.compress(zeros, quality=1),
        "zstd": lambda: zstandard.compress(zeros),
    }[coding]
    stand.scripts["/"] = http(200, pack(), f"Content-Encoding: {coding}")
    (hop,) = get("/")
    assert len(hop.payload) < 1 << 16
    with pytest.raises(TooLarge, match="decodes to more than 1,048,576 bytes"):
        content.decode(hop.payload, coding, limit=1 << 20)


# Failures


def test_a_slow_drip_meets_the_total_limit(stand, get):
    def drip(asked):
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        while not stand.stopped.wait(0.02):
            yield b"x"

    stand.scripts["/"] = drip
    kind, message = failure(get, "/", TooSlow, total_timeout=0.2)
    assert kind == "too-slow"
    assert f"{stand.base}/ did not answer in full within 0.2 seconds" in message


def test_a_silent_server_meets_the_limit_of_a_read(stand, get):
    stand.scripts["/"] = lambda asked: [b"HTTP/1.1 200 OK\r\n", stand.stopped.wait() and b""]
    kind, message = failure(get, "/", TooSlow, read_timeout=0.1)
    assert kind == "too-slow"
    assert "let us wait too long" in message


def test_hops_share_one_total_limit(stand, get):
    def slowly(number):
        return lambda asked: (stand.stopped.wait(0.05), to(f"/{number + 1}"))[1]

    stand.scripts.update({f"/{number}": slowly(number) for number in range(50)})
    assert failure(get, "/0", TooSlow, total_timeout=0.3, redirects=100)[0] == "too-slow"
    assert len(stand.log) < 10


def test_a_truncated_gzip_body_is_kept_and_gives_what_was_there(stand, get):
    lines = b"".join(b"<p>Line %d of the page.</p>" % number for number in range(2000))
    packed = gzip.compress(lines, mtime=0)[:-2000]
    stand.scripts["/"] = http(200, packed, "Content-Encoding: gzip")
    (hop,) = get("/")
    assert hop.payload == packed
    found = content.decode(hop.payload, "gzip", limit=1 << 20)
    assert 0 < len(found) < len(lines)
    assert lines.startswith(found)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (http(200, b"half", length=8), "incomplete-body"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "incomplete-body"),
        (b"", "incomplete-body"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "incomplete-body"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "bad-response"),
        (b"HTTP/1.1 two hundred\r\n\r\n", "bad-response"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "bad-response"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "bad-response"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "bad-response"),
    ],
)
def test_a_broken_answer_is_a_fetch_error_that_names_the_address(stand, get, said, kind):
    stand.scripts["/a"] = said
    assert failure(get, "/a")[0] == kind
    assert f"{stand.base}/a" in failure(get, "/a")[1]


def test_nobody_at_a_port_is_told(get):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kind, message = failure(get, f"http://127.0.0.1:{port}/")
    assert kind == "connection-refused"
    assert f"http://127.0.0.1:{port}/: no connection" in message


def test_a_server_that_speaks_no_tls_is_told(stand, get):
    stand.scripts["/"] = http()
    kind, message = failure(get, f"https://127.0.0.1:{stand.port}/")
    assert kind == "tls-failed"
    assert "no secure connection" in message


def test_an_unknown_name_is_told_and_nothing_is_asked(stand, get):
    async def nowhere(host, port):
        raise OSError("Name or service not known")

    kind, message = failure(get, f"http://nowhere.example:{stand.port}/", lookup=nowhere)
    assert kind == "dns-failed"
    assert "nowhere.example has no address" in message
    assert stand.log == []


def test_what_cannot_be_sent_is_told(get):
    assert failure(get, "/", etag='"1"\r\nX-More: 1')[0] == "fetch-failed"


def test_a_client_goes_on_after_failures(stand):
    stand.scripts.update({"/bad": b"no http\r\n\r\n", "/good": http(200, PAGE)})

    async def run():
        async with Client(settings.Settings()) as client:
            found = []
            for path in ("/bad", "/good", "/bad", "/good"):
                try:
                    hops = await client.get(
                        stand.base + path, role="page", allow_hosts=["127.0.0.1"]
                    )
                    found.append(hops[-1].status)
                except FetchError as error:
                    found.append(error.kind)
            return found

    assert asyncio.run(run()) == ["bad-response", 200, "bad-response", 200]


# A part


def part(stand, path, **facts):
    async def run():
        async with Client(Settings(), lookup=None) as client:
            return await client.part(
                stand.base + path, 100, 50, role="warc", allow_hosts=["127.0.0.1"], **facts
            )

    return asyncio.run(run())


def test_a_part_is_asked_for_by_its_bytes_uncoded_and_behind_redirects(stand):
    stand.scripts.update({"/": to("/b"), "/b": http(206, b"x" * 50)})
    answer = part(stand, "/", if_range='"one"')
    assert (answer.url, answer.status, answer.payload) == (stand.base + "/b", 206, b"x" * 50)
    for asked in stand.log:
        assert asked.field("range") == "bytes=100-149"
        assert asked.field("accept-encoding") == "identity"
        assert asked.field("if-range") == '"one"'


def test_a_part_is_asked_for_without_a_condition_where_none_is_known(stand):
    part(stand, "/")
    assert stand.log[0].field("if-range") is None


def test_a_request_that_is_made_again_takes_another_turn():
    """A server that keeps the line open for one answer, and hangs up on the next request."""
    asked, turns = [], []

    def serve(listener):
        for _ in range(2):
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(5)
                while connection.recv(1 << 16):
                    asked.append(len(asked))
                    if len(asked) == 2:
                        break
                    connection.sendall(http(200, b"one"))

    @asynccontextmanager
    async def turn(url):
        turns.append(url)
        yield

    async def run(url):
        async with Client(settings.Settings()) as client:
            for _ in range(2):
                await client.get(url, role="page", allow_hosts=["127.0.0.1"], turn=turn)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        asyncio.run(run(f"http://127.0.0.1:{listener.getsockname()[1]}/"))
    assert len(asked) == len(turns) == 3
