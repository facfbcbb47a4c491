"""Each block of a page, kept or left out and why; and where an article's facts stand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import LONG, PROSE, TITLE, URL, document, json_ld, meta, paragraphs, read

from newskeep.discover.recipes import read as recipe_of
from newskeep.extraction import dom
from newskeep.extraction.explain import MOST_BLOCKS, WHY, explain
from newskeep.extraction.explain_page import explain_page
from newskeep.extraction.learned import Learned, Repeated, key

NOW = datetime(2026, 11, 25, tzinfo=UTC)
CLUB = "Join the Quay Club today and get a mug with the bridge on it, for nothing at all."
PAGE = document(
    f"<nav><a href='/'>Home</a></nav><div class='story'><h1>{TITLE}</h1>{paragraphs(*PROSE)}"
    f"<p>{CLUB}</p><div class='related'><p>Another story of the harbour, which is long.</p></div>"
    "<p hidden>Only for machines, and for nobody who reads this page.</p>"
    "<div><a href='/1'>The mill by the river</a> <a href='/2'>Snow on the pass</a></div></div>"
    "<footer><p>All rights of the Harbour Echo are reserved.</p></footer>"
)


def explained(html=PAGE, **facts):
    return explain(html, url=URL, received=NOW, **facts)


def verdicts(found):
    return {block.text: block.verdict for block in found.blocks}


def test_each_block_of_the_page_is_told_in_its_order_with_what_became_of_it():
    found = explained()
    assert [(block.text[:12], block.verdict) for block in found.blocks] == [
        ("Home", "outside"),
        (TITLE[:12], "title"),
        *((text[:12], "kept") for text in (*PROSE, CLUB)),
        ("Another stor", "named"),
        ("Only for mac", "hidden"),
        ("The mill by ", "links"),
        ("All rights o", "outside"),
    ]
    assert found.container == "div.story"


def test_the_article_is_the_one_that_is_extracted():
    assert explained().article == read(PAGE, received=NOW)


def test_a_block_has_its_evidence():
    block = next(one for one in explained().blocks if one.verdict == "named")
    assert (block.path, block.names) == ("div.story > div.related > p", "related")
    assert (block.letters, block.links) == (37, 0.0)
    links = next(one for one in explained().blocks if one.verdict == "links")
    assert (links.links, links.text) == (1.0, "The mill by the river Snow on the pass")


def test_what_the_site_has_taught_is_named():
    (node,) = dom.fragment(f"<p>{CLUB}</p>").elements()
    learned = Learned(site="x", blocks=(Repeated(key=key(node), articles=5, text=CLUB),))
    found = explained(learned=learned)
    assert verdicts(found)[CLUB] == "learned"
    assert CLUB not in found.article.text


def test_what_a_recipe_leaves_out_is_named():
    recipe = recipe_of(
        'trust = true\n[article]\naddresses = "harbour.example/*"\nbody = ".story"\n'
        'strip = ["p:nth-of-type(4)"]',
        "harbour.toml",
    )
    found = explained(recipe=recipe)
    assert verdicts(found)[CLUB] == "recipe"
    assert (found.recipe, found.used) == ("harbour", True)


def test_a_teaser_of_the_article_elsewhere_is_outside_of_it():
    found = explained(
        document(f"<aside><p>{PROSE[0]}</p></aside><main>{paragraphs(*LONG, PROSE[0])}</main>")
    )
    first, *_, last = found.blocks
    assert first.text == last.text == PROSE[0]
    assert (first.verdict, last.verdict) == ("outside", "kept")


def test_a_picture_of_the_article_is_kept():
    html = document(
        f"<img src='/logo.png' width='20'><article>{paragraphs(*PROSE)}<figure><img src='/pier.jpg'>"
        f"<figcaption>The northern pier.</figcaption></figure>{paragraphs(*LONG)}</article>"
    )
    found = explained(html)
    shown = {one: block.verdict for block in found.blocks for one in block.pictures}
    assert shown["https://harbour.example/pier.jpg"] == "kept"
    assert verdicts(found)["The northern pier."] == "kept"


def test_facts_are_told_with_every_place_that_says_the_same():
    head = json_ld(
        headline=TITLE, author={"name": "Ann Dale"}, datePublished="2026-11-20T08:30:00Z"
    )
    head += meta(og__title=TITLE, article__modified_time="2026-11-21T10:00:00+01:00")
    found = explained(document(f"<h1>{TITLE}</h1><p>By Ann Dale</p>{paragraphs(*LONG)}", head=head))
    places = {one.name: one.places for one in found.origins}
    assert places["title"] == ("title element", "JSON-LD headline", "meta og:title", "text of h1")
    assert places["author"] == ("JSON-LD author.name", "text of p")
    assert places["published"] == ("JSON-LD datePublished",)
    assert places["modified"] == ("meta article:modified_time",)
    assert places["language"] == ("html lang",)


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("2026-11-20", True),
        ("20.11.2026", True),
        ("20 November 2026", True),
        ("2026年11月20日", True),
        ("2026-11-21", False),
        ("On 2026-11-20 at 7 they met. " * 20, False),
    ],
)
def test_a_day_is_found_however_it_is_written(said, is_told):
    head = meta(article__published_time="2026-11-20")
    found = explained(document(f"<p class='when'>{said}</p>{paragraphs(*LONG)}", head=head))
    (published,) = (one for one in found.origins if one.name == "published")
    assert ("text of p.when" in published.places) == is_told


def test_a_page_without_an_article_is_explained_too():
    found = explained("<p></p>")
    assert (found.blocks, found.container, found.article.text) == ((), "", "")


def test_of_a_page_without_measure_only_the_beginning_is_explained():
    many = "".join(f"<p>Line {number} of a list without an end.</p>" for number in range(6000))
    found = explained(document(many + "<img src='/a.png'>" * 100))
    assert len(found.blocks) == MOST_BLOCKS
    assert len(found.origins) < 100


def test_every_verdict_is_explained():
    assert {one.verdict for one in explained().blocks} <= set(WHY)


# As a web page


def test_the_page_shows_blocks_evidence_and_facts_and_runs_nothing():
    html = explain_page(explained(), "write <a> recipe")
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert html.count('<li class="kept">') == 4
    assert html.count('<li class="left">') == 6
    assert "div.story &gt; div.related &gt; p, 37 letters, named “related”" in html
    assert "write &lt;a&gt; recipe" in html
    assert "<script" not in html
    assert "prefers-color-scheme: dark" in html
    assert "default-src 'none'" in html


def test_nothing_of_a_hostile_page_becomes_markup():
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    shown = f"<p class='&quot;&gt;&lt;script&gt;'>{evil.replace('<', '&lt;')} {LONG[0]}</p>"
    html = explain_page(explained(document(f"<h1>{evil}</h1>{shown}{paragraphs(*LONG)}")), evil)
    assert "<script" not in html
    assert "<img" not in html
    assert "onerror=alert(2)>" not in html


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div class=related>", "</div>", "<a href=x>", "</a>", "<br>", "<li>",
             "<img src=a.png>", "word ", "A sentence, of a kind. ", "<h1>T</h1>", "<table><tr><td>",
             "<time datetime='2026-11-20'>", "\x00", "<b>"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_page_is_explained(pieces):
    found = explained("".join(pieces))
    assert explain_page(found, "").endswith("</html>\n")
    said = "".join("".join(block.text.split()) for block in found.blocks)
    text = "".join(
        "".join(pieces[at] for at in range(len(pieces)) if pieces[at][0] not in "<\x00").split()
    )
    assert said.replace("T", "") == text.replace("T", "")
