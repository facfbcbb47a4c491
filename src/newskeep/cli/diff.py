"""What changed between two revisions: by word, per character in Chinese, Japanese and Korean.

`newskeep diff STORY` compares the first and the newest version, `newskeep diff STORY 1 3`
two of them by number. [-removed-] and {+added+} mark the changes; colours join them on a
terminal. Exit code 0 with or without differences.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from newskeep.cli.show import pick
from newskeep.cli.terminal import (
    GREEN,
    RED,
    STRIKE,
    UNDERLINE,
    emit,
    open_archive,
    say,
    say_json,
    styled,
)
from newskeep.compare import Piece, diff

_MARKS = {"removed": ("[-", "-]", RED, STRIKE), "added": ("{+", "+}", GREEN, UNDERLINE)}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("name", metavar="STORY", help="its address or id")
    parser.add_argument("old", metavar="OLD", nargs="?", type=int, help="a revision's number")
    parser.add_argument("new", metavar="NEW", nargs="?", type=int, help="a revision's number")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        story = archive[chosen.name]
        old = pick(story, archive, "", chosen.old or 1)
        new = pick(story, archive, "", chosen.new or len(story.revisions))
    found = diff(old, new)
    if chosen.json:
        pieces = {name: [tuple(one) for one in getattr(found, name)] for name in ("title", "body")}
        say_json({"old": old.id, "new": new.id, "summary": found.summary, **pieces})
        return 0
    say(f"{story.url}  v{old.number} → v{new.number}: {found.summary}")
    say()
    emit(_marked(found.title) + "\n\n" + _marked(found.body) + "\n")
    return 0


def _marked(pieces: Iterable[Piece]) -> str:
    return "".join(_mark(piece) for piece in pieces)


def _mark(piece: Piece) -> str:
    if piece.op == "same":
        return styled(piece.text)
    before, after, *styles = _MARKS[piece.op]
    body = piece.text.rstrip("\n")
    return styled(f"{before}{body}{after}", *styles) + piece.text[len(body) :]
