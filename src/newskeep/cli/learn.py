"""Learn which blocks repeat across a site's articles, and leave them out; or say what was learned.

`newskeep learn` looks at the articles of every site, `newskeep learn SITE` at one; a sync does
the same by itself when a site has grown by half. What is learned stands in the journal.
"""

from __future__ import annotations

import argparse

from newskeep.archive import Archive
from newskeep.cli.terminal import BOLD, open_archive, paint, say, say_json, table
from newskeep.errors import UsageError
from newskeep.extraction.learned import Repeated, site_of
from newskeep.extraction.lessons import Lesson

_KEY = 12
"""Digits of a block's key that are shown."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument(
        "site", nargs="?", default="", metavar="SITE", help="a host, or any address on it"
    )
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--list", action="store_true", help="show what was learned, and learn nothing")
    act.add_argument(
        "--refuse",
        action="append",
        default=[],
        metavar="BLOCK",
        help="leave this block of SITE in its articles for good; may be repeated",
    )
    act.add_argument("--forget", action="store_true", help="forget all that SITE has taught")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    if (chosen.refuse or chosen.forget) and not chosen.site:
        raise UsageError("name the SITE whose lesson is meant; see: newskeep learn --list")
    with open_archive(chosen) as archive:
        if chosen.list:
            _list(archive, chosen)
        elif chosen.refuse or chosen.forget:
            _unlearn(archive, chosen)
        else:
            _learn(archive, chosen)
    return 0


def _learn(archive: Archive, chosen: argparse.Namespace) -> None:
    taught = archive.learn(chosen.site)
    if chosen.json:
        for one in taught:
            say_json(one)
        return
    for one in taught:
        paint(f"{one.site}: {len(one.blocks)} new, of {one.articles} articles", BOLD)
        _blocks(one.blocks)
        say(f"left out of {one.stories} stories")
    if not taught:
        say("Nothing new was learned.")


def _unlearn(archive: Archive, chosen: argparse.Namespace) -> None:
    stories = archive.unlearn(chosen.site, chosen.refuse)
    if chosen.json:
        say_json({"site": chosen.site, "stories": stories})
    else:
        say(f"{chosen.site}: {stories} stories were derived again")


def _list(archive: Archive, chosen: argparse.Namespace) -> None:
    wanted = site_of(chosen.site) or chosen.site
    lessons = [one for site, one in sorted(archive.lessons.sites.items()) if wanted in ("", site)]
    for lesson in lessons:
        if chosen.json:
            say_json(_facts(lesson))
        else:
            paint(f"{lesson.learned.site}: learned from {lesson.articles} articles", BOLD)
            _blocks(lesson.used.blocks)
            _blocks([one for one in lesson.learned.blocks if one.key in lesson.refused], "refused")
    if not lessons and not chosen.json:
        say(f"{wanted} has taught nothing yet." if wanted else "No site has taught anything yet.")


def _facts(lesson: Lesson) -> dict[str, object]:
    used = lesson.used
    return {
        "site": used.site,
        "articles": lesson.articles,
        "digest": used.digest,
        "blocks": used.blocks,
        "refused": sorted(lesson.refused),
    }


def _blocks(blocks: list[Repeated] | tuple[Repeated, ...], mark: str = "") -> None:
    table(
        (
            (one.key[:_KEY], str(one.articles), *([mark] if mark else []), one.text)
            for one in blocks
        ),
        right=[1],
        cut=3 if mark else 2,
    )
