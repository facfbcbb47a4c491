"""Galleries: slides, thumbnails and data for scripts, as one figure after another."""

from __future__ import annotations

import json
import re
from typing import Any

from newskeep import url as addresses
from newskeep.extraction import same
from newskeep.extraction.decor import anchor_around
from newskeep.extraction.dom import Node
from newskeep.extraction.rules import is_rubbish

_NAMES = re.compile(
    r"(?:^|[\s_-])(?:gallery|galleries|galerie|galleria|slideshow|slide-?show|carousel|swiper"
    r"|diashow|fotostrecke|bildergalerie|fotogalerie|photo-?set|filmstrip)(?:$|[\s_-])"
)
_HOLDERS = frozenset(["div", "section", "ul", "ol", "figure", "dl"])
_DATA = (
    "data-gallery", "data-images", "data-slides", "data-photos", "data-pictures",
    "data-gallery-items", "data-gallery-images", "data-slideshow", "data-items",
)  # fmt: skip
_ADDRESSES = ("src", "url", "image", "full", "large", "original", "href", "img")
_SAID = ("caption", "description", "title", "alt")
_UNSAID = frozenset(["button", "nav", "a", "h2", "h3", "h4", "h5"])
_COUNTER = re.compile(r"[\d\s/|.–—:-]*|\d+\s\w{2,5}\s\d+")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)
_NEAR = 8
"""Elements around a picture among which its gallery is looked for."""
_MOST_DATA = 200_000
_MOST_PICTURES = 200
_MOST_TEXT = 600
"""Characters said of each picture; more is no gallery."""


def flatten(pictures: list[Node], base: str) -> None:
    """Turn the galleries around `pictures`, resolved, into their figures.

    Each picture stands once, with the words behind it, and after them those that the
    gallery keeps as JSON for a script. What leads to other pages, or holds long text, is
    left as it is, whatever its name.
    """
    for gallery in _around(pictures):
        figures = [] if is_rubbish(gallery) else _of(gallery, base)
        if figures:
            gallery.tag, gallery.attrs, gallery.kind = "div", {}, None
            gallery.children = list(figures)
            for figure in figures:
                figure.parent = gallery


def _around(pictures: list[Node]) -> list[Node]:
    """The outermost element near each picture that is named a gallery, each once."""
    found: dict[Node, None] = {}
    seen: set[Node] = set()
    for picture in pictures:
        path: list[Node] = []
        above = picture.parent
        while above is not None and above not in seen and len(path) < _NEAR:
            path.append(above)
            above = above.parent
        seen.update(path)
        named = (node for node in reversed(path) if _is_named(node))
        gallery = next(named, None)
        if gallery is not None:
            found[gallery] = None
    return list(found)


def _is_named(node: Node) -> bool:
    names = f"{node.get('class')} {node.get('id')}"[:300].lower()
    return node.tag in _HOLDERS and len(names) > 1 and bool(_NAMES.search(names))


def _data(gallery: Node, base: str) -> list[Node]:
    """The figures that an element keeps as JSON."""
    value = next((v for name in _DATA if (v := gallery.get(name))[:1] in ("[", "{") and v), "")
    if not value or len(value) > _MOST_DATA:
        return []
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return []
    items = next((v for v in data.values() if isinstance(v, list)), []) if _is_map(data) else data
    made = (_figure(item, base) for item in items[:_MOST_PICTURES] if _is_map(item))
    return [figure for figure in made if figure is not None]


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _figure(item: dict[str, Any], base: str) -> Node | None:
    values = (item.get(name) for name in _ADDRESSES)
    given = next((v for v in values if isinstance(v, str) and _PICTURE.search(v)), "")
    address = addresses.absolute(base, given)
    words = next((v for n in _SAID if isinstance(v := item.get(n), str) and "<" not in v), "")
    return _made(Node("img", {"src": address, "alt": ""}), words) if address else None


def _made(img: Node, words: str) -> Node:
    figure = Node("figure", None, [img])
    img.parent = figure
    if words.strip():
        caption = Node("figcaption", None, [words])
        caption.parent = figure
        figure.children.append(caption)
    return figure


def _of(gallery: Node, base: str) -> list[Node]:
    """The figures of a gallery; none where it is something else."""
    slides: dict[str, tuple[Node, list[str]]] = {}
    last: list[str] = []
    stack: list[Node | str] = [gallery]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            last.append(item)
        elif item.tag == "img":
            if _leads_on(item):
                return []
            last = slides.setdefault(same.key(item.get("src")), (item, []))[1]
        elif item.tag not in _UNSAID or item.find("img"):
            stack.extend(reversed(item.children))
    words = [_said(parts) for _, parts in slides.values()]
    data = [one for one in _data(gallery, base) if _key(one) not in slides]
    if len(slides) + len(data) < 2 or any(len(text) > _MOST_TEXT for text in words):
        return []
    shown = [_made(img, text) for (img, _), text in zip(slides.values(), words, strict=True)]
    return shown + data


def _key(figure: Node) -> str:
    return same.key(next(figure.elements()).get("src"))


def _said(parts: list[str]) -> str:
    lines = (" ".join(part.split()) for part in parts)
    return " ".join(dict.fromkeys(line for line in lines if not _COUNTER.fullmatch(line)))


def _leads_on(img: Node) -> bool:
    anchor = anchor_around(img)
    link = anchor.get("href") if anchor is not None else ""
    return bool(link) and not link.startswith("#") and not _PICTURE.search(link)
