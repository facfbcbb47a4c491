"""Feeds as they really come: mislabelled, broken, hostile, odd."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newskeep.discover import feed
from newskeep.types import Feed

URL = "https://harbour.example/feed"
RECEIVED = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
DATE = "<pubDate>Thu, 08 Oct 2026 15:08:00 GMT</pubDate>"


def read(document: bytes | str, content_type: str = "") -> Feed:
    data = document.encode() if isinstance(document, str) else document
    return feed.parse(data, url=URL, content_type=content_type, received=RECEIVED)


def rss(items: str, channel: str = "", head: str = "") -> str:
    return f"{head}<rss><channel><title>Post</title>{channel}{items}</channel></rss>"


def item(inside: str, date: str = DATE) -> str:
    return f"<item><title>A</title><link>/a</link>{date}{inside}</item>"


def atom(entry: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>'
        f"<entry><id>tag:a</id><updated>2026-10-08T00:00:00Z</updated>{entry}</entry></feed>"
    )


def kinds(found: Feed) -> list[str]:
    return [problem.kind for problem in found.problems]


def only(found: Feed):
    (entry,) = found.entries
    return entry


# Charsets

CHINESE = "".join(
    f"<item><title>国务院第{number}次会议讨论经济问题</title><link>/{number}</link>{DATE}</item>"
    for number in range(50)
)


@pytest.mark.parametrize("head", ['<?xml version="1.0" encoding="UTF-8"?>', ""])
@pytest.mark.parametrize("content_type", ["", "application/rss+xml; charset=utf-8"])
def test_a_gb18030_feed_that_says_utf8_keeps_all_its_entries(head, content_type) -> None:
    found = read(rss(CHINESE, head=head).encode("gb18030"), content_type)
    assert len(found.entries) == 50
    assert found.entries[7].title == "国务院第7次会议讨论经济问题"
    assert found.problems == ()


@pytest.mark.parametrize(
    "data",
    [
        rss(CHINESE).encode("utf-16"),
        codecs.BOM_UTF16_BE + rss(CHINESE).encode("utf-16-be"),
        codecs.BOM_UTF8 + rss(CHINESE).encode(),
        rss(CHINESE).encode("utf-16-le"),
        rss(CHINESE).encode("utf-16-be"),
        rss(CHINESE, head='<?xml version="1.0" encoding="utf-16"?>').encode(),
        rss(CHINESE, head='<?xml version="1.0" encoding="unicode_escape"?>').encode(),
    ],
    ids=["utf-16", "utf-16-be", "utf-8-bom", "no-bom-le", "no-bom-be", "says-utf-16", "no-label"],
)
def test_what_the_bytes_are_counts_for_more_than_what_they_say(data) -> None:
    found = read(data)
    assert (len(found.entries), found.entries[3].title) == (50, "国务院第3次会议讨论经济问题")


# Broken documents

BROKEN = {
    "bare ampersands": rss(item("<category>R&D</category>")),
    "HTML's entities": rss(item("<category>R&amp;D&nbsp;</category>")),
    "CDATA beside bare ampersands": rss(item("<category><![CDATA[R&D]]></category><x>A & B</x>")),
    "control characters": rss(item("<category>R&amp;D\x00\x08</category>")),
    "references to no character": rss(item("<category>R&amp;D&#0;&#xD800;&#x110000;</category>")),
    "cut off behind an item": rss(item("<category>R&amp;D</category>"))[:-10],
    "an item that is not closed": rss(item("<category>R&amp;D</category>")).replace("</item>", ""),
    "undeclared prefixes": rss(item("<dc:subject>R&amp;D</dc:subject>")),
    "a server's warning": "<br />\n<b>Warning</b>: no cache\n"
    + rss(item("<category>R&D</category>")),
    "text behind the end": rss(item("<category>R&amp;D</category>")) + "\nserved in 3 ms",
    "wrong end tags": rss(item("<category>R&amp;D</categoryy>")),
}


@pytest.mark.parametrize("document", BROKEN.values(), ids=BROKEN)
def test_a_broken_feed_is_read_as_far_as_it_goes_and_said_to_be_broken(document) -> None:
    found = read(document)
    entry = only(found)
    assert (found.kind, found.title) == ("rss", "Post")
    assert (entry.title, entry.url) == ("A", "https://harbour.example/a")
    assert entry.tags == ("R&D",)
    assert kinds(found) == ["feed-malformed"]
    assert "(line " in found.problems[0].message


ENTRIES = {
    "rss": rss("".join(item(f"<guid>g{n}</guid>") for n in range(3))),
    "prefixed": rss("".join(item(f"<guid>g{n}</guid>") for n in range(3)))
    .replace("<item>", "<r:item>").replace("</item>", "</r:item>")
    .replace("<rss>", "<rss xmlns:r='http://purl.org/rss/1.0/'>"),
    "chinese": '<?xml version="1.0" encoding="gb18030"?>'
    + rss("".join(item(f"<guid>g{n}</guid><category>港口</category>") for n in range(3))),
    "texts that hold tags": rss("".join(
        item(f"<guid>g{n}</guid><!-- </item> --><description><![CDATA[<item></item>]]></description>")
        for n in range(3)
    )),
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>' + "".join(
        f'<entry><id>g{n}</id><link href="/{n}"/><updated>2026-10-08T00:00:00Z</updated></entry>'
        for n in range(3)
    ) + "</feed>",
}  # fmt: skip


@pytest.mark.parametrize("document", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_that_the_end_of_the_document_cuts_off_is_left_out(document) -> None:
    whole = read(document.encode("gb18030" if "gb18030" in document else "utf-8")).entries
    assert [one.id for one in whole] == ["g0", "g1", "g2"]
    first = document.index("g0")
    for end in (*range(first, len(document) - 1, 5), len(document) - 2):
        found = read(document[:end].encode("gb18030" if "gb18030" in document else "utf-8"))
        assert found.entries == whole[: len(found.entries)]
        assert kinds(found) == ["feed-malformed"]
    assert len(found.entries) == 3


def test_of_a_feed_that_ends_in_an_address_no_half_address_is_kept() -> None:
    found = read(
        rss(item("")).split("</channel>")[0] + "<item><link>http://harbour.example/news/20"
    )
    assert only(found).url == "https://harbour.example/a"


def test_white_space_before_the_declaration_is_no_fault() -> None:
    found = read("\n \n" + rss(item(""), head='<?xml version="1.0"?>'))
    assert (len(found.entries), found.problems) == (1, ())


def test_a_fault_names_its_line_also_behind_a_dtd() -> None:
    document = '<?xml version="1.0"?>\n<!DOCTYPE rss [\n]>\n' + rss(item("\n<b>\n</i>"))
    assert "(line 6: " in read(document).problems[0].message


def test_a_document_that_ends_in_cdata_keeps_what_stands_before() -> None:
    document = f"<rss><channel>{item('')}<description><![CDATA[It begins"
    assert read(document).description == "It begins"
    assert only(read(f"{document}]]></description><item><title><![CDATA[It")).title == "A"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b" \n",
        b"<!DOCTYPE html><html><head><title>Not found</title></head><body><p>404</body></html>",
        b"GIF89a\x01\x00",
        b"User-agent: *\nDisallow: /",
        b'{"error": "no such feed"}',
        b'{"items": "none"}',
        b"{" * 5000,
        b'{"a": ' + b"[" * 100_000,
        b'[{"version": "x"}]',
        b"<!-- <rss> -->",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(document) -> None:
    found = read(document, "application/json")
    assert (found.kind, found.entries, kinds(found)) == ("", (), ["not-a-feed"])
    assert found.problems[0].message.startswith(f"{URL} is ")
    assert found.problems[0].at == RECEIVED


# Bombs and other entities

LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "laugh"><!-- it\'s ]> --><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "http://127.0.0.1:9/x">'
    '<!ENTITY % more SYSTEM "http://127.0.0.1:9/dtd">%more;]>'
)
PROLOGS = {
    "one": LAUGHS,
    "behind one in a comment": "<!-- <!DOCTYPE rss> -->" + LAUGHS,
    "two": LAUGHS + LAUGHS,
    "not closed": LAUGHS[:-2],
    "quoted": '<!DOCTYPE rss PUBLIC ">" "http://127.0.0.1:9/[">' + LAUGHS,
}


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-be", "utf-7"])
@pytest.mark.parametrize("prolog", PROLOGS.values(), ids=PROLOGS)
def test_entities_do_nothing(prolog, charset) -> None:
    head = f'<?xml version="1.0" encoding="{charset}"?>{prolog}'
    inside = '<category>&d;&file;&net;</category><enclosure url="/&d;.png" type="image/png"/>'
    found = read(rss(item(inside), head=head).encode(charset), f"text/xml; charset={charset}")
    said = repr(found.entries)
    assert "laugh" not in said
    assert "root:" not in said


# Dates


@pytest.mark.parametrize(
    ("date", "kind"),
    [
        ("", "date-missing"),
        ("<pubDate></pubDate>", "date-missing"),
        ("<pubDate>NaN</pubDate>", "date-unreadable"),
        ("<pubDate>yesterday \u202eevening</pubDate>", "date-unreadable"),
        ("<pubDate>Thu, 32 Oct 2026 00:00:00 GMT</pubDate>", "date-unreadable"),
        ("<pubDate>Wed, 04 Nov 2026 00:00:00 GMT</pubDate>", "date-future"),
        ("<pubDate>Thu, 31 Dec 9999 23:59:59 -2300</pubDate>", "date-unreadable"),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", "date-ancient"),
    ],
)
def test_a_date_that_is_none_is_said_and_never_made_up(date, kind) -> None:
    entry = only(read(rss(item("", date))))
    assert entry.published is None
    (problem,) = entry.problems
    assert (problem.kind, problem.url, problem.stage) == (kind, entry.url, "discover")
    assert "first seen" in problem.message
    assert "\u202e" not in problem.message


def test_a_clock_that_runs_a_little_fast_is_no_fault() -> None:
    soon = RECEIVED + timedelta(hours=20)
    entry = only(read(rss(item("", f"<pubDate>{soon:%d %b %Y %H:%M} GMT</pubDate>"))))
    assert entry.published is not None
    assert (entry.published.at, entry.problems) == (soon, ())


# Identity


def test_entries_that_share_a_page_do_not_become_one_story() -> None:
    items = "".join(
        f"<item><title>{n}</title><link>/{n}</link><guid>https://harbour.example/#{n}</guid></item>"
        f"<item><title>{n}</title><link>/b{n}</link><guid>https://harbour.example/</guid></item>"
        for n in range(3)
    )
    assert {entry.aliases for entry in read(rss(items)).entries} == {()}


def test_a_guid_that_says_it_is_no_permalink_is_no_alias_but_better_than_nothing() -> None:
    guid = '<guid isPermaLink="false">https://harbour.example/?p=7</guid>'
    assert only(read(rss(item(guid)))).aliases == ()
    bare = only(read(rss(f"<item><title>A</title>{guid}</item>")))
    assert bare.url == "https://harbour.example/?p=7"


def test_a_guid_that_is_no_address_is_never_taken_for_one() -> None:
    entry = only(read(rss("<item><title>A</title><guid>post 7</guid></item>")))
    assert (entry.id, entry.url) == ("post 7", "")


def test_one_guid_for_two_addresses_is_two_entries_and_a_repetition_is_one() -> None:
    guid = "<guid>same</guid>"
    items = [f"<item><title>{n}</title><link>/{n}</link>{guid}</item>" for n in (1, 2, 1)]
    assert [entry.title for entry in read(rss("".join(items))).entries] == ["1", "2"]


def test_entries_without_id_and_address_stay_apart_and_the_same_next_time() -> None:
    items = "".join(f"<item><description>Note {n}</description></item>" for n in range(3))
    found = [entry.id for entry in read(rss(items)).entries]
    assert len(set(found)) == 3
    assert [entry.id for entry in read(rss(items)).entries] == found


def test_an_item_that_says_nothing_is_no_entry() -> None:
    assert read(rss(f"<item/><item>{DATE}</item>")).entries == ()


def test_a_feed_past_5000_entries_is_cut_and_said_to_be() -> None:
    found = read(rss("".join(f"<item><title>{n}</title></item>" for n in range(5002))))
    assert (len(found.entries), kinds(found)) == (5000, ["feed-too-long"])


# Fields


@pytest.mark.parametrize(
    ("inside", "authors"),
    [
        ("<dc:creator>Ada Pier</dc:creator><author>x@a.example (Other)</author>", ("Ada Pier",)),
        ("<author>ada@a.example (Ada Pier)</author>", ("Ada Pier",)),
        ("<author>Ada Pier &lt;ada@a.example&gt;</author>", ("Ada Pier",)),
        ("<author>ada@a.example</author>", ()),
        ("<author><name>Ada Pier</name><email>ada@a.example</email></author>", ("Ada Pier",)),
        ("<dc:creator>Ada</dc:creator><dc:creator>Bo</dc:creator>", ("Ada", "Bo")),
        ("<dc:creator>  </dc:creator><media:credit>Ada</media:credit>", ("Ada",)),
    ],
)
def test_authors_are_names(inside, authors) -> None:
    assert only(read(rss(item(inside)))).authors == authors


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
        ("&amp;lt;b&amp;gt;Bold&amp;lt;/b&amp;gt; move", "Bold move"),
        ("AT&amp;amp;T", "AT&T"),
        ("1 &lt; 2 and 3 &gt; 2", "1 < 2 and 3 > 2"),
        ("The &amp;lt;main&amp;gt; element", "The <main> element"),
        ("<![CDATA[Line one<br/>\n line two]]>", "Line one line two"),
        ("Over\u202eturned", "Overturned"),
    ],
)
def test_a_title_is_plain_text(title, said) -> None:
    found = read(rss(f"<item><title>{title}</title><link>/a</link></item>"))
    assert only(found).title == said


def test_a_foreign_element_is_not_taken_for_a_feeds_own() -> None:
    found = read(
        '<rss xmlns:geo="http://geo.example/" xmlns:m="http://search.yahoo.com/mrss">'
        "<channel><item><geo:title>No</geo:title><title>Yes</title><geo:link>/no</geo:link>"
        '<link>/yes</link><m:thumbnail url="/t"/></item></channel></rss>'
    )
    entry = only(found)
    assert (entry.title, entry.url) == ("Yes", "https://harbour.example/yes")
    assert [image.url for image in entry.images] == ["https://harbour.example/t"]


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999</ttl>", 9_999_999 * 60),
        ("<sy:updatePeriod>Daily</sy:updatePeriod>", 86400),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            43200,
        ),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            86400,
        ),
        ("<sy:updatePeriod>now</sy:updatePeriod>", None),
        ("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 86400),
    ],
)
def test_a_feed_asks_how_often_it_is_polled(channel, seconds) -> None:
    assert read(rss("", channel)).ttl == seconds


def test_a_feed_that_names_its_own_address_has_not_moved() -> None:
    assert read(rss("", f"<itunes:new-feed-url>{URL}</itunes:new-feed-url>")).moved_to == ""
    moved = read(rss("", "<itunes:new-feed-url>javascript:x</itunes:new-feed-url>"))
    assert moved.moved_to == ""


def test_a_link_with_an_address_beside_it_is_read_in_rss_too() -> None:
    entry = only(read(rss('<item><title>A</title><link href="/a"/></item>')))
    assert entry.url == "https://harbour.example/a"
    media = only(read(rss('<item><title>A</title><enclosure url="/a.mp3"/></item>')))
    assert media.url == "https://harbour.example/a.mp3"


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (
            "<content>Plain &amp;amp; <![CDATA[simple <3]]></content>",
            "<p>Plain &amp;amp; simple &lt;3</p>",
        ),
        ("<content>&lt;p&gt;Typeless&lt;/p&gt;</content>", "<p>Typeless</p>"),
        ('<content type="html">&lt;p&gt;A&lt;/p&gt;</content>', "<p>A</p>"),
        ('<content type="text/html"><![CDATA[<p>A</p>]]></content>', "<p>A</p>"),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a<br/>b &lt;</div></content>',
            "<div>a<br>b &lt;</div>",
        ),
        ("<content><p>Unmarked</p> tail &lt;</content>", "<p>Unmarked</p> tail &lt;"),
        ('<content type="image/png">iVBORw==</content>', ""),
        ("", ""),
    ],
)
def test_every_type_of_atom_content_becomes_html(content, html) -> None:
    assert only(read(atom(content))).content == html


def test_an_atom_entry_without_a_title_has_its_films() -> None:
    names = 'xmlns:media="http://search.yahoo.com/mrss/"'
    entry = only(read(atom(f"<title/><media:title {names}>The film</media:title>")))
    assert entry.title == "The film"
    assert only(read(atom("<title/><title type='html'>&lt;br&gt;</title>"))).title == ""


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ('<link href="/a"/>', "https://harbour.example/a"),
        (
            '<link rel="self" href="/self"/><link rel="alternate" type="text/html" href="/a"/>',
            "https://harbour.example/a",
        ),
        (
            '<link type="text/markdown" href="/a.md"/><link type="text/html" href="/a"/>',
            "https://harbour.example/a",
        ),
        ('<link type="text/markdown" href="/a.md"/>', "https://harbour.example/a.md"),
        ('<content src="/a"/>', "https://harbour.example/a"),
        ('<link rel="via" href="https://b.example/a"/>', "https://b.example/a"),
        ('<link href="javascript:alert(1)"/>', ""),
        ("<link/>", ""),
    ],
)
def test_an_atom_entry_has_the_address_of_its_page(links, url) -> None:
    assert only(read(atom(links))).url == url


def test_feedburners_original_address_goes_before_its_counter() -> None:
    names = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    origin = f"<feedburner:origLink {names}>https://harbour.example/a</feedburner:origLink>"
    entry = only(read(atom('<link href="https://harbour.example/~r/1"/>' + origin)))
    assert entry.url == "https://harbour.example/a"
    assert entry.aliases == ("https://harbour.example/~r/1",)


def test_a_json_feed_lets_no_half_character_through() -> None:
    document = (
        '{"items": [{"id": "\\ud800x\\u0000", "content_text": "\\udfff", "tags": [null, true]}]}'
    )
    entry = only(read(document))
    assert (entry.id, entry.content, entry.tags) == ("x", "", ())


# Whatever comes

PIECES = [
    *("<rss>", "<channel>", "<item>", "</item>", '<feed xmlns="http://www.w3.org/2005/Atom">'),
    *("<entry>", "<title>", "</title>", "<a:b:c>", "<:x>", "<x:>", "<1>", "&nbsp;", "&", "&#0;"),
    *("<![CDATA[", "]]>", "<!DOCTYPE x [", '<!ENTITY a "b">', '<link href="/x"/>', "<guid>"),
    *("<pubDate>NaN</pubDate>", "<pubDate>Fri, 8 Oct 9999 24:61 GMT</pubDate>", "<media:group>"),
    *('<content type="xhtml">', "<ttl>9", '<enclosure url="x.jpg" width="9"/>', "<author><name>"),
    *('<?xml version="1.0" encoding="x"?>', '{"items": [{"id": 1, "url": "\\ud800"}]}', "<!--"),
    *('<x xml:base="//[">', '<category term="x"/>', "\x00", "\xa7\xb9", " ", "\n"),
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(PIECES), max_size=25).map(
            lambda some: "".join(some).encode("latin-1")
        ),
        st.lists(st.sampled_from(PIECES), max_size=25).map(
            lambda some: "".join(some).encode("utf-16")
        ),
    ),
    st.sampled_from(["", "text/xml; charset=utf-16", "text/xml; charset=idna", "application/json"]),
)
def test_no_bytes_make_it_raise(data, content_type) -> None:
    found = read(data, content_type)
    assert found.kind or found.problems
    repr(found).encode()


@pytest.mark.parametrize("head", ["", "<rss>", "<rss><channel><item><author>x"])
@pytest.mark.parametrize(
    "unit",
    [
        "<!DOCTYPE [",
        "<!DOCTYPE a [<!--",
        "<!DOCTYPE a ['\"",
        "<![CDATA[",
        "<!-- ",
        "<?x ",
        "&a",
        "@",
    ],
)
def test_no_repetition_costs_more_than_a_pass(head, unit) -> None:
    """A pattern that goes back would take hours here."""
    found = read(head + unit * 200_000)
    assert found.entries == ()


def test_html_in_base64_is_read_as_html():
    old = b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>1</id>'
    old += b'<summary mode="base64">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</summary></entry></feed>'
    new = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>'
    new += b'<content type="application/octet-stream">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</content>'
    assert read(old).entries[0].summary == "Example <b>Atom</b>"
    assert read(new + b"</entry></feed>").entries[0].content == "Example <b>Atom</b>"


def test_a_nameless_element_in_a_title_does_not_make_it_raise():
    assert read(b"<feed><title>a<:>b").kind == "atom"
    assert read(b'<feed xmlns="http://www.w3.org/2005/Atom"><title>a<x:1>b').kind == "atom"


def test_a_script_in_a_title_is_not_its_text():
    data = b"<rss><channel><title>a&lt;script&gt;b()&lt;/script&gt; c</title></channel></rss>"
    assert read(data).title == "a c"


MARKUP = ["<item>", "</item>", "<title>桥", "</title>", "<![CDATA[<p>é]]>", "&amp;", "&a;", "\x0b"]
MARKUP += ["<!-- 桥 -->", "<?x?>", "\r\n", "<a b='\r'/>", "\u2028", "<!DOCTYPE rss [", "]>"]


@given(
    st.lists(
        st.sampled_from(MARKUP),
        max_size=12,
    ).map("".join)
)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_utf8_that_needs_no_decoding_is_read_as_any_other_charset(inside) -> None:
    for document in (rss(inside), rss(f"<item>{inside}</item>"), rss("", head=inside)):
        assert read(document) == read(document.encode("utf-16"))


@pytest.mark.parametrize(
    "broken", [b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xe6\xa1", b"\0", b"\x0b"]
)
@pytest.mark.parametrize("place", ["title", "attribute", "cdata"])
def test_broken_bytes_are_never_taken_for_utf8(broken, place) -> None:
    document = {
        "title": b"<title>x%s</title>",
        "attribute": b"<category a='%s'/><title>x</title>",
        "cdata": b"<title><![CDATA[x%s]]></title>",
    }[place]
    found = read(b"<rss><channel>%s%s</channel></rss>" % (document % broken, b"<link/>" * 999))
    assert found.title.strip("\ufffd") == "x"


def test_atom_names_with_and_without_a_namespace_are_read_together() -> None:
    link, other = '<link href="/a"/>', '<atom:link rel="related" href="/other"/>'
    for links in (link + other, other + link):
        entry = f"<entry><title>A</title>{links}</entry>"
        document = f'<feed xmlns:atom="http://www.w3.org/2005/Atom">{entry}</feed>'
        assert only(read(document)).url == "https://harbour.example/a"


@pytest.mark.parametrize("name", ["item", "Item", "ITEM"])
def test_an_item_is_read_wherever_it_stands_and_however_its_name_is_written(name) -> None:
    document = f"<rss><channel><x><{name}><title>A</title></{name}></x></channel></rss>"
    assert only(read(document)).title == "A"
