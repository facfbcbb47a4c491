"""Entries of a live blog: each a section, its time and its headline in the heading."""

from __future__ import annotations

import re

from newskeep.extraction.dom import HEADINGS, Node

_NAMES = re.compile(
    r"(?:live-?(?:blog|ticker|feed|update|event|text)s?|ticker|timeline)[\w-]{0,20}?[_-]{1,2}"
    r"(?:entry|post|item|update|block|event|card)(?:$|[\s_-])"
    r"|(?:^|\s)(?:lb-post|liveblog-?(?:entry|post|item))(?:$|\s)"
)
_TIME_NAMES = re.compile(r"(?:^|[\s_-])(?:time|date|datetime|timestamp)(?:$|[\s_-])")
_LONGEST = 40
"""Characters of the time of an entry."""
_CLOCK = re.compile(r"\d{1,2}\s?[:.h時时]\s?\d{2}|\d{1,2}\s?[ap]\.?m\b|\d{1,2}月\d{1,2}日", re.I)


def is_entry(node: Node) -> bool:
    """Whether an element is one entry of a live blog, by its markup (schema.org) or its name."""
    attrs = node.attrs
    if not attrs or node.tag not in ("article", "div", "li", "section"):
        return False
    if "liveblogupdate" in attrs.get("itemprop", "").lower():
        return True
    return bool(_NAMES.search(f"{attrs.get('class', '')}"[:300].lower()))


def head(entry: Node) -> tuple[str, Node | None, Node | None]:
    """The words of an entry's time, the element that says it, and the entry's headline."""
    order = entry.walk()
    time = next((node for node in order if _is_time(node)), None)
    words = time.text() if time is not None else ""
    title = next((node for node in order if node.tag in HEADINGS and node.text()), None)
    return words, time, title


def _is_time(node: Node) -> bool:
    if node.tag != "time" and not _TIME_NAMES.search(node.get("class")[:200].lower()):
        return False
    words = node.text()
    return 0 < len(words) <= _LONGEST and bool(_CLOCK.search(words))
