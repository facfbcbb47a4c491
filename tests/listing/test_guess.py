"""The list on a page of which nothing is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newskeep.discover import listing
from newskeep.discover.guess import FEWEST, FEWEST_DATED, guess

URL = "https://bell.example/news/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TITLES = (
    "Old bridge opens again after nine years",
    "Ferry fares to stay as they are until spring",
    "Fish market has its busiest morning in years",
    "Council to vote on bicycles next month",
    "Harbour office buys a second dredger",
)
HANS = (
    "跨海大桥重新向货车开放",
    "渡轮票价明年以前维持不变",
    "港口鱼市迎来最忙的早晨",
    "市议会将讨论自行车过桥",
    "港务局买下第二艘挖泥船",
)
NAV = "<nav><a href=/news/1-about-the-paper-itself>All that you want to know about us</a></nav>"
FOOTER = "<footer><a href=/legal/2024-terms-of-the-house>Terms under which this paper is read</a></footer>"


def found(html: str, url: str = URL) -> list[str]:
    return [one.title for one in guess(html, url)]


def page(shape: str, titles=TITLES, tag: str = "li") -> str:
    rows = "".join(
        f"<{tag} class='row row-{n}'><a href='{shape.format(n=n + 100, s=f'a-slug-of-words-{n}')}'>{title}</a></{tag}>"
        for n, title in enumerate(titles)
    )
    return f"{NAV}<a href=/>Front page</a><div class=list>{rows}</div>{FOOTER}"


@pytest.mark.parametrize(
    "shape",
    [
        "/news/story{n}",
        "/2026/11/24/{s}/",
        "/news/{s}.html",
        "/article?id={n}",
        "/%E6%B8%AF%E5%8F%A3%E6%B8%AF%E5%8F%A3{n}",
        "https://www.bell.example/a/{n}.htm?from=list",
    ],
)
@pytest.mark.parametrize("titles", [TITLES, HANS])
def test_headlines_in_rows_are_the_list(shape, titles):
    assert found(page(shape, titles)) == list(titles)


def test_addresses_of_several_kinds_in_rows_of_one_kind_belong_together():
    rows = "".join(
        f"<li class=r><h3><a href={path}>{title}</a></h3></li>"
        for path, title in zip(
            ["/news/1", "/news/2", "/news/3", "/news/4", "/video/9"], TITLES, strict=True
        )
    )
    stray = "<p><a href=/video/7>A film that stands somewhere else on the page</a></p>"
    assert found(f"{stray}<ul>{rows}</ul>") == list(TITLES)


def test_the_row_that_says_most_wins():
    menu = "".join(f"<li><a href=/topic/{n}>Our topic of the year {n}</a></li>" for n in range(4))
    assert found(f"<ul class=menu>{menu}</ul>{page('/news/{n}')}") == list(TITLES)


def test_a_picture_and_a_headline_are_one_entry_under_the_longer_text():
    rows = "".join(
        f"<li><a href=/n/{n}>Read this one now</a><a href=/n/{n}>{title}</a><a href=/n/{n}>See it here too</a></li>"
        for n, title in enumerate(TITLES)
    )
    assert found(rows) == list(TITLES)


DATED = ("/2026/11/05/harbour-{s}/", "/2026/11/{s}.html", "/2026/{s}", "/a/2026-11-05/{s}",
         "/20261105/{s}/", "/2026/1/5/{s}")  # fmt: skip
WORDS = ("ferry", "bridge", "market", "tide", "%E6%B8%AF", "fish-house", "x", "12th", "the-mole")


def dated(shape: str, count: int) -> list[tuple[str, str]]:
    """Addresses behind a date, and short titles."""
    words = [f"{word}{'-' * (n // len(WORDS))}" for n in range(count) for word in [WORDS[n % 9]]]
    return [(shape.format(s=word), f"Note {n}") for n, word in enumerate(words)]


@pytest.mark.parametrize("shape", DATED)
@pytest.mark.parametrize("count", [FEWEST_DATED, 4, 20])
@pytest.mark.parametrize("row", [
    "<li><a href='{0}'>{1}</a></li>",
    "<li><h2><a href='{0}'>{1}</a></h2><time>5 Nov</time><p>The tide is late.</p></li>",
    "<li><a href='{0}'><img alt=''></a><h2><a href='{0}'>{1}</a></h2>"
    "<a href='{0}#more'>Read on to the very end</a></li>",
    "<li><a href='{0}'><h3>{1}</h3><p>The tide is late again, says the harbour.</p></a></li>",
])  # fmt: skip
def test_what_stands_behind_a_date_in_an_address_is_an_article_whatever_its_title(
    shape, count, row
):
    links = dated(shape, count)
    rows = "".join(row.format(*link) for link in links)
    assert found(f"{NAV}<ul>{rows}</ul>{FOOTER}") == [title for _, title in links]


@pytest.mark.parametrize(
    "path", ["/2026/11/{n:02}/", "/20{n:02}/", "/2026/{n:02}", "/2026/11/page-{n}"]
)
def test_years_months_days_and_pages_are_no_articles(path):
    rows = "".join(f"<li><a href='{path.format(n=n)}'>Month {n}</a></li>" for n in range(1, 9))
    assert found(rows) == []


@pytest.mark.parametrize(
    "title", ["Ferry notes", "渡轮", "Tide", "A winter without any of its lights"]
)
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize(
    "heading", ["<h2><a href='{0}'>{1}</a></h2>", "<a href='{0}'><h4>{1}</h4></a>"]
)
@pytest.mark.parametrize("path", ["/notes/tide-{n}", "/tide{n}/", "/2026/11/tide-{n}/"])
def test_one_heading_is_a_list_of_a_blog(title, count, heading, path):
    links = [(path.format(n="abc"[n]), f"{title} {'ABC'[n]}") for n in range(count)]
    rows = "".join(f"<article>{heading.format(*one)}<p>Text.</p></article>" for one in links)
    top = "<header><h1><a href=/notes>The mooring and its weekly news</a></h1></header>"
    html = f"{NAV}{top}<main>{rows}</main>{FOOTER}"
    assert [one.title for one in guess(html, URL, is_blog=True)] == [title for _, title in links]


def test_posts_of_several_categories_stand_alike():
    links = [("/boats/ferry/", "Ferry"), ("/fish/hake/", "Hake"), ("/2026/11/05/mole/", "Mole")]
    rows = "".join(
        f"<article class='post-{n} post category-{title} tag-{n}{' sticky' if n else ''}'>"
        f"<header><h2><a href={path}>{title}</a></h2></header>"
        f"<a href={path}>Continue reading this very long post</a></article>"
        for n, (path, title) in enumerate(links)
    )
    aside = "<div class=widget><h2><a href=/boats/dues/>Dues</a></h2></div>"
    assert [one.title for one in guess(rows + aside, URL, is_blog=True)] == [
        "Ferry",
        "Hake",
        "Mole",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<h1><a href=/>The bell</a></h1>",
        "<h1><a href=/news>The news of the bell</a></h1>",
        "<h2><a href=/tag/ferry>Ferry</a></h2>",
        "<h2><a href=/category/boats/ferry>Ferry</a></h2>",
        "<h2><a href=/ferry rel=tag>Ferry</a></h2>",
        "<h2><a href=/2026/11/>November</a></h2>",
        "<h2><a href=/about>About</a></h2>",
        "<h2><a href=https://elsewhere.example/a-b>Elsewhere</a></h2>",
        "<header><h2><a href=/ferry>Ferry</a></h2></header>",
        "<div id=sidebar><h3><a href=/ferry>Ferry</a></h3></div>",
        "<section class='widget w1'><h3><a href=/2026/11/05/ferry>Ferry</a></h3></section>",
        "<div role=navigation><h3><a href=/ferry>Ferry</a></h3></div>",
        "<aside><a href=/2026/11/05/ferry>Ferry</a></aside>",
        "<nav><h3><a href=/2026/11/05/ferry>Ferry</a></h3></nav>",
        "<footer><h3><a href=/2026/11/05/ferry>Ferry</a></h3></footer>",
        "<p><a href=/ferry>Ferry</a>",
        "<h2><a href=/ferry><img src=x></a></h2>",
    ],
)
def test_what_stands_around_the_posts_of_a_blog_is_none(html):
    assert guess(html, URL, is_blog=True) == ()


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>No links at all</p>",
        page("/news/{n}", TITLES[: FEWEST - 1]),
        page("/about"),
        page("https://evil.example/news/{n}"),
        page("/news/{n}", ("More", "Next", "Home", "Login", "Help")),
        page("/news/{n}", (f"{TITLES[0]} " * 30,) * 5),
        page("/news/{n}").replace("<div", "<aside").replace("</div", "</aside"),
        page("/news/{n}").replace("<div class=list>", "<form>"),
        "".join(f"<a href='#{n}'>{title}</a>" for n, title in enumerate(TITLES)),
    ],
)
def test_a_page_without_a_list_gives_none(html):
    assert found(html) == []


def test_the_same_article_over_and_over_is_no_list():
    assert found(page("/news/1")) == []


def test_a_listing_without_a_recipe_is_guessed():
    html = f"<title>The Bell</title>{page('/news/{n}')}"
    feed = listing.parse(html.encode(), url=URL, received=NOW)
    assert (feed.kind, feed.title, feed.home, feed.problems) == ("listing", "The Bell", URL, ())
    assert [one.url for one in feed.entries] == [
        f"https://bell.example/news/{n}" for n in range(100, 105)
    ]
    assert feed.entries[0].id == feed.entries[0].url


def test_a_page_that_is_no_list_is_told():
    feed = listing.parse(b"<p>Hello", url=URL, received=NOW)
    assert (feed.kind, feed.entries) == ("", ())
    (problem,) = feed.problems
    assert (problem.kind, problem.at) == ("not-a-list", NOW)
    assert "describe it in a recipe" in problem.message


def test_a_base_element_counts():
    html = page("story{n}").replace(NAV, "<base href=/deep/>")
    assert guess(html, URL) != ()
    feed = listing.parse(html.encode(), url=URL, received=NOW)
    assert feed.entries[0].url == "https://bell.example/deep/story100"
