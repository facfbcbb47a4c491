"""Posts of the old mirrors: the body is whatever the feed said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.shared import SHARED, needs_shared

from newskeep.extraction.post import article_from_post
from newskeep.types import Stamp

RECEIVED = datetime(2026, 11, 1, tzinfo=UTC)
SEVEN = [
    "港务处说，老桥周五重新开放，约二百人到场，其中不少人九年前也曾在这里过河。",
    "根据市政厅公布的消息，工程耗资四百万克朗，比原计划多出三分之一。",
    "市长指出，中间的桥拱用同一座采石场的石头重新砌成，每一块石头都编了号。",
    "市长还说，渡轮将继续运行到明年春天，因为马车很多，而桥面很窄。",
    "市长强调，“桥是对岸许下的诺言”，第二条车道仍在规划之中。",
    "市长说，谁来出钱还没有定论，但石料已经备好，工匠也留在城里。",
    "市长最后说，愿同两岸居民一道，为河上的往来尽一份力。",
]
P = [f"<p>{text}</p>" for text in SEVEN]
BANNER = (
    '<a href="https://subscribe.harbour.example/promotions/3-months/?utm_campaign=3m&utm_medium=x"'
    ' target="_blank"><img class="view-{0} lazyload" pinger-seen="true" alt'
    ' data-src="https://static.harbour.example/freemium_images/paywall_{0}-3m_2.png?dHEi"'
    ' src="https://static.harbour.example/freemium_images/paywall_{0}-3m_2.png?dHEi"></a>'
)
POST = f"""---
layout: post
title: "老桥重新开放"
date: 2021-10-08T15:08:00.000Z
author: 港口日报
from: https://harbour.example/realtime/story20211008
tags: [ 港口日报 ]
categories: [ 港口日报 ]
---
<!--1633705680000-->
[老桥重新开放](https://harbour.example/realtime/story20211008)
------

<div>
{"".join(P[:3])}<section id="imu"><div id="dfp-ad-imu1">        </div></section>{"".join(P[3:6])}\
<div id="innity-in-post"></div><div id="dfp-ad-midarticlespecial">        </div>{P[6]}\
<p> <br> </p>            {BANNER.format("desktop")}      {BANNER.format("mobile")}
</div>
"""


def test_slots_and_banner_go_and_the_seven_paragraphs_stay():
    article = article_from_post(POST.encode(), "2021-10-08-bridge.md", RECEIVED)
    assert article.html == "\n".join(P)
    assert article.text == "\n".join(SEVEN)
    assert article.images == ()
    assert article.access == "metered"
    assert article.title == "老桥重新开放"
    assert article.authors == article.tags == ("港口日报",)
    assert article.published == Stamp(at=datetime(2021, 10, 8, 15, 8, tzinfo=UTC), offset=0)
    assert article.url == "https://harbour.example/realtime/story20211008"
    assert (article.lang, article.permalink) == ("zh-Hans", "/2021-10-08/bridge/")


@needs_shared
def test_the_post_that_the_project_began_from_comes_out_clean():
    path = SHARED / "seed" / "2021-10-08-post.md"
    article = article_from_post(path.read_bytes(), path.name, RECEIVED)
    kinds = [line[:3] for line in article.html.split("\n")]
    assert kinds == ["<p>"] * 7
    assert article.text.count("\n") == 6
    source = path.read_text("utf-8")
    assert all(f"<p>{line}" in source for line in article.text.split("\n"))
    assert article.access == "metered"
    for trace in (
        "dfp-ad",
        "innity",
        "subscribe",
        "paywall",
        "utm_",
        "<img",
        "<a",
        "<div",
        "class",
    ):
        assert trace not in article.html


def test_what_the_front_matter_says_stands_whatever_the_body_says():
    post = POST.replace("<div>\n", '<div class="header"><h1>另一个题目</h1></div><div>\n')
    article = article_from_post(post.encode(), "2021-10-08-bridge.md", RECEIVED)
    assert article.title == "老桥重新开放"


def test_no_post_is_refused_with_the_reason():
    with pytest.raises(ValueError, match="front matter"):
        article_from_post(b"<p>no post</p>", "a.md", RECEIVED)
