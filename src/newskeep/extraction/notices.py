"""Notices: what a page says to its reader, apart from its articles.

A notice is a short block that can be seen and stands outside navigation, footers, comments and
quotations. What is said in the running text of an article is none, whatever its words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from newskeep.extraction.dom import BLOCKS, Node
from newskeep.extraction.outline import Outline
from newskeep.extraction.rules import ACCESS
from newskeep.extraction.visible import TALL, is_aside, is_unseen, pops, tail_of, text_of

_MOST_TEXT = 9_000
"""Letters in paragraphs from which a page is read for its named notices alone."""
_PARAGRAPH = 90
_LONGEST, _WALL = 400, 400
"""Letters of a notice's own block, and of the box around it that is a wall."""
_LINKED, _LABEL = 0.8, 0.6
"""Shares of a block: linked text of a teaser, and words that are more than its label."""
_CALL = 30
"""Letters of a link that calls to do something, and is no headline."""
_FEW_NODES, _FEW_LINKS = 200, 8
"""Elements and links of a bare page at most."""
_ANSWERED = 300
"""Letters of a box that a link alone makes one; other links stand in whole articles."""
_QUOTES = ("“", "”", "„", "«", "»", '"', "'", "‘", "「", "『", "《")
_LEVELS = 4
_MOST, _MOST_CUES = 60, 400
"""Notices of a page that are looked at, and texts that may be part of one."""


def pattern(*names: str) -> re.Pattern[str]:
    """What any of these rules finds, in every script."""
    return re.compile("|".join(f"{ACCESS[name]}|{ACCESS[f'{name}_wide']}" for name in names))


_END = r"\s*(?:[→»>›)）。\]】]|\.{3}|…)*\s*$"
_MORE = re.compile(rf"(?<!\w)(?:{ACCESS['continues']}){_END}", re.IGNORECASE)
_MORE_WIDE = re.compile(rf"(?:{ACCESS['continues_wide']}){_END}|(?:{ACCESS['cut_marks']})\s*$")
_KINDS = ("goal", "only", "left", "meter", "age", "consent", "bot", "missing")
_CUES = frozenset(re.split(r"[|\s]+", ACCESS["cues"]))
_CUE = 5
_CUES_WIDE = re.compile(ACCESS["cues_wide"])
_NOTICE = re.compile(rf"(?<!\w)(?=\w)(?:{'|'.join(ACCESS[kind] for kind in _KINDS)})")
_NOTICE_WIDE = re.compile("|".join(ACCESS[f"{kind}_wide"] for kind in _KINDS))
_STARTS = re.compile(rf"(?<!\w)\w{{1,{_CUE}}}")
_DOORS, _ONLY, _ASKS = re.compile(ACCESS["doors"]), pattern("only"), pattern("sign", "pay", "goal")
_NAMES = {
    kind: re.compile(rf"(?<![a-z0-9])(?:{ACCESS[f'{kind}_names']})")
    for kind in ("wall", "age", "consent", "bot")
}
_ANY_NAME = re.compile(
    rf"(?<![a-z0-9])(?=[a-z])(?:{'|'.join(ACCESS[f'{kind}_names'] for kind in _NAMES)})"
)
_BOT_FRAME = re.compile(ACCESS["bot_frames"])


@dataclass(frozen=True, slots=True)
class Box:
    """A notice's block, or one around it: its text in lower case, and whether a door leads on."""

    text: str
    door: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A block with its boxes, the smallest first.

    `kind` is what its names say, if anything. `around` is the text of the smallest box in which
    something can be clicked; `answers` tells whether a link stands in it, `buttons` whether a
    button does. `pops` where it is part of a window that scripts open, and readers close.
    """

    boxes: tuple[Box, ...]
    kind: str = ""
    tag: str = ""
    around: str = ""
    answers: bool = False
    buttons: bool = False
    pops: bool = False


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices of a page, its first headings, and a frame that checks for machines.

    `before_more` are the texts that a link to the rest of the article stands behind. `bare` is
    all the text of a page that has hardly any, but a button.
    """

    found: tuple[Notice, ...] = ()
    headings: tuple[str, ...] = ()
    before_more: tuple[str, ...] = ()
    bare: str = ""
    bot_frame: bool = False


def more(text: str) -> re.Match[str] | None:
    """The last words of a text that goes on elsewhere: “continue reading”, “阅读全文”, “[…]”."""
    return _MORE.search(text) or _MORE_WIDE.search(text)


def notices(page: Outline) -> Notices:
    """Collect what a page says to its reader, before anything is taken out of the tree."""
    named = list(islice(_named(page), _MOST))
    cued = list(_cued(page))
    found = [_notice(node, text) for node, text in cued if _is_notice(node, text)]
    before = (_before(node) for node, text in cued if _is_more(node, text))
    return Notices(
        (*named, *found[:_MOST]),
        tuple(node.text()[:_LONGEST].lower() for node in page.all("h1", "h2")[:3]),
        tuple(text for text in islice(before, _MOST) if text),
        _bare(page),
        any(_BOT_FRAME.search(node.get("src")[:300].lower()) for node in page.all("iframe")),
    )


def _bare(page: Outline) -> str:
    if len(page.order) > _FEW_NODES or len(page.all("a")) > _FEW_LINKS or not page.all("button"):
        return ""
    return " ".join(page.order[0].text()[:_MOST_TEXT].lower().split())


