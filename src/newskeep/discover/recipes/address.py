"""Patterns of addresses: `zaobao.com/realtime/china/story{date}-{number}`.

A host, then a path, and a query where the pattern has one. In path and query `*` is any run
of characters, `{part}` one up to the next `/`, `{number}` digits, `{date}` a day such as
20261124, 2026-11-24 or 2026/11/24. The host is meant with and without `www.`, and
`*.example.com` is every host below it. A pattern that begins with `/` is of any host.

These are not regular expressions on purpose: recipes are passed around, and a slow
expression would let a page stop a sync. Here `*` and `{part}` run to the first place where
what stands behind them fits, as in `fnmatch`, and none of it is tried again (the groups are
atomic, the digits possessive), so that a match costs about one pass over the address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from newskeep.url import canonical, host

LONGEST = 300
"""Characters of a pattern."""

_LONGEST_ADDRESS = 2048
_FIXED = {
    "{number}": r"\d++",
    "{date}": r"(?P<date>(?:19|20)\d\d[-/_.]?\d\d[-/_.]?\d\d)(?!\d)",
}
_OPEN = {"*": ".*", "{part}": "[^/?]+"}
_KNOWN = ("*", "{part}", *_FIXED)
_OPENING = re.compile(r"(\*|\{part\})")
_PLACEHOLDER = re.compile(r"(\{\w+\})")
_ADJACENT = re.compile(r"(?:\*|\{part\}){2}")
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_HOST = re.compile(r"(?:\*\.)?[^\s/*{}?#@:\\]+(?::\d{1,5})?")


def check(pattern: str) -> None:
    """Raises ValueError, with the remedy, where this is no pattern."""
    name, slash, rest = pattern.partition("/")
    if len(pattern) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters; use * for what differs")
    if "://" in pattern or "#" in pattern:
        raise ValueError("write host and path alone, without https:// and #")
    if not slash or (name and not _HOST.fullmatch(name)):
        raise ValueError("write a host and a path, such as example.com/news/{number}")
    unknown = [one for one in re.findall(r"\{[^{}]*\}?", rest) if one not in _KNOWN]
    if unknown:
        raise ValueError(f"{unknown[0]} is not known; known are {', '.join(_KNOWN)}")
    if _ADJACENT.search(rest):
        raise ValueError("put something between two of * and {part}, or leave one out")
    if rest.count("{date}") > 1:
        raise ValueError("{date} may stand there once; use {number} for the other")


def match(pattern: str, url: str) -> re.Match[str] | None:
    """The match of an address, whose group `date` is its day where the pattern has one."""
    name, _, rest = pattern.partition("/")
    if not _is_host(name, url):
        return None
    parts = urlsplit(canonical(url)[:_LONGEST_ADDRESS])
    wanted = f"{parts.path}?{parts.query}" if "?" in rest else parts.path
    return _compiled("/" + rest).match(wanted)


def fits(patterns: tuple[str, ...], url: str) -> bool:
    """Whether an address is one of these."""
    return any(match(pattern, url) for pattern in patterns)


def day(patterns: tuple[str, ...], url: str) -> str:
    """The day in an address as `20261124` or so, where one of the patterns tells it."""
    for pattern in patterns:
        found = match(pattern, url)
        if found and "date" in found.re.groupindex:
            return found["date"].replace("_", "-")
    return ""


def _is_host(name: str, url: str) -> bool:
    given = host(url)
    named, _, port = name.lower().partition(":")
    if not given or (port and urlsplit(url).port != int(port)):
        return False
    if named.startswith("*."):
        return given.endswith(named[1:])
    return not named or given.removeprefix("www.") == named.removeprefix("www.")


@lru_cache(maxsize=4096)
def _compiled(rest: str) -> re.Pattern[str]:
    """A slash at the end makes no difference."""
    first, *others = _OPENING.split(rest.removesuffix("/"))
    runs = [*zip(others[::2], map(_fixed, others[1::2]), strict=True)]
    inner = "".join(f"(?>{_OPEN[opening]}?{run})" for opening, run in runs[:-1])
    last = "".join(f"{_OPEN[opening]}{run}" for opening, run in runs[-1:])
    return re.compile(rf"{_fixed(first)}{inner}{last}/?\Z", re.DOTALL)


def _fixed(run: str) -> str:
    """Text as it stands in a canonical address, where only ASCII is not escaped."""
    pieces = _PLACEHOLDER.split(run)
    return "".join(_FIXED.get(one) or re.escape(quote(one, safe=_ASCII)) for one in pieces)
