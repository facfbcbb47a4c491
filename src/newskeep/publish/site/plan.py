"""Which pages a site has: a light card of every story, and the lists they stand in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from newskeep import dates, text
from newskeep.publish.places import candidate, places
from newskeep.slug import sameness, slug
from newskeep.types import Image, Stamp, Story

if TYPE_CHECKING:
    from newskeep.archive import Archive

PER_PAGE = 50
"""Stories on a page of a list. Full pages never change again: page 1 holds the oldest."""

_SUMMARY = 220
_BETWEEN_CJK = re.compile(rf"(?<=[{text.CJK}。！？」』”’…])\s*\n\s*(?=[{text.CJK}「『“‘])")
"""A paragraph's end that needs no space where the paragraphs are run together."""


@dataclass(slots=True, kw_only=True)
class Card:
    """What lists show of a story."""

    id: str
    path: str
    title: str
    summary: str
    source: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    lang: str
    stamp: Stamp
    at: datetime
    local: datetime
    first_seen: datetime
    last_seen: datetime
    state: str
    access: str
    revisions: int
    changed: datetime | None
    missing_since: datetime | None
    lead: Image | None
    url: str
    words: int
    older: Card | None = None
    newer: Card | None = None


class Page(NamedTuple):
    """One page of a list; `number` counts from the oldest, `path` is its folder."""

    number: int
    path: str
    cards: list[Card]


@dataclass(slots=True)
class Listing:
    """Stories that belong together: a source's, an author's, a tag's, a month's."""

    kind: str
    name: str
    path: str
    cards: list[Card] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        """The pages, oldest first; the newest one stands at the listing's own address."""
        chunks = [self.cards[i : i + PER_PAGE] for i in range(0, len(self.cards), PER_PAGE)] or [[]]
        last = len(chunks)
        return [
            Page(number, self.path if number == last else f"{self.path}/page-{number}", chunk[::-1])
            for number, chunk in enumerate(chunks, start=1)
        ]


@dataclass(slots=True)
class Site:
    """Everything that the site shows, oldest first where it is a list of cards."""

    cards: list[Card]
    by_id: dict[str, Card]
    sources: dict[str, Listing]
    authors: dict[str, Listing]
    tags: dict[str, Listing]
    months: dict[str, Listing]
    days: dict[str, Listing]
    updated: datetime | None

    @property
    def edited(self) -> list[Card]:
        """Stories that were changed after publication, the latest change first."""
        found = [card for card in self.cards if card.changed]
        return sorted(found, key=lambda card: (card.changed or card.at, card.id), reverse=True)

    @property
    def withdrawn(self) -> list[Card]:
        """Stories that are gone from their source, the latest first."""
        found = [card for card in self.cards if card.state == "gone"]
        return sorted(
            found, key=lambda card: (card.missing_since or card.at, card.id), reverse=True
        )


def plan(archive: Archive, select: str = "") -> Site:
    """Walk the archive once and lay the site out."""
    zone = archive.settings.zone
    zones = {name: source.zone for name, source in archive.sources().items()}
    cards, wanted = [], []
    for story in archive.stories(select=select, newest_first=False):
        cards.append(_card(story, zones.get(story.source) or zone))
        wanted.append(candidate(story, zone))
    found = places(wanted)
    for card in cards:
        card.path = "/".join(found[card.id])
    return _laid_out(cards)


def folder_names(kind: str, names: Iterable[str]) -> dict[str, str]:
    """A folder for every name, in the order of their first appearance; none ever moves."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for name in names:
        folder = slug(name, 100)
        if not folder or sameness(folder) in taken:
            folder = f"{folder}-{text.digest(name)[:8]}".strip("-")
        taken.add(sameness(folder))
        found[name] = f"{kind}/{folder}"
    return found


def _laid_out(cards: list[Card]) -> Site:
    in_order = sorted(cards, key=lambda card: (card.first_seen, card.id))
    sources = _listings("source", cards, in_order, lambda card: [card.source])
    for listing in sources.values():
        for older, newer in zip(listing.cards, listing.cards[1:], strict=False):
            older.newer, newer.older = newer, older
    return Site(
        cards=cards,
        by_id={card.id: card for card in cards},
        sources=sources,
        authors=_listings("author", cards, in_order, lambda card: card.authors),
        tags=_listings("tag", cards, in_order, lambda card: card.tags),
        months=_dated(cards, "%Y-%m", "archive"),
        days=_dated(cards, "%Y-%m-%d", ""),
        updated=max((card.last_seen for card in cards), default=None),
    )


def _listings(
    kind: str,
    cards: list[Card],
    in_order: list[Card],
    names_of: Callable[[Card], Iterable[str]],
) -> dict[str, Listing]:
    names = dict.fromkeys(name for card in in_order for name in names_of(card))
    found = {name: Listing(kind, name, path) for name, path in folder_names(kind, names).items()}
    for card in cards:
        for name in names_of(card):
            found[name].cards.append(card)
    return found


def _dated(cards: list[Card], form: str, folder: str) -> dict[str, Listing]:
    found: dict[str, Listing] = {}
    for card in cards:
        name = f"{card.local:{form}}"
        path = f"{folder}/{name}" if folder else name
        found.setdefault(name, Listing("date", name, path)).cards.append(card)
    return dict(sorted(found.items()))


def _card(story: Story, zone: str) -> Card:
    article = story.article
    stamp = article.published or Stamp(at=story.first_seen)
    return Card(
        id=story.id,
        path="",
        title=article.title or story.url,
        summary=article.subtitle or summary(article.text),
        source=story.source_title,
        authors=article.authors,
        tags=tuple(dict.fromkeys((*article.tags, *story.tags))),
        lang=article.lang,
        stamp=stamp,
        at=stamp.at,
        local=dates.local(stamp, zone),
        first_seen=story.first_seen,
        last_seen=story.last_seen,
        state=story.state,
        access=article.access,
        revisions=len(story.revisions),
        changed=story.latest.first_seen if len(story.revisions) > 1 else None,
        missing_since=story.missing_since,
        lead=next(iter(article.images), None),
        url=story.url,
        words=text.word_count(article.text),
    )


def summary(body: str) -> str:
    """The beginning of a text, cut at a sentence's end where there is one."""
    start = text.squash(_BETWEEN_CJK.sub("", body[: _SUMMARY * 2]))
    if len(start) <= _SUMMARY:
        return start
    is_wide = sum(map(text.is_cjk, start)) > len(start) / 3
    limit = _SUMMARY // 2 if is_wide else _SUMMARY
    for end in range(limit, limit // 2, -1):
        if start[end - 1] in "。！？" or start[end - 2 : end] in (". ", "! ", "? "):
            return start[:end].rstrip()
    cut = start[:limit] if is_wide else start[:limit].rpartition(" ")[0]
    return cut.rstrip("，、,;；: ") + "…"
