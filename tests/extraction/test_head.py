"""What documents say of themselves, in whatever shape they say it."""

from __future__ import annotations

import pytest
from support.pages import PROSE, TITLE, document, json_ld, meta, paragraphs, read, story

from newskeep.extraction import dom
from newskeep.extraction.head import Head, first_string, read_head, strings, types_of


def headline(script: str) -> str:
    html = f'<script type="application/ld+json">{script}</script>'
    return str(read_head(dom.parse(html)).article().get("headline", ""))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"x"}',
        '[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"x"}]',
        '{"@graph":[{"@type":["Thing","https://schema.org/NewsArticle"],"headline":"x"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"x"}}',
        '{"@type":"WebPage","headline":"x"}',
        '<!-- {"@type":"Report","headline":"x"} -->',
        '//<![CDATA[\n{"@type":"Report","headline":"x"}\n//]]>',
        '{"@type":"Report","headline":"x",}',
        '{"@type":"Report","headline":"x","tags":["a",]};',
        '{"@type":"Report","description":"two\nlines","headline":"x"}',
        '/*<![CDATA[*/{"@type":"Report","headline":"x"}/*]]>*/',
        '{"@type":"Report","tags":["a", ],"headline":"x", }',
        '{"@type":"Report","description":"a \\_ b \\\' c","headline":"x"}',
        '{"@type":"Report","headline":"x"} {"@type":"Report","headline":"y"}',
        '{"@type":"Report","headline":"x"}\n</footer>',
    ],
)
def test_json_ld_is_read_as_publishers_write_it(script):
    assert headline(script) == "x"


@pytest.mark.parametrize(
    "script",
    [
        "",
        "null",
        "{",
        "[" * 20_000,
        '{"headline":"x"}',
        '{"@type":7}',
        '"text"',
        '{"@type":"WebPage"}',
    ],
)
def test_json_ld_that_describes_no_article_says_nothing(script):
    assert headline(script) == ""


def script(tags: int) -> str:
    return f'{{"@type":"NewsArticle","tags":"{"a" * tags}","headline":"x"}}'


def test_a_script_is_read_up_to_its_limit_and_says_nothing_past_it():
    assert headline(script(900_000)) == "x"
    assert headline(script(1_000_000)) == ""


def test_scripts_are_read_up_to_the_limit_of_all():
    long = f'<script type="application/ld+json">{script(900_000)}</script>'
    assert len(read_head(dom.parse(long * 4)).items) == 2
    short = f'<script type="application/ld+json">{script(9)}</script>'
    assert len(read_head(dom.parse(long * 4 + short)).items) == 3


def test_of_a_title_the_first_thousand_letters_are_read():
    head = read_head(dom.parse(f"<title>\n {'A bridge is open. ' * 900_000}</title>"))
    assert head.title.startswith("A bridge is open. A bridge")
    assert len(head.title) <= 1_000


def test_an_article_outranks_the_page_around_it():
    page = '[{"@type":"WebPage","headline":"page"},{"@type":"BlogPosting","headline":"post"}]'
    assert headline(page) == "post"


SEVERAL = (
    '[{"@type":"NewsArticle","headline":"other","url":"https://harbour.example/other"},'
    '{"@type":"NewsArticle","headline":"own","mainEntityOfPage":'
    '{"@id":"http://www.harbour.example/own/?utm=1#top"}}]'
)


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ('<link rel="canonical" href="https://harbour.example/own">', "own"),
        ('<meta property="og:url" content="https://harbour.example/own/">', "own"),
        ('<meta property="og:title" content="own">', "own"),
        ("<title>own</title>", "own"),
        ("", "other"),
    ],
)
def test_of_several_articles_the_one_of_this_page_is_meant(extra, expected):
    html = f'<script type="application/ld+json">{SEVERAL}</script>{extra}'
    assert read_head(dom.parse(html)).article()["headline"] == expected


def test_a_value_may_stand_in_an_attribute_called_value():
    head = read_head(dom.parse('<meta name="author" value="Ann Lee">'))
    assert head.all("author") == ["Ann Lee"]


def test_no_more_items_are_read_than_a_page_may_have():
    script = "[" + ",".join(['{"@type":"WebPage"}'] * 2_000) + "]"
    html = f'<script type="application/ld+json">{script}</script>' * 40
    assert len(read_head(dom.parse(html)).items) == 300


def test_names_are_read_without_regard_to_case_and_in_order():
    head = read_head(
        dom.parse(
            '<META NAME="Author" content=" Ann \n Lee "><meta property="author" content="Tom">'
            '<meta name="empty" content=""><meta content="nameless">'
            '<link rel="Canonical nofollow" href=" /a ">'
        )
    )
    assert head.all("author") == ["Ann Lee", "Tom"]
    assert head.first("empty", "author") == "Ann Lee"
    assert head.first("missing") == ""
    assert head.links == {"canonical": ["/a"], "nofollow": ["/a"]}


def test_a_document_without_anything_says_nothing():
    assert read_head(dom.parse("")) == Head()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  a  b ", ["a b"]),
        (" ", []),
        ({"name": "a"}, ["a"]),
        ({"name": {"name": "a"}}, []),
        ([{"name": "a"}, "b", None, 3, ["c"]], ["a", "b", "c"]),
        (None, []),
    ],
)
def test_the_strings_of_a_json_ld_value(value, expected):
    assert strings(value) == expected
    assert first_string(value) == (expected[0] if expected else "")


def test_types_lose_their_vocabulary():
    assert types_of({"@type": ["http://schema.org/Report", 3]}) == {"report"}
    assert types_of({}) == set()


@pytest.mark.parametrize(
    "head",
    [
        meta(og__image="/lead.jpg"),
        meta(twitter__image="https://harbour.example/lead.jpg"),
        json_ld(image="/lead.jpg"),
        json_ld(image={"@type": "ImageObject", "url": "/lead.jpg"}),
        json_ld(image=[{"url": "/lead.jpg"}, {"url": "/other.jpg"}]),
        '<link rel="image_src" href="/lead.jpg">',
        meta(og__image="data:image/png;base64,x", og__image__url="/lead.jpg"),
    ],
)
def test_the_lead_picture_is_what_the_document_says(head):
    (lead,) = read(story(head=head)).images
    assert (lead.url, lead.lead) == ("https://harbour.example/lead.jpg", True)


STANDFIRST = "Forty bearings replaced, and a toll that starts in spring"


@pytest.mark.parametrize(
    "inside",
    [
        f'<p class="standfirst">{STANDFIRST}</p>',
        f'<h2 class="article__sub-title">{STANDFIRST}</h2>',
        f'<div class="dek"><p>{STANDFIRST}</p></div>',
        f'<h2 itemprop="alternativeHeadline">{STANDFIRST}</h2>',
    ],
)
def test_a_standfirst_is_known_by_its_name(inside):
    found = read(
        document(f"<header><h1>{TITLE}</h1>{inside}</header><div>{paragraphs(*PROSE)}</div>")
    )
    assert STANDFIRST in (found.subtitle, found.text.split("\n")[0])
    assert not (found.subtitle and found.subtitle in found.text)


def test_short_words_and_cross_heads_are_no_standfirst():
    for inside in ('<p class="deck">News</p>', f'<h3 class="subhead">{STANDFIRST}</h3>'):
        assert read(document(f"<h1>{TITLE}</h1>{inside}{paragraphs(*PROSE)}")).subtitle == ""
