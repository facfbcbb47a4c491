"""What a reader did not come for goes; what only resembles it stays."""

from __future__ import annotations

import pytest
from support.pages import LONG, PROSE, body, document, paragraphs, read, story

from newskeep.extraction import Hints, fragment

CLEAN = "\n".join(f"<p>{text}</p>" for text in PROSE)
LINKS = "".join(f'<li><a href="/{n}">Another story, number {n}</a></li>' for n in range(4))


@pytest.mark.parametrize(
    "rubbish",
    [
        '<div id="dfp-ad-imu1">Advertisement</div>',
        '<div id="innity-in-post">Buy this bridge now, it is cheap.</div>',
        '<section id="imu"><div id="dfp-ad-imu1">        </div></section>',
        '<div class="adsbygoogle">Buy it.</div>',
        '<div class="shareBar"><a href="/s">Share</a></div>',
        f'<div class="related-posts"><h3>Related</h3><ul>{LINKS}</ul></div>',
        '<div class="newsletter-signup"><p>Get our letter every day, in your box.</p></div>',
        '<div class="cookie-consent"><p>We use cookies, and you may say no.</p></div>',
        '<div id="comments"><p>A fine bridge, I say, and I crossed it twice.</p></div>',
        '<div class="author-box"><p>Ann has written of the river for years.</p></div>',
        f'<div class="recirculation-unit"><ul>{LINKS}</ul></div>',
        f'<div class="b-embedded-teaser"><p>{PROSE[1][:80]}</p></div>',
        '<div class="app-banner"><p>Read it in our app, with all its pictures.</p></div>',
        '<div class="css-1a2b3c" data-testid="share-tools"><p>Give it to ten friends.</p></div>',
        '<div data-component="inline-newsletter-signup"><p>A letter, every day.</p></div>',
        '<div class="xk1" data-testid="author-bio"><p>Ann has written of the river.</p></div>',
        '<p class="screen-reader-text">Skip to the text</p>',
        "<p hidden>You do not see this, and it is long.</p>",
        '<p style="display: none">You do not see this either.</p>',
        '<p style="color:red;visibility:hidden">Nor this one.</p>',
        '<p style="position:absolute; left:-9999px">Nor what stands off the page.</p>',
        '<p style="clip: rect(0, 0, 0, 0)">Nor what is cut to nothing.</p>',
        '<p style="font-size:0">Nor what has no size.</p>',
        '<p style="opacity:0;position:absolute">Nor what is clear.</p>',
        '<p aria-hidden="true">Nor this, says the reader of screens.</p>',
        "<form><p>Your mail, please, and your name.</p><input></form>",
        "<nav><p>Town, sea, weather, letters.</p></nav>",
        "<script>document.write('x')</script><style>p{}</style><!-- note -->",
        "<svg><text>chart</text></svg><select><option>one</option></select>",
        '<p>Read more: <a href="/x">The ferries of the river</a></p>',
        "<p>Advertisement</p>",
        "<p>Loading...</p>",
        f"<p>Related articles</p><ul>{LINKS}</ul>",
        '<a href="https://shop.example/subscribe"><img src="/offer.png"></a>',
        '<img src="https://b.scorecardresearch.com/p?c=1">',
    ],
)
def test_it_goes_from_pages_and_from_feeds(rubbish):
    assert read(story(rubbish)).html == CLEAN
    assert body(f"<p>{PROSE[0]}</p>{rubbish}{paragraphs(*PROSE[1:])}") == CLEAN


@pytest.mark.parametrize(
    "furniture",
    [
        "<aside><p>A word in the margin, of no weight.</p></aside>",
        '<div class="breadcrumbs"><a href="/">Home</a> › <a href="/t">Town</a></div>',
        '<div class="entry-meta">Filed in the town</div>',
        f"<ul>{LINKS}</ul>",
        '<p><a href="/x">Another story that you may like to read</a></p>',
        '<div class="bay-post-card"><p>Another story of the bridge, in a box.</p></div>',
        '<div class="video-placeholder"><p>This film needs your leave to play.</p></div>',
        '<div class="tags"><a href="/t/a">bridges</a></div>',
    ],
)
def test_what_surrounds_an_article_goes_from_pages(furniture):
    assert read(story(furniture)).html == CLEAN


