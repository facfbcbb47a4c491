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

from newskeep.extraction.dom import Node

_SPACES = " \t\n\r\f\v\xa0"
_ODD_RUN = re.compile(r"[ \t\n\r\f\v\xa0]*[\t\n\r\f\v][ \t\n\r\f\v\xa0]*|[ \xa0]{2,}")
_OVERRIDES = "\u202d\u202e"
"""They turn the order of letters, so that text reads as what it is not; no language needs them."""
EDGE = " \t\n\r\f\v\xa0\u2002\u2003\u3000\u200b\ufeff\u2028\u2029\x85"
"""What is cut from the edges of a paragraph: spaces of every width."""
UNSEEN = EDGE + "\u00ad\u200c\u200d\u200e\u200f\u2060"
"""What a paragraph may hold and yet show nothing: also joiners and marks without a letter."""


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
        if not text.isascii():
            for override in _OVERRIDES:
                text = text.replace(override, "")
        core = text.strip(_SPACES)
        if not core:
            out.append("")
            self._space(text, out)
            return
        start = text.index(core[0])
        out.append("")
        if start:
            self._space(text[:start], out)
        self._visible(core[0])
        out[-1] = f"{out[-1]}{_ODD_RUN.sub(_inside, core)}"
        self.last = core[-1]
        if start + len(core) < len(text):
            self._space(text[start + len(core) :], out)

    def _space(self, run: str, out: list[Node | str]) -> None:
        """Remember white space that follows something visible, and where it stood."""
        if not self.last or not run:
            return
        if not self.pending:
            self.spot = (out, len(out) - 1)
        self.pending += run

    def _visible(self, following: str) -> None:
        """Decide what the pending white space becomes, now that both sides are known."""
        if self.pending and self.spot:
            out, here = self.spot
            out[here] = f"{out[here]}{_space_between(self.last, self.pending, following)}"
        self.pending, self.spot = "", None


def _inside(match: re.Match[str]) -> str:
    """A run between two visible characters of one string."""
    text = match.string
    return _space_between(text[match.start() - 1], match[0], text[match.end()])


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
    return _trim_end(_trim_start([item for item in nodes if _holds(item)]))


def _trim_start(nodes: list[Node | str]) -> list[Node | str]:
    for at, item in enumerate(nodes):
        if isinstance(item, str):
            rest = item.lstrip(EDGE)
            if rest:
                return [rest, *nodes[at + 1 :]]
        elif item.tag == "img":
            return nodes[at:]
        elif item.tag != "br":
            item.children = _trim_start(item.children)
            if item.children:
                return nodes[at:]
    return []


def _trim_end(nodes: list[Node | str]) -> list[Node | str]:
    for at in range(len(nodes) - 1, -1, -1):
        item = nodes[at]
        if isinstance(item, str):
            rest = item.rstrip(EDGE)
            if rest:
                return [*nodes[:at], rest]
        elif item.tag == "img":
            return nodes[: at + 1]
        elif item.tag != "br":
            item.children = _trim_end(item.children)
            if item.children:
                return nodes[: at + 1]
    return []


def _holds(item: Node | str) -> bool:
    if isinstance(item, str):
        return bool(item)
    if item.tag in ("img", "br"):
        return True
    item.children = [child for child in item.children if _holds(child)]
    return bool(item.children)
