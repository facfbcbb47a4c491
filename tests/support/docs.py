"""The documentation's pages, and the blocks and headings in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT)
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md"))
)
"""Relative to the repository."""

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language and its text."""

    language: str
    text: str


def read(page: Path) -> str:
    """A page's text."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: Path, language: str = "") -> list[Block]:
    """The fenced blocks of a page, or those in one language."""
    found = [Block(*match.groups()) for match in _BLOCK.finditer(read(page))]
    return [block for block in found if language in ("", block.language)]


def without_blocks(page: Path) -> str:
    """A page's prose."""
    return _BLOCK.sub("", read(page))


def headings(page: Path) -> list[str]:
    """The titles of a page's sections, in their order."""
    return re.findall(r"^#+ (.+)$", without_blocks(page), re.MULTILINE)


def section(page: Path, title: str) -> str:
    """What stands below a heading, up to the next one of its level or a higher one."""
    text = read(page)
    start = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    assert start, f"{page} has no section {title}"
    end = re.search(rf"^#{{1,{len(start[1])}}} ", text[start.end() :], re.MULTILINE)
    return text[start.end() :][: end.start() if end else None]


def told(text: str) -> list[str]:
    """What stands in backticks in the first column of a section's tables."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)
