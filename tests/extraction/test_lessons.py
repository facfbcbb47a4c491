"""The lessons are what the journal's lines tell, the last word on each block."""

from __future__ import annotations

import pytest

from newskeep.extraction.learned import Learned, Repeated
from newskeep.extraction.lessons import (
    FORGOTTEN,
    LEARNED,
    NO_LESSONS,
    REFUSED,
    learned_line,
    read_lessons,
)

SITE = "harbour.example"
PAGE = f"https://www.{SITE}/town/bridge"


def set_of(*keys, site=SITE):
    return Learned(site=site, blocks=tuple(Repeated(key=k, articles=5, text=k * 3) for k in keys))


def line(*keys, **facts):
    return {"kind": LEARNED, **learned_line(set_of(*keys), 20, "newskeep/1"), **facts}


def refused(*keys):
    return {"kind": REFUSED, "site": SITE, "blocks": list(keys)}


FORGET = {"kind": FORGOTTEN, "site": SITE}


@pytest.mark.parametrize(
    ("lines", "used"),
    [
        ([], None),
        ([line("a")], {"a"}),
        ([line("a"), line("a", "b")], {"a", "b"}),
        ([line("a", "b"), line("b")], {"b"}),
        ([line("a", "b"), refused("a")], {"b"}),
        ([refused("a"), line("a", "b")], {"b"}),
        ([line("a"), refused("a")], None),
        ([line("a", "b"), refused("a"), refused("b")], None),
        ([line("a"), FORGET], None),
        ([line("a"), refused("a"), FORGET, line("a")], {"a"}),
        ([{"kind": "star", "address": PAGE}, line("a")], {"a"}),
        ([line("a"), line("b", digest="0" * 32)], {"a"}),
        ([line("a"), line("b", blocks=7)], {"a"}),
        ([line("a"), line("b", blocks=[{"key": "b"}])], {"a"}),
        ([line("a"), line("b", articles="many")], {"a"}),
        ([line("a"), {"kind": REFUSED, "site": SITE}, {"kind": FORGOTTEN}, {}], {"a"}),
        ([line("a"), {"kind": REFUSED, "site": [SITE], "blocks": "a"}], {"a"}),
    ],
)
def test_the_last_word_counts_and_broken_lines_say_nothing(lines, used):
    found = read_lessons(lines).of(PAGE)
    assert (found.keys if found else None) == used


def test_a_lesson_tells_all_that_was_learned_and_refused():
    lesson = read_lessons([line("a", "b"), refused("a")]).lesson(SITE)
    assert lesson.learned == set_of("a", "b")
    assert lesson.used == set_of("b")
    assert (lesson.articles, lesson.refused) == (20, {"a"})


def test_each_site_has_its_own():
    lessons = read_lessons([line("a")])
    assert lessons.of("https://quay.example/a") is None
    assert lessons.of("urn:newskeep:entry:1") is None
    assert lessons.lesson("quay.example").used.blocks == ()


def test_the_blocks_of_a_site_are_those_that_are_used():
    assert read_lessons([line("a", "b"), refused("a")]).blocks() == {SITE: {"b"}}
    assert read_lessons([line("a"), refused("a")]).blocks() == NO_LESSONS.blocks() == {}
