"""Articles by a recipe: when it is believed, and what it then changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import LONG, TITLE, URL, document, paragraphs, read

from newskeep import dates
from newskeep.discover.recipes import read as recipe_of
from newskeep.extraction.by_recipe import ENOUGH, agreement, refine

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OTHER = "Quite another text about bicycles, lamps and the price of rope in the old town. " * 12


def page(inside: str = "", *, texts=LONG) -> str:
    return document(
        f'<nav><a href="/">Home</a></nav><main><h1>{TITLE}</h1><p class="by">By Ann Dale</p>'
        f'<div class="text">{paragraphs(*texts)}{inside}</div></main>'
        f'<div class="comments"><p>{OTHER}</p></div>'
    )


def recipe(*lines: str, trust: bool = False, top: str = ""):
    flag = "trust = true\n" if trust else ""
    text = f'{top}\n{flag}[article]\naddresses = "harbour.example/*"\n' + "\n".join(lines)
    return recipe_of(text, "harbour.toml")


def taken(html: str, made, **facts):
    return refine(read(html, received=NOW), html, made, received=NOW, **facts)


# Whether it is believed


def test_a_body_that_agrees_is_taken_and_marked():
    html = page("<div class='promo'>Buy our harbour mugs, now in blue and in grey.</div>")
    made = recipe('body = ".text"', 'strip = ".promo"')
    found = taken(html, made)
    assert found.used
    assert found.agreement is not None
    assert found.agreement >= ENOUGH
    assert found.article.text == "\n".join(LONG)
    assert "mugs" not in found.article.html
    assert found.article.extractor == f"newskeep/2 harbour@{made.digest[:12]}"


def test_a_body_that_disagrees_changes_nothing():
    html = page()
    before = read(html, received=NOW)
    found = taken(html, recipe('body = ".comments"', 'title = ".by"', 'author = ".by"'))
    assert not found.used
    assert found.agreement is not None
    assert found.agreement < 0.3
    assert found.body.startswith("Quite another text")
    assert found.article == before


def test_part_of_the_body_is_not_enough():
    found = taken(page(), recipe('body = ".text p:nth-child(-n+9)"'))
    assert found.agreement is not None
    assert 0.6 < found.agreement < ENOUGH
    assert not found.used
    assert found.article.text == "\n".join(LONG)


def test_a_trusted_recipe_is_taken_at_its_word():
    found = taken(page(), recipe('body = ".comments"', 'title = ".by"', trust=True))
    assert found.used
    assert found.article.text == OTHER.strip()
    assert found.article.title == "By Ann Dale"


def test_a_trusted_recipe_that_finds_nothing_is_told():
    found = taken(page(), recipe('body = ".gone"', 'author = ".by"', trust=True))
    (problem,) = (one for one in found.article.problems if one.kind != "date-missing")
    assert (problem.kind, problem.url, problem.at) == ("recipe-finds-nothing", URL, NOW)
    assert f"newskeep recipe try {URL}" in problem.message
    assert found.article.text == "\n".join(LONG)
    assert found.article.authors == ("Ann Dale",)
    assert (found.used, found.agreement, found.body) == (False, None, "")


def test_an_untrusted_recipe_that_finds_nothing_is_passed_over():
    found = taken(page(), recipe('body = ".gone"'))
    assert found.article == read(page(), received=NOW)


def test_a_trusted_body_stands_in_for_one_that_was_not_found():
    html = document('<div class="t"><span>Only this.</span></div>', title="")
    before = read("<p></p>", received=NOW)
    assert [one.kind for one in before.problems] == ["no-text"]
    found = refine(before, html, recipe('body = ".t"', trust=True), received=NOW)
    assert (found.article.text, found.article.problems) == ("Only this.", ())
    assert found.agreement == 0.0


def test_a_recipe_for_lists_alone_changes_nothing():
    made = recipe_of('[list]\naddresses = "harbour.example/"', "x.toml")
    before = read(page(), received=NOW)
    assert refine(before, page(), made, received=NOW).article is before


def test_bytes_are_read_in_their_charset():
    html = page().replace("bridge", "Brücke")
    made = recipe('body = ".text"')
    before = read(html, received=NOW)
    data = html.encode("cp1252")
    found = refine(before, data, made, content_type="text/html; charset=windows-1252", received=NOW)
    assert found.used
    assert "Brücke" in found.article.text


# What it changes


def test_pieces_of_a_body_are_joined_and_none_stands_there_twice():
    html = page(texts=LONG[:6]) + f'<div class="text more">{paragraphs(*LONG[6:])}</div>'
    found = taken(html, recipe('body = "main, .text"', trust=True))
    assert found.article.text == "\n".join(["By Ann Dale", *LONG])
    by_xpath = taken(html, recipe("body = \"xpath://div[contains(@class, 'text')]\"", trust=True))
    assert by_xpath.article.text == "\n".join(LONG)


def test_pictures_of_the_body_are_its_own_and_absolute():
    html = page('<figure><img data-src="b.jpg"><figcaption>The pier</figcaption></figure>')
    (image,) = taken(html, recipe('body = ".text"')).article.images
    assert (image.url, image.caption) == ("https://harbour.example/town/b.jpg", "The pier")


def test_what_cannot_be_shown_safely_goes():
    html = page("<p onclick='x()'>A last line of it.<script>alert(1)</script></p>")
    article = taken(html, recipe('body = ".text"', trust=True)).article
    assert "A last line of it." in article.html
    assert "onclick" not in article.html
    assert "alert" not in article.html


def test_title_time_and_author_come_with_a_body_that_is_believed():
    html = page("<i class='t'>The other title</i><b class='d'>24.11.2026, 10:15</b>")
    made = recipe(
        'body = ".text"',
        'strip = [".t", ".d"]',
        'title = ".t"',
        'date = ".d"',
        'author = ".by"',
        top='zone = "Europe/Berlin"',
    )
    article = taken(html, made).article
    assert article.title == "The other title"
    assert dates.show(article.published) == "2026-11-24 10:15 +01:00"
    assert article.authors == ("Ann Dale",)
    assert article.text == "\n".join(LONG)


def test_a_recipe_without_a_body_only_fills_in_what_is_missing():
    html = page('<b class="d">2026-11-20</b><i class="t">The other title</i>')
    made = recipe('title = ".t"', 'date = ".d"', 'author = ".d"')
    before = read(html, received=NOW)
    found = taken(html, made)
    assert found.article.title == before.title
    assert found.article.authors == before.authors
    assert dates.show(found.article.published) == "2026-11-20"
    assert found.article.extractor == before.extractor


def test_a_day_alone_does_not_replace_a_time():
    head = '<meta property="article:published_time" content="2026-11-20T10:00:00Z">'
    html = page('<b class="d">2026-11-20</b>').replace("</head>", f"{head}</head>")
    article = taken(html, recipe('date = ".d"', trust=True)).article
    assert dates.show(article.published) == "2026-11-20 10:00 UTC"


@pytest.mark.parametrize("shown", ["2031-01-01", "soon", "1970-01-01"])
def test_a_time_that_cannot_be_true_is_not_taken(shown):
    html = page(f'<b class="d">{shown}</b>')
    assert taken(html, recipe('date = ".d"', trust=True)).article.published is None


def test_zone_language_and_site_are_the_recipes_where_the_page_names_none():
    head = '<meta property="article:published_time" content="2026-11-20 10:00">'
    html = document(f"<main><p>12 34</p>{head}</main>", lang="", title="", head=head)
    made = recipe(top='zone = "Asia/Taipei"\nlanguage = "zh-Hant"\ntitle = "港"')
    article = taken(html, made).article
    assert dates.show(article.published) == "2026-11-20 10:00 +08:00"
    assert (article.lang, article.site) == ("zh-Hant", "港")
    named = read(page(), received=NOW)
    assert taken(page(), made).article.lang == named.lang == "en"


@pytest.mark.parametrize(("tail", "access"), [("<p>阅读全文</p>", "truncated"), ("", "open")])
def test_how_much_there_was_to_read_is_judged_by_the_recipes_body(tail, access):
    html = page(f"<div class='tail'>{tail}</div>")
    article = taken(html, recipe('body = ".text"', trust=True)).article
    assert (article.access, article.truncated) == (access, access == "truncated")
    stripped = taken(html, recipe('body = ".text"', 'strip = ".tail"', trust=True)).article
    assert (stripped.access, stripped.truncated) == ("open", False)


# Where it leads


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ('next = ".n"', "https://harbour.example/town/bridge?page=2"),
        ('next = ".n::attr(href)"', "https://harbour.example/town/bridge?page=2"),
        ("next = \"xpath://a[@class='n']/@href\"", "https://harbour.example/town/bridge?page=2"),
        ('next = [".gone", ".n"]', "https://harbour.example/town/bridge?page=2"),
        ('next = ".self"', ""),
        ('next = ".away"', ""),
        ('next = ".gone"', ""),
        ('body = ".text"', ""),
    ],
)
def test_the_next_page_is_another_one_of_the_same_site(line, target):
    html = page(
        '<a class="n" href="?page=2">2</a><a class="self" href="#top">up</a>'
        '<a class="away" href="https://evil.example/">away</a>'
    )
    assert taken(html, recipe(line)).next == target
    assert taken(html, recipe(line.replace("next", "single"))).single == target


# How agreement is measured


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("a b c", "A b C", 1.0),
        ("a b c", "x y z", 0.0),
        ("a b c d e", "a b c", 2 * 2 / (4 + 2)),
        ("大桥重新开放", "大桥重新", 2 * 3 / (5 + 3)),
        ("", "", 0.0),
        ("a", "a", 0.0),
    ],
)
def test_agreement_is_the_share_of_common_pairs_of_words(one, other, share):
    assert agreement(one, other) == pytest.approx(share)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text("ab 桥", max_size=20), st.text("ab 桥", max_size=20))
def test_agreement_has_no_side_and_stays_between_0_and_1(one, other):
    assert agreement(one, other) == agreement(other, one)
    assert 0.0 <= agreement(one, other) <= 1.0


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div class=x>", "text ", "<a href='", ">", "\0", "\ud800"])
    )
)
def test_no_page_makes_it_raise(pieces):
    html = "".join(pieces)
    made = recipe('body = ".x"', 'strip = "a"', 'next = "a"', 'date = "p"', trust=True)
    assert taken(html, made).article.url == URL
