"""When it was published and changed: the best evidence first.

JSON-LD, then `meta`, microdata and `<time>`, the address, the visible text near the
title, and last what the feed said. A time beats a bare date of the same day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from newskeep import dates
from newskeep.extraction.dom import Node
from newskeep.extraction.head import Head, strings
from newskeep.extraction.outline import Outline
from newskeep.extraction.rules import MODIFIED, PUBLISHED
from newskeep.types import Stamp

_IN_ADDRESS = (
    re.compile(r"/(19[89]\d|20[0-4]\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.\-]|$)"),
    re.compile(r"[/_.t-](20[0-4]\d)[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?=[/_.\-]|$)"),
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"
    r"janv|févr|mars|avr|mai|juin|juil|août|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|"
    r"mär|okt|dez|fev|out|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)"
    r"[^\W\d_]{0,9}\.?"
)
_CLOCK = (
    r"(?:[\sT,，|·-]{0,4}(?:at |um |às |à |alle |(?:上午|下午|午前|午後|오전|오후)\s?)?"
    r"\d{1,2}(?:[:：h]|\s?[时時点點시]\s?)\d{2}(?::\d{2})?"
    r"(?:\s?[ap]\.?m\.?)?(?:\s?(?:[A-Z]{2,4}|Z|[+-]\d{2}:?\d{2}))?)?"
)
_VISIBLE = re.compile(
    rf"(?:(?:19|20)\d\d\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}(?!\d)\.?{_CLOCK}"
    rf"|(?:19|20)\d\d\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]?{_CLOCK}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:de |of )?{_MONTH},?\s(?:de )?(?:19|20)\d\d{_CLOCK}"
    rf"|\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d{_CLOCK}"
    rf"|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)\d\d(?!\d){_CLOCK})",
    re.IGNORECASE,
)
_LABELS_CHANGE = re.compile(
    r"updated|modified|aktualisiert|mis à jour|actualizado|更新|修改|обновл", re.IGNORECASE
)
_DATED_NAME = re.compile(
    r"date|time|publi|posted|byline|meta|info|source|stamp|dateline|created", re.IGNORECASE
)
_NEAR = 3_000
_FIRST_YEAR = 1990


class Times:
    """Reads stamps in one document's language, none past `received`."""

    def __init__(self, lang: str, received: datetime | None) -> None:
        self.lang = lang
        self.latest = (
            received or datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
        ) + timedelta(days=1)

    def parse(self, text: str) -> Stamp | None:
        """A believable stamp, or None."""
        stamp = dates.parse(text[:200], lang=self.lang) if any(c.isdigit() for c in text) else None
        if stamp is None or stamp.at.year < _FIRST_YEAR or stamp.at > self.latest:
            return None
        return stamp

    def first(self, texts: list[str]) -> Stamp | None:
        """The first believable stamp, or a later one with a time where that is of the same day."""
        stamps = [stamp for stamp in map(self.parse, texts) if stamp is not None]
        return _sharpest(stamps)


def _sharpest(stamps: list[Stamp]) -> Stamp | None:
    if not stamps:
        return None
    first = stamps[0]
    if not first.day_only:
        return first
    return next((s for s in stamps if not s.day_only and _same_day(first, s)), first)


def _same_day(bare: Stamp, timed: Stamp) -> bool:
    return timedelta(hours=-14) <= timed.at - bare.at < timedelta(hours=38)


def published(head: Head, page: Outline, url: str, times: Times) -> Stamp | None:
    """When the document says it was first published."""
    item = head.article()
    said = [
        *strings(item.get("datePublished")),
        *strings(item.get("dateCreated")),
        *strings(item.get("uploadDate")),
    ]
    said += head.all(*PUBLISHED) + _microdata(page, "datepublished")
    sure = times.first(said)
    if sure is not None and not sure.day_only:
        return sure
    tagged = times.first(_time_elements(page))
    address = _from_address(url, times)
    guesses = [stamp for stamp in (sure, tagged, address) if stamp is not None]
    if not guesses:
        return times.first(_visible(page))
    return _sharpest([*guesses, *filter(None, map(times.parse, _visible(page)))])


def modified(head: Head, page: Outline, times: Times) -> Stamp | None:
    """When the document says it was last changed."""
    said = strings(head.article().get("dateModified"))
    return times.first(said + head.all(*MODIFIED) + _microdata(page, "datemodified"))


def _microdata(page: Outline, name: str) -> list[str]:
    found = page.properties.get(name, [])[:5]
    return [node.get("datetime") or node.get("content") or node.text()[:80] for node in found]


def _time_elements(page: Outline) -> list[str]:
    """The stamps of `<time>` elements, those marked as the publication first."""
    found = page.all("time", "abbr")[:20]
    values = [
        (node.get("datetime") or node.get("title") or node.text()[:60], node) for node in found
    ]
    values = [
        (value, node) for value, node in values if value and not _LABELS_CHANGE.search(_label(node))
    ]
    return [value for value, _ in sorted(values, key=lambda pair: not _is_marked(pair[1]))]


def _label(node: Node) -> str:
    around = node.parent.text()[:40] if node.parent is not None else ""
    return f"{node.get('class')} {node.get('itemprop')} {around}"


def _is_marked(node: Node) -> bool:
    return (
        "pubdate" in node.attrs
        or "publish" in f"{node.get('class')} {node.get('itemprop')}".lower()
    )


def _from_address(url: str, times: Times) -> Stamp | None:
    for pattern in _IN_ADDRESS:
        match = pattern.search(url.split("?", maxsplit=1)[0][:2_000])
        if match:
            stamp = times.parse(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
            if stamp is not None:
                return stamp
    return None


def _visible(page: Outline) -> list[str]:
    """Dates in small elements named for them, then those in the text from the first heading on."""
    named = [n.text() for n, names in page.named if _DATED_NAME.search(names) and _is_small(n)]
    found = [match[0] for text in named[:40] for match in _VISIBLE.finditer(text)]
    return found[:10] + [match[0] for match in _VISIBLE.finditer(_near_title(page))][:5]


def _is_small(node: Node) -> bool:
    length = 0
    for text in node.strings():
        length += len(text.strip())
        if length > 200:
            return False
    return length > 5


def _near_title(page: Outline) -> str:
    text = "\n".join(page.order[0].strings())
    heading = next((node.text() for node in page.all("h1")), "")
    at = max(text.find(heading[:30]), 0) if heading else 0
    return text[at : at + _NEAR]
