"""What stands on a page like a headline, and how much its markup and its place say for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newskeep import url as addresses
from newskeep.extraction.dom import Node
from newskeep.extraction.outline import Outline
from newskeep.extraction.rules import is_rubbish
from newskeep.extraction.titles import bare, tidy

_HEADLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:headline|biaoti|titulo|titre|(?:entry|post|article|artikel|story|news|content"
    r"|single|blog|detail|main|doc|info|arti?)[_-]*(?:title|titel|headline|heading|tit))"
    r"(?:$|[\s_-])"
)
_TITLE_NAMES = re.compile(r"(?:^|[\s_-])(?:title|tit|titel|h1|heading|subject)(?:$|[\s_-])")
_OTHER_NAMES = re.compile(
    r"sub|sup|second|kicker|label|widget|related|list|item|card|teaser|site|bar"
)
_WORDS = ("tit", "head", "biaoti", "subject", "h1")
"""One of which is in every name that the patterns above find."""
_LEVELS = {"h1": (12, 3.0), "h2": (12, 2.0), "h3": (12, 1.5), "h4": (6, 1.0)}
"""By tag: how many are looked at, and the points of each."""
_PROPERTY_POINTS = 3.0
_APART = frozenset(["nav", "footer", "aside", "form", "button", "noscript"])
_APART_POINTS = 3.0
_LINK_POINTS = 2.5
_MAX_NAMED = 24
_MAX_ABOVE = 15
_MAX_NODES = 40
_MAX_LETTERS = 300


@dataclass(frozen=True, slots=True)
class Heading:
    """A text that may be the headline: what its markup says for it, its place against it."""

    node: Node
    text: str
    letters: str
    points: float
    against: float


def first_headings(page: Outline, url: str) -> list[Heading]:
    """The candidates that are `h1` elements."""
    most, points = _LEVELS["h1"]
    return _candidates(dict.fromkeys(page.all("h1")[:most], points), url)


def headings(page: Outline, url: str) -> list[Heading]:
    """All candidates of a page, the best element of each text."""
    return _candidates(_marked(page), url)


def _candidates(marked: dict[Node, float], url: str) -> list[Heading]:
    found: dict[str, Heading] = {}
    for node, points in marked.items():
        heading = _heading(node, points, url)
        if heading is None:
            continue
        known = found.setdefault(heading.letters, heading)
        if heading.points - heading.against > known.points - known.against:
            found[heading.letters] = heading
    return list(found.values())


def _marked(page: Outline) -> dict[Node, float]:
    """Heading elements, then others whose property or name says headline, with their points."""
    marked = {
        node: points for tag, (most, points) in _LEVELS.items() for node in page.all(tag)[:most]
    }
    for node in page.properties.get("headline", [])[:4]:
        marked[node] = marked.get(node, 0.0) + _PROPERTY_POINTS
    named = 0
    for node, names in page.named:
        points = _by_name(names)
        if points and node.tag not in ("body", "img"):
            marked[node] = marked.get(node, 0.0) + points
            named += 1
        if named == _MAX_NAMED:
            break
    return marked


@lru_cache(maxsize=4_000)
def _by_name(names: str) -> float:
    if not any(word in names for word in _WORDS):
        return 0.0
    if _HEADLINE_NAMES.search(names):
        return 0.5 if _OTHER_NAMES.search(names) else 2.0
    return 1.0 if _TITLE_NAMES.search(names) and not _OTHER_NAMES.search(names) else 0.0


def _heading(node: Node, points: float, url: str) -> Heading | None:
    """The candidate that an element makes; None if it holds no text, or far more than a title."""
    link = node if node.tag == "a" else None
    strings: list[str] = []
    stack: list[Node | str] = [node]
    count = length = 0
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            strings.append(item)
            length += len(item.strip())
        else:
            count += 1
            stack.extend(reversed(item.children))
            link = link or (item if item.tag == "a" and item.get("href") else None)
        if count > _MAX_NODES or length > _MAX_LETTERS:
            return None
    text = tidy("".join(strings))
    letters = bare(text)
    return Heading(node, text, letters, points, _against(node, link, url)) if letters else None


def _against(node: Node, link: Node | None, url: str) -> float:
    """What speaks against an element: a place apart from the article, a link elsewhere."""
    points = 0.0
    above: Node | None = node
    for _ in range(_MAX_ABOVE):
        if above is None:
            break
        if above.tag in _APART or is_rubbish(above):
            points = _APART_POINTS
        if above.tag == "a":
            link = above
        above = above.parent
    return points + _LINK_POINTS * (link is not None and _leads_away(link.get("href"), url))


def _leads_away(href: str, url: str) -> bool:
    if not href or href.startswith(("#", "javascript:")):
        return False
    target = addresses.absolute(url, href)
    return bool(target) and target.partition("#")[0] != url.partition("#")[0]
