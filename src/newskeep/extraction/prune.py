"""Take out what a reader did not come for, before the rest is tidied."""

from __future__ import annotations

import re

from newskeep.extraction import embeds
from newskeep.extraction.blocks import Survey, survey
from newskeep.extraction.dom import HEADINGS, Node, drop
from newskeep.extraction.entries import is_entry
from newskeep.extraction.rules import SHOPS, WALL_PICTURES, is_body, is_furniture, is_rubbish
from newskeep.extraction.titles import bare

_RUBBISH_SHARE = 0.6
_SUSPECT_SHARE = 0.3
_SMALL_SHARE = 0.02
"""What holds more of the text than this is not taken out for its name alone."""
_TOP = 6
"""Blocks among which a repeated title is looked for."""
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?\s*,?\s*[01](?:px)?\b"
    r"|(?:margin-)?(?:left|top)\s*:\s*-\d{4,5}(?:px)?\b)"
)
_NO_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*0(?:px|r?em|pt|%)?\s*(?:;|!|$)")
_CLEAR = re.compile(r"(?:^|;)\s*opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)")
_OUT_OF_FLOW = re.compile(
    r"(?:^|;)\s*(?:position\s*:\s*(?:absolute|fixed)|pointer-events\s*:\s*none|height\s*:\s*0)"
)
_NOTES = re.compile(
    r"(?:^|[\s_-])(?:corrections?|errat(?:um|a)|clarifications?|footnotes?|endnotes?)(?:$|[\s_-])"
)
"""Names of what an article adds to itself, wherever its page puts it."""
_ENTRYS = re.compile(r"(?:^|[\s_-])(?:time|timestamp|date|byline|header)(?:$|[\s_-])")
"""Names of what an entry of a live blog says of itself."""
_ENTRY_DEPTH = 5
_PAGE_TAGS = frozenset(["nav", "footer", "aside", "form", "button", "dialog"])
_PICTURES = frozenset(["img", "picture", "figure", *embeds.TAGS])
_MAX_NAMES = 300
_FRAGMENT_TAGS = frozenset(["nav", "form", "button", "dialog"])
_GROUPS = frozenset((
    "div", "section", "ul", "ol", "dl", "table", "tbody", "tr", "td", "article", "p", "menu",
    "center",
))  # fmt: skip


def prune(root: Node, seen: Survey | None = None, *, whole: bool) -> None:
    """Take rubbish out of `root`; `whole` also what surrounds an article in a page.

    `seen` is the survey of the page around `root`, where there is one already.
    """
    drop(to_drop(root, seen, whole=whole))


def to_drop(root: Node, seen: Survey | None = None, *, whole: bool) -> list[Node]:
    """The topmost elements below `root` that `prune` takes out."""
    judge = _Judge(root, seen, whole=whole)
    drops = _drops(root, judge)
    if drops and sum(map(judge.share, drops)) > _RUBBISH_SHARE:
        # Named as comments or the like, and yet all there is to read: a round of letters.
        drops = [node for node in drops if judge.share(node) < _SMALL_SHARE]
    return drops


def _drops(root: Node, judge: _Judge) -> list[Node]:
    """The topmost elements that have to go."""
    drops: list[Node] = []
    stack = list(root.elements())
    while stack:
        node = stack.pop()
        if judge.drops(node):
            drops.append(node)
        else:
            stack.extend(node.elements())
    return drops


