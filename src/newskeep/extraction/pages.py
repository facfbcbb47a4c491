"""An article that spans several pages, read page by page and joined.

`Pages` says which page it needs next and is given it. What asks the network and what
derives from captures both go by it, so they always agree on which pages these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from newskeep.extraction import access, dom, paging, render
from newskeep.extraction.by_recipe import pairs
from newskeep.extraction.dom import Node
from newskeep.extraction.links import Links
from newskeep.extraction.titles import bare
from newskeep.text import squash
from newskeep.types import Article, Image, Problem
from newskeep.url import canonical, same_site

VERSION = 1
"""Of how pages are joined. Another one makes all derived results stale."""

MOST_PAGES = 20
"""Further pages of one article that are read."""

MOST_HTML = 4 << 20
"""Characters of clean HTML from which no further page of an article is read."""

MISSING = "further-page-missing"
"""Kind of the Problem on an article of which a further page could not be had."""

_REPEATED = 0.9
"""Share of a page's pairs of words that earlier pages hold too, from which it is no new one."""
_HELD = 0.8
"""Share of the first page's pairs of words that a page has which holds the whole article."""
_COMPARED = 100_000
"""Characters of a page's text that are compared with other pages."""
_ENOUGH_TITLE = 4
_LONGEST_TITLE = 500
_NUMBERED = r"(?:\d{1,2}\s*/\s*\d{1,2}|(?:page|seite|第)\s*\d{1,2}|\d{1,2}\s*(?=页|頁|ページ))"
_MARK = re.compile(
    rf"[\s\-–—|_:：(（\[【]*{_NUMBERED}\s*(?:页|頁|ページ(?:目)?)?[)）\]】]*$", re.IGNORECASE
)
_LOOSE_MARK = re.compile(
    rf"[\s\-–—|_:：(（\[【]+(?:{_NUMBERED}|\d{{1,2}})\s*(?:页|頁|ページ(?:目)?)?[)）\]】]*$",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"(?:\s|\d|[«»‹›<>|/…]|next|prev(?:ious)?|page|of|[上下]一?[页頁]|[前次]の?ページへ?|[首尾末][页頁])+",
    re.IGNORECASE,
)
_LONGEST_PAGER = 200


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of an article, read; `next` and `single` are what a recipe finds in it."""

    article: Article
    links: Links
    next: str = ""
    single: str = ""


class Miss(NamedTuple):
    """A further page that could not be read; `gone` where it answered that it is no more."""

    gone: bool = False


class _Wanted(NamedTuple):
    """An address that is asked for next. `sure` if it can be nothing but a page of the article."""

    url: str
    sure: bool
    whole: bool = False


class Pages:
    """The pages of one article, the first of which is given.

    A further page is one whose address extends the first page's as page numbers do, or
    that is marked as the next *page* and has the first one's title or canonical address.
    Links to a next *article* are neither.
    """

    def __init__(self, first: Leaf) -> None:
        self._leaves = [first]
        self._known = {canonical(one) for one in (first.article.url, *first.article.aliases)}
        self._first = tuple(
            dict.fromkeys(one for one in (first.article.url, first.links.canonical) if one)
        )
        self._asked: list[str] = []
        self._size = len(first.article.html)
        self._missing: tuple[str, Miss] | None = None
        self._whole: Article | None = None
        self._next = None if self.first else self._single(first) or self._following()

    @property
    def wanted(self) -> str:
        """The address of the page that is needed next; empty where there is none."""
        is_room = len(self._asked) < MOST_PAGES and self._size < MOST_HTML
        return self._next.url if self._next and is_room else ""

    @property
    def first(self) -> str:
        """The address of the article's first page, where the one given is a later page."""
        return _first_of(self._leaves[0])

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of the further pages that are part of the article."""
        whole = (self._whole.url,) if self._whole else ()
        return (*whole, *(leaf.article.url for leaf in self._leaves[1:]))

    def add(self, leaf: Leaf | Miss) -> None:
        """Take what came of the wanted page."""
        asked = self._next
        assert asked is not None
        self._asked.append(asked.url)
        self._known.add(canonical(asked.url))
        if asked.whole:
            self._take_whole(leaf)
        elif isinstance(leaf, Miss):
            self._missing = (asked.url, leaf) if asked.sure else None
            self._next = None
        elif self._belongs(leaf, asked) and _is_new(leaf.article, self._articles()):
            self._leaves.append(leaf)
            self._size += len(leaf.article.html)
            self._known.add(canonical(leaf.article.url))
            self._next = self._following()
        else:
            self._next = None

    def article(self, received: datetime | None = None) -> Article:
        """The whole article, as far as its pages were given; what is missing is told."""
        first, *further = self._articles()
        if self._whole:
            return _with_body(first, self._whole)
        return self._told(_joined(first, further), received)

    def _articles(self) -> list[Article]:
        return [leaf.article for leaf in self._leaves]

    def _single(self, first: Leaf) -> _Wanted | None:
        """A page that has all of it, if its address extends the first page's."""
        given = [first.single] if first.single else []
        near = (one for one in first.links.whole if _is_beside(one, first.article.url))
        found = next((one for one in (*given, *near) if self._is_unknown(one)), "")
        return _Wanted(found, sure=False, whole=True) if found else None

    def _take_whole(self, leaf: Leaf | Miss) -> None:
        first = self._leaves[0].article
        if isinstance(leaf, Leaf) and _holds(leaf.article, first):
            self._whole = leaf.article
            self._next = None
        else:
            self._next = self._following()

    def _following(self) -> _Wanted | None:
        """The page behind the last one."""
        last = self._leaves[-1]
        return next(self._candidates(last), None)

    def _candidates(self, last: Leaf) -> Iterator[_Wanted]:
        at = len(self._leaves)
        recipe = [last.next] if last.next else []
        numbered = [url for number, url in last.links.numbered if number == at + 1]
        for url in (*recipe, *last.links.named, *last.links.next, *numbered):
            place = self._place(url)
            if place and place.number in (at, at + 1) and self._is_unknown(url):
                yield _Wanted(url, place.sure)
        for url in (*recipe, *last.links.named):
            if self._is_unknown(url) and not self._place(url):
                yield _Wanted(url, sure=False)

    def _place(self, url: str) -> paging.Place | None:
        found = (paging.place(url, first) for first in self._first)
        return next((one for one in found if one), None)

    def _is_unknown(self, url: str) -> bool:
        return same_site(self._first[0], url) and canonical(url) not in self._known

    def _belongs(self, leaf: Leaf, asked: _Wanted) -> bool:
        """Whether a page is one of this article: by its address, or else by what it says."""
        first = self._leaves[0].article
        said = leaf.links.canonical
        own = {canonical(one) for one in (asked.url, leaf.article.url)}
        if canonical(leaf.article.url) in self._known - own:
            return False  # it sent us back to a page that we have
        is_first = bool(said) and canonical(said) in self._known - own
        if asked.sure and (self._place(leaf.article.url) or is_first):
            return not said or is_first or canonical(said) in own or bool(self._place(said))
        return is_first or _same_title(first.title, leaf.article.title)

    def _told(self, article: Article, received: datetime | None) -> Article:
        if self._next:
            return replace(
                article, truncated=True, problems=(*article.problems, _left(article, received))
            )
        if self._missing is None:
            return article
        url, miss = self._missing
        number = len(self._leaves) + 1
        what = (
            "it is there no more, and what is kept ends before it"
            if miss.gone
            else "it could not be had, and what is kept ends before it; the next look asks again"
        )
        problem = Problem(
            url=url,
            stage="extract",
            kind="further-page-gone" if miss.gone else MISSING,
            message=f"page {number} of {article.url} is {url}: {what}",
            at=received,
        )
        cut = article.truncated or not miss.gone
        return replace(article, truncated=cut, problems=(*article.problems, problem))


