"""Site configurations as Full-Text RSS has them (`example.com.txt`), read as recipes.

https://help.fivefilters.org/full-text-rss/site-patterns.html. What says where title, date,
author and body stand, what to strip, and where the next page is, is taken; all else (logins,
replacements, headers) is let be. Such rules are often older than the pages, so the recipes
are not trusted.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from newskeep.discover.recipes import select
from newskeep.discover.recipes.model import PagePart, Recipe
from newskeep.text import squash, strip_control

_DIRECTIVE = re.compile(r"([a-z_]+)(?:\([^)]*\))?\s*:(.*)", re.IGNORECASE)
_NAME = re.compile(r"\.?(?:[a-z0-9_-]+\.)+[a-z0-9-]+", re.IGNORECASE)
_XPATHS = {
    "title": "title",
    "date": "date",
    "author": "author",
    "body": "body",
    "strip": "strip",
    "next_page_link": "next",
    "single_page_link": "single",
}
_MOST_OF_ONE = 100


class Fault(NamedTuple):
    """A line that could not be used, and why."""

    line: int
    reason: str


def is_site(stem: str) -> bool:
    """Whether a file's name without `.txt` is a host, or a dot and a domain (its subdomains)."""
    return bool(_NAME.fullmatch(stem))


def convert(text: str, stem: str) -> tuple[Recipe | None, list[Fault]]:
    """The recipe that a site's file holds (None where nothing of it is of use), and its faults."""
    found: dict[str, list[str]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            key, selector = _line(line.strip())
        except ValueError as error:
            faults.append(Fault(number, str(error)))
            continue
        if key:
            found.setdefault(key, []).append(selector)
    if "if_page_contains" in text:
        found.pop("single", None)  # it is meant for some pages only
    if not found:
        return None, faults
    host = f"*{stem}" if stem.startswith(".") else stem
    values: dict[str, Any] = {key: tuple(all_)[:_MOST_OF_ONE] for key, all_ in found.items()}
    part = PagePart(addresses=(f"{host.lower()}/*",), **values)
    return Recipe(name=stem.lstrip(".").lower(), article=part), faults


def _line(line: str) -> tuple[str, str]:
    """What a line is for and its selector; both empty where it is of no use here."""
    if not line or line.startswith("#"):
        return "", ""
    match = _DIRECTIVE.match(line)
    if match is None:
        raise ValueError(f"neither a comment nor NAME: VALUE: {_shown(line)}")
    name, value = match[1].lower(), match[2].strip()
    if not value:
        return "", ""
    if name in _XPATHS:
        return _XPATHS[name], _checked(select.XPATH + value)
    word = value.strip("\"'").replace("\\", "").replace('"', "")
    if name == "strip_id_or_class":
        return "strip", _checked(f'[class*="{word}"], [id*="{word}"]')
    if name == "strip_image_src":
        return "strip", _checked(f'img[src*="{word}"]')
    return "", ""


def _checked(selector: str) -> str:
    select.check(selector, xpath=True)
    return selector


def _shown(line: str) -> str:
    return squash(strip_control(line))[:60]
