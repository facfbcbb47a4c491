"""Who is named as the author of a page: the first kind of evidence that names a person.

What the document states of itself (JSON-LD, `meta`) comes first, then elements that are
marked as the author's, then those named as a byline, then text that reads like one; last
an organisation, or the site itself, where the document states that it is the author.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from newskeep.extraction import bylines
from newskeep.extraction.head import Head, Item, strings, types_of
from newskeep.extraction.outline import Outline
from newskeep.extraction.people import AGENCIES, Trust, key, names_in
from newskeep.extraction.rules import AUTHORS
from newskeep.extraction.vicinity import Vicinity

_ORGANISATIONS = frozenset(["organization", "newsmediaorganization", "corporation", "website"])
_NEWS = frozenset((
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle",
    "liveblogposting",
))  # fmt: skip
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_NO_NAME = re.compile(
    r"\b(?:the|news|times|post|daily|bank|inc|llc|ltd|gmbh|ag|pc|official|team|media|online|press"
    r"|magazine|magazin|blog|club|company|group|hospital|clinic|university|studio|photography"
    r"|journal|today|tv|radio|zeitung|nachrichten|der|die|das|le|la|les|el|agency|agencia|verlag"
    r"|on|in|of|and|with|for|your|my|mama|mom|shop|store|health|tech|law|foundation)\b",
    re.IGNORECASE,
)
_BEFORE_SITE = re.compile(r"\s[|–—·•»:-]\s|[_|｜]")
_LABEL = re.compile(
    r"written by|author|verfasst von|geschrieben von|écrit par|auteur|escrito por|scritto da"
    r"|geschreven door|autor|napisane przez|skrevet av|skriven av|автор|написано|作者|執筆者"
    r"|글쓴이|yazan|كتب بواسطة|נכתב על ידי|skrevet af|kirjoittanut|ditulis oleh|escrit per",
    re.IGNORECASE,
)


def authors(
    head: Head, item: Item, page: Outline, names: list[str], near: Vicinity
) -> tuple[str, ...]:
    """The first kind of evidence that names a person."""
    stated = head.resolved(item.get("author") or item.get("creator"))
    names = [*names, *_brands(head)]
    said = _stated(stated, names) or _meta(head, names) or names_in(_labelled(head), names)
    if said:
        return said
    ranks: tuple[Callable[[], tuple[str, ...]], ...] = (
        lambda: bylines.marked(page, near, names),
        lambda: bylines.named(page, near, names),
        lambda: names_in(_organisations(stated), names, split=False),
        lambda: bylines.linked(page, near, names),
        lambda: bylines.said(near, names),
        lambda: bylines.said_within(near, names),
        lambda: _newsroom(head, item, stated),
        lambda: _namesake([*_persons(stated), *head.all("author"), *_labelled(head)]),
        lambda: bylines.marked(page, near, []),
        lambda: bylines.posted(near),
    )
    return next((found for found in (rank() for rank in ranks) if found), ())


def _brands(head: Head) -> list[str]:
    """A word that `meta` calls the author and the title ends with: the site (“… | Harbour”)."""
    ending = key(_BEFORE_SITE.split(head.title)[-1])
    said = [name for name in head.all("author", "article:author") if len(name.split()) == 1]
    return [name for name in said if key(name) in ending and len(ending) <= 2 * len(key(name))]


def _stated(stated: list[Any], sites: list[str]) -> tuple[str, ...]:
    """The persons that JSON-LD names; the site too where it shares with an agency alone."""
    said = _persons(stated)
    found = names_in(said, sites)
    return names_in(said, []) if found and all(key(n) in AGENCIES for n in found) else found


def _meta(head: Head, sites: list[str]) -> tuple[str, ...]:
    found = (names_in(head.all(name), sites) for name in AUTHORS)
    return next((names for names in found if names), ())


def _newsroom(head: Head, item: Item, stated: list[Any]) -> tuple[str, ...]:
    """The publisher itself, where a news article is stated to be its own."""
    is_news = bool(types_of(item) & _NEWS) and head.first("og:type").lower() == "article"
    return names_in(strings(stated), [], split=False) if is_news else ()


def _namesake(stated: list[str]) -> tuple[str, ...]:
    """The person whose name the site bears."""
    found = names_in(stated, [], split=False, trust=Trust.SEEN)
    return tuple(name for name in found if _FULL_NAME.fullmatch(name) and not _NO_NAME.search(name))


def _persons(stated: list[Any]) -> list[str]:
    return strings([member for member in stated if not _is_organisation(member)])


def _organisations(stated: list[Any]) -> list[str]:
    return strings([member for member in stated if _is_organisation(member)])


def _is_organisation(member: Any) -> bool:
    return isinstance(member, dict) and bool(types_of(member) & _ORGANISATIONS)


def _labelled(head: Head) -> list[str]:
    """What a preview card says under “Written by” (`twitter:label1`, `twitter:data1`)."""
    return [
        head.first(f"twitter:data{number}")
        for number in range(1, 4)
        if _LABEL.search(head.first(f"twitter:label{number}"))
    ]
