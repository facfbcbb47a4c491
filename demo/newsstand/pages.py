"""The newsstand's documents: pages as news sites really make them, and three kinds of feed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from html import escape

from newsstand.articles import Article


@dataclass(frozen=True)
class Outlet:
    """A paper: its path, name, language and kind of feed."""

    path: str
    name: str
    lang: str
    feed: str
    feed_type: str
    subscribe: str
    related: str


OUTLETS = {
    one.path: one
    for one in (
        Outlet(
            "bell", "The Lanmere Bell", "en", "rss.xml", "application/rss+xml",
            "Subscribe to our newsletter", "More from this section",
        ),
        Outlet(
            "lanhu", "蓝湖日报", "zh-Hans", "atom.xml", "application/atom+xml",
            "订阅蓝湖日报，三个月只需九十九分", "相关阅读",
        ),
        Outlet(
            "gangwan", "港灣週報", "zh-Hant", "feed.json", "application/feed+json",
            "訂閱港灣週報電子報", "延伸閱讀",
        ),
    )
}  # fmt: skip


def front(outlet: Outlet, articles: Sequence[Article]) -> str:
    """An outlet's front page, which declares its feed."""
    items = "".join(
        f'<li><a href="/{outlet.path}/{one.slug}">{escape(one.title)}</a></li>' for one in articles
    )
    return (
        f'<!doctype html><html lang="{outlet.lang}"><head><meta charset="utf-8">'
        f"<title>{outlet.name}</title>"
        f'<link rel="alternate" type="{outlet.feed_type}" title="{outlet.name}" '
        f'href="/{outlet.path}/{outlet.feed}"></head>'
        f"<body><h1>{outlet.name}</h1><ul>{items}</ul></body></html>"
    )


def page(outlet: Outlet, one: Article, base: str, others: Sequence[Article]) -> str:
    """An article's page with all that surrounds one: menus, ads, banners, boxes, trackers."""
    address = f"{base}/{outlet.path}/{one.slug}"
    return f"""<!doctype html>
<html lang="{outlet.lang}">
<head>
<meta charset="utf-8">
<title>{escape(one.title)} | {outlet.name}</title>
<link rel="canonical" href="{address}">
<link rel="alternate" type="{outlet.feed_type}" href="/{outlet.path}/{outlet.feed}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(one.title)}">
<meta property="og:site_name" content="{outlet.name}">
<meta name="author" content="{escape(one.author)}">
<meta property="article:published_time" content="{one.date.isoformat()}">
<script type="application/ld+json">{_json_ld(outlet, one, address, base)}</script>
<script>window.dataLayer=[];function track(){{}}</script>
</head>
<body>
<div class="cookie-notice" id="cookie-banner">This site uses cookies. <button>Accept all</button></div>
<header><nav><ul><li><a href="/{outlet.path}/">{outlet.name}</a></li><li><a href="/login">Log in</a></li></ul></nav></header>
<div id="dfp-ad-top"><iframe src="https://ads.example/top"></iframe></div>
<main><article class="story">
<p class="kicker">{escape(one.section)}</p>
<h1>{escape(one.title)}</h1>
{f'<p class="standfirst">{escape(one.subtitle)}</p>' if one.subtitle else ""}
<p class="byline">{escape(one.author)} <time datetime="{one.date.isoformat()}">{one.date:%Y-%m-%d %H:%M}</time></p>
<div class="share-bar"><a href="https://social.example/share?u={address}">Share</a><a href="mailto:?body={address}">Mail</a></div>
{_picture(one, base)}
<div class="article-body">
{_body(one)}
</div>
{_banner(outlet, base)}
<aside class="newsletter-signup"><form action="/subscribe"><label>{outlet.subscribe}<input name="mail"></label></form></aside>
<section class="related"><h3>{outlet.related}</h3><ul>{_related(outlet, others)}</ul></section>
<section class="comments" id="comments"><h3>2 comments</h3><p>First!</p><p>Nice bridge.</p></section>
</article></main>
<footer><p>© 2026 {outlet.name}. All rights reserved.</p></footer>
<img src="https://pixel.example/t.gif?id=1" width="1" height="1" alt="">
</body></html>"""


