"""Parts by name: the built-ins stand in the same table as anyone else's.

A name in `newskeep.toml` or on the command line is looked up here first and then among
the installed packages' entry points, group `newskeep.<kind>`:

    [project.entry-points."newskeep.extractor"]
    mine = "my_package:extract_page"
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from newskeep.errors import ConfigError

_SAVED = (
    "bookmarks",
    "greader",
    "instapaper",
    "karakeep",
    "miniflux",
    "omnivore",
    "pocket",
    "raindrop",
    "readeck",
    "wallabag",
)
"""Services whose exports are read: each is an importer, and an export is read as a feed is."""

BUILT_IN: dict[str, dict[str, str]] = {
    "extractor": {"newskeep": "newskeep.extraction:page"},
    "source": {
        "blog": "newskeep.discover.blog:parse",
        "feed": "newskeep.discover.feed:parse",
        "listing": "newskeep.discover.listing:parse",
        "sitemap": "newskeep.discover.sitemap:parse",
        "mail": "newskeep.discover.mail:parse",
    },
    "saved": {name: f"newskeep.discover.saved.{name}:parse" for name in _SAVED},
    "collector": {
        "folder": "newskeep.collect.folder:collect",
        "imap": "newskeep.collect.imap:collect",
        "mailbox": "newskeep.collect.mailbox:collect",
        "mirror": "newskeep.collect.mirror:collect",
        "warc": "newskeep.collect.warc:collect",
    },
    "publisher": {
        "jekyll": "newskeep.publish.jekyll:publish",
        "site": "newskeep.publish.site:publish",
    },
    "importer": {
        "jekyll": "newskeep.importers.jekyll:import_folder",
        "opml": "newskeep.importers.subscriptions:import_opml",
        "subs": "newskeep.importers.subscriptions:import_subs",
        "fivefilters": "newskeep.importers.fivefilters:import_folder",
        "saved": "newskeep.importers.saved:import_saved",
        "freshrss": "newskeep.importers.saved:greader",
        **{name: f"newskeep.importers.saved:{name}" for name in _SAVED},
    },
}


def names(kind: str) -> list[str]:
    """Every name of a kind of part (extractor, source, saved, collector, publisher …), sorted."""
    return sorted({*BUILT_IN[kind], *(point.name for point in _entry_points(kind))})


def find(kind: str, name: str) -> Callable[..., Any]:
    """The part of this kind and name. Raises ConfigError where there is none that loads."""
    target = BUILT_IN[kind].get(name) or _installed(kind, name)
    if not target:
        known = ", ".join(names(kind))
        raise ConfigError(
            f"no {kind} is called {name!r}; known are {known}. A package may add one "
            f"through the entry point group newskeep.{kind}"
        )
    return _load(target, kind, name)


def reader(role: str) -> Callable[..., Any]:
    """What reads captures of this role as a feed: a source's kind, or `saved-` and a service.

    Raises ConfigError where there is none.
    """
    service = role.removeprefix("saved-")
    return find("source" if service == role else "saved", service)


def _installed(kind: str, name: str) -> str:
    return next((point.value for point in _entry_points(kind) if point.name == name), "")


def _entry_points(kind: str) -> Any:
    from importlib.metadata import entry_points

    return entry_points(group=f"newskeep.{kind}")


def _load(target: str, kind: str, name: str) -> Callable[..., Any]:
    module, _, function = target.partition(":")
    try:
        part: Callable[..., Any] = getattr(import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"the {kind} {name!r} ({target}) does not load: {error}") from error
    return part
