"""`make demo`: the whole path on the bundled newsstand, with the commands that it runs shown.

The newsstand's two editions are of 20 and 21 November 2026; NEWSKEEP_CLOCK_OFFSET takes the
commands there, so that the demo tells the same story on any day.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from newsstand import Newsstand

HERE = Path(__file__).parent
OUT = HERE / "out"
ARCHIVE = OUT / "archive"
NEWSKEEP = Path(sys.executable).with_name("newskeep")
FIRST, SECOND, THIRD = "2026-11-20T20:00:00Z", "2026-11-21T15:10:00Z", "2026-11-21T17:00:00Z"
STYLED = sys.stdout.isatty()


def main() -> int:
    """Run it all; the exit code."""
    started = time.monotonic()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    with Newsstand() as stand:
        tell("A newsstand with three papers opens on this machine", *stand.feeds())
        keep_first_edition(stand)
        keep_second_edition(stand)
    read()
    publish()
    newskeep(THIRD, "check")
    newskeep(THIRD, "status")
    where_to_look(time.monotonic() - started)
    return 0


def keep_first_edition(stand: Newsstand) -> None:
    """Make an archive, follow the papers by feed or front page, and sync."""
    contact = "mailto:you@example.org"
    newskeep(FIRST, "init", str(ARCHIVE), "--title", "Lanmere and the Lake", "--contact", contact)
    hurry()
    bell, lanhu, gangwan = stand.feeds()
    front = bell.rpartition("/")[0] + "/"
    loopback = ("--allow-host", "127.0.0.1")
    newskeep(FIRST, "follow", front, "--tag", "english", *loopback)
    newskeep(FIRST, "follow", lanhu, "--tag", "中文", "--zone", "Asia/Shanghai", *loopback)
    newskeep(FIRST, "follow", gangwan, "--tag", "中文", "--zone", "Asia/Taipei", *loopback)
    newskeep(FIRST, "sync")


def keep_second_edition(stand: Newsstand) -> None:
    """The papers edit one story and withdraw another; a second look makes sure that it is gone."""
    stand.advance()
    tell("The next day: one story was edited, one withdrawn, others are new")
    newskeep(SECOND, "sync")
    tell("Two hours later: a page that is missing twice is gone")
    newskeep(THIRD, "sync")


def read() -> None:
    """What was kept: the edit, the deletion, and search in two languages."""
    edited, gone = stories("is:edited"), stories("is:gone")
    tell("The edit")
    newskeep(THIRD, "log", edited)
    newskeep(THIRD, "diff", edited)
    tell("The deletion: the last copy is kept")
    newskeep(THIRD, "show", gone)
    tell("Search, exact in Chinese too")
    newskeep(THIRD, "search", "toll OR library")
    newskeep(THIRD, "search", "大桥")


def publish() -> None:
    """Posts for Jekyll and a site."""
    newskeep(THIRD, "publish", "jekyll", str(OUT / "posts"))
    newskeep(THIRD, "publish", "site", str(OUT / "site"))


def stories(query: str) -> str:
    """The id of the first story that a query finds."""
    command = [str(NEWSKEEP), "list", "--ids", "--select", query, "--limit", "1"]
    done = subprocess.run(command, env=environment(THIRD), check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().strip()


def newskeep(at: str, *arguments: str) -> None:
    """Show a command and run it as of a time. Ends the demo if it fails."""
    shown = shlex.join(["newskeep", *map(short, arguments)])
    print(f"\n\x1b[1m$ {shown}\x1b[0m" if STYLED else f"\n$ {shown}", flush=True)
    done = subprocess.run([str(NEWSKEEP), *arguments], env=environment(at), check=False)
    if done.returncode:
        sys.exit(f"demo: that ended with exit code {done.returncode}")


def environment(at: str) -> dict[str, str]:
    """The environment for commands that run as of this time."""
    offset = datetime.fromisoformat(at).timestamp() - time.time()
    return {**os.environ, "NEWSKEEP_ARCHIVE": str(ARCHIVE), "NEWSKEEP_CLOCK_OFFSET": str(offset)}


def hurry() -> None:
    """Our own newsstand may be asked without a second's pause between two requests."""
    settings = ARCHIVE / "newskeep.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("delay = 1.0 ", "delay = 0.05"), encoding="utf-8")


def short(argument: str) -> str:
    """A path as seen from where the demo was started."""
    return os.path.relpath(argument) if argument.startswith(str(HERE.parent)) else argument


def tell(line: str, *more: Sequence[str]) -> None:
    """A heading, and lines below it."""
    print(f"\n\x1b[36m— {line}\x1b[0m" if STYLED else f"\n— {line}", *more, sep="\n  ", flush=True)


def where_to_look(seconds: float) -> None:
    """The last words."""
    tell(
        f"Done in {seconds:.0f} s. Look at",
        f"site      {(OUT / 'site' / 'index.html').as_uri()}",
        f"posts     {short(str(OUT / 'posts' / '_posts'))}",
        f"archive   {short(str(ARCHIVE))}   (captures/ holds what was received)",
        "",
        "Go on with it:",
        f"  export NEWSKEEP_ARCHIVE={short(str(ARCHIVE))}",
        f"  {short(str(NEWSKEEP))} list",
        f"  {short(str(NEWSKEEP))} search '圖書館 OR bridge'",
    )


if __name__ == "__main__":
    raise SystemExit(main())
