"""The section and the tags: what the document says of them, the best evidence first."""

from __future__ import annotations

import json

import pytest
from support.pages import TITLE, json_ld, meta, read, story


def crumbs(*members: object) -> str:
    data = {"@type": "BreadcrumbList", "itemListElement": list(members)}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


HOME = {"name": "Home", "item": "https://harbour.example/"}


@pytest.mark.parametrize(
    ("members", "section"),
    [
        ((HOME, {"name": "Town", "item": "https://harbour.example/town"}), "Town"),
        ((HOME, {"item": {"@id": "https://harbour.example/t", "name": "本地"}}), "本地"),
        ((HOME, {"name": "Town"}, {"name": TITLE}), "Town"),
        ((HOME, {"name": TITLE}), ""),
        ((HOME, {"name": "x" * 61}, 7, None, {"name": 3}), ""),
        ((), ""),
    ],
)
def test_the_last_crumb_but_the_article_is_its_section_and_home_is_none(members, section):
    assert read(story(head=crumbs(*members))).section == section


def test_a_section_that_is_said_outranks_the_breadcrumb():
    trail = crumbs(HOME, {"name": "Town"})
    assert read(story(head=trail + json_ld(articleSection="River"))).section == "River"
    assert read(story(head=trail + meta(article__section="Sea"))).section == "Sea"


def test_links_marked_as_tags_outrank_a_sites_keywords_but_not_an_articles_own():
    links = '<a rel="tag" href="/t/stone">#stone</a><a rel="category tag" href="/c">Town</a>'
    assert read(story(links, head=meta(keywords="news, daily"))).tags == ("stone",)
    assert read(story(links, head=meta(article__tag="bridges"))).tags == ("bridges",)
    assert read(story(head=meta(keywords="news, daily"))).tags == ("news", "daily")
