"""From captures to observations: one capture in, what it says of stories out. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from inspect import signature
from typing import Any
from urllib.parse import urlsplit

import msgspec

from newskeep import content, keep, plugins, text
from newskeep import url as addresses
from newskeep.captures import Captures
from newskeep.discover import blog, listing
from newskeep.discover.recipes import NO_RECIPES, Book, Recipe
from newskeep.errors import CaptureError, ConfigError, FetchError
from newskeep.extraction import EXTRACTOR, Hints, fragment
from newskeep.extraction.by_recipe import refine
from newskeep.extraction.learned import VERSION as LEARNED
from newskeep.extraction.lessons import NO_LESSONS, Lessons
from newskeep.extraction.links import Links, links
from newskeep.extraction.pages import VERSION as PAGES
from newskeep.extraction.pages import Leaf, Miss, Pages
from newskeep.extraction.post import article_from_post
from newskeep.keep import Observation
from newskeep.twins import is_article_like, is_door, is_same_article, is_twin
from newskeep.types import Article, Capture, Entry, Feed, Problem, Ref

MOST_DECODED = 64 << 20
"""Bytes past which a decoded body is not looked at."""

VISIT = timedelta(minutes=10)
"""Further pages of an article are kept within so long before its first page."""

_MOST_HOPS = 5
_HTML = re.compile(r"text/html|application/xhtml\+xml|^$")

Extract = Callable[..., Article]
Parts = Callable[[str, Capture], Capture | None]
"""The capture of a further page, by its address, that belongs to the visit of a first page."""


def no_parts(address: str, page: Capture) -> Capture | None:
    """Finds no further page: of a capture that is read on its own."""
    del address, page
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What a capture says: of stories, and (for a feed) the feed itself.

    `has_parts` is True for a page that says it has further pages.
    """

    observations: tuple[Observation, ...] = ()
    feed: Feed | None = None
    has_parts: bool = False
    problems: tuple[Problem, ...] = ()


