"""Everything a reader came for keeps its shape: headings, lists, code, notes, quotations, entries."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.markup import PIECES
from support.pages import LONG, PROSE, body, paragraphs

from newskeep.extraction import fragment
from newskeep.extraction.render import to_markdown, to_text

AT = "https://harbour.example"


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<h3>a</h3><p>x</p><h4>b</h4><p>y</p>", "<h3>a</h3>\n<p>x</p>\n<h4>b</h4>\n<p>y</p>"),
        ("<h1>a</h1><p>x</p><h2>b</h2><p>y</p>", "<h2>a</h2>\n<p>x</p>\n<h2>b</h2>\n<p>y</p>"),
        (
            "<h1>a</h1><p>x</p><h2>b</h2><p>y</p><h1>c</h1><p>z</p><h6>d</h6><p>w</p>",
            "<h2>a</h2>\n<p>x</p>\n<h3>b</h3>\n<p>y</p>\n<h2>c</h2>\n<p>z</p>\n<h6>d</h6>\n<p>w</p>",
        ),
    ],
)
def test_headings_keep_their_order_below_the_title(html, clean):
    assert body(html) == clean


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        (
            "<dl><div><dt>a</dt><dd><p>b</p><p>c</p></dd></div></dl>",
            "<dl><dt>a</dt><dd>b<p>c</p></dd></dl>",
        ),
        ("<dl><dd>b</dd></dl>", "<p>b</p>"),
        ("<dl><dd>b</dd><dt>a</dt></dl>", "<p>b</p>\n<p><strong>a</strong></p>"),
        (
            f"<dl><dt>a</dt><dd>{'x ' * 400}</dd></dl>",
            f"<p><strong>a</strong></p>\n<p>{'x ' * 399}x</p>",
        ),
        (
            "<dl><dt><img src='/a.jpg'></dt><dd>b</dd></dl>",
            f'<figure><img src="{AT}/a.jpg" alt=""></figure>\n<p>b</p>',
        ),
        (
            "<dl>loose<dt>a</dt><dd>b</dd></dl>",
            "<p>loose</p>\n<p><strong>a</strong></p>\n<p>b</p>",
        ),
        ("<dl> </dl>", ""),
    ],
)
def test_a_list_defines_or_dissolves(html, clean):
    assert body(html) == clean


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"),
        ("<pre><div>a</div><div>b</div></pre>", "a\nb"),
        ("<pre><code><span>a</span>\n<span>b</span></code></pre>", "a\nb"),
        ("<pre><ol><li>a</li><li>b</li></ol></pre>", "a\nb"),
        ("<pre>a<p>b</p>c</pre>", "a\nb\nc"),
        ("<pre><div>a</div>\n<div>b</div></pre>", "a\nb"),
        ("<pre><div>a</div><br><div>b</div></pre>", "a\n\nb"),
        ("<code>a<br>b</code>", "a\nb"),
        ("<p><code>a<br>b</code></p>", "a\nb"),
        (
            "<table><tr><td class='gutter'><pre>1\n2</pre></td><td><pre>a\nb</pre></td></tr></table>",
            "a\nb",
        ),
        (
            "<pre><span class='line-number'>1</span>a\n<span class='line-number'>2</span>b</pre>",
            "a\nb",
        ),
    ],
)
def test_code_keeps_its_lines_and_loses_their_numbers(html, lines):
    assert body(html) == f"<pre><code>{lines}</code></pre>"
    assert to_markdown(body(html)) == f"```\n{lines}\n```\n"


@pytest.mark.parametrize("ticks", ["```", "~~~", "`````", "``"])
def test_no_line_of_code_closes_its_fence(ticks):
    written = to_markdown(f"<pre><code>a\n{ticks}\nb</code></pre>")
    fence = written.split("\n", 1)[0]
    assert set(fence) == {"`"}
    assert len(fence) > len(ticks) - ticks.count("~")
    assert written == f"{fence}\na\n{ticks}\nb\n{fence}\n"


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a<sup><a href='#fn1'>1</a></sup></p>", "<p>a<sup>1</sup></p>"),
        ("<p>a<a href='#fn1'>[1]</a></p>", "<p>a[1]</p>"),
        (
            "<ol><li id='fn1'>Note. <a href='#ref1'>↩</a></li></ol>",
            "<ol><li>Note.</li></ol>",
        ),
        ("<ol><li><a href='#ref1'>^</a> Note.</li></ol>", "<ol><li>Note.</li></ol>"),
        ("<h2>Head <a href='#head'>¶</a></h2><p>x</p>", "<h2>Head</h2>\n<p>x</p>"),
        ("<p>a<a href='/town/x#fn1'>1</a></p>", f'<p>a<a href="{AT}/town/x#fn1">1</a></p>'),
        (f"<p>a<sup><a href='{AT}/town/bridge#fn1'>1</a></sup></p>", "<p>a<sup>1</sup></p>"),
    ],
)
def test_notes_stay_and_no_link_leads_into_a_page_that_is_not_there(html, clean):
    assert fragment(html, url=f"{AT}/town/bridge").html == clean


PULLED = PROSE[0].split(",")[0]


@pytest.mark.parametrize(
    "quote",
    [
        f"<blockquote>{PULLED}</blockquote>",
        f"<div class='pull-quote'><p>“{PULLED}”</p></div>",
        f"<figure class='pullquote'><blockquote><p>{PULLED}</p></blockquote></figure>",
    ],
)
def test_a_pull_quote_that_repeats_the_text_is_left_out(quote):
    assert body(f"<p>{PROSE[0]}</p>{quote}<p>{PROSE[1]}</p>") == (
        f"<p>{PROSE[0]}</p>\n<p>{PROSE[1]}</p>"
    )


@pytest.mark.parametrize(
    ("quote", "kept"),
    [
        ("<blockquote>Nobody has said so anywhere else, not once.</blockquote>", "Nobody has"),
        ("<div class='pullquote'>Nobody has said so anywhere else.</div>", "<blockquote>"),
        ("<blockquote>The old</blockquote>", "<blockquote>"),
    ],
)
def test_a_quotation_of_its_own_stays(quote, kept):
    assert kept in body(f"<p>{PROSE[0]}</p>{quote}<p>{PROSE[1]}</p>")


@pytest.mark.parametrize(
    "entry",
    [
        "<article class='live-blog-entry'><time>12:05</time><h3>Gates open</h3><p>{}</p></article>",
        "<div class='liveblog__post'><h3>Gates open</h3><span class='time'>12:05</span><p>{}</p></div>",
        "<div itemprop='liveBlogUpdate'><h3><time>12:05</time> Gates open</h3><p>{}</p></div>",
    ],
)
def test_an_entry_of_a_live_blog_is_a_section_with_its_time(entry):
    html = paragraphs(*LONG[:6]) + entry.format(LONG[6]) + entry.format(LONG[7])
    section = "<h3>12:05 Gates open</h3>\n<p>{}</p>"
    assert body(html).endswith(f"{section.format(LONG[6])}\n{section.format(LONG[7])}")


def test_an_entry_without_a_headline_is_headed_by_its_time():
    html = f"<p>{LONG[0]}</p><div class='ticker-item'><time>3:07 pm</time><p>{LONG[1]}</p></div>"
    assert body(html).endswith(f"<h3>3:07 pm</h3>\n<p>{LONG[1]}</p>")


def test_what_has_no_time_or_no_text_is_no_entry():
    html = f"<p>{LONG[0]}</p><div class='ticker-item'><h4>Gates</h4><p>{LONG[1]}</p></div>"
    assert "<h4>Gates</h4>" in body(html)
    assert "12:05" not in body(f"<p>{LONG[0]}</p><div class='ticker-item'><time>12:05</time></div>")


@pytest.mark.parametrize(
    ("math", "text"),
    [
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x^2"),
        (
            "<math><msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup></math>",
            "(a+b)^2",
        ),
        ("<math><msqrt><mi>x</mi></msqrt></math>", "√(x)"),
        ("<math alttext='x^{2}'><mi>x</mi></math>", "x^{2}"),
        (
            "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1</annotation>"
            "</semantics></math>",
            "x_1",
        ),
    ],
)
def test_a_formula_is_written_in_a_line(math, text):
    assert fragment(f"<p>Say {math}.</p>", url=AT).text == f"Say {text}."


@pytest.mark.parametrize(
    ("ruby", "text"),
    [
        ("<ruby>橋<rt>はし</rt></ruby>", "橋（はし）"),
        ("<ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>", "橋(はし)"),
    ],
)
def test_a_reading_above_a_word_stands_in_brackets_in_text(ruby, text):
    assert fragment(f"<p>古い{ruby}</p>", url=AT).text == f"古い{text}"
    assert body(f"<p>古い{ruby}</p>") == f"<p>古い{ruby}</p>"


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p><ins>new</ins> <del>old</del></p>", "<p><ins>new</ins> <del>old</del></p>"),
        ("<p>He said <q>yes</q>.</p>", "<p>He said “yes”.</p>"),
    ],
)
def test_changes_and_quotations_within_a_sentence_are_kept(html, clean):
    assert body(html) == clean


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def read_of(markdown: str) -> str:
    """Markdown without its escapes, marks of bold and slanted words, and entities of HTML."""
    return re.sub(r"\\(?=[^\w\s])|[*]+|~~|</?\w+>", "", markdown)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_html_markdown_and_text_say_the_same_words(html):
    article = fragment(html, url=f"{AT}/a")
    said = words(article.text)
    assert words(to_text(article.html)) == said
    written = "".join(words(read_of(to_markdown(article.html))))
    for word in said:
        assert word in written
