"""Bylines of a page: elements marked or named as the author's, and lines that read like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from newskeep.dates import months
from newskeep.extraction.dom import Node
from newskeep.extraction.outline import Outline
from newskeep.extraction.people import BY, BY_CJK, Trust, names_in
from newskeep.extraction.vicinity import Vicinity, is_short, lines

_AUTHOR_WORD = re.compile(
    r".*(?:by-?_?line|author|auteur|autore|autor(?=$|[^a-z])|writer|reporter|journalist|creator"
    r"|posted-?_?by|submitted(?:$|\s)|written-?_?by|poster$|verfasser|redakteur|yazar|muhabir|penulis|zuozhe"
    r"|forfatter|skribent|kirjoittaja|credit-name|contributor|p-author|firma(?=$|[^a-z]))(.*)"
)
_OF_NAME = re.compile(r"name|link|byline|text|label|title$|url|fn$")
_IS_NAME = re.compile(r"(?:^|\s)fn(?:$|\s)|(?:author|creator|byline|reporter|writer)[\w-]*name")
_NOT_OF_NAME = re.compile(
    r"bio|about|desc|image|img|avatar|photo|pic|box|comment|social|related|follow|date|time|list"
    r"|more|archive|recommend|nav|menu|count|position|role|job|mail|icon|twitter|thumb|wrap.*img"
    r"|content|card|posts|articles|section|grid|page|search|filter|topic|mini-?bio|title"
)
_IN_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:e[ns]|es|in)?|auteurs?|autori|autorzy|writers?|contributors?|staff"
    r"|profiles?|team|reporters?|journalists?|journaliste|redakteur|users?|by|columnists?"
    r"|firmas?|yazar(?:lar)?|penulis|opinion-writers)/([^?#]+)"
)
_NOBODYS_ADDRESS = re.compile(
    r"^(?:mailto:|tel:|#)|/(?:category|categories|tags?|section|topics?|themen?|ressort|kategorie"
    r"|rubrik|login|signin|sign-in|register|abo|subscribe|disclosure|policy|newsletter)s?(?:[/?#.-]|$)"
    r"|scholar\.google|pubmed|#comment|#respond"
)
_TAIL = re.compile(
    r"(?:^|\W)\d.*$|\s(?:in|unter|dans|under|filed|leave|ein kommentar|kommentare?|updated"
    r"|published|posted|veröffentlicht|aktualisiert|publié|publicado|datum|date)(?:[\s:].*)?$"
    r"|[\s(（【|]*(?:来源|來源|责任编辑|責任編輯|责编|编辑|編輯|时间|時間|校对|文字大小|字号|字號|评论|評論).*$",
    re.IGNORECASE,
)
"""What follows the names in a byline: a date, a section, a count of comments."""
_DATE_WORDS = frozenset((
    "on", "am", "le", "el", "em", "il", "at", "um", "last", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lundi",
    "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "",
))  # fmt: skip
_LINE = re.compile(
    rf"(?:^|[|·•–—/]\s?|\d\s)(?:(?:{BY})(?:\s*[:：]\s*|\s+)|(?:{BY_CJK})\s*[:：／/]\s*)(?=\S)(.*)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"(?:{BY}|{BY_CJK})\s*[:：]?", re.IGNORECASE)
_ANYTHING = re.compile(r"(.*)")
_LABELLED = re.compile(rf"(?:{BY})\s*[:：]", re.IGNORECASE)
_SAID_BY = re.compile(
    r"(?:^|[\s>|】）)(（【\[])(?:作者|撰文|記者|记者|文)\s?[:：／/]\s?"
    r"([^\s:：|，,。；;（(\[【\]】)）来來编編责責]{2,12})"
    r"|[（(【\[](?:本[报報刊网網]|特[约約])?(?:见习|实习|實習)?(?:记者|記者)\s?"
    r"([\u4e00-\u9fff·]{2,4}(?:[、\s][\u4e00-\u9fff·]{2,4}){0,4})[)）】\]]"
    r"|^[\u4e00-\u9fff]{0,10}(?:记者|記者)[：:\s]\s?"
    r"([\u4e00-\u9fff·]{2,4}(?:[、\s][\u4e00-\u9fff·]{2,4}){0,4})(?:\s?(?:报道|報道|報導))?$"
    r"|(?:^|[\s\]=])([가-힣]{2,4})\s?(?:선임)?(?:기자|특파원)(?=\s?(?:$|=|\(?[\w.]+@))"
)
_WRITTEN_BY = re.compile(
    r"(?:(?:article |story )?written by|words by|all (?:articles|posts) by"
    r"|(?:autor(?:in)?|author|text|words|texte|texto)\s?:"
    r"|автор(?: текста)?\s?:|escrito por|geschrieben von|écrit par)\s+(\S.*)",
    re.IGNORECASE,
)
_POSTED_BY = re.compile(
    r"(?:posted|published|submitted|gepostet|verfasst|geschrieben|publié|publicado|escrito|inviato)\b"
    r"(?: in [\w ,]{1,40}?)? (?:by|von|par|por|da)\s?:? (\S.{1,80}?)"
    r" (?:on|at|am|um|le|à|el|em|alle|il|[|@·•–—-])(?: .*)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r",? (?:is|was|has|writes|covers|works|ist|war|schreibt|arbeitet|est|écrit|es|é|è|jest)"
    r" .{40}"
)
_EDGES = ".,|·•–—-()"
_MAX_TEXT = 400
_MAX_CANDIDATES = 40
_CLIMB = 3
_NEAR = 120


def marked(page: Outline, near: Vicinity, sites: list[str]) -> tuple[str, ...]:
    """Microdata, hCard and `rel=author`."""
    nodes = [*page.properties.get("author", [])[:_MAX_CANDIDATES]]
    nodes += [a for a in page.tags.get("a", ()) if "author" in a.get("rel").lower().split()]
    nodes += [n for n, names in page.named if "vcard" in names and "author" in names]
    return _first(nodes, near, sites)


def named(page: Outline, near: Vicinity, sites: list[str]) -> tuple[str, ...]:
    """Elements whose class or id says that they hold a byline."""
    nodes = [node for node, names in page.named if _is_byline(names)]
    nodes += page.tags.get("byline", [])
    return _first(nodes, near, sites)


def linked(page: Outline, near: Vicinity, sites: list[str]) -> tuple[str, ...]:
    """Links near the headline to a page about a person whose name is in the address."""
    nodes = [a for a in page.tags.get("a", ()) if _leads_to_person(a)]
    return _first([node for node in nodes if near.distance(node) < _NEAR], near, sites)


def _leads_to_person(link: Node) -> bool:
    match = _IN_ADDRESS.search(link.get("href").lower()[:300])
    if not match:
        return False
    words = link.text()[:100].lower().split()
    return len(words) > 1 and any(word in match[1] for word in words if len(word) > 2)


def said(near: Vicinity, sites: list[str]) -> tuple[str, ...]:
    """“By …” on a line near the headline, the name after it or on the next line."""
    found = [*near.after, *near.before]
    for line, following in zip(found, [*found[1:], ""], strict=False):
        match = _LINE.search(line) if len(line) < 160 else None
        if not match and _LABEL.fullmatch(line) and len(following) < 80:
            line, match = f"{line}: {following}", _ANYTHING.match(following)
        if match:
            names = names_in([_undated(match[1])], sites, trust=Trust.SEEN)
            sure = len(names) > 1 or bool(_LABELLED.search(line)) or _is_full(names)
            if names and sure:
                return names
    return ()


def said_within(near: Vicinity, sites: list[str]) -> tuple[str, ...]:
    """“作者：…”, “（记者 …）”, “… 기자” or “Written by …” anywhere in the text."""
    for line in near.text:
        match = None if line.isascii() else _SAID_BY.search(line)
        match = match or (_WRITTEN_BY.fullmatch(line) if len(line) < 80 else None)
        if match:
            found = names_in([next(filter(None, match.groups()))], sites, trust=Trust.SEEN)
            if found:
                return found
    return ()


def posted(near: Vicinity) -> tuple[str, ...]:
    """“Posted by … on …”; the site's own name may be the author's."""
    matches = filter(None, map(_POSTED_BY.match, near.text))
    found = (names_in([_undated(match[1])], [], trust=Trust.MARKED) for match in matches)
    return next((names for names in found if names), ())


def _described(node: Node) -> str:
    """The name at the head of a box about its bearer: “Ann Lee / Ann Lee is a …”."""
    line, following, *_ = [*lines([node], _MAX_TEXT), "", ""]
    about = following.startswith(line) and _ABOUT.match(following[len(line) :])
    return line if about and " " in line else ""


def _is_full(names: Iterable[str]) -> bool:
    return any(" " in name or not name.isascii() for name in names)


@lru_cache(maxsize=20_000)
def _is_byline(names: str) -> bool:
    """Whether one of these classes is that of a byline."""
    return any(map(_is_byline_name, names.split()))


def _is_byline_name(name: str) -> bool:
    match = _AUTHOR_WORD.match(name)
    if not match:
        return False
    return bool(_OF_NAME.search(match[1])) or not _NOT_OF_NAME.search(match[1])


def _first(nodes: list[Node], near: Vicinity, sites: list[str]) -> tuple[str, ...]:
    """The names in the first of some elements, after the headline before those above it."""
    ranked = sorted(nodes[:200], key=near.rank)
    for node in ranked[:_MAX_CANDIDATES]:
        if near.is_of_others(node) or near.is_beside(node):
            continue
        found = _names(node, sites)
        if found:
            return tuple(dict.fromkeys([*found, *_beside(node, ranked, sites)]))
    return ()


def _beside(node: Node, others: list[Node], sites: list[str]) -> Iterator[str]:
    """The names of elements like this one in the same small part of the page."""
    around = _around(node)
    like = (other for other in others if _around(other) is around and _is_like(node, other))
    for other in list(like)[:10]:
        yield from _names(other, sites)


def _is_like(node: Node, other: Node) -> bool:
    return other.tag == node.tag and other.get("class") == node.get("class")


def _around(node: Node) -> Node:
    """The outermost of the nearest ancestors that holds little text."""
    for _ in range(_CLIMB):
        parent = node.parent
        if parent is None or not is_short(parent, _MAX_TEXT):
            break
        node = parent
    return node


def _names(node: Node, sites: list[str]) -> tuple[str, ...]:
    """The names in a byline: those of its links, else those of the first line that has any."""
    if node.get("content"):
        return names_in([node.get("content")], sites, trust=Trust.MARKED)
    if not is_short(node, _MAX_TEXT):
        return names_in([_described(node)], sites, trust=Trust.SEEN)
    for links in _inner(node):
        found = tuple(name for link in links[:20] for name in _first_line(link, sites))
        if found:
            return found
    return _first_line(node, sites)


def _first_line(node: Node, sites: list[str]) -> tuple[str, ...]:
    """The names in the first line of an element that has any."""
    said = (
        names_in([_undated(line)], sites, trust=Trust.MARKED) for line in lines([node], _MAX_TEXT)
    )
    return next((names for names in said if names), ())


def _inner(node: Node) -> Iterator[list[Node]]:
    """The parts of a byline that may hold just the names, the surest first."""
    below = node.walk()
    yield [
        n
        for n in below[1:]
        if n.get("itemprop").lower() == "name" or _IS_NAME.search(n.get("class").lower())
    ]
    links = [
        n
        for n in below
        if n.tag == "a" and not _NOBODYS_ADDRESS.search(n.get("href").lower()[:300])
    ]
    yield [link for link in links if _IN_ADDRESS.search(link.get("href").lower()[:300])]
    yield links


def _undated(line: str) -> str:
    """The line of a byline up to a date, a section or a count."""
    tail = _TAIL.search(line)
    words = (line[: tail.start()] if tail else line).split()
    is_dated = tail is not None and any(map(str.isdigit, tail[0][:2]))
    if is_dated and words and months.number(words[-1].strip(_EDGES)):
        words.pop()
    while words and words[-1].strip(_EDGES).casefold() in _DATE_WORDS:
        words.pop()
    return " ".join(words)
