"""Short blocks that are no part of an article, known by their words."""

from __future__ import annotations

import re

from newskeep.extraction.blocks import weigh
from newskeep.extraction.dom import HEADINGS, Node
from newskeep.extraction.rules import DATELINES, ENDINGS, LABELS, TRAILERS

_FREE_WORDS = 60
"""Letters that may follow the phrase in a block that goes."""
_TAIL = 0.7
"""Where the tail of an article begins, as a share of its blocks."""
_MOST = 0.5
"""What comes before an ending is at least this share of the text."""
_HEAD_BLOCKS = 5
_SHORT_LINE = 130
"""Letters of a dateline at most."""
_YEAR = r"(?:19|20|[٢۲][٠۰]|[١۱][٤۴]|25(?=[5-7]))\d\d"
"""Of the common era, also in the digits of Arabic and Persian; Solar Hijri; Buddhist."""
_DATE = re.compile(
    rf"{_YEAR}\s?[-/.年년]\s?\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)?\d\d|\b\d{{1,2}}:\d\d\b|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}\b|\b[^\W\d_]{{3,9}}\.? {_YEAR}\b"
)
_SENTENCE_END = ("。", ".", "!", "?", "！", "？", "”", "」", ":", "：")
_BULLETS = " \t•·※*■◆▲▶►●★☆-–—【[（(<>①一、1."
_COUNTS = " 0123456789:：.。,!！…>»[]【】()（）|#＃"
"""What may stand around a label."""
_LAST_SPACED = "\u08ff"
"""Scripts up to Arabic part their words by spaces: a phrase ends there where a word ends."""
_BY_FIRST: dict[str, tuple[str, ...]] = {}
for _phrase in TRAILERS:
    _BY_FIRST[_phrase[0]] = (*_BY_FIRST.get(_phrase[0], ()), _phrase)


def without_trailers(blocks: list[Node]) -> list[Node]:
    """Drop what asks, advertises or credits in a phrase of `rules/phrases.toml`.

    A block that is nothing but the phrase goes anywhere; one that begins with it goes
    in the tail, or where it is a link. A heading goes with the links that follow it.
    """
    kept: list[Node] = []
    dropped_heading = False
    tail = len(blocks) * _TAIL
    for number, block in enumerate(blocks):
        if dropped_heading and block.tag in ("ul", "ol", "p") and _is_linked(block):
            continue
        if _is_trailer(block, number >= tail):
            dropped_heading = block.tag in HEADINGS or block.tag == "p"
            continue
        dropped_heading = False
        kept.append(block)
    return kept


def _is_trailer(block: Node, in_tail: bool) -> bool:
    if block.tag != "p" and block.tag not in HEADINGS:
        return False
    text = _folded(block.text()[: 2 * _FREE_WORDS + 40])
    if text.strip(_COUNTS) in LABELS:
        return True
    for phrase in _BY_FIRST.get(text[:1], ()):
        if text.startswith(phrase):
            rest = text[len(phrase) :]
            if not rest.strip(" :：.。!！…>»]）)"):
                return True
            if rest[0].isalpha() and phrase[-1] <= _LAST_SPACED and phrase[-1].isalpha():
                continue
            if len(rest) <= _FREE_WORDS and (in_tail or _is_linked(block, len(phrase))):
                return True
    return False


def _folded(text: str) -> str:
    """In lower case; that of a Turkish İ without the dot that `casefold` leaves over it."""
    return text.casefold().replace("\u0307", "")


def _is_linked(block: Node, label: int = 0) -> bool:
    """Whether most of its text, but for a label of so many characters, is links."""
    linked = sum(len(link.text()) for link in block.find("a"))
    return linked > 0.5 * (len(block.text()) - label)


def within_article(blocks: list[Node]) -> list[Node]:
    """The blocks of a page between its dateline and what ends the article."""
    start = 0
    for number, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if _is_dateline(block):
            start = number + 1
    head = [block for block in blocks[:start] if not _is_dateline(block)]
    blocks = head + blocks[start:]
    sizes = [weigh(block.text()) for block in blocks]
    before, total = 0, sum(sizes)
    for number, block in enumerate(blocks):
        if before >= _MOST * total and _ends(block):
            return blocks[:number]
        before += sizes[number]
    return blocks


def _ends(block: Node) -> bool:
    text = _folded(block.text()[:80])
    return text.startswith(ENDINGS) or text.lstrip(_BULLETS).startswith(ENDINGS)


def _is_dateline(block: Node) -> bool:
    """A short line about source and time; a heading is none: an entry of a live blog has a time."""
    if block.tag == "figure" or block.tag in HEADINGS:
        return False
    text = block.text()
    if not text or weigh(text) > _SHORT_LINE or text.endswith(_SENTENCE_END):
        return False
    lowered = _folded(text)
    if any(lowered.startswith(word) for word in DATELINES) and weigh(text) < 60:
        return True
    return bool(_DATE.search(text)) and (
        weigh(text) < 60 or any(word in lowered for word in DATELINES)
    )
