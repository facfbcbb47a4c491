"""Which pages are one article's, whatever its site calls them, and which are another article."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.answers import SITE, answer
from support.serial import TITLE, leaf, link, prose
from support.values import at

from newskeep import keep
from newskeep.captures import payload_digest
from newskeep.derive import Deriver
from newskeep.discover.recipes import Book
from newskeep.discover.recipes import read as recipe_of
from newskeep.types import Capture, Ref

STORY = "/town/bridge-reopens-2026"


def capture(path, html, *, role="page", status=200):
    received = answer(path, html.encode(), "text/html; charset=utf-8", role=role, status=status)
    return Capture(
        id="c" * 32,
        url=received.url,
        time=at(0),
        kind="response",
        role=role,
        digest=payload_digest(received.payload),
        ref=Ref("a.warc.gz", 0, 1),
        source="s",
        status=status,
        headers=received.headers,
        content_type="text/html; charset=utf-8",
        payload=received.payload,
    )


class Site:
    """Pages by their paths; `asked` is what was looked for beside the first one."""

    def __init__(self, pages, *, book=None):
        self.pages = pages
        self.asked = []
        self.deriver = Deriver(book=book or Book())

    def part(self, address, page):
        path = address.removeprefix(SITE)
        self.asked.append(path)
        return capture(path, self.pages[path], role="part") if path in self.pages else None

    def read(self, path=STORY):
        (seen,) = self.deriver.derive(capture(path, self.pages[path]), self.part).observations
        return seen


def text(*pages):
    return "\n".join(line for page in pages for line in prose(page))


# What leads on


@pytest.mark.parametrize(
    ("href", "label", "rel"),
    [
        ("?page=2", "Next", "next"),
        ("?page=2", "2", ""),
        ("?page=2", "Next page »", ""),
        (f"{STORY}/2", "Next", ""),
        (f"{STORY}/page/2/", "continue reading", ""),
        (f"{STORY}_2.html", "下一页", ""),
        (f"{STORY}-2", "下一頁", ""),
        ("?p=2", "次へ", ""),
        ("?page=2", "次のページ：橋の値段", ""),
        ("?pn=2", "続きを読む", ""),
        ("?page=2", "第2页", ""),
        ("?page=2", "<img src='/arrow.png' alt='次ページ'>", ""),
        ("?page=2", "<span aria-hidden='true'>›</span>", "next"),
        ("?seite=2", "Weiter", ""),
        ("?page=1", "Next ›", ""),
        (f"{SITE}/other/8731.html", "下一页", ""),
    ],
)
def test_the_next_page_is_read_whatever_the_site_calls_it(href, label, rel):
    second = STORY + href if href.startswith("?") else href.removeprefix(SITE)
    site = Site({STORY: leaf(1, link(href, label, rel)), second: leaf(2)})
    seen = site.read()
    assert seen.article.text == text(1, 2)
    assert seen.rank == keep.RANK_PAGE
    assert len(seen.addresses) == 2


def test_the_head_may_name_the_next_page():
    head = '<link rel="next" href="?page=2">'
    site = Site({STORY: leaf(1, head=head), f"{STORY}?page=2": leaf(2)})
    assert site.read().article.text == text(1, 2)


def test_page_numbers_alone_lead_from_page_to_page():
    pager = " ".join(link(f"?page={n}", str(n)) for n in (2, 3, 4))
    site = Site({STORY: leaf(1, pager), **{f"{STORY}?page={n}": leaf(n, pager) for n in (2, 3, 4)}})
    assert site.read().article.text == text(1, 2, 3, 4)


def test_pages_that_are_counted_from_nought_are_read_in_their_order():
    pager = " ".join(link(f"?page={n}", str(n + 1)) for n in (0, 1, 2))
    site = Site(
        {
            STORY: leaf(1, pager),
            f"{STORY}?page=1": leaf(2, pager),
            f"{STORY}?page=2": leaf(3, pager),
        }
    )
    assert site.read().article.text == text(1, 2, 3)


def test_a_title_may_count_the_pages():
    second = f"{STORY}-2"
    pages = {STORY: leaf(1, link(second, "Next")), second: leaf(2, title=f"{TITLE} (2/2)")}
    assert Site(pages).read().article.text == text(1, 2)


def test_the_title_is_the_first_pages():
    pages = {
        STORY: leaf(1, link("?page=2", "2")),
        f"{STORY}?page=2": leaf(2, title="The toll, at last"),
    }
    seen = Site(pages).read()
    assert seen.article.title == TITLE
    assert seen.article.text == text(1, 2)


# What does not


@pytest.mark.parametrize(
    ("href", "label", "rel"),
    [
        ("/town/ferry-withdrawn-2026", "Next", "next"),
        ("/town/ferry-withdrawn-2026", "Next article »", ""),
        ("/town/ferry-withdrawn-2026", "下一篇", ""),
        ("/town/ferry-withdrawn-2026", "次の記事", "next"),
        ("/town/ferry-withdrawn-2026", "2", ""),
        ("https://other.example/town/bridge-reopens-2026?page=2", "Next page", "next"),
        ("#page2", "2", ""),
        ("?page=2#comments", "2", ""),
        ("?page=3", "3", ""),
        ("javascript:next()", "Next page", "next"),
        ("?sort=new", "Next", ""),
    ],
)
def test_what_may_be_another_article_is_not_asked_for(href, label, rel):
    site = Site({STORY: leaf(1, link(href, label, rel))})
    seen = site.read()
    assert site.asked == []
    assert (seen.article.text, seen.rank) == (text(1), keep.RANK_PAGE)
    assert seen.article.problems == ()


def test_the_pages_of_comments_are_not_asked_for():
    comments = f'<div id="comments"><div class="nav">{link("?page=2", "2")}</div></div>'
    site = Site({STORY: leaf(1, comments)})
    assert site.read().article.text == text(1)
    assert site.asked == []


@pytest.mark.parametrize("path", ["/", "/news", "/news/town"])
def test_a_list_of_articles_has_no_further_pages(path):
    html = leaf(1, link("?page=2", "Next page", "next"))
    html = html.replace("article:published_time", "x") if path == "/news/town" else html
    site = Site({path: html, f"{path}?page=2": leaf(2)})
    assert site.read(path).article.text == text(1)
    assert site.asked == []


def test_a_short_address_with_a_date_on_its_page_is_an_article():
    path = "/town/bridge"
    site = Site({path: leaf(1, link("?page=2", "2")), f"{path}?page=2": leaf(2)})
    assert site.read(path).article.text == text(1, 2)


def test_an_address_that_ends_in_a_number_is_no_later_page_of_itself():
    head = (
        f'<link rel="canonical" href="{SITE}/town/monster-1/"><link rel="prev" href="/town/ferry">'
    )
    seen = Site({"/town/monster-1/": leaf(1, head=head)}).read("/town/monster-1/")
    assert seen.rank == keep.RANK_PAGE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/china/story20261124-1", "/china/story20261124-2"),
        ("/town/bridge-reopens", "/town/bridge-reopens-2"),
        ("/town/1.html", "/other/8731.html"),
    ],
)
def test_a_next_page_with_another_title_is_not_joined(first, second):
    pages = {
        first: leaf(1, link(second, "下一页")),
        second: leaf(2, title="Ferry withdrawn at noon"),
    }
    seen = Site(pages).read(first)
    assert seen.article.text == text(1)
    assert seen.addresses == (SITE + first,)
    assert seen.article.problems == ()


def test_parts_of_a_series_are_stories_of_their_own():
    first, second = "/town/bridge-1", "/town/bridge-2"
    titles = ("The story of the bridge, part 1", "The story of the bridge, part 2")
    pages = {
        first: leaf(1, link(second, "Next"), title=titles[0]),
        second: leaf(2, title=titles[1]),
    }
    assert Site(pages).read(first).article.text == text(1)


def test_a_page_that_says_it_is_another_article_is_not_joined():
    head = f'<link rel="canonical" href="{SITE}/town/ferry-withdrawn-2026">'
    pages = {STORY: leaf(1, link("?page=2", "2")), f"{STORY}?page=2": leaf(2, head=head)}
    assert Site(pages).read().article.text == text(1)


def test_the_same_text_again_is_no_further_page():
    pages = {STORY: leaf(1, link("?page=2", "2")), f"{STORY}?page=2": leaf(1, link("?page=3", "3"))}
    site = Site(pages)
    assert site.read().article.text == text(1)
    assert site.asked == [f"{STORY}?page=2"]


def test_an_article_of_any_size_ends_somewhere(monkeypatch):
    monkeypatch.setattr("newskeep.extraction.pages.MOST_HTML", 5_000)
    many = {f"{STORY}?page={n}": leaf(n, link(f"?page={n + 1}", "Next")) for n in range(2, 9)}
    seen = Site({STORY: leaf(1, link("?page=2", "2")), **many}).read()
    assert 5_000 < len(seen.article.html) < 10_000
    assert [one.kind for one in seen.article.problems] == ["further-pages-left"]


def test_a_further_page_that_is_no_page_counts_as_missing():
    class Broken(Site):
        def part(self, address, page):
            found = super().part(address, page)
            return replace(found, payload=b"\x1f\x8b broken") if found else None

    pages = {STORY: leaf(1, link("?page=2", "2")), f"{STORY}?page=2": leaf(2)}
    seen = Broken(pages).read()
    assert seen.article.text == text(1)
    assert [one.kind for one in seen.article.problems] == ["further-page-missing"]


# One page that has it whole


WHOLE = leaf(1).replace(
    "</article>", "".join(f"<p>{one}</p>" for one in [*prose(2), *prose(3)]) + "</article>"
)


@pytest.mark.parametrize(
    ("href", "label"),
    [
        ("?page=all", "View as a single page"),
        ("?all=1", "View all"),
        (f"{STORY}/full", "Read the full article"),
        ("?print=1", "阅读全文"),
        ("?page=full", "全ページを表示"),
        (f"{STORY}_all.html", "单页阅读"),
    ],
)
def test_a_page_that_has_the_article_whole_is_read_in_place_of_its_pages(href, label):
    whole = href if href.startswith("/") else STORY + href
    pager = link("?page=2", "2") + link(href, label)
    site = Site({STORY: leaf(1, pager), whole: WHOLE, f"{STORY}?page=2": leaf(2)})
    seen = site.read()
    assert seen.article.text == text(1, 2, 3)
    assert site.asked == [whole]
    assert seen.article.url == SITE + STORY


@pytest.mark.parametrize("whole", ["", leaf(5), leaf(1)])
def test_one_that_has_it_not_gives_way_to_the_pages(whole):
    pager = link("?page=2", "2") + link("?view=all", "View all")
    pages = {STORY: leaf(1, pager), f"{STORY}?page=2": leaf(2)}
    pages |= {f"{STORY}?view=all": whole} if whole else {}
    seen = Site(pages).read()
    assert seen.article.text == text(1, 2)
    assert seen.article.problems == ()


def test_a_link_to_all_stories_is_no_link_to_the_whole_one():
    site = Site({STORY: leaf(1, link("/town", "View all"))})
    site.read()
    assert site.asked == []


# By a recipe


def book(*lines):
    text = '[article]\naddresses = "harbour.example/*"\n' + "\n".join(lines)
    return Book((recipe_of(text, "harbour.toml"),))


def test_a_recipe_names_the_next_page():
    pager = '<span class="turn"><a href="?page=2">more of this</a></span>'
    pages = {STORY: leaf(1, pager), f"{STORY}?page=2": leaf(2)}
    assert Site(pages, book=book('next = ".turn a"')).read().article.text == text(1, 2)


def test_a_recipes_next_page_has_to_be_of_the_article_too():
    pager = '<span class="turn"><a href="/town/ferry">more of this</a></span>'
    pages = {STORY: leaf(1, pager), "/town/ferry": leaf(2, title="Ferry withdrawn at noon")}
    seen = Site(pages, book=book('next = ".turn a"')).read()
    assert seen.article.text == text(1)
    assert len(seen.addresses) == 1


def test_a_recipe_names_the_whole_article_by_xpath():
    pager = '<i class="w"><a href="/print/77">printable</a></i>'
    made = book("single = \"xpath://i[@class='w']/a\"")
    site = Site({STORY: leaf(1, pager), "/print/77": WHOLE}, book=made)
    assert site.read().article.text == text(1, 2, 3)


def test_every_page_is_read_by_the_recipe():
    made = book('body = "article"', 'strip = ".promo"')
    promo = '<p class="promo">Buy our harbour mugs, now in blue and in grey.</p>'
    second = leaf(2, inside=promo)
    site = Site({STORY: leaf(1, link("?page=2", "2")), f"{STORY}?page=2": second}, book=made)
    assert site.read().article.text == text(1, 2)


# What the joined article is


def test_what_every_page_repeats_stands_once():
    lead = "<p>The standfirst of this article is shown above each of its pages, as is usual.</p>"
    first = leaf(1, link("?page=2", "2")).replace("</h1>", "</h1>" + lead)
    second = leaf(2).replace("</h1>", "</h1>" + lead)
    found = Site({STORY: first, f"{STORY}?page=2": second}).read().article
    assert found.text.count("The standfirst") == 1
    assert found.text.endswith(text(2))


def test_the_lead_picture_of_every_page_is_one_and_pictures_of_all_pages_are_kept():
    head = '<meta property="og:image" content="/p/lead.jpg">'
    figure = '<figure><img src="/p/{}.jpg" alt="x"></figure>'
    first = leaf(1, link("?page=2", "2"), head=head, inside=figure.format("one"))
    second = leaf(2, head=head, inside=figure.format("two"))
    found = Site({STORY: first, f"{STORY}?page=2": second}).read().article
    assert [(one.url, one.lead) for one in found.images] == [
        (f"{SITE}/p/lead.jpg", True),
        (f"{SITE}/p/one.jpg", False),
        (f"{SITE}/p/two.jpg", False),
    ]
    assert found.html.index("one.jpg") < found.html.index("two.jpg")


def test_a_first_page_that_says_continue_is_not_cut_once_it_is_joined():
    cut = "<p>Continue reading</p>"
    pages = {STORY: leaf(1, link("?page=2", "2"), inside=cut), f"{STORY}?page=2": leaf(2)}
    found = Site(pages).read().article
    assert (found.truncated, found.access) == (False, "open")


def test_a_later_page_seen_by_itself_is_of_its_article():
    head = f'<link rel="canonical" href="{SITE}{STORY}">'
    seen = Site({f"{STORY}?page=2": leaf(2, head=head)}).read(f"{STORY}?page=2")
    assert seen.addresses == (f"{SITE}{STORY}?page=2", f"{SITE}{STORY}")
    assert seen.rank < keep.RANK_CUT_PAGE


def test_a_first_page_of_that_number_is_the_article():
    head = f'<link rel="canonical" href="{SITE}{STORY}">'
    pages = {
        f"{STORY}?page=1": leaf(1, link("?page=2", "2"), head=head),
        f"{STORY}?page=2": leaf(2),
    }
    seen = Site(pages).read(f"{STORY}?page=1")
    assert (seen.article.text, seen.rank) == (text(1, 2), keep.RANK_PAGE)


def test_a_capture_read_by_itself_says_what_it_lacks():
    page = capture(STORY, leaf(1, link("?page=2", "2", "next")))
    found = Deriver().derive(page)
    assert found.has_parts
    assert [one.kind for one in found.problems] == ["further-page-missing"]
    assert found.observations[0].rank == keep.RANK_CUT_PAGE


@settings(max_examples=60, deadline=timedelta(seconds=5))
@given(
    st.lists(
        st.sampled_from(["?page=2", "?page=3", "/2", "_2", "-2", "", "?all=1", "?page=x"]),
        max_size=6,
    )
)
def test_whatever_pages_link_to_each_page_is_asked_for_once(hrefs):
    labels = ("Next page", "2", "3", "View all", "Next", "次のページ")
    pager = "".join(
        link(STORY + href, label, "next") for href, label in zip(hrefs, labels, strict=False)
    )
    site = Site({STORY: leaf(1, pager), **{STORY + href: leaf(4, pager) for href in hrefs if href}})
    site.read()
    assert len(site.asked) == len(set(site.asked)) <= 8
