"""What is said beside a picture: its caption, and whom it credits, told apart."""

from __future__ import annotations

import re
from typing import NamedTuple

from newskeep.extraction.dom import Node
from newskeep.extraction.rules import CAPTIONS

_NAMES = re.compile(CAPTIONS["names"], re.IGNORECASE)
_CREDIT = re.compile(
    rf"(?:(?:^|[\s(（\[【.。,，])(?:{CAPTIONS['before']})\s*\w.{{0,80}}"
    rf"|[(（](?:{CAPTIONS['bracketed']})[)）]\.?)$",
    re.IGNORECASE,
)
_AROUND = re.compile(rf"^(?:{CAPTIONS['before']})\s*|\s?(?:摄影?|攝影?)$", re.IGNORECASE)
_PLACES = ("span", "div", "p", "cite", "small", "em", "i", "a")
_EDGE = " :：;；,，|/–—-"
_OPENING = ("(", "（", "[", "【")
_BRACKETS = "()（）[]【】."
_MOST = 120
"""Characters of a credit."""


class Words(NamedTuple):
    """What stands beside one picture, as it stands there; `credit` only where markup names it."""

    alt: str = ""
    caption: str = ""
    credit: str = ""


def beside(root: Node) -> dict[str, Words]:
    """The words beside each picture that stands in a figure, by its (resolved) address."""
    found: dict[str, Words] = {}
    for figure in _innermost([node for node in root.walk() if node.tag == "figure"]):
        caption = " ".join(node.text() for node in figure.find("figcaption"))
        credit = _marked(figure)
        for img in figure.find("img"):
            found.setdefault(img.get("src"), Words(img.get("alt"), caption, credit))
    return found


def _innermost(figures: list[Node]) -> list[Node]:
    """Those that hold no other, so that no part of a page is read twice."""
    outer: set[Node] = set()
    for figure in figures:
        above = figure.parent
        while above is not None and above not in outer:
            outer.add(above)
            above = above.parent
    return [figure for figure in figures if figure not in outer]


def _marked(figure: Node) -> str:
    """The text of an element of the figure that is named as its credit."""
    named = (
        node.text()
        for node in figure.find(*_PLACES)
        if _NAMES.search(f"{node.get('class')} {node.get('itemprop')}")
    )
    return next((text for text in named if 0 < len(text) <= _MOST), "")


def apart(caption: str, marked: str = "") -> tuple[str, str]:
    """The caption without its credit, and the credit without “Photo:” and brackets.

    `marked` is what markup says the credit is; without it the caption's end is looked at.
    """
    if marked:
        return caption.removesuffix(marked).rstrip(_EDGE), _bare(marked)
    match = _CREDIT.search(caption)
    if match is None:
        return caption, ""
    words = match[0].lstrip(" 。.,，")
    return caption[: -len(words)].rstrip(_EDGE), _bare(words)


def _bare(credit: str) -> str:
    if credit.startswith(_OPENING):
        credit = credit.strip(_BRACKETS)
    return _AROUND.sub("", credit).strip(_EDGE + ".")
