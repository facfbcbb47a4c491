"""Publish the archive: `newskeep publish site DIR`, `newskeep publish jekyll DIR`.

Only what changed is written, and what went is deleted; other files in DIR are left alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from newskeep import plugins
from newskeep.cli.terminal import complain, open_archive, say, say_json
from newskeep.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument(
        "publisher", metavar="KIND", help="site, jekyll, or an installed one's name"
    )
    parser.add_argument("target", metavar="DIR", type=Path)
    parser.add_argument("--select", default="", metavar="QUERY", help="only what a query finds")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="options",
        metavar="NAME=VALUE",
        help="an option of the publisher; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.epilog = "kinds: " + ", ".join(plugins.BUILT_IN["publisher"])


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    options = dict(_pair(text) for text in chosen.options)
    with open_archive(chosen) as archive:
        report = archive.publish(
            chosen.publisher, chosen.target, select=chosen.select, options=options
        )
    for problem in report.problems:
        complain(problem)
    if chosen.json:
        say_json(report)
    else:
        say(f"{report.written} written, {report.unchanged} unchanged, {report.removed} removed")
        say(f"in {chosen.target}")
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise UsageError(f"--set {text}: write it as NAME=VALUE")
    return name, value
