"""How much of the article was there to read: recorded from evidence, never circumvented."""

from __future__ import annotations

from typing import Any, NamedTuple

from newskeep.extraction.blocks import weigh
from newskeep.extraction.gates import gate
from newskeep.extraction.head import Head, Item
from newskeep.extraction.notices import Box, Notice, Notices, more, notices, pattern
from newskeep.extraction.outline import Outline
from newskeep.extraction.prune import is_wall_picture

OPEN, METERED, SUBSCRIBER, REGISTRATION = "open", "metered", "subscriber", "registration"
TRUNCATED, AGE, COOKIES = "truncated", "age", "cookies"
REMOVED, BLOCKED = "removed", "blocked"
STATES = frozenset((
    OPEN, METERED, SUBSCRIBER, REGISTRATION, TRUNCATED, AGE, COOKIES, REMOVED, BLOCKED,
))  # fmt: skip

_SHORT = 1_500
"""Letters; a body shorter than this may be the top of an article behind a wall."""
_TEASER = 4_000
"""Letters of the longest top of an article that walls let through."""
_STANDALONE, _SHARE, _ALONE_SHARE = 200, 0.3, 0.5
"""A notice without a door: its letters at most, and how much of them its words are.

The last is for one that neither asks for a name nor shuts anybody out.
"""
_LABEL = 30
_LINE = 20
_FREE_TIERS = frozenset(("free", "open", "none", "no", "false", "public", "0"))
_METERED_TIERS = frozenset(("metered", "meter", "soft", "freemium"))
_TIERS = ("article:content_tier", "content_tier", "article:contenttier", "paywall", "premium")
_GOAL, _ONLY, _LEFT, _METER, _PAY, _SIGN, _FREE, _OTHERS = (
    pattern(name) for name in ("goal", "only", "left", "meter", "pay", "sign", "free", "others")
)


class Signs(NamedTuple):
    """What the whole document shows of a wall: a banner, and what it says to its reader."""

    banner: bool
    notices: Notices


class Verdict(NamedTuple):
    """One of STATES, and whether the text ends before the article does."""

    state: str
    truncated: bool


class _Wall(NamedTuple):
    """A wall; `ends` where it says that there is more than is shown, `free` if it costs nothing."""

    state: str
    ends: bool
    free: bool = False

    @property
    def rank(self) -> int:
        """Which of several walls on a page counts, the lowest first."""
        order = (METERED, REGISTRATION if self.free else "", SUBSCRIBER, REGISTRATION)
        return order.index(self.state)


def signs(page: Outline) -> Signs:
    """Collect the signs of a wall before anything is taken out of the tree."""
    return Signs(any(map(is_wall_picture, page.all("img"))), notices(page))


def judge(head: Head, signs: Signs, title: str, text: str, url: str = "") -> Verdict:
    """How much of the article there was, whose title and text were found at `url`."""
    cut = is_cut(text) or _goes_on(signs.notices, text)
    standing = gate(head, signs.notices, title, text, url)
    if standing:
        return Verdict(standing, cut)
    size = weigh(text)
    wall = _wall(head, signs, size)
    if wall:
        return Verdict(wall.state, cut or (wall.ends and size < _TEASER))
    return Verdict(TRUNCATED if cut else OPEN, cut)


def is_cut(text: str) -> bool:
    """Whether a text ends with “continue reading”, “阅读全文” or the like."""
    return bool(more(text.rstrip()[-80:]))


def _goes_on(seen: Notices, text: str) -> bool:
    """Whether a link to the rest stands right behind what was taken for the article."""
    last = " ".join(text[-2_000:].lower().split())
    return any(len(said) > _LINE and last.endswith(said) for said in seen.before_more)


def _wall(head: Head, signs: Signs, size: int) -> _Wall | None:
    """The wall that the article stands behind: by what is said of it, and what can be seen."""
    said = _said(head)
    shown = _shown(signs.notices, size, said)
    if said == METERED:
        return _Wall(METERED, bool(shown and shown.ends))
    if said == SUBSCRIBER:
        return shown or _Wall(SUBSCRIBER, size < _SHORT)
    if shown:
        return shown
    return _Wall(METERED, False) if signs.banner else None


def _shown(seen: Notices, size: int, said: str) -> _Wall | None:
    """What the notices say; those without a name only beside a short text that is not free."""
    by_words = size < _TEASER and said != OPEN
    walls = [
        wall
        for one in seen.found
        if (one.kind == "wall" or (by_words and not one.kind))
        and (wall := _read(one, size))
        and (wall.state == METERED or said == SUBSCRIBER or (size < _TEASER and not one.pops))
    ]
    if not walls:
        return None
    first = min(walls, key=lambda wall: wall.rank)
    return first._replace(ends=any(wall.ends for wall in walls))


def _read(one: Notice, size: int) -> _Wall | None:
    """The wall that a notice is, by the smallest of its boxes that says so."""
    for box in one.boxes:
        wall = _of_words(box.text)
        if wall and (box.door or one.kind or size < _SHORT) and (box.door or _is_alone(box, one)):
            return wall
    return None


def _is_alone(box: Box, one: Notice) -> bool:
    """Whether a text is nothing but a notice, and no mere label."""
    said = box.text
    if weigh(said) > _STANDALONE or one.kind:
        return weigh(said) <= _STANDALONE
    asks = [pattern.search(said) for pattern in (_METER, _LEFT, _SIGN)]
    found = [*asks, *(pattern.search(said) for pattern in (_GOAL, _ONLY, _FREE))]
    is_label = not any((*asks[:2], found[3]))
    if is_label and len(said) < _LABEL and not said.endswith((".", "。", "!")):
        return False
    enough = _SHARE if any(asks) or found[4] else _ALONE_SHARE
    return sum(len(match[0]) for match in found if match) >= enough * len(said)


def _of_words(said: str) -> _Wall | None:
    if _OTHERS.search(said):
        return None
    goal, only = bool(_GOAL.search(said)), bool(_ONLY.search(said))
    left = bool(_LEFT.search(said))
    if _METER.search(said):
        return _Wall(METERED, goal or left)
    pay, sign = bool(_PAY.search(said)), bool(_SIGN.search(said))
    if (goal or left) and sign and (not pay or _FREE.search(said)) and not only:
        return _Wall(REGISTRATION, True, bool(_FREE.search(said)))
    if only or left or (goal and pay):
        return _Wall(SUBSCRIBER, True)
    return None


def _said(head: Head) -> str:
    """What JSON-LD, microdata and `meta` say (schema.org `isAccessibleForFree`)."""
    tier = head.first(*_TIERS).lower()
    if tier:
        return METERED if tier in _METERED_TIERS else OPEN if tier in _FREE_TIERS else SUBSCRIBER
    item = head.article()
    free = item.get("isAccessibleForFree", head.first("isaccessibleforfree") or None)
    if _is_false(free) or _part_is_closed(item):
        return SUBSCRIBER
    return "" if free is None else OPEN


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
