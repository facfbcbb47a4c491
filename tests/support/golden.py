"""Golden pages with what must come out of them: NAME.html and NAME.toml side by side.

The `.toml` gives `url`, perhaps `charset` (the page is UTF-8 on the disk and encoded so
for the test), and fields of the article: `text` whole, or `held`, lines that must be there
in this order; `pictures` as address and perhaps caption. Fields left out are not judged.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from newskeep.extraction import page
from newskeep.types import Article, Stamp


class Golden(NamedTuple):
    """One page as received, and what it must give."""

    name: str
    html: bytes
    wanted: dict[str, Any]

    def read(self) -> Article:
        """The article of the page."""
        return page(self.html, url=self.wanted["url"])


def pages(folder: Path) -> list[Golden]:
    """The golden pages of a folder, by name."""
    return [_golden(path) for path in sorted(folder.glob("*.html"))]


def _golden(path: Path) -> Golden:
    wanted = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    charset = wanted.pop("charset", "utf-8")
    return Golden(path.stem, path.read_text("utf-8").encode(charset), wanted)


def told(article: Article, wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields of the article that are wanted, as the `.toml` writes them."""
    return {name: _field(article, name, wanted) for name in wanted if name != "url"}


def _field(article: Article, name: str, wanted: dict[str, Any]) -> Any:
    if name in ("published", "modified"):
        return _time(getattr(article, name))
    if name == "pictures":
        return _pictures(article, [len(pair) for pair in wanted[name]])
    if name == "held":
        lines = wanted[name].split("\n")
        return "\n".join(line for line in article.text.split("\n") if line in lines)
    value = getattr(article, name)
    return list(value) if isinstance(value, tuple) else value


def _pictures(article: Article, sizes: list[int]) -> list[list[str]]:
    pairs = [[image.url, image.caption] for image in article.images]
    sizes = sizes + [2] * len(pairs)
    return [pair[:size] for pair, size in zip(pairs, sizes, strict=False)]


def _time(stamp: Stamp | None) -> str:
    if stamp is None:
        return ""
    if stamp.day_only:
        return f"{stamp.at:%Y-%m-%d}"
    return stamp.at.isoformat() if stamp.offset is not None else f"{stamp.at:%Y-%m-%dT%H:%M}"