@pytest.mark.parametrize(
    "ending",
    [
        "相关阅读", "责任编辑：陈桥", "版权声明：未经授权不得转载", "関連記事", "관련기사", "Leave a comment",
        "Mehr zum Thema", "【编辑:王河】", "• Related stories",
    ],
)  # fmt: skip
def test_what_ends_an_article_ends_it(ending):
    html = document(
        f"<article>{paragraphs(*LONG, ending, 'And this is the publisher’s.')}</article>"
    )
    assert read(html).text == "\n".join(LONG)


@pytest.mark.parametrize(
    "dateline",
    [
        "2026-10-30 09:15 来源：港口日报",
        "Published 30 October 2026",
        "Oct 30, 2026 9:15",
        "发布时间：今天上午",
    ],
)
def test_a_dateline_above_the_text_goes(dateline):
    html = document(f"<article>{paragraphs(dateline, *PROSE)}</article>")
    assert read(html).html == CLEAN


@pytest.mark.parametrize(
    "text",
    [
        "Advertisements for the bridge hung in the town hall for nine years.",
        "Read moreover what the clerk has written of the tides, said the hand.",
        "On 30 October 2026 the bridge was opened by the mayor of the town, at last.",
        "订阅者的故事，要从九年前的洪水说起，那时桥还在，河也还在原来的地方，没有人料到后来的事情，也没有人想到会等这么久。",
    ],
)
def test_a_sentence_that_begins_like_rubbish_stays(text):
    assert text in read(story(f"<p>{text}</p>")).text


@pytest.mark.parametrize(
    "html",
    [
        f'<div class="has-ad">{paragraphs(*PROSE)}</div>',
        f'<div class="no-comments hide-ads">{paragraphs(*PROSE)}</div>',
        f'<div class="comments">{paragraphs(*PROSE)}</div>',
        f'<div class="sidebar">{paragraphs(*PROSE)}</div>',
        f"<aside>{paragraphs(*PROSE)}</aside>",
        f"<form>{paragraphs(*PROSE)}</form>",
        f"<div hidden='until-found'>{paragraphs(*PROSE)}</div>",
        f"<div style='display:none'>{paragraphs(*PROSE)}</div>",
    ],
)
def test_what_is_all_there_is_to_read_stays_whatever_its_name(html):
    assert body(html) == CLEAN


@pytest.mark.parametrize(
    "attributes",
    [
        'class="corrections-box"',
        'class="article-footer correction"',
        'id="footnotes"',
        'role="doc-footnote"',
        'style="opacity:0"',
        'style="font-size:0.9em; left:-10px"',
    ],
)
@pytest.mark.parametrize("tag", ["div", "section"])
def test_what_is_of_the_article_stays_whatever_its_style(tag, attributes):
    note = "An earlier version of this article gave the bridge four arches; it has three."
    assert note in read(story(f"<{tag} {attributes}><p>{note}</p></{tag}>")).text


@pytest.mark.parametrize("tag", ["aside", "footer"])
def test_corrections_and_footnotes_stay_where_the_margin_goes(tag):
    note = "An earlier version of this article gave the bridge four arches; it has three."
    assert note in read(story(f'<{tag} class="correction"><p>{note}</p></{tag}>')).text
    assert note not in read(story(f'<{tag} class="margin"><p>{note}</p></{tag}>')).text


@pytest.mark.parametrize("style", ["opacity:0; position:absolute", "font-size:0"])
def test_a_picture_that_fades_in_stays(style):
    picture = f'<div style="{style}"><img src="/a.jpg" width="600" style="{style}"></div>'
    assert "/a.jpg" in read(story(picture)).html


def test_text_in_a_box_without_size_that_has_its_own_stays():
    inner = f'<p style="font-size:16px">{PROSE[1]}</p>'
    assert PROSE[1] in body(f"<p>{PROSE[0]}</p><div style='font-size:0'>{inner}</div>")


