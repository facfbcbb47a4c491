"""White space, folded as a reader sees it.

Runs of white space become one space (CSS Text 3, §4.1.1), none at the edges of a
paragraph or beside a line break. A run that holds a newline comes from the source's
line breaking, not from its author: between two characters of scripts written without
spaces it vanishes (§4.1.3: both East Asian wide, neither Hangul; or one of them wide
and the other punctuation of ambiguous width, such as “ ” or …). Spaces that stand in
the text without a newline are the author's and stay.
"""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width, name

from newskeep.extract.dom import Node

_RUN = re.compile(r"[ \t\n\r\f\v\xa0]+")
EDGE = " \t\n\r\f\v\xa0\u2002\u2003\u3000\u200b\ufeff\u2028\u2029\x85"
"""What is cut from the edges of a paragraph: spaces of every width."""


def fold(nodes: list[Node | str]) -> list[Node | str]:
    """Fold the white space of one paragraph's inline content, across its elements."""
    folder = _Folder()
    result = folder.run(nodes)
    return _trim(result)


class _Folder:
    """Walks the text of a paragraph with what came before in mind.

    A pending space is written at the end of the string it stood in, once the next
    visible character is known.
    """

    def __init__(self) -> None:
        self.last = ""
        self.pending = ""
        self.spot: tuple[list[Node | str], int] | None = None

    def run(self, nodes: list[Node | str]) -> list[Node | str]:
        out: list[Node | str] = []
        for item in nodes:
            if isinstance(item, str):
                self._text(item, out)
            elif item.tag == "br":
                self._reset()
                out.append(item)
            elif item.tag == "img":
                self._visible("\ufffc")
                self.last = "\ufffc"
                out.append(item)
            else:
                item.children = self.run(item.children)
                out.append(item)
        return out

    def _reset(self) -> None:
        self.last, self.pending, self.spot = "", "", None

    def _text(self, text: str, out: list[Node | str]) -> None:
        pieces = _RUN.split(text)
        runs = _RUN.findall(text)
        out.append("")
        here = len(out) - 1
        for number, piece in enumerate(pieces):
            if number:
                self._space(runs[number - 1], out, here)
            if piece:
                self._visible(piece[0])
                out[here] = f"{out[here]}{piece}"
                self.last = piece[-1]

    def _space(self, run: str, out: list[Node | str], here: int) -> None:
        if not self.last:
            return
        if not self.pending:
            self.spot = (out, here)
        self.pending += run

    def _visible(self, following: str) -> None:
        """Decide what the pending white space becomes, now that both sides are known."""
        if self.pending and self.spot:
            out, here = self.spot
            out[here] = f"{out[here]}{_space_between(self.last, self.pending, following)}"
        self.pending, self.spot = "", None


def _space_between(before: str, run: str, after: str) -> str:
    if run == "\xa0":
        return run
    if ("\n" in run or "\r" in run) and _joins(before, after):
        return ""
    return " "


def _joins(before: str, after: str) -> bool:
    wide_before, wide_after = _is_wide(before), _is_wide(after)
    if wide_before and wide_after:
        return True
    return (wide_before and _is_vague(after)) or (wide_after and _is_vague(before))


def _is_wide(ch: str) -> bool:
    return east_asian_width(ch) in "WFH" and not name(ch, "").startswith("HANGUL")


def _is_vague(ch: str) -> bool:
    return east_asian_width(ch) == "A" and category(ch)[0] in "PS"


def _trim(nodes: list[Node | str]) -> list[Node | str]:
    """Cut spaces and line breaks at both edges, and elements that hold nothing."""
    nodes = [item for item in nodes if _holds(item)]
    while nodes and _trim_edge(nodes, 0):
        pass
    while nodes and _trim_edge(nodes, -1):
        pass
    return nodes


def _trim_edge(nodes: list[Node | str], at: int) -> bool:
    """Trim one edge; True while the item there was used up and the next is to be tried."""
    item = nodes[at]
    if isinstance(item, str):
        nodes[at] = item.lstrip(EDGE) if at == 0 else item.rstrip(EDGE)
        gone = not nodes[at]
    elif item.tag in ("img", "br"):
        gone = item.tag == "br"
    else:
        while item.children and _trim_edge(item.children, at):
            pass
        gone = not item.children
    if gone:
        del nodes[at]
    return gone


def _holds(item: Node | str) -> bool:
    if isinstance(item, str):
        return bool(item)
    if item.tag in ("img", "br"):
        return True
    item.children = [child for child in item.children if _holds(child)]
    return bool(item.children)
