"""Everything about an article but its text, by ranked evidence; nothing is invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from newskeep import url as addresses
from newskeep.extraction import titles
from newskeep.extraction.dom import Node
from newskeep.extraction.head import Head, Item, first_string, strings, types_of
from newskeep.extraction.language import normal
from newskeep.extraction.outline import Outline
from newskeep.extraction.people import names_in
from newskeep.extraction.rules import AUTHORS, SECTIONS, TAGS
from newskeep.extraction.times import Times, modified, published
from newskeep.types import Stamp

_BYLINE_NAMES = re.compile(r"byline|author|writer|reporter|zuozhe|credit-name", re.IGNORECASE)
_NOT_BYLINE = re.compile(
    r"bio|about|desc|image|img|avatar|photo|box|comment|social|related|follow|date|time",
    re.IGNORECASE,
)
_STANDFIRST_NAMES = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|strapline|sub-?title|sub-?headline|chapeau|vorspann"
    r"|(?:article|entry|post)[_-]+(?:lead|intro|summary|excerpt))(?:$|[\s_-])"
)
_STANDFIRST_LENGTH = range(20, 500)
_SAID_BY = re.compile(
    r"(?:^|[\s>|】）)])(?:作者|撰文|記者|记者|文)\s?[:：／/]\s?([^\s:：|，,。；;（(\[【来來编編责責]{2,12})"
)
_PERSON = r"(?:[A-ZÀ-Þ][\w'’.-]*\s?){2,4}"
_BY_LINE = re.compile(rf"^(?:By|Von|Par|Por)\s+({_PERSON}(?:(?:,| and| &|und|et|y)\s+{_PERSON})*)")
_TEXT_TAGS = frozenset(["p", "div", "span", "td", "em", "strong", "h4", "h5", "h6"])
_MAX_TAGS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of an article beside its body."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    site: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    lead: str = ""
    aliases: tuple[str, ...] = ()


def read(
    head: Head, page: Outline, url: str, received: datetime | None, base: str = ""
) -> Metadata:
    """Weigh the evidence of a page, before anything was taken out of it.

    `base` is against what its addresses are meant, where that is not `url`.
    """
    item = head.article()
    names = site_names(head, url)
    langs = (
        head.lang,
        *strings(item.get("inLanguage")),
        *head.all("og:locale", "content-language", "language", "dc.language"),
    )
    times = Times(next(filter(None, map(normal, langs)), ""), received)
    headlines = [node.text() for node in page.all("h1") if node.text()]
    social = [
        *strings(item.get("headline")),
        *head.all("og:title", "twitter:title", "dc.title", "headline", "title"),
    ]
    title = titles.choose(head.title, social, headlines, names)
    return Metadata(
        title=title,
        subtitle=_subtitle(item, page, title),
        authors=_authors(head, item, page, names),
        published=published(head, page, url, times),
        modified=modified(head, page, times),
        site=next(iter(names[:1]), "") if _said_names(head) else "",
        section=first_string(item.get("articleSection")) or head.first(*SECTIONS),
        tags=_tags(head, item),
        langs=tuple(lang for lang in langs if lang),
        lead=_lead(head, item, base or url),
        aliases=_aliases(head, item, url, base or url),
    )


def _said_names(head: Head) -> list[str]:
    """The names that the document itself gives its site."""
    publisher = first_string(head.article().get("publisher"))
    sites = [
        first_string(i.get("name"))
        for i in head.items
        if types_of(i) & {"website", "organization", "newsmediaorganization"}
    ]
    said = [
        *head.all("og:site_name", "application-name", "apple-mobile-web-app-title"),
        publisher,
        *sites,
        *head.all("twitter:site"),
    ]
    return list(dict.fromkeys(name.lstrip("@") for name in said if name))


def site_names(head: Head, url: str) -> list[str]:
    """Every name of the site: as it says, and the labels of its host."""
    host = addresses.host(url).removeprefix("www.")
    labels = [
        label
        for label in host.split(".")[:-1]
        if len(label) > 2 and label not in ("com", "news", "blog", "www")
    ]
    return [*_said_names(head), *([host] if host else []), *labels]


def _subtitle(item: Item, page: Outline, title: str) -> str:
    """The second headline: as the document says, else an element named as a standfirst."""
    said = [first_string(item.get("alternativeHeadline"))]
    said += [node.text() for node in page.properties.get("alternativeheadline", [])[:1]]
    named = (node for node, names in page.named if _STANDFIRST_NAMES.search(names))
    said += [text for node in named if len(text := node.text()) in _STANDFIRST_LENGTH][:1]
    return next((text for text in said if text and text != title), "")


def _authors(head: Head, item: Item, page: Outline, names: list[str]) -> tuple[str, ...]:
    """The first kind of evidence that names a person."""
    for evidence, split in (
        (_people(item.get("author") or item.get("creator")), False),
        (head.all(*AUTHORS), True),
        (_marked(page), True),
        (_bylines(page), True),
        (_said_by(page), True),
    ):
        found = names_in(evidence, names, split=split)
        if found:
            return found
    return ()


def _people(value: object) -> list[str]:
    """The names of JSON-LD authors; an organisation is no author where a person is named."""
    members = value if isinstance(value, list) else [value]
    persons = [
        m
        for m in members
        if not (isinstance(m, dict) and types_of(m) & {"organization", "newsmediaorganization"})
    ]
    return [
        piece for name in strings(persons) for piece in (name.split(",") if "," in name else [name])
    ]


def _marked(page: Outline) -> list[str]:
    """Microdata and `rel=author`."""
    found: list[str] = []
    for node in page.properties.get("author", [])[:10]:
        inner = next((n for n in node.walk() if n.get("itemprop").lower() == "name"), node)
        found.append(inner.get("content") or inner.text()[:120])
    links = [link for link in page.all("a") if "author" in link.get("rel").lower().split()]
    found += [link.text()[:120] for link in links[:10]]
    return list(dict.fromkeys(found))[:4]


def _bylines(page: Outline) -> list[str]:
    """Small elements that are named as a byline."""
    for node, names in page.named:
        if _BYLINE_NAMES.search(names) and not _NOT_BYLINE.search(names):
            found = _byline(node)
            if found:
                return found
    return []


def _byline(node: Node) -> list[str]:
    """The names in a byline: its links, else its text."""
    text = node.text()
    if not 3 < len(text) < 200:
        return []
    links = [link for link in node.find("a") if link.text()]
    if len(text) < 100 and not any(ch.isdigit() for ch in text):
        return [link.text() for link in links[:4]] or [text]
    return [links[0].text()] if links and "author" in links[0].get("href") else []


def _said_by(page: Outline) -> list[str]:
    """“By …” or “作者：…” in a short text of its own."""
    for node in page.order:
        if node.tag not in _TEXT_TAGS or not node.children:
            continue
        text = "".join(child for child in node.children if isinstance(child, str)).strip()[:120]
        match = _SAID_BY.search(text) or (_BY_LINE.match(text) if len(text) < 80 else None)
        if match:
            return [match[1]]
    return []


def _tags(head: Head, item: Item) -> tuple[str, ...]:
    values = [*head.all("article:tag", "og:article:tag"), *strings(item.get("keywords"))]
    values = values or head.all(*TAGS)
    pieces = [piece.strip() for value in values for piece in re.split(r"[,;，、；|]", value)]
    return tuple(dict.fromkeys(piece for piece in pieces if 0 < len(piece) <= 60))[:_MAX_TAGS]


def _lead(head: Head, item: Item, url: str) -> str:
    """The lead picture's absolute address."""
    said = [
        *head.all(
            "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"
        )
    ]
    said += strings(item.get("image"), "url") + head.links.get("image_src", [])
    return next(
        (found for found in (addresses.absolute(url, value) for value in said) if found), ""
    )


def _aliases(head: Head, item: Item, url: str, base: str) -> tuple[str, ...]:
    """Other addresses the document gives for itself: canonical, AMP, `og:url`, shortlink."""
    said = [
        value for rel in ("canonical", "amphtml", "shortlink") for value in head.links.get(rel, [])
    ]
    said += (
        head.all("og:url")
        + strings(item.get("url"), "@id")
        + strings(item.get("mainEntityOfPage"), "@id")
    )
    found = (addresses.absolute(base, value) for value in said[:12])
    return tuple(dict.fromkeys(value for value in found if value and value != url))
