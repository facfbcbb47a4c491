"""Markup that would make an HTML parser slow is made harmless before it is parsed.

Parsers keep a stack of open elements and walk it for every tag; the adoption agency
of the HTML standard (§13.2.6.4.7) copies every open formatting element into each new
block; attributes and options are compared with all before them. So a page of a
megabyte can take minutes. Where a document could do that, one linear pass over its
tags drops the openings past a limit, together with the closings that belong to them,
closings that close nothing, and all behind the last tag that is read.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

MAX_CHARS = 24_000_000
"""Characters of one document that are read; the rest is left out."""
MAX_TAGS = 100_000
"""Tags of one document that are read, ten times what the largest pages of newspapers have."""
MAX_DEPTH = 1_000
MAX_FORMATTING = 24
MAX_ATTRIBUTES = 200
"""An element with more attributes is read without them."""
MAX_ALL_ATTRIBUTES = 400_000
"""Attributes of a document with many tags; elements behind them are read without theirs."""
_FEW_TAGS = 8_000
"""A document that opens fewer elements than this cannot nest too deep for the parser."""
_SMALL = 2_000_000
"""Nor can one with fewer characters have too many attributes in all."""
_MOST_ROOTS = 3
"""How often `html` and `body` may begin: all of their attributes go to one element."""

_RAW = "|".join(
    rf"<(?i:{name})\b(?:[^<]++|<(?!/(?i:{name})))*+(?:</[^>]*>)?"
    for name in ("script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes")
)
_NO_TAG = rf"<!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?)|{_RAW}"
"""A comment, or an element whose content is no markup."""
_VALUE = r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+{_VALUE})?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_START = re.compile("<")
_TAG = re.compile(rf"{_NO_TAG}|<(/?)([a-zA-Z][^\s/>]*+)((?:[^>\"'=]++|{_VALUE}|[\"'])*+)>?")
_MANY_ATTRIBUTES = re.compile(
    rf"{_NO_TAG}|<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+({_ATTRIBUTE})?+"
)
_FORMATTING_TAG = re.compile(
    r"<(/?)(?=[bcefinstuBCEFINSTU])"
    r"((?i:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u))[\s/>]"
)
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
    return _Tamer().run(html) if _is_large(html) or _is_wild(html) else html


def _is_large(html: str) -> bool:
    if len(html) > _SMALL:
        return True
    tags = html.count("<")
    if tags <= _FEW_TAGS:
        return False
    return tags > 2 * _FEW_TAGS or tags - html.count("</") > _FEW_TAGS


def _is_wild(html: str) -> bool:
    """Whether formatting nests too deep or a tag has too many attributes."""
    open_: Counter[str] = Counter()
    depth = 0
    for slash, name in _FORMATTING_TAG.findall(html):
        name = name.lower()
        if not slash:
            open_[name] += 1
            depth += 1
        elif open_[name]:
            open_[name] -= 1
            depth -= 1
        if depth > MAX_FORMATTING:
            return True
    return any(_MANY_ATTRIBUTES.findall(html))


class _Tamer:
    """Counts what is open while it copies the document."""

    def __init__(self) -> None:
        self.attributes = 0
        self.depth = 0
        self.formatting = 0
        self.roots = 0
        self.open: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()

    def run(self, html: str) -> str:
        return _TAG.sub(self._tag, html[: _end(html)])

    def _tag(self, match: re.Match[str]) -> str:
        if match[2] is None:
            return match[0]
        slash, name = match[1], match[2].lower()
        if name == "option" or self._is_root_again(name, match[1]):
            return ""
        if name in _CLOSED_BY_OTHERS or match[3].endswith("/"):
            return self._short(match)
        return self._close(name, match[0]) if slash else self._open(name, match)

    def _is_root_again(self, name: str, slash: str) -> bool:
        if slash or name not in ("html", "body"):
            return False
        self.roots += 1
        return self.roots > _MOST_ROOTS

    def _open(self, name: str, match: re.Match[str]) -> str:
        is_formatting = name in _FORMATTING
        if self.formatting >= MAX_FORMATTING if is_formatting else self.depth >= MAX_DEPTH:
            self.dropped[name] += 1
            return ""
        self._count(name, 1)
        return self._short(match)

    def _close(self, name: str, tag: str) -> str:
        if self.dropped[name]:
            self.dropped[name] -= 1
            return ""
        if not self.open[name]:
            return ""
        self._count(name, -1)
        return tag

    def _count(self, name: str, step: int) -> None:
        self.open[name] += step
        if name in _FORMATTING:
            self.formatting += step
        else:
            self.depth += step

    def _short(self, match: re.Match[str]) -> str:
        """The tag; without its attributes where there are far too many of them."""
        count = len(_ATTRIBUTES.findall(match[3]))
        self.attributes += count
        if count > MAX_ATTRIBUTES or self.attributes > MAX_ALL_ATTRIBUTES:
            return f"<{match[1]}{match[2]}>"
        return match[0]


def _end(html: str) -> int | None:
    """Where the first tag too many begins."""
    starts = islice(_START.finditer(html), MAX_TAGS, None)
    return next((match.start() for match in starts), None)
