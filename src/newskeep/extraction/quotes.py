"""Pull quotes: sentences of an article that its page shows a second time, in large letters."""

from __future__ import annotations

import re

from newskeep.extraction.dom import Node

_NAMES = re.compile(r"(?:^|[\s_-])pull-?(?:ed)?-?quotes?(?:$|[\s_-])")
_SHORTEST = 20
_LONGEST = 400
"""Letters of a pull quote."""
_MOST = 40
"""Quotations of an article that are looked at."""


def is_pulled(node: Node) -> bool:
    """Whether an element is named as a pull quote."""
    return bool(node.attrs) and bool(_NAMES.search(node.get("class")[:300].lower()))


def without_repeated(blocks: list[Node]) -> list[Node]:
    """The blocks without short quotations whose words stand in a paragraph of the text."""
    quotes = [block for block in blocks if block.tag == "blockquote"][:_MOST]
    sizes = {quote: _letters(quote) for quote in quotes}
    short = {q: letters for q, letters in sizes.items() if _SHORTEST <= len(letters) <= _LONGEST}
    if not short:
        return blocks
    text = "\n".join(_letters(block) for block in blocks if block.tag in ("p", "ul", "ol"))
    repeated = {quote for quote, letters in short.items() if letters in text}
    return [block for block in blocks if block not in repeated]


def _letters(block: Node) -> str:
    return "".join(filter(str.isalnum, "".join(block.strings()).casefold()))
