"""The newsstand's articles: text files with a head of `key: value` lines and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "articles"


@dataclass(frozen=True)
class Article:
    """One article in one edition. `gone_in` is the edition in which its page is missing."""

    outlet: str
    slug: str
    title: str
    date: datetime
    paragraphs: tuple[str, ...]
    author: str = ""
    subtitle: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    picture: tuple[str, ...] = ()
    modified: str = ""
    new_in: int = 1
    gone_in: int = 0


def edition(number: int) -> dict[tuple[str, str], Article]:
    """The articles of an edition by (outlet, slug); a later edition changes, adds and withdraws."""
    found: dict[tuple[str, str], Article] = {}
    for path in sorted(FOLDER.glob("*/*.md"), key=_edition_of):
        if _edition_of(path) <= number:
            slug = path.stem.partition(".")[0]
            found[path.parent.name, slug] = _read(path, slug)
    return {key: one for key, one in found.items() if one.new_in <= number}


def _edition_of(path: Path) -> int:
    return int(path.stem.partition(".edition")[2] or 1)


def _read(path: Path, slug: str) -> Article:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return Article(
        outlet=path.parent.name,
        slug=slug,
        title=facts["title"],
        date=datetime.fromisoformat(facts["date"]),
        paragraphs=tuple(part.strip() for part in body.strip().split("\n\n")),
        author=facts.get("author", ""),
        subtitle=facts.get("subtitle", ""),
        section=facts.get("section", ""),
        tags=tuple(facts["tags"].split(", ")) if "tags" in facts else (),
        picture=tuple(facts["picture"].split(" | ")) if "picture" in facts else (),
        modified=facts.get("modified", ""),
        new_in=int(facts.get("new_in", 1)),
        gone_in=int(facts.get("gone_in", 0)),
    )
