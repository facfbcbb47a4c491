"""What a recipe is: plain values, checked by `read` before they come to be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from json import dumps

from newskeep.text import digest

VERSION = 1
"""Of what a recipe's lines mean. Another one makes all derived results stale."""

Selectors = tuple[str, ...]
"""Selectors tried in order, as `select` reads them: the first that finds anything counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """How to read a listing page; `item` and all below it are CSS.

    `addresses` are patterns (see `address`) of the pages this is for, `match` those of the
    links that are articles. `item` stands for one entry; without it each link does.
    `next` leads to the next page, by a link or an address with {n} in it; at most `pages`
    pages are read.
    """

    addresses: tuple[str, ...]
    item: Selectors = ()
    links: Selectors = ("a[href]",)
    match: tuple[str, ...] = ()
    title: Selectors = ()
    date: Selectors = ()
    summary: Selectors = ()
    picture: Selectors = ()
    next: Selectors = ()
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """How to read an article's page.

    `strip` is taken out before the body is looked for. `next` leads to the article's next
    page, `single` to one that has it whole.
    """

    addresses: tuple[str, ...]
    title: Selectors = ()
    date: Selectors = ()
    author: Selectors = ()
    body: Selectors = ()
    strip: Selectors = ()
    next: Selectors = ()
    single: Selectors = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One site's recipe, known by its file's name.

    `zone` is an IANA name, in which times without a zone are meant. `trust` takes the body
    as the recipe finds it, also where the extractor finds another.
    """

    name: str
    title: str = ""
    language: str = ""
    zone: str = ""
    trust: bool = False
    list: ListPart | None = None
    article: PagePart | None = None

    @property
    def digest(self) -> str:
        """32 hex digits over all that it says; comments do not count."""
        return digest(dumps(asdict(self), sort_keys=True))
