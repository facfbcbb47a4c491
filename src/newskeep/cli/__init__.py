"""The command line: one verb, one file. A verb's module is imported when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

VERBS = {
    "init": "make a new archive",
    "follow": "follow a feed, or a page that offers one",
    "unfollow": "stop following a source",
    "sources": "list what is followed",
    "sync": "do what is due: poll, fetch, keep",
    "list": "list stories, newest first",
    "show": "read a story",
    "log": "a story's history",
    "diff": "what changed between two revisions",
    "search": "find stories",
    "status": "how the archive and its sources are",
    "check": "prove that nothing is damaged",
    "rebuild": "make derived/ again from the captures",
    "publish": "publish as a site or as Jekyll posts",
    "import": "take in an old mirror or a list of subscriptions",
    "export": "write the sources as OPML or subs.json",
}

EXIT_CODES = """\
exit codes: 0 well, 1 something failed or was found wrong, 2 wrong usage or configuration,
3 no archive there, 4 another process is writing, 5 damaged captures, 130 interrupted"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    if not chosen.verb:
        _parser().print_help()
        return 2
    return _guarded(chosen.verb, chosen.rest, chosen.archive)


def _parser() -> argparse.ArgumentParser:
    listing = "\n".join(f"  {verb:10}{line}" for verb, line in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="newskeep",
        description="Keeps the news: what was published, when, and how it changed.",
        epilog=f"verbs:\n{listing}\n\n`newskeep VERB --help` tells more.\n\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--archive", metavar="DIR", help=_ARCHIVE_HELP)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    parser.add_argument("verb", nargs="?", choices=VERBS, metavar="VERB")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


_ARCHIVE_HELP = "the archive (default: $NEWSKEEP_ARCHIVE, else this folder)"


class _Version(argparse.Action):
    def __call__(self, *arguments: object, **options: object) -> None:
        from newskeep import __version__

        sys.stdout.write(f"newskeep {__version__}\n")
        raise SystemExit(0)


def _guarded(verb: str, rest: Sequence[str], archive: str | None) -> int:
    from newskeep.errors import NewskeepError

    try:
        return _run(verb, rest, archive)
    except NewskeepError as error:
        from newskeep.cli.terminal import complain

        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("newskeep: interrupted; all that was kept is safe\n")
        return 130
    except BrokenPipeError:
        # The reader (head, less) has had enough: no traceback, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(verb: str, rest: Sequence[str], archive: str | None) -> int:
    name = f"{verb}_" if verb in ("import", "list") else verb  # not to shadow the words
    module = import_module(f"newskeep.cli.{name}")
    parser = argparse.ArgumentParser(
        prog=f"newskeep {verb}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--archive", metavar="DIR", default=archive, help=_ARCHIVE_HELP)
    module.arguments(parser)
    code: int = module.run(parser.parse_args(rest))
    return code
