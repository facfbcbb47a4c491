"""From a capture to what it says: a pure function that nothing in the content can break."""

from __future__ import annotations

import gzip
import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.answers import SITE, answer, missing, page, picture, redirect, rss
from support.captures import post
from support.values import at

from newskeep import derive, keep
from newskeep.captures import payload_digest
from newskeep.derive import Deriver, resolved
from newskeep.errors import CaptureError
from newskeep.twins import is_article_like, is_twin
from newskeep.types import Capture, Ref

TEXT = ["The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs."] * 3
DERIVER = Deriver()


def capture(received, **facts) -> Capture:
    """A capture of what was received, as if it had been kept."""
    return Capture(
        **{
            "id": "c" * 32,
            "url": received.url,
            "time": at(0),
            "kind": received.kind,
            "role": received.role,
            "digest": payload_digest(received.payload),
            "ref": Ref("a.warc.gz", 0, 1),
            "source": received.source,
            "status": received.status,
            "headers": received.headers,
            "content_type": dict(received.headers).get("Content-Type", received.content_type),
            "payload": received.payload,
            **facts,
        }
    )


def derived(received, **facts):
    return DERIVER.derive(capture(received, **facts))


def kinds(found):
    return [one.kind for one in found.problems]


def test_a_page_shows_its_wording():
    (seen,) = derived(page("/bridge-1", "Bridge opens", TEXT)).observations
    assert (seen.kind, seen.rank, seen.door) == (keep.CONTENT, keep.RANK_PAGE, "page")
    assert seen.addresses == (f"{SITE}/bridge-1",)
    assert seen.article.title == "Bridge opens"


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_missing_says_so(status):
    (seen,) = derived(missing("/bridge-1", status)).observations
    assert seen.kind == keep.MISSING


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_any_other_answer_says_nothing_of_the_wording(status):
    found = derived(page("/bridge-1", "Error", TEXT, status=status))
    assert [one.kind for one in found.observations] == [keep.TROUBLE]
    assert kinds(found) == [f"http-{status}"]


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json"])
def test_what_is_no_page_says_nothing(kind):
    found = derived(answer("/bridge-1", b"%PDF", kind))
    assert [one.kind for one in found.observations] == [keep.TROUBLE]
    assert kinds(found) == ["not-html"]


@pytest.mark.parametrize(
    "kind", ["", "text/html", "TEXT/HTML; charset=gbk", "application/xhtml+xml"]
)
def test_pages_come_under_several_names(kind):
    found = derived(page("/bridge-1", "Bridge", TEXT), content_type=kind)
    assert found.observations[0].kind == keep.CONTENT


@pytest.mark.parametrize("payload", [b"", b"\x1f\x8b", gzip.compress(b"x" * 9000)[:20], b"plain"])
def test_a_body_whose_coding_is_broken_is_told_or_read_as_it_is(payload):
    found = derived(page("/bridge-1", "Bridge", TEXT), payload=payload)
    assert len(found.observations) == 1


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(derive, "MOST_DECODED", 10_000)
    found = derived(answer("/bridge-1", b"<p>" + b"x" * 100_000, "text/html"))
    assert kinds(found) == ["too-large"]
    assert found.observations[0].kind == keep.TROUBLE


def test_an_extractor_that_fails_at_a_document_does_not_stop_the_rest(monkeypatch):
    def failing(html, **facts):
        raise RecursionError("too deep")

    deriver = Deriver()
    monkeypatch.setattr(deriver, "_page", failing)
    found = deriver.derive(capture(page("/bridge-1", "Bridge", TEXT)))
    assert kinds(found) == ["extractor-failed"]
    assert "RecursionError: too deep" in found.problems[0].message
    assert [one.kind for one in found.observations] == [keep.TROUBLE]


def test_every_entry_of_a_feed_is_an_observation_of_its_own():
    found = derived(rss([("/a-1", "Bridge", "Open."), ("/b-2", "Ferry", "Ends.")]))
    assert [one.addresses[0] for one in found.observations] == [f"{SITE}/a-1", f"{SITE}/b-2"]
    assert [one.position for one in found.observations] == [0, 1]
    assert {one.door for one in found.observations} == {"feed:s"}
    assert {one.rank for one in found.observations} == {keep.RANK_SUMMARY}
    assert len({one.id for one in found.observations}) == 2
    assert found.feed.title == "Harbour"


