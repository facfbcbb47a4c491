"""A blog's archive: the list on a page, and the lists behind it back to the first post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from newskeep import content, text
from newskeep.discover import listing
from newskeep.discover.recipes.model import Recipe
from newskeep.discover.recipes.select import Document
from newskeep.types import Feed
from newskeep.url import absolute, canonical, same_site

MOST_OLDER = 100
"""Lists behind one page that are taken from it."""

_MOST_LINKS = 3000
_LABELS = (
    r"(?:see |view |show |load )?(?:older|previous|earlier|more)"
    r"(?: (?:posts?|entries|articles|stories|news|issues))?",
    r"next(?: page| posts)?",
    r"ältere (?:beiträge|einträge)|nächste seite",
    r"(?:articles|billets) (?:plus anciens|précédents)|page suivante",
    r"entradas (?:más )?antiguas|(?:página )?siguiente",
    r"post più vecchi|postagens mais antigas|следующая|предыдущие записи",
    r"下一[页頁]|下[页頁]|[较較]早(?:的)?(?:文章|帖子)?|(?:更早|以前|[旧舊])的?文章",
    r"次の?ページ(?:へ)?|(?:過去|以前|古い)の?(?:記事|投稿)|다음(?: 페이지)?|이전 ?글",
)
"""What a link to an older list says, the whole of it."""

_LABEL = re.compile(rf"\W*(?:{'|'.join(_LABELS)})\W*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:/page[/-]?|(?<=[?&])(?:page|paged|pg|p)=)(\d{1,4})(?=$|[/&.])")
_OFFSET = re.compile(r"[?&](?:start|offset|skip|before|after|cursor|updated-max)=[^&]")
_MONTH = re.compile(r"(?:/[a-z-]+)*/(?:19|20)\d\d(?:/(?:0?[1-9]|1[0-2]))?(?:/index\.\w{2,5})?/?")


def parse(
    data: bytes,
    *,
    url: str,
    content_type: str = "",
    received: datetime,
    recipe: Recipe | None = None,
) -> Feed:
    """Read a page of a blog that was received at a time. Never raises.

    Its entries are those that `listing.parse` finds. `more` is the older lists that it
    leads to: by rel=next, by what its links say, by the numbers of its pages, and by year
    and month. A page behind the first one may list nothing, as the last one often does.
    """
    found = listing.parse(
        data, url=url, content_type=content_type, received=received, recipe=recipe, is_blog=True
    )
    document = Document(content.to_text(data, content_type), url)
    older = dict.fromkeys((*found.more, *_older(document, url)))
    if not (found.entries or older or _is_further(url)):
        return found
    problems = found.problems if found.entries else ()
    return replace(found, kind="blog", more=tuple(older)[:MOST_OLDER], problems=problems)


def _older(document: Document, url: str) -> Iterator[str]:
    """Addresses of older lists on the same site, each in its first spelling."""
    seen = {canonical(url)}
    for target, rel, label in _links(document):
        name = canonical(target)
        if name in seen or not same_site(url, target):
            continue
        if "next" in rel or _LABEL.fullmatch(label) or _is_behind(target, url) or _is_month(target):
            seen.add(name)
            yield target


def _links(document: Document) -> Iterator[tuple[str, list[str], str]]:
    """Where each link leads, its rel, and what it says."""
    for node in document.page.css("link[rel][href], a[href]")[:_MOST_LINKS]:
        facts = node.attributes
        target = absolute(document.base, facts.get("href") or "")
        if target:
            label = text.squash(text.strip_control(node.text()))[:200]
            yield target, (facts.get("rel") or "").lower().split(), label


def _is_further(url: str) -> bool:
    """Whether an address is that of a page behind the first one."""
    return _numbered(url)[1] > 1 or _is_month(url) or _OFFSET.search(url) is not None


def _is_behind(target: str, url: str) -> bool:
    """Whether both are pages of one list, and the target has the higher number."""
    (stem, number), (own, here) = _numbered(target), _numbered(url)
    return stem == own and number > max(here, 1)


def _numbered(url: str) -> tuple[str, int]:
    """The address without the number of its page, and that number; 0 where there is none."""
    name = canonical(url)
    match = _NUMBER.search(name)
    if match is None:
        return name.rstrip("/"), 0
    return (name[: match.start()] + name[match.end() :]).rstrip("/?&"), int(match[1])


def _is_month(url: str) -> bool:
    return _MONTH.fullmatch(urlsplit(url).path.lower()) is not None