def rss(outlet: Outlet, articles: Sequence[Article], base: str) -> str:
    """RSS 2.0 with summaries."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title>"
        f"<link>{base}/{outlet.path}/{one.slug}?utm_source=rss&amp;utm_medium=feed</link>"
        f'<guid isPermaLink="false">{outlet.path}-{one.slug}</guid>'
        f"<pubDate>{format_datetime(one.date)}</pubDate><dc:creator>{escape(one.author)}</dc:creator>"
        f"<category>{escape(one.section)}</category>"
        f"<description>{escape(f'<p>{escape(one.paragraphs[0][:160])}…</p>')}</description></item>"
        for one in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{outlet.name}</title><link>{base}/{outlet.path}/</link>"
        f"<language>{outlet.lang}</language><ttl>30</ttl>{items}</channel></rss>"
    )


def atom(outlet: Outlet, articles: Sequence[Article], base: str) -> str:
    """Atom with summaries."""
    entries = "".join(
        f"<entry><id>tag:newsstand.example,2026:{one.slug}</id><title>{escape(one.title)}</title>"
        f'<link href="{base}/{outlet.path}/{one.slug}"/>'
        f"<published>{one.date.isoformat()}</published><updated>{one.modified or one.date.isoformat()}</updated>"
        f"<author><name>{escape(one.author)}</name></author>"
        f"<summary>{escape(one.paragraphs[0][:80])}</summary></entry>"
        for one in articles
    )
    newest = max(one.date for one in articles).astimezone(UTC)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{outlet.lang}"><id>{base}/{outlet.path}/</id><title>{outlet.name}</title>'
        f"<updated>{newest.isoformat()}</updated>{entries}</feed>"
    )


def json_feed(outlet: Outlet, articles: Sequence[Article], base: str) -> str:
    """JSON Feed with whole bodies."""
    items = [
        {
            "id": f"{base}/{outlet.path}/{one.slug}",
            "url": f"{base}/{outlet.path}/{one.slug}",
            "title": one.title,
            "content_html": _body(one),
            "date_published": one.date.isoformat(),
            "authors": [{"name": one.author}],
            "tags": list(one.tags),
        }
        for one in articles
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/{outlet.path}/",
        "language": outlet.lang,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False)


FEEDS = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}


def _json_ld(outlet: Outlet, one: Article, address: str, base: str) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one.title,
        "mainEntityOfPage": address,
        "datePublished": one.date.isoformat(),
        "dateModified": one.modified or one.date.isoformat(),
        "author": [{"@type": "Person", "name": one.author}],
        "publisher": {"@type": "Organization", "name": outlet.name},
        "articleSection": one.section,
        "keywords": list(one.tags),
        "isAccessibleForFree": True,
    }
    if one.picture:
        facts["image"] = f"{base}/pictures/{one.picture[0]}"
    return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")


def _picture(one: Article, base: str) -> str:
    """A lazy picture, as they are: a grey dot to look at, the real one in data-src and noscript."""
    if not one.picture:
        return ""
    name, caption, credit = one.picture
    address = f"{base}/pictures/{name}"
    return (
        '<figure><img class="lazyload" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" '
        f'data-src="{address}" data-srcset="{address} 1200w" width="1200" height="800" alt="{escape(caption)}">'
        f'<noscript><img src="{address}" width="1200" height="800" alt="{escape(caption)}"></noscript>'
        f'<figcaption>{escape(caption)} <span class="credit">{escape(credit)}</span></figcaption></figure>'
    )


def _body(one: Article) -> str:
    parts = [f"<p>{escape(text)}</p>" for text in one.paragraphs]
    parts.insert(3, '<section id="imu"><div id="dfp-ad-imu1">        </div></section>')
    parts.insert(5, '<div id="innity-in-post"></div><div id="dfp-ad-midarticlespecial">  </div>')
    return "\n".join(parts)


def _banner(outlet: Outlet, base: str) -> str:
    if outlet.path != "lanhu":
        return ""
    return (
        '<a href="https://subscribe.newsstand.example/promotions/3-months/?utm_campaign=paywall&amp;'
        f'utm_source={outlet.path}" target="_blank"><img class="view-desktop lazyload" '
        f'data-src="{base}/pictures/subscribe.png?paywall_desktop" alt="" style="width:100%"></a>'
    )


def _related(outlet: Outlet, others: Sequence[Article]) -> str:
    return "".join(
        f'<li><a href="/{outlet.path}/{one.slug}?utm_source=related">{escape(one.title)}</a></li>'
        for one in others
    )
