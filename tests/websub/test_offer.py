"""What a document offers: the hub, and the name under which the hub knows it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.websub import offer
from newskeep.websub.offer import NONE, Offer

URL = "https://paper.example/feed"
HUB, OTHER = "https://hub.example/", "https://other.example/hub"
NAME = "https://paper.example/feed.xml"


def link(*values):
    return tuple(("Link", value) for value in values)


def read(document=b"", *links, content_type="text/xml", allow_hosts=()):
    return offer.read(URL, link(*links), document, content_type, allow_hosts)


def atom(*lines):
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(lines)}<entry/></feed>'.encode()


def rss(*lines):
    space = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    return f"<rss {space}><channel>{''.join(lines)}<item/></channel></rss>".encode()


@pytest.mark.parametrize(
    "links",
    [
        (f'<{HUB}>; rel="hub"', f'<{NAME}>; rel="self"'),
        (f'<{HUB}>; rel="hub", <{NAME}>; rel="self"',),
        (f"<{HUB}>;rel=hub,<{NAME}>;rel=self",),
        (f'<{NAME}>; title="a, <b>; rel=hub"; REL=Self , <{HUB}> ; rel = "next HUB"',),
        (f'<{HUB}>; rel="hub"', "</feed.xml>; rel=self; type=text/xml"),
        ("<//hub.example/>; rel=hub", "<feed.xml>; rel=self"),
    ],
    ids=str,
)
def test_header_fields_are_read_as_rfc_8288_says(links):
    assert read(b"", *links) == Offer(HUB, NAME)


@pytest.mark.parametrize(
    "document",
    [
        atom(f'<link rel="hub" href="{HUB}"/>', f'<link rel="self" href="{NAME}"/>'),
        atom(f'<link rel="self" href="/feed.xml"/><link href="{HUB}" rel="HUB"/>'),
        rss(f'<atom:link rel="hub" href="{HUB}"/><atom:link rel="self" href="{NAME}"/>'),
        rss(
            f'<link>https://paper.example/</link><atom:link rel="self" href="{NAME}"/>',
            f'<atom:link rel="hub" href="{HUB}"/>',
        ),
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "feed_url": NAME,
                "hubs": [
                    {"type": "rssCloud", "url": OTHER},
                    {"type": "WebSub", "url": HUB},
                    7,
                ],
                "items": [],
            }
        ).encode(),
    ],
    ids=["atom", "atom-relative", "rss", "rss-link", "json"],
)
def test_documents_name_hub_and_self(document):
    assert read(document) == Offer(HUB, NAME)


def test_header_fields_win_over_the_document():
    document = atom(f'<link rel="hub" href="{OTHER}"/>', '<link rel="self" href="/inside"/>')
    assert read(document, f"<{HUB}>; rel=hub, <{NAME}>; rel=self") == Offer(HUB, NAME)
    assert read(document, f"<{NAME}>; rel=self") == Offer(OTHER, NAME)


def test_a_document_that_does_not_name_itself_is_named_by_its_address():
    assert read(atom(f'<link rel="hub" href="{HUB}"/>')) == Offer(HUB, URL)


def test_an_entrys_links_are_not_the_feeds():
    entry = f'<entry><link rel="hub" href="{OTHER}"/><link rel="self" href="/x"/></entry>'
    assert read(atom(entry)) == NONE
    assert read(atom(entry, f'<link rel="hub" href="{HUB}"/>')) == Offer(HUB, URL)


@pytest.mark.parametrize(
    "document",
    [b"", b"<html>", b"{}", b"[1]", b'{"hubs": 7, "feed_url": []}', b"{" * 5000, atom()],
)
def test_where_no_hub_is_named_nothing_is_offered(document):
    assert read(document) == NONE


@pytest.mark.parametrize(
    ("hub", "asked"),
    [
        ("http://hub.example/x", "https://hub.example/x"),
        ("http://hub.example:8080/x", ""),
        ("ftp://hub.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://hub.example/" + "x" * 2000, ""),
    ],
)
def test_no_secret_is_told_in_the_clear(hub, asked):
    assert read(b"", f"<{hub}>; rel=hub").hub == asked


def test_a_hub_that_the_keeper_named_may_be_asked_in_the_clear():
    hub = "http://127.0.0.1:8080/hub"
    assert read(b"", f"<{hub}>; rel=hub", allow_hosts=["127.0.0.1"]).hub == hub


def test_of_several_hubs_the_first_that_can_be_asked_is_taken():
    assert (
        read(b"", f"<http://x.example:1/>; rel=hub, <{OTHER}>; rel=hub, <{HUB}>; rel=hub").hub
        == OTHER
    )


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text(alphabet='<>;,="\\ relhubsf/:.a', max_size=200), st.binary(max_size=100))
def test_nothing_makes_it_raise(value, document):
    read(document, value)


@pytest.mark.parametrize(
    "piece", ["<", "<>", '<a>;"', '<a>"\\"', "<a>;rel=hub,", "<a>; rel", "<" + " " * 50]
)
def test_no_repetition_makes_it_slow(piece):
    """Fields of 32 KB, forty of them: all that an answer may hold."""
    value = piece * (32_000 // len(piece))
    read(b"", *[value] * 40)
