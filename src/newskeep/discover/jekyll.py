"""Jekyll posts: those of the old mirrors in their three shapes, those of ours, and others.

The mirrors wrote front matter by pasting titles between quotes, so it is not always YAML;
what YAML refuses is read line by line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

from newskeep import dates, text
from newskeep.slug import slug
from newskeep.types import Problem, Stamp
from newskeep.url import is_web

_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?\n?", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"\s*<!--\s*(NaN|-?\d{1,16})\s*-->[ \t]*\r?\n?")
_LINKED_TITLE = re.compile(r"\s*\[[^\n]{0,2000}\]\([^\n]{0,4000}\)[ \t]*\r?\n-{3,}[ \t]*\r?\n")
_NAME = re.compile(
    r"(?:.*/)?(\d{4}-\d{1,2}-\d{1,2})-(.+?)\.(?:md|markdown|mkd|html?)$", re.IGNORECASE
)
_LINE = re.compile(r"([A-Za-z_][\w-]*):[ \t]*(.*)$")
_PICTURE = re.compile(r"<img\b[^<>]{1,8000}>")
_SOURCE = re.compile(r"\ssrc=\"[^\"]*\"")
_ORIGINAL = re.compile(r"\sdata-original=(\"[^\"]*\")")
_LATEST = datetime(9990, 1, 1, tzinfo=UTC)
_MOST_MATTER = 64 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post, read. `body` is HTML without the mirror's epoch comment and linked title."""

    name: str
    url: str
    title: str = ""
    published: Stamp | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    site: str = ""
    lang: str = ""
    permalink: str = ""
    access: str = ""
    body: str = ""
    problems: tuple[Problem, ...] = ()


def parse(data: bytes, *, name: str, received: datetime | None = None) -> Post:
    """Read a post; `name` is its file's name, which holds its date and permalink.

    Without `received` no date counts as a future one.
    Raises ValueError with the reason where it is no post: no UTF-8, no front matter.
    """
    try:
        document = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 (byte {error.start})") from None
    matter = _MATTER.match(document)
    if matter is None or len(matter[1]) > _MOST_MATTER:
        raise ValueError("line 1: no front matter between two lines of ---")
    facts = _facts(matter[1])
    return _post(facts, document[matter.end() :], name, received or _LATEST)


def permalink(name: str) -> str:
    """`/2021-10-08/title/` as Jekyll makes it of a post's file name; empty where it has no date."""
    match = _NAME.match(name)
    return f"/{_padded(match[1])}/{slug(match[2])}/" if match else ""


def _post(facts: dict[str, Any], body: str, name: str, received: datetime) -> Post:
    comment = _COMMENT.match(body)
    body = body[comment.end() :] if comment else body
    linked = _LINKED_TITLE.match(body)
    body = body[linked.end() :] if linked else body
    path = _text(facts.get("permalink")) or permalink(name)
    address = _text(facts.get("from")) or _text(facts.get("original_url"))
    if not is_web(address) and not address.startswith("urn:newskeep:"):
        address = f"urn:newskeep:post:{text.digest(path or name)}"
    post = Post(
        name=name,
        url=address,
        title=_plain(facts.get("title")),
        authors=_authors(facts),
        tags=() if facts.get("tags_from") == "source" else _list(facts.get("tags")),
        site=next(iter((*_list(facts.get("categories")), *_list(facts.get("category")))), ""),
        lang=_text(facts.get("lang")),
        permalink=path,
        access=_text(facts.get("access")),
        body=_PICTURE.sub(_from_its_origin, body),
    )
    return _dated(post, facts, comment[1] if comment else "", received)


def _from_its_origin(match: re.Match[str]) -> str:
    """A picture that was kept locally, with the address that it was kept from."""
    original = _ORIGINAL.search(match[0])
    if original is None:
        return match[0]
    rest = _ORIGINAL.sub("", match[0], count=1)
    return _SOURCE.sub(lambda _: f" src={original[1]}", rest, count=1)


def _dated(post: Post, facts: dict[str, Any], comment: str, received: datetime) -> Post:
    """The post with its date: the front matter's, else the comment's, else the file name's."""
    if facts.get("date_from") == "received":
        return post
    given = _text(facts.get("date"))
    match = _NAME.match(post.name)
    candidates = (given, comment, _padded(match[1]) if match else "")
    for place, candidate in zip(("date", "comment", "file name"), candidates, strict=True):
        stamp = dates.parse(candidate)
        kept, odd = dates.clamp(stamp, received=received) if stamp else (None, "")
        if odd:
            message = f"{post.name}: its {place}, {candidate}, cannot be true"
            post = _with(post, odd, message, received)
        if kept:
            if place != "date":
                message = f"{post.name}: its date is {given or 'missing'}; taken from its {place}"
                post = _with(post, "date-missing", message, received)
            return replace(post, published=kept)
    return _with(post, "date-missing", f"{post.name}: no date is to be found", received)


def _with(post: Post, kind: str, message: str, at: datetime) -> Post:
    problem = Problem(url=post.url, stage="import", kind=kind, message=message, at=at)
    return replace(post, problems=(*post.problems, problem))


def _facts(matter: str) -> dict[str, Any]:
    """Front matter as YAML with every scalar a string; by lines where YAML refuses it."""
    import yaml

    try:
        found = yaml.load(matter, Loader=_loader())  # noqa: S506  (BaseLoader makes strings only)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _by_line(matter)
    return found if isinstance(found, dict) else _by_line(matter)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _by_line(matter: str) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for line in matter.splitlines():
        match = _LINE.match(line)
        if match:
            facts[match[1]] = _value(match[2].strip())
    return facts


def _value(given: str) -> Any:
    if given.startswith("[") and given.endswith("]"):
        return [_scalar(one.strip()) for one in given[1:-1].split(",") if one.strip()]
    return _scalar(given)


def _scalar(given: str) -> str:
    if len(given) < 2 or given[0] not in "\"'" or given[-1] != given[0]:
        return given
    inner = given[1:-1]
    if given[0] == "'":
        return inner.replace("''", "'")
    import yaml

    try:
        found = yaml.load(given, Loader=_loader())  # noqa: S506
    except yaml.YAMLError:
        found = None
    return found if isinstance(found, str) else inner.replace('\\"', '"')


def _authors(facts: dict[str, Any]) -> tuple[str, ...]:
    several = tuple(map(_plain, _list(facts.get("authors"))))
    return several or tuple(one for one in [_plain(facts.get("author"))] if one)


def _list(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split()) if value and "," not in value else _split(value)
    items = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(found for found in map(_text, items) if found))


def _split(value: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in value.split(",") if one.strip())


def _plain(value: Any) -> str:
    """The mirrors escaped titles and names for HTML (&#38;) before they wrote them."""
    return text.squash(text.strip_control(unescape(_text(value))))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _padded(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year}-{int(month):02d}-{int(day):02d}"
