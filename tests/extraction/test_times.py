"""When it was published and changed: the best evidence first, kept in its own zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.pages import PROSE, URL, document, json_ld, meta, paragraphs, read, story

from newskeep import dates
from newskeep.extraction import Hints
from newskeep.types import Stamp

RECEIVED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def shown(stamp: Stamp | None) -> str:
    return dates.show(stamp) if stamp else ""


def published(inside: str = "", *, url: str = URL, **facts) -> str:
    return shown(read(story(inside, **facts), url=url, received=RECEIVED).published)


LD = json_ld(datePublished="2026-10-30T09:15:00+08:00")
META = meta(article__published_time="2026-10-29T08:00:00Z")
MICRODATA = '<span itemprop="datePublished" content="2026-10-28T07:00:00Z">then</span>'
TIME = '<time datetime="2026-10-27T06:00:00Z">27 October</time>'
DATED = "https://harbour.example/2026/10/26/bridge"
VISIBLE = '<p class="date">20 October 2026, 5:00 pm</p>'


@pytest.mark.parametrize(
    ("head", "inside", "url", "expected"),
    [
        (LD + META, MICRODATA + TIME + VISIBLE, DATED, "2026-10-30 09:15 +08:00"),
        (META, MICRODATA + TIME + VISIBLE, DATED, "2026-10-29 08:00 UTC"),
        ("", MICRODATA + TIME + VISIBLE, DATED, "2026-10-28 07:00 UTC"),
        ("", TIME + VISIBLE, DATED, "2026-10-27 06:00 UTC"),
        ("", VISIBLE, DATED, "2026-10-26"),
        ("", VISIBLE, URL, "2026-10-20 17:00 UTC"),
        ("", "", URL, ""),
    ],
)
def test_better_evidence_outranks_weaker(head, inside, url, expected):
    assert published(inside, head=head, url=url) == expected


def test_a_time_beats_a_bare_date_of_the_same_day():
    bare = json_ld(datePublished="2026-10-30")
    assert published('<time datetime="2026-10-30T09:15:00+08:00">x</time>', head=bare) == (
        "2026-10-30 09:15 +08:00"
    )
    assert (
        published('<p class="date">2026年10月30日 9时15分</p>', head=bare) == "2026-10-30 09:15 UTC"
    )
    assert published(TIME, head=bare) == "2026-10-30"


def test_the_feed_gives_the_time_where_the_page_gives_a_day_or_nothing():
    hint = Stamp(at=datetime(2026, 10, 30, 1, 15, tzinfo=UTC), offset=480)
    hints = Hints(published=hint, modified=hint)
    assert read(story(), hints=hints).published == hint
    assert read(story(), hints=hints).modified == hint
    assert read(story(head=json_ld(datePublished="2026-10-30")), hints=hints).published == hint
    assert shown(read(story(head=META), hints=hints).published) == "2026-10-29 08:00 UTC"


@pytest.mark.parametrize("value", ["2031-01-01T00:00:00Z", "1970-01-01", "NaN", "soon", "0"])
def test_what_cannot_be_true_is_not_believed(value):
    assert published(head=json_ld(datePublished=value)) == ""
    assert published(head=json_ld(datePublished=value) + META) == "2026-10-29 08:00 UTC"


def test_without_a_time_of_receipt_only_nonsense_is_refused():
    assert shown(read(story(head=json_ld(datePublished="2031-01-01"))).published) == "2031-01-01"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2026/10/30/bridge", "2026-10-30"),
        ("/2026-10-30-bridge", "2026-10-30"),
        ("/news/20261030/a.html", "2026-10-30"),
        ("/t20261030_123.html", "2026-10-30"),
        ("/2026/13/40/bridge", ""),
        ("/2026/02/31/bridge", ""),
        ("/story-123456789", ""),
        ("/a?d=/2026/10/30/", ""),
    ],
)
def test_a_date_in_the_address_is_evidence(path, expected):
    assert published(url=f"https://harbour.example{path}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 October 2026", "2026-10-30"),
        ("October 30, 2026 at 9:15 am", "2026-10-30"),
        ("30. Oktober 2026, 9:15", "2026-10-30 09:15 UTC"),
        ("2026年10月30日 09:15", "2026-10-30 09:15 UTC"),
        ("2026.10.30. 오전 9:15", "2026-10-30 09:15 UTC"),
        ("2026년 10월 30일", "2026-10-30"),
        ("2026-10-30 09:15:30", "2026-10-30 09:15 UTC"),
        ("30/10/2026", "2026-10-30"),
        ("in the year 2026", ""),
    ],
)
def test_a_date_that_readers_see_is_the_last_evidence(text, expected):
    assert published(f'<div class="post-date">{text}</div>').startswith(expected)
    assert bool(published(f'<div class="post-date">{text}</div>')) == bool(expected)


def test_a_date_far_from_the_headline_is_not_taken():
    late = document(
        f"<h1>{'Bridge'}</h1>{paragraphs(*PROSE * 8)}<p>Founded on 3 May 1998, by hand.</p>"
    )
    assert read(late).published is None


def test_american_pages_write_the_month_first():
    dated = '<div class="date">3/4/2026</div>'
    assert published(dated, lang="en-US") == "2026-03-04"
    assert published(dated, lang="en-GB") == "2026-04-03"
    assert published(dated, lang="", head=meta(og__locale="en_US")) == "2026-03-04"


def test_the_stamp_marked_as_the_publication_comes_first():
    other = '<time datetime="2026-10-20">20 October</time>'
    assert published(other + '<time pubdate datetime="2026-10-21">x</time>') == "2026-10-21"
    assert (
        published(other + '<time class="published" datetime="2026-10-22">x</time>') == "2026-10-22"
    )


def test_a_stamp_labelled_as_a_change_is_no_publication():
    assert published('<p>Updated <time datetime="2026-10-31">31 October</time></p>') == ""
    assert published('<time class="updated" datetime="2026-10-31">x</time>') == ""


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        (json_ld(dateModified="2026-10-31T07:00:00Z"), ""),
        (meta(article__modified_time="2026-10-31T07:00:00Z"), ""),
        ("", '<time itemprop="dateModified" datetime="2026-10-31T07:00:00Z">x</time>'),
    ],
)
def test_a_change_is_what_the_document_says_it_is(head, inside):
    assert shown(read(story(inside, head=head)).modified) == "2026-10-31 07:00 UTC"


def test_a_meta_element_may_hold_milliseconds():
    assert published(head=meta(pubdate="1793322900000")) == "2026-10-30 01:15 UTC"
