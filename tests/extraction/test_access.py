"""How much was there to read, from evidence: never guessed from a short text alone."""

from __future__ import annotations

import pytest
from support.pages import LONG, PROSE, body, document, json_ld, meta, paragraphs, read, story

from newskeep.extraction import fragment
from newskeep.extraction.access import is_cut

CLOSED = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".rest"}


@pytest.mark.parametrize(
    ("html", "access"),
    [
        (story(), "open"),
        (story(head=json_ld(isAccessibleForFree=True)), "open"),
        (story(head=json_ld(isAccessibleForFree=True, hasPart=CLOSED)), "open"),
        (story(head=json_ld(isAccessibleForFree=False)), "subscriber"),
        (story(head=json_ld(isAccessibleForFree="False")), "subscriber"),
        (story(head=json_ld(hasPart=CLOSED)), "subscriber"),
        (story(head=json_ld(hasPart=[None, CLOSED])), "subscriber"),
        (story(head=meta(article__content_tier="metered")), "metered"),
        (story(head=meta(article__content_tier="locked")), "subscriber"),
        (story(head=meta(article__content_tier="free")), "open"),
        (story('<div class="article-paywall">You have 2 of 5 left</div>'), "metered"),
        (story('<div class="article-paywall" hidden>You have 2 left</div>'), "open"),
        (story('<div class="article-paywall"></div>'), "open"),
        (story('<img src="/img/paywall_desktop.png">'), "metered"),
        (story("<p>Subscribe to continue reading.</p>"), "subscriber"),
        (
            story("<p>Cet article est réservé. La suite est réservée à nos abonnés.</p>"),
            "subscriber",
        ),
        (story("<p>订阅后继续阅读本文全部内容</p>"), "subscriber"),
        (story("<p>この記事は有料会員限定です。</p>"), "subscriber"),
        (story("<p>유료 회원 전용 기사입니다. 로그인하세요.</p>"), "subscriber"),
        (story("<p>Register for free to continue reading.</p>"), "registration"),
        (story("<p>登录后可继续阅读全文内容</p>"), "registration"),
        (
            story(
                head=json_ld(isAccessibleForFree=False),
                inside="<p>Log in to read on: sign in to keep it.</p>",
            ),
            "registration",
        ),
    ],
)
def test_a_wall_is_known_by_what_the_page_says_of_it(html, access):
    assert read(html).access == access


def test_words_about_subscribing_beside_a_whole_article_are_no_wall():
    assert read(story("<p>Subscribe to continue reading.</p>", texts=LONG)).access == "open"
    assert read(story("<p>Register to continue.</p>", texts=LONG)).access == "open"


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("Continue reading →", True),
        ("Read more…", True),
        ("[…]", True),
        ("and so […]", True),
        ("阅读全文", True),
        ("続きを読む >>", True),
        ("계속 읽기", True),
        ("Weiterlesen", True),
        ("They read more than before.", False),
        ("Members can read the full report at the pier.", False),
        ("Read more at the Harbour Post.", True),
        ("…", False),
        ("", False),
    ],
)
def test_a_text_that_goes_on_elsewhere_is_cut(end, cut):
    assert is_cut(f"{PROSE[0]} {end}") == cut


def test_a_cut_article_is_truncated_and_one_behind_a_wall_may_be_too():
    html = paragraphs(f"{PROSE[0]} […]")
    plain = fragment(html, url="https://harbour.example/a")
    assert (plain.access, plain.truncated) == ("truncated", True)
    walled = read(document(f"<article>{html}</article>", head=json_ld(isAccessibleForFree=False)))
    assert (walled.access, walled.truncated) == ("subscriber", True)
    assert not read(story()).truncated


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Attention Required! | Cloudflare", "Access Denied", "人机验证"]
)
def test_a_bot_check_is_blocked(title):
    assert read(document(f"<h1>{title}</h1><p>Please wait.</p>", title=title)).access == "blocked"


def test_a_bot_check_may_say_so_in_its_text_alone():
    html = document(
        "<p>Checking your browser before you go on to harbour.example.</p>", title="Wait"
    )
    assert read(html).access == "blocked"


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Page not found",
        "This article is no longer available",
        "您访问的页面不存在",
        "Seite nicht gefunden",
    ],
)
def test_a_soft_404_is_removed(title):
    assert (
        read(document(f"<h1>{title}</h1><p>Try the search.</p>", title=title)).access == "removed"
    )


def test_a_long_article_about_such_a_page_is_an_article():
    about = story(title="Page not found: a history", texts=LONG)
    assert read(about).access == "open"
    assert read(story(title="Just a moment... of calm", texts=LONG)).access == "open"


def test_a_page_without_text_is_a_problem_that_says_what_to_do():
    article = read(document("<nav><a href='/'>Home</a></nav>", title=""))
    (problem,) = article.problems
    assert (problem.kind, problem.stage, problem.url) == ("no-text", "extract", article.url)
    assert "open the original" in problem.message
    assert (article.text, article.confidence) == ("", 0.0)
    assert "no-text" not in {one.kind for one in read(story()).problems}


def test_a_feed_body_with_a_banner_is_metered_and_the_banner_gone():
    banner = '<a href="https://shop.example/subscribe"><img src="/freemium.png"></a>'
    article = fragment(paragraphs(*PROSE) + banner, url="https://harbour.example/a")
    assert article.access == "metered"
    assert article.html == body(paragraphs(*PROSE))