def test_a_feed_that_carries_the_text_ranks_higher_so_does_a_long_summary():
    long = "The bridge is open again, and the lorries are back on it. " * 30
    for found in (
        derived(rss([("/a-1", "Bridge", "Open again.")], full=True)),
        derived(rss([("/a-1", "Bridge", long)])),
    ):
        assert [one.rank for one in found.observations] == [keep.RANK_FEED]


def test_entries_without_an_address_are_known_by_their_id():
    feed = (
        '<rss version="2.0"><channel><title>Harbour</title>'
        '<item><guid isPermaLink="false">n1</guid><title>One</title></item>'
        "<item><title>Two</title></item></channel></rss>"
    )
    received = answer("/feed.xml", feed.encode(), "application/rss+xml", role="feed")
    names = [one.addresses for one in derived(received).observations]
    assert all(len(one) == 1 and one[0].startswith("urn:newskeep:entry:") for one in names)
    assert len(set(names)) == 2
    assert [one.addresses for one in derived(received).observations] == names


def test_an_entry_that_stands_twice_is_one():
    found = derived(rss([("/a-1", "Bridge", "Open."), ("/a-1", "Bridge", "Open.")]))
    assert len(found.observations) == 1


def test_a_feed_that_failed_says_nothing():
    assert derived(replace(rss([("/a", "x", "y")]), status=500)).observations == ()


def test_a_feed_that_is_none_is_a_problem_and_no_story():
    found = derived(answer("/feed.xml", b"<html>no feed", "text/html", role="feed"))
    assert found.observations == ()
    assert found.problems


def test_pictures_and_robots_say_nothing_of_stories():
    assert derived(picture("/p.jpg")) == derive.Derived()
    assert derived(answer("/robots.txt", b"User-agent: *", role="robots")) == derive.Derived()


def test_a_kind_of_source_that_nobody_brings_is_a_problem():
    found = derived(answer("/x", b"x", role="gopher"))
    assert "no source is called 'gopher'" in found.problems[0].message


def test_a_post_is_seen_through_its_own_door_under_two_addresses():
    text = (
        "---\ntitle: The bridge\nfrom: https://example.com/a-1\ncategories: [ Harbour ]\n---\n"
        f"<p>{TEXT[0]}</p>"
    )
    (seen,) = derived(post(payload=text.encode())).observations
    assert (seen.door, seen.source) == ("post", "site:Harbour")
    assert "https://example.com/a-1" in seen.addresses


def test_a_post_that_is_none_is_a_problem():
    found = derived(post(payload=b"\xff"))
    assert kinds(found) == ["unreadable"]
    assert found.observations == ()


def test_a_redirect_joins_two_addresses_of_articles():
    (seen,) = derived(redirect("/go/77", "/2026/bridge-opens-77")).observations
    assert seen.kind == keep.TROUBLE
    assert seen.addresses == (f"{SITE}/go/77", f"{SITE}/2026/bridge-opens-77")


@pytest.mark.parametrize("target", ["/", "/opinion", "/login?next=/a", "/404", "", "/sign-in"])
def test_a_redirect_to_a_front_page_or_a_wall_joins_nothing(target):
    (seen,) = derived(redirect("/go/77", target)).observations
    assert seen.addresses == (f"{SITE}/go/77",)


@pytest.mark.parametrize(
    ("given", "canonical", "joined"),
    [
        ("/amp/news/alpha", "/news/alpha", True),
        ("/news/alpha/amp", "/news/alpha", True),
        ("/news/alpha-print", "/news/alpha", True),
        ("/news/alpha.html", "/news/alpha", True),
        ("/news/politics/alpha", "/news/politics", False),
        ("/news/alpha", "/", False),
        ("/news/alpha", "/news/beta", False),
    ],
)
def test_a_page_and_its_canonical_are_one_where_they_end_alike(given, canonical, joined):
    seen = is_twin(f"{SITE}{given}", f"{SITE}{canonical}")
    assert seen is joined
    hop = derived(redirect(given, canonical)).observations[0]
    assert (
        f"{SITE}{canonical}".rstrip("/") in [one.rstrip("/") for one in hop.addresses]
    ) is joined


