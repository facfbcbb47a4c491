"""Everything about an article but its text, by ranked evidence; nothing is invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from newskeep import url as addresses
from newskeep.extraction.authors import authors
from newskeep.extraction.head import Head, Item, first_string, strings, types_of
from newskeep.extraction.headline import choose
from newskeep.extraction.language import normal
from newskeep.extraction.outline import Outline
from newskeep.extraction.times import Times, modified, published
from newskeep.extraction.topics import section, tags
from newskeep.extraction.vicinity import Vicinity
from newskeep.types import Stamp

_STANDFIRST_NAMES = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|strapline|sub-?title|sub-?headline|chapeau|vorspann"
    r"|(?:article|entry|post)[_-]+(?:lead|intro|summary|excerpt))(?:$|[\s_-])"
)
_STANDFIRST_LENGTH = range(20, 500)


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
    head: Head,
    page: Outline,
    url: str,
    received: datetime | None,
    base: str = "",
    feed: str = "",
) -> Metadata:
    """Weigh the evidence of a page, before anything was taken out of it.

    `base` is against what its addresses are meant, where that is not `url`; `feed` is
    what the feed calls the article.
    """
    item = head.article()
    names = site_names(head, url)
    langs = (
        head.lang,
        *strings(item.get("inLanguage")),
        *head.all("og:locale", "content-language", "language", "dc.language"),
    )
    times = Times(next(filter(None, map(normal, langs)), ""), received)
    near = Vicinity(page, head)
    social = [
        *strings(item.get("headline")),
        *head.all("og:title", "twitter:title", "dc.title", "headline", "title"),
    ]
    title = choose(head.title, social, page, url, names, feed)
    return Metadata(
        title=title,
        subtitle=_subtitle(item, page, title),
        authors=authors(head, item, page, names, near),
        published=published(head, page, url, times, near),
        modified=modified(head, page, times, near),
        site=next(iter(names[:1]), "") if _said_names(head) else "",
        section=section(head, item, title),
        tags=tags(head, item, page),
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
    named = (node for node, names in page.named if _is_standfirst(names))
    said += [text for node in named if len(text := node.text()) in _STANDFIRST_LENGTH][:1]
    return next((text for text in said if text and text != title), "")


@lru_cache(maxsize=20_000)
def _is_standfirst(names: str) -> bool:
    return bool(_STANDFIRST_NAMES.search(names))


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
