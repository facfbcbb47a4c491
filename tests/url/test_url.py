"""The form under which an address is known; resolving; comparing sites."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import url

SAME = [
    ("HTTP://Harbour.Example/A", "https://harbour.example/A"),
    ("http://a.example", "https://a.example/"),
    ("http://a.example:80/", "https://a.example/"),
    ("https://a.example:443/", "https://a.example/"),
    ("http://a.example:443/", "https://a.example/"),
    ("https://a.example:8443/x", "https://a.example:8443/x"),
    ("https://a.example./x", "https://a.example/x"),
    ("https://ada:secret@a.example/x", "https://a.example/x"),
    ("https://a.example/a/./b/../c", "https://a.example/a/c"),
    ("https://a.example/a/%2E%2e/b", "https://a.example/b"),
    ("https://a.example/../..", "https://a.example/"),
    ("https://a.example/a/..", "https://a.example/"),
    ("https://a.example/a/b/.", "https://a.example/a/b/"),
    ("https://a.example//a//b", "https://a.example//a//b"),
    ("https://a.example/%7Eada/%e6%a1%a5", "https://a.example/~ada/%E6%A1%A5"),
    ("https://a.example/桥 a", "https://a.example/%E6%A1%A5%20a"),
    ("https://a.example/a%2Fb", "https://a.example/a%2Fb"),
    ("https://a.example/100%", "https://a.example/100%"),
    ("https://a.example/a#top", "https://a.example/a"),
    ("https://a.example/#!/a", "https://a.example/#!/a"),
    ("https://a.example/a?", "https://a.example/a"),
    ("https://a.example/a?b=2&a=1", "https://a.example/a?b=2&a=1"),
    ("https://a.example/a?utm_source=x&id=1&fbclid=y", "https://a.example/a?id=1"),
    ("https://a.example/a?UTM%5FMedium=x", "https://a.example/a"),
    ("https://a.example/a?source=rss-1", "https://a.example/a"),
    ("https://a.example/a?source=bbc", "https://a.example/a?source=bbc"),
    ("https://a.example/a?utm=1&spam=2", "https://a.example/a?utm=1&spam=2"),
    (" https://a.exa\nmple/a\t ", "https://a.example/a"),
    ("https://例え.JP/", "https://xn--r8jz45g.jp/"),
    ("https://例え。jp/", "https://xn--r8jz45g.jp/"),
    ("https://faß.example/", "https://xn--fa-hia.example/"),
    ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
]


@pytest.mark.parametrize(("written", "known"), SAME)
def test_an_address_is_known_by_its_canonical_form(written, known) -> None:
    assert url.canonical(written) == known
    assert url.canonical(known) == known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/a", "https://a.example/a/"),
        ("https://a.example/a", "https://a.example/ab"),
        ("https://a.example/1", "https://a.example/12"),
        ("https://a.example/A", "https://a.example/a"),
        ("https://a.example/a?x=1&y=2", "https://a.example/a?y=2&x=1"),
        ("https://a.example/a", "https://www.a.example/a"),
        ("https://a.example:8080/", "https://a.example/"),
        ("https://fass.example/", "https://faß.example/"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
    ],
)
def test_addresses_that_may_differ_stay_apart(one, other) -> None:
    assert url.canonical(one) != url.canonical(other)


@pytest.mark.parametrize(
    "garbage",
    ["", "a", "mailto:a@b.example", "javascript:alert(1)", "ftp://a.example/", "http://", "http://...",
     "http://a b/", "http://a%2eb/", "http://[::1", "http://a.example:x/", "http://a.example:0/",
     "http://a.example:99999/", "http://a\\b/", "//a.example/", "http:///a", "http://a\u3000b/", "urn:x"],
)  # fmt: skip
def test_what_is_no_web_address_comes_back_as_it_is(garbage) -> None:
    assert url.canonical(f" {garbage}\n") == garbage
    assert not url.is_web(garbage)
    assert (url.host(garbage), url.origin(garbage)) == ("", "")


PIECES = [*"/.?#&=%;:@!~ abAB01é中\\\t\n\"<>|[]{}`^+", "%7e", "%2F", "%2e", "..", "utm_a=1", "source=rss",
          "%C3%A9", "\ud800", "\u3000", "\x85"]  # fmt: skip
HOSTS = ["a.example", "A.Example.", "faß.DE", "例え.jp", "a:443", "a:80", "[::1]:443", "u:p@a", "1.2.3.4",
         "a b", "", "..", "σς.gr", "ﬀ.de", "a." * 200, "é" * 70]  # fmt: skip


@settings(max_examples=500)
@given(
    st.sampled_from(["http://", "https://", "HTTP://", "//", "ftp://", ""]),
    st.sampled_from(HOSTS),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
)
def test_a_canonical_form_is_its_own(scheme, host, rest) -> None:
    known = url.canonical(scheme + host + rest)
    assert url.canonical(known) == known
    if url.is_web(scheme + host + rest):
        assert url.is_web(known)
        assert "#" not in known or "#!" in known


@given(st.text(max_size=60))
def test_nothing_makes_it_raise(text) -> None:
    url.canonical(text)
    url.absolute("https://a.example/b/c", text)
    url.without_trackers(text)
    url.same_site(text, text)


@given(
    st.sampled_from(["a.example", "b.co.uk", "10.0.0.1", "a.example.", "a..b", "x-"]),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_an_address_of_the_usual_shape_is_read_as_any_other(host, rest) -> None:
    usual, other = f"https://{host}/{rest}", f"https://ada@{host}/{rest}"
    assert url.canonical(usual) == url.canonical(other)
    assert url.origin(usual) == url.origin(other)
    assert url.host(usual) == url.host(other)


@given(
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(HOSTS),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_a_whole_address_means_what_resolving_it_would_give(scheme, host, rest) -> None:
    reference = f"{scheme}{host}{rest}"
    found = url.absolute("https://base.example/x/y?z", reference)
    stripped = re.sub(r"[\t\r\n]", "", reference.strip()).replace(" ", "%20")
    assert not found or found == urljoin("https://base.example/x/y?z", stripped)


def test_a_whole_address_needs_no_base() -> None:
    assert url.absolute("http://[broken", "https://a.example/b") == "https://a.example/b"
    assert url.absolute("http://[broken", "/b") == ""


def test_many_steps_up_cost_no_more_than_a_pass() -> None:
    path = "a/" * 100_000 + "../" * 100_000
    assert url.canonical(f"https://a.example/{path}") == "https://a.example/"


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("c.html", "https://a.example/b/c.html"),
        ("/c", "https://a.example/c"),
        ("//b.example/c", "https://b.example/c"),
        ("?x=1", "https://a.example/b/?x=1"),
        ("#top", "https://a.example/b/#top"),
        ("http://b.example", "http://b.example"),
        ("a b\n.jpg", "https://a.example/b/a%20b.jpg"),
        ("", ""),
        ("data:image/png;base64,AAAA", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("mailto:a@b.example", ""),
        ("http://[", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_a_reference_becomes_a_web_address_or_nothing(reference, found) -> None:
    assert url.absolute("https://a.example/b/", reference) == found


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("HTTP://A.example:80/x", "http://a.example"),
        ("https://a.example:443", "https://a.example"),
        ("http://a.example:443/x", "http://a.example:443"),
        ("https://[::1]:8/x", "https://[::1]:8"),
    ],
)
def test_an_origin_has_its_port_only_where_it_is_another(written, origin) -> None:
    assert url.origin(written) == origin


def test_a_host_is_in_lower_case_and_without_its_port() -> None:
    assert url.host("https://Ada@A.Example:81/x") == "a.example"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a.example", "www.a.example", True),
        ("news.a.co.uk", "www.a.co.uk", True),
        ("a.co.uk", "b.co.uk", False),
        ("a.example", "b.example", False),
        ("ba.example", "a.example", False),
        ("10.0.0.1", "10.1.0.1", False),
        ("[::1]", "[::1]", True),
        ("co.uk", "a.co.uk", False),
    ],
)
def test_a_site_is_its_registrable_domain(one, other, same) -> None:
    assert url.same_site(f"https://{one}/", f"http://{other}/x") is same
    assert not url.same_site("", "")


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("https://A.example/a?utm_source=x#top", "https://A.example/a#top"),
        ("https://a.example/a?id=1&gclid=2&x=3", "https://a.example/a?id=1&x=3"),
        ("https://a.example/a?id=1", "https://a.example/a?id=1"),
        ("/a?fbclid=1", "/a"),
        ("#?utm_a=1", "#?utm_a=1"),
        ("", ""),
    ],
)
def test_trackers_go_and_all_else_stays(written, left) -> None:
    assert url.without_trackers(written) == left
