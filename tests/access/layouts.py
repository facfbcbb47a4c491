"""Sites around an article: header, navigation, boxes, footer. All of them have what looks like a wall.

Every site offers subscriptions, a login, a newsletter and a note on cookies, as real ones do,
so none of these words tells a wall from an open page.
"""

from __future__ import annotations

import json
from html import escape

_OPEN_GRAPH = '<meta property="og:type" content="article">'
_NAV = (
    '<nav class="nav"><ul><li><a href="/">Home</a></li><li><a href="/town">Town</a></li>'
    '<li><a href="/harbour">Harbour</a></li><li><a href="/opinion">Opinion</a></li>'
    '<li><a href="/sport">Sport</a></li></ul></nav>'
)
_ACCOUNT = '<div class="account"><a href="/login">Log in</a> <a class="btn" href="/subscribe">Subscribe</a></div>'
_TEASERS = (
    '<ul class="latest"><li><a href="/town/weir-{n}"><h3>Weir at the mill gets a new gate</h3></a></li>'
    '<li><a href="/town/lamp-{n}"><h3>Lamp lighters ask for longer ladders</h3></a></li>'
    '<li><a href="/town/owl-{n}"><h3>Owls return to the north tower</h3></a></li>'
    '<li><a href="/town/salt-{n}"><h3>Salt price falls for a third month</h3></a></li></ul>'
)
_LETTER = (
    '<div class="newsletter-signup"><h4>The morning letter</h4><p>Sign up to get the best of our stories '
    'in your inbox each morning.</p><form action="/letters"><button>Sign up</button></form></div>'
)
_COOKIES = (
    '<div class="cookie-banner" role="dialog"><p>We use cookies to improve your experience. By continuing '
    'to browse you accept our use of cookies.</p><button>Accept all</button><a href="/privacy">Settings</a></div>'
)
_FOOTER = (
    '<footer class="site-footer"><p>© The Lanmere Bell. All rights reserved.</p><a href="/terms">Terms</a> '
    '<a href="/subscriptions">Subscriptions</a> <a href="/contact">Contact</a></footer>'
)


def json_ld(lang: str, title: str, **facts: object) -> str:
    """A NewsArticle of a site."""
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "inLanguage": lang,
        "datePublished": "2026-11-20T07:30:00+01:00",
        "author": {"@type": "Person", "name": "Ada Whitcombe"},
        **facts,
    }
    return f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'


def site(
    lang: str,
    title: str,
    paragraphs: list[str],
    *,
    turn: int,
    head: str,
    facts: dict,
    wall: str,
    before: str,
    url: str,
) -> str:
    """A page of one of four sites, with `wall` behind the text and `before` above the headline."""
    make = (_paper, _soup, _portal, _app)[turn % 4]
    prose = "".join(f"<p>{one}</p>\n" for one in paragraphs)
    described = json_ld(lang, title, **facts) if facts or turn % 2 else ""
    head = (
        f'<meta charset="utf-8"><title>{escape(title)} - The Lanmere Bell</title>'
        f"{_OPEN_GRAPH if turn % 4 in (0, 3) else ''}<link rel='canonical' href='{url}'>{described}{head}"
    )
    body = make(escape(title), prose, wall, before, turn)
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def _paper(title: str, prose: str, wall: str, before: str, turn: int) -> str:
    return (
        f'<header class="masthead"><a href="/">The Lanmere Bell</a>{_ACCOUNT}{_NAV}</header>{_COOKIES}{before}'
        f'<main><article class="story"><h1>{title}</h1><p class="byline">By Ada Whitcombe</p>'
        f'<time datetime="2026-11-20T07:30:00+01:00">20 November 2026</time>'
        f'<div class="story-body">{prose}{wall}</div></article>'
        f'<aside class="sidebar">{_LETTER}{_TEASERS.format(n=turn)}</aside></main>{_FOOTER}'
    )


def _soup(title: str, prose: str, wall: str, before: str, turn: int) -> str:
    return (
        f'<div id="wrap"><div id="top">{_NAV}{_ACCOUNT}</div>{before}<div id="content"><div class="col-8">'
        f'<h1 class="headline">{title}</h1><div class="meta">Ada Whitcombe | 20.11.2026</div>'
        f'<div class="text">{prose}</div>{wall}<div class="share"><a href="#">Share</a></div>'
        f'<div class="comments"><h4>Comments</h4><p>Please <a href="/login">log in</a> to comment.</p></div></div>'
        f'<div class="col-4">{_TEASERS.format(n=turn)}{_LETTER}</div></div>{_FOOTER}</div>{_COOKIES}'
    )


def _portal(title: str, prose: str, wall: str, before: str, turn: int) -> str:
    return (
        f'<div class="topbar">{_ACCOUNT}</div>{_NAV}{before}<div class="main-content"><div class="left">'
        f'<h1>{title}</h1><div class="info"><span>2026-11-20 07:30</span> <span>The Lanmere Bell</span></div>'
        f'<div class="article-content" id="article">{prose}{wall}</div></div>'
        f'<div class="right"><h3>Most read</h3>{_TEASERS.format(n=turn)}</div></div>{_FOOTER}'
    )


def _app(title: str, prose: str, wall: str, before: str, turn: int) -> str:
    return (
        f'<div id="__next"><div class="css-1x9ab"><div class="css-77q">{_ACCOUNT}{_NAV}</div>{before}'
        f'<main class="css-0"><section class="css-p1"><h1 class="css-h">{title}</h1>'
        f'<div class="css-m"><span>Ada Whitcombe</span></div><section class="css-body">{prose}</section>'
        f'<div class="css-after">{wall}</div></section>{_TEASERS.format(n=turn)}</main>{_LETTER}{_FOOTER}</div></div>'
    )


def framed(lang: str, title: str, inside: str, *, turn: int, head: str) -> str:
    """A site around what is no article."""
    parts = (
        f'<header class="masthead"><a href="/">The Lanmere Bell</a>{_ACCOUNT}{_NAV}</header>'
        f'<main class="content">{inside}</main>'
        f'<section class="more"><h2>Latest</h2>{_TEASERS.format(n=turn)}</section>{_FOOTER}'
    )
    return _document(lang, title, parts, head)


def bare(lang: str, title: str, inside: str, *, turn: int, head: str) -> str:
    """A page with nothing around it."""
    del turn
    return _document(lang, title, inside, head)


def _document(lang: str, title: str, body: str, head: str) -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body>{body}</body></html>"
    )
