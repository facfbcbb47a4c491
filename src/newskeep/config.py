"""What a person asked for: `newskeep.toml` (how) and `sources.toml` (what to follow).

Pure: text in, values out, and edited text back. Every mistake raises ConfigError
with the file's name, the place and the remedy.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from newskeep import dates
from newskeep.errors import ConfigError
from newskeep.types import Source
from newskeep.url import is_web

FORMAT = 1
"""The version of the on-disk format that this program writes."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SIZES = {"": 1, "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30}
_LONGEST = 10 * 366 * 86400

MOST_PAGES = 10_000
"""Pages of one source that may be read for older entries."""

SOONEST_LOOK = 900.0
"""Seconds at least between two looks at a page that a schedule may ask for."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`newskeep.toml`, read. Times are in seconds, sizes in bytes.

    `extractor` is a name that `plugins` resolves, `revisit` a schedule that `revisits`
    reads, `budget` how many second looks at pages an hour has. `callback` is the public address
    at which hubs reach `listen` (WebSub).
    """

    title: str = "The archive"
    language: str = "en"
    zone: str = "UTC"
    base_url: str = ""
    contact: str = ""
    delay: float = 1.0
    parallel: int = 32
    every: int = 3600
    timeout: float = 60.0
    pictures: bool = True
    robots: bool = True
    compression: str = "gzip"
    rotate: int = 256 << 20
    extractor: str = "newskeep"
    revisit: str = "15m<3h 1h<1d 3h<7d 3d<30d 30d<365d"
    budget: int = 2000
    callback: str = ""
    listen: str = "127.0.0.1:8642"


def duration(text: str) -> int:
    """Seconds in `90s`, `30m`, `1h`, `2d`, `1w` or a bare number. Raises ValueError."""
    match = re.fullmatch(r"\s*(\d{1,9})\s*([smhdw]?)\s*", text.lower())
    if not match:
        raise ValueError(f"{text!r} is not a duration; write 90s, 30m, 1h, 2d or 1w")
    seconds = int(match[1]) * _UNITS.get(match[2], 1)
    if not 0 < seconds <= _LONGEST:
        raise ValueError(f"{text!r} is not between a second and ten years")
    return seconds


def revisits(text: str) -> tuple[tuple[float, float], ...]:
    """Steps of `15m<3h 1h<1d`: an article younger than the first is seen again after the second.

    In seconds, youngest first; `never` is no step. Raises ValueError.
    """
    if text.strip() == "never":
        return ()
    steps = []
    for word in text.split():
        wait, sign, age = word.partition("<")
        if not sign:
            raise ValueError(f"{word!r} is no step; write such as 15m<3h 1h<1d, or never")
        steps.append((float(duration(age)), float(duration(wait))))
    ages = [age for age, _ in steps]
    if not steps or ages != sorted(set(ages)):
        raise ValueError("write steps with growing ages, such as 15m<3h 1h<1d, or never")
    if min(wait for _, wait in steps) < SOONEST_LOOK:
        raise ValueError("a page is looked at again after 15m at the soonest")
    return tuple(steps)


def show_duration(seconds: int) -> str:
    """The shortest form that `duration` reads back: 5400 is `90m`."""
    longest_first = sorted(_UNITS.items(), key=lambda pair: -pair[1])
    return next(f"{seconds // size}{unit}" for unit, size in longest_first if seconds % size == 0)


def size(text: str) -> int:
    """Bytes in `256MB`, `1GB`, `64KB` or a bare number. Raises ValueError."""
    match = re.fullmatch(r"\s*(\d{1,12})\s*([kmg]b)?\s*", text.lower())
    if not match or not int(match[1]):
        raise ValueError(f"{text!r} is not a size; write 64KB, 256MB or 1GB")
    return int(match[1]) * _SIZES[match[2] or ""]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("write it in quotes")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("write true or false")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 86400:
        raise ValueError("write a number of seconds from 0 to 86400")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 256:
        raise ValueError("write a whole number from 1 to 256")
    return value


def _duration(value: Any) -> int:
    return duration(str(value) if isinstance(value, int) else _text(value))


def _size(value: Any) -> int:
    return size(str(value) if isinstance(value, int) else _text(value))


def _language(value: Any) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", _text(value)):
        raise ValueError("write a language tag such as en, zh-Hans or ja")
    return str(value)


def _zone(value: Any) -> str:
    if _text(value) and not dates.is_zone(value):
        raise ValueError("write a time zone such as Asia/Taipei, UTC or +08:00")
    return str(value)


def _revisit(value: Any) -> str:
    revisits(_text(value))
    return str(value)


def _means(value: Any) -> str:
    if value not in ("", "browser"):
        raise ValueError('write "browser", or leave it out')
    return str(value)


