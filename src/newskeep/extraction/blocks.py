"""What each element of a page is worth as part of an article.

Every run of text gets a value: sentences count for it, links and labels against it.
An element is worth the sum of what stands in it, so the best container of an article
is found without any knowledge of the page's design.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newskeep.extraction.dom import BLOCKS, HEADINGS, Node
from newskeep.extraction.rules import is_body, is_furniture, is_rubbish

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]+")
_MARKS = re.compile(r"[。！？，、；：…．।؟،]|[.!?,;:](?=[\s\"'”’)\]]|$)")
_SPACE = re.compile(r"\s+")
_WIDE_WEIGHT = 3
"""A Chinese character or Hangul syllable says about as much as three letters."""
_MIN_TEASERS = 4
_TEASER = 400
_TEASER_BLOCKS = 10
_SUSPECT = 0.2
"""What a sentence counts for where names say that no article stands there."""


@dataclass(slots=True)
class Stat:
    """What is known of one element: all but `own…` covers everything below it.

    Lengths are in letters, a CJK character counting as three. `good` is the worth of
    its sentences, `value` that minus links and labels, with suspects counted low.
    """

    length: int = 0
    linked: int = 0
    good: float = 0.0
    value: float = 0.0
    own: int = 0
    own_linked: int = 0
    own_marks: int = 0
    in_link: bool = False
    suspect: bool = False
    blocks: int = 0
    link_blocks: int = 0


@dataclass(slots=True)
class Survey:
    """The stats of every element of a page, and the elements in document order."""

    order: list[Node] = field(default_factory=list)
    stats: dict[Node, Stat] = field(default_factory=dict)

    def __getitem__(self, node: Node) -> Stat:
        return self.stats[node]


def weigh(text: str) -> int:
    """The length of a text in letters, white space folded, CJK weighted."""
    if text.isascii():
        return len(" ".join(text.split()))
    wide = sum(map(len, _WIDE.findall(text)))
    return len(" ".join(text.split())) + wide * (_WIDE_WEIGHT - 1)


def survey(root: Node) -> Survey:
    """Look at every element once, from the leaves up."""
    result = Survey()
    result.order = list(root.walk())
    trusted = _trusted(result.order)
    for node in result.order:
        above = result.stats.get(node.parent) if node.parent is not None else None
        result.stats[node] = Stat(
            in_link=node.tag == "a" or bool(above and above.in_link),
            suspect=bool(above and above.suspect) or (node not in trusted and _is_suspect(node)),
        )
    for node in reversed(result.order):
        _sum_up(node, result)
    return result


_SUSPECT_TAGS = frozenset(["nav", "footer", "aside", "form", "button"])


def _trusted(order: list[Node]) -> set[Node]:
    """Elements around a first heading or the one article: no name makes them suspect."""
    articles = [node for node in order if node.tag == "article"]
    anchors = [node for node in order if node.tag in ("h1", "main")]
    trusted: set[Node] = set()
    for node in [*anchors, *(articles if len(articles) == 1 else [])]:
        above: Node | None = node
        while above is not None and above not in trusted:
            trusted.add(above)
            above = above.parent
    return trusted


def _is_suspect(node: Node) -> bool:
    if node.tag in ("body", "html", "p", "a"):
        return False
    if node.tag in _SUSPECT_TAGS or is_rubbish(node):
        return True
    return is_furniture(node) and not is_body(node)


def _sum_up(node: Node, seen: Survey) -> None:
    stat = seen.stats[node]
    for child in node.children:
        if isinstance(child, str):
            _add_text(stat, child)
        else:
            _add_child(stat, child, seen.stats[child])
    if node.tag in BLOCKS and stat.own:
        _close_block(node, stat)
    if stat.link_blocks >= _MIN_TEASERS:
        _discount_teasers(node, stat, seen)


def _add_text(stat: Stat, text: str) -> None:
    length = weigh(text)
    if not length:
        return
    stat.length += length
    stat.own += length
    if stat.in_link:
        stat.linked += length
        stat.own_linked += length
    else:
        stat.own_marks += len(_MARKS.findall(text))


def _add_child(stat: Stat, child: Node, below: Stat) -> None:
    stat.length += below.length
    stat.linked += below.linked
    stat.good += below.good
    stat.value += below.value
    stat.blocks += below.blocks
    stat.link_blocks += below.link_blocks
    if child.tag not in BLOCKS:
        stat.own += below.own
        stat.own_linked += below.own_linked
        stat.own_marks += below.own_marks


def _close_block(node: Node, stat: Stat) -> None:
    worth = _worth(node, stat)
    stat.blocks += 1
    stat.link_blocks += worth < -10
    stat.good += max(worth, 0.0)
    stat.value += worth * _SUSPECT if stat.suspect and worth > 0 else worth


def _discount_teasers(node: Node, stat: Stat, seen: Survey) -> None:
    """A row of short pieces, each with a link for a headline, is a list of other articles."""
    below = [seen.stats[child] for child in node.elements()]
    teasers = [s for s in below if s.link_blocks and s.good < _TEASER and s.blocks < _TEASER_BLOCKS]
    if len(teasers) >= _MIN_TEASERS and 2 * len(teasers) > sum(s.blocks > 0 for s in below):
        stat.value -= sum(teaser.good for teaser in teasers)


def _worth(node: Node, stat: Stat) -> float:
    """The value of the text that stands directly in this element."""
    density = stat.own_linked / stat.own
    if density > 0.6:
        return -10.0 - 0.2 * min(stat.own, 100)
    if node.tag in HEADINGS:
        return -5.0 if density > 0.3 else 0.0
    text = stat.own * (1 - density)
    if not stat.own_marks:
        text = text * 0.5 if text > 80 else -3.0
    elif text < 40:
        text *= 0.3
    return text
