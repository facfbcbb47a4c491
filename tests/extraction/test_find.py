"""Where the article stands in a page, without any knowledge of the page's design."""

from __future__ import annotations

import pytest
from support.pages import LONG, PROSE, TITLE, URL, document, paragraphs, read

from newskeep.extraction import page
from newskeep.types import Article

TEXT = "\n".join(PROSE)
P = paragraphs(*PROSE)
OTHER = "Weather will be fair in the north, with some cloud; in the south, rain."
LINKS = "".join(f'<li><a href="/{n}">One more story, number {n}</a></li>' for n in range(60))
TEASERS = "".join(
    f'<div><h3><a href="/{n}">A headline of another story, number {n}</a></h3>'
    f"<p>Its first sentence, of some length, told to make you go there, {n}.</p></div>"
    for n in range(12)
)


@pytest.mark.parametrize(
    "html",
    [
        f"<div><div>{P}</div><div><a href='/'>Home</a></div></div>",
        f"<div class='teasers'>{TEASERS}</div><div>{P}</div>",
        f"<td>{P}</td>",
        f"<table><tr><td><a href='/'>Home</a></td><td>{P}</td></tr></table>",
        f"<div class='sidebar'><p>{OTHER}</p></div><main><h1>{TITLE}</h1>{P}</main>",
        f"<h1>{TITLE}</h1><div class='entry-content'>{P}<ul><li><a href='/x'>Another story to read</a></li></ul></div>",
        f"<div itemprop='articleBody'>{P}</div><div><p>{OTHER}</p></div>",
        f"<article class='hentry'>{P}</article><article><p>{OTHER}</p></article>",
        f"<div>{PROSE[0]}<br><br>{PROSE[1]}<br><br>{PROSE[2]}</div>",
        f"<div class='related'><p>{OTHER}</p></div><div class='post'>{P}</div>",
    ],
)
def test_the_article_is_found_in_many_designs(html):
    assert read(document(html)).text == TEXT


def test_the_story_below_the_title_wins_over_a_longer_one_elsewhere():
    longer = paragraphs(*(f"{text} But elsewhere." for text in PROSE), PROSE[0])
    html = f"<div><h1>{TITLE}</h1><div>{P}</div></div><ul>{LINKS}</ul><div><h2>Other</h2>{longer}</div>"
    assert read(document(html)).text == TEXT


def test_a_title_with_little_below_it_is_no_anchor():
    html = f"<div><h1>{TITLE}</h1><p>Short.</p></div><div>{paragraphs(*LONG)}</div>"
    assert read(document(html)).text.endswith(LONG[-1])


def test_a_title_of_a_few_letters_is_no_anchor():
    assert read(document(f"<h1>Tea</h1><div>{P}</div>", title="Tea")).text == TEXT


def test_bytes_without_any_markup_are_an_article():
    assert page(PROSE[0].encode(), url=URL).text == PROSE[0]


def test_an_empty_document_is_an_empty_article():
    empty = page(b"", url=URL)
    assert (empty.html, empty.text, empty.title, empty.confidence) == ("", "", "", 0.0)
    assert isinstance(empty, Article)


@pytest.mark.parametrize(
    ("charset", "content_type", "declared"),
    [
        ("gb18030", "text/html; charset=utf-8", "utf-8"),
        ("gb18030", "", "gb2312"),
        ("big5hkscs", "text/html", "big5"),
        ("utf-8", "text/html; charset=gbk", "gbk"),
        ("utf-8", "", "iso-8859-1"),
        ("utf-16-le", "", "utf-8"),
        ("shift_jis", "text/html; charset=euc-jp", "x"),
    ],
)
def test_a_charset_that_is_declared_wrong_is_found_out(charset, content_type, declared):
    japanese = charset == "shift_jis"
    text = (
        "洪水で中央のアーチを失った古い橋が、九年ぶりに歩行者と荷馬車に開放された。人々が集まった。"
        if japanese
        else "老橋九年後重新開放，人們在河邊等了很久，說這是他們一生中最好的一天。"
    )
    html = document(paragraphs(text), head=f'<meta charset="{declared}">', title="", lang="")
    mark = b"\xff\xfe" if charset == "utf-16-le" else b""
    article = page(mark + html.encode(charset), url=URL, content_type=content_type)
    assert article.text == text
