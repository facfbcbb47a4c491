"""What the readers of all feed formats share: elements by name, plain titles, people, times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from html import escape, unescape
from itertools import islice
from typing import NamedTuple

from lxml import etree

from newskeep import dates, text
from newskeep.types import Image, Problem, Stamp
from newskeep.url import absolute, canonical, origin, same_site

NAMESPACES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
MOST_ENTRIES = 5000
"""Entries that are read of one feed."""

OLDER = ("next", "prev-archive")
"""Link relations of RFC 5005 that lead to older entries."""

_LONGEST_NAME = 300
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HAS_BASE = etree.XPath("boolean(//@xml:base)")
_HAS_LANG = etree.XPath("boolean(//@xml:lang)")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.{0,500}?-->")
_SILENT = re.compile(r"<(script|style)\b[^<>]{0,500}>.{0,2000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|br|cite|em|font|i|img|mark|p|q|s|small|span|strong|sub|sup|u)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
"""What a title may hold on purpose; any other <word> may be its wording."""

_MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\((.+)\)")
_LINK = re.compile(r"""(\s(?:href|src|poster)\s*=\s*)(["'])([^"'<>]{1,4000})\2""", re.IGNORECASE)
_NAME_AND_MAIL = re.compile(r"(.+?)\s*(?:<\S+@\S+>|\(\S+@\S+\))")
_NO_NAME = re.compile(r"^(?:.*:)?[\W\d]*|[^\w.-]", re.ASCII)
"""What a repaired document may have in an element's name that no name may have."""


class Parts(NamedTuple):
    """An element's children by name, such as `title`, `dc:creator`, `media:group`."""

    element: etree._Element
    by_name: dict[str, list[etree._Element]]

    def first(self, *names: str) -> str:
        """The text of the first child of these names that has any."""
        for name in names:
            for child in self.by_name.get(name, ()):
                found = full_text(child)
                if found:
                    return found
        return ""

    def all(self, name: str) -> list[etree._Element]:
        """The children of this name."""
        return self.by_name.get(name, [])


class Document(NamedTuple):
    """A feed's document: its address, its language, when it was received.

    Whether any of its elements has an xml:base or xml:lang is asked once, for most have none.
    """

    url: str
    lang: str
    received: datetime
    has_base: bool = True
    has_lang: bool = True

    @classmethod
    def of(cls, root: etree._Element, url: str, received: datetime) -> Document:
        """The document that an element belongs to."""
        return cls(url, "", received, bool(_HAS_BASE(root)), bool(_HAS_LANG(root)))


def parts(element: etree._Element, *, own: str = "") -> Parts:
    """The element's children, by their qualified names in lower case.

    `own` is the usual prefix of the format's own names, which is left out.
    """
    by_name: dict[str, list[etree._Element]] = {}
    for child in element.iterchildren(etree.Element):
        name = name_of(child).removeprefix(own)
        if name in by_name:
            by_name[name].append(child)
        else:
            by_name[name] = [child]
    return Parts(element, by_name)


def first_entries(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """As many as are read, and one more, which shows that there are more."""
    return islice(elements, MOST_ENTRIES + 1)


def name_of(element: etree._Element) -> str:
    """`prefix:local`, the prefix that is usual for its namespace; RSS's own elements have none.

    An unknown namespace keeps the document's prefix: it may be a usual one, mistyped.
    """
    return _qualified(element.tag, element.prefix)


@lru_cache(maxsize=1024)  # a feed has a dozen names, in every entry the same
def _qualified(tag: str, given: str | None) -> str:
    space, _, local = tag.rpartition("}")
    known = NAMESPACES.get(space[1:].lower())
    prefix = (given or "").lower() if known is None else known
    local = local.lower()
    return f"{prefix}:{local}" if prefix else local


def full_text(element: etree._Element) -> str:
    """All text inside an element, stripped."""
    if not len(element):
        return (element.text or "").strip()
    return "".join(map(str, element.itertext())).strip()


def markup(element: etree._Element) -> str:
    """What an element holds as HTML: its escaped text, or its XHTML children written out."""
    if not len(element):
        return (element.text or "").strip()
    inner = deepcopy(element)
    for one in inner.iter(etree.Element):
        one.tag = _NO_NAME.sub("", one.tag.rpartition("}")[2]) or "span"
    etree.cleanup_namespaces(inner)
    written = (etree.tostring(child, encoding="unicode", method="html") for child in inner)
    return (_escaped(inner.text or "") + "".join(written)).strip()


def body(element: etree._Element, document: Document) -> str:
    """`markup` with its addresses made absolute where an xml:base says against what."""
    html = markup(element)
    if not document.has_base or not any(_XML_BASE in one.attrib for one in _upwards(element)):
        return html
    base = escape(base_of(element, document))
    return _LINK.sub(lambda match: _based(match, base), html)


def _based(match: re.Match[str], base: str) -> str:
    before, quote, reference = match[1], match[2], match[3]
    return f"{before}{quote}{absolute(base, reference) or reference}{quote}"


def plain(html: str) -> str:
    """A title without markup, entities undone (also where they were escaped twice)."""
    once = unescape(_TAG.sub("", _SILENT.sub("", html))) if "<" in html else unescape(html)
    if "<" in once:
        once = _INLINE.sub("", once)
    return text.squash(text.strip_control(unescape(once) if "&" in once and ";" in once else once))


def base_of(element: etree._Element, document: Document) -> str:
    """The base for addresses inside an element: xml:base of its ancestors and it.

    The outermost xml:base is relative to the document's address.
    """
    base = document.url
    if document.has_base:
        for one in reversed(_upwards(element)):
            base = absolute(base, one.get(_XML_BASE, "")) or base
    return base


def lang_of(element: etree._Element, document: Document) -> str:
    """xml:lang of the element or its nearest ancestor."""
    if not document.has_lang:
        return ""
    chain = (one.get(_XML_LANG, "") for one in _upwards(element))
    return next((lang for lang in chain if lang), "")


def _upwards(element: etree._Element) -> list[etree._Element]:
    return [element, *element.iterancestors()]


def person(name: str) -> str:
    """A person's name out of `mail (Name)`, `Name <mail>` or a bare name; no bare mail address."""
    name = plain(name)[:_LONGEST_NAME]
    if "@" not in name:
        return name
    for pattern in (_MAIL_AND_NAME, _NAME_AND_MAIL):
        match = pattern.fullmatch(name)
        if match:
            return match[1].strip()
    return "" if re.fullmatch(r"\S+@\S+", name) else name


def people(names: Iterator[str]) -> tuple[str, ...]:
    """Names without blanks and repetitions."""
    return tuple(dict.fromkeys(name for name in map(person, names) if name))


def time(
    given: str, *, url: str, lang: str, received: datetime
) -> tuple[Stamp | None, tuple[Problem, ...]]:
    """A time as given, and what is odd about it."""
    if not given:
        return None, ()
    stamp = dates.parse(given, lang=lang)
    if stamp is None:
        return None, (_odd(url, "date-unreadable", given, received),)
    kept, oddity = dates.clamp(stamp, received=received)
    return kept, (_odd(url, oddity, given, received),) if oddity else ()


def dateless(
    stamp: Stamp | None, odd: tuple[Problem, ...], url: str, at: datetime
) -> Iterator[Problem]:
    """The Problem of an entry that gives no date at all."""
    if stamp is None and not odd:
        message = "the feed gives no date; the article is dated by when it was first seen"
        yield Problem(url=url, stage="discover", kind="date-missing", message=message, at=at)


def _odd(url: str, kind: str, given: str, at: datetime) -> Problem:
    shown = text.squash(text.strip_control(given))[:60]
    said = {
        "date-unreadable": "cannot be read",
        "date-future": "lies in the future",
        "date-ancient": "lies before the web",
    }[kind]
    message = f"the feed's date {shown!r} {said}; the article is dated by when it was first seen"
    return Problem(url=url, stage="discover", kind=kind, message=message, at=at)


def aliases(url: str, *others: str) -> tuple[str, ...]:
    """Further addresses of an entry on its own site, such as a guid that is one.

    Many sites number their entries behind a # of one address, or name the home page in
    each: taken as aliases, those would make one story of all entries.
    """
    further = [other for other in others if other and other != url]
    if not further:
        return ()
    kept = {canonical(url): ""}
    for other in further:
        name = canonical(other)
        if same_site(url, other) and "#" not in other and name != _home(name):
            kept.setdefault(name, other)
    return tuple(other for other in kept.values() if other)


def _home(url: str) -> str:
    return f"{origin(url)}/"


def picture(element: etree._Element, document: Document) -> Image | None:
    """The picture that a media:content, media:thumbnail, enclosure or Atom link names."""
    named = element.get("url") or element.get("href") or ""
    address = absolute(base_of(element, document), named)
    kind = element.get("type", "") or element.get("medium", "")
    is_thumbnail = name_of(element) == "media:thumbnail"
    is_picture = (
        kind.startswith("image") or is_thumbnail or (not kind and _looks_like_picture(address))
    )
    if not address or not is_picture:
        return None
    return Image(
        url=address, width=_number(element.get("width")), height=_number(element.get("height"))
    )


def pictures(elements: Iterable[etree._Element], document: Document) -> tuple[Image, ...]:
    """The pictures among these elements, each once."""
    found = (picture(element, document) for element in elements)
    return tuple({image.url: image for image in found if image}.values())


def _looks_like_picture(address: str) -> bool:
    return bool(re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", address, re.IGNORECASE))


def _number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"\d{1,5}", value) else None


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
