"""How much of the article was there to read: recorded from evidence, never circumvented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from newskeep.extraction.blocks import weigh
from newskeep.extraction.head import Head, Item
from newskeep.extraction.outline import Outline
from newskeep.extraction.prune import is_hidden, is_wall_picture
from newskeep.extraction.rules import ACCESS

OPEN, METERED, SUBSCRIBER, REGISTRATION = "open", "metered", "subscriber", "registration"
TRUNCATED, REMOVED, BLOCKED = "truncated", "removed", "blocked"
STATES = frozenset((OPEN, METERED, SUBSCRIBER, REGISTRATION, TRUNCATED, REMOVED, BLOCKED))

_SHORT = 1_500
"""Letters; a body shorter than this may be the top of an article behind a wall."""
_MAX_WORDS = 200_000
_WALL_NAMES = re.compile(rf"(?:^|[\s_-])(?:{ACCESS['wall_names']})", re.IGNORECASE)
_SUBSCRIBE = re.compile(ACCESS["subscribe"], re.IGNORECASE)
_REGISTER = re.compile(ACCESS["register"], re.IGNORECASE)
_TRUNCATED = re.compile(
    rf"(?:{ACCESS['continues']})\s*(?:[→»>›]|&raquo;|\.{{3}}|…|>>)*\s*$"
    rf"|(?:{ACCESS['cut_marks']})\s*$",
    re.IGNORECASE,
)
_BOT = re.compile(ACCESS["bot"], re.IGNORECASE)
_REMOVED = re.compile(rf"^(?:{ACCESS['removed']})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signs:
    """What the whole document shows of a wall: a banner or its markup, and its short texts."""

    wall: bool
    words: str


def judge(head: Head, signs: Signs, title: str, text: str) -> str:
    """One of the kinds above, for the article's title and text."""
    size = weigh(text)
    if size < _SHORT and (_BOT.search(title) or _BOT.search(text[:500])):
        return BLOCKED
    if size < _SHORT and (_REMOVED.search(title.strip()) or _REMOVED.search(text.strip()[:200])):
        return REMOVED
    return _wall(head, signs, size) or (TRUNCATED if is_cut(text) else OPEN)


def _wall(head: Head, signs: Signs, size: int) -> str:
    """The wall that the article stands behind, or an empty string."""
    said = _said(head)
    if said == METERED:
        return METERED
    if size < _SHORT and _REGISTER.search(signs.words):
        return REGISTRATION
    if said == SUBSCRIBER or (size < _SHORT and _SUBSCRIBE.search(signs.words)):
        return SUBSCRIBER
    return METERED if signs.wall else ""


def _said(head: Head) -> str:
    """What JSON-LD and `meta` say (schema.org `isAccessibleForFree`)."""
    tier = head.first("article:content_tier", "content_tier", "article:contenttier").lower()
    if tier in ("metered", "locked"):
        return METERED if tier == "metered" else SUBSCRIBER
    item = head.article()
    if _is_false(item.get("isAccessibleForFree")) or _part_is_closed(item):
        return SUBSCRIBER
    return ""


def _is_false(value: Any) -> bool:
    return value is False or (
        isinstance(value, str) and value.strip().lower() in ("false", "no", "0")
    )


def _part_is_closed(item: Item) -> bool:
    if item.get("isAccessibleForFree") is True:
        return False
    parts = item.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    return any(
        isinstance(part, dict) and _is_false(part.get("isAccessibleForFree")) for part in parts
    )


def signs(page: Outline) -> Signs:
    """Collect the signs of a wall before anything is taken out of the tree."""
    wall = any(map(is_wall_picture, page.all("img"))) or any(
        _WALL_NAMES.search(names) and not is_hidden(node) and node.text()
        for node, names in page.named
    )
    words = [c for n in page.order for c in n.children if isinstance(c, str) and 8 < len(c) < 400]
    return Signs(wall, " ".join(" ".join(words).split())[:_MAX_WORDS])


def is_cut(text: str) -> bool:
    """Whether a text ends with “continue reading”, “阅读全文” or the like."""
    return bool(_TRUNCATED.search(text.rstrip()[-60:]))
