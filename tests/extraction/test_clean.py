"""The sanitiser: an allow-list, whatever comes in. Nothing that runs, frames, styles or submits."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.extraction.clean import ATTRIBUTES, ELEMENTS, MAX_SCANNED, SCHEMES, sanitise

BASE = "https://harbour.example/town/"


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        (
            "<p onclick='alert(1)' style='color:red' class='x' id='y' title='z' lang='en'>a</p>",
            "<p>a</p>",
        ),
        ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='jAvA&#10;script:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='&#1;javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='data:text/html,x'>a</a>", "<a>a</a>"),
        ("<a href='vbscript:x'>a</a>", "<a>a</a>"),
        ("<a href='//evil.example/x'>a</a>", "<a>a</a>"),
        ("<img src='data:image/svg+xml,x' onerror='alert(1)'>", "<img>"),
        (
            "<img src='https://e.example/a.jpg' srcset='x 2x' loading='lazy'>",
            '<img src="https://e.example/a.jpg">',
        ),
        ("<iframe srcdoc='<script>x</script>'>in</iframe>a", "a"),
        ("<svg><script>x</script><a xlink:href='javascript:x'>t</a></svg>a", "a"),
        ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>a", "a"),
        ("<style>p{background:url(x)}</style>a", "a"),
        ("<form action='/x'><input name='q'><button>go</button></form>", ""),
        (
            "<meta http-equiv='refresh' content='0;url=x'><base href='x'><link rel='x' href='y'>a",
            "a",
        ),
        ("<object data='x'><embed src='x'></object>a", "a"),
        ("<template><img src=x onerror=x></template>a", "a"),
        ("<noscript><p title='</noscript><img src=x onerror=x>'></noscript>a", "<img>'&gt;a"),
        ("<textarea><img src=x></textarea>a", "a"),
        ("<!-- c --><![CDATA[x]]>a", "a"),
        ("<video src='x' autoplay>v</video>", "v"),
        ("<div><h1>a</h1></div>", "a"),
        ("a\x00b", "ab"),
        ("a\ud800b", "a?b"),
        ("<p>a", "<p>a</p>"),
        ("", ""),
    ],
)
def test_what_could_harm_goes_and_the_words_stay(html, clean):
    assert sanitise(html) == clean


def test_what_carries_meaning_stays():
    html = (
        '<h2>a</h2><p>b <a href="https://e.example/x?a=1&amp;b=2">c</a><br><em>d</em></p>'
        '<ol start="3"><li>e</li></ol><table><tbody><tr><td colspan="2">f</td></tr></tbody></table>'
        '<figure><img src="https://e.example/a.jpg" alt="g" width="3" height="4"><figcaption>h</figcaption></figure>'
        '<p><a href="mailto:a@e.example">m</a> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>'
    )
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("base", "clean"),
    [
        (BASE, '<a href="https://harbour.example/x">a</a>'),
        ("", "<a>a</a>"),
        ("urn:newskeep:post:1", "<a>a</a>"),
        ("file:///etc/", "<a>a</a>"),
    ],
)
def test_relative_addresses_are_resolved_against_a_web_address_or_dropped(base, clean):
    assert sanitise('<a href="/x">a</a>', base) == clean


class Seen(HTMLParser):
    """Every element and attribute of a document, as another parser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


TAGS = ["p", "a", "img", "b", "table", "td", "script", "style", "svg", "math", "iframe", "form",
        "template", "noscript", "textarea", "xmp", "plaintext", "title", "select", "option", "object",
        "meta", "base", "video", "mtext", "foreignObject", "annotation-xml", "h1", "frameset"]  # fmt: skip
ATTRS = [
    " onerror=alert(1)", ' href="javascript:alert(1)"', ' href="/a"', " src=x", ' src="data:text/html,x"',
    ' srcset="a.jpg 2x"', ' style="x:expression(1)"', ' srcdoc="<script>x</script>"', ' class="a"',
    ' xlink:href="javascript:x"', ' formaction="javascript:x"', ' href="https://e.example/"', ' colspan="2"',
    ' http-equiv="refresh"', ' title="</p><script>x</script>"', " /", "/onclick=x",
]  # fmt: skip
markup = st.one_of(
    st.builds(
        lambda tag, attrs: f"<{tag}{''.join(attrs)}>",
        st.sampled_from(TAGS),
        st.lists(st.sampled_from(ATTRS), max_size=3),
    ),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "<", ">", "'", '"', "&lt;", "&#x3c;", "x", "\x00"]
    ),
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(markup, max_size=25).map("".join), st.sampled_from(["", BASE]))
def test_nothing_outside_the_allow_list_ever_comes_through(html, base):
    clean = sanitise(html, base)
    seen = Seen(clean)
    assert set(seen.elements) <= ELEMENTS
    for tag, name, value in seen.attributes:
        assert name in ATTRIBUTES.get(tag, ())
        if name in ("href", "src"):
            assert value.split(":")[0] in SCHEMES
    assert sanitise(clean, base) == clean


@pytest.mark.parametrize("sign", ["&amp;", "&nbsp;", "«", "°", "\x80"])
def test_a_long_text_is_cut_where_writing_its_signs_would_take_too_long(sign):
    long = f"{sign} word, " * 400_000
    kept = sanitise(long).count(sign)
    assert kept == MAX_SCANNED // len(long)


def test_a_text_of_latin_1_is_kept_whole_whatever_its_signs():
    text = "<p>« Voilà ! » dit-il ; 20 °C, 5 £ · « Très bien » & plus</p>".replace("&", "&amp;")
    assert sanitise(text * 10_000) == text * 10_000
