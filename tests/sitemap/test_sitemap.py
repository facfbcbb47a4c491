"""Sitemaps as sites write them: news, indexes, plain lists, feeds, broken ones and hostile ones."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.discover import sitemap
from newskeep.types import Image

URL = "https://www.bell.example/sitemap.xml"
SITE = "https://www.bell.example"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def read(document: str | bytes, **facts):
    data = document.encode() if isinstance(document, str) else document
    return sitemap.parse(data, **{"url": URL, "received": NOW, **facts})


def urlset(*entries: str, names: str = NAMES) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {names}>{"".join(entries)}</urlset>'


def listed(path: str, lastmod: str = "", inside: str = "") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{SITE}{path}</loc>{changed}{inside}</url>"


def index(*entries: tuple[str, str]) -> str:
    inside = "".join(
        f"<sitemap><loc>{SITE}{path}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>"
        for path, at in entries
    )
    return f"<sitemapindex {NAMES}>{inside}</sitemapindex>"


def paths(addresses) -> list[str]:
    return [one.removeprefix(SITE) for one in addresses]


def kinds(feed) -> list[str]:
    return [one.kind for one in feed.problems]


NEWS = """<news:news><news:publication><news:name>The Bell</news:name><news:language>zh-cn</news:language>
</news:publication><news:publication_date>2026-11-24T08:05:00+08:00</news:publication_date>
<news:title>大桥 &amp;amp; 渡轮</news:title><news:keywords>交通, 港口，交通</news:keywords></news:news>
<image:image><image:loc>https://cdn.example/b.jpg</image:loc><image:caption>The &lt;b&gt;bridge&lt;/b&gt;</image:caption>
</image:image><image:image><image:loc>https://cdn.example/b.jpg</image:loc></image:image>
<image:image><image:loc>javascript:1</image:loc></image:image>"""


# What an entry says


def test_a_news_sitemap_gives_title_time_language_tags_and_pictures():
    feed = read(urlset(listed("/a", "2026-11-24T01:00:00Z", NEWS)))
    (entry,) = feed.entries
    assert (feed.kind, feed.title, feed.problems) == ("sitemap", "The Bell", ())
    assert (entry.id, entry.url) == (f"{SITE}/a", f"{SITE}/a")
    assert (entry.title, entry.lang, entry.tags) == ("大桥 & 渡轮", "zh-cn", ("交通", "港口"))
    assert (entry.published.at, entry.published.offset) == (
        datetime(2026, 11, 24, 0, 5, tzinfo=UTC),
        480,
    )
    assert entry.modified.at == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert entry.images == (Image(url="https://cdn.example/b.jpg"),)


def test_a_picture_is_told_with_its_caption():
    one = (
        "<image:image><image:loc>/p.png</image:loc><image:title>A pier</image:title></image:image>"
    )
    (entry,) = read(urlset(listed("/a", inside=one))).entries
    assert entry.images == (Image(url=f"{SITE}/p.png", caption="A pier"),)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-11-23", datetime(2026, 11, 23)),
        ("2026-11-23T10:30Z", datetime(2026, 11, 23, 10, 30)),
        ("2026-11-23T10:30+01:00", datetime(2026, 11, 23, 9, 30)),
        ("2026-11-23T10:30:20+01:00", datetime(2026, 11, 23, 9, 30, 20)),
        ("2026-11-23T10:30:20.45Z", datetime(2026, 11, 23, 10, 30, 20, 450000)),
        ("Mon, 23 Nov 2026 10:30:20 GMT", datetime(2026, 11, 23, 10, 30, 20)),
    ],
)
def test_lastmod_is_read_in_every_form_that_names_a_day(written, at):
    (entry,) = read(urlset(listed("/a", written))).entries
    assert entry.modified.at == at.replace(tzinfo=UTC)
    assert entry.published is None


@pytest.mark.parametrize("written", ["2026", "2026-11"])
def test_a_lastmod_that_names_no_day_dates_nothing(written):
    feed = read(urlset(listed("/a", written)))
    assert feed.entries[0].modified is None
    assert feed.entries[0].problems == ()


def test_an_odd_date_is_told_and_not_kept():
    feed = read(urlset(listed("/a", "2031-01-01"), listed("/b", "soon")))
    assert [one.problems[0].kind for one in feed.entries] == ["date-future", "date-unreadable"]
    assert [one.modified for one in feed.entries] == [None, None]


@pytest.mark.parametrize(
    "names",
    [
        "",
        'xmlns="http://www.google.com/schemas/sitemap/0.84"',
        'xmlns="https://www.sitemaps.org/schemas/sitemap/0.9/" xmlns:news="urn:wrong" xmlns:image="urn:x"',
    ],
)
def test_namespaces_that_are_wrong_or_missing_do_no_harm(names):
    feed = read(urlset(listed("/a", inside=NEWS), names=names))
    assert feed.entries[0].title == "大桥 & 渡轮"


def test_prefixes_and_case_do_no_harm():
    feed = read(f"<s:URLSET xmlns:s='urn:x'><s:Url><s:LOC> {SITE}/a\n</s:LOC></s:Url></s:URLSET>")
    assert [one.url for one in feed.entries] == [f"{SITE}/a"]


# Which are taken


def test_the_newest_come_first_and_those_without_a_date_last():
    document = urlset(
        listed("/none"), listed("/old", "2026-11-01"), listed("/new", "2026-11-24"), listed("/new")
    )
    assert paths(one.url for one in read(document).entries) == ["/new", "/old", "/none"]


def test_no_more_than_the_newest_are_taken_and_that_is_told(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_ENTRIES", 2)
    feed = read(urlset(*(listed(f"/{n}", f"2026-11-{n:02}") for n in range(1, 6))))
    assert paths(one.url for one in feed.entries) == ["/5", "/4"]
    assert kinds(feed) == ["sitemap-bounded"]
    assert "lists 5 addresses; the newest 2" in feed.problems[0].message


def test_what_stands_past_the_protocols_limit_is_not_read(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_LISTED", 3)
    feed = read(urlset(*(listed(f"/{n}") for n in range(9))))
    assert paths(one.url for one in feed.entries) == ["/0", "/1", "/2"]
    assert "more than 3" in feed.problems[0].message
    text = read("\n".join(f"{SITE}/{n}" for n in range(9)))
    assert len(text.entries) == 3
    assert "more than 3" in text.problems[0].message


def test_addresses_of_other_hosts_are_left_out_and_told():
    others = "".join(
        f"<url><loc>{one}</loc></url>"
        for one in (
            "https://bell.example/without-www",
            "http://www.bell.example/plain",
            "https://evil.example/a",
            "https://news.bell.example/b",
            "https://www.bell.example:8443/c",
            "ftp://www.bell.example/d",
            "https://www.bell.example/" + "x" * 3000,
        )
    )
    feed = read(urlset(others))
    assert [one.url for one in feed.entries] == [
        "https://bell.example/without-www",
        "http://www.bell.example/plain",
    ]
    assert kinds(feed) == ["sitemap-other-host"]
    assert "3 addresses of other hosts, such as https://evil.example/a" in feed.problems[0].message


def test_an_element_without_an_address_is_passed_over():
    feed = read(urlset("<url/>", "<url><lastmod>2026-11-24</lastmod></url>", listed("/a")))
    assert len(feed.entries) == 1


# Indexes


def test_an_index_leads_to_the_sitemaps_that_changed_lately_the_newest_first():
    feed = read(
        index(
            ("/2019.xml", "2019-12-31"),
            ("/monday.xml", "2026-11-23"),
            ("/today.xml", "2026-11-24T10:00:00Z"),
            ("/this-month.xml", "2026-11"),
            ("/this-year.xml", "2026"),
            ("/may.xml", "2026-05"),
        )
    )
    assert feed.kind == "sitemap"
    assert feed.entries == ()
    assert paths(feed.more) == ["/this-year.xml", "/this-month.xml", "/today.xml", "/monday.xml"]
    assert feed.problems == ()


def test_a_day_alone_lasts_until_its_end():
    on_the_edge = NOW - sitemap.RECENT
    feed = read(index(("/a.xml", f"{on_the_edge:%Y-%m-%d}"), ("/b.xml", "2026-11-24")))
    assert paths(feed.more) == ["/b.xml", "/a.xml"]


def test_undated_sitemaps_come_last_those_with_the_higher_numbers_first():
    feed = read(
        index(("/s-9.xml", ""), ("/s-10.xml", "soon"), ("/s-2.xml", ""), ("/n.xml", "2026-11-24"))
    )
    assert paths(feed.more) == ["/n.xml", "/s-10.xml", "/s-9.xml", "/s-2.xml"]


def test_where_nothing_changed_lately_the_newest_is_read():
    feed = read(index(("/1.xml", "2020-01-01"), ("/2.xml", "2021-01-01")))
    assert paths(feed.more) == ["/2.xml"]


def test_an_index_is_bounded_and_says_so():
    feed = read(index(*((f"/{n}.xml", "2026-11-24") for n in range(30))))
    assert len(feed.more) == sitemap.MOST_SITEMAPS
    assert kinds(feed) == ["sitemap-bounded"]
    assert "lists 30 sitemaps" in feed.problems[0].message


def test_sitemaps_of_other_hosts_are_left_out():
    document = index(("/a.xml", "")).replace(
        "</sitemapindex>",
        "<sitemap><loc>http://10.0.0.1/x.xml</loc></sitemap></sitemapindex>",
    )
    feed = read(document)
    assert paths(feed.more) == ["/a.xml"]
    assert kinds(feed) == ["sitemap-other-host"]


# Other forms


def test_gzip_needs_no_header_and_no_name():
    assert read(gzip.compress(urlset(listed("/a")).encode())).entries[0].url == f"{SITE}/a"
    assert read(gzip.compress(f"{SITE}/a\n".encode())).entries[0].url == f"{SITE}/a"


def test_a_list_of_addresses_is_a_sitemap():
    feed = read(f"\ufeff{SITE}/a\r\n\r\n{SITE}/b\nhttps://evil.example/\n{SITE}/a\nnonsense\n")
    assert paths(one.url for one in feed.entries) == ["/a", "/b"]
    assert kinds(feed) == ["sitemap-other-host"]


@pytest.mark.parametrize(
    "document",
    [
        "<rss version='2.0'><channel><title>Bell</title><item><link>https://bell.example/a</link>"
        "<title>A</title><pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate></item>"
        "<item><link>https://evil.example/b</link><title>B</title></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Bell</title><entry><title>A</title>"
        "<link href='https://bell.example/a'/><updated>2026-11-24T08:00:00Z</updated></entry>"
        "<entry><title>B</title><link href='https://evil.example/b'/></entry></feed>",
    ],
)
def test_a_feed_serves_as_a_sitemap(document):
    feed = read(document)
    assert (feed.kind, feed.title) == ("sitemap", "Bell")
    assert [one.url for one in feed.entries] == ["https://bell.example/a"]
    assert "sitemap-other-host" in kinds(feed)


def test_a_sitemap_in_utf_16_is_read():
    document = urlset(listed("/a")).replace("UTF-8", "UTF-16")
    for coded in (document.encode("utf-16"), document.encode("utf-16-be")):
        assert len(read(coded).entries) == 1


# What is broken or hostile


def test_a_broken_sitemap_keeps_what_could_be_read():
    feed = read(urlset(listed("/a?x=1&y=2"), listed("/b")).replace("</urlset>", ""))
    assert paths(one.url for one in feed.entries) == ["/a?x=1&y=2", "/b"]
    assert kinds(feed) == ["sitemap-malformed"]
    assert "line 2" in feed.problems[0].message


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"   \n",
        b"<",
        b"<!doctype html><title>Not found</title><p>Sorry",
        b"<opml/>",
        b"hello world\nthis is a text\n",
        b'{"version": "https://jsonfeed.org/"}',
        f"{SITE}/a\none\ntwo\n".encode(),
    ],
)
def test_what_is_no_sitemap_is_told(document):
    feed = read(document)
    assert (feed.kind, feed.entries, feed.more) == ("", (), ())
    assert kinds(feed) == ["not-a-sitemap"]
    assert URL in feed.problems[0].message


def test_a_bomb_does_not_go_off(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_BYTES", 1 << 16)
    bomb = gzip.compress(b" " * (1 << 20))
    assert kinds(read(bomb)) == ["too-large"]
    assert kinds(read(b" " * (1 << 17))) == ["too-large"]
    assert kinds(read(b"\x1f\x8b damaged")) == ["bad-coding"]


def test_entities_stay_closed():
    bomb = (
        '<!DOCTYPE urlset [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        f'<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>{SITE}/&b;&f;</loc></url></urlset>'
    )
    assert "xxx" not in str(read(bomb))
    assert "root" not in str(read(bomb))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            f"<urlset>|<url>|<loc>|</loc>|</url>|{SITE}/a|<lastmod>2026-11|&|\0|\ud800|]]>"
            "|<sitemapindex>|<sitemap>|</sitemap>|<news:news>|<![CDATA[".split("|")
        ),
        max_size=25,
    )
)
def test_nothing_raises(pieces):
    feed = read("".join(pieces).encode("utf-8", "surrogatepass"))
    assert feed.kind in ("", "sitemap")
    assert feed.kind or feed.problems


def test_the_present_is_only_what_it_is_told():
    document = index(("/a.xml", "2026-11-24"), ("/b.xml", "2026-12-24"))
    later = read(document, received=NOW + timedelta(days=29))
    assert paths(later.more) == ["/b.xml"]
