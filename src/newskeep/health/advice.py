"""What follows from a source's figures: what a person may do about it, and how.

Pure: figures in, suggestions out. A command holds addresses that came from the network, so
each is quoted for a shell.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from newskeep.catalogue.sources import Failing
from newskeep.config import Settings
from newskeep.dates import show
from newskeep.health.documents import NOTHING, Said
from newskeep.health.figures import DAY, HOUR, SourceStatus, span
from newskeep.text import cut
from newskeep.types import Source, Stamp
from newskeep.url import canonical, host, origin

SILENT_TIMES = 5
"""A source is silent after so many times its rhythm …"""

SILENT_PAUSES = 2
"""… after so many times the pause that nine of ten stay within, as between two weekly issues …"""

SILENT_LEAST = 3 * DAY
"""… and after so many seconds at least."""

UNREACHABLE_LEAST = 2 * DAY
"""Seconds without an answer after which something ought to be done."""

_TRIES = 3
"""Tries in a row that failed: one or two pass by themselves."""

_LONGEST_TITLE = 40

_FEWEST = 3
"""Articles or pages that make a pattern."""

REFUSED, DISALLOWED = "address-refused", "robots-disallowed"
_ROBOTS_SILENT, _NOT_A_FEED = "robots-unreachable", "not-a-feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to do. `kind` is a stable slug, `message` a sentence that says what and why.

    `command` is what to type, where a command does it. `source` is a source's id; empty where
    it is about the archive.
    """

    kind: str
    message: str
    command: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What suggestions about one source are made of, besides its figures.

    `failing` are its tasks that fail, `said` what its documents say, `sitemaps` those of its
    site that are not followed. `ended` is when it answered 410. `is_collected`: a collector
    brings it (files, mail), so it has no feed and no site of its own. `has_account`: the
    keeper's own credentials are used there.
    """

    status: SourceStatus
    settings: Settings
    now: datetime
    failing: Sequence[Failing] = ()
    said: Said = NOTHING
    sitemaps: Sequence[str] = ()
    ended: datetime | None = None
    is_collected: bool = False
    has_account: bool = False

    @property
    def title(self) -> str:
        """What the source is called, in so many columns that the sentence stays readable."""
        return cut(self.status.title, _LONGEST_TITLE)

    def at(self, time: datetime) -> str:
        """A time in the archive's zone, and how long ago it was."""
        ago = span((self.now - time).total_seconds())
        return f"{show(Stamp(at=time), self.settings.zone)} ({ago} ago)"


def about(facts: Facts) -> Iterator[Suggestion]:
    """What can be done about a source, the most pressing first."""
    if not facts.status.source.url:
        return  # nobody follows it
    for kind, rule in _RULES.items():
        if facts.is_collected and kind not in _OF_COLLECTED:
            continue
        for message, command in rule(facts):
            yield Suggestion(
                kind=kind, message=message, command=command, source=facts.status.source.id
            )


def about_archive(settings: Settings, sources: int) -> Iterator[Suggestion]:
    """What can be done once, for all sources."""
    if sources and not settings.contact:
        message = (
            "no site that we visit can reach you: write contact = \"mailto:you@example.org\" "
            "under [keeper] in newskeep.toml, so that it can ask before it blocks us"
        )  # fmt: skip
        yield Suggestion(kind="no-contact", message=message)
    if sources and settings.every < HOUR:
        message = (
            f"every = {span(settings.every)} counts as an hour, for publishers ask for that: "
            'write every = "1h" or more under [fetch] in newskeep.toml'
        )
        yield Suggestion(kind="every-too-low", message=message)


Found = Iterator[tuple[str, str]]
"""Messages, each with its command."""


def _stopped(facts: Facts) -> Found:
    source = facts.status.source
    if source.stopped:
        when = f" since {facts.at(facts.ended)}" if facts.ended else ""
        yield (
            f"{facts.title} is asked no more{when}: {source.stopped}; what was kept stays. "
            "Follow its new address if it has one, and unfollow this one",
            _command("unfollow", source.id),
        )


def _refused(facts: Facts) -> Found:
    """The guard's no concerns the source's own address, or that of its pages."""
    source = facts.status.source
    refused = [one for one in facts.failing if one.reason == REFUSED and one.role != "image"]
    hosts = dict.fromkeys(host(one.url) for one in refused)
    for name in hosts:
        if not name or any(one.partition(":")[0] == name for one in source.allow_hosts):
            continue  # it is a redirect's target that was refused, and the problem names it
        allowed = [*_allowed(source), "--allow-host", name]
        yield (
            f"{facts.title} is not asked, because {name} is a private address; "
            "if that is a machine of your own, allow it",
            _command("follow", source.url, "--kind", source.kind, *allowed),
        )


