"""The list of headlines on a page of which nothing is known.

Headlines are links with text enough, on the same site, and they come in rows: their
addresses are built alike, and they stand in elements of the same names. The shape whose
links say most is the list; links that stand as its links stand belong to it too.
A link in a heading, or with a date in its address, is a headline however short it is.
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

FEWEST_DATED = 3
"""Headlines with a date in their addresses that make a list."""

_FEWEST_WORDS = 4
_FEWEST_CJK = 8
_MOST_WORDS = 80
_COUNTED_WORDS = 20
"""Words past which a longer headline does not weigh more."""

_MOST_LINKS = 3000
_ABOVE = 3
"""Elements above a link that say how it stands."""

_AROUND = frozenset(["nav", "footer", "aside", "form"])
_HEADINGS = ("h1", "h2", "h3", "h4")
_ASIDE = frozenset(
    ["breadcrumb", "breadcrumbs", "menu", "nav", "navbar", "navigation", "sidebar", "widget"]
)
"""Classes and ids of what stands around the articles."""

_LISTS = frozenset([
    "author", "authors", "categories", "category", "feed", "label", "labels", "page", "search",
    "tag", "tags", "topic", "topics",
])  # fmt: skip
_OWN = frozenset(
    ["", "about", "archive", "archives", "blog", "contact", "home", "index", "news", "posts", "rss"]
)
"""What addresses of lists have in their path, and those of the site's own pages at its end."""

_OTHER_RELS = frozenset(["author", "category", "home", "next", "prev", "tag"])
_DATED = re.compile(
    r"/(?:19|20)\d\d(?:[-/]?(?:0[1-9]|1[0-2]|[1-9](?!\d)))?(?:[-/]?(?:[0-2]\d|3[01]|[1-9]))?"
    r"/(?!(?:page-?)?\d{1,2}/?$|index\.)[^/]+/?$"
)
"""A year, perhaps a month and a day, and one segment behind them, which is no day or month."""

_DAY = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$")
"""A year, a month or a day, and nothing behind it."""

_OWN_CLASS = re.compile(r"(?:category|tag|format|has|post)-|sticky$")
"""Classes of one post that its neighbours need not have, as WordPress writes them."""

_DIGITS = re.compile(r"\d+")
_SLUG = re.compile(r"[^\W\d_]+(?:[-_]\w+){2,}|(?:%[0-9A-F]{2}){6,}\S*")


class _Link(NamedTuple):
    """A link that may be a headline: how its address is built, and how it stands."""

    url: str
    title: str
    shape: str
    stand: str
    is_heading: bool
    is_dated: bool

    @property
    def weight(self) -> int:
        """How much it says that it is a headline; a short one in a sure place says enough."""
        words = min(text.word_count(self.title), _COUNTED_WORDS)
        return max(words, _FEWEST_WORDS * (self.is_heading + self.is_dated))

    @property
    def worth(self) -> tuple[bool, int]:
        """By which the best text of one address is told; of short texts the first one is it."""
        return self.is_heading, len(self.title) if _says_enough(self.title) else 0


def guess(html: str, url: str, *, is_blog: bool = False) -> tuple[Entry, ...]:
    """The entries that a page lists, in its order; none where no list stands out.

    Of a page of a blog one link is enough that stands in a heading or has a date in its
    address, and one in a heading may have any address.
    """
    links = [*_links(dom.fragment(html), url, is_blog=is_blog)]
    weights: Counter[str] = Counter()
    for link in links:
        weights[link.shape] += link.weight
    if not weights:
        return ()
    best, _ = weights.most_common(1)[0]
    stands = Counter(link.stand for link in links if link.shape == best)
    usual = {stand for stand, count in stands.items() if count >= FEWEST}
    if is_blog:
        usual |= {link.stand for link in links if link.shape == best and link.is_heading}
    chosen = [link for link in links if link.shape == best or link.stand in usual]
    return tuple(_entries(chosen)) if _is_list(chosen, is_blog=is_blog) else ()


def _is_list(links: list[_Link], *, is_blog: bool) -> bool:
    """Whether there are headlines enough."""
    dated = {one.url for one in links if one.is_dated}
    if is_blog and (dated or any(one.is_heading for one in links)):
        return True
    return len(dated) >= FEWEST_DATED or len({one.url for one in links}) >= FEWEST