@pytest.mark.parametrize(
    ("url", "target", "joined", "kind"),
    [
        ("/2026/alpha-ferry-story", "/latest-news-headlines/", False, keep.MISSING),
        ("/2026/gamma-winter-story", "/winter-sports-and-more-today", False, keep.MISSING),
        ("/s/section-story-on-engineers", "/list-12/", False, keep.MISSING),
        ("/2026/alpha-ferry-story", "/", False, keep.MISSING),
        ("/2026/alpha-ferry-story", "/login?next=/2026/alpha-ferry-story", False, keep.TROUBLE),
        ("/2026/alpha-ferry-story", "https://consent.elsewhere.example/", False, keep.TROUBLE),
        ("/2026/alpha-ferry-story", "/news/alpha-ferry-story-sails", True, keep.TROUBLE),
        ("/2026/alpha-ferry-story", "/news/the-alpha-ferry-is-back", True, keep.TROUBLE),
        ("/2026/alpha-ferry-story", "/news/1234567.html", True, keep.TROUBLE),
        ("/?p=123", "/2026/alpha-ferry-story", True, keep.TROUBLE),
        ("/a-1", "/b-2-bridge-opens", True, keep.TROUBLE),
        ("/2026/alpha-ferry-story", "https://other.example/an-archive-of-1999", True, keep.TROUBLE),
    ],
)
def test_a_withdrawn_article_is_not_what_it_redirects_to(url, target, joined, kind):
    (seen,) = derived(redirect(url, target)).observations
    assert (len(seen.addresses) == 2, seen.kind) == (joined, kind)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/2026/11/bridge", False),
        ("https://example.com/bridge-opens-again", True),
        ("https://example.com/story77", True),
        ("https://example.com/averyveryverylongname", True),
        ("https://example.com/a?id=7", True),
        ("https://example.com/a?page=x", False),
        ("https://example.com/subscribe-now-77", False),
        ("https://example.com/%E6%A1%A5", True),
        ("https://example.com/", False),
        ("", False),
    ],
)
def test_what_looks_like_an_articles_address(url, expected):
    assert is_article_like(url) is expected


def test_a_revisit_without_its_payload_says_nothing():
    assert derived(page("/a-1", "x", TEXT), kind="revisit", payload=b"") == derive.Derived()


def test_a_revisit_is_resolved_from_the_first_capture():
    repeated = capture(page("/a-1", "x", TEXT), kind="revisit", payload=b"")

    class Shelf:
        def read(self, ref):
            return capture(page("/a-1", "x", TEXT), ref=ref)

    found = resolved(Shelf(), repeated, lambda digest: Ref("a.warc.gz", 7, 9))
    assert found.payload == page("/a-1", "x", TEXT).payload
    with pytest.raises(CaptureError, match="not in this archive; run: newskeep check"):
        resolved(Shelf(), repeated, lambda digest: None)


def test_a_deriver_can_be_sent_to_another_process():
    one = capture(page("/a-1", "Bridge", TEXT))
    assert pickle.loads(pickle.dumps(DERIVER)).derive(one) == DERIVER.derive(one)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["page", "feed", "post", "image", "robots"]),
    st.sampled_from(["text/html", "application/rss+xml", "text/markdown", "\x00"]),
    st.sampled_from([200, 301, 404, 500]),
)
def test_no_content_breaks_it(payload, role, kind, status):
    received = answer("/a-1", b"", kind, role=role, status=status)
    found = derived(replace(received, headers=()), payload=payload, content_type=kind)
    assert all(one.kind in (keep.CONTENT, keep.MISSING, keep.TROUBLE) for one in found.observations)
    assert "extractor-failed" not in kinds(found)
