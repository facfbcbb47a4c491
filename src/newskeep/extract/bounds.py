"""Markup that would make an HTML parser slow is made harmless before it is parsed.

Parsers keep a stack of open elements and walk it for every tag, so a page of a
hundred thousand open `<div>` takes minutes; and the adoption agency of the HTML
standard (§13.2.6.4.7) copies every open formatting element into each new block,
so a small page can grow a hundredfold. One linear pass over the tags drops the
openings past a limit, together with the closings that belong to them.
"""

from __future__ import annotations

import re
from collections import Counter

MAX_CHARS = 24_000_000
"""Characters of one document that are read; the rest is left out."""
MAX_DEPTH = 250
MAX_FORMATTING = 24
MAX_ATTRIBUTES = 4_000
"""Characters of attributes in one tag; no honest tag but an inlined picture has more."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]*)([^<>]*)>?")
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)
_CLOSED_BY_OTHERS = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "optgroup",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "caption",
        "body",
        "html",
        "head",
        "rt",
        "rp",
    ]
)


def tame(html: str) -> str:
    """The document itself, or one that parses in linear time if it nests too deep."""
    html = html[:MAX_CHARS]
    return _Tamer().run(html) if _is_wild(html) else html


def _is_wild(html: str) -> bool:
    depth = formatting = 0
    for slash, name, attributes in _TAG.findall(html):
        name = name.lower()
        step = -1 if slash else 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif name not in _CLOSED_BY_OTHERS and not attributes.endswith("/"):
            depth = max(0, depth + step)
        if depth > MAX_DEPTH or formatting > MAX_FORMATTING or len(attributes) > MAX_ATTRIBUTES:
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
        slash, name, attributes = match[1], match[2].lower(), match[3]
        if name in _CLOSED_BY_OTHERS or attributes.endswith("/"):
            return _short(match)
        if slash:
            return self._close(name, match[0])
        return self._open(name, match)

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
    return match[0] if len(match[3]) <= MAX_ATTRIBUTES else f"<{match[1]}{match[2]}>"
