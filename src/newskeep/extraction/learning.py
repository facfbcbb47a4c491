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
from newskeep.extraction.blocks import weigh
from newskeep.extraction.dom import Node
from newskeep.extraction.learned import Repeated, edges, has_link, is_slight, key
from newskeep.text import cut, strip_control

FEWEST = 12
"""Articles of a site from which anything is learned."""

MOST_BLOCKS = 500
"""Blocks that are learned of a site at most, those of most articles first."""

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


@dataclass(slots=True)
class _Seen:
    """A key over all articles: how often it stood at an edge, and its first block."""

    block: Node
    articles: int = 0
    at_edge: int = 0


def learn(bodies: Iterable[str]) -> tuple[Repeated, ...]:
    """What repeats among the bodies (clean HTML) of one site's articles, in order of its count.

    Nothing, where there are fewer than FEWEST that are no copies of one another.
    """
    articles = [list(dom.fragment(html).elements()) for html in bodies]
    keyed = [[key(block) for block in blocks] for blocks in articles]
    everywhere = Counter(one for keys in keyed for one in set(keys))
    own = [
        (blocks, keys)
        for blocks, keys in zip(articles, keyed, strict=True)
        if _is_own(blocks, keys, everywhere)
    ]
    if len(own) < FEWEST:
        return ()
    found = _counted(own)
    learned = [name for name, seen in found.items() if seen.articles >= _bar(seen).of(len(own))]
    learned.sort(key=lambda name: (-found[name].articles, name))
    return tuple(_repeated(name, found[name]) for name in learned[:MOST_BLOCKS])


def _is_own(blocks: Sequence[Node], keys: Sequence[str], everywhere: Counter[str]) -> bool:
    """Whether an article has text of its own: a republished one counts for nothing."""
    sizes = [weigh(block.text()) for block in blocks]
    own = (size for size, one in zip(sizes, keys, strict=True) if not one or everywhere[one] < 2)
    return sum(own) > _OWN * sum(sizes)


def _counted(articles: Sequence[tuple[Sequence[Node], Sequence[str]]]) -> dict[str, _Seen]:
    """Every key in the order in which they come; each counts once an article."""
    often = Counter(one for _, keys in articles for one in set(keys))
    found: dict[str, _Seen] = {}
    for blocks, keys in articles:
        repeated = {number for number, one in enumerate(keys) if one and often[one] >= _REPEATS}
        at_edge = edges(blocks, repeated)
        places = {keys[number]: number for number in sorted(repeated)}
        for name, number in places.items():
            seen = found.setdefault(name, _Seen(blocks[number]))
            seen.articles += 1
            seen.at_edge += number in at_edge
    return found


def _bar(seen: _Seen) -> _Bar:
    is_edge = 2 * seen.at_edge > seen.articles
    if is_slight(seen.block):
        return _MIDDLE
    if has_link(seen.block):
        return _LINKED_EDGE if is_edge else _LINKED
    return _EDGE if is_edge else _MIDDLE


def _repeated(name: str, seen: _Seen) -> Repeated:
    said = cut(strip_control(seen.block.text()), _SHOWN)
    pictures = [img.get("src") for img in seen.block.find("img")]
    return Repeated(key=name, articles=seen.articles, text=said or " ".join(pictures)[:_SHOWN])