def _cued(page: Outline) -> Iterator[tuple[Node, str]]:
    """The visible short blocks of a page without much text that hold a word of a notice."""
    strings: list[tuple[Node, str]] = []
    for node in page.order:
        for child in node.children:
            if child.__class__ is str and len(child) > 2 and not child.isspace():
                strings.append((node, child))
    if sum(len(text) for _, text in strings if len(text) > _PARAGRAPH) > _MOST_TEXT:
        return
    known: dict[Node, bool] = {}
    cued = (node for node, text in strings if len(text) <= _LONGEST and _has_cue(text.lower()))
    for node in dict.fromkeys(map(_block, islice(cued, _MOST_CUES))):
        if not is_aside(node, known) and text_of(node) is not None:
            text = _own(node)
            if 2 < len(text) <= _LONGEST:
                yield node, text


def _has_cue(text: str) -> bool:
    if not _CUES.isdisjoint(_STARTS.findall(text)):
        return True
    return not text.isascii() and bool(_CUES_WIDE.search(text))


def _block(node: Node) -> Node:
    while node.tag not in BLOCKS and node.parent is not None:
        node = node.parent
    return node


def _own(node: Node) -> str:
    """What stands in a block itself, and in no block inside it, in lower case."""
    said = [
        child if isinstance(child, str) else child.text()
        for child in node.children
        if isinstance(child, str) or child.tag not in BLOCKS
    ]
    return " ".join(" ".join(said).split()).lower()


def _is_notice(node: Node, text: str) -> bool:
    """Whether a block speaks, and is no link to another article or to the rest of one."""
    if text.startswith(_QUOTES):
        return False
    if not _NOTICE.search(text) and (text.isascii() or not _NOTICE_WIDE.search(text)):
        return False
    last = more(text)
    if last and last.start() < 3 and (node.tag == "a" or node.find("a")):
        return False
    linked = sum(len(link.text()) for link in (node, *node.find("a")) if link.tag == "a")
    if linked < _LINKED * len(text):
        return True
    label = _ONLY.search(text)
    return not label or len(label[0]) >= _LABEL * len(text)


def _is_more(node: Node, text: str) -> bool:
    """Whether a block ends with a link to the rest of the article."""
    return len(text) < _PARAGRAPH and bool(node.find("a")) and bool(more(text))


def _before(node: Node) -> str:
    """The end of the text that stands before a block."""
    for _ in range(_LEVELS):
        if node.parent is None:
            break
        beside = node.parent.children
        for child in reversed(beside[: beside.index(node)]):
            if text := tail_of(child):
                return text
        node = node.parent
    return ""


def _notice(node: Node, said: str) -> Notice:
    around = _answered(node)
    return Notice(
        _boxes(node, said),
        tag=node.tag,
        around=text_of(around) or said,
        answers=bool(around.find("a")),
        buttons=bool(around.find("button", "form")),
        pops=pops(node),
    )


def _answered(node: Node) -> Node:
    """The smallest box around a block in which something can be clicked; else the block."""
    around: Node | None = node
    for _ in range(_LEVELS):
        text = text_of(around) if around is not None else None
        if around is None or text is None:
            break
        if around.find("button", "form") or (len(text) <= _ANSWERED and around.find("a")):
            return around
        around = around.parent
    return node


def _boxes(node: Node, said: str) -> tuple[Box, ...]:
    """The block of this text, and what stands around it as far as that is a notice still."""
    boxes = [Box(said, node.tag not in TALL and _has_door(node))]
    around = node.parent
    for _ in range(_LEVELS):
        text = text_of(around) if around is not None and around.tag not in TALL else None
        if around is None or text is None or len(text) > _WALL or around.find("h1"):
            break
        boxes.append(Box(text, _has_door(around)))
        around = around.parent
    return tuple(boxes)


def _has_door(node: Node) -> bool:
    """Whether a button stands in it, or a link to where a reader joins or signs in."""
    return any(
        one.tag != "a" or _is_door(one)
        for one in (node, *node.find("a", "button", "form"))
        if one.tag in ("a", "button", "form")
    )


def _is_door(link: Node) -> bool:
    if _DOORS.search(link.get("href")[:200].lower()):
        return True
    said = link.text()[:200].lower()
    return (len(said) <= _CALL or bool(_ASKS.search(said))) and not _ONLY.search(said)


def _named(page: Outline) -> Iterator[Notice]:
    """The visible blocks whose names say what they are; each box once, the outermost."""
    inside: set[Node] = set()
    for node, names in page.named:
        kind = _kind(names)
        if not kind or node.tag in TALL or node.parent in inside or is_unseen(node):
            continue
        text = text_of(node)
        if text or kind == "bot":
            inside.add(node)
            yield _named_notice(node, text or "", kind)


def _named_notice(node: Node, said: str, kind: str) -> Notice:
    answers, buttons = bool(node.find("a")), bool(node.find("button", "form"))
    box = Box(said, answers or buttons)
    return Notice((box,), kind, node.tag, said, answers, buttons, pops(node))


@lru_cache(maxsize=20_000)
def _kind(names: str) -> str:
    if not _ANY_NAME.search(names):
        return ""
    return next(kind for kind, names_of in _NAMES.items() if names_of.search(names))
