"""What counts as a notice, and that looking for one is safe on any page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pages import PROSE, document, json_ld, paragraphs, read, story

from newskeep.extraction import access, dom, fragment
from newskeep.extraction.outline import outline

ASKS = "Subscribe to continue reading."
BOX = f'<div class="x"><p>{ASKS}</p><a href="/subscribe">Subscribe</a></div>'


def found(html):
    return access.signs(outline(dom.tree(dom.parse(html)))).notices.found


def test_a_box_with_a_door_is_a_notice():
    (notice,) = found(document(BOX))
    assert notice.boxes[0].text == ASKS.lower()
    assert notice.boxes[-1].door


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>",
        "<footer>{}</footer>",
        "<blockquote>{}</blockquote>",
        "<figure>{}</figure>",
        '<div class="comments">{}</div>',
        '<div class="newsletter-box">{}</div>',
        '<div class="embed-box">{}</div>',
        '<div style="display:none">{}</div>',
        "<div hidden>{}</div>",
        '<div class="d-none">{}</div>',
        '<div class="modal fade">{}</div>',
        "<template>{}</template>",
        "<script>{}</script>",
    ],
)
def test_what_is_hidden_or_stands_elsewhere_is_none(around):
    assert found(document(around.format(BOX))) == ()
    assert read(story(around.format(BOX))).access == "open"


def test_a_window_that_readers_close_is_no_wall_unless_the_page_declares_one():
    window = f'<div class="subscribe-modal">{BOX}</div>'
    assert read(story(window)).access == "open"
    declared = read(story(window, head=json_ld(isAccessibleForFree=False)))
    assert (declared.access, declared.truncated) == ("subscriber", True)


def test_an_article_that_is_declared_free_has_no_wall_by_words_alone():
    assert read(story(BOX, head=json_ld(isAccessibleForFree=True))).access == "open"


@pytest.mark.parametrize("quoted", ["“{}”", '"{}"', "„{}“", "«{}»"])
def test_what_is_quoted_is_no_notice(quoted):
    assert found(document(f"<p>{quoted.format(ASKS)}</p>")) == ()


def test_a_name_alone_is_no_wall_and_makes_no_paragraph_one():
    named = "".join(f'<p class="paywall">{text}</p>' for text in PROSE)
    assert read(document(f"<article>{named}</article>")).access == "open"
    assert read(story('<div class="paywall">The harbour, at noon.</div>')).access == "open"


def test_a_gate_is_a_whole_page_and_never_the_body_of_a_feeds_entry():
    gate = "<h1>Just a moment...</h1><p>Checking your browser.</p>"
    assert read(document(gate, title="Just a moment...")).access == "blocked"
    assert fragment(gate, url="https://harbour.example/a").access == "open"


def test_a_link_to_the_rest_counts_right_behind_the_text_alone():
    more = '<p><a href="/full">Read more</a></p>'
    assert read(document(f"<article>{paragraphs(*PROSE)}{more}</article>")).truncated
    teaser = f"<h3>Owls return to the tower</h3>{more}"
    assert not read(document(f"<article>{paragraphs(*PROSE)}</article>{teaser}")).truncated


pieces = st.lists(
    st.sampled_from([
        "<div class='paywall'>", "</div>", "<p>", "<a href='/subscribe'>", "</a>", "<button>",
        "Subscribe to continue reading", "Read more", "404", "続きを読む", "[…]", "<h1>",
        "Just a moment...", "<b>", "\x00", "<iframe src='/_Incapsula_Resource'>", "&nbsp;", "İ",
    ]),
    max_size=60,
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(pieces)
def test_any_page_has_one_access_and_always_the_same(some):
    html = document("".join(some))
    first, second = read(html), read(html)
    assert first.access in access.STATES
    assert (first.access, first.truncated) == (second.access, second.truncated)


@pytest.mark.parametrize(
    "html",
    [
        "<div class='paywall'>" * 70 + "<b></b>" * 20_000,
        BOX * 5_000,
        "<p><a>read more</a></p>" * 10_000,
        "<div><span>" * 40 + f"{ASKS} " * 3 + "<b></b>" * 20_000,
    ],
)
def test_no_more_notices_are_looked_at_than_are_allowed(html):
    assert len(found(html)) <= 120
