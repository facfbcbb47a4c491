"""Find stories. Words are joined by AND; OR, -word, "a phrase", source:, title:, before: … work.

Chinese, Japanese and Korean are found by any characters that stand together in the text.
"""

from __future__ import annotations

import argparse

from newskeep.cli.list_ import summary
from newskeep.cli.terminal import (
    BOLD,
    emit,
    headline,
    natural,
    open_archive,
    paint,
    say,
    say_json,
    styled,
    when,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("query", metavar="QUERY", nargs="+")
    parser.add_argument(
        "--limit", type=natural, default=20, metavar="N", help="at most so many (20)"
    )
    parser.add_argument("--order", choices=("relevance", "newest", "oldest"), default="relevance")
    parser.add_argument("--count", action="store_true", help="print how many there are")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    query = " ".join(chosen.query)
    with open_archive(chosen) as archive:
        if chosen.count:
            say(str(archive.count(query)))
            return 0
        hits = archive.search(query, limit=chosen.limit, order=chosen.order)
        for hit in hits:
            story = archive[hit.story]
            if chosen.json:
                snippet = {"snippet": hit.snippet, "score": hit.score}
                say_json({**summary(story), **snippet})
                continue
            paint(headline(story.article.title, story.url), BOLD)
            say(f"  {story.id}  {when(story, archive)}  {story.source_title}")
            emit(f"  {_highlighted(hit.snippet)}\n")
    if not hits and not chosen.json:
        say(f"Nothing found for {query}")
    return 0


def _highlighted(snippet: str) -> str:
    parts = snippet.replace("\n", " ").replace("\x03", "\x02").split("\x02")
    return "".join(styled(part, BOLD) if i % 2 else styled(part) for i, part in enumerate(parts))