def _left(article: Article, received: datetime | None) -> Problem:
    message = (
        f"{article.url} has more further pages than are read ({MOST_PAGES}, or {MOST_HTML:,} "
        "characters); what is kept ends after these"
    )
    kind = "further-pages-left"
    return Problem(url=article.url, stage="extract", kind=kind, message=message, at=received)


def _first_of(leaf: Leaf) -> str:
    """The address of the first page of an article of which this is a later one; else empty."""
    url, found = leaf.article.url, leaf.links
    told = _place_behind(url, found.canonical)
    if told and (told.number > 1 or found.before):
        return found.canonical
    for first in (found.before, *(one for number, one in found.numbered if number == 1)):
        place = _place_behind(url, first)
        if place and place.sure and (place.number > 1 or first == found.before):
            return first
    return ""


def _place_behind(url: str, first: str) -> paging.Place | None:
    return paging.place(url, first) if first and canonical(first) != canonical(url) else None


def _is_beside(url: str, first: str) -> bool:
    """Whether an address is the first page's with more behind it, or with another query."""
    start, _, query = canonical(first).partition("?")
    path, _, other = canonical(url).partition("?")
    start = re.sub(r"(?:\.\w{2,5}|/)$", "", start)
    kept = set(query.split("&")) - {""} <= set(other.split("&"))
    return kept and path.startswith(start) and not path[len(start) : len(start) + 1].isalnum()


