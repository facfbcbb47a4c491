"""Short blocks that are no part of an article, known by their words."""

from __future__ import annotations

from newskeep.extract.dom import HEADINGS, Node
from newskeep.extract.rules import TRAILERS

_FREE_WORDS = 60
"""Letters that may follow the phrase in a block that goes."""
_TAIL = 0.7
"""Where the tail of an article begins, as a share of its blocks."""
_BY_FIRST: dict[str, tuple[str, ...]] = {}
for _phrase in TRAILERS:
    _BY_FIRST[_phrase[0]] = (*_BY_FIRST.get(_phrase[0], ()), _phrase)


def without_trailers(blocks: list[Node]) -> list[Node]:
    """Drop what asks, advertises or credits in a phrase of `rules/phrases.toml`.

    A block that is nothing but the phrase goes anywhere; one that begins with it goes
    in the tail, or where it is a link. A heading goes with the list that follows it.
    """
    kept: list[Node] = []
    dropped_heading = False
    tail = len(blocks) * _TAIL
    for number, block in enumerate(blocks):
        is_list = block.tag in ("ul", "ol")
        if dropped_heading and is_list and _is_linked(block):
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
    text = block.text()[: 2 * _FREE_WORDS + 40].casefold()
    for phrase in _BY_FIRST.get(text[:1], ()):
        if text.startswith(phrase):
            rest = text[len(phrase) :]
            if not rest.strip(" :：.。!！…>»]）)"):
                return True
            if rest[0].isalpha() and phrase[-1].isascii() and phrase[-1].isalpha():
                continue
            if len(rest) <= _FREE_WORDS and (in_tail or _is_linked(block)):
                return True
    return False


def _is_linked(block: Node) -> bool:
    """Whether most of its text is links."""
    linked = sum(len(link.text()) for link in block.find("a"))
    return linked > 0.5 * len(block.text())
