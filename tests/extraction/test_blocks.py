"""From what a template made to plain blocks: what goes in, what comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.markup import PIECES
from support.pages import body

from newskeep.extraction import fragment
from newskeep.extraction.clean import sanitise

AT = "https://harbour.example"
PICTURE = f'<figure><img src="{AT}/a.jpg" alt=""></figure>'


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<div>loose<br><br>second<br>line</div>", "<p>loose</p>\n<p>second<br>line</p>"),
        ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
        ("<div><div><section>deep</section></div></div>", "<p>deep</p>"),
        ("<p></p><p> &nbsp; </p><p>x</p>", "<p>x</p>"),
        ("<h1>Head</h1><p>x</p>", "<h2>Head</h2>\n<p>x</p>"),
        ("<p>x</p><h2>heads nothing</h2>", "<p>x</p>"),
        (f"<h2>{'long ' * 80}</h2><p>x</p>", f"<p>{'long ' * 79}long</p>\n<p>x</p>"),
        ("<h2><ul><li>x</li></ul></h2>", "<ul><li>x</li></ul>"),
        ("<h2>a<p>b</p></h2><p>x</p>", "<h2>a<br>b</h2>\n<p>x</p>"),
        ("<h2><p><img src=/a.jpg></p>b</h2><p>x</p>", f"{PICTURE}\n<h2>b</h2>\n<p>x</p>"),
        ("<p><b>b <i>i</i></b> <u>u</u></p>", "<p><strong>b <em>i</em></strong> u</p>"),
        ("<em>a<cite>b</cite></em>", "<p><em>ab</em></p>"),
        (
            "H<sub>2</sub>O <s>no</s> <kbd>k</kbd>",
            "<p>H<sub>2</sub>O <del>no</del> <code>k</code></p>",
        ),
        (
            "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
            "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
        ),
        (
            "<ul>loose<li>a<ul><li>b</li></ul></li></ul>",
            "<ul><li>loose</li><li>a<ul><li>b</li></ul></li></ul>",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><div>a</div></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li> </li></ul>", ""),
        ("<ol start=4><li><p>a</p><p>b</p></li></ol>", '<ol start="4"><li>a<p>b</p></li></ol>'),
        ("<ol start=x><li>a</li></ol>", "<ol><li>a</li></ol>"),
        ("<li>orphan</li>", "<ul><li>orphan</li></ul>"),
        ("<li> </li>", ""),
        (
            "<dl><dt>term<dd>told<dt><b>bold</b><dt> </dl>",
            "<dl><dt>term</dt><dd>told</dd><dt><strong>bold</strong></dt></dl>",
        ),
        (
            "<blockquote>q<footer>Ann</footer></blockquote>",
            "<blockquote><p>q</p><p>Ann</p></blockquote>",
        ),
        ("<blockquote> </blockquote>", ""),
        ("<pre>\n\n a\r\n  b<br>c\n\n</pre>", "<pre><code> a\n  b\nc</code></pre>"),
        ("<pre>  </pre>", ""),
        ("<p>a</p><hr><hr><p>b</p><hr>", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("<details><summary>s</summary>more</details>", "<p><strong>s</strong></p>\n<p>more</p>"),
        ("<p>a<span><p>b</p></span>c", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
    ],
)
def test_blocks(html, clean):
    assert body(html) == clean


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<img src=/a.jpg>", PICTURE),
        ("<p><a href=/a-large.jpg><img src=/a.jpg></a></p>", PICTURE),
        (
            "<a href=/b><img src=/a.jpg></a>",
            f'<figure><a href="{AT}/b"><img src="{AT}/a.jpg" alt=""></a></figure>',
        ),
        ("<p><img src=/a.jpg> words</p>", f'<p><img src="{AT}/a.jpg" alt=""> words</p>'),
        ("<img src=/a.jpg><br><img src=/a.jpg>", f"{PICTURE}\n{PICTURE}"),
        (
            "<figure><img src=/a.jpg><figcaption>c</figcaption></figure>",
            f"{PICTURE[:-9]}<figcaption>c</figcaption></figure>",
        ),
        (
            "<img src=/a.jpg><figcaption>c</figcaption>",
            f"{PICTURE[:-9]}<figcaption>c</figcaption></figure>",
        ),
        (
            "<figure><img src=/a.jpg><figcaption>c</figcaption><figcaption>d</figcaption></figure>",
            f"{PICTURE[:-9]}<figcaption>c<br>d</figcaption></figure>",
        ),
        ("<figcaption>alone</figcaption>", "<p>alone</p>"),
        ("<figcaption> </figcaption>", ""),
        ("<figure>text<figcaption>c</figcaption></figure>", "<p>text</p>\n<p>c</p>"),
        (
            "<figure><figure><img src=/a.jpg><figcaption>c</figcaption></figure></figure>",
            f"{PICTURE[:-9]}<figcaption>c</figcaption></figure>",
        ),
        (
            "<figure><img src=/a.jpg><figcaption><ul><li>a</li><li>b</li></ul></figcaption></figure>",
            f"{PICTURE[:-9]}<figcaption>a b</figcaption></figure>",
        ),
        (
            "<figure><img src=/a.jpg><figcaption><img src=/b.jpg></figcaption></figure>",
            f'{PICTURE[:-9]}<figcaption><img src="{AT}/b.jpg" alt=""></figcaption></figure>',
        ),
    ],
)
def test_pictures(html, clean):
    assert body(html) == clean


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        (
            "<table><tr><td>a layout of one column</td></tr></table>",
            "<p>a layout of one column</p>",
        ),
        (
            "<table><tr><td>a<td colspan=2 rowspan=9999>b</table>",
            '<table><tbody><tr><td>a</td><td colspan="2">b</td></tr></tbody></table>',
        ),
        (
            "<table><thead><tr><th>a<th>b<tbody><tr><td>1<td>2</table>",
            "<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        (
            "<table><caption>c</caption><tr><td>a<td>b</table>",
            "<table><caption>c</caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        (
            "<table><tr><td>a<td>b<tr><td> <td> </table>",
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        ("<table><tr><td> <td> </table>", ""),
        ("<table role=presentation><tr><td>a<td>b</table>", "<p>a</p>\n<p>b</p>"),
        (f"<table><tr><td>{'x ' * 400}<td>b</table>", f"<p>{'x ' * 399}x</p>\n<p>b</p>"),
        (
            "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
            "<p>a</p>\n<table><tbody><tr><td>b</td><td>c</td></tr></tbody></table>",
        ),
    ],
)
def test_tables_hold_data_or_dissolve(html, clean):
    assert body(html) == clean


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<a href="/b?id=1&utm_source=x&fbclid=y">b</a>', f'<p><a href="{AT}/b?id=1">b</a></p>'),
        ('<a href="b#part">b</a>', f'<p><a href="{AT}/town/b#part">b</a></p>'),
        (
            '<a href="mailto:ann@harbour.example?subject=x">m</a>',
            '<p><a href="mailto:ann@harbour.example">m</a></p>',
        ),
        ('<a href="mailto:?subject=x">m</a>', "<p>m</p>"),
        ('<a href="#top">b</a>', "<p>b</p>"),
        ('<a href="javascript:alert(1)">b</a>', "<p>b</p>"),
        ('<a href="data:text/html,x">b</a>', "<p>b</p>"),
        ('<a href="ftp://harbour.example/b">b</a>', "<p>b</p>"),
        (
            '<iframe src="https://www.youtube.com/embed/abc"></iframe>',
            '<p><a href="https://www.youtube.com/embed/abc">YouTube</a></p>',
        ),
        (
            '<iframe data-src="//player.vimeo.com/video/7?utm_source=x"></iframe>',
            '<p><a href="https://vimeo.com/7">Vimeo</a></p>',
        ),
        ('<video><source src="/v.mp4"></video>', f'<p><a href="{AT}/v.mp4">Video</a></p>'),
        ('<audio src="/v.mp3"></audio>', f'<p><a href="{AT}/v.mp3">Audio</a></p>'),
        ('<iframe src="https://ads.example/x"></iframe>', ""),
        ("<video></video>", ""),
        ('<p>a<button>Share</button><embed src="x.swf"></p>', "<p>a</p>"),
    ],
)
def test_links_lead_somewhere_and_players_become_links(html, clean):
    assert body(html) == clean


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>  a \n\t b  </p>", "<p>a b</p>"),
        ("<p>a <b> b </b> c</p>", "<p>a <strong>b </strong>c</p>"),
        ("<p>中文\n换行</p>", "<p>中文换行</p>"),
        ("<p>中文。\n“引”\n文</p>", "<p>中文。“引”文</p>"),
        ("<p>中文\nEnglish\n中文</p>", "<p>中文 English 中文</p>"),
        ("<p>한국어\n줄</p>", "<p>한국어 줄</p>"),
        ("<p>中 文</p>", "<p>中 文</p>"),
        ("<p>10&nbsp;km</p>", "<p>10&nbsp;km</p>"),
        ("<p>　　中文</p>", "<p>中文</p>"),
        ("<p>中<b>文\n</b>\n<i>字</i></p>", "<p>中<strong>文</strong><em>字</em></p>"),
        ("<p><br>a<br></p>", "<p>a</p>"),
        ("<p>a <br> b</p>", "<p>a<br>b</p>"),
        ("<p><b><br></b>a<b><br></b></p>", "<p>a</p>"),
        ("<p>a <img src=/a.jpg>\n b</p>", f'<p>a <img src="{AT}/a.jpg" alt=""> b</p>'),
        ("<p>a<b><i></i></b></p>", "<p>a</p>"),
    ],
)
def test_white_space_is_folded_as_a_reader_sees_it(html, clean):
    assert body(html) == clean


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_clean_body_is_a_fixed_point(html):
    first = fragment(html, url=f"{AT}/a")
    again = fragment(first.html, url=f"{AT}/a")
    assert (again.html, again.text) == (first.html, first.text)
    assert sanitise(first.html) == first.html
