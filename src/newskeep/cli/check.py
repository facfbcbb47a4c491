"""Prove that captures, journal, catalogue and index are undamaged. Exit code 0: all is sound."""

from __future__ import annotations

import argparse

from newskeep.cli.terminal import open_archive, say, say_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a fault")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    faults = 0
    with open_archive(chosen) as archive:
        for problem in archive.check():
            faults += 1
            if chosen.json:
                say_json(problem)
            else:
                say(f"{problem.kind}: {problem.message}")
    if not chosen.json:
        count = f"{faults} {'fault' if faults == 1 else 'faults'} found."
        say(count if faults else "All is sound.")
    return 1 if faults else 0
