"""Markdown that CommonMark (with GitHub's tables) reads back as the same article; and plain text."""

from __future__ import annotations

import pytest

from newskeep.extraction.clean import sanitise
from newskeep.extraction.render import to_markdown, to_text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<h2>Head</h2><p>a <em>b</em> <strong>c</strong> <del>d</del></p>",
            "## Head\n\na *b* **c** ~~d~~",
        ),
        ("<p>a<br>b</p>", "a\\\nb"),
        ('<p><a href="https://e.example/x">a</a></p>', "[a](<https://e.example/x>)"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ("<ol start='9'><li>a</li><li>b</li></ol>", "9. a\n10. b"),
        ("<ul><li>a<p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>a\n b</code></pre>", "```\na\n b\n```"),
        (
            "<table><caption>c</caption><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "c\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        (
            "<table><tr><td colspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            "| a |  | b |\n| --- | --- | --- |\n| c |  |  |",
        ),
        (
            '<figure><img src="https://e.example/a.jpg" alt="x"><figcaption>c</figcaption></figure>',
            "![x](<https://e.example/a.jpg>)\\\n*c*",
        ),
        ("<figure><figcaption>c <em>d</em></figcaption></figure>", "c *d*"),
        ('<figure><img src="https://e.example/a.jpg"></figure>', "![](<https://e.example/a.jpg>)"),
        ("<p>a</p><hr><p>b</p>", "a\n\n___\n\nb"),
        ("<p>H<sub>2</sub>O</p>", "H<sub>2</sub>O"),
        ("<p>loose</p>tail<ul><li>x</li></ul>", "loose\n\ntail\n\n- x"),
        ("<table></table><ul></ul>", ""),
        ("<figcaption>a</figcaption>", "a"),
        ("", ""),
    ],
)
def test_every_block_has_its_markdown(html, markdown):
    assert to_markdown(sanitise(html)).removesuffix("\n") == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("1. not a list", "1\\. not a list"),
        ("2026) x", "2026\\) x"),
        ("# no heading", "\\# no heading"),
        ("#tag", "#tag"),
        ("- dash", "\\- dash"),
        ("+ plus", "\\+ plus"),
        ("a<br>- b<br>===<br>---", "a\\\n\\- b\\\n===\\\n\\---"),
        ("&gt; quote", "\\> quote"),
        (
            "a * b _c_ [x] `y` ~~z~~ | &lt;i&gt; \\",
            "a \\* b \\_c\\_ \\[x\\] \\`y\\` \\~\\~z\\~\\~ \\| \\<i\\> \\\\",
        ),
        ("&amp;copy; &amp; &amp;#35;", "\\&copy; & \\&#35;"),
        ('!<a href="https://e.example/">x</a>', "\\![x](<https://e.example/>)"),
        (
            '<a href="https://e.example/a(b)%20c">x]y</a>',
            "[x\\]y](<https://e.example/a%28b%29%20c>)",
        ),
        ("<a>x</a>", "x"),
        ("<code>a`b``c</code>", "```a`b``c```"),
        ("<code>`</code>", "`` ` ``"),
        ("<code> </code>x", "x"),
        ("<code>a</code><code>b*</code>", "`a`<code>b\\*</code>"),
        ("<strong> x </strong>y", "**x** y"),
        ("a<em><br>x<br></em>y", "a\\\n*x*\\\ny"),
        ("<em> </em>x", "x"),
        ("<em>a\\</em> b", "*a\\\\* b"),
        ("中文<strong>粗体</strong>后文", "中文**粗体**后文"),
        ("中文<strong>粗体。</strong>后文", "中文<strong>粗体。</strong>后文"),
        ("中文，<strong>“粗体”</strong>。", "中文，**“粗体”**。"),
        ("<strong>Note:</strong> x", "**Note:** x"),
        ("<em>a</em><em>b</em>", "*a*<em>b</em>"),
        ("<strong><em>a</em></strong>", "<strong>*a*</strong>"),
    ],
)
def test_what_means_something_in_markdown_is_escaped(html, markdown):
    assert to_markdown(sanitise(f"<p>{html}</p>")) == f"{markdown}\n"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h3>a<br>b #</h3>", "### a b \\#"),
        ("<h3></h3><p>x</p>", "###\n\nx"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>", "- a\n\n* b\n\n- c"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n1) b"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "- a\n\n1. b"),
        ("<ul><li>a</li></ul><p>x</p><ul><li>b</li></ul>", "- a\n\nx\n\n- b"),
        ("<ul><li>a<ol start=3><li>b</li></ol></li></ul>", "- a\n\n  3. b"),
        ("<ul><li><ul><li>a</li></ul><p>b</p></li></ul>", "- - a\n\n  b"),
        ("<ul><li></li></ul>", "- "),
        ("<ul><li><hr></li></ul>", "- ___"),
        ("<pre><code>```\nx\n\ny</code></pre>", "````\n```\nx\n\ny\n````"),
        ("<ul><li>a<pre><code>x\n\ny</code></pre></li></ul>", "- a\n\n  ```\n  x\n\n  y\n  ```"),
        (
            "<table><tr><td>a|b<br>c</td><td><code>d|e</code><ul><li>f</li><li>g</li></ul></td></tr></table>",
            "| a\\|b<br>c | `d\\|e` - f - g |\n| --- | --- |",
        ),
    ],
)
def test_blocks_keep_apart(html, markdown):
    assert to_markdown(sanitise(html)) == f"{markdown}\n"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>a</h2><p>b<br>c</p>", "a\nb\nc"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c<p>d</p></li></ul>", "a\nb\nc\nd"),
        (
            "<table><tr><td>a</td><td>b<p>c</p></td></tr><tr><td>d<br>e</td></tr></table>",
            "a\tb c\nd e",
        ),
        ("<pre><code>a\n  b\n</code></pre>", "a\n  b"),
        ("<blockquote>loose<p>a</p>tail</blockquote>", "loose\na\ntail"),
        (
            "<figure><img src='https://e.example/a.jpg' alt='x'><figcaption>c</figcaption></figure><p>d</p>",
            "d",
        ),
        ("<p>a</p><hr><p>b</p>", "a\nb"),
        ("<p>a <em>b</em><sub>c</sub></p>", "a bc"),
    ],
)
def test_plain_text_is_a_line_a_block(html, text):
    assert to_text(html) == text
