"""What a document says about itself outside its text: `meta`, `link`, JSON-LD, `html lang`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from newskeep.extraction import jsonld

_MAX_META = 600
_MAX_VALUE = 2_000
_MAX_TITLE = 1_000
_MAX_SCRIPTS = 30
_MAX_SCRIPT, _MAX_IN_SCRIPTS = 1_000_000, 2_000_000
"""Characters of one JSON-LD script, and of all; a script past either says nothing."""
_MAX_ITEMS = 300
_MAX_MEMBERS = 50
_ARTICLES = frozenset((
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle",
    "opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting",
    "satiricalarticle", "scholarlyarticle", "techarticle", "advertisercontentarticle",
    "socialmediaposting", "report",
))  # fmt: skip
_WEAKER = frozenset(["webpage", "itempage", "videoobject", "review", "recipe"])

Item = jsonld.Item


@dataclass(slots=True)
class Head:
    """Evidence by kind. `meta` maps lower-case names and properties to values in order."""

    title: str = ""
    lang: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The first value of the first of these names that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    def all(self, *names: str) -> list[str]:
        """Every value of these names, each once."""
        values = [value for name in names for value in self.meta.get(name, ()) if value]
        return list(dict.fromkeys(values))

    def article(self) -> Item:
        """The JSON-LD item that describes the article; an empty one where there is none.

        Of several, the one with the page's own address or headline, else the first.
        """
        found = [item for item in self.items if types_of(item) & _ARTICLES]
        if len(found) > 1:
            found.sort(key=lambda item: -self._fits(item))
        weaker = [i for i in self.items if types_of(i) & _WEAKER and "headline" in i]
        return next(iter([*found, *weaker]), {})

    def resolved(self, value: Any) -> list[Any]:
        """The members of a JSON-LD value, each mere `@id` replaced by the item that it names."""
        members = value[:_MAX_MEMBERS] if isinstance(value, list) else [value]
        return [self._named(m) if isinstance(m, dict) else m for m in members if m]

    def _named(self, member: Item) -> Item:
        if "name" in member or "@id" not in member:
            return member
        return next((i for i in self.items if i.get("@id") == member["@id"] and "name" in i), {})

    def _fits(self, item: Item) -> int:
        """How surely an item is about this page: 2 by its address, 1 by its headline, 0."""
        own = {_bare(a) for a in (*self.links.get("canonical", ()), *self.meta.get("og:url", ()))}
        said = strings(item.get("url")) + strings(item.get("mainEntityOfPage"), "@id")
        if own & {_bare(address) for address in [*said, *strings(item.get("@id"))]}:
            return 2
        headline = first_string(item.get("headline"))
        return int(bool(headline) and headline in (*self.meta.get("og:title", ()), self.title))


def read_head(document: LexborHTMLParser) -> Head:
    """Collect the evidence of a parsed document."""
    head = Head()
    title = document.css_first("title")
    head.title = _flat(title.text()[:_MAX_VALUE])[:_MAX_TITLE] if title is not None else ""
    root = document.css_first("html")
    if root is not None:
        attributes = root.attributes
        head.lang = attributes.get("lang") or attributes.get("xml:lang") or ""
    for node in document.css("meta")[:_MAX_META]:
        _add_meta(head, node.attributes)
    for node in document.css("link[rel][href]")[:_MAX_META]:
        for rel in (node.attributes.get("rel") or "").lower().split():
            head.links.setdefault(rel, []).append((node.attributes.get("href") or "").strip())
    for script in _scripts(document):
        head.items.extend(jsonld.items(script))
    del head.items[_MAX_ITEMS:]
    return head


def _scripts(document: LexborHTMLParser) -> Iterator[str]:
    """The JSON-LD scripts of a document that are read."""
    room = _MAX_IN_SCRIPTS
    for node in document.css('script[type*="ld+json" i]')[:_MAX_SCRIPTS]:
        script = node.text()
        if len(script) <= min(room, _MAX_SCRIPT):
            room -= len(script)
            yield script


def _add_meta(head: Head, attributes: dict[str, str | None]) -> None:
    value = _flat((attributes.get("content") or attributes.get("value") or "")[:_MAX_VALUE])
    for attribute in ("name", "property", "itemprop", "http-equiv"):
        name = (attributes.get(attribute) or "").strip().lower()
        if name and value:
            head.meta.setdefault(name, []).append(value)


def _bare(address: str) -> str:
    """An address without what does not tell two pages of a site apart."""
    bare = address.partition("#")[0].partition("?")[0].partition("://")[2]
    return bare.removeprefix("www.").rstrip("/")


def _flat(text: str) -> str:
    return " ".join(text.split())


def types_of(item: Item) -> set[str]:
    """The lower-case types of a JSON-LD item, without their vocabulary."""
    kinds = item.get("@type", ())
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1].lower() for kind in kinds if isinstance(kind, str)}


def strings(value: Any, key: str = "name") -> list[str]:
    """The strings of a JSON-LD value: itself, its `key`, or those of its members."""
    if isinstance(value, str):
        return [_flat(value)] if value.strip() else []
    if isinstance(value, list):
        return [text for member in value[:50] for text in strings(member, key)]
    if isinstance(value, dict):
        return strings(value.get(key), key) if not isinstance(value.get(key), dict) else []
    return []


def first_string(value: Any, key: str = "name") -> str:
    """The first of `strings`, or an empty string."""
    return next(iter(strings(value, key)), "")
