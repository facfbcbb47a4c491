"""Hebrew that was written in the order in which it is seen, as ISO-8859-8 had it."""

from __future__ import annotations

import re

_FEW = 3
_PART = re.compile(r"<[^>]{0,2000}>|[^<\n]+")
_HEBREW = re.compile("[א-ת]")
_FINAL_FIRST = re.compile("(?<![א-ת])[ךםןףץ](?=[א-ת])")
_FINAL_LAST = re.compile("(?<=[א-ת])[ךםןףץ](?![א-ת])")
_AS_SEEN = re.compile(r"&#?\w{1,31};|[A-Za-z0-9](?:[\w.,:/%+-]{0,100}[A-Za-z0-9%])?", re.ASCII)
"""What runs from left to right within Hebrew too: references, Latin words, numbers."""
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")


def logical(text: str) -> str:
    """The text in the order in which it is read, line by line; unchanged if it has it.

    Final letters tell: they end words, so where words begin with them, the text is visual.
    """
    first = len(_FINAL_FIRST.findall(text))
    if first < _FEW or first < 2 * len(_FINAL_LAST.findall(text)):
        return text
    return _PART.sub(_turned, text)


def _turned(match: re.Match[str]) -> str:
    part = match[0]
    if part.startswith("<") or not _HEBREW.search(part):
        return part
    turned: list[str] = []
    end = len(part)
    for run in reversed(list(_AS_SEEN.finditer(part))):
        turned += [_reversed(part[run.end() : end]), run[0]]
        end = run.start()
    return "".join([*turned, _reversed(part[:end])])


def _reversed(text: str) -> str:
    return text[::-1].translate(_MIRRORED)
