"""Which text an archive keeps where a page and a feed show one article unequally, in both orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.answers import SITE, answer, page, rss

import newskeep

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PATH = "/town/second-ferry-for-the-sound-1842"
TITLE = "Second ferry for the sound"
SENTENCES = [
    f"In its {number}th report the harbour office tells the council how many carts crossed the "
    f"sound that week, what {number} crowns of coal were burnt for it, and who had to wait."
    for number in range(4, 24)
]
WHOLE, TOP = SENTENCES, SENTENCES[:2]
FULL = "</p><p>".join(WHOLE)
WALL = (
    '<div class="paywall"><p>Subscribe to read the rest of this story.</p>'
    '<a href="/subscribe">Subscribe</a></div>'
)
LEAD = f"{SITE}/pictures/ferry.jpg"
INSIDE = f"{SITE}/pictures/pier.jpg"


def feed(text, *, full=True):
    return rss([(PATH, TITLE, text)], full=full)


def walled(*, declared=True):
    """A page that shows the top of its article, with its lead picture, its author and tags."""
    facts = '"isAccessibleForFree": false, ' if declared else ""
    head = (
        f'<meta property="og:image" content="{LEAD}"><script type="application/ld+json">{{"@type": '
        f'"NewsArticle", {facts}"headline": "{TITLE}", "keywords": "ferries", "author": '
        '{"@type": "Person", "name": "Ada Whitcombe"}}</script>'
    )
    body = "".join(f"<p>{one}</p>" for one in TOP) + (WALL if declared else "")
    html = (
        f"<!doctype html><html lang=en><head><title>{TITLE}</title>{head}</head><body><article>"
        f"<h1>{TITLE}</h1>{body}</article></body></html>"
    )
    return answer(PATH, html.encode())


def instead(title, text):
    """A page that shows something else in the place of its article."""
    html = f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{text}</body></html>"
    return answer(PATH, html.encode())


CHECK = instead("Just a moment...", "<h1>Checking your browser before you go on.</h1>")
COOKIES = instead(
    "Cookies", "<p>To continue, accept cookies or subscribe.</p><button>Accept</button>"
)
SOFT_404 = instead("Page not found", "<h1>Page not found</h1><p>Try the search.</p>")
AGE = instead("Bell", '<div class="age-gate"><p>Are you over 18?</p><button>Yes</button></div>')


@pytest.fixture
def kept(tmp_path):
    """Keeps answers a minute apart; gives the story as it stands, and after a rebuild."""

    def keep(*received):
        with newskeep.init(tmp_path / "news") as archive:
            for number, one in enumerate(received):
                archive.keep([replace(one, time=START + timedelta(minutes=number))])
            story = archive[SITE + PATH]
            archive.rebuild()
            assert archive[SITE + PATH].article == story.article
            return story

    return keep


def both_orders(*received):
    return pytest.mark.parametrize("received", [received, received[::-1]], ids=["first", "last"])


@both_orders(walled(), feed(FULL))
def test_a_feeds_whole_text_stands_before_a_page_that_is_cut(kept, received):
    article = kept(*received).article
    assert WHOLE[-1] in article.text
    assert "Subscribe" not in article.text
    assert (article.access, article.truncated) == ("subscriber", False)
    assert (article.authors, article.tags) == (("Ada Whitcombe",), ("ferries",))


PICTURED = FULL.replace("</p>", f'</p><figure><img src="{INSIDE}"></figure>', 1)


@pytest.mark.parametrize(("text", "picture"), [(FULL, LEAD), (PICTURED, INSIDE)])
@pytest.mark.parametrize("turned", [False, True])
def test_a_feeds_own_pictures_stand_and_the_pages_where_it_has_none(kept, text, picture, turned):
    received = (walled(), feed(text))
    images = kept(*(received[::-1] if turned else received)).article.images
    assert [one.url for one in images] == [picture]


@both_orders(page(PATH, TITLE, WHOLE), feed(f"{TOP[0]} […]"))
def test_a_whole_page_stands_before_a_feed_that_is_cut(kept, received):
    article = kept(*received).article
    assert WHOLE[-1] in article.text
    assert (article.access, article.truncated) == ("open", False)


@both_orders(page(PATH, TITLE, WHOLE), feed(FULL))
def test_a_whole_page_stands_before_a_whole_feed(kept, received):
    story = kept(*received)
    assert story.article.text.count(WHOLE[-1]) == 1
    assert len(story.revisions) == 1


@both_orders(walled(), feed(f"{TOP[0]} […]"))
def test_where_both_are_cut_the_page_stands(kept, received):
    article = kept(*received).article
    assert TOP[-1] in article.text
    assert (article.access, article.truncated) == ("subscriber", True)


@both_orders(walled(declared=False), feed(FULL))
def test_a_page_that_is_cut_without_a_word_is_known_by_the_feed(kept, received):
    story = kept(*received)
    assert WHOLE[-1] in story.article.text
    assert story.article.authors == ("Ada Whitcombe",)
    assert len(story.revisions) == 1


@both_orders(page(PATH, TITLE, WHOLE[:15]), feed(FULL))
def test_a_page_that_says_most_of_what_a_feed_says_stands(kept, received):
    assert WHOLE[-1] not in kept(*received).article.text


def test_the_wall_of_a_page_is_no_edit_of_what_the_feed_said(kept):
    assert len(kept(feed(FULL), walled(), walled(declared=False)).revisions) == 1


def test_a_wall_that_comes_later_hides_nothing(kept):
    article = kept(page(PATH, TITLE, WHOLE), walled()).article
    assert WHOLE[-1] in article.text
    assert (article.access, article.truncated) == ("open", False)


def test_a_wall_that_falls_shows_the_page(kept):
    article = kept(walled(), page(PATH, TITLE, WHOLE)).article
    assert WHOLE[-1] in article.text
    assert (article.access, article.truncated) == ("open", False)


GATES = {"blocked": CHECK, "cookies": COOKIES, "age": AGE}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("access", GATES)
def test_a_gate_is_noted_and_nothing_of_it_gets_into_the_article(kept, access, turned):
    received = (feed(TOP[0], full=False), GATES[access])
    story = kept(*(received[::-1] if turned else received))
    article = story.article
    assert (article.title, article.text, article.access) == (TITLE, TOP[0], access)
    assert article.images == ()
    assert story.state == "live"


@pytest.mark.parametrize("access", GATES)
def test_a_gate_alone_is_an_article_that_says_so(kept, access):
    assert kept(GATES[access]).article.access == access


@pytest.mark.parametrize("access", GATES)
def test_a_gate_gives_way_to_its_article(kept, access):
    article = kept(GATES[access], page(PATH, TITLE, WHOLE)).article
    assert (article.title, article.access) == (TITLE, "open")
    assert WHOLE[-1] in article.text


def test_an_article_stays_when_its_page_becomes_a_gate(kept):
    article = kept(page(PATH, TITLE, WHOLE), CHECK).article
    assert (article.title, article.access) == (TITLE, "open")


def test_soft_404s_are_misses_and_the_article_stays(kept):
    story = kept(page(PATH, TITLE, WHOLE), SOFT_404)
    assert (story.state, story.article.title) == ("live", TITLE)


def test_a_second_soft_404_means_that_the_article_is_gone(kept):
    story = kept(page(PATH, TITLE, WHOLE), SOFT_404, SOFT_404)
    assert (story.state, story.article.title, story.article.access) == ("gone", TITLE, "open")


def test_a_soft_404_that_is_all_there_is_says_so(kept):
    assert kept(SOFT_404).article.access == "removed"


@both_orders(SOFT_404, feed(FULL))
def test_a_feed_outlives_the_soft_404_of_its_page(kept, received):
    article = kept(*received).article
    assert (article.title, article.access) == (TITLE, "open")
    assert WHOLE[-1] in article.text
