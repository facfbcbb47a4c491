"""Whether two addresses show the same picture in different sizes."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_MOST = 2_000
_ENDING = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp|svg|ashx|jfif)$")
_SIZES = re.compile(
    r"(?:^|[-_.,@~])(?:\d{2,4}x\d{0,4}|x\d{2,4}|[wh]_?\d{2,4}|q_?\d{1,3}|[1-4]x|\d{2,4}[wp]|scaled"
    r"|[a-z]?\d{2,4}x\d{2,4}[a-z\d]{0,20}|(?:small|medium|large|thumb(?:nail)?|original|full|orig)"
    r"|\d{1,2}[-_x:]\d{1,2}|v\d)(?=$|[-_.,@~])"
)
"""A part of a file name that tells a size, a quality or a ratio of sides."""
_SIZED_FOLDER = re.compile(
    r"(?:\d{1,4}[x:]\d{1,4}|[whcqsr][_=]?\d{1,4}|\d{2,4}|.*[a-z]_\d{2,4}.*|.*\d{2,4}x\d{2,4}.*"
    r"|small|medium|large|thumb(?:nail)?s?|original|full|resize[d]?|crop(?:ped)?|format|width|height|size)"
)
_PLAIN = frozenset(("image", "photo", "picture", "default", "index", "main", "file", "download"))
_SHORTEST = 6


def key(address: str) -> str:
    """What stays the same in all sizes of one picture: its file name without the size.

    Where the name tells a size alone, the folders that do not tell one; else the address.
    """
    try:
        parts = urlsplit(_inner(address[:_MOST]))
    except ValueError:
        return address
    folders, _, last = unquote(parts.path).lower().rstrip("/").rpartition("/")
    name = _ENDING.sub("", _ENDING.sub("", last))
    name = _SIZES.sub("", _SIZES.sub("", name)).strip("-_.,@~")
    if len(name) >= _SHORTEST and name not in _PLAIN:
        return name
    if name.isdecimal() and _SIZED_FOLDER.fullmatch(folders.rpartition("/")[2]):
        name = ""
    kept = [one for one in folders.split("/") if one and not _SIZED_FOLDER.fullmatch(one)]
    return "/".join([parts.netloc, *kept, name]) if kept or name else address


_PROXIED = re.compile(r"[?&](?:url|src|u|image|img)=((?:https?|%2F|/)[^&#]+)", re.IGNORECASE)


def _inner(address: str) -> str:
    """The address that a service for resizing is asked for; else the address itself."""
    match = _PROXIED.search(address)
    return unquote(match[1]) if match else address


_MEASURES = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=\.\w{1,5}$)")


def larger(one: str, other: str) -> str:
    """`other` where it is the same file in a larger size, as its name says; else `one`."""
    name, named = (_MEASURES.sub("", urlsplit(url).path.rsplit("/", 1)[-1]) for url in (one, other))
    return other if name == named and _area(other) > _area(one) else one


def _area(address: str) -> int:
    match = _MEASURES.search(address.split("?", 1)[0])
    return int(match[1]) * int(match[2]) if match else 0
