"""Outlets that a reader knows, rebuilt: the post's own, a weblog, a portal of the 2010s, React."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.golden import pages, told

PAGES = pages(Path(__file__).parent / "outlets")
TRACES = (
    "dfp-ad", "innity", "outbrain", "subscribe", "paywall", "utm_", "javascript:",
    "<div", "<form", "class=", "style=", "data:", "放大", "字號", "字号", "訂閱", "打印", "延伸閱讀",
    "相关新闻", "责任编辑", "分享", "APP", "Share this", "Leave a Reply", "Recent Posts", "Related",
    "SKIP ADVERTISEMENT", "Advertisement", "More in River", "未經授權", "版权所有", "Posted on",
)  # fmt: skip
"""What no reader came for: slots, boxes, bars, lists and footers of these pages."""
STILL_THERE = {"react": {"subscribe"}}


@pytest.mark.parametrize("golden", PAGES, ids=lambda golden: golden.name)
def test_the_page_of_an_outlet_becomes_this_article(golden) -> None:
    assert told(golden.read(), golden.wanted) == {
        name: value for name, value in golden.wanted.items() if name != "url"
    }


@pytest.mark.parametrize("golden", PAGES, ids=lambda golden: golden.name)
def test_nothing_of_its_furniture_is_left(golden) -> None:
    html = golden.read().html
    left = {trace for trace in TRACES if trace in html}
    assert left == STILL_THERE.get(golden.name, set())
