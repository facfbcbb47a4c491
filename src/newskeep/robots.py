"""robots.txt by RFC 9309: parsed leniently, matched exactly, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

LIMIT = 512_000
"""Bytes of a robots.txt that are read (RFC 9309 §2.5 asks for at least 500 KiB)."""

_LONGEST_LINE = 16_384
_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNESCAPED = re.compile(r"[^!-~]")
_RESERVED = frozenset("%*$")
_NAMES = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "delay",
    "sitemap": "sitemap",
    "site-map": "sitemap",
}
"""Keys, with the misspellings that Google's parser takes as well."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`path` is a normalised pattern with * and a final $; a $ elsewhere is written %24."""

    allow: bool
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rules of the agents (lower case) that are named together."""

    agents: tuple[str, ...]
    rules: tuple[Rule, ...]
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site asks of robots."""

    groups: tuple[Group, ...] = ()
    sitemaps: tuple[str, ...] = ()

    def allows(self, agent: str, url: str) -> bool:
        """Whether the agent (a product token, any case) may fetch the address (§2.2.2).

        The longest matching rule decides, and of two of the same length the allowing one.
        """
        parts = urlsplit(url)
        path = _literal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        found = [rule for rule in self._rules(agent) if matches(rule.path, path)]
        best = max(found, key=lambda rule: (len(rule.path), rule.allow), default=None)
        return best is None or best.allow

    def delay(self, agent: str) -> float | None:
        """Seconds between two requests that the site asks for (crawl-delay, no part of the RFC)."""
        waits = [group.delay for group in self._groups(agent) if group.delay is not None]
        return max(waits, default=None)

    def _rules(self, agent: str) -> Iterator[Rule]:
        for group in self._groups(agent):
            yield from group.rules

    def _groups(self, agent: str) -> list[Group]:
        """Every group that names the agent; else those for * (§2.2.1)."""
        named = [group for group in self.groups if agent.lower() in group.agents]
        return named or [group for group in self.groups if "*" in group.agents]


def for_status(status: int, body: bytes) -> Robots | None:
    """What an answer to the question for robots.txt means (§2.3.1).

    200: what it says. Other 2xx, 3xx past the hops, and 4xx: nothing is asked of us. None
    for 429 and 5xx: the site cannot say, so nothing may be fetched until it can.
    """
    if status == 200:
        return parse(body)
    return None if status == 429 or status >= 500 else Robots()


def parse(document: bytes | str) -> Robots:
    """Read a robots.txt; what makes no sense is passed over. Never raises."""
    text = document.decode("utf-8", "replace") if isinstance(document, bytes) else document
    reader = _Reader()
    for line in re.split(r"\r\n|\n|\r", text[:LIMIT].removeprefix("\ufeff")):
        reader.line(line[:_LONGEST_LINE])
    return reader.result()


def normal(path: str) -> str:
    """A path or pattern with escapes in one form (§2.2.2): octets as %XX, plain characters bare."""
    return _UNESCAPED.sub(_escaped, _ESCAPE.sub(_unescaped, path))


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern with * and a final $ matches the path from its start, in linear time."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not rest:
        return not ends or place == len(path)
    *middle, last = rest
    for piece in middle:
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    if ends:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0


class _Reader:
    """Collects groups line by line: agents in a row belong together, rules follow them.

    A crawl-delay ends no such row (§2.2.4); it makes a group of its own for the agents so far.
    """

    def __init__(self) -> None:
        self._groups: list[Group] = []
        self._sitemaps: list[str] = []
        self._agents: list[str] = []
        self._rules: list[Rule] = []
        self._in_rules = False

    def line(self, line: str) -> None:
        name, value = _field(line)
        if name == "agent":
            self._agent(value)
        elif name in ("allow", "disallow") and self._agents:
            self._in_rules = True
            if value:
                self._rules.append(Rule(name == "allow", _pattern(value)))
        elif name == "delay" and self._agents:
            self._groups.append(Group(tuple(self._agents), (), _seconds(value)))
        elif name == "sitemap" and value:
            self._sitemaps.append(value)

    def result(self) -> Robots:
        self._close()
        return Robots(tuple(self._groups), tuple(self._sitemaps))

    def _agent(self, value: str) -> None:
        if self._in_rules:
            self._close()
        token = _TOKEN.match(value)
        if value.startswith("*"):
            self._agents.append("*")
        elif token:
            self._agents.append(token[0].lower())

    def _close(self) -> None:
        if self._agents:
            self._groups.append(Group(tuple(self._agents), tuple(self._rules)))
        self._agents, self._rules, self._in_rules = [], [], False


def _field(line: str) -> tuple[str, str]:
    line = line.split("#", 1)[0].strip()
    name, colon, value = line.partition(":")
    if not colon:
        name, value = (*line.split(None, 1), "", "")[:2]
    return _NAMES.get(name.strip().lower(), ""), value.strip()


def _pattern(value: str) -> str:
    """A rule's value, where only a final $ means the end."""
    found = normal(value)
    return found[:-1].replace("$", "%24") + found[-1]


def _literal(path: str) -> str:
    """An address's path and query, where * and $ mean nothing but themselves."""
    return normal(path).replace("*", "%2A").replace("$", "%24")


def _seconds(value: str) -> float | None:
    match = re.match(r"\d{1,9}(?:\.\d{1,6})?", value)
    return float(match[0]) if match else None


def _unescaped(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    is_plain = "!" <= char <= "~" and char not in _RESERVED and char not in "/?#"
    return char if is_plain else match[0].upper()


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))
