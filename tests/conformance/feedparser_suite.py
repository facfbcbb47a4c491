"""Which of feedparser's well-formed expectations newskeep's feed parser shares.

    NEWSKEEP_FEEDPARSER_TESTS=…/feedparser/tests python tests/conformance/feedparser_suite.py

Each of its files says in a comment what feedparser makes of it. Those that speak of an
entry's title, link, author, date, summary or content, or of the feed's title, link and
description, are compared as a reader sees them: text after sanitising, links, times. What
newskeep does not keep at all (a feed's own author and date, rights, podcast fields) is
left out. An entry that has only a date, an author or a picture in its title says nothing that could
be kept; such a file is read with an id put into its entries. Files that differ stand with their reasons in feedparser_differences.toml.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import nh3

from newskeep import dates
from newskeep.discover import feed as feeds
from newskeep.text import squash
from newskeep.types import Entry, Feed, Stamp

VARIABLE = "NEWSKEEP_FEEDPARSER_TESTS"
DIFFERENCES = Path(__file__).with_name("feedparser_differences.toml")
RECEIVED = datetime(2026, 11, 24, tzinfo=UTC)
ADDRESS = "http://127.0.0.1:8097/tests/"
"""Where feedparser's own tests serve the files from."""

_EXPECT = re.compile(r"Expect:\s*(.*?)\s*-->")
_HEADER = re.compile(r"^Header:\s+([^:]+):\s*(.*?)\s*$", re.MULTILINE)
_LINK = re.compile(r"""\s(?:href|src)="([^"]*)\"""")
_ENTRY = re.compile(rb"<(item|entry)(\s[^<>]*)?>")
_TAG = re.compile(r"<[^<>]*>")

_DATES = {"published", "updated", "created", "modified", "date"}
_FIELDS = {
    "title": "title",
    "title_detail.value": "title",
    "link": "link",
    "author": "author",
    "author_detail.name": "author",
    "authors.0.name": "author",
    "description": "body",
    "summary": "body",
    "summary_detail.value": "body",
    "content.0.value": "content",
    "subtitle": "description",
    "subtitle_detail.value": "description",
    "tagline": "description",
    "tagline_detail.value": "description",
}
_OF_A_FEED = {"title": "title", "link": "link", "body": "description", "description": "description"}


@dataclass(frozen=True)
class Check:
    """One comparison: of which entry (None: the feed), which field, and what is expected.

    `base` is the document's address, against which a relative link is read later on.
    """

    entry: int | None
    field: str
    expected: object
    base: str = ADDRESS


def folder() -> Path | None:
    """Feedparser's folder `tests`, where the environment names it."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


def files(tests: Path, kind: str) -> list[Path]:
    return sorted(one for one in (tests / kind).rglob("*.xml"))


def expectation(data: bytes) -> str:
    """The comment's expression; bytes that are no text do not matter to it."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        found = _EXPECT.search(data.decode(encoding, "ignore"))
        if found:
            return found[1]
    return ""


def checks(expression: str) -> Iterator[Check]:
    """The comparisons in an expression that speak of what newskeep keeps."""
    for node in ast.walk(ast.parse(expression, mode="eval")):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq):
            found = _check(_path(node.left), node.comparators[0])
            if found:
                yield found


def _path(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Attribute):
        return [*_path(node.value), node.attr]
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return [*_path(node.value), str(node.slice.value)]
    return [node.id] if isinstance(node, ast.Name) else [""]


def _check(path: list[str], right: ast.expr) -> Check | None:
    entry = int(path[1]) if path[0] == "entries" and len(path) > 2 else None
    inside = ".".join(path[2:] if entry is not None else path[1:])
    if entry is None and path[0] != "feed":
        return None
    field = _field(inside)
    if entry is None:
        field = _OF_A_FEED.get(field, "")
    try:
        return Check(entry, field, ast.literal_eval(right)) if field else None
    except ValueError:
        return None


def _field(name: str) -> str:
    return "date" if name.removesuffix("_parsed") in _DATES else _FIELDS.get(name, "")


def headers(data: bytes) -> dict[str, str]:
    """The header fields that the comment says the file is served with."""
    return {name.lower(): value for name, value in _HEADER.findall(data.decode("latin-1"))}


def address(path: Path, tests: Path, data: bytes) -> str:
    """Where the file is served, or where its Content-Location says that it is from."""
    url = ADDRESS + path.relative_to(tests).as_posix()
    return urljoin(url, headers(data).get("content-location", ""))