def _entries(links: list[_Link]) -> Iterator[Entry]:
    """Each address once, under its best text."""
    titles: dict[str, _Link] = {}
    for link in links:
        name = canonical(link.url)
        known = titles.setdefault(name, link)
        titles[name] = max(known, link, key=lambda one: one.worth)._replace(url=known.url)
    return (Entry(id=one.url, url=one.url, title=one.title) for one in titles.values())


def _links(root: Node, url: str, *, is_blog: bool) -> Iterator[_Link]:
    """The links of a page that may be headlines, but for those to the page itself."""
    here = canonical(url)
    for node in root.find("a")[:_MOST_LINKS]:
        target = absolute(url, node.get("href"))
        if not same_site(url, target) or _is_above(canonical(target), here):
            continue
        above = [*_above(node)]
        if any(one.tag in _AROUND for one in above):
            continue
        link = _link(node, target, above, is_blog=is_blog)
        if link.shape and (link.is_heading or link.is_dated or _says_enough(link.title)):
            yield link


def _is_above(address: str, here: str) -> bool:
    """Whether it is the page itself or a folder in which the page is."""
    return here == address or here.startswith((f"{address.rstrip('/')}/", f"{address}?"))


def _link(node: Node, target: str, above: list[Node], *, is_blog: bool) -> _Link:
    is_article = _may_be_article(node, target) and not any(map(_is_aside, above))
    inside = node.find(*_HEADINGS)
    title = text.squash(text.strip_control((inside[0] if inside else node).text()))
    is_short = 0 < text.word_count(title) <= _MOST_WORDS
    is_heading = is_article and is_short and (bool(inside) or _is_heading(above))
    is_dated = is_article and is_short and bool(_DATED.search(urlsplit(target).path))
    shape = _shape(target, has_slug=is_dated or (is_blog and is_heading))
    stand = ">".join(f"{one.tag}.{_names(one)}" for one in above[:_ABOVE])
    return _Link(target, title, shape, stand, is_heading, is_dated)


def _may_be_article(node: Node, target: str) -> bool:
    """Whether neither its address nor its rel says that it leads to something else."""
    path = urlsplit(target).path.lower()
    segments = path.strip("/").split("/")
    is_list = segments[-1] in _OWN or not _LISTS.isdisjoint(segments) or _DAY.search(path)
    return not is_list and _OTHER_RELS.isdisjoint(node.get("rel").lower().split())


def _is_aside(node: Node) -> bool:
    named = {node.get("id"), *node.get("class").split()}
    return not _ASIDE.isdisjoint(named) or node.get("role") in ("navigation", "complementary")


def _is_heading(above: list[Node]) -> bool:
    """Whether a link stands in a heading, and that not in the page's own header."""
    tags = [one.tag for one in above]
    if not any(tag in _HEADINGS for tag in tags):
        return False
    return "header" not in tags or "article" in tags or "main" in tags


def _above(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _names(node: Node) -> str:
    shared = sorted(one for one in node.get("class").split() if not _OWN_CLASS.match(one))
    return _DIGITS.sub("0", " ".join(shared))


def _says_enough(title: str) -> bool:
    words = text.words(title)
    cjk = sum(map(text.is_cjk, words))
    return (cjk >= _FEWEST_CJK or len(words) - cjk >= _FEWEST_WORDS) and len(words) <= _MOST_WORDS


def _shape(url: str, *, has_slug: bool) -> str:
    """The address with what differs between articles left out; empty where nothing may differ."""
    parts = urlsplit(canonical(url))
    path, slash, last = parts.path.rstrip("/").rpartition("/")
    end = "/" if parts.path.endswith("/") else ""
    segments = "/".join(map(_blank, path.split("/")))
    own = _blank(last, has_slug=has_slug)
    shape = f"{parts.netloc}{segments}{slash}{own}{end}?{_DIGITS.sub('0', parts.query)}"
    return shape if "0" in shape or "*" in shape else ""


def _blank(segment: str, *, has_slug: bool = False) -> str:
    stem, dot, ending = segment.rpartition(".") if "." in segment[-6:] else (segment, "", "")
    is_slug = bool(stem) and (has_slug or _SLUG.fullmatch(stem))
    return ("*" if is_slug else _DIGITS.sub("0", stem)) + dot + ending
