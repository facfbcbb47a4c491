"""Dates that readers see: which one is the publication's, in many languages, and which is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.pages import PROSE, TITLE, URL, document, json_ld, meta, paragraphs, read, story

from newskeep import dates

RECEIVED = datetime(2026, 11, 1, 12, tzinfo=UTC)


def published(html: str, url: str = URL) -> str:
    stamp = read(html, url=url, received=RECEIVED).published
    return dates.show(stamp) if stamp else ""


def under(line: str, **facts) -> str:
    """When a page was published that has this line under its headline."""
    head = f"<h1>{TITLE}</h1>{line}"
    return published(document(f"<article>{head}{paragraphs(*PROSE)}</article>", **facts))


@pytest.mark.parametrize(
    ("line", "lang", "expected"),
    [
        ("2026年10月30日 09:15 来源：港口日报", "zh", "2026-10-30 09:15 UTC"),
        ("發布時間：2026/10/30 09:15", "zh", "2026-10-30 09:15 UTC"),
        ("2026年10月30日 午前9時15分", "ja", "2026-10-30 09:15 UTC"),
        ("令和8年10月30日", "ja", "2026-10-30"),
        ("民國115年10月30日", "zh-TW", "2026-10-30"),
        ("입력 2026.10.30 오전 9:15 수정 2026.10.31 10:00", "ko", "2026-10-30 09:15 UTC"),
        ("Fr 30.10.26 | 09:15 Uhr", "de", "2026-10-30 09:15 UTC"),
        ("Publié le 30 octobre 2026 à 09h15, mis à jour le 31 octobre 2026", "fr",
         "2026-10-30 09:15 UTC"),
        ("Publicado el 30 de octubre de 2026 a las 9:15", "es", "2026-10-30 09:15 UTC"),
        ("30 de outubro de 2026 às 09h15", "pt", "2026-10-30 09:15 UTC"),
        ("30 ottobre 2026, ore 9:15", "it", "2026-10-30 09:15 UTC"),
        ("30 października 2026, 09:15", "pl", "2026-10-30 09:15 UTC"),
        ("30 октября 2026, 09:15", "ru", "2026-10-30 09:15 UTC"),
        ("30 Ekim 2026", "tr", "2026-10-30"),
        ("٣٠ أكتوبر ٢٠٢٦", "ar", "2026-10-30"),
        ("30 באוקטובר 2026", "he", "2026-10-30"),
        ("30 अक्टूबर 2026", "hi", "2026-10-30"),
        ("30 ตุลาคม 2569", "th", "2026-10-30"),
        ("8 آبان 1405", "fa", "2026-10-30"),
        ("Posted on the 30/10/2026 at 09:15 by Ann", "en", "2026-10-30 09:15 UTC"),
    ],
)  # fmt: skip
def test_the_line_under_the_headline_is_read_in_the_language_of_the_page(line, lang, expected):
    assert under(f"<p>{line}</p>", lang=lang) == expected


def test_a_line_above_the_headline_is_read_too():
    page = f"<div><p>30 October 2026 | Town</p><h1>{TITLE}</h1>{paragraphs(*PROSE)}</div>"
    assert published(document(page)) == "2026-10-30"


def test_a_date_labelled_as_the_publication_counts_at_the_end():
    line = "<p>Letzte Änderung: 31.10.2026 - 14:49<br>Erschienen am: 30.10.2026</p>"
    assert published(document(f"<h1>{TITLE}</h1>{paragraphs(*PROSE * 8)}{line}")) == "2026-10-30"


def test_the_only_bare_date_on_the_page_counts_and_one_of_several_does_not():
    page = f"<h1>{TITLE}</h1>{paragraphs(*PROSE * 8)}<p>30 October 2026</p>"
    assert published(document(page)) == "2026-10-30"
    assert published(document(f"{page}<p>29 October 2026</p>")) == ""


@pytest.mark.parametrize(
    "line",
    [
        "<p>Updated 31 October 2026, published 30 October 2026</p>",
        "<p>Published 30 October 2026, updated 31 October 2026</p>",
        "<p>更新：2026年10月31日 公開：2026年10月30日</p>",
        '<p><time datetime="2026-10-30">then</time> updated <time datetime="2026-10-31">x</time></p>',
        '<p class="modified-date">31 October 2026</p><p class="date">30 October 2026</p>',
    ],
)
def test_publication_and_change_are_not_swapped(line):
    assert under(line) == "2026-10-30"


def test_a_change_is_believed_where_the_page_shows_no_other_date():
    assert under("<p>Last updated: 30 October 2026</p>") == "2026-10-30"


@pytest.mark.parametrize(
    "inside",
    [
        '<p>Updated: <time datetime="2026-10-31">x</time></p>',
        '<p>Aktualisiert am <time datetime="2026-10-31">x</time></p>',
        '<time class="updated" datetime="2026-10-31">x</time>',
    ],
)
def test_a_time_that_is_labelled_as_a_change_is_the_change(inside):
    first = '<time datetime="2026-10-30">x</time>'
    found = read(story(first + inside), received=RECEIVED)
    assert (found.published, found.modified) == (
        dates.parse("2026-10-30"),
        dates.parse("2026-10-31"),
    )
    assert read(story(first), received=RECEIVED).modified is None


@pytest.mark.parametrize(
    "inside",
    [
        "<p>© 2026-10-30 Harbour Post, all rights reserved</p>",
        '<div id="comments"><time datetime="2026-10-30T09:15:00Z">x</time></div>',
        '<div class="related"><span class="date">30 October 2026</span></div>',
        '<nav><span class="date">30 October 2026</span></nav>',
        "<figure><figcaption>The bridge on 30 October 2026</figcaption></figure>",
        "<p>5 minutes ago</p>",
        "<p>Yesterday, 9:15</p>",
        "<p>Version 10.30.26, 2026 copies</p>",
    ],
)
def test_rights_comments_other_articles_and_relative_words_date_nothing(inside):
    assert published(story(inside)) == ""


def test_a_day_in_the_prose_is_none_of_the_article():
    first = (
        f"The bridge, which the old council had closed after the flood on 3 May 1998, {PROSE[0]}"
    )
    assert published(document(f"<h1>{TITLE}</h1>{paragraphs(first, *PROSE)}")) == ""


def test_the_time_nearest_to_the_headline_counts():
    far = '<ul><li><time datetime="2026-10-20T08:00:00Z">x</time></li></ul>'
    near = '<time datetime="2026-10-30T09:15:00Z">x</time>'
    assert published(document(f"{near}<h1>{TITLE}</h1>{paragraphs(*PROSE * 8)}{far}")) == (
        "2026-10-30 09:15 UTC"
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/meldungen/30-10-2026", "2026-10-30"),
        ("/articles/2026-10-30+Bridge:+opened", "2026-10-30"),
        ("/bridge-30-10-2026-9", "2026-10-30"),
        ("/article/A2026103009150005196", "2026-10-30"),
        ("/view/AKR20261030091500004", "2026-10-30"),
        ("/article/A2026103044150005196", ""),
        ("/2026/10/30a/bridge", ""),
    ],
)
def test_addresses_write_days_in_their_own_ways(path, expected):
    assert published(story(), f"https://harbour.example{path}") == expected


UTC_TIME = json_ld(datePublished="2026-10-31T01:15:00Z")


def test_a_moment_in_utc_takes_the_zone_that_the_page_gives_it():
    zoned = '<time datetime="2026-10-30T21:15:00-04:00">Friday</time>'
    assert published(story(zoned, head=UTC_TIME)) == "2026-10-30 21:15 -04:00"
    assert published(story(head=UTC_TIME + meta(date="Fri, 30 Oct 2026 21:15:00 -0400"))) == (
        "2026-10-30 21:15 -04:00"
    )
    other = '<time datetime="2026-10-30T22:40:00-04:00">Friday</time>'
    assert published(story(other, head=UTC_TIME)) == "2026-10-31 01:15 UTC"


def test_the_clock_of_the_page_gives_the_zone_where_the_address_has_another_day():
    clock = '<p class="byline-date">October 30, 2026 | 9:15pm</p>'
    dated = "https://harbour.example/2026/10/30/bridge"
    assert published(story(clock, head=UTC_TIME), dated) == "2026-10-30 21:15 -04:00"
    assert published(story(clock, head=UTC_TIME)) == "2026-10-31 01:15 UTC"
    wrong = '<p class="byline-date">October 30, 2026 | 9:16pm</p>'
    assert published(story(wrong, head=UTC_TIME), dated) == "2026-10-31 01:15 UTC"


def test_a_time_of_another_day_does_not_sharpen_a_bare_day():
    bare = json_ld(datePublished="2026-10-30")
    assert published(story('<time datetime="2026-10-31T09:00:00Z">x</time>', head=bare)) == (
        "2026-10-30"
    )
