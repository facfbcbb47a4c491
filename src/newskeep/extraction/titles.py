"""The title of an article, without the name of its site."""

from __future__ import annotations

import re
from html import unescape

_SEPARATORS = re.compile(
    r"\s+[|\-–—·•»«:/~>]+\s+|\s*[|｜_︱┃丨»]+\s*|\s+[:：]{2}\s+|(?<=[^\x00-\x7f])\s*[-–—]+\s*(?=[^\x00-\x7f]|[A-Za-z]+\.[a-z]+$)"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_MIN = 4
"""Letters; a shorter heading is a label, unless its script is dense."""


def choose(tag: str, social: list[str], headlines: list[str], site_names: list[str]) -> str:
    """The title on which the evidence agrees best.

    `tag` is the `title` element, `social` what JSON-LD and `og:title` say, `headlines`
    the `h1` elements in order, `site_names` every name the site is known by.
    """
    tag, social, headlines = unescape(tag), list(map(unescape, social)), headlines[:8]
    said = [text for text in (tag, *social) if text]
    for headline in headlines:
        if _agrees(headline, said) and not _is_site(headline, site_names):
            return headline
    for text in social:
        plain = without_site(text, site_names, tag)
        if plain:
            return plain
    return without_site(tag, site_names, "") or next(iter(headlines), "")


def _agrees(headline: str, said: list[str]) -> bool:
    """Whether a heading is (most of) what the document calls itself."""
    letters = bare(headline)
    if len(letters) < _MIN and headline.isascii():
        return False
    return any(
        letters and letters in bare(text) and 3 * len(letters) > len(bare(text)) for text in said
    )


def without_site(title: str, site_names: list[str], other: str) -> str:
    """Cut the segments at either end that name the site or its section."""
    pieces = _pieces(title)
    while len(pieces) > 1 and _is_site(pieces[-1][1], site_names):
        pieces.pop()
    while len(pieces) > 1 and _is_site(pieces[0][1], site_names):
        pieces.pop(0)
        pieces[0] = ("", pieces[0][1])
    if not other and len(pieces) > 1 and not site_names:
        pieces = [max(pieces, key=lambda piece: len(piece[1]))]
        pieces[0] = ("", pieces[0][1])
    return "".join(before + text for before, text in pieces).strip()


def _pieces(title: str) -> list[tuple[str, str]]:
    """(separator before, text) of each segment."""
    pieces: list[tuple[str, str]] = []
    at, before = 0, ""
    for match in _SEPARATORS.finditer(title[:1000]):
        if title[at : match.start()].strip():
            pieces.append((before, title[at : match.start()]))
            before = match[0]
        at = match.end()
    if title[at:].strip():
        pieces.append((before, title[at:]))
    return pieces


def _is_site(text: str, names: list[str]) -> bool:
    letters = bare(text)
    if not letters:
        return True
    for name in map(bare, names):
        if name and (
            letters == name
            or (len(name) > 3 and letters in (f"{name}com", f"the{name}", f"www{name}"))
        ):
            return True
        if (
            len(name) > 2
            and len(letters) < 40
            and (name in letters or (len(letters) > 3 and letters in name))
        ):
            return True
    return False


def bare(text: str) -> str:
    """Only the letters and digits of a text, case folded: what titles are compared by."""
    return _NOT_LETTERS.sub("", text.casefold())