def _budget(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000_000:
        raise ValueError("write a whole number from 1 to 1000000")
    return value


def _pages(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_PAGES:
        raise ValueError(f"write a whole number from 1 to {MOST_PAGES}")
    return value


def _callback(value: Any) -> str:
    if _text(value) and not re.fullmatch(r"https?://[^/?#\s]+(/[^?#\s]*)?", value):
        raise ValueError("write a web address such as https://news.example.org/websub")
    return str(value)


def _compression(value: Any) -> str:
    if value not in ("gzip", "zstd"):
        raise ValueError('write "gzip" or "zstd"')
    return str(value)


def _contact(value: Any) -> str:
    if re.search(r"[\x00-\x1f\x7f]", _text(value)) or len(value) > 200:
        raise ValueError("write one line, such as mailto:you@example.org")
    return str(value)


_READERS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "archive": {"title": _text, "language": _language, "zone": _zone, "base_url": _text},
    "keeper": {"contact": _contact},
    "fetch": {
        "delay": _seconds,
        "parallel": _count,
        "every": _duration,
        "timeout": _seconds,
        "pictures": _flag,
        "robots": _flag,
        "revisit": _revisit,
        "budget": _budget,
    },
    "websub": {"callback": _callback, "listen": _text},
    "captures": {"compression": _compression, "rotate": _size},
    "extract": {"extractor": _text},
}


def read_settings(text: str, name: str = "newskeep.toml") -> Settings:
    """Read `newskeep.toml`. Raises ConfigError."""
    data = _toml(text, name)
    _check_format(data.pop("format", None), name)
    chosen: dict[str, Any] = {}
    for section, table in data.items():
        readers = _known(_READERS, section, f"{name}: section [{section}]")
        for key, value in _table(table, f"{name}: [{section}]").items():
            place = f"{name}: [{section}] {key}"
            chosen[key] = _read(_known(readers, key, place), value, place)
    return Settings(**chosen)


def read_sources(text: str, name: str = "sources.toml") -> tuple[Source, ...]:
    """Read `sources.toml`. Raises ConfigError, also on a repeated id."""
    data = _toml(text, name)
    seen: dict[str, Source] = {}
    for number, table in enumerate(data.get("source", []), start=1):
        source = _source(_table(table, f"{name}: source {number}"), f"{name}: source {number}")
        if source.id in seen:
            raise ConfigError(
                f"{name}: source {number}: the id {source.id!r} stands twice; remove one"
            )
        seen[source.id] = source
    return tuple(seen.values())


def add_source(text: str, source: Source) -> str:
    """`sources.toml` with one more source; comments and order stay as they were."""
    import tomlkit

    tables = tomlkit.aot()
    tables.append(tomlkit.item(_source_table(source)))
    before = text.rstrip()
    return (before + "\n\n" if before else "") + tomlkit.dumps({"source": tables})


def update_sources(text: str, *sources: Source) -> str:
    """`sources.toml` with the sources of these ids rewritten in place."""
    import tomlkit

    document = tomlkit.parse(text)
    tables = {source.id: _source_table(source) for source in sources}
    for table in document.get("source", []):
        wanted = tables.get(table.get("id"))
        if wanted is not None:
            for key in [key for key in table if key not in wanted]:
                del table[key]
            table.update(wanted)
    return tomlkit.dumps(document)


def remove_source(text: str, source_id: str) -> str:
    """`sources.toml` without the source of this id."""
    import tomlkit

    document = tomlkit.parse(text)
    sources = document.get("source", [])
    for index in reversed(range(len(sources))):
        if sources[index].get("id") == source_id:
            del sources[index]
    return tomlkit.dumps(document)


def _source_table(source: Source) -> dict[str, Any]:
    table: dict[str, Any] = {"id": source.id, "url": source.url}
    default = Source(id="", url="")
    for name in ("kind", "title", "tags", "zone", "allow_hosts", "stopped", "revisit", "fetch"):
        value = getattr(source, name)
        if value != getattr(default, name):
            table[name] = list(value) if isinstance(value, tuple) else value
    if source.pages is not None:
        table["pages"] = source.pages
    if source.every is not None:
        table["every"] = show_duration(source.every)
    return table


def _source(table: dict[str, Any], place: str) -> Source:
    known = {field.name for field in fields(Source)}
    source = Source(id="", url="")
    for key, value in table.items():
        _known(dict.fromkeys(known), key, f"{place}: {key}")
        source = replace(source, **{key: _read(_source_reader(key), value, f"{place}: {key}")})
    if not source.id or not source.url:
        raise ConfigError(f"{place}: both id and url are needed")
    return source


def _address(value: Any) -> str:
    scheme, colon, _ = _text(value).partition(":")
    is_web_scheme = scheme.lower() in ("http", "https")
    if not colon or (is_web_scheme and not is_web(value)):
        raise ValueError("write a whole address such as https://example.com/feed.xml")
    return str(value)


def _hosts(value: Any) -> tuple[str, ...]:
    hosts = _texts(value)
    for host in hosts:
        if not re.fullmatch(r"[^\s/@?#]{1,260}", host):
            raise ValueError(f"{host!r} is no host; write one such as news.lan or news.lan:8080")
    return hosts


def _source_reader(key: str) -> Callable[[Any], Any]:
    return _SOURCE_READERS.get(key, _text)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError('write a list such as ["opinion"]')
    return tuple(_text(item) for item in value)


_SOURCE_READERS: dict[str, Callable[[Any], Any]] = {
    "url": _address,
    "tags": _texts,
    "allow_hosts": _hosts,
    "every": _duration,
    "zone": _zone,
    "revisit": _revisit,
    "fetch": _means,
    "pages": _pages,
}


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}") from None


def _check_format(value: Any, name: str) -> None:
    if value is None:
        raise ConfigError(f"{name}: the first line must be: format = {FORMAT}")
    if value != FORMAT:
        raise ConfigError(
            f"{name}: format {value!r} is not known here (this is {FORMAT}); upgrade newskeep"
        )


def _table(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{place}: a table is wanted here, not {value!r}")
    return value


def _known(names: Mapping[str, T], key: str, place: str) -> T:
    if key in names:
        return names[key]
    near = difflib.get_close_matches(key, names, n=1)
    hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(sorted(names))
    raise ConfigError(f"{place}: not known; {hint}")


def _read(reader: Callable[[Any], Any], value: Any, place: str) -> Any:
    try:
        return reader(value)
    except ValueError as error:
        raise ConfigError(f"{place} = {value!r}: {error}") from None
