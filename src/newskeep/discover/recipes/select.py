"""Finding things in a document by selectors.

A selector is CSS, as lexbor reads it, or `xpath:` and an XPath 1.0 expression, as libxml2
reads it. `::attr(name)` behind CSS gives an attribute's value in place of the element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from newskeep.extraction import dom
from newskeep.text import squash, strip_control

LONGEST = 500
"""Characters of a selector."""

XPATH = "xpath:"
MOST_FOUND = 3000
"""Elements that one selector may give; those behind them are let be."""

MOST_TAGS = 12_000
"""Tags of a document that selectors are put to; what stands behind them is let be.

Some selectors (`:nth-child`, `following-sibling::`) take a time that grows with the square
of the elements, half a second for these. Of 1,068 news pages the largest had 9,770.
"""

_MOST_CHARS = 4 << 20
_ATTRIBUTE = re.compile(r"(.*?)::attr\(([\w:.-]{1,60})\)", re.DOTALL)
_VALUES = ("datetime", "content")
"""Attributes of `time` and `meta` that say what the element is there to say."""

_PROBE = LexborHTMLParser("<p></p>")


class Found(NamedTuple):
    """One thing found: what it says, and (for an element) its HTML."""

    text: str
    html: str


def check(selector: str, *, xpath: bool) -> None:
    """Raises ValueError, with the remedy, where this is no selector; `xpath`: XPath may be used."""
    if len(selector) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters; name a nearer class or id")
    if not selector.startswith(XPATH):
        path, _ = _split(selector)
        try:
            _PROBE.css(path)
        except SelectolaxError:
            raise ValueError(
                f"{path!r} is no CSS selector; try it in a browser's inspector"
            ) from None
    elif not xpath:
        raise ValueError("XPath can be used below [article] alone; write CSS")
    else:
        _check_xpath(selector.removeprefix(XPATH))


def _check_xpath(path: str) -> None:
    try:
        etree.XPath(path, regexp=False)(etree.Element("p"))
    except etree.XPathError as error:
        raise ValueError(f"{path!r} is no XPath 1.0 expression: {error}") from None


class Document:
    """A page that selectors are put to. Parses it once for each language it is asked in."""

    def __init__(self, html: str, url: str) -> None:
        self._html = _bounded(html)
        self._url = url
        self._page: LexborHTMLParser | None = None
        self._tree: etree._Element | None = None

    @property
    def page(self) -> LexborHTMLParser:
        """As lexbor parses it."""
        self._page = self._page or dom.parse(self._html)
        return self._page

    @property
    def base(self) -> str:
        """Against what its addresses are meant (HTML §4.2.3)."""
        return dom.base_of(self.page, self._url)

    def first(self, selectors: Iterable[str]) -> list[Found]:
        """All that the first selector which finds anything finds."""
        found = (self.all(selector) for selector in selectors)
        return next((things for things in found if things), [])

    def all(self, selector: str) -> list[Found]:
        """All that a selector finds and that says something, in document order."""
        if selector.startswith(XPATH):
            things = [_from_xpath(thing) for thing in self._evaluated(selector)]
        else:
            path, attribute = _split(selector)
            things = [found(node, attribute) for node in self.page.css(path)[:MOST_FOUND]]
        return [one for one in things if _says_something(one)]

    def without(self, selectors: Iterable[str]) -> Document:
        """The document without the elements that these selectors find."""
        left = self
        css = [one for one in selectors if not one.startswith(XPATH)]
        xpath = [one for one in selectors if one.startswith(XPATH)]
        if css:
            left = left._without_css(css)
        return left._without_xpath(xpath) if xpath else left

    def _without_css(self, selectors: list[str]) -> Document:
        page = dom.parse(self._html)
        nodes = [node for one in selectors for node in page.css(_split(one)[0])[:MOST_FOUND]]
        distinct = {node.mem_id: node for node in nodes}
        outer = [node for node in distinct.values() if not _is_below(node, distinct)]
        for node in outer:
            node.decompose()
        return Document(page.html or "", self._url)

    def _without_xpath(self, selectors: list[str]) -> Document:
        for selector in selectors:
            for thing in self._evaluated(selector):
                if isinstance(thing, etree._Element):
                    _remove(thing)
        tree = self._parsed()
        return Document(_written(tree), self._url) if tree is not None else self

    def _evaluated(self, selector: str) -> list[object]:
        tree = self._parsed()
        if tree is None:
            return []
        try:
            result = _xpath(selector.removeprefix(XPATH))(tree)
        except etree.XPathError:  # such as one that nests deeper than libxml2 follows
            return []
        return list(result[:MOST_FOUND]) if isinstance(result, list) else [result]

    def _parsed(self) -> etree._Element | None:
        """As libxml2 parses it; None where it holds no element."""
        if self._tree is None:
            data = strip_control(self._html).encode("utf-8", "replace")
            parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
            self._tree = etree.fromstring(data or b"<p></p>", parser)
        return self._tree


def _bounded(html: str) -> str:
    pieces = html[:_MOST_CHARS].split("<", MOST_TAGS + 1)
    return "<".join(pieces[: MOST_TAGS + 1])


def found(node: LexborNode, attribute: str = "") -> Found:
    """What a node is there to say."""
    if attribute:
        value = node.attributes.get(attribute) or ""
        return Found(squash(strip_control(value)), "")
    values = (node.attributes.get(name) for name in _VALUES)
    text = next((value for value in values if value), None)
    said = node.text(separator=_gap(node)) if text is None else text
    return Found(squash(strip_control(said)), node.html or "")


def nodes(scope: LexborHTMLParser | LexborNode, selectors: Iterable[str]) -> list[LexborNode]:
    """All elements that the first CSS selector which finds any finds inside a scope."""
    lists = (scope.css(_split(selector)[0])[:MOST_FOUND] for selector in selectors)
    return next((found for found in lists if found), [])


def within(node: LexborNode, selectors: Iterable[str]) -> list[Found]:
    """All that the first selector which finds anything finds inside a node."""
    for selector in selectors:
        path, attribute = _split(selector)
        things = [found(one, attribute) for one in node.css(path)[:MOST_FOUND]]
        things = [one for one in things if _says_something(one)]
        if things:
            return things
    return []


def _says_something(one: Found) -> bool:
    return bool(one.text) or "<img" in one.html


def _gap(node: LexborNode) -> str:
    """Between the strings of an element that holds blocks, so that they do not run together."""
    return " " if any(one.tag in dom.BLOCKS for one in node.iter()) else ""


@lru_cache(maxsize=4096)
def _split(selector: str) -> tuple[str, str]:
    match = _ATTRIBUTE.fullmatch(selector)
    if match is None:
        return selector, ""
    is_any = not match[1] or match[1][-1].isspace()
    return match[1] + ("*" if is_any else ""), match[2]


@lru_cache(maxsize=4096)
def _xpath(path: str) -> etree.XPath:
    return etree.XPath(path, regexp=False)


def _is_below(node: LexborNode, others: dict[int, LexborNode]) -> bool:
    """Whether it goes with one of the others; taking it out twice would be an error."""
    above = node.parent
    while above is not None:
        if above.mem_id in others:
            return True
        above = above.parent
    return False


def _from_xpath(thing: object) -> Found:
    if isinstance(thing, etree._Element):
        values = (thing.get(name) for name in _VALUES)
        text = next((value for value in values if value), None)
        said = "".join(map(str, thing.itertext())) if text is None else text
        return Found(squash(said), _written(thing))
    said = squash(str(thing)) if isinstance(thing, str) else ""
    return Found(said, escape(said))


def _written(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def _remove(element: etree._Element) -> None:
    """Take an element out (but for the root), and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
