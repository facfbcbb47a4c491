"""Selectors, CSS and XPath, put to documents of all kinds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.discover.recipes.select import MOST_FOUND, MOST_TAGS, Document, Found

URL = "https://a.example/x/"
PAGE = """<html><head><base href="/y/"><meta name="date" content=" 2026-11-24 "></head><body>
<h1>One <b>t</b>wo</h1><div id=a class="ad big"><p>First</p><p>Second</p></div>
<time datetime="2026-11-24T10:00:00Z">today</time><img src="p.jpg"><a href="n">next</a>
<div class=ad>gone<div class=ad>inner</div></div>kept</body></html>"""


def texts(selector: str, html: str = PAGE) -> list[str]:
    return [one.text for one in Document(html, URL).all(selector)]


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("h1", ["One two"]),
        ("xpath://h1", ["One two"]),
        ("#a", ["First Second"]),
        ("p", ["First", "Second"]),
        ("xpath://p", ["First", "Second"]),
        ("time", ["2026-11-24T10:00:00Z"]),
        ("xpath://time", ["2026-11-24T10:00:00Z"]),
        ("meta[name=date]", ["2026-11-24"]),
        ("a::attr(href)", ["n"]),
        ("#a ::attr(class)", []),
        ("xpath://a/@href", ["n"]),
        ("xpath:string(//a/@href)", ["n"]),
        ("xpath:concat('x', //a/@href)", ["xn"]),
        ("xpath:count(//p)", []),
        ("xpath://p/text()", ["First", "Second"]),
        ("nothing", []),
        ("xpath://nothing", []),
    ],
)
def test_what_it_finds(selector, found):
    assert texts(selector) == found


def test_a_picture_says_something_without_words():
    (found,) = Document(PAGE, URL).all("img")
    assert found == Found("", '<img src="p.jpg">')
    (found,) = Document(PAGE, URL).all("xpath://img")
    assert found == Found("", '<img src="p.jpg">')


def test_the_first_selector_that_finds_anything_counts():
    document = Document(PAGE, URL)
    assert [one.text for one in document.first(["i", "xpath://i", "a", "p"])] == ["next"]
    assert document.first(["i"]) == []


def test_the_base_is_the_documents_own():
    assert Document(PAGE, URL).base == "https://a.example/y/"
    assert Document("<base href='javascript:1'>", URL).base == URL
    assert Document("<p>", URL).base == URL


@pytest.mark.parametrize("selector", [".ad", "xpath://*[contains(@class, 'ad')]"])
def test_stripped_elements_leave_the_text_behind_them(selector):
    left = Document(PAGE, URL).without([selector])
    assert left.all("body")[0].text.split()[-3:] == ["today", "next", "kept"]
    assert left.all("#a") == left.all("p") == []


def test_css_and_xpath_strip_together():
    left = Document(PAGE, URL).without([".ad", "xpath://h1", "time", "xpath:/html", "xpath:1"])
    assert "".join(one.text for one in left.all("body")).split() == ["next", "kept"]


def test_text_before_a_stripped_first_element_stays():
    html = "<div>a<i>x</i>b<i>y</i>c</div><div><i>x</i>d</div>"
    left = Document(html, URL).without(["xpath://i"])
    assert [one.text for one in left.all("div")] == ["abc", "d"]


def test_nothing_to_strip_changes_nothing():
    document = Document(PAGE, URL)
    assert document.without([]) is document


@pytest.mark.parametrize(
    "html", ["", "\x00", "<", "<![<<'", "\ud800", "<!doctype html>", "<!-- x -->"]
)
def test_no_document_is_too_poor(html):
    document = Document(html, URL)
    for selector in ("p", "xpath://p", "xpath:string(/)"):
        assert [one.text for one in document.all(selector)] in ([], ["�"], ["<"], ["?"], ["<![<<'"])
    assert document.without(["p", "xpath://p"]).all("p") == []


def test_a_selector_that_fails_on_a_document_finds_nothing():
    assert texts("xpath:count('no set')") == []


def test_only_so_much_of_a_page_is_searched():
    html = "<i>x</i>" * MOST_TAGS
    assert len(texts("i", html)) == MOST_FOUND
    assert len(texts("i", f"<b>y</b>{html}<u>z</u>")) == MOST_FOUND
    assert texts("u", f"{html}<u>z</u>") == []
    assert texts("xpath:count(//i) = 6000", html) == []
    assert texts("xpath:string(count(//i))", html) == [str(MOST_TAGS // 2)]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            ["<div class=ad>", "</div>", "<p>", "</p>", "<table>", "<td>", "text", "<!--", "]]>"]
        ),
        max_size=30,
    )
)
def test_stripping_removes_all_that_it_names_and_nothing_raises(pieces):
    document = Document("".join(pieces), URL)
    for selector in (".ad", "xpath://*[@class='ad']"):
        assert document.without([selector]).all(selector) == []
