"""Delete derived/ and make it again from the captures and the journal.

The digest printed covers every story and revision: it is the same before and after, and
for any number of workers.
"""

from __future__ import annotations

import argparse

from newskeep.archive import Archive
from newskeep.cli.terminal import natural, open_archive, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("--workers", type=natural, default=1, metavar="N", help="processes (1)")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--digest", action="store_true", help="print the digest, rebuild nothing")
    only.add_argument("--stale", action="store_true", help="only the stories that other rules made")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        digest = _digest(archive, chosen)
    if chosen.json:
        say_json({"digest": digest})
    else:
        say(digest if chosen.digest else f"Rebuilt; digest {digest}")
    return 0


def _digest(archive: Archive, chosen: argparse.Namespace) -> str:
    if chosen.stale:
        while archive.refresh():
            pass
    return (
        archive.digest()
        if chosen.digest or chosen.stale
        else archive.rebuild(workers=chosen.workers)
    )