class Deriver:
    """Turns captures into observations with one chosen extractor, recipes and lessons.

    `name` holds the versions of all that the result depends on but the lessons; two results
    are compared only when their names are equal, and `teaching` marks what a new lesson
    changes. Raises ConfigError for an unknown extractor.
    """

    def __init__(
        self,
        extractor: str = "newskeep",
        book: Book = NO_RECIPES,
        lessons: Lessons = NO_LESSONS,
    ) -> None:
        self._book = book
        self._lessons = lessons
        self._page: Extract = plugins.find("extractor", extractor)
        self._learns = "learned" in signature(self._page).parameters
        version = getattr(self._page, "version", EXTRACTOR)
        parts = f"pages/{PAGES} learned/{LEARNED} url/{addresses.VERSION}"
        self.name = f"{version} {EXTRACTOR} {parts} {book.version}"

    def derive(self, capture: Capture, parts: Parts = no_parts) -> Derived:
        """Everything that one capture says; nothing where the payload that it repeats is lost.

        `parts` finds the further pages of an article's first one. Raises nothing, whatever
        the content.
        """
        if capture.kind == "revisit" and not capture.payload:
            return Derived()
        reader = _READERS.get(capture.role, Deriver.feed)
        try:
            found = self.page(capture, parts) if capture.role == "page" else reader(self, capture)
            msgspec.msgpack.encode(found.observations)  # raises for what could not be kept
            return found
        except (FetchError, ConfigError, ValueError) as error:
            kind = getattr(error, "kind", "unreadable")
            return _trouble(capture, kind, f"{capture.url}: {error}")
        except Exception as error:  # one document that trips an extractor must not stop the rest
            told = f"{capture.url}: the extractor failed ({type(error).__name__}: {error})"
            return _trouble(capture, "extractor-failed", f"{told}; please report it")

    def page(self, capture: Capture, parts: Parts = no_parts) -> Derived:
        """A page: its wording, or that it is missing, or that it is elsewhere."""
        if capture.status in (404, 410):
            return Derived(observations=(_observation(capture, keep.MISSING, (capture.url,)),))
        if 300 <= capture.status < 400:
            return _redirected(capture)
        if capture.status not in (0, 200):  # a file has no status
            return _trouble(capture, f"http-{capture.status}", _answered(capture))
        if not is_html(capture):
            return _trouble(
                capture, "not-html", f"{capture.url} is {capture.content_type}, not a web page"
            )
        pages = self.pages(capture)
        has_parts = bool(pages.wanted)
        while pages.wanted:
            self.turn(pages, capture, parts(pages.wanted, capture))
        return replace(self._read(capture, pages), has_parts=has_parts)

    def pages(self, first: Capture) -> Pages:
        """An article's pages, of which the first is given. Raises FetchError.

        A page that may be a list of articles has none: its further pages are other lists.
        """
        leaf = self._leaf(first, self._book.for_article(first.url))
        is_deep = urlsplit(first.url).path.strip("/").count("/") > 0
        is_article = is_article_like(first.url) or (is_deep and leaf.article.published)
        return Pages(leaf if is_article else Leaf(leaf.article, Links()))

    def may_have_parts(self, first: Capture) -> bool:
        """Whether it is worth asking for its `pages`; quicker. Raises FetchError."""
        recipe = self._book.for_article(first.url)
        if recipe and recipe.article and (recipe.article.next or recipe.article.single):
            return True
        marked = links(content.to_text(decoded(first), first.content_type), first.url)
        return bool(Pages(Leaf(Article(url=first.url), marked)).wanted)

    def turn(self, pages: Pages, first: Capture, part: Capture | None) -> None:
        """Give the pages the one that is wanted, or None where it could not be had."""
        leaf = None
        is_gone = part is not None and part.status in (404, 410)
        if part and part.status == 200 and is_html(part):
            # a further page that trips an extractor must not cost the first one
            with suppress(Exception):
                leaf = self._leaf(part, self._book.for_article(first.url))
        if leaf and leaf.article.access in keep.GATES:
            is_gone, leaf = leaf.article.access == "removed", None
        pages.add(leaf or Miss(gone=is_gone))

    def _leaf(self, capture: Capture, recipe: Recipe | None) -> Leaf:
        html, kind = decoded(capture), capture.content_type
        facts: dict[str, Any] = {"url": capture.url, "content_type": kind, "received": capture.time}
        learned = self._lessons.of(capture.url)
        if learned and self._learns:
            facts["learned"] = learned
        article = self._page(html, **facts)
        marked = links(content.to_text(html, kind), capture.url)
        if recipe is None:
            return Leaf(article, marked)
        taken = refine(
            article, html, recipe, content_type=kind, received=capture.time, learned=learned
        )
        return Leaf(taken.article, marked, taken.next, taken.single)

    def _read(self, capture: Capture, pages: Pages) -> Derived:
        """The wording of an article, all of its pages being read."""
        article = pages.article(capture.time)
        if article.access in keep.GATES:
            return _gated(capture, article)
        rank = keep.page_rank(article)
        others = [one for one in article.aliases if is_twin(capture.url, one)]
        if pages.first:  # a later page: it completes nothing, and is no story of its own
            others, rank = [*others, pages.first], min(rank, keep.RANK_SUMMARY)
        given = (capture.url, *others, *pages.addresses)
        seen = _observation(capture, keep.CONTENT, given, article, rank)
        told = tuple(one for one in article.problems if one.kind != "date-missing")
        return Derived(observations=(seen,), problems=told)  # a date's lack is said of the article

    def feed(self, capture: Capture) -> Derived:
        """A feed, or what another kind of source reads as one: an observation an entry."""
        if capture.status not in (0, 200):  # 0: a file that was imported
            return Derived()
        parse = plugins.reader(capture.role)
        if parse in (blog.parse, listing.parse):
            parse = partial(parse, recipe=self._book.for_list(capture.url))
        kind = capture.content_type
        found: Feed = parse(
            decoded(capture), url=capture.url, content_type=kind, received=capture.time
        )
        seen = (
            self._entry(capture, found, number, entry) for number, entry in enumerate(found.entries)
        )
        unique = {one.id: one for one in seen}
        return Derived(observations=tuple(unique.values()), feed=found, problems=found.problems)

    def post(self, capture: Capture) -> Derived:
        """An imported post of a mirror."""
        article = article_from_post(capture.payload, capture.header("Newskeep-Name"), capture.time)
        main = article.url or capture.url
        # a mirror's post is the article, whatever its page asked of readers
        shown = replace(article, access="open") if article.access in keep.GATES else article
        rank = keep.page_rank(shown)
        seen = _observation(capture, keep.CONTENT, (main, capture.url), article, rank)
        seen = replace(seen, door="post", source=capture.source or _site(article.site))
        return Derived(observations=(seen,), problems=article.problems)

    def _entry(self, capture: Capture, found: Feed, number: int, entry: Entry) -> Observation:
        main = entry.url or entry_address(capture, entry)
        body = entry.content or entry.summary
        hints = _hints(found, entry)
        article = fragment(body, url=entry.url, hints=hints, received=capture.time)
        full = bool(entry.content) or text.word_count(article.text) >= keep.FULL_TEXT_WORDS
        seen = _observation(
            capture,
            keep.CONTENT,
            (main, *entry.aliases),
            replace(article, problems=(*(article.problems if body else ()), *entry.problems)),
            keep.feed_rank(article, full=full),
            entry=entry.id or main,
        )
        return replace(seen, position=number, door=f"{keep.FEED}:{capture.source or capture.role}")


_READERS: dict[str, Callable[[Deriver, Capture], Derived]] = {
    "post": Deriver.post,
    "part": lambda _deriver, _capture: Derived(),  # it speaks through its article's first page
    "asset": lambda _deriver, _capture: Derived(),
    "image": lambda _deriver, _capture: Derived(),
    "robots": lambda _deriver, _capture: Derived(),
}


