"""Which addresses may be asked: never the keeper's own network, however it is spelt."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.stand import http

from newskeep.errors import AddressRefused, FetchError
from newskeep.fetch import guard

PRIVATE = {
    "this network": "0.0.0.0", "private 10": "10.1.2.3", "carrier-grade NAT": "100.64.0.1",
    "carrier-grade NAT's end": "100.127.255.255", "loopback": "127.0.0.1",
    "all of loopback": "127.255.255.254", "link-local": "169.254.10.10",
    "cloud metadata": "169.254.169.254", "Azure's wire server": "168.63.129.16",
    "private 172": "172.16.0.1", "private 172's end": "172.31.255.255",
    "NAT64 discovery": "192.0.0.170", "Oracle's metadata": "192.0.0.192",
    "documentation 1": "192.0.2.1", "6to4 relay": "192.88.99.1", "private 192": "192.168.0.1",
    "benchmarks": "198.18.0.1", "documentation 2": "198.51.100.7", "documentation 3": "203.0.113.9",
    "multicast": "224.0.0.1", "reserved": "240.0.0.1", "broadcast": "255.255.255.255",
    "unspecified 6": "::", "loopback 6": "::1", "IPv4-compatible": "::7f00:1",
    "IPv4-mapped": "::ffff:127.0.0.1", "IPv4-mapped public": "::ffff:93.184.216.34",
    "IPv4-translated": "::ffff:0:127.0.0.1", "NAT64": "64:ff9b::a00:1",
    "NAT64 local": "64:ff9b:1::a00:1", "discard": "100::1", "Teredo": "2001:0:4136:e378::1",
    "documentation 6": "2001:db8::1", "6to4 of loopback": "2002:7f00:1::1",
    "documentation 6 more": "3fff::1", "segment routing": "5f00::1", "unique local": "fd00::1",
    "AWS metadata 6": "fd00:ec2::254", "unique local, other half": "fc00::1",
    "link-local 6": "fe80::1", "link-local 6 with a zone": "fe80::1%eth0", "site-local": "fec0::1",
    "multicast 6": "ff02::1",
}  # fmt: skip

PUBLIC = ["93.184.216.34", "1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700:4700::1111"]


def refusal(url, allow_hosts=()):
    with pytest.raises(AddressRefused) as told:
        guard.check_url(url, allow_hosts)
    return told.value.kind


def resolve(addresses, allow_hosts=(), host="news.example", port=80):
    async def lookup(name, number):
        if isinstance(addresses, Exception):
            raise addresses
        return addresses

    resolver = guard.GuardedResolver(allow_hosts, lookup)
    return [one["host"] for one in asyncio.run(resolver.resolve(host, port))]


@pytest.mark.parametrize("address", PRIVATE.values(), ids=PRIVATE)
def test_what_is_not_public_is_refused_as_literal_and_as_answer(address):
    host = f"[{address.replace('%', '%25')}]" if ":" in address else address
    assert refusal(f"http://{host}/") in ("address-refused", "bad-address")
    assert not guard.is_public(address)
    with pytest.raises(AddressRefused, match="news.example is at"):
        resolve([address])


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_may_be_asked(address):
    guard.check_url(f"https://[{address}]/" if ":" in address else f"https://{address}/")
    assert resolve([address]) == [address]


@pytest.mark.parametrize("address", ["", "localhost", "1.2.3", "93.184.216.34 "])
def test_what_is_no_ip_address_is_not_public(address):
    assert not guard.is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433", "0x7f000001", "0X7F000001", "017700000001", "0x7f.1", "127.1", "127.0.1",
        "0177.0.0.1", "127.0.0.0x1", "0x", "1", "127.0.0.1.", "8.8.8.8.", "999.1.1.1", "1.2.3.4.5",
        "１２７.0.0.１", "127。0。0。1", "①②⑦.0.0.1", "١٢٧.٠.٠.١", "0.0.0.0x7f000001",
    ],
)  # fmt: skip
def test_odd_spellings_of_numbers_are_refused(host):
    assert refusal(f"http://{host}/") in ("bad-address", "address-refused")


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "localhost.", "localhost..", "a.localhost", "printer.local",
        "box.lan", "nas.home.arpa", "wiki.intranet", "metadata.google.internal", "site.onion",
        "ｌｏｃａｌｈｏｓｔ", "ⓛocalhost", "db.internal.",
    ],
)  # fmt: skip
def test_private_names_are_refused_before_anything_is_resolved(host):
    assert refusal(f"http://{host}/") == "address-refused"


@pytest.mark.parametrize(
    "host", ["notlocalhost.example", "internal.example", "myhome.arpa.example"]
)
def test_names_that_only_look_private_may_be_asked(host):
    guard.check_url(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://user@example.com/", "http://user:secret@example.com/", "http://:@example.com/",
        "http://@example.com/", "http://example.com@10.0.0.1/", "http://10.0.0.1%40@example.com/",
        "http://example.com\\@127.0.0.1/", "http://a@b@example.com/",
    ],
)  # fmt: skip
def test_credentials_are_refused_and_never_repeated(url):
    with pytest.raises(AddressRefused) as told:
        guard.check_url(url)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "data:text/html,x",
        "javascript:alert(1)", "example.com", "//example.com/", "", "http:///path", "http:example",
        "ws://example.com/", "unix:/run/docker.sock", "https://", "http://?x",
    ],
)  # fmt: skip
def test_only_http_and_https_are_fetched(url):
    assert refusal(url) == "not-web"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com:0/", "http://example.com:99999/", "http://example.com:x/",
        "http://[::1/", "http://[zz]/", "http://exa mple.com/", "http://exam\tple.com/",
        " http://example.com/", "http://example.com/ ", "http://example.com/\r\nX: y",
        "http://127.0.0.1\\.example.com/", "http://127.0.0.1%2f.example.com/", "http://a..b/",
        "http://-a.example/", "http://" + "a" * 64 + ".example/", "http://ex\udcffample.com/",
        "http://example.com%00.evil.example/", "http://xn--\xfc.example/",
    ],
)  # fmt: skip
def test_what_is_no_proper_address_is_refused(url):
    assert refusal(url) == "bad-address"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com", "HTTPS://EXAMPLE.COM:8443/a?b#c", "https://example.com./",
        "https://bücher.example/", "https://新闻.example/", "https://a_b.example/",
        "https://xn--bcher-kva.example/", "http://example.com/a b", "http://example.com/@x:y",
    ],
)  # fmt: skip
def test_proper_public_addresses_may_be_asked(url):
    guard.check_url(url)


# allow_hosts


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("localhost", "http://localhost:8000/"),
        ("LocalHost", "http://LOCALHOST/"),
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("localhost:80", "http://localhost/"),
        ("localhost:443", "https://localhost/"),
        ("::1", "http://[::1]:8000/"),
        ("[::1]", "http://[::1]/"),
        ("[::1]:80", "http://[::1]/"),
        ("häuser.local", "http://h\xe4user.local/"),
        ("xn--huser-gra.local", "http://h\xe4user.local/"),
    ],
)
def test_a_host_that_is_named_may_be_asked(allowed, url):
    guard.check_url(url, [allowed])


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("localhost", "http://127.0.0.1/"),
        ("127.0.0.1", "http://127.0.0.2/"),
        ("127.0.0.1", "http://127.1/"),
        ("127.0.0.1:8000", "http://127.0.0.1:8001/"),
        ("localhost", "http://a.localhost/"),
        ("a.localhost", "http://localhost/"),
        ("localhost:80", "https://localhost/"),
        ("localhost", "http://localhost@10.0.0.1/"),
        ("*", "http://localhost/"),
        ("", "http://localhost/"),
        ("10.0.0.0/8", "http://10.0.0.1/"),
    ],
)
def test_a_host_that_is_not_named_exactly_is_refused(allowed, url):
    refusal(url, [allowed])


def test_allowing_a_host_allows_no_other_scheme():
    assert refusal("ftp://localhost/", ["localhost"]) == "not-web"


def test_an_allowed_name_may_lead_inside_and_only_that_one():
    assert resolve(["10.0.0.1"], ["news.example"]) == ["10.0.0.1"]
    assert resolve(["10.0.0.1"], ["news.example:8080"], port=8080) == ["10.0.0.1"]
    with pytest.raises(AddressRefused, match="--allow-host news.example"):
        resolve(["10.0.0.1"], ["other.example", "10.0.0.1", "news.example:8080"])


# Resolving


@pytest.mark.parametrize("others", [["93.184.216.34", "10.0.0.1"], ["::1", "93.184.216.34"]])
def test_one_private_answer_spoils_all(others):
    with pytest.raises(AddressRefused):
        resolve(others)


@pytest.mark.parametrize(
    "answer", [[], socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")]
)
def test_a_name_without_an_address_is_told(answer):
    with pytest.raises(FetchError, match="news.example has no address") as told:
        resolve(answer)
    assert told.value.kind == "dns-failed"


def test_the_system_is_asked_where_no_other_lookup_is_given():
    async def run():
        resolver = guard.GuardedResolver(["localhost"])
        found = await resolver.resolve("localhost", 80)
        await resolver.close()
        return {one["host"] for one in found}

    assert asyncio.run(run()) <= {"127.0.0.1", "::1"}


def test_answers_that_change_between_check_and_use_change_nothing(stand, get, monkeypatch):
    """A name that is public when it is checked and private after: it is looked up once."""
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    stand.scripts["/"] = http(200, b"x")
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked = []

    async def lookup(host, port):
        asked.append(host)
        return answers.pop(0)

    get(f"http://turns.example:{stand.port}/", allow_hosts=(), lookup=lookup)
    assert asked == ["turns.example"]


def test_the_next_connection_is_checked_anew(stand, get, monkeypatch):
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    stand.scripts["/"] = http(302, b"", f"Location: http://turns.example:{stand.port}/b")
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    async def lookup(host, port):
        return answers.pop(0)

    with pytest.raises(AddressRefused, match=r"turns\.example is at 10\.0\.0\.1"):
        get(f"http://turns.example:{stand.port}/", allow_hosts=(), lookup=lookup)
    assert stand.targets() == ["/"]


@pytest.mark.parametrize("peer", [("10.0.0.1", 80), ("::1", 80, 0, 0), None])
def test_a_peer_that_is_not_public_is_refused(peer):
    with pytest.raises(AddressRefused, match="which is not public"):
        guard.check_peer(peer, "news.example", 80, "http", ())
    guard.check_peer(peer, "news.example", 80, "http", ("news.example",))


def test_a_peer_that_is_public_passes():
    guard.check_peer(("93.184.216.34", 80), "news.example", 80, "http", ())


def test_a_peer_inside_is_refused_whatever_the_resolver_said(stand, get, monkeypatch):
    class Careless(guard.GuardedResolver):
        async def resolve(self, host, port=0, family=socket.AF_INET):
            return [guard._result(host, port, "127.0.0.1")]

    monkeypatch.setattr(guard, "GuardedResolver", Careless)
    with pytest.raises(AddressRefused, match=r"led to 127\.0\.0\.1"):
        get(f"http://news.example:{stand.port}/", allow_hosts=())


# For every private address

INSIDE = [ipaddress.ip_network(one) for one in ("10.0.0.0/8", "127.0.0.0/8", "192.168.0.0/16")]
inside = st.sampled_from(INSIDE).flatmap(
    lambda net: st.integers(int(net.network_address), int(net.broadcast_address))
)
SPELLINGS = {
    "decimal": str,
    "hex": hex,
    "octal": lambda number: f"0{number:o}",
    "hex parts": lambda number: ".".join(map(hex, number.to_bytes(4, "big"))),
    "octal parts": lambda number: ".".join(f"0{part:o}" for part in number.to_bytes(4, "big")),
    "two parts": lambda number: f"{number >> 24}.{number & 0xFFFFFF}",
    "three parts": lambda number: f"{number >> 24}.{number >> 16 & 255}.{number & 0xFFFF}",
    "dotted": lambda number: str(ipaddress.IPv4Address(number)),
    "dotted with a dot": lambda number: f"{ipaddress.IPv4Address(number)}.",
    "mapped": lambda number: f"[::ffff:{ipaddress.IPv4Address(number)}]",
    "compatible": lambda number: f"[::{ipaddress.IPv4Address(number)}]",
    "NAT64": lambda number: f"[64:ff9b::{ipaddress.IPv4Address(number)}]",
    "6to4": lambda number: f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::]",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@settings(max_examples=30, derandomize=True, deadline=None)
@given(number=inside)
def test_no_spelling_of_a_private_address_passes(spelling, number):
    refusal(f"http://{SPELLINGS[spelling](number)}/")


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=40))
def test_a_check_either_passes_or_refuses(text):
    for url in (text, f"http://{text}", f"https://[{text}]/"):
        with suppress(AddressRefused):
            guard.check_url(url)


def judged(url):
    try:
        guard.check_url(url, ["10.0.0.1:8080"])
    except AddressRefused as refused:
        return refused.kind
    return ""


@settings(derandomize=True, deadline=None)
@given(
    st.sampled_from(["news.example", "10.0.0.1", "127.1", "localhost", "a..b", "8.8.8.8", "0x7f"]),
    st.sampled_from(["", ":", ":0", ":80", ":08", ":8080", ":59999", ":65536", "@", ":8080@x"]),
    st.sampled_from(["", "/", "?", "#", "/a b", "\\", "/@x", "/\x7f", "?@x:1/", "/é"]),
)
def test_an_address_of_the_usual_shape_is_judged_as_any_other(host, port, rest):
    assert judged(f"http://{host}{port}{rest}") == judged(f"HTTP://{host}{port}{rest}")
