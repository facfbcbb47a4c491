"""What a document says about itself outside its text: `meta`, `link`, JSON-LD, `html lang`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_MAX_META = 600
_MAX_VALUE = 2_000
_MAX_SCRIPTS = 30
_MAX_ITEMS = 300
_ARTICLES = frozenset((
    "article", "newsarticle", "blogposting", "reportagenewsarticle", "analysisnewsarticle",
    "opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting",
    "satiricalarticle", "scholarlyarticle", "techarticle", "advertisercontentarticle",
    "socialmediaposting", "report",
))  # fmt: skip
_WEAKER = frozenset(["webpage", "itempage", "videoobject", "review", "recipe"])
_HALF = re.compile(
    r"(?<!\\)\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][\da-fA-F]{2})(?<!\\)\\u[dD][c-fC-F][\da-fA-F]{2}"
)
"""An escaped surrogate without its other half (RFC 8259 §8.2): no character at all."""
_CONTROL = re.compile(r"[\x00-\x1f]+")
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*$")

Item = dict[str, Any]


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
        """The JSON-LD item that describes the article; an empty one where there is none."""
        found = [item for item in self.items if types_of(item) & _ARTICLES]
        weaker = [i for i in self.items if types_of(i) & _WEAKER and "headline" in i]
        return next(iter([*found, *weaker]), {})


def read_head(document: LexborHTMLParser) -> Head:
    """Collect the evidence of a parsed document."""
    head = Head()
    title = document.css_first("title")
    head.title = _flat(title.text()) if title is not None else ""
    root = document.css_first("html")
    if root is not None:
        attributes = root.attributes
        head.lang = attributes.get("lang") or attributes.get("xml:lang") or ""
    for node in document.css("meta")[:_MAX_META]:
        _add_meta(head, node.attributes)
    for node in document.css("link[rel][href]")[:_MAX_META]:
        for rel in (node.attributes.get("rel") or "").lower().split():
            head.links.setdefault(rel, []).append((node.attributes.get("href") or "").strip())
    for node in document.css('script[type*="ld+json" i]')[:_MAX_SCRIPTS]:
        head.items.extend(_items(node.text()))
    del head.items[_MAX_ITEMS:]
    return head


def _add_meta(head: Head, attributes: dict[str, str | None]) -> None:
    value = _flat((attributes.get("content") or "")[:_MAX_VALUE])
    for attribute in ("name", "property", "itemprop", "http-equiv"):
        name = (attributes.get(attribute) or "").strip().lower()
        if name and value:
            head.meta.setdefault(name, []).append(value)


def _flat(text: str) -> str:
    return " ".join(text.split())


def types_of(item: Item) -> set[str]:
    """The lower-case types of a JSON-LD item, without their vocabulary."""
    kinds = item.get("@type", ())
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1].lower() for kind in kinds if isinstance(kind, str)}


def _items(text: str) -> Iterator[Item]:
    """Every object of a JSON-LD script that has a type, outermost first."""
    todo: list[Any] = [_load(text)]
    for _ in range(_MAX_ITEMS):
        if not todo:
            return
        value = todo.pop(0)
        if isinstance(value, list):
            todo.extend(value[:_MAX_ITEMS])
        elif isinstance(value, dict):
            if "@type" in value:
                yield value
            graph = value.get("@graph", value.get("mainEntity"))
            todo.extend([graph] if isinstance(graph, (list, dict)) else [])


def _load(text: str) -> Any:
    """JSON as publishers write it: in comments, with raw line breaks and half characters."""
    text = _HALF.sub(r"\\ufffd", _WRAPPING.sub("", text).strip().rstrip(";"))
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_CONTROL.sub(" ", text).replace(",]", "]").replace(",}", "}"))
    except (ValueError, RecursionError):
        return None


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
