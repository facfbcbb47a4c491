"""What stands in the place of an article: a gate (age, cookies, machines), or that it is gone."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from newskeep.extraction.blocks import weigh
from newskeep.extraction.dom import HEADINGS
from newskeep.extraction.head import Head
from newskeep.extraction.notices import Notice, Notices, pattern
from newskeep.extraction.rules import ACCESS
from newskeep.url import absolute

_READ, _MOST = 6_000, 2_500
"""Characters that are looked at, and letters of a text that is no gate's."""
_ROOM = 300
"""Letters beside a gate that are no article yet."""
_LITTLE = 60
_WIDE = 400
"""The same on pages that do not say that they are an article."""
_FEW = 150
_BRIEF = 70
_SHARE, _HEADING_SHARE = 0.35, 0.45
"""How much of a block its words are where it is a notice and no sentence of an article."""
_SUFFIX = r"[\s.…!?]*(?:(?:\||[-–—·»]\s).{0,40})?$"
_BOT_TITLE = re.compile(rf"(?:^|[|–-] )(?:{ACCESS['bot_titles']}){_SUFFIX}")
_MISSING_TITLE = re.compile(rf"^\W*(?:{ACCESS['missing_titles']}){_SUFFIX}")
_CONSENT_BARE = pattern("consent_bare")
_WORDS = {kind: pattern(kind) for kind in ("age", "consent", "bot", "missing")}


def gate(head: Head, seen: Notices, title: str, text: str, url: str) -> str:
    """`blocked`, `removed`, `age` or `cookies` where one of them stands for the article.

    Only a whole page can be one, never the body of a feed's entry.
    """
    is_page = bool(head.title or head.meta or head.items)
    if not is_page or weigh(text[:_READ]) > _MOST:
        return ""
    titles = [one.strip().lower() for one in (head.title, title, *seen.headings) if one.strip()]
    is_described = _is_described(head)
    if not is_described and _is_check(seen, titles, text):
        return "blocked"
    if _is_missing(seen, titles, text, is_described=is_described):
        return "removed"
    if not is_described and _is_home(head, url):
        return "removed"
    if not is_described and _CONSENT_BARE.search(seen.bare) and not _notes(seen, "age"):
        return "cookies"
    for kind, state in (("age", "age"), ("consent", "cookies")):
        if _is_gate(seen, kind, text, is_described=is_described):
            return state
    return ""


def _is_described(head: Head) -> bool:
    """Whether the page says of itself that it is an article."""
    kind = head.first("og:type").lower()
    dated = head.first("article:published_time", "datepublished", "pubdate", "parsely-pub-date")
    return bool(head.article() or dated) or kind.startswith("article")


def _is_check(seen: Notices, titles: list[str], text: str) -> bool:
    notes = _notes(seen, "bot")
    rest = _rest(text, notes)
    if any(_BOT_TITLE.search(one) for one in titles):
        return rest < _ROOM
    is_named = seen.bot_frame or any(one.kind == "bot" for one in seen.found)
    says = any(one.tag not in HEADINGS for one in notes) or (
        is_named and any(_WORDS["bot"].search(one.boxes[0].text) for one in seen.found)
    )
    if is_named and says:
        return True
    return _fills(notes, text, _LITTLE) or (is_named and rest < _LITTLE)


def _is_missing(seen: Notices, titles: list[str], text: str, *, is_described: bool) -> bool:
    notes = _notes(seen, "missing")
    if not is_described and any(_MISSING_TITLE.search(one) for one in titles):
        return _rest(text, notes) < _ROOM
    return _fills(notes, text, _ROOM)


def _is_home(head: Head, url: str) -> bool:
    """Whether a deep address shows what calls itself the front page of its site."""
    own = absolute(url, next(iter(head.links.get("canonical", ())), ""))
    parts, deep = urlsplit(own), urlsplit(url).path.strip("/")
    return bool(own) and not parts.path.strip("/") and not parts.query and deep.count("/") > 0


def _is_gate(seen: Notices, kind: str, text: str, *, is_described: bool) -> bool:
    notes = _notes(seen, kind)
    if not notes:
        return False
    if is_described:
        room = _LITTLE if kind == "consent" else _ROOM
        return _is_asked(notes, kind) and _fills(notes, text, room)
    if any(one.buttons for one in notes):
        return _rest(text, notes) < _WIDE
    return _fills(notes, text, _WIDE if _is_asked(notes, kind) else _LITTLE)


def _is_asked(notes: list[Notice], kind: str) -> bool:
    return any(one.kind == kind or one.answers or one.buttons for one in notes)


def _fills(notes: list[Notice], text: str, room: int) -> bool:
    """Whether notices leave no room for an article; a headline alone has to leave less."""
    if any(one.kind or one.tag not in HEADINGS for one in notes):
        return _rest(text, notes) < room
    own = [replace(one, around=one.boxes[0].text) for one in notes]
    return bool(notes) and _rest(text, own) < _FEW


def _notes(seen: Notices, kind: str) -> list[Notice]:
    """The notices that say so and little else; a named one may say more."""
    return [one for one in seen.found if _says(one, kind)]


def _says(one: Notice, kind: str) -> bool:
    said = one.boxes[0].text
    size = sum(len(found[0]) for found in _WORDS[kind].finditer(said))
    share = _HEADING_SHARE if one.tag in HEADINGS else _SHARE
    return bool(size) and (one.kind == kind or size >= share * len(said) or _is_brief(one))


def _is_brief(one: Notice) -> bool:
    return (one.tag not in HEADINGS or one.buttons) and weigh(one.boxes[0].text) <= _BRIEF


def _rest(text: str, notes: list[Notice]) -> int:
    """Letters of the article's text that none of these notices holds."""
    boxes = " ".join(one.around for one in notes)
    lines = (line for line in text.lower().split("\n") if line.strip() not in boxes)
    return sum(weigh(line) for line in lines)
