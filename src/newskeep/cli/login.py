"""Use your own account at a source: its cookies, a header field, or a mailbox's password.

Secrets are asked for, or read from standard input; none stands in the shell's history.
They are kept in the archive's secrets.json for you alone, and sent to the source's own
host only. Without an option it tells what is held, but no value.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from getpass import getpass
from pathlib import Path

from newskeep import clock, cookies, credentials
from newskeep.archive import Archive
from newskeep.cli.terminal import open_archive, say, say_json
from newskeep.credentials import NONE, Credentials
from newskeep.errors import UsageError
from newskeep.types import Source
from newskeep.url import is_web, origin, same_site

_LARGEST = 4 << 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("name", metavar="SOURCE", help="its id, address or title")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--cookies", metavar="FILE", help="a browser's cookies.txt; replaces earlier")
    what.add_argument("--header", metavar="NAME", help="ask for the value of this header field")
    what.add_argument("--password", action="store_true", help="ask for the mailbox's password")
    what.add_argument("--forget", action="store_true", help="forget all that is held")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    with open_archive(chosen) as archive:
        source = archive.source_named(chosen.name)
        if chosen.forget:
            with archive.writing():
                credentials.forget(archive.layout.root, source.id)
        elif chosen.cookies or chosen.header or chosen.password:
            _keep(archive, source, chosen)
        held = credentials.read(archive.layout.root).get(source.id, NONE)
    _tell(source, held, as_json=chosen.json)
    return 0


def _keep(archive: Archive, source: Source, chosen: argparse.Namespace) -> None:
    folder = archive.layout.root
    before = credentials.read(folder).get(source.id, NONE)
    if chosen.cookies:
        after = replace(before, cookies=_cookies(source, Path(chosen.cookies)))
    elif chosen.header:
        after = _with_header(source, before, chosen.header)
    else:
        after = replace(before, password=_asked(f"Password for {source.url}: "))
    with archive.writing():
        credentials.put(folder, source.id, after)


def _cookies(source: Source, path: Path) -> tuple[cookies.Cookie, ...]:
    """Those of the source's own site that have not expired."""
    known = cookies.parse(_text(path), path.name)
    own = [one for one in known if same_site(source.url, f"https://{one.domain}/")]
    good = [one for one in own if not cookies.is_expired(one, clock.timestamp())]
    if not own:
        raise UsageError(
            f"{path.name}: it has no cookies of the site of {source.url}; "
            "export them while you look at that site"
        )
    if not good:
        raise UsageError(
            f"{path.name}: the cookies of the site of {source.url} have expired; "
            "log in again in the browser, and export them anew"
        )
    return tuple(good)


def _text(path: Path) -> str:
    if path.stat().st_size > _LARGEST:
        raise UsageError(f"{path.name} is larger than 4 MB, so it is no cookies.txt")
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path.name}: line {line}: it is not UTF-8; export it again") from None


def _with_header(source: Source, before: Credentials, name: str) -> Credentials:
    if not is_web(source.url):
        raise UsageError(f"{source.url} is no web address, so there is no header field to send")
    if not source.url.lower().startswith("https:") and not source.allow_hosts:
        raise UsageError(f"{source.url}: a secret is not sent without TLS; follow it over https")
    credentials.check_header(name, "x")
    value = _asked(f"{name}: ")
    credentials.check_header(name, value)
    kept = [one for one in before.headers if one[0].lower() != name.lower()]
    if before.origin != origin(source.url):
        kept = []  # they were given for another host
    return replace(before, origin=origin(source.url), headers=(*kept, (name, value)))


def _asked(prompt: str) -> str:
    """A secret from the terminal, unseen, or the first line of standard input."""
    secret = getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise UsageError("nothing was given; type it at the prompt, or pipe it in as one line")
    return secret


def _tell(source: Source, held: Credentials, *, as_json: bool) -> None:
    names = [name for name, _ in held.headers]
    if as_json:
        say_json(
            {
                "id": source.id,
                "url": source.url,
                "cookies": len(held.cookies),
                "headers": names,
                "password": bool(held.password),
            }
        )
        return
    parts = [f"{len(held.cookies)} cookies"] if held.cookies else []
    parts += [f"the field {name}" for name in names]
    parts += ["a password"] if held.password else []
    say(f"{source.title or source.url}: {', '.join(parts) or 'nothing'} held")
