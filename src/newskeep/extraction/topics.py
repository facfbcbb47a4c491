"""What an article is filed under: its section, and its tags."""

from __future__ import annotations

import re

from newskeep import url as addresses
from newskeep.extraction.head import Head, Item, first_string, strings, types_of
from newskeep.extraction.outline import Outline
from newskeep.extraction.rules import SECTIONS, TAGS
from newskeep.extraction.titles import bare

_COMMAS = re.compile(r"[,;，、；|]")
_MAX_TAGS = 30
_MAX_LETTERS = 60
_MAX_CRUMBS = 10


def section(head: Head, item: Item, title: str) -> str:
    """The section that the document names, else the last crumb of its breadcrumb."""
    said = first_string(item.get("articleSection")) or head.first(*SECTIONS)
    return said or next(reversed(_crumbs(head, title)), "")


def _crumbs(head: Head, title: str) -> list[str]:
    """The names of a JSON-LD `BreadcrumbList`, without the home page and the article itself."""
    lists = (i.get("itemListElement") for i in head.items if "breadcrumblist" in types_of(i))
    members = next((found for found in lists if isinstance(found, list)), [])
    crumbs = [crumb for crumb in members[:_MAX_CRUMBS] if isinstance(crumb, dict)]
    named = [(first_string(c) or first_string(c.get("item")), c.get("item")) for c in crumbs]
    return [
        name
        for name, target in named
        if 0 < len(name) <= _MAX_LETTERS and bare(name) != bare(title) and not _is_home(target)
    ]


def _is_home(target: object) -> bool:
    address = target if isinstance(target, str) else first_string(target, "@id")
    host = addresses.host(address)
    return bool(host) and address.partition(host)[2].strip("/") == ""


def tags(head: Head, item: Item, page: Outline) -> tuple[str, ...]:
    """What the article is tagged with; a site's `meta` keywords only where nothing else is."""
    values = [*head.all("article:tag", "og:article:tag"), *strings(item.get("keywords"))]
    values = values or _linked(page) or head.all(*TAGS)
    pieces = [piece.strip() for value in values for piece in _COMMAS.split(value)]
    return tuple(dict.fromkeys(p for p in pieces if 0 < len(p) <= _MAX_LETTERS))[:_MAX_TAGS]


def _linked(page: Outline) -> list[str]:
    """The texts of links marked `rel=tag` (HTML §4.6.7.17); those to categories are sections."""
    rels = ((link, link.get("rel").lower().split()) for link in page.all("a"))
    links = [link for link, rel in rels if "tag" in rel and "category" not in rel]
    return [link.text().lstrip("#") for link in links[:_MAX_TAGS]]