@pytest.mark.parametrize("name", ["byline", "timestamp", "post-header"])
def test_an_entry_of_a_live_blog_keeps_what_it_says_of_itself(name):
    said = f'<div class="{name}">Ann Quayle, at the harbour</div>'
    entry = f'<div class="liveblog-entry"><div>{said}</div><p>{PROSE[0]}</p></div>'
    assert "Ann Quayle, at the harbour" in read(story(entry)).html
    assert "Ann Quayle, at the harbour" not in read(story(said)).html


def test_a_wall_is_seen_in_the_name_of_a_picture_and_not_in_its_folder():
    assert "/metered/a.jpg" in body('<p>a</p><img src="/metered/a.jpg" width="600">')
    assert "<img" not in body('<p>a</p><img src="/i/metered.jpg" width="600">')


def test_letters_that_are_all_there_is_stay_and_their_tools_go():
    letters = "".join(f'<div class="comment"><p>{text}</p></div>' for text in LONG)
    html = f'{letters}<div class="share">Share it</div>'
    assert body(html) == "\n".join(f"<p>{text}</p>" for text in LONG)


def test_a_quoted_post_of_a_network_is_part_of_the_article():
    quoted = '<blockquote class="twitter-tweet share"><p>We are open.</p></blockquote>'
    assert "<blockquote><p>We are open.</p></blockquote>" in read(story(quoted)).html


@pytest.mark.parametrize("name", ["mastodon-embed share", "reddit-embed-bq related"])
def test_a_post_of_any_network_is_part_of_the_article(name):
    quoted = f'<blockquote class="{name}"><p>We are open.</p></blockquote>'
    assert "<blockquote><p>We are open.</p></blockquote>" in read(story(quoted)).html


def test_a_film_stays_whatever_its_name():
    film = '<iframe class="promo share" src="https://www.youtube.com/embed/abc123def45"></iframe>'
    assert ">YouTube</a>" in read(story(film)).html


def test_headings_that_repeat_the_title_go():
    html = f"<h1>Bridge opens</h1><p>Bridge opens</p><h2>BRIDGE OPENS!</h2>{paragraphs(*PROSE)}"
    assert body(html, title="Bridge opens") == CLEAN
    assert body(f"{paragraphs(*PROSE)}<h2>Bridge opens</h2><p>x</p>", title="").endswith("<p>x</p>")


def test_a_post_that_is_nothing_but_its_title_keeps_it():
    assert body("<p>Bridge opens!</p>", title="Bridge opens") == "<p>Bridge opens!</p>"
    picture = '<p>Bridge opens</p><img src="https://harbour.example/a.jpg">'
    assert body(picture, title="Bridge opens").startswith("<p>Bridge opens</p>")


def test_a_linked_phrase_goes_where_it_stands_and_a_plain_one_in_the_tail():
    linked = '<p><a href="/x">Read also: the ferries of the river</a></p>'
    assert body(linked + paragraphs(*PROSE)) == CLEAN
    plain = "<p>Tags: bridges, stone</p>"
    assert body(paragraphs(*PROSE) + plain) == CLEAN
    assert body(plain + paragraphs(*PROSE)) == f"<p>Tags: bridges, stone</p>\n{CLEAN}"


def test_links_below_a_trailer_go_with_it_and_text_stays():
    html = f"<p>延伸閱讀</p><p><a href='/1'>洪水</a></p><p>{PROSE[0]}</p>"
    assert body(html) == f"<p>{PROSE[0]}</p>"


def test_a_feed_with_a_template_around_its_text_is_read_like_a_page():
    html = (
        "<header><a href='/'>Harbour Post</a></header>"
        f"<article><h1>Bridge opens</h1>{paragraphs(*LONG)}</article>"
        f"<section class='comments-area'><p>{PROSE[0]}</p></section><footer>© Harbour</footer>"
    )
    article = fragment(html, url="https://harbour.example/a", hints=Hints(title="Bridge opens"))
    assert article.text == "\n".join(LONG)
    assert 0.5 < article.confidence < 1
    assert fragment(paragraphs(*PROSE), url="https://harbour.example/a").confidence == 1.0