class _Judge:
    """Decides for one element by its names, its place and its share of the text."""

    def __init__(self, root: Node, seen: Survey | None, *, whole: bool) -> None:
        self.root = root
        self.known = seen
        self.whole = whole

    @property
    def seen(self) -> Survey:
        if self.known is None:
            self.known = survey(self.root)
        return self.known

    def share(self, node: Node) -> float:
        """How much of the good text stands in an element, from 0 to 1."""
        return self.seen[node].good / max(self.seen[self.root].good, 1.0)

    def drops(self, node: Node) -> bool:
        return self._speaks_against(node) and not is_embed(node)

    def _speaks_against(self, node: Node) -> bool:
        if (is_rubbish(node) or is_hidden(node)) and self.share(node) < _RUBBISH_SHARE:
            return True
        if node.tag in _FRAGMENT_TAGS or is_banner(node) or (self.whole and self._is_around(node)):
            return self.share(node) < _SUSPECT_SHARE
        return False

    def _is_around(self, node: Node) -> bool:
        if node.tag == "footer" and node.parent is not None and node.parent.tag == "blockquote":
            return False  # who is quoted
        if _is_note(node) or _is_of_entry(node):
            return False
        if node.tag in _PAGE_TAGS or (is_furniture(node) and not is_body(node)):
            return True
        return _is_link_list(node, self.seen)


def _is_link_list(node: Node, seen: Survey) -> bool:
    stat = seen[node]
    if node.tag not in _GROUPS or not stat.length or stat.in_link:
        return False
    density = stat.linked / stat.length
    if node.tag == "p":
        return density > 0.9 and stat.length > 20
    return density > 0.5 and stat.good < 200


def is_embed(node: Node) -> bool:
    """A film or sound, or a post of a network, as they are embedded."""
    return node.tag in embeds.TAGS or embeds.is_post(node)


def _is_note(node: Node) -> bool:
    names = f"{node.get('class')} {node.get('id')} {node.get('role')}" if node.attrs else ""
    return bool(_NOTES.search(names[:_MAX_NAMES].lower()))


def _is_of_entry(node: Node) -> bool:
    """Whether it is the time, the author or the headline of one entry of a live blog."""
    if node.tag != "time" and not _ENTRYS.search(node.get("class")[:_MAX_NAMES].lower()):
        return False
    above = node.parent
    for _ in range(_ENTRY_DEPTH):
        if above is None or is_entry(above):
            break
        above = above.parent
    else:
        return False
    return above is not None


def is_hidden(node: Node) -> bool:
    """Hidden by attribute or by its own style."""
    if "hidden" in node.attrs and node.get("hidden") != "until-found":
        return True
    style = node.get("style")[:1000].lower()
    if style and (_HIDDEN_STYLE.search(style) or _is_unreadable(node, style)):
        return True
    return node.get("aria-hidden").lower() == "true" and node.tag not in (
        "img",
        "figure",
        "picture",
    )


def _is_unreadable(node: Node, style: str) -> bool:
    """Text without size, or clear and out of the flow: no picture that fades in, no bare frame."""
    if _NO_SIZE.search(style):
        return not any(_shows(one) for one in node.walk() if one is not node)
    if not _CLEAR.search(style) or not _OUT_OF_FLOW.search(style):
        return False
    return node.tag not in _PICTURES and not node.find(*_PICTURES)


def _shows(node: Node) -> bool:
    return node.tag in _PICTURES or "font-size" in node.get("style").lower()


def is_banner(node: Node) -> bool:
    """A picture that leads to a subscription, or of a wall."""
    if node.tag == "a":
        href = node.get("href").lower()
        return any(door in href for door in SHOPS) and bool(node.find("img", "picture"))
    return node.tag == "img" and is_wall_picture(node)


def is_wall_picture(img: Node) -> bool:
    """Whether the name of the picture's file, or what is asked of it, speaks of a paywall."""
    names = " ".join(_file(img.get(name)) for name in ("src", "data-src"))
    return any(word in names for word in WALL_PICTURES)


def _file(address: str) -> str:
    path, question, query = address.partition("?")
    return f"{path.rpartition('/')[2]}{question}{query}".lower()


def drop_titles(blocks: list[Node], title: str) -> list[Node]:
    """Without what only repeats the title at the top, where anything else is left to read."""
    wanted = bare(title)
    if not wanted:
        return blocks
    for at, block in enumerate(blocks[:_TOP]):
        if block.tag in (*HEADINGS, "p") and bare(block.text()) == wanted:
            rest = blocks[:at] + blocks[at + 1 :]
            return drop_titles(rest, title) if any(one.text() for one in rest) else blocks
    return blocks
