"""Who wrote it: names cleaned of “By”, roles, addresses and the site's own name."""

from __future__ import annotations

import re
from html import unescape

from newskeep.extraction.rules import NOBODY

_BY = re.compile(
    r"^\s*(?:(?:written |posted |reported |published |story |words |text )?by\b|"
    r"von\b|par\b|por\b|di\b|av\b|af\b|texte?\b|author\b|reporter\b|"
    r"(?:本报|本報|本网|本刊|特约|新华社)?(?:记者|記者)|作者|撰文|文|编辑|編輯|责任编辑|"
    r"автор|بقلم|מאת)\s*[:：|/／]?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|,|\||&|/|、|，|；|／|•|·(?=\s)|\band\b|\bund\b|\bet\b|\by\b|\bwith\b|\n)\s*"
)
_NOT_A_NAME = re.compile(r"https?:|www\.|@|\d{2,}|\.(?:com|net|org|cn|co)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:,| -| –|\|)?\s*"
    r"(?:(?:senior|staff|chief|contributing|special|political|business|sports?|foreign|deputy|"
    r"managing|associate|science|tech|technology)\s+)*"
    r"(?:correspondent|reporter|editor|writer|columnist|contributor|journalist|"
    r"editor-in-chief|producer)s?"
    r"(?:\s+(?:at|for|in)\b.*)?$",
    re.IGNORECASE,
)
_ROLE_BEHIND = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\s?(?:기자|특파원|記者|记者)$"
)
_MAX_NAME = 60
_MAX_WORDS = 6


def names_in(values: list[str], site_names: list[str], *, split: bool = True) -> tuple[str, ...]:
    """The people named in some strings, each once; the site itself is not one of them."""
    found: dict[str, str] = {}
    sites = {_key(name) for name in site_names}
    for value in values:
        if value.lstrip().startswith(("http", "www.", "@")):
            continue
        value = _BY.sub("", unescape(value)[:500])
        for piece in _SPLIT.split(value) if split else [value]:
            name = _clean(piece)
            if _is_name(name) and _key(name) not in sites:
                found.setdefault(_key(name), name)
    return tuple(found.values())


def _clean(piece: str) -> str:
    """A name without “By”, brackets and role; nothing of a piece that is a role alone."""
    name = _BY.sub("", " ".join(piece.split()))
    name = re.sub(r"[(（\[].{0,80}?[)）\]]\s*$", "", name)
    cut = _ROLE_BEHIND.sub("", _ROLE.sub("", name))
    return cut.strip(" \t:：-–—|,.·•*_'\"“”>")


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= _MAX_NAME or name.casefold() in NOBODY or _NOT_A_NAME.search(name):
        return False
    return len(name.split()) <= _MAX_WORDS and any(ch.isalpha() for ch in name)


def _key(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())
