"""Which address shows a picture: lazy attributes, sets of sizes, and what stands in for them."""

from __future__ import annotations

import re

from newskeep.extraction.dom import Node
from newskeep.extraction.rules import LAZY, LAZY_SETS, PLACEHOLDERS

MAX_ADDRESS = 4_000
"""Characters of a picture's address."""
_SET_ENTRY = re.compile(r"([^\s,]\S*[^\s,])(?:\s+([\d.]{1,12})([wx]))?(?:\s+\d{1,6}h)?\s*(?:,|$)")
_SIZED = re.compile(r"\s[\d.]{1,12}[wx](?:\s+\d{1,6}h)?\s*(?:,|$)")
_SHOWN = ("data-src", "data-lazy-src")
"""What a lazy loader shows, which need not be the largest there is."""
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|svg|bmp)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"[\w.-]+[/?][^\s{}<>:]+")


def best(img: Node) -> str:
    """The best address an `img` gives: lazy attribute, largest of a set, `src`."""
    given = img.attrs
    lazy = next((name for name in LAZY if name in given and _is_picture(img.get(name))), "")
    waiting = [img.get(name) for name in LAZY_SETS if name in given and name != "srcset"]
    largest_waiting = next((largest(one) for one in waiting if _SIZED.search(one)), "")
    if lazy in _SHOWN and largest_waiting and not is_placeholder(largest_waiting):
        return largest_waiting
    if lazy:
        return img.get(lazy)
    for name in LAZY_SETS:
        value = largest(img.get(name)) if img.get(name) else ""
        if value and not is_placeholder(value):
            return value
    source = img.get("src")
    return _unnamed(img) if not source or is_placeholder(source) else source


def flatten(picture: Node) -> None:
    """Put the `img` of a `picture` in its place, with the best set of its sources.

    A source that shows nothing (empty, a placeholder, cut off) counts for nothing.
    """
    sources = sorted(picture.find("source"), key=lambda s: "max-width" in s.get("media"))
    sets = [value for s in sources if _shows(value := s.get("srcset") or s.get("data-srcset"))]
    sized = [value for value in sets if _SIZED.search(value)]
    img = next(iter(picture.find("img")), Node("img"))
    if not best(img):
        img.attrs["srcset"] = next(iter([*sized, *sets]), "")
    elif sized and not any(img.get(name) for name in (*LAZY, *LAZY_SETS) if name not in _SHOWN):
        img.attrs = {**img.attrs, **dict.fromkeys(_SHOWN, ""), "srcset": sized[0]}
    picture.tag, picture.attrs, picture.children = "img", img.attrs, []


def _shows(srcset: str) -> bool:
    address = largest(srcset)
    return bool(address) and not is_placeholder(address) and _looks_like_address(address)


def _unnamed(img: Node) -> str:
    """What a lazy loader shows in place of a placeholder, though its name tells no picture."""
    values = (img.get(name) for name in _SHOWN)
    return next((one for one in values if _UNNAMED.fullmatch(one) and not is_placeholder(one)), "")


def _is_picture(value: str) -> bool:
    return bool(value) and not is_placeholder(value) and _looks_like_picture(value)


def _looks_like_picture(value: str) -> bool:
    if any(space in value for space in " \n\t{}<>"):
        return False
    return value.startswith(("http:", "https:", "/")) or bool(_PICTURE_NAME.search(value))


def _looks_like_address(value: str) -> bool:
    return not any(sign in value for sign in "{}<>") and value not in ("#", "null", "undefined")


def is_placeholder(value: str) -> bool:
    """Whether an address shows what waits for a picture, not the picture."""
    lowered = value[:MAX_ADDRESS].lower()
    name = lowered.split("?")[0].rsplit("/", 1)[-1]
    return lowered.startswith(("data:", "about:", "blob:")) or any(
        word in (lowered if "/" in word else name) for word in PLACEHOLDERS
    )


def largest(srcset: str) -> str:
    """The widest (or densest) candidate of a `srcset` (HTML §4.8.4.2.1); the first of equals."""
    found, found_size = "", -1.0
    for match in _SET_ENTRY.finditer(srcset[: 8 * MAX_ADDRESS]):
        size = _to_float(match[2]) * (1000 if match[3] == "x" else 1)
        if size > found_size:
            found, found_size = match[1], size
    return found


def _to_float(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
