"""What repeats across a site's articles is learned, and what an article may say is not."""

from __future__ import annotations

import pytest

from newskeep.extraction import learning
from newskeep.extraction.learning import FEWEST, LONGEST, MOST_BLOCKS, Sample

CLUB = "Join the Quay Club today and get a mug with the bridge on it, for nothing at all."
LINK = '<p>Follow the harbour on <a href="https://social.example/harbour">our page</a>.</p>'


def learn(bodies, lead=lambda number: ""):
    """What is learned of articles with these bodies and lead pictures."""
    return learning.learn(Sample(html, lead(number)) for number, html in enumerate(bodies))


def prose(number, parts=4):
    """So many paragraphs that no other article has."""
    return [
        f"<p>Ship {number} came in on tide {part}, with a load of {number * 7 + part} barrels.</p>"
        for part in range(parts)
    ]


def articles(count, add, to=None):
    """Articles, to the first `to` of which `add` does something."""
    to = count if to is None else to
    return ["".join(add(prose(n)) if n < to else prose(n)) for n in range(count)]


def at_end(block):
    return lambda parts: [*parts, block]


def at_start(block):
    return lambda parts: [block, *parts]


def inside(block):
    return lambda parts: [*parts[:2], block, *parts[2:]]


def texts(bodies):
    return [one.text for one in learn(bodies)]


# What is learned


@pytest.mark.parametrize(
    ("place", "block", "to"),
    [
        (at_end, f"<p>{CLUB}</p>", 6),
        (at_start, f"<p>{CLUB}</p>", 6),
        (inside, f"<p>{CLUB}</p>", 10),
        (at_end, LINK, 3),
        (inside, LINK, 6),
        (at_end, "<p>The Echo</p>", 10),
        (at_end, "<ul><li><a href='https://h.example/1'>Tide tables</a></li></ul>", 3),
        (at_end, "<figure><img src='https://h.example/logo.png'></figure>", 6),
    ],
)
def test_a_block_of_enough_articles_is_learned_and_of_fewer_is_not(place, block, to):
    (found,) = learn(articles(20, place(block), to))
    assert found.articles == to
    assert learn(articles(20, place(block), to - 1)) == ()


def test_a_row_of_blocks_at_the_end_is_learned_as_one():
    row = [f"<p>{CLUB}</p>", "<h3>Read on</h3>", LINK]
    assert len(learn(articles(20, lambda parts: [*parts, *row], 6))) == 2


def test_the_most_common_come_first_and_a_picture_is_told_by_its_address():
    logo = "<figure><img src='https://h.example/logo.png'></figure>"
    bodies = [one + (LINK if n < 9 else "") for n, one in enumerate(articles(20, at_end(logo), 15))]
    assert texts(bodies) == ["https://h.example/logo.png", "Follow the harbour on our page."]


def test_a_hostile_site_teaches_only_so_much():
    many = "".join(
        f"<p>Standing notice {n} of the harbour, as everybody knows.</p>" for n in range(700)
    )
    long = "".join(f"<p>{'x' * 3000} {n}</p>" for n in range(3))
    bodies = ["".join(prose(n, 900)) + many + long for n in range(FEWEST)]
    found = learn(bodies)
    assert len(found) == MOST_BLOCKS
    assert max(len(one.text) for one in found) <= 160


@pytest.mark.parametrize(("count", "is_learned"), [(6, True), (5, False)])
def test_a_lead_picture_of_many_articles_is_learned(count, is_learned):
    def lead(number):
        name = "logo.png?v=2" if number < count else f"{number}.jpg"
        return f"https://h.example/{name}"

    found = learn(articles(20, lambda parts: parts), lead)
    assert [one.text for one in found] == ["https://h.example/logo.png?v=2"] * is_learned


def test_a_picture_counts_once_where_it_leads_and_stands_in_the_body():
    logo = "https://h.example/logo.png"
    shown = articles(20, at_start(f"<figure><img src='{logo}'></figure>"), 5)
    assert learn(shown, lambda number: logo if number < 5 else "") == ()
    (found,) = learn(shown, lambda number: logo if number < 8 else "")
    assert found.articles == 8


# What is not


def test_nothing_is_learned_of_few_articles():
    assert learn(articles(FEWEST - 1, at_end(f"<p>{CLUB}</p>"))) == ()
    assert learn(articles(FEWEST, at_end(f"<p>{CLUB}</p>")))


def test_a_wire_story_that_is_published_often_is_no_boilerplate():
    wire = "".join(prose(99, 8))
    bodies = articles(20, lambda parts: parts) + [wire] * 15
    assert learn(bodies) == ()
    assert (
        learn([*bodies, *(f"{wire}<p>This story was updated at {n}.</p>" for n in range(9))]) == ()
    )


def test_copies_do_not_count_toward_what_does_repeat():
    copied = "".join([*prose(99), LINK])
    assert learn([*articles(20, at_end(LINK), 2), copied, copied]) == ()


def test_the_standing_words_of_a_column_stay():
    intro = "<p>Every Monday Ann Dale walks along the quay and tells what she has heard there.</p>"
    assert learn(articles(30, at_start(intro), 8)) == ()


def test_the_first_line_of_a_serial_stays():
    line = "<p>What happened until now: the keeper of the bridge has lost the only key.</p>"
    assert learn(articles(20, at_start(line), 5)) == ()


def test_short_answers_and_headings_stay_however_often_they_repeat():
    talk = ["<h2>In short</h2>", "<p>Yes.</p>", "<p>No, never.</p>", "<h2>Background</h2>"]
    bodies = articles(20, lambda parts: [*parts[:2], *talk[:2], parts[2], *talk[2:], parts[3]])
    found = {one.text for one in learn(bodies)}
    assert not found & {"In short", "Background"}


def test_a_quotation_that_runs_through_the_articles_stays():
    assert learn(articles(20, at_end(f"<p>“{CLUB}”</p>"))) == ()
    assert learn(articles(20, at_end(f"<blockquote><p>{CLUB}</p></blockquote>"))) == ()


@pytest.mark.parametrize("mark", ["Continue reading", "大桥在周五重新开放。阅读全文"])
def test_what_says_that_an_article_is_cut_stays(mark):
    assert learn(articles(20, at_end(f'<p><a href="https://h.example/">{mark}</a></p>'))) == ()


def test_it_counts_once_in_an_article_that_shows_it_often():
    assert learn(articles(20, lambda parts: [*parts, LINK, LINK, LINK], 2)) == ()


def test_the_order_of_the_articles_does_not_matter():
    bodies = [
        one + (LINK if n % 2 else "")
        for n, one in enumerate(articles(20, at_end(f"<p>{CLUB}</p>"), 9))
    ]
    assert learn(bodies) == learn(bodies[::-1]) != ()


@pytest.mark.parametrize(
    "body", ["", "<p>", "<<<", "text", "<ul></ul>", "<p>\x00</p>", "<table>" * 500]
)
def test_nothing_that_an_article_holds_is_an_error(body):
    assert learn([body] * 30) == ()


def test_a_body_out_of_all_measure_is_passed_over():
    bodies = articles(20, at_end(LINK), 3)
    assert learn(bodies)
    assert learn([f"{bodies[0]}<p>{'x' * LONGEST}</p>", *bodies[1:]]) == ()
