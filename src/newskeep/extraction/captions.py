"""What is said beside a picture, and where in the page it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from newskeep.extraction import same
from newskeep.extraction.decor import anchor_around, sides
from newskeep.extraction.dom import HEADINGS, Node
from newskeep.extraction.rules import CAPTIONS, is_rubbish

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
_SENTENCE = 30
"""Characters from which a string is taken for a sentence of some text."""
_FOLLOWING = 5
_LEAST_SIDE = 200
_OTHERS = frozenset(["nav", "aside", "footer", "form"])
_WHOLE = frozenset(["article", "main", "body"])
_FRAMES = frozenset(["article", "main"])
_TEASERS = re.compile(CAPTIONS["teaser_names"])
_MOST_NAMES = 300
_PICTURE_LINK = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])|^#?$|^javascript:", re.I)


class Words(NamedTuple):
    """What stands beside one picture, as it stands there; `credit` only where markup names it.

    `following` marks the next sentences of the page behind it. `own` is False where it
    belongs to something else than the text around it: a teaser, a sidebar, a small sign.
    """

    alt: str = ""
    caption: str = ""
    credit: str = ""
    following: tuple[str, ...] = ()
    own: bool = False


def beside(root: Node) -> dict[str, Words]:
    """The words beside each picture below `root`, by its (resolved) address, in their order."""
    order = root.walk()
    said = _in_figures(order)
    places = _Places()
    behind: list[Node] = []
    ahead: list[tuple[str, Node]] = []
    found: list[tuple[str, Words]] = []
    for node in reversed(order):
        if node.tag == "img":
            ahead = [*_nearest(behind), *ahead][:_FOLLOWING]
            following = tuple(sentence for sentence, _ in ahead)
            caption, credit = said.get(node, ("", ""))
            own = places.is_own(node) and (
                places.is_framed(node) or not any(places.is_framed(one) for _, one in ahead)
            )
            words = Words(node.get("alt"), caption, credit, following, own)
            found.append((node.get("src"), words))
        elif node.tag != "figcaption":
            behind.append(node)
    return _first(found[::-1])


def _nearest(behind: list[Node]) -> list[tuple[str, Node]]:
    """The first sentences of the elements behind a picture, of which the last is the nearest.

    The rest is let go: no picture before this one is nearer to it.
    """
    found: list[tuple[str, Node]] = []
    while behind and len(found) < _FOLLOWING:
        node = behind.pop()
        found += [(sentence, node) for sentence in _sentences(node)]
    behind.clear()
    return found


def _first(found: list[tuple[str, Words]]) -> dict[str, Words]:
    """The first place of each picture where it is the article's own, else its first."""
    result: dict[str, Words] = {}
    for source, words in found:
        known = result.get(source)
        if known is None or (words.own and not known.own):
            result.pop(source, None)
            result[source] = words
    return result


def _sentences(node: Node) -> list[str]:
    return [m for child in node.children if isinstance(child, str) and (m := mark(child))]


def mark(text: str) -> str:
    """By what a sentence is known wherever it stands: its first letters; empty for a short one."""
    if len(text) < _SENTENCE:
        return ""
    letters = "".join(filter(str.isalnum, text.strip()[: 2 * _SENTENCE]))
    return letters[:_SENTENCE] if len(letters) >= _SENTENCE // 2 else ""


class _Places:
    """Tells pictures of the text from those of teasers, remembering what was seen above."""

    def __init__(self) -> None:
        self.elsewhere: dict[Node, bool] = {}
        self.framed: dict[Node, bool] = {}

    def is_framed(self, node: Node) -> bool:
        """Whether an `article` or `main` stands around it."""
        path: list[Node] = []
        above: Node | None = node
        while above is not None and above not in self.framed and above.tag not in _FRAMES:
            path.append(above)
            above = above.parent
        verdict = above is not None and (above.tag in _FRAMES or self.framed[above])
        self.framed.update(dict.fromkeys(path, verdict))
        return verdict

    def is_own(self, img: Node) -> bool:
        if any(size < _LEAST_SIDE for side, size in sides(img).items() if side == "width"):
            return False
        anchor = anchor_around(img)
        if anchor is not None and _leads_on(anchor, img):
            return False
        return img.parent is None or not self._is_elsewhere(img.parent)

    def _is_elsewhere(self, node: Node) -> bool:
        path: list[Node] = []
        above: Node | None = node
        while above is not None and above not in self.elsewhere:
            path.append(above)
            above = above.parent
        verdict = self.elsewhere[above] if above is not None else False
        for one in reversed(path):
            verdict = _starts_elsewhere(one) or (verdict and one.tag not in _WHOLE)
            self.elsewhere[one] = verdict
        return verdict


def _leads_on(anchor: Node, img: Node) -> bool:
    """Whether the link around a picture leads to another page, for which it stands."""
    link = anchor.get("href")
    return not _PICTURE_LINK.search(link) and same.key(link) != same.key(img.get("src"))


def _starts_elsewhere(node: Node) -> bool:
    if node.tag == "article":
        return bool(_is_inside_article(node) and node.find("a", *HEADINGS))
    if node.tag in _OTHERS or node.tag in _WHOLE:
        return node.tag in _OTHERS
    names = f"{node.get('class')} {node.get('id')}".lower()
    return is_rubbish(node) or bool(_TEASERS.search(names[:_MOST_NAMES]))


def _is_inside_article(node: Node) -> bool:
    above = node.parent
    while above is not None and above.tag != "article":
        above = above.parent
    return above is not None


def _in_figures(order: list[Node]) -> dict[Node, tuple[str, str]]:
    """Caption and credit of each picture that stands in a figure, or has a caption behind it."""
    found: dict[Node, tuple[str, str]] = {}
    for figure in _innermost([node for node in order if node.tag == "figure"]):
        caption = " ".join(node.text() for node in figure.find("figcaption"))
        credit = _marked(figure)
        found.update((img, (caption, credit)) for img in figure.find("img"))
    last: Node | None = None
    for node in order:
        if node.tag == "img":
            last = node
        elif node.tag == "figcaption" and last is not None:
            if not found.get(last, ("", ""))[0]:
                found[last] = (node.text(), _marked(node))
            last = None
        elif node.tag in HEADINGS:
            last = None
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