def _same_title(first: str, other: str) -> bool:
    first, other = first[:_LONGEST_TITLE], other[:_LONGEST_TITLE]
    firsts = {bare(first), bare(_MARK.sub("", first))}
    others = {bare(other), bare(_MARK.sub("", other)), bare(_LOOSE_MARK.sub("", other))}
    return any(len(one) >= _ENOUGH_TITLE for one in firsts & others)


def _share(part: Article, of: Article) -> float:
    """How much of an article's text stands in another, from 0 to 1, by pairs of words."""
    own, others = (pairs(one.text[:_COMPARED]) for one in (part, of))
    return (own & others).total() / own.total() if own else 0.0


def _holds(whole: Article, first: Article) -> bool:
    """Whether a page holds the first page's text, and more."""
    is_longer = len(whole.text) > len(first.text)
    return is_longer and _share(first, whole) >= _HELD


def _is_new(leaf: Article, known: list[Article]) -> bool:
    """Whether a page shows what no page before it did."""
    pictures = {image.url for one in known for image in one.images}
    if any(image.url not in pictures for image in _pictures(leaf)):
        return True
    if not leaf.text.strip():
        return False
    return all(_share(leaf, one) < _REPEATED for one in known)


def _joined(first: Article, further: list[Article]) -> Article:
    """One article of its pages: what each page repeats of those before it stands once."""
    if not further:
        return first
    blocks = _blocks(dom.fragment(first.html))
    for leaf in further:
        seen = {said for block in blocks if (said := _said(block))}
        blocks = [*blocks, *_fresh(_blocks(dom.fragment(leaf.html)), seen)]
    tree = Node("body", None, list(blocks))
    text = render.text_of(tree)
    images = {image.url: image for one in (first, *further) for image in _pictures(one)}
    is_cut = access.is_cut(text)
    was_cut = first.access == access.TRUNCATED
    return replace(
        first,
        html="\n".join(dom.serialise([block]) for block in blocks),
        text=text,
        images=(*first.images, *(images[url] for url in images if url not in _urls(first))),
        access=(access.TRUNCATED if is_cut else access.OPEN) if was_cut else first.access,
        truncated=is_cut,
        problems=tuple(one for one in first.problems if one.kind != "no-text"),
    )


def _urls(article: Article) -> set[str]:
    return {image.url for image in article.images}


def _pictures(article: Article) -> list[Image]:
    """The pictures in a page's body: every page has the article's lead picture in its head."""
    shown = {node.get("src") for node in dom.fragment(article.html).find("img")}
    return [replace(one, lead=False) for one in article.images if one.url in shown]


def _blocks(root: Node) -> list[Node]:
    """The blocks of a clean body, without a pager at its end."""
    blocks = list(root.elements())
    while blocks and _is_pager(_said(blocks[-1])):
        blocks.pop()
    return blocks


def _is_pager(said: str) -> bool:
    return len(said) <= _LONGEST_PAGER and bool(_PAGER.fullmatch(said))


def _fresh(blocks: list[Node], seen: set[str]) -> list[Node]:
    """Without the blocks at either end that an earlier page showed: a standfirst, a footer."""
    start, end = 0, len(blocks)
    while start < end and _said(blocks[start]) in seen:
        start += 1
    while end > start and _said(blocks[end - 1]) in seen:
        end -= 1
    return blocks[start:end]


def _said(block: Node) -> str:
    """What a block says: its text, and where it has none its pictures."""
    return squash(block.text()) or " ".join(
        node.get("src") for node in (block, *block.find("img")) if node.tag == "img"
    )


def _with_body(first: Article, whole: Article) -> Article:
    """The first page's article with the body that another page has whole."""
    return replace(
        first,
        html=whole.html,
        text=whole.text,
        images=whole.images or first.images,
        access=whole.access,
        truncated=whole.truncated,
        confidence=whole.confidence,
        problems=tuple(one for one in first.problems if one.kind != "no-text"),
    )
