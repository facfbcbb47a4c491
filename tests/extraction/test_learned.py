"""What a site has taught is left out of its articles, and never more than that."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import PROSE, document, meta, paragraphs, read, story

from newskeep.extraction import dom
from newskeep.extraction.learned import VERSION, Learned, Repeated, gone, key, site_of

CLUB = "Join the Quay Club today and get a mug with the bridge on it, for nothing at all."
EARLY = "This is a column of the Harbour Echo, which comes each Monday since the flood."


def blocks(html):
    return list(dom.fragment(html).elements())


def learned(*html, site="harbour.example"):
    known = (
        Repeated(key=key(one), articles=9, text=one.text()) for each in html for one in blocks(each)
    )
    return Learned(site=site, blocks=tuple(known))


def left(html, *known):
    found = blocks(html)
    going = gone(found, learned(*known))
    return [one.text() for number, one in enumerate(found) if number not in going]


def test_a_learned_block_goes_wherever_it_stands():
    lesson = learned(f"<p>{CLUB}</p>")
    for html in (
        story(f"<p>{CLUB}</p>"),
        document(f"<article>{paragraphs(*PROSE, CLUB)}</article>"),
    ):
        assert CLUB in read(html).text
        assert read(html, learned=lesson).text == "\n".join(PROSE)


def test_white_space_case_and_the_unseen_do_not_matter():
    typed = CLUB.upper().replace(" ", "\n ").replace("MUG", "M\u00adUG")
    assert left(f"<p>{PROSE[0]}</p><p>{typed}</p>", f"<p>{CLUB}</p>") == [PROSE[0]]


def test_an_article_says_what_was_left_out_of_it():
    html = story(f"<p>{CLUB}</p><p>{EARLY}</p>")
    plain = read(html).extractor
    one = read(html, learned=learned(f"<p>{CLUB}</p>")).extractor
    more = learned(f"<p>{CLUB}</p>", "<p>Something that does not stand here.</p>")
    assert one.startswith(f"{plain} learned@")
    assert read(html, learned=more).extractor == one
    assert read(html, learned=learned(f"<p>{EARLY}</p>")).extractor not in (one, plain)


def test_a_page_without_any_learned_block_is_the_same_article():
    assert read(story(), learned=learned(f"<p>{CLUB}</p>")) == read(story())


def test_a_heading_goes_with_all_that_stood_below_it():
    html = (
        f"<p>{PROSE[0]}</p><h2>Club</h2><h3>Join</h3><p>{CLUB}</p><h2>Ferries</h2><p>{PROSE[2]}</p>"
    )
    assert left(html, f"<p>{CLUB}</p>") == [PROSE[0], "Ferries", PROSE[2]]


def test_a_heading_stays_with_what_is_left_below_it():
    html = f"<h2>Club</h2><p>{PROSE[0]}</p><p>{CLUB}</p><h3>Empty before</h3><h2>Next</h2><p>{PROSE[1]}</p>"
    assert left(html, f"<p>{CLUB}</p>") == ["Club", PROSE[0], "Empty before", "Next", PROSE[1]]


def test_a_rule_above_what_went_goes_with_it():
    found = blocks(f"<p>{PROSE[0]}</p><hr><p>{CLUB}</p>")
    assert gone(found, learned(f"<p>{CLUB}</p>")) == {1, 2}


def test_an_article_is_never_emptied():
    assert left(f"<h2>Club</h2><p>{CLUB}</p>", f"<p>{CLUB}</p>") == ["Club", CLUB]


def test_a_slight_block_goes_at_the_edges_only():
    html = f"<p>Echo</p><p>{PROSE[0]}</p><p>Echo</p><p>{PROSE[1]}</p><p>{CLUB}</p><h2>Z</h2><p>Echo</p>"
    assert left(html, f"<p>{CLUB}</p>", "<p>Echo</p>") == [PROSE[0], "Echo", PROSE[1]]


@pytest.mark.parametrize(
    "html",
    [
        f"<blockquote><p>{CLUB}</p></blockquote>",
        f"<p>“{CLUB}”</p>",
        f"<p>「{CLUB}」</p>",
        f"<table><tr><td>{CLUB}</td></tr></table>",
        f"<pre><code>{CLUB}</code></pre>",
        f"<h2>{CLUB}</h2>",
        "<hr>",
        "<p>———</p>",
        "<p></p>",
    ],
)
def test_what_may_be_the_article_itself_has_no_key(html):
    (block,) = blocks(html)
    assert key(block) == ""


def test_a_picture_is_known_by_its_address_less_its_query():
    one, same, other = (
        key(*blocks(f'<figure><img src="https://h.example/{name}"></figure>'))
        for name in ("a.png?w=1", "a.png?w=2", "b.png")
    )
    assert one == same != other


def test_a_lead_picture_that_is_learned_is_left_out():
    html = document(
        f"<article>{paragraphs(*PROSE)}</article>", head=meta(og__image="/pier.jpg?v=3")
    )
    (lead,) = read(html).images
    assert lead.url.startswith("https://harbour.example/pier.jpg")
    known = learned("<figure><img src='https://harbour.example/pier.jpg'></figure>")
    assert read(html, learned=known).images == ()
    assert read(html, learned=learned(f"<p>{CLUB}</p>")).images == (lead,)


def test_a_picture_with_another_caption_is_another_block():
    shown = "<figure><img src='https://h.example/a.png'><figcaption>{}</figcaption></figure>"
    assert key(*blocks(shown.format("The pier"))) != key(*blocks(shown.format("The bridge")))


def test_a_lone_link_is_known_by_where_it_leads_too():
    one, other = (key(*blocks(f'<p><a href="https://h.example/{n}">YouTube</a></p>')) for n in "ab")
    assert one != other


def test_a_link_inside_a_sentence_is_known_by_the_sentence():
    one, other = (
        key(*blocks(f'<p>{CLUB} <a href="https://h.example/?from={n}">More</a></p>')) for n in "ab"
    )
    assert one == other


def test_a_site_is_a_host_without_its_www():
    assert site_of("https://www.Harbour.example:8080/a") == "harbour.example"
    assert site_of("https://m.harbour.example/a") == "m.harbour.example"
    assert site_of("urn:newskeep:entry:1") == ""


def test_the_digest_tells_site_and_blocks_and_knows_no_order():
    both = learned(f"<p>{CLUB}</p>", f"<p>{EARLY}</p>")
    assert both.digest == learned(f"<p>{EARLY}</p>", f"<p>{CLUB}</p>").digest
    assert both.digest != learned(f"<p>{CLUB}</p>").digest
    assert both.digest != learned(f"<p>{CLUB}</p>", f"<p>{EARLY}</p>", site="quay.example").digest


def test_the_digest_is_as_the_format_of_the_journal_says():
    lesson = learned(f"<p>{CLUB}</p>", f"<p>{EARLY}</p>")
    said = "\0".join([str(VERSION), lesson.site, *sorted(lesson.keys)])
    assert lesson.digest == sha256(said.encode()).hexdigest()[:32]


PIECES = st.lists(
    st.sampled_from(
        [f"<p>{CLUB}</p>", "<p>Yes.</p>", "<h2>A</h2>", "<h3>B</h3>", "<hr>", f"<p>{PROSE[0]}</p>"]
    ),
    max_size=9,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(PIECES)
def test_what_is_not_learned_and_no_heading_stays_and_twice_is_once(pieces):
    known = (f"<p>{CLUB}</p>", "<p>Yes.</p>")
    html = "".join(pieces)
    once = left(html, *known)
    assert once.count(PROSE[0]) == pieces.count(f"<p>{PROSE[0]}</p>")
    assert bool(once) == bool(pieces)
    found = blocks(html)
    going = gone(found, learned(*known))
    again = [one for number, one in enumerate(found) if number not in going]
    assert gone(again, learned(*known)) == set() or not going
