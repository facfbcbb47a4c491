"""Learn from the articles of one site which blocks belong to none of them.

A block has to stand in a fair share of the articles: of the site's newest, a wording each.
The share is smaller at the end of articles and for blocks with links, where boilerplate is
the rule, and larger in their middle, where a column's standing words or a question of an
interview may repeat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from newskeep.extraction import dom
from newskeep.extraction.access import is_cut
from newskeep.extraction.blocks import weigh
from newskeep.extraction.dom import Node
from newskeep.extraction.learned import (
    CONTENT,
    Repeated,
    edges,
    is_slight,
    key,
    level,
    picture_key,
)
from newskeep.text import cut, strip_control

FEWEST = 12
"""Articles of a site from which anything is learned."""

MOST_BLOCKS = 500
"""Blocks that are learned of a site at most, those of most articles first."""

LONGEST = 1_000_000
"""Characters of a body that is learned from."""

_REPEATS = 3
"""Articles from which a block counts as repeated."""
_OWN = 0.2
"""Share of its letters that an article has for itself; one with less is another one's copy."""
_SHOWN = 160


class _Bar(NamedTuple):
    """So many articles, and so large a share of them, have to show a block."""

    fewest: int
    share: float

    def of(self, articles: int) -> int:
        return max(self.fewest, ceil(self.share * articles))


_LINKED_EDGE = _Bar(3, 0.15)
_EDGE = _Bar(5, 0.3)
_LINKED = _Bar(5, 0.3)
_MIDDLE = _Bar(6, 0.5)


class Sample(NamedTuple):
    """An article to learn from: its body as clean HTML, and the address of its lead picture."""

    html: str
    lead: str = ""


class _Block(NamedTuple):
    """What counts of a block of one article."""

    key: str
    letters: int
    level: int
    bars: tuple[_Bar, _Bar]
    text: str


class _Article(NamedTuple):
    """An article's blocks, and its lead picture as one."""

    blocks: list[_Block]
    lead: _Block


@dataclass(slots=True)
class _Seen:
    """A key over all articles: how many show it, how many of them at an edge, and a block of it."""

    block: _Block
    articles: int = 0
    at_edge: int = 0

    def is_learned(self, articles: int) -> bool:
        """Whether it repeats in a fair share of so many articles."""
        at_edge, inside = self.block.bars
        bar = at_edge if 2 * self.at_edge > self.articles else inside
        return self.articles >= bar.of(articles)


def learn(samples: Iterable[Sample]) -> tuple[Repeated, ...]:
    """What repeats among one site's articles, in order of its count.

    Nothing, where there are fewer than FEWEST that are no copies of one another. A body of
    more than LONGEST characters is passed over.
    """
    articles = [_read(one) for one in samples if len(one.html) <= LONGEST]
    often = Counter(name for one in articles for name in {block.key for block in one.blocks})
    own = [one for one in articles if _is_own(one.blocks, often)]
    if len(own) < FEWEST:
        return ()
    found = [one for one in _counted(own).values() if one.is_learned(len(own))]
    found.sort(key=lambda one: (-one.articles, one.block.key))
    return tuple(
        Repeated(key=one.block.key, articles=one.articles, text=one.block.text)
        for one in found[:MOST_BLOCKS]
    )


def _read(sample: Sample) -> _Article:
    """What counts of an article; its tree, which takes far more room, is let go."""
    blocks = [_block(node) for node in dom.fragment(sample.html).elements()]
    name = picture_key(sample.lead) if sample.lead else ""
    return _Article(blocks, _Block(name, 0, CONTENT, (_EDGE, _EDGE), sample.lead[:_SHOWN]))


def _block(node: Node) -> _Block:
    """“Continue reading” has no key: without it an article that is cut would look whole."""
    said = node.text()
    name = "" if is_cut(said) else key(node)
    shown = cut(strip_control(said), _SHOWN)
    shown = shown or " ".join(img.get("src") for img in node.find("img"))[:_SHOWN]
    return _Block(name, weigh(said), level(node), _bars(node), shown)


def _bars(node: Node) -> tuple[_Bar, _Bar]:
    """What is asked of a block at the edge of articles, and in their middle."""
    if is_slight(node):
        return _MIDDLE, _MIDDLE
    return (_LINKED_EDGE, _LINKED) if node.find("a") else (_EDGE, _MIDDLE)


def _is_own(blocks: Sequence[_Block], often: Counter[str]) -> bool:
    """Whether an article has text of its own: a republished one counts for nothing."""
    own = sum(one.letters for one in blocks if not one.key or often[one.key] < 2)
    return own > _OWN * sum(one.letters for one in blocks)


def _counted(articles: Sequence[_Article]) -> dict[str, _Seen]:
    """Every key that repeats, and every lead picture's; each counts once an article."""
    often = Counter(name for one in articles for name in {block.key for block in one.blocks})
    found: dict[str, _Seen] = {}
    for blocks, lead in articles:
        repeated = {
            number for number, one in enumerate(blocks) if one.key and often[one.key] >= _REPEATS
        }
        at_edge = edges([one.level for one in blocks], repeated)
        places = {blocks[number].key: number for number in sorted(repeated)}
        for name, number in places.items():
            seen = found.setdefault(name, _Seen(blocks[number]))
            seen.articles += 1
            seen.at_edge += number in at_edge
        if lead.key and lead.key not in places:
            seen = found.setdefault(lead.key, _Seen(lead))
            seen.articles += 1
            seen.at_edge += 1
    return found