def _moved(facts: Facts) -> Found:
    status, said = facts.status, facts.said
    if said.moved_to:
        yield (
            f"{facts.title} says that it has moved to {said.moved_to}; follow it there, "
            f"and then: {_command('unfollow', status.source.id)}",
            _follow(status.source, said.moved_to),
        )
    elif said.redirect and (status.problem or status.failures):
        yield (
            f"{facts.title} leads to {said.redirect} for good, and nothing to follow was read "
            "there; see what that address offers",
            _follow(status.source, said.redirect),
        )


def _unreachable(facts: Facts) -> Found:
    status = facts.status
    if status.failures < _TRIES or status.source.stopped or _reason(facts) in (REFUSED, DISALLOWED):
        return
    why = f" ({status.problem.kind})" if status.problem else ""
    if status.last_success is None:
        yield (
            f"{facts.title} has never answered, {status.failures} tries failed{why}; "
            f"{_look(facts, 'open its address in a browser, and look for its feed anew')}",
            _site(facts),
        )
    elif (facts.now - status.last_success).total_seconds() >= UNREACHABLE_LEAST:
        yield (
            f"{facts.title} has not answered since {facts.at(status.last_success)}, "
            f"{status.failures} tries failed{why}; "
            f"{_look(facts, 'see whether its site is there, and look for its feed anew')}",
            _site(facts),
        )


def _not_a_feed(facts: Facts) -> Found:
    problem = facts.status.problem
    if problem and problem.kind == _NOT_A_FEED and not facts.said.redirect:
        yield (
            f"{facts.title} answers with something that is no feed; look for its new address",
            _site(facts),
        )


def _silent(facts: Facts) -> Found:
    status = facts.status
    if not is_silent(status):
        return
    assert status.silence is not None
    assert status.rhythm is not None
    yield (
        f"{facts.title} answers and has brought nothing new for {span(status.silence)}; usually "
        f"something comes every {span(status.rhythm)}; "
        f"{_look(facts, 'see whether its site has another feed')}",
        _site(facts),
    )


def is_silent(status: SourceStatus) -> bool:
    """Whether it has paused for longer than its rhythm and its usual pauses explain."""
    if status.silence is None or status.rhythm is None or status.source.stopped:
        return False
    usual = max(SILENT_TIMES * status.rhythm, SILENT_PAUSES * (status.pause or 0.0))
    return status.silence > max(usual, SILENT_LEAST)


def _sitemap(facts: Facts) -> Found:
    """A way around a feed that is dead. Where it lives, a sitemap leads to the same pages."""
    if not facts.sitemaps or not wants_sitemap(facts.status):
        return
    more = len(facts.sitemaps) - 1
    others = f" (and {more} more)" if more else ""
    yield (
        f"the site of {facts.title} names a sitemap{others}: follow it in place of the feed",
        _follow(facts.status.source, facts.sitemaps[0], "--kind", "sitemap"),
    )


def wants_sitemap(status: SourceStatus) -> bool:
    """Whether a feed is stopped, failing, silent, or no feed."""
    if status.source.kind != "feed":
        return False
    is_dead = bool(status.source.stopped) or status.failures >= _TRIES or is_silent(status)
    return is_dead or bool(status.problem and status.problem.kind == _NOT_A_FEED)


def _walled(facts: Facts) -> Found:
    bodies = facts.status.bodies
    if bodies.walled_since is None and not _is_most(bodies.walled, facts.status):
        return
    since = f", since {facts.at(bodies.walled_since)}" if bodies.walled_since else ""
    own = "if you have an account there, use it"
    if facts.has_account:
        own = "the account that you gave does not open them, so renew it"
    yield (
        f"{facts.title}: {_of(bodies.walled, facts)} stand behind a wall{since}; {own}",
        f"{_command('login', facts.status.source.id)} --cookies FILE",
    )


def _truncated(facts: Facts) -> Found:
    bodies = facts.status.bodies
    if _is_most(bodies.truncated, facts.status):
        yield (
            f"{facts.title}: {_of(bodies.truncated, facts)} end early; see what is read of a page, "
            "and write a recipe for it",
            _command("extract", bodies.example, "--explain", *_allowed(facts.status.source)),
        )


