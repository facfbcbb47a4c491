"""The rules of `rules/*.toml`, read once: names of rubbish, hosts, phrases, walls, `meta` names."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from newskeep.extraction.dom import Node


def _read(name: str) -> dict[str, Any]:
    path = files(__package__).joinpath("rules", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _pattern(entries: list[str]) -> re.Pattern[str]:
    """One pattern for many entries; each is made of literal words, so it is linear."""
    alternatives = (re.escape(entry).replace(r"\*", r"[^ ,]*") for entry in sorted(set(entries)))
    return re.compile(rf"(?:^|[ ,])(?:{'|'.join(alternatives)})(?=[ ,]|$)")


_NAMES = _read("names")
_WEB = _read("web")
_PHRASES = _read("phrases")
_ACCESS = _read("access")
_EVIDENCE = _read("evidence")
_CAPTIONS = _read("captions")
_PAGES = _read("pages")
_RUBBISH = _pattern(_NAMES["rubbish"])
_FURNITURE = _pattern(_NAMES["furniture"])
_BODY = _pattern(_NAMES["body"])

PIXELS: tuple[str, ...] = tuple(_WEB["pixels"])
PLACEHOLDERS: tuple[str, ...] = tuple(_WEB["placeholders"])
LAZY: tuple[str, ...] = tuple(_WEB["lazy"])
LAZY_SETS: tuple[str, ...] = tuple(_WEB["lazy_sets"])
SHOPS: tuple[str, ...] = tuple(_WEB["shops"])
WALL_PICTURES: tuple[str, ...] = tuple(_WEB["wall_pictures"])
PLAYERS: dict[str, str] = _WEB["players"]
ENDINGS: tuple[str, ...] = tuple(_PHRASES["endings"])
DATELINES: tuple[str, ...] = tuple(_PHRASES["datelines"])
TRAILERS: tuple[str, ...] = tuple(_PHRASES["trailers"])
LABELS = frozenset(_PHRASES["labels"])
NOBODY = frozenset(_PHRASES["nobody"])
ACCESS: dict[str, str] = {name: "|".join(entries) for name, entries in _ACCESS.items()}
"""Regular expressions by the kind of wall that they are evidence of."""
CAPTIONS: dict[str, str] = {name: "|".join(entries) for name, entries in _CAPTIONS.items()}
"""Regular expressions by how a credit is written."""
PAGES = {name: re.compile("|".join(entries), re.IGNORECASE) for name, entries in _PAGES.items()}
"""What links to an article's further pages say."""
PUBLISHED: tuple[str, ...] = tuple(_EVIDENCE["published"])
MODIFIED: tuple[str, ...] = tuple(_EVIDENCE["modified"])
AUTHORS: tuple[str, ...] = tuple(_EVIDENCE["authors"])
TAGS: tuple[str, ...] = tuple(_EVIDENCE["tags"])
SECTIONS: tuple[str, ...] = tuple(_EVIDENCE["sections"])

_MAX_NAME = 400
_NAMED = ("class", "id", "data-testid", "data-component")
"""Attributes by which templates name their parts."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")
_SAYS_THE_OPPOSITE = ("has", "no", "with", "without", "not", "is", "hide", "show", "js", "enable")
_IS_RUBBISH, _IS_FURNITURE, _IS_BODY = 1, 2, 4
_KINDS = ((_RUBBISH, _IS_RUBBISH), (_FURNITURE, _IS_FURNITURE), (_BODY, _IS_BODY))


@lru_cache(maxsize=50_000)
def _judge(name: str) -> int:
    """The kinds that one class or id tells of, as flags."""
    words = _words(name)
    return sum(kind for pattern, kind in _KINDS if pattern.search(words))


def _words(name: str) -> str:
    lowered = name if name.islower() else _CAMEL.sub("-", name).lower()
    words = " ".join(_WORD.findall(lowered))
    return "" if words.startswith(_SAYS_THE_OPPOSITE) and " " in words else words


def _kind(node: Node) -> int:
    if node.kind is None:
        attrs = node.attrs
        names = " ".join([attrs[name] for name in _NAMED if name in attrs]) if attrs else ""
        kind = 0
        for name in names[:_MAX_NAME].split():
            kind |= _judge(name)
        node.kind = kind
    return node.kind


def is_rubbish(node: Node) -> bool:
    """Its class or id says: advertisement, share bar, comments, related list …"""
    return bool(_kind(node) & _IS_RUBBISH)


def is_furniture(node: Node) -> bool:
    """Its class or id says: part of the page around the article."""
    return bool(_kind(node) & _IS_FURNITURE)


def is_body(node: Node) -> bool:
    """Its class, id or itemprop says: the text of the article."""
    if _kind(node) & _IS_BODY:
        return True
    return "itemprop" in node.attrs and "articlebody" in node.attrs["itemprop"].lower()
