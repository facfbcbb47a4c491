"""Pictures of an article: each once, at its place, with what is said beside it; the lead first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from newskeep import url as addresses
from newskeep.extraction import backgrounds, decor, figures, galleries, same, srcset
from newskeep.extraction.captions import Words, apart, mark
from newskeep.extraction.dom import Node, drop
from newskeep.types import Image

_MAX_PICTURES = 2_000
_WORDS = re.compile(
    r"(?:^|[\s_-])(?:emoji|wp-smiley|smiley|latex|tex|mathtex|mwe-math-fallback-image-inline)(?:$|\s)"
)
_OPENING = 2
"""Sentences among which a picture stands at the head of the article."""


def resolve(root: Node, base: str) -> None:
    """Turn every `img`, `picture` and `noscript` twin below `root` into one plain `img`.

    Afterwards an `img` has an absolute `src`, `alt`, and `width` and `height` where
    they are numbers; those that show nothing to a reader are gone.
    """
    order = root.walk()
    noscripts = [node for node in order if node.tag == "noscript"]
    if noscripts:
        _take_twins(noscripts)
        order = root.walk()
    unseen: list[Node] = []
    shown: list[Node] = []
    for node in order:
        if node.tag == "picture":
            srcset.flatten(node)
        if node.tag == "img" and _stands_for_words(node):
            node.tag, node.attrs, node.children = "span", {}, [node.get("alt")]
        elif node.tag == "img":
            is_shown = len(shown) < _MAX_PICTURES and _settle(node, base)
            (shown if is_shown else unseen).append(node)
        elif (behind := backgrounds.of(node)) is not None and _settle(behind, base):
            node.children.append(behind)
            shown.append(behind)
    drop(unseen)
    galleries.flatten(shown, base)
    figures.mark_captions(order)


def _stands_for_words(img: Node) -> bool:
    """Whether it draws a sign or a formula that its `alt` writes."""
    return bool(img.get("alt")) and bool(_WORDS.search(img.get("class")[:200].lower()))


def _take_twins(noscripts: list[Node]) -> None:
    """A `noscript` that holds a picture stands for the lazy one beside it."""
    places = {
        child: at
        for p in {n.parent for n in noscripts if n.parent is not None}
        for at, child in enumerate(p.children)
        if isinstance(child, Node)
    }
    settled: list[Node] = []
    for noscript in noscripts:
        twins = noscript.find("img")
        parent = noscript.parent
        if parent is None or not twins:
            settled.append(noscript)
            continue
        lazy = _lazy_neighbour(parent, places[noscript])
        if lazy is not None:
            lazy.attrs = twins[0].attrs
            settled.append(noscript)
        else:
            noscript.tag, noscript.attrs, noscript.children = "img", twins[0].attrs, []
    drop(settled)


def _lazy_neighbour(parent: Node, at: int) -> Node | None:
    """The picture before (else after) position `at`, with nothing but space between."""
    for step in (-1, 1):
        here = at + step
        while 0 <= here < len(parent.children):
            child = parent.children[here]
            if isinstance(child, Node):
                pictures = [child] if child.tag == "img" else child.find("img")
                if len(pictures) == 1 and not child.text():
                    return pictures[0]
                break
            if child.strip():
                break
            here += step
    return None


def _settle(img: Node, base: str) -> bool:
    """Leave only what shows; False for a picture that shows nothing."""
    source = "" if decor.is_pixel(img) else addresses.absolute(base, srcset.best(img))
    if not source or decor.counts(source) or len(source) > srcset.MAX_ADDRESS:
        return False
    if decor.is_decor(img, source):
        return False
    sizes = {side: str(size) for side, size in decor.sides(img).items()}
    img.attrs = {"src": source, "alt": " ".join(img.get("alt").split()), **sizes}
    return True


def collect(root: Node, lead: str, said: Mapping[str, Words]) -> tuple[Image, ...]:
    """The pictures of a clean body in their order, each once; `lead` is the lead picture's address.

    `said` is what stood beside the pictures before the page was cleaned. Those that stood
    among the sentences of the body, or right above them, are of the article as well.
    A lead picture that is none of them comes first.
    """
    sentences = [known for text in root.strings() if (known := mark(text))]
    shown = _shown(root, said)
    for source in _own(said, frozenset(sentences)):
        shown.setdefault(source, _image(source, said[source]))
    places = {source: at for at, source in enumerate(said)}
    pictures = _once(sorted(shown.values(), key=lambda image: places.get(image.url, -1)))
    first = _at_lead(pictures, lead) or _at_head(pictures, said, frozenset(sentences[:_OPENING]))
    if first is not None:
        held = first.url in {img.get("src") for img in root.find("img")}
        marked = replace(first, lead=True, url=first.url if held else same.larger(first.url, lead))
        return tuple(marked if one is first else one for one in pictures)
    return _named_lead(lead, said) + tuple(pictures)


def _shown(root: Node, said: Mapping[str, Words]) -> dict[str, Image]:
    """The pictures of the body itself."""
    found: dict[str, Image] = {}
    for block in root.elements():
        inside = block.walk()
        pictures = [node for node in inside if node.tag == "img"]
        captions = (node.text() for node in inside[1:] if node.tag == "figcaption")
        caption = next(captions, "") if pictures else ""
        for img in pictures:
            source = img.get("src")
            words = said.get(source, Words())._replace(alt=img.get("alt"), caption=caption)
            found.setdefault(source, _image(source, words, img))
    return found


def _own(said: Mapping[str, Words], sentences: frozenset[str]) -> list[str]:
    """The pictures whose place in the page is before a sentence of the body."""
    return [
        source for source, words in said.items() if words.own and sentences & {*words.following}
    ]


def _image(source: str, words: Words, img: Node | None = None) -> Image:
    caption, credit = apart(words.caption, words.credit)
    sizes = decor.sides(img) if img is not None else {}
    return Image(
        url=source,
        alt=words.alt,
        caption=caption,
        credit=credit,
        width=sizes.get("width"),
        height=sizes.get("height"),
    )


def _once(found: list[Image]) -> list[Image]:
    """The first of each picture, whatever the sizes it comes in."""
    kept: dict[str, Image] = {}
    for image in found:
        kept.setdefault(same.key(image.url), image)
    return list(kept.values())


def _at_lead(found: list[Image], lead: str) -> Image | None:
    """The picture that the document names as its lead."""
    wanted = same.key(lead) if lead else ""
    return next((one for one in found if wanted and same.key(one.url) == wanted), None)


def _at_head(
    found: list[Image], said: Mapping[str, Words], opening: frozenset[str]
) -> Image | None:
    """The first picture, where it stands above the text."""
    first = next(iter(found), None)
    return first if first and opening & {*said.get(first.url, Words()).following} else None


def _named_lead(lead: str, said: Mapping[str, Words]) -> tuple[Image, ...]:
    """The lead picture that the document names, with the words of its twin of another size."""
    if not lead or decor.is_share_picture(lead):
        return ()
    wanted = same.key(lead)
    words = next((words for source, words in said.items() if same.key(source) == wanted), Words())
    return (replace(_image(lead, words), lead=True),)