def _browser(facts: Facts) -> Found:
    status, source = facts.status, facts.status.source
    if _is_most(status.bodies.empty, status) and source.fetch != "browser":
        yield (
            f"{facts.title}: {_of(status.bodies.empty, facts)} are pages that answer and hold "
            "nearly no text, so a script may write it; render them with a browser "
            '(fetch = "browser")',
            _command("follow", source.url, "--kind", source.kind, "--browser"),
        )


def _forbidden(facts: Facts) -> Found:
    pages = sum(one.tasks for one in facts.failing if _is_page(one, DISALLOWED))
    if pages >= _FEWEST and _is_most(facts.status.bodies.summaries, facts.status):
        yield (
            f"{facts.title}: robots.txt asks us not to fetch its pages, so of {pages} only what "
            "the feed carries is kept; ask the publisher, or follow a feed with whole texts",
            "",
        )


def _robots(facts: Facts) -> Found:
    silent = [one for one in facts.failing if one.reason == _ROBOTS_SILENT and one.role != "image"]
    if not any(one.failures >= _TRIES for one in silent):
        return
    pages = sum(one.tasks for one in silent)
    sites = ", ".join(dict.fromkeys(f"{origin(one.url)}/robots.txt" for one in silent))
    yield (
        f"{facts.title}: {sites} cannot be read, and until it can {pages} "
        f"{'address is' if pages == 1 else 'addresses are'} not fetched; open it in a browser, "
        "and tell the publisher if it fails there as well",
        "",
    )


def _every(facts: Facts) -> Found:
    """One's own server, whose host is allowed by name, may be asked more often."""
    source = facts.status.source
    if source.every is not None and source.every < HOUR and not source.allow_hosts:
        yield (
            f"{facts.title} is to be asked every {span(source.every)}, which counts as an hour, "
            "for publishers ask for that; say so",
            _command("follow", source.url, "--kind", source.kind, "--every", "1h"),
        )


def _hub(facts: Facts) -> Found:
    if facts.said.hub and not facts.settings.callback:
        yield (
            f"{facts.title} offers a hub that tells of news at once (WebSub): where this machine "
            "can be reached from outside, set callback under [websub] in newskeep.toml",
            "",
        )


_RULES: dict[str, Callable[[Facts], Found]] = {
    "stopped": _stopped,
    "address-refused": _refused,
    "moved": _moved,
    "unreachable": _unreachable,
    "not-a-feed": _not_a_feed,
    "silent": _silent,
    "walled": _walled,
    "truncated": _truncated,
    "browser-needed": _browser,
    "pages-forbidden": _forbidden,
    "robots-unreachable": _robots,
    "sitemap-found": _sitemap,
    "every-too-low": _every,
    "hub-offered": _hub,
}
"""The rules of `about` by the kind of suggestion, the most pressing first."""

_OF_COLLECTED = frozenset({"unreachable", "silent"})

KINDS = (*_RULES, "no-contact")
"""Every kind of suggestion, the most pressing first."""


def unfollowed(found: Sequence[str], followed: Sequence[str]) -> list[str]:
    """Those of some addresses that are not followed yet."""
    known = {canonical(one) for one in followed}
    return [one for one in found if canonical(one) not in known]


def _reason(facts: Facts) -> str:
    """Why the source's own address fails now."""
    own = facts.status.source.kind
    return next((one.reason for one in facts.failing if one.role == own), "")


def _look(facts: Facts, feed: str) -> str:
    """What to look at: the words for a feed, or what there is to see of files and mail."""
    return "see whether anything still comes there" if facts.is_collected else feed


def _site(facts: Facts) -> str:
    """The command that looks for the feed of a source's site; for files and mail, at the source."""
    source = facts.status.source
    if facts.is_collected:
        return _command("status", source.id)
    return _follow(source, f"{origin(source.url)}/")


def _is_page(one: Failing, reason: str) -> bool:
    return one.role == "page" and one.reason == reason


def _is_most(count: int, status: SourceStatus) -> bool:
    return count >= _FEWEST and 2 * count >= status.bodies.looked


def _of(count: int, facts: Facts) -> str:
    return f"{count} of the newest {facts.status.bodies.looked} articles"


def _follow(source: Source, url: str, *options: str) -> str:
    """The command that follows an address, which may reach what the source may."""
    return _command("follow", url, *options, *_allowed(source))


def _allowed(source: Source) -> list[str]:
    return [word for host in source.allow_hosts for word in ("--allow-host", host)]


def _command(*words: str) -> str:
    """A command to type, each word quoted for a POSIX shell."""
    return shlex.join(("newskeep", *words))
