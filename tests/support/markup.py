"""Scraps of markup, for properties that hold whatever a page is made of."""

from __future__ import annotations

from hypothesis import strategies as st

TAGS = ["div", "p", "span", "b", "a href='/x'", "h2", "ul", "li", "table", "tr", "td", "blockquote",
        "pre", "figure", "figcaption", "img src='/a.jpg'", "br", "noscript", "section", "script",
        "article", "footer", "div class='related'", "ol start='3'", "iframe src='//t.me/x'", "dt",
        "dl", "dd", "h1", "code", "math", "ruby", "rt", "q", "ins", "summary", "figure class='gallery'",
        "blockquote class='pullquote'", "article class='live-blog-entry'", "time", "a href='#n'", "sup"]  # fmt: skip
WORDS = [
    "word ",
    "A sentence, here. ",
    "中文，句子。",
    "\n",
    " ",
    "&nbsp;",
    "&lt;b&gt;",
    "Read more",
]
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
)
"""Words, and tags that open and close in any order."""
