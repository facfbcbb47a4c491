"""A story's history: every version, when it was received, what changed, and whether it is gone."""

from __future__ import annotations

import argparse

from newskeep.cli.terminal import BOLD, headline, open_archive, paint, say, say_json
from newskeep.compare import diff
from newskeep.dates import iso
from newskeep.types import Story


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("name", metavar="STORY", help="its address or id")
    parser.add_argument("--json", action="store_true", help="print one JSON object a revision")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        story = archive[chosen.name]
    changes = ["first version", *_summaries(story)]
    if chosen.json:
        for revision, change in zip(story.revisions, changes, strict=True):
            say_json(
                {
                    "revision": revision.id,
                    "number": revision.number,
                    "first_seen": revision.first_seen,
                    "last_seen": revision.last_seen,
                    "title": revision.article.title,
                    "change": change,
                    "captures": revision.captures,
                }
            )
        return 0
    paint(headline(story.article.title, story.url), BOLD)
    say(story.url)
    for revision, change in zip(story.revisions, changes, strict=True):
        say(f"v{revision.number}  {iso(revision.first_seen)}  {revision.id}  {change}")
    if story.state == "gone" and story.missing_since:
        say(f"gone  {iso(story.missing_since)}")
    return 0


def _summaries(story: Story) -> list[str]:
    pairs = zip(story.revisions, story.revisions[1:], strict=False)
    return [diff(old, new).summary for old, new in pairs]
