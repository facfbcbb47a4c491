"""The command line: one verb, one file. A verb's module is imported when it is called."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import suppress

from newskeep import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

VERBS = {
    "init": "make a new archive",
    "follow": "follow a feed, or a page that offers one",
    "unfollow": "stop following a source",
    "login": "use your own account at a source",
    "sources": "list what is followed",
    "sync": "do what is due: poll, fetch, keep",
    "listen": "receive what hubs push (WebSub)",
    "list": "list stories, newest first",
    "show": "read a story",
    "log": "a story's history",
    "diff": "what changed between two revisions",
    "search": "find stories",
    "status": "how the archive and its sources are",
    "check": "prove that nothing is damaged",
    "rebuild": "make derived/ again from the captures",
    "publish": "publish as a site or as Jekyll posts",
    "extract": "the article of a page, and why it reads so",
    "learn": "leave out what a site repeats in its articles",
    "recipe": "try a recipe, or see which there are",
    "import": "take in an old mirror or a list of subscriptions",
    "export": "write the sources as OPML or subs.json",
}

EXIT_CODES = """\
exit codes: 0 well, 1 something failed or was found wrong, 2 wrong usage or configuration,
3 no archive there, 4 another process is writing, 5 damaged captures, 130 interrupted,
143 terminated"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    from newskeep.errors import NewskeepError

    termination = _Termination()
    try:
        with termination:
            code = _run(arguments)
            sys.stdout.flush()
        return code
    except NewskeepError as error:
        return _complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        ended, code = ("terminated", 143) if termination.asked else ("interrupted", 130)
        return _complain(f"{ended}; all that was kept is safe", code)
    except BrokenPipeError:
        # The reader (head, less) has had enough: no traceback, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _complain(_told(error), 1)


class _Termination:
    """SIGTERM ends what runs as orderly as Ctrl-C does; `asked` says whether it came."""

    def __init__(self) -> None:
        self.asked = False
        self._before: object = None

    def __enter__(self) -> None:
        with suppress(ValueError):  # in a thread, whose signals are another's business
            self._before = signal.signal(signal.SIGTERM, self._end)

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)  # type: ignore[arg-type]

    def _end(self, number: int, frame: object) -> None:
        self.asked = True
        interrupt = signal.getsignal(signal.SIGINT)
        if not callable(interrupt):  # Ctrl-C is ignored here, as it is behind a shell's &
            raise KeyboardInterrupt
        interrupt(signal.SIGINT, None)


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if not chosen.verb:
        parser.print_help()
        return 2
    if chosen.verb not in VERBS:
        parser.error(f"no verb is called {chosen.verb!r}{_hint(chosen.verb)}")
    return _run_verb(chosen.verb, chosen.rest, chosen.archive)


def _hint(verb: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(verb, VERBS, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _told(error: Exception) -> str:
    """What the disk or the database says, for people; a fault of ours keeps its traceback."""
    import sqlite3

    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}; make it readable and writable, and try again"
    if isinstance(error, sqlite3.Error):
        return f"the catalogue cannot be used: {error}; if it stays so, run: newskeep rebuild"
    raise error


def _complain(text: str, code: int) -> int:
    from newskeep.text import strip_control

    sys.stderr.write(f"newskeep: {strip_control(text)}\n")
    return code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from newskeep.errors import UsageError

        if self.prog.endswith(" search") and "unrecognized arguments: -" in message:
            message += "; put a query that leaves a word out in quotes: 'bridge -toll'"
        raise UsageError(f"{message}; see: {self.prog} --help")


def _parser() -> _Parser:
    listing = "\n".join(f"  {verb:10}{line}" for verb, line in VERBS.items())
    parser = _Parser(
        prog="newskeep",
        description="Keeps the news: what was published, when, and how it changed.",
        epilog=f"verbs:\n{listing}\n\n`newskeep VERB --help` tells more.\n\n{EXIT_CODES}",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--archive", metavar="DIR", help=_ARCHIVE_HELP)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    parser.add_argument("verb", nargs="?", metavar="VERB")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


_ARCHIVE_HELP = "the archive (default: $NEWSKEEP_ARCHIVE, else this folder)"


def _formatter(prog: str) -> argparse.HelpFormatter:
    """With a width of our own: argparse would import shutil and three compressors to find one."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 80
    return argparse.RawDescriptionHelpFormatter(prog, width=max(columns - 2, 40))


class _Version(argparse.Action):
    def __call__(self, *arguments: object, **options: object) -> None:
        from newskeep import __version__

        sys.stdout.write(f"newskeep {__version__}\n")
        raise SystemExit(0)


def _run_verb(verb: str, rest: Sequence[str], archive: str | None) -> int:
    from importlib import import_module

    name = f"{verb}_" if verb in ("import", "list") else verb  # not to shadow the words
    module = import_module(f"newskeep.cli.{name}")
    parser = _Parser(
        prog=f"newskeep {verb}",
        description=module.__doc__,
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--archive", metavar="DIR", default=archive, help=_ARCHIVE_HELP)
    module.arguments(parser)
    code: int = module.run(parser.parse_args(rest))
    return code
