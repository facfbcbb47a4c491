"""Who is named as the author of a page: the first kind of evidence that names a person."""

from __future__ import annotations

import re

from newskeep.extraction.dom import Node
from newskeep.extraction.head import Head, Item, strings, types_of
from newskeep.extraction.outline import Outline
from newskeep.extraction.people import names_in
from newskeep.extraction.rules import AUTHORS

_BYLINE_NAMES = re.compile(r"byline|author|writer|reporter|zuozhe|credit-name", re.IGNORECASE)
_NOT_BYLINE = re.compile(
    r"bio|about|desc|image|img|avatar|photo|box|comment|social|related|follow|date|time",
    re.IGNORECASE,
)
_SAID_BY = re.compile(
    r"(?:^|[\s>|】）)])(?:作者|撰文|記者|记者|文)\s?[:：／/]\s?([^\s:：|，,。；;（(\[【来來编編责責]{2,12})"
)
_PERSON = r"(?:[A-ZÀ-Þ][\w'’.-]*\s?){2,4}"
_BY_LINE = re.compile(rf"^(?:By|Von|Par|Por)\s+({_PERSON}(?:(?:,| and| &|und|et|y)\s+{_PERSON})*)")
_TEXT_TAGS = frozenset(["p", "div", "span", "td", "em", "strong", "h4", "h5", "h6"])


def authors(head: Head, item: Item, page: Outline, names: list[str]) -> tuple[str, ...]:
    """The first kind of evidence that names a person."""
    for evidence, split in (
        (_people(item.get("author") or item.get("creator")), False),
        (head.all(*AUTHORS), True),
        (_marked(page), True),
        (_bylines(page), True),
        (_said_by(page), True),
    ):
        found = names_in(evidence, names, split=split)
        if found:
            return found
    return ()


def _people(value: object) -> list[str]:
    """The names of JSON-LD authors; an organisation is no author where a person is named."""
    members = value if isinstance(value, list) else [value]
    persons = [
        m
        for m in members
        if not (isinstance(m, dict) and types_of(m) & {"organization", "newsmediaorganization"})
    ]
    return [
        piece for name in strings(persons) for piece in (name.split(",") if "," in name else [name])
    ]


def _marked(page: Outline) -> list[str]:
    """Microdata and `rel=author`."""
    found: list[str] = []
    for node in page.properties.get("author", [])[:10]:
        inner = next((n for n in node.walk() if n.get("itemprop").lower() == "name"), node)
        found.append(inner.get("content") or inner.text()[:120])
    links = [link for link in page.all("a") if "author" in link.get("rel").lower().split()]
    found += [link.text()[:120] for link in links[:10]]
    return list(dict.fromkeys(found))[:4]


def _bylines(page: Outline) -> list[str]:
    """Small elements that are named as a byline."""
    for node, names in page.named:
        if _BYLINE_NAMES.search(names) and not _NOT_BYLINE.search(names):
            found = _byline(node)
            if found:
                return found
    return []


def _byline(node: Node) -> list[str]:
    """The names in a byline: its links, else its text."""
    text = node.text()
    if not 3 < len(text) < 200:
        return []
    links = [link for link in node.find("a") if link.text()]
    if len(text) < 100 and not any(ch.isdigit() for ch in text):
        return [link.text() for link in links[:4]] or [text]
    return [links[0].text()] if links and "author" in links[0].get("href") else []


def _said_by(page: Outline) -> list[str]:
    """“By …” or “作者：…” in a short text of its own."""
    for node in page.order:
        if node.tag not in _TEXT_TAGS or not node.children:
            continue
        text = "".join(child for child in node.children if isinstance(child, str)).strip()[:120]
        match = _SAID_BY.search(text) or (_BY_LINE.match(text) if len(text) < 80 else None)
        if match:
            return [match[1]]
    return []
