"""The list of headlines on a page of which nothing is known.

Headlines are links with text enough, on the same site, and they come in rows: their
addresses are built alike, and they stand in elements of the same names. The shape whose
links say most is the list; links that stand as its links stand belong to it too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from newskeep import text
from newskeep.extraction import dom
from newskeep.extraction.dom import Node
from newskeep.types import Entry
from newskeep.url import absolute, canonical, same_site

FEWEST = 4
"""Headlines that make a list."""

_FEWEST_WORDS = 4
_FEWEST_CJK = 8
_MOST_WORDS = 80
_COUNTED_WORDS = 20
"""Words past which a longer headline does not weigh more."""

_MOST_LINKS = 3000
_ABOVE = 3
"""Elements above a link that say how it stands."""

_AROUND = frozenset(["nav", "footer", "aside", "form"])
_DIGITS = re.compile(r"\d+")
_SLUG = re.compile(r"[^\W\d_]+(?:[-_]\w+){2,}|(?:%[0-9A-F]{2}){6,}\S*")


class _Link(NamedTuple):
    """A link that may be a headline: how its address is built, and how it stands."""

    url: str
    title: str
    shape: str
    stand: str


def guess(html: str, url: str) -> tuple[Entry, ...]:
    """The entries that a page lists, in its order; none where no list stands out."""
    root = dom.fragment(html)
    links = [*_links(root, url)]
    weights: Counter[str] = Counter()
    for link in links:
        weights[link.shape] += min(text.word_count(link.title), _COUNTED_WORDS)
    if not weights:
        return ()
    best, _ = weights.most_common(1)[0]
    stands = Counter(link.stand for link in links if link.shape == best)
    usual = {stand for stand, count in stands.items() if count >= FEWEST}
    chosen = [link for link in links if link.shape == best or link.stand in usual]
    return tuple(_entries(chosen)) if len({one.url for one in chosen}) >= FEWEST else ()


def _entries(links: list[_Link]) -> Iterator[Entry]:
    """Each address once, under its longest text."""
    titles: dict[str, _Link] = {}
    for link in links:
        name = canonical(link.url)
        known = titles.get(name)
        titles[name] = link._replace(url=known.url) if known else link
        if known and len(known.title) >= len(link.title):
            titles[name] = known
    return (Entry(id=one.url, url=one.url, title=one.title) for one in titles.values())


def _links(root: Node, url: str) -> Iterator[_Link]:
    """The links of a page that may be headlines, but for those to the page itself."""
    here = canonical(url)
    for node in root.find("a")[:_MOST_LINKS]:
        target = absolute(url, node.get("href"))
        title = text.squash(text.strip_control(node.text()))
        if not _says_enough(title) or not same_site(url, target) or canonical(target) == here:
            continue
        above = [*_above(node)]
        shape = _shape(target)
        if shape and not any(one.tag in _AROUND for one in above):
            stand = ">".join(f"{one.tag}.{_names(one)}" for one in above[:_ABOVE])
            yield _Link(target, title, shape, stand)


def _above(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _names(node: Node) -> str:
    return _DIGITS.sub("0", " ".join(sorted(node.get("class").split())))


def _says_enough(title: str) -> bool:
    words = text.words(title)
    cjk = sum(map(text.is_cjk, words))
    return (cjk >= _FEWEST_CJK or len(words) - cjk >= _FEWEST_WORDS) and len(words) <= _MOST_WORDS


def _shape(url: str) -> str:
    """The address with what differs between articles left out; empty where nothing may differ."""
    parts = urlsplit(canonical(url))
    segments = [_blank(segment) for segment in parts.path.split("/")]
    shape = f"{parts.netloc}{'/'.join(segments)}?{_DIGITS.sub('0', parts.query)}"
    return shape if "0" in shape or "*" in shape else ""


def _blank(segment: str) -> str:
    stem, dot, ending = segment.rpartition(".") if "." in segment[-6:] else (segment, "", "")
    return ("*" if _SLUG.fullmatch(stem) else _DIGITS.sub("0", stem)) + dot + ending
