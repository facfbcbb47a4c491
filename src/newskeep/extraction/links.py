"""Links of a page to the further pages of its article, or to one that has it whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newskeep.extraction import dom
from newskeep.extraction.rules import PAGES
from newskeep.text import squash
from newskeep.url import absolute, canonical, same_site

_MOST = 3000
_LONGEST = 60
_NEAR = 6
"""Elements around a link whose names say what it is part of."""
_EDGES = " \t\r\n\u00a0«»‹›<>→▶►▸|［］[]()（）【】…."


@dataclass(slots=True)
class Links:
    """Absolute addresses on the same site, by how they are marked; the first of a kind first.

    `named` says that it leads to the next page, `next` that something comes next, `numbered`
    which page it leads to, `whole` that it leads to the whole article. `canonical` is the
    page's own word for itself, `before` where `rel=prev` leads.
    """

    canonical: str = ""
    before: str = ""
    named: list[str] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    numbered: list[tuple[int, str]] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)


def links(html: str, url: str) -> Links:
    """The links of a page at `url`. Never raises."""
    found = Links()
    page = dom.parse(html)
    base = dom.base_of(page, url)
    _declared(page, url, base, found)
    for anchor in page.css("a[href]")[:_MOST]:
        _sort(anchor, url, base, found)
    return found


def _declared(page: LexborHTMLParser, url: str, base: str, found: Links) -> None:
    for node in page.css("link[rel][href]")[:_MOST]:
        rels = (node.attributes.get("rel") or "").lower().split()
        target = absolute(base, node.attributes.get("href") or "")
        if not same_site(url, target):
            continue
        if "canonical" in rels:
            found.canonical = found.canonical or target
        if "prev" in rels or "previous" in rels:
            found.before = found.before or target
        if "next" in rels:
            found.next.append(target)


def _sort(anchor: LexborNode, url: str, base: str, found: Links) -> None:
    """Put a link under what it is marked as."""
    rels = (anchor.attributes.get("rel") or "").lower().split()
    label = _label(anchor)
    number = PAGES["numbered"].fullmatch(label)
    is_named = PAGES["next_page"].fullmatch(label)
    is_whole = PAGES["whole"].fullmatch(label)
    is_next = "next" in rels or PAGES["next"].fullmatch(label)
    if not (number or is_named or is_next or is_whole):
        return
    target = absolute(base, anchor.attributes.get("href") or "")
    if not same_site(url, target) or canonical(target) == canonical(url) or _elsewhere(anchor):
        return
    if is_named:
        found.named.append(target)
    if is_next:
        found.next.append(target)
    if number:
        found.numbered.append((int(number[1]), target))
    if is_whole:
        found.whole.append(target)


def _label(anchor: LexborNode) -> str:
    """What a link says: its text, else that of its picture, else its own title."""
    said = _plain(anchor.text(deep=True))
    image = anchor.css_first("img[alt]") if not said else None
    if image is not None:
        said = _plain(image.attributes.get("alt") or "")
    names = ("aria-label", "title")
    return said or next((t for n in names if (t := _plain(anchor.attributes.get(n) or ""))), "")


def _plain(text: str) -> str:
    plain = squash(text[:1000]).strip(_EDGES)
    return plain if len(plain) <= _LONGEST else ""


def _elsewhere(anchor: LexborNode) -> bool:
    """Whether it turns the pages of comments or of a list of other articles."""
    if PAGES["elsewhere"].search(anchor.attributes.get("href") or ""):
        return True
    above = anchor.parent
    for _ in range(_NEAR):
        if above is None or above.tag == "body":
            break
        names = f"{above.attributes.get('class') or ''} {above.attributes.get('id') or ''}"
        if PAGES["elsewhere"].search(names):
            return True
        above = above.parent
    return False
