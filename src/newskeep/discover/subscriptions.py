"""Subscriptions as the mirrors keep them: a JSON list of `{"site": …, "url": …}`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from newskeep.types import Source
from newskeep.url import canonical, is_web


def source_id(url: str) -> str:
    """A source's id: 12 hex digits of SHA-256 over the canonical form of its first address."""
    return hashlib.sha256(canonical(url).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read_subs(text: str) -> tuple[list[Source], list[str]]:
    """The sources of a subs.json, and what is wrong with its other entries, each by number.

    Unknown keys are let be. Raises ValueError where the whole is no such list.
    """
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise ValueError("nested too deeply to be a list of subscriptions") from None
    if not isinstance(entries, list):
        raise ValueError('a list of {"site": …, "url": …} is wanted')
    sources, faults = [], []
    for number, entry in enumerate(entries, start=1):
        try:
            sources.append(_source(number, entry))
        except ValueError as error:
            faults.append(str(error))
    return sources, faults


def write_subs(sources: Iterable[Source]) -> str:
    """The sources as a subs.json, one a line."""
    entries = ({"site": source.title, "url": source.url} for source in sources)
    lines = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _source(number: int, entry: Any) -> Source:
    if not isinstance(entry, dict):
        raise ValueError(f"entry {number}: an object is wanted, not {json.dumps(entry)[:60]}")
    url, site = entry.get("url"), entry.get("site", "")
    if not isinstance(url, str) or not is_web(url.strip()):
        raise ValueError(f"entry {number}: its url is no web address: {json.dumps(url)[:80]}")
    if not isinstance(site, str):
        raise ValueError(f"entry {number}: its site is no text: {json.dumps(site)[:60]}")
    return Source(id=source_id(url.strip()), url=url.strip(), title=site.strip())
