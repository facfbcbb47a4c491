"""Follow a feed, a page from which its feed is discovered, or files and mail on the disk.

The address is asked once, to see what it offers; `--kind` follows it unasked.
Following an address again changes what you name and leaves the rest.
"""

from __future__ import annotations

import argparse

from newskeep import config
from newskeep.archive import Archive
from newskeep.cli.terminal import add_hosts, open_archive, say, say_json
from newskeep.errors import UsageError
from newskeep.looking import Offer
from newskeep.types import Received, Source
from newskeep.url import is_web


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("url", metavar="URL", help="an address, a folder or a file")
    parser.add_argument("--tag", action="append", default=[], dest="tags", help="may be repeated")
    parser.add_argument("--every", metavar="TIME", type=_duration, help="such as 30m, 1h, 2d")
    parser.add_argument("--title", default="", help="its name (default: what it calls itself)")
    parser.add_argument("--zone", default="", help="of its times, such as Asia/Taipei or +08:00")
    add_hosts(parser, "let this source reach a private or loopback host; may be repeated")
    parser.add_argument("--kind", help="follow the address as this kind of source, unasked")
    parser.add_argument(
        "--browser",
        action="store_const",
        const="browser",
        default="",
        dest="fetch",
        help="render its pages with Chromium before they are read",
    )
    parser.add_argument(
        "--pages", metavar="N", type=int, help="read so many pages of a blog or paged feed"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        source = _followed(archive, chosen)
    if chosen.json:
        say_json(source)
        return 0
    every = f", every {config.show_duration(source.every)}" if source.every else ""
    say(f"Following {source.title or source.url} ({source.kind}{every})")
    if source.url != chosen.url:
        say(f"  the address is {source.url}")
    return 0


def _followed(archive: Archive, chosen: argparse.Namespace) -> Source:
    url, kind, title = chosen.url, chosen.kind, chosen.title
    answer: tuple[Received, ...] = ()
    known = next((one for one in archive.sources().values() if one.url == url), None)
    if known:
        kind = kind or known.kind
    elif not kind:
        offer = _offer(archive, chosen)
        url, kind, title = offer.url, offer.kind, title or offer.title
        answer = offer.hops
    return archive.follow(
        url,
        title=title,
        tags=chosen.tags,
        every=chosen.every,
        kind=kind,
        allow_hosts=chosen.allow_hosts,
        zone=chosen.zone,
        fetch=chosen.fetch,
        pages=chosen.pages,
        answer=answer,
    )


def _offer(archive: Archive, chosen: argparse.Namespace) -> Offer:
    """What an address offers; what offers nothing as it comes may be a list that scripts draw."""
    try:
        return archive.look(chosen.url, allow_hosts=chosen.allow_hosts)
    except UsageError:
        if not (chosen.fetch and is_web(chosen.url)):
            raise
        return Offer(url=chosen.url, kind="listing", title="")


def _duration(text: str) -> int:
    try:
        return config.duration(text)
    except ValueError as error:
        raise UsageError(f"--every: {error}") from None
