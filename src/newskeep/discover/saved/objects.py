"""JSON exports: values by name, whatever stands there."""

from __future__ import annotations

import json
from typing import Any

from newskeep import content

_YES = frozenset({"1", "true"})


def load(data: bytes) -> Any:
    """The document. Raises ValueError that names the line."""
    try:
        return json.loads(content.to_text(data, kind="text"))
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: not JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        raise ValueError("its JSON is nested too deeply, or holds a number too long") from None


def listing(found: Any, name: str = "") -> list[Any]:
    """The list that a document is, or holds under this name. Raises ValueError for none."""
    there = value(found, name) if name else found
    if not isinstance(there, list):
        raise ValueError(f"a list called {name} is wanted" if name else "a list is wanted")
    return there


def value(found: Any, *path: str) -> Any:
    """What stands under these names, one in another; None where there is nothing."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def text(found: Any, *path: str) -> str:
    """The text or number there, as text."""
    there = value(found, *path)
    is_number = isinstance(there, int | float) and not isinstance(there, bool)
    return str(there) if is_number else there if isinstance(there, str) else ""


def flag(found: Any, *path: str) -> bool:
    """Whether it says yes: true, 1, "1" or "true"."""
    there = value(found, *path)
    return there is True or text(found, *path).strip().lower() in _YES


def many(found: Any, *path: str) -> list[Any]:
    """The list there; an empty one where there is none."""
    there = value(found, *path)
    return there if isinstance(there, list) else []


def texts(found: Any, *path: str) -> list[str]:
    """The texts of the list there; of objects their `name`, `label` or `slug`."""
    names = ("name", "label", "slug")
    return [
        one if isinstance(one, str) else next(filter(None, (text(one, name) for name in names)), "")
        for one in many(found, *path)
    ]


def listed(cell: str) -> list[str]:
    """The texts of a JSON list that stands in a cell of a table; else what commas part there."""
    try:
        return texts({"list": load(cell.encode("utf-8", "replace"))}, "list")
    except ValueError:
        return cell.split(",")


def position(found: Any, places: dict[str, str]) -> dict[str, str]:
    """Where a passage stands: what `found` says under the names of `places`, under ours."""
    return {ours: text(found, name) for name, ours in places.items() if text(found, name)}
