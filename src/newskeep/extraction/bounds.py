"""Markup that would make an HTML parser slow is made harmless before it is parsed.

Parsers keep a stack of open elements and walk it for every tag; the adoption agency
of the HTML standard (§13.2.6.4.7) copies every open formatting element into each new
block; attributes and options are compared with all before them. So a page of a
megabyte can take minutes. Where a document could do that, one linear pass over its
tags drops the openings past a limit, together with the closings that belong to them.
"""

from __future__ import annotations

import re
from collections import Counter

MAX_CHARS = 24_000_000
"""Characters of one document that are read; the rest is left out."""
MAX_DEPTH = 1_000
MAX_FORMATTING = 24
MAX_ATTRIBUTES = 1_000
_FEW_TAGS = 8_000
"""A document with fewer tags than this cannot nest too deep."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]*)([^<>]*)>?")
_MAYBE_FORMATTING = re.compile(r"<(/?)([bcefinstuBCEFINSTU][a-zA-Z]{0,5})[\s/>]")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000}")
_FORMATTING = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
# fmt: off
_CLOSED_BY_OTHERS = frozenset((
    "a", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "p", "li", "dt", "dd", "optgroup", "tr", "td", "th", "thead",
    "tbody", "tfoot", "colgroup", "caption", "body", "html", "head", "rt", "rp"
))
# fmt: on


def tame(html: str) -> str:
    """The document itself, or one that parses in linear time where it might not."""
    html = html[:MAX_CHARS]
    if html.count("<") - html.count("</") > _FEW_TAGS or _is_wild(html):
        return _Tamer().run(html)
    return html


def _is_wild(html: str) -> bool:
    if _LONG_TAG.search(html):
        return True
    open_ = 0
    for slash, name in _MAYBE_FORMATTING.findall(html):
        if name in _FORMATTING or name.lower() in _FORMATTING:
            open_ = max(0, open_ - 1) if slash else open_ + 1
            if open_ > MAX_FORMATTING:
                return True
    return False


class _Tamer:
    """Counts what is open while it copies the document."""

    def __init__(self) -> None:
        self.depth = 0
        self.formatting = 0
        self.dropped: Counter[str] = Counter()

    def run(self, html: str) -> str:
        return _TAG.sub(self._tag, html)

    def _tag(self, match: re.Match[str]) -> str:
        slash, name = match[1], match[2].lower()
        if name == "option":
            return ""
        if name in _CLOSED_BY_OTHERS or match[3].endswith("/"):
            return _short(match)
        return self._close(name, match[0]) if slash else self._open(name, match)

    def _open(self, name: str, match: re.Match[str]) -> str:
        is_formatting = name in _FORMATTING
        if self.formatting >= MAX_FORMATTING if is_formatting else self.depth >= MAX_DEPTH:
            self.dropped[name] += 1
            return ""
        if is_formatting:
            self.formatting += 1
        else:
            self.depth += 1
        return _short(match)

    def _close(self, name: str, tag: str) -> str:
        if self.dropped[name] > 0:
            self.dropped[name] -= 1
            return ""
        if name in _FORMATTING:
            self.formatting = max(0, self.formatting - 1)
        else:
            self.depth = max(0, self.depth - 1)
        return tag


def _short(match: re.Match[str]) -> str:
    """The tag; without its attributes where there are far too many of them."""
    attributes = match[3]
    if len(attributes) > MAX_ATTRIBUTES:
        count = max(len(attributes.split()), attributes.count("/"), attributes.count("="))
        if count > MAX_ATTRIBUTES:
            return f"<{match[1]}{match[2]}>"
    return match[0]