def read(path: Path, tests: Path, data: bytes, *, named: bool = False) -> Feed:
    """The file as newskeep reads it, from the address and with the header it says."""
    return feeds.parse(
        _ENTRY.sub(rb"\g<0><id>the-only-id</id><guid>the-only-id</guid>", data) if named else data,
        url=address(path, tests, data),
        content_type=headers(data).get("content-type", ""),
        received=RECEIVED,
    )


def holds(check: Check, feed: Feed) -> bool:
    if check.entry is None:
        return _same(getattr(feed, {"link": "home"}.get(check.field, check.field)), check)
    if check.entry >= len(feed.entries):
        return False
    return any(_same(value, check) for value in _values(feed.entries[check.entry], check.field))


def _values(entry: Entry, field: str) -> tuple[object, ...]:
    """What newskeep has for a field; feedparser's summary is the content where there is none."""
    return {
        "title": (entry.title,),
        "link": (entry.url,),
        "author": (", ".join(entry.authors),),
        "date": (entry.published, entry.modified),
        "body": (entry.summary, entry.content),
        "content": (entry.content, entry.summary),
        "description": (entry.summary,),
    }[field]


def _same(value: object, check: Check) -> bool:
    expected = check.expected
    if check.field == "date":
        return isinstance(value, Stamp) and value.at == _instant(expected)
    if not isinstance(value, str) or not isinstance(expected, str):
        return False
    if check.field in ("body", "content"):
        found = seen(value, check.base)
        return found in (seen(expected, check.base), (squash(expected), ()))
    if check.field == "author":
        return bool(value) and value.split(", ")[0] in expected
    return squash(value) in (squash(expected), seen(expected)[0])


def _instant(expected: object) -> datetime | None:
    if isinstance(expected, tuple):
        return datetime(*expected[:6], tzinfo=UTC)
    stamp = dates.parse(expected) if isinstance(expected, str) else None
    return stamp.at if stamp else None


def seen(html: str, base: str = ADDRESS) -> tuple[str, tuple[str, ...]]:
    """What a reader sees of HTML: its text, and where its links and pictures lead."""
    clean = nh3.clean(html)
    links = (urljoin(base, unescape(link).strip()) for link in _LINK.findall(clean))
    return squash(unescape(_TAG.sub("", clean))), tuple(links)


@dataclass(frozen=True)
class Outcome:
    """How many files concern newskeep, and those that differ with the failed comparisons."""

    concerned: int
    differing: dict[str, list[tuple[Check, str]]]

    @property
    def share(self) -> float:
        return 1 - len(self.differing) / self.concerned


def compare(tests: Path) -> Outcome:
    """Every well-formed file that says something about what newskeep keeps."""
    concerned, differing = 0, {}
    for path in files(tests, "wellformed"):
        data = path.read_bytes()
        base = address(path, tests, data)
        wanted = [replace(one, base=base) for one in checks(expectation(data) or "1")]
        if not wanted:
            continue
        concerned += 1
        feed = read(path, tests, data)
        if any(check.entry is not None for check in wanted) and not feed.entries:
            feed = read(path, tests, data, named=True)
        failed = [(check, _shown(check, feed)) for check in wanted if not holds(check, feed)]
        if failed:
            differing[path.relative_to(tests / "wellformed").as_posix()] = failed
    return Outcome(concerned, differing)


def _shown(check: Check, feed: Feed) -> str:
    if check.entry is None:
        return repr(getattr(feed, {"link": "home"}.get(check.field, check.field)))
    if check.entry >= len(feed.entries):
        return "no such entry"
    return repr(_values(feed.entries[check.entry], check.field)[0])


def reasons() -> dict[str, str]:
    """Why a file may differ, by its name."""
    table = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))
    return {name: reason for reason, names in table.items() for name in names["files"]}


def main() -> int:
    tests = folder()
    if tests is None:
        print(f"{VARIABLE} names no folder")
        return 2
    outcome = compare(tests)
    agreed = outcome.concerned - len(outcome.differing)
    print(f"{agreed} of {outcome.concerned} files that concern newskeep: {outcome.share:.2%}")
    for name, failed in outcome.differing.items():
        for check, found in failed:
            print(f"{name}: {check.field} is {found}, feedparser has {check.expected!r}")
    print(Counter(check.field for failed in outcome.differing.values() for check, _ in failed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
