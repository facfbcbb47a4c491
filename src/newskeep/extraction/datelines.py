"""Dates that a page shows: in `<time>`, in elements named for them, in lines near the headline."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from newskeep.extraction.dom import Node
from newskeep.extraction.outline import Outline
from newskeep.extraction.vicinity import Vicinity, lines

_OF_CHANGE = re.compile(
    r"updat|modif|revised|last edited|aktuali[sz]|geändert|änderung|mis(?:e)? à jour|actuali[sz]"
    r"|atuali[sz]|aggiorna|bijgewerkt|gewijzigd|opdater|oppdater|uppdater|päivitet|muokattu|güncelle|zaktuali"
    r"|обновл|изменен|оновлен|ενημέρωση|更新|修改|最終更新|수정|업데이트|تحديث|به‌روز|עודכן|עדכון"
    r"|diperbarui|cập nhật|อัปเดต|แก้ไข|अपडेट|frissít",
    re.IGNORECASE,
)
_OF_PUBLICATION = re.compile(
    r"publi[sck]|posted|erschienen|veröffentlicht|erstellt|datum|paru|posté|inséré|fecha|data:"
    r"|pubblica|geplaatst|udgivet|publisert|publicerad|julkaistu|yayın|опубл|дата|добавлен|发布|發布"
    r"|发表|發表|时间|時間|公開|掲載|投稿日|입력|등록|게시|نشر|تاريخ|تاریخ|פורסם|diterbitkan|เผยแพร่"
    r"|ngày đăng|प्रकाशित|objavljeno|megjelen|dodano|vydáno",
    re.IGNORECASE,
)
_DATED_NAME = re.compile(
    r"date|datum|time|publi|posted|byline|meta|info|source|stamp|dateline|created|submitted|fecha|tarih"
)
_OWNED = re.compile(r"©|\(c\)|copyright|copyleft|all rights|alle rechte", re.IGNORECASE)
_SHORT = 110
_PROSE = 150
_DATELINE = 40
_PARAGRAPHS = 3
_BARE = 30
_BARE_WORDS = 4
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MANY = 40


def tagged(page: Outline, near: Vicinity) -> list[str]:
    """The stamps of `<time>` elements, those marked as the publication first."""
    found = [node for node in _tags(page, near) if not _is_of_change(node)]
    return _stamps(
        sorted(found, key=lambda n: (near.is_beside(n), not _is_marked(n), near.rank(n)))
    )


def tagged_as_changed(page: Outline, near: Vicinity) -> list[str]:
    """The stamps of `<time>` elements that are labelled as those of a change."""
    return _stamps([node for node in _tags(page, near) if _is_of_change(node)])


def _tags(page: Outline, near: Vicinity) -> list[Node]:
    found = page.all("time", "abbr", "relative-time")[:_MANY]
    return [node for node in found if not near.is_of_others(node)]


def _stamps(nodes: list[Node]) -> list[str]:
    said = (node.get("datetime") or node.get("title") or node.text()[:60] for node in nodes)
    return [value for value in said if value]


def seen(page: Outline, near: Vicinity) -> list[str]:
    """Dates in small elements named for them, then those in short lines near the headline."""
    found = _named(page, near, _is_dated) + _beside_prose(near)
    return [kept for kept in map(_of_publication, found) if kept]


def labelled(near: Vicinity) -> list[str]:
    """Short lines anywhere that say when it was published."""
    short = (line for line in near.text if len(line) <= _SHORT and any(map(str.isdigit, line)))
    found = [line for line in short if _OF_PUBLICATION.search(line)]
    return [kept for kept in map(_of_publication, found) if kept]


def alone(near: Vicinity) -> list[str]:
    """The one line anywhere that is a date and nothing more; none of several."""
    found = {line for line in near.text if len(line) <= _BARE and _YEAR.search(line)}
    dated = [line for line in sorted(found) if len(line.split()) <= _BARE_WORDS]
    return dated if len(dated) == 1 and not _OWNED.search(dated[0]) else []


def changed(page: Outline, near: Vicinity) -> list[str]:
    """Dates that are said to be those of a change, in the same places."""
    found = _named(page, near, _is_dated_or_changed) + _beside_prose(near)
    return [line for line in found if any(map(str.isdigit, line)) and not _OWNED.search(line)]


def _named(page: Outline, near: Vicinity, is_named: Callable[[str], bool]) -> list[str]:
    nodes = [node for node, names in page.named if is_named(names)][:200]
    ranked = sorted(nodes, key=lambda node: (near.is_beside(node), near.rank(node)))
    small = [node for node in ranked[:_MANY] if not near.is_of_others(node)]
    return [line for node in small for line in lines([node], 2 * _SHORT)[:4]]


@lru_cache(maxsize=20_000)
def _is_dated(names: str) -> bool:
    return bool(_DATED_NAME.search(names)) and not _OF_CHANGE.search(names)


@lru_cache(maxsize=20_000)
def _is_dated_or_changed(names: str) -> bool:
    return bool(_DATED_NAME.search(names) or _OF_CHANGE.search(names))


def _beside_prose(near: Vicinity) -> list[str]:
    """Short lines above the headline, those down to the third paragraph, and how that begins."""
    found: list[str] = []
    paragraphs = 0
    for line in near.after:
        paragraphs += len(line) > _PROSE
        if paragraphs > _PARAGRAPHS:
            break
        found.append(line if len(line) <= _SHORT else line[:_DATELINE])
    return found + [line for line in near.before if len(line) <= _SHORT]


def _of_publication(line: str) -> str:
    """A line up to where it speaks of a change; nothing of one that speaks of rights."""
    if not any(map(str.isdigit, line)) or _OWNED.search(line) or len(line) > 2 * _SHORT:
        return ""
    change = _OF_CHANGE.search(line)
    if not change:
        return line
    before, after = line[: change.start()], line[change.end() :]
    later = _OF_PUBLICATION.search(after)
    return before if any(map(str.isdigit, before)) else after[later.start() :] if later else ""


def _is_of_change(node: Node) -> bool:
    said = f"{node.get('class')} {node.get('itemprop')} {_before(node)}"
    return bool(_OF_CHANGE.search(said))


def _before(node: Node) -> str:
    """What stands right before an element, on its level or the one above."""
    for _ in range(2):
        if node.parent is None:
            return ""
        siblings = node.parent.children
        before = lines(siblings[max(siblings.index(node) - 3, 0) : siblings.index(node)], 200)
        if before:
            return before[-1][-40:]
        node = node.parent
    return ""


def _is_marked(node: Node) -> bool:
    named = f"{node.get('class')} {node.get('itemprop')}".lower()
    return "pubdate" in node.attrs or "publish" in named
