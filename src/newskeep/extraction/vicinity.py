"""Where things stand on a page, as seen from its headline."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from newskeep.extraction.dom import BLOCKS, Node, lineage
from newskeep.extraction.head import Head
from newskeep.extraction.outline import Outline

_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|related|recommend(?:ed|ations)?|popular|teasers?"
    r"|trending|promo|newsletter|carousel|slider|most-?read|more-?(?:stories|news|articles)|latest"
    r"|read-?next|see-?also)(?:$|[\s_-])"
)
_OTHERS_TAGS = frozenset(["nav", "figure", "figcaption", "blockquote", "video"])
_SKIPPED = frozenset(["nav", "figure"])
_BESIDE = re.compile(r"(?:^|[\s_-])sidebar(?:$|[\s_-])")
_BESIDE_TAGS = frozenset(["aside", "footer"])
_NEAR = 3_000
_BEFORE = 400
_BEFORE_CLIMB = 4
_BEFORE_SIBLINGS = 6
_BREAK = "\r\n"
"""Told from text by being the same object; two characters, for those are never shared."""
_GAP = {"span": " ", "a": " ", "time": " ", "cite": " ", "label": " ", "small": " "}
_WITHIN = 40_000
_CLIMB = 30
_ABOVE = 2
_ABOVE_AT_LEAST = 10
_HEADINGS = 30
_MAX_NAMES = 300


class Vicinity:
    """The headline of a page, what stands near it, and what is no part of the article."""

    def __init__(self, page: Outline, head: Head) -> None:
        self._page = page
        self._head = head

    @cached_property
    def headline(self) -> Node | None:
        """The heading that is the title, else the first `h1`."""
        return _headline(self._page, self._head)

    @cached_property
    def _around(self) -> set[int]:
        return {id(node) for node in lineage(self.headline)}

    @cached_property
    def _places(self) -> dict[Node, int]:
        return {node: number for number, node in enumerate(self._page.order)}

    def distance(self, node: Node) -> int:
        """How many elements lie between the headline and this one, on either side."""
        if self.headline is None:
            return self._places.get(node, 0)
        return abs(self._places.get(node, 0) - self._places.get(self.headline, 0))

    def rank(self, node: Node) -> int:
        """Sorts elements by nearness to the headline, those after it before those above it."""
        place = self._places.get(node, 0)
        start = self._places.get(self.headline, 0) if self.headline is not None else 0
        return place - start if place >= start else _ABOVE * (start - place) + _ABOVE_AT_LEAST

    def is_of_others(self, node: Node) -> bool:
        """Whether it stands in comments or in a list of other articles."""
        return self._stands_in(node, _OTHERS_TAGS, _is_of_others)

    def is_beside(self, node: Node) -> bool:
        """Whether it stands beside or below the article."""
        return self._stands_in(node, _BESIDE_TAGS, _is_beside)

    def _stands_in(self, node: Node, tags: frozenset[str], is_name: Callable[[str], bool]) -> bool:
        """Whether an element or one around it is so called, up to one that holds the headline."""
        here: Node | None = node
        for _ in range(_CLIMB):
            if here is None or id(here) in self._around:
                return False
            if _is_called(here, tags, is_name):
                return True
            here = here.parent
        return False

    @cached_property
    def after(self) -> list[str]:
        """The lines from the headline on, or from the top of a page without one."""
        return self._following(_NEAR)

    @cached_property
    def before(self) -> list[str]:
        """The lines just above the headline, the nearest first."""
        node = self.headline
        found: list[str] = []
        for _ in range(_BEFORE_CLIMB):
            if node is None or node.parent is None:
                break
            siblings = node.parent.children
            above = siblings[: siblings.index(node)][-_BEFORE_SIBLINGS:]
            found += reversed(lines(above, _BEFORE))
            node = node.parent
        return found

    @cached_property
    def text(self) -> list[str]:
        """The lines of the whole article and what follows it, within bounds."""
        return self._following(_WITHIN)

    def _following(self, limit: int) -> list[str]:
        following = _from(self.headline or self._page.order[0])
        return lines(following, limit, without_others=True)


def _is_called(node: Node, tags: frozenset[str], is_name: Callable[[str], bool]) -> bool:
    attrs = node.attrs
    if node.tag in tags or not attrs:
        return node.tag in tags
    called = attrs.get("class", "")
    if "id" in attrs:
        called = f"{called} {attrs['id']}"
    return bool(called) and is_name(called)


@lru_cache(maxsize=20_000)
def _is_of_others(called: str) -> bool:
    return bool(_OTHERS.search(called[:_MAX_NAMES].lower()))


@lru_cache(maxsize=20_000)
def _is_beside(called: str) -> bool:
    return bool(_BESIDE.search(called[:_MAX_NAMES].lower()))


def lines(forest: list[Node | str], limit: int, *, without_others: bool = False) -> list[str]:
    """The lines that a reader sees in some nodes, up to so many letters or elements.

    On demand without comments and lists of other articles.
    """
    stack: list[Node | str] = list(reversed(forest))
    out: list[str] = []
    letters = elements = 0
    while stack and letters < limit and elements < limit:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item if item is _BREAK else item.replace("\n", " "))
            letters += len(item)
            continue
        elements += 1
        if without_others and _is_called(item, _SKIPPED, _is_of_others):
            continue
        edge = _BREAK if item.tag in BLOCKS or item.tag == "br" else _GAP.get(item.tag, "")
        if edge:
            out.append(edge)
            stack.append(edge)
        if item.children:
            stack.extend(item.children[::-1])
    found = (" ".join(line.split()) for line in "".join(out).split(_BREAK))
    return [line for line in found if line]


def is_short(node: Node, limit: int) -> bool:
    """Whether an element holds no more than so many letters and elements."""
    stack: list[Node | str] = [node]
    while stack and limit >= 0:
        item = stack.pop()
        if isinstance(item, str):
            limit -= len(item.strip())
        else:
            limit -= 1
            stack.extend(item.children)
    return limit >= 0


def _headline(page: Outline, head: Head) -> Node | None:
    """The heading that is the title, else the first `h1`."""
    said = " ".join([head.title, *head.all("og:title")[:1]])
    headings = [(node, node.text()) for node in page.all("h1", "h2", "h3", "h4")[:_HEADINGS]]
    titles = [(len(text), node) for node, text in headings if len(text) > 10 and text in said]
    if titles:
        return max(titles, key=lambda pair: pair[0])[1]
    return next((node for node, text in headings if node.tag == "h1" and text), None)


def _from(node: Node) -> list[Node | str]:
    """An element and all that follows it, level by level outwards."""
    out: list[Node | str] = [node]
    while node.parent is not None:
        siblings = node.parent.children
        out += [_BREAK, *siblings[siblings.index(node) + 1 :]]
        node = node.parent
    return out
