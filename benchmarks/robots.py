"""How often newskeep's robots.txt agrees with google/robotstxt, and why not where not.

    NEWSKEEP_ROBOTS_ORACLE=…/robots_main python benchmarks/robots.py [--cases 5000] [--own FILE]

The oracle is google/robotstxt's robots_main (FILE AGENT ADDRESS; it ends with 0 where it
allows, 1 where not). FILE holds its own test cases, a line each: robots.txt, agent and
address in hexadecimal after an x, and 1 or 0 for its verdict. Without the oracle nothing is
compared. A difference that REASONS does not explain is an error.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from newskeep import robots

VARIABLE = "NEWSKEEP_ROBOTS_ORACLE"


class Case(NamedTuple):
    """A robots.txt, who asks, and for what."""

    document: bytes
    agent: str
    url: str


def _has_plain_escape(case: Case) -> bool:
    return bool(
        re.search(rb"%(?:2[1-9A-Fa-f]|[3-7][0-9A-Fa-f])", case.document + case.url.encode())
    )


REASONS: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    (
        "no address or agent at all: newskeep never asks so, and Google's answer is its own",
        lambda case: not case.agent or not case.url,
    ),
    (
        "an agent that is no product token (RFC 9309 §2.2.1): newskeep's own is fixed",
        lambda case: not re.fullmatch(r"[A-Za-z_-]+", case.agent),
    ),
    (
        "an address that is not escaped: newskeep escapes it first (§2.2.2), Google leaves "
        "that to its caller",
        lambda case: not case.url.isascii(),
    ),
    (
        "robots.txt itself is always allowed (§2.2.2); Google applies the rules to it",
        lambda case: case.url.endswith("/robots.txt"),
    ),
    (
        "escapes of plain characters are undone before comparing (§2.2.2); Google compares "
        "them as they stand",
        _has_plain_escape,
    ),
    (
        "index.html stands for its folder at Google alone",
        lambda case: b"index.htm" in case.document.lower(),
    ),
    (
        "a line is cut at 16,384 characters, Google's at 16,663 bytes",
        lambda case: len(case.document) > 16_000,
    ),
)
"""Why a verdict may differ, and the cases that this can concern; the first that fits."""

AGENTS = ("newskeep", "NewsKeep", "otherbot", "news-keep", "newskeeper")
NAMED = ("newskeep", "NEWSKEEP", "newskeep/1.0", "newskeep bot", "otherbot", "*", "* ", "news", "")
KEYS = ("Allow", "Disallow", "disallow ", "ALLOW", "Dissallow", "Noindex", "Crawl-delay", "Sitemap")
PIECES = ("/", "/a", "/ab", "/a/b", "*", "*.php", "$", "?", "?q=1", "&p", "/%E6%96%B0", "/新",
          "%2f", "/%61", "/~x", "/index.html", ".html", "//", "b*c", "#x", "=")  # fmt: skip
ENDS = ("\n", "\n", "\n", "\r\n", "\r", "\n\n", " # said\n")


def generated(count: int) -> Iterator[Case]:
    dice = random.Random(9309)
    for _ in range(count):
        lines = [_line(dice) + dice.choice(ENDS) for _ in range(dice.randint(1, 9))]
        path = "".join(dice.choices(PIECES, k=dice.randint(0, 4))).replace("新", "%E6%96%B0")
        url = f"https://paper.example/{path.lstrip('/').split('#')[0]}"
        yield Case("".join(lines).encode(), dice.choice(AGENTS), url)


def _line(dice: random.Random) -> str:
    if dice.random() < 0.35:
        return f"User-agent{dice.choice((':', ': ', ' : ', ' '))}{dice.choice(NAMED)}"
    value = "".join(dice.choices(PIECES, k=dice.randint(0, 3)))
    return f"{dice.choice(KEYS)}{dice.choice((':', ': ', ' : '))}{value}"


def own(lines: list[str]) -> Iterator[tuple[Case, bool]]:
    for line in lines:
        document, agent, url, verdict = line.split(" ")
        texts = [bytes.fromhex(one[1:]) for one in (document, agent, url)]
        yield Case(texts[0], texts[1].decode(), texts[2].decode()), verdict == "1"


def verdict_of(oracle: str, case: Case, file: Path) -> bool:
    file.write_bytes(case.document)
    asked = [oracle, str(file), case.agent, case.url]
    done = subprocess.run(asked, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode == 0


def judged(oracle: str, count: int) -> Iterator[tuple[Case, bool]]:
    with tempfile.TemporaryDirectory() as folder:
        for case in generated(count):
            yield case, verdict_of(oracle, case, Path(folder) / "robots.txt")


def report(name: str, cases: Iterator[tuple[Case, bool]]) -> int:
    """Print how many agree and why the others do not. Returns how many are unexplained."""
    total, why, odd = 0, Counter[str](), []
    for case, allowed in cases:
        total += 1
        if robots.parse(case.document).allows(case.agent, case.url) == allowed:
            continue
        reason = next((said for said, fits in REASONS if fits(case)), "")
        why[reason] += 1
        if not reason:
            odd.append((case, allowed))
    print(f"{name}: {total - sum(why.values())} of {total} agree")
    for reason, times in why.most_common():
        print(f"  {times:4d} {reason or 'UNEXPLAINED'}")
    for case, allowed in odd[:20]:
        print(f"       {case} is {'allowed' if allowed else 'denied'} by the oracle")
    return len(odd)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--own", type=Path, default=None, help="google/robotstxt's own cases")
    options = parser.parse_args()
    oracle = os.environ.get(VARIABLE, "")
    if not oracle:
        print(f"skipped: {VARIABLE} names no robots_main of google/robotstxt")
        return 0
    odd = report("generated", judged(oracle, options.cases))
    if options.own:
        odd += report("its own", own(options.own.read_text().splitlines()))
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main())
