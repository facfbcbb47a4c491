"""Jekyll posts in the old mirrors' own format, pictures kept beside them.

Front matter, the epoch comment in milliseconds, the linked title, a rule, the body. What
Jekyll would read as Liquid or Markdown is made inert; a re-import gives the same article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING

from newskeep import dates
from newskeep.discover.jekyll import permalink
from newskeep.extraction.clean import sanitise
from newskeep.publish import PublishReport, options_of, pictures
from newskeep.publish.frontmatter import flow, quoted, scalar
from newskeep.publish.places import candidate, places
from newskeep.publish.target import Target
from newskeep.types import Article, Stamp, Story
from newskeep.url import without_trackers

if TYPE_CHECKING:
    from newskeep.archive import Archive

MANIFEST = ".newskeep-jekyll.json"
_PICTURES = "assets/pictures"
_IMAGE = re.compile(r'<img\b([^>]*?)\bsrc="([^"]*)"')
_MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")

CONFIG = """\
title: {title}
timezone: {zone}
permalink: /:year-:month-:day/:title/
markdown: kramdown
exclude: ["{manifest}"]
"""
LAYOUT = """\
<!doctype html>
<html lang="{{ page.lang | default: 'en' }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title | escape }}</title>
</head>
<body>
<article>
{{ content }}
</article>
</body>
</html>
"""
INDEX = """\
---
title: Posts
---
<!doctype html>
<html><head><meta charset="utf-8"><title>{{ site.title | escape }}</title></head>
<body><h1>{{ site.title | escape }}</h1><ul>
{% for post in site.posts %}<li>{{ post.date | date: "%Y-%m-%d" }}
<a href="{{ post.url | relative_url }}">{{ post.title | escape }}</a></li>
{% endfor %}</ul></body></html>
"""


def publish(
    archive: Archive, target: Path, *, select: str = "", options: Mapping[str, str] | None = None
) -> PublishReport:
    """Write a post for every story (or those a query selects) into `target/_posts`.

    A `_config.yml`, a layout and an index are added where the folder has none, so that
    Jekyll builds it as it is. Options: none so far. Raises UsageError, QueryError.
    """
    options_of("jekyll", options)
    out = Target(target, MANIFEST)
    names = file_names(archive.stories(select=select, newest_first=False), archive.settings.zone)
    for story in archive.stories(select=select, newest_first=False):
        body = _with_pictures(story.article, archive, out)
        out.write(
            f"_posts/{names[story.id]}", post(story, names[story.id], body, archive.settings.zone)
        )
    _scaffold(archive, out)
    return out.finish()


def post(story: Story, name: str, body: str, zone: str = "UTC") -> str:
    """A story as the text of a post whose file has this name."""
    article = story.article
    stamp = article.published
    at = stamp.at if stamp else story.first_seen
    tags = tuple(dict.fromkeys((*article.tags, *story.tags)))
    address = without_trackers(article.url or story.url)
    lines = [
        "---",
        "layout: post",
        f"title: {quoted(article.title)}",
        f"date: {_date(article, story.first_seen)}",
        f"author: {scalar(_mirrored(', '.join(article.authors)))}",
        f"from: {scalar(address)}",
        f"tags: {flow(tags or (story.source_title,))}",
        f"categories: {flow((article.site or story.source_title,))}",
        *([] if tags else ["tags_from: source"]),
        *_more(article, name, at, zone),
        "---",
        f"<!--{round(at.timestamp() * 1000)}-->",
        f"[{_markdown(article.title)}]({_link(address)})",
        "------",
        "",
        "<div>",
        inert(body),
        "</div>",
        "",
    ]
    return "\n".join(lines)


def file_names(stories: Iterable[Story], zone: str = "UTC") -> dict[str, str]:
    """A file name for every story's id; see `places`."""
    found = places(candidate(story, zone) for story in stories)
    return {story: f"{place.day}-{place.slug}.md" for story, place in found.items()}


def inert(html: str) -> str:
    """HTML in which neither Liquid nor kramdown finds anything of theirs."""
    html = html.replace("{{", "&#123;&#123;").replace("{%", "&#123;%").replace("{:", "&#123;:")
    html = html.replace("{::", "&#123;::").replace("$$", "&#36;&#36;")
    return re.sub(r"\n\s*\n+", "\n", html)


def _date(article: Article, first_seen: datetime) -> str:
    """As the mirrors wrote it in UTC, with the offset in another zone, bare for a bare day."""
    stamp = article.published
    if stamp is None:
        return dates.iso_ms(first_seen)
    at = dates.local(stamp)
    if stamp.day_only and not stamp.offset:
        return f"{at:%Y-%m-%d}"
    return at.isoformat(timespec="seconds") if stamp.offset else dates.iso_ms(stamp.at)


def _more(article: Article, name: str, at: datetime, zone: str) -> Iterator[str]:
    """Keys that only a lossless way back needs."""
    if len(article.authors) > 1:
        yield f"authors: {flow(map(_mirrored, article.authors))}"
    if article.access != "open":
        yield f"access: {article.access}"
    if article.lang:
        yield f"lang: {scalar(article.lang)}"
    if article.published is None:
        yield "date_from: received"
    path = article.permalink or permalink(name)
    day = dates.local(Stamp(at=at), zone)
    if path != permalink(name) or not path.startswith(f"/{day:%Y-%m-%d}/"):
        yield f"permalink: {quoted(path)}"


def _mirrored(name: str) -> str:
    """A name that would lose its entities on the way back in has them escaped."""
    return name if unescape(name) == name else escape(name, quote=False)


def _markdown(title: str) -> str:
    """A title that kramdown shows as it is: entities for HTML and Liquid, else backslashes."""
    escaped = _MARKDOWN.sub(r"\\\1", escape(title, quote=False))
    return escaped.replace("{", "&#123;").replace("\n", " ")


def _link(url: str) -> str:
    safe = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "{": "%7B", "}": "%7D", " ": "%20"}
    return "".join(safe.get(char, char) for char in url if char > "\x1f")


def _with_pictures(article: Article, archive: Archive, out: Target) -> str:
    """The body with its kept pictures written beside it; the others stay where they are."""

    def local(match: re.Match[str]) -> str:
        address = unescape(match[2])
        picture = pictures.kept(archive, address)
        if picture is None:
            return match[0]
        out.write(f"{_PICTURES}/{picture.name}", picture.data)
        there = f"../../{_PICTURES}/{picture.name}"
        return f'<img{match[1]}src="{there}" data-original="{escape(address)}"'

    return _IMAGE.sub(local, f"{_lead(article, archive)}{sanitise(article.html, article.url)}")


def _lead(article: Article, archive: Archive) -> str:
    """The lead picture where it was kept and the body does not show it.

    Without its caption, which would count as text on the way back in.
    """
    image = pictures.lead(article)
    if image is None or pictures.kept(archive, image.url) is None:
        return ""
    return f'<p><img src="{escape(image.url)}" alt="{escape(image.alt or image.caption)}"></p>\n'


def _scaffold(archive: Archive, out: Target) -> None:
    """What Jekyll needs beside the posts, unless somebody has made it."""
    settings = archive.settings
    config = CONFIG.format(
        title=quoted(settings.title), zone=scalar(settings.zone), manifest=MANIFEST
    )
    files = {"_config.yml": config, "_layouts/post.html": LAYOUT, "index.html": INDEX}
    for name, text in files.items():
        if out.has(name):
            out.keep(name)  # ours from an earlier publish stays, and with it what you changed
        else:
            out.write(name, text)
