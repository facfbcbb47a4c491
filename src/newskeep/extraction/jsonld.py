"""JSON-LD as publishers write it: commented out, with raw line breaks and stray commas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]

_MAX_ITEMS = 300
_HALF = re.compile(
    r"(?<!\\)\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][\da-fA-F]{2})(?<!\\)\\u[dD][c-fC-F][\da-fA-F]{2}"
)
"""An escaped surrogate without its other half (RFC 8259 §8.2): no character at all."""
_CONTROL = re.compile(r"[\x00-\x1f]+")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|(?:/[/*]\s*)?<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?:/[/*]\s*)?\]\]>(?:\s*\*/)?)\s*;?\s*$"
)
_STRAY_COMMA = re.compile(r",\s?(?=[\]}])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")


def items(text: str) -> Iterator[Item]:
    """Every object of a JSON-LD script that has a type, outermost first."""
    todo: list[Any] = [load(text)]
    for _ in range(_MAX_ITEMS):
        if not todo:
            return
        value = todo.pop(0)
        if isinstance(value, list):
            todo.extend(value[:_MAX_ITEMS])
        elif isinstance(value, dict):
            if "@type" in value:
                yield value
            todo.extend(v for v in map(value.get, _INNER) if isinstance(v, (list, dict)))


def load(text: str) -> Any:
    """The value of a script; None where it cannot be mended. Never raises."""
    text = _HALF.sub(r"\\ufffd", _WRAPPING.sub("", text).strip().rstrip(";"))
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    text = _BAD_ESCAPE.sub(r"\\\\", _STRAY_COMMA.sub("", _CONTROL.sub(" ", text)))
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None
