"""List stories, newest first: date, source, title. [gone] and [v3] mark what happened."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice

from newskeep.archive import Archive
from newskeep.cli.terminal import headline, natural, open_archive, say, say_json, when
from newskeep.types import Story

EMPTY = "Nothing is kept yet. Next: newskeep sync"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("--limit", type=natural, metavar="N", help="at most so many")
    parser.add_argument("--select", default="", metavar="QUERY", help="only what a query finds")
    parser.add_argument("--oldest", action="store_true", help="oldest first")
    parser.add_argument("--ids", action="store_true", help="print the ids only")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        found = archive.stories(select=chosen.select, newest_first=not chosen.oldest)
        count = 0
        for story in islice(found, chosen.limit):
            count += 1
            _print(story, archive, chosen)
    if not count and not chosen.json and not chosen.ids:
        say(f"Nothing found for {chosen.select}" if chosen.select else EMPTY)
    return 0


def _print(story: Story, archive: Archive, chosen: argparse.Namespace) -> None:
    if chosen.ids:
        say(story.id)
    elif chosen.json:
        say_json(summary(story))
    else:
        marks = "".join(f" [{mark}]" for mark in _marks(story))
        title = headline(story.article.title, story.url) + marks
        say("  ".join((story.id, when(story, archive), story.source_title, title)))


def summary(story: Story) -> dict[str, object]:
    """A story in JSON's terms, without its bodies."""
    article = story.article
    return {
        "id": story.id,
        "url": story.url,
        "title": article.title,
        "source": story.source,
        "source_title": story.source_title,
        "authors": article.authors,
        "published": article.published,
        "lang": article.lang,
        "tags": list(dict.fromkeys((*article.tags, *story.tags))),
        "state": story.state,
        "access": article.access,
        "revisions": [revision.id for revision in story.revisions],
        "first_seen": story.first_seen,
        "last_seen": story.last_seen,
        "missing_since": story.missing_since,
    }


def _marks(story: Story) -> Iterator[str]:
    if story.state == "gone":
        yield "gone"
    if len(story.revisions) > 1:
        yield f"v{len(story.revisions)}"
    if story.article.access != "open":
        yield story.article.access