def is_html(capture: Capture) -> bool:
    """Whether a capture holds a web page, as far as its type says."""
    return bool(_HTML.search(capture.content_type.lower()))


def decoded(capture: Capture) -> bytes:
    """The payload without its content coding. Raises TooLarge, FetchError."""
    coding = capture.header("Content-Encoding")
    return content.decode(capture.payload, coding, limit=MOST_DECODED)


def entry_address(capture: Capture, entry: Entry) -> str:
    """The address of an entry that has none: made of its source and its id or title."""
    name = entry.id or entry.title
    return f"urn:newskeep:entry:{text.digest(capture.source or capture.url, name)}"


def resolved(
    captures: Captures, capture: Capture, original: Callable[[str], Ref | None]
) -> Capture:
    """A revisit with the payload it repeats. Raises CaptureError where that is missing."""
    if capture.kind != "revisit":
        return capture
    ref = original(capture.digest)
    if ref is None:
        raise CaptureError(
            f"{capture.ref.file} at {capture.ref.offset}: the record repeats a payload "
            f"({capture.digest}) that is not in this archive; run: newskeep check"
        )
    first = captures.read(ref)
    return replace(capture, payload=first.payload)


def whole(
    captures: Captures,
    capture: Capture,
    original: Callable[[str], Ref | None],
    on_problem: Callable[[Problem], None],
) -> Capture:
    """As `resolved`, but a missing payload is told and stays empty: it says nothing then."""
    try:
        return resolved(captures, capture, original)
    except CaptureError as error:
        message = str(error)
        on_problem(
            Problem(url=capture.url, stage="captures", kind="payload-missing", message=message)
        )
        return capture


def parts_of(
    captures: Captures,
    where: Callable[[str, Capture], Ref | None],
    original: Callable[[str], Ref | None],
    on_problem: Callable[[Problem], None],
) -> Parts:
    """Finds further pages through their redirects; `where` knows them by canonical address."""

    def find(address: str, page: Capture) -> Capture | None:
        for _ in range(_MOST_HOPS):
            ref = where(addresses.canonical(address), page)
            if ref is None:
                return None
            part = whole(captures, captures.read(ref), original, on_problem)
            if not 300 <= part.status < 400:
                return part
            address = addresses.absolute(part.url, part.header("Location"))
        return None

    return find


def _observation(
    capture: Capture,
    kind: str,
    given: Iterable[str],
    article: Article | None = None,
    rank: int = 0,
    entry: str = "",
) -> Observation:
    known = dict.fromkeys(addresses.canonical(one) for one in given)
    return Observation(
        id=keep.observation_id(capture.id, entry),
        capture=capture.id,
        time=capture.time,
        ref=capture.ref,
        kind=kind,
        addresses=tuple(one for one in known if one),
        entry=entry,
        source=capture.source or (_site(article.site) if article and article.site else ""),
        rank=rank,
        wording=keep.wording(article) if article else "",
        article=article,
    )


def _trouble(capture: Capture, kind: str, message: str) -> Derived:
    problem = Problem(url=capture.url, stage="extract", kind=kind, message=message, at=capture.time)
    if capture.role != "page":
        return Derived(problems=(problem,))
    seen = _observation(capture, keep.TROUBLE, (capture.url,))
    return Derived(observations=(seen,), problems=(problem,))


def _gated(capture: Capture, article: Article) -> Derived:
    """A page that shows something else than its article; it joins nothing.

    One that says that there is no such article (a soft 404) is missing as after a 404.
    """
    kind = keep.MISSING if article.access == "removed" else keep.CONTENT
    seen = _observation(capture, kind, (capture.url,), article, keep.page_rank(article))
    told = tuple(one for one in article.problems if one.kind != "date-missing")
    return Derived(observations=(seen,), problems=told)


def _answered(capture: Capture) -> str:
    return f"{capture.url} answered {capture.status}; it is kept as it came and asked again later"


def _redirected(capture: Capture) -> Derived:
    """A redirect joins two addresses, unless it leads to a place that is no article.

    An article that leads to another place of its own site is withdrawn, unless that is a wall.
    """
    target = addresses.absolute(capture.url, capture.header("Location"))
    if is_same_article(capture.url, target):
        return Derived(observations=(_observation(capture, keep.TROUBLE, (capture.url, target)),))
    is_withdrawn = (
        addresses.same_site(capture.url, target)
        and is_article_like(capture.url)
        and not is_door(target)
    )
    kind = keep.MISSING if is_withdrawn else keep.TROUBLE
    return Derived(observations=(_observation(capture, kind, (capture.url,)),))


def _site(name: str) -> str:
    return f"site:{name}" if name else ""


def _hints(found: Feed, entry: Entry) -> Hints:
    return Hints(
        title=entry.title,
        authors=entry.authors,
        published=entry.published,
        modified=entry.modified,
        lang=entry.lang or found.lang,
        tags=entry.tags,
        site=found.title,
        images=entry.images,
    )
