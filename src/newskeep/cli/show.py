"""Read a story: by its address in any spelling, its id, or a revision's id (or its start)."""

from __future__ import annotations

import argparse
import sys

from newskeep.archive import Archive
from newskeep.cli.list_ import summary
from newskeep.cli.terminal import (
    BOLD,
    DIM,
    columns,
    headline,
    open_archive,
    paint,
    say,
    say_json,
    when,
    wrapped,
)
from newskeep.dates import iso, show
from newskeep.errors import NotFound, UsageError
from newskeep.extraction.clean import sanitise
from newskeep.extraction.render import to_markdown
from newskeep.types import Revision, Story
from newskeep.url import without_trackers


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("name", metavar="STORY")
    parser.add_argument(
        "--rev", type=int, metavar="N", help="revision number N (default: the newest)"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--raw", action="store_true", help="the bytes as they were received")
    form.add_argument("--html", action="store_true", help="the clean article as HTML")
    form.add_argument("--markdown", action="store_true", help="the clean article as Markdown")
    form.add_argument("--json", action="store_true", help="everything known, as JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        story = archive[chosen.name]
        revision = pick(story, archive, chosen.name, chosen.rev)
        if chosen.raw:
            _write_raw(archive.received(revision))
        elif chosen.json:
            say_json({**summary(story), "revision": revision})
        elif chosen.html:
            say(sanitise(revision.article.html, revision.article.url))
        elif chosen.markdown:
            say(_markdown(revision))
        else:
            _read(story, revision, archive)
    return 0


def pick(story: Story, archive: Archive, name: str, number: int | None) -> Revision:
    """The revision of this number, else the one whose id was named, else the newest.

    Raises NotFound where the story has no such revision.
    """
    if number is None:
        named = name.lower()
        is_id = len(named) >= 20 and not set(named) - set("0123456789abcdef")
        matches = [one for one in story.revisions if is_id and one.id.startswith(named)]
        return matches[0] if matches else story.latest
    for revision in story.revisions:
        if revision.number == number:
            return revision
    raise NotFound(f"{story.id} has revisions 1 to {len(story.revisions)}, not {number}")


def _write_raw(document: bytes) -> None:
    if sys.stdout.isatty():
        raise UsageError("--raw may hold what drives a terminal; send it to a file or a pipe")
    sys.stdout.buffer.write(document)


def _markdown(revision: Revision) -> str:
    article = revision.article
    return f"# {article.title}\n\n{to_markdown(article.html)}"


def _read(story: Story, revision: Revision, archive: Archive) -> None:
    article, room = revision.article, columns()
    for line in wrapped(headline(article.title, story.url), room):
        paint(line, BOLD)
    if article.subtitle:
        _paragraph(article.subtitle, room)
    by = ", ".join(article.authors)
    paint("  ".join(part for part in (story.source_title, by, when(story, archive)) if part), DIM)
    paint(without_trackers(article.url or story.url), DIM)
    for line in _notices(story, revision):
        paint(line, BOLD)
    for paragraph in article.text.split("\n"):
        say()
        _paragraph(paragraph, room)
    say()
    paint(_provenance(story, revision), DIM)


def _paragraph(text: str, room: int) -> None:
    for line in wrapped(text, room):
        say(line)


def _notices(story: Story, revision: Revision) -> list[str]:
    notices = []
    if story.state == "gone" and story.missing_since:
        since = iso(story.missing_since)
        notices.append(f"Gone from its source since {since}; this is the last copy.")
    if revision.number != len(story.revisions):
        notices.append(f"This is version {revision.number} of {len(story.revisions)}.")
    if revision.article.access != "open":
        notices.append(f"Access at the source: {revision.article.access}.")
    notices.extend(f"Note: {problem.message}" for problem in revision.article.problems)
    return notices


def _provenance(story: Story, revision: Revision) -> str:
    modified = revision.article.modified
    parts = [
        f"received {iso(revision.first_seen)}",
        f"version {revision.number} of {len(story.revisions)}",
        f"modified {show(modified)}" if modified else "",
        f"revision {revision.id}",
    ]
    return ", ".join(part for part in parts if part)
