"""Pictures: the real one behind a lazy loader, the largest of a set, none that only counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from newskeep import url as addresses
from newskeep.extraction.captions import Words, apart
from newskeep.extraction.dom import Node, drop
from newskeep.extraction.rules import LAZY, LAZY_SETS, PIXELS, PLACEHOLDERS
from newskeep.types import Image

_PIXEL_SIZE = 3
"""A picture this small, in CSS pixels, is there to count readers."""
_NUMBER = re.compile(r"\s*(\d{1,5})(?:px)?\s*$")
_STYLE_SIZE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*([01])(?:px)?\s*(?:;|$)")
_SET_ENTRY = re.compile(r"([^\s,]\S*[^\s,])(?:\s+([\d.]{1,12})([wx]))?(?:\s+\d{1,6}h)?\s*(?:,|$)")
_SIZED = re.compile(r"\s[\d.]{1,12}[wx](?:\s+\d{1,6}h)?\s*(?:,|$)")
_SHOWN = ("data-src", "data-lazy-src")
"""What a lazy loader shows, which need not be the largest there is."""
_RATIOS = frozenset(["responsive", "fill", "flex-item"])
"""AMP layouts whose width and height say how the sides relate, not how long they are."""
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg|bmp)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"[\w.-]+[/?][^\s{}<>:]+")
_MAX_PICTURES = 2_000
_MAX_ADDRESS = 4_000


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
    shown = 0
    for node in order:
        if node.tag == "picture":
            _flatten_picture(node)
        if node.tag == "img":
            if shown < _MAX_PICTURES and _settle(node, base):
                shown += 1
            else:
                unseen.append(node)
    drop(unseen)


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


def _flatten_picture(picture: Node) -> None:
    """Put the `img` of a `picture` in its place, with a set of its sources if it has none."""
    sources = sorted(picture.find("source"), key=lambda s: "max-width" in s.get("media"))
    sets = [s.get("srcset") or s.get("data-srcset") for s in sources]
    sized = [value for value in sets if _SIZED.search(value)]
    img = next(iter(picture.find("img")), Node("img"))
    if not _from_attributes(img):
        img.attrs["srcset"] = next(filter(None, [*sized, *sets]), "")
    elif sized and not any(img.get(name) for name in (*LAZY, *LAZY_SETS) if name not in _SHOWN):
        img.attrs = {**img.attrs, **dict.fromkeys(_SHOWN, ""), "srcset": sized[0]}
    picture.tag, picture.attrs, picture.children = "img", img.attrs, []


def _settle(img: Node, base: str) -> bool:
    """Leave only what shows; False for a picture that shows nothing."""
    source = "" if is_pixel(img) else addresses.absolute(base, _from_attributes(img))
    if not source or _counts(source) or len(source) > _MAX_ADDRESS:
        return False
    plain = {"src": source, "alt": " ".join(img.get("alt").split())}
    for side in _sides(img):
        size = _NUMBER.match(img.get(side))
        if size:
            plain[side] = str(int(size[1]))
    img.attrs = plain
    return True


def _from_attributes(img: Node) -> str:
    """The best address an `img` gives: lazy attribute, largest of a set, `src`."""
    lazy = next((name for name in LAZY if _is_picture(img.get(name))), "")
    waiting = [img.get(name) for name in LAZY_SETS if name != "srcset"]
    largest_waiting = next((largest(one) for one in waiting if _SIZED.search(one)), "")
    if lazy in _SHOWN and largest_waiting and not _is_placeholder(largest_waiting):
        return largest_waiting
    if lazy:
        return img.get(lazy)
    for name in LAZY_SETS:
        value = largest(img.get(name)) if img.get(name) else ""
        if value and not _is_placeholder(value):
            return value
    source = img.get("src")
    return _unnamed(img) if not source or _is_placeholder(source) else source


def _unnamed(img: Node) -> str:
    """What a lazy loader shows in place of a placeholder, though its name tells no picture."""
    values = (img.get(name) for name in _SHOWN)
    return next((one for one in values if _UNNAMED.fullmatch(one) and not _is_placeholder(one)), "")


def _is_picture(value: str) -> bool:
    return bool(value) and not _is_placeholder(value) and _looks_like_picture(value)


def _looks_like_picture(value: str) -> bool:
    if any(space in value for space in " \n\t{}<>"):
        return False
    return value.startswith(("http:", "https:", "/")) or bool(_PICTURE_NAME.search(value))


def _is_placeholder(value: str) -> bool:
    lowered = value[:_MAX_ADDRESS].lower()
    name = lowered.split("?")[0].rsplit("/", 1)[-1]
    return lowered.startswith(("data:", "about:", "blob:")) or any(
        word in (lowered if "/" in word else name) for word in PLACEHOLDERS
    )


def largest(srcset: str) -> str:
    """The widest (or densest) candidate of a `srcset` (HTML §4.8.4.2.1); the first of equals."""
    best, best_size = "", -1.0
    for match in _SET_ENTRY.finditer(srcset[: 8 * _MAX_ADDRESS]):
        size = _to_float(match[2]) * (1000 if match[3] == "x" else 1)
        if size > best_size:
            best, best_size = match[1], size
    return best


def _to_float(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def is_pixel(img: Node) -> bool:
    """Whether its own measures say that it is too small to be seen."""
    for side in _sides(img):
        size = _NUMBER.match(img.get(side))
        if size and int(size[1]) <= _PIXEL_SIZE:
            return True
    return bool(_STYLE_SIZE.search(img.get("style")[:500]))


def _sides(img: Node) -> tuple[str, ...]:
    """The attributes that give its measures."""
    return () if img.get("layout").lower() in _RATIOS else ("width", "height")


def _counts(address: str) -> bool:
    lowered = address.lower()
    return any(part in lowered for part in PIXELS)


def collect(root: Node, lead: str, said: Mapping[str, Words]) -> tuple[Image, ...]:
    """The pictures of a clean body in their order, each once; `lead` is the lead picture's address.

    `said` is what stood beside the pictures before the page was cleaned. A lead picture
    that the body lacks comes first, with the words of its twin of another size.
    """
    found: dict[str, Image] = {}
    for block in root.elements():
        caption = next((node.text() for node in block.find("figcaption")), "")
        for img in [node for node in block.walk() if node.tag == "img"]:
            image = _image(img, caption, lead, said.get(img.get("src"), Words()))
            found.setdefault(image.url, image)
    if lead and not any(image.lead for image in found.values()):
        return _lead(lead, said), *found.values()
    return tuple(found.values())


def _image(img: Node, shown: str, lead: str, said: Words) -> Image:
    source = img.get("src")
    caption, credit = apart(shown, said.credit)
    return Image(
        url=source,
        alt=img.get("alt"),
        caption=caption,
        credit=credit,
        width=int(img.get("width")) if img.get("width") else None,
        height=int(img.get("height")) if img.get("height") else None,
        lead=bool(lead) and _stem(source) == _stem(lead),
    )


def _lead(address: str, said: Mapping[str, Words]) -> Image:
    stem = _stem(address)
    words = next((words for source, words in said.items() if _stem(source) == stem), Words())
    caption, credit = apart(words.caption, words.credit)
    return Image(url=address, alt=words.alt, caption=caption, credit=credit, lead=True)


_SIZE_SUFFIX = re.compile(r"(?:[-_]\d{2,4}x\d{2,4})+(?=\.\w+$)")


def _stem(address: str) -> str:
    """What stays the same in the sizes of one picture: its file name without the size."""
    name = urlsplit(address).path.rsplit("/", 1)[-1]
    return _SIZE_SUFFIX.sub("", name).lower() or address
