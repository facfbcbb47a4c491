"""What sites teach: learned from kept articles, told in the journal, applied to what is kept.

The journal's line is the truth, and comes first. The catalogue notes which lessons its
stories were derived with (the table `lesson`); where the journal says more, the stories that
this may change are marked stale, and no others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import chain, islice
from typing import TYPE_CHECKING

from newskeep import keep
from newskeep.catalogue.pack import unpack
from newskeep.catalogue.store import Catalogue
from newskeep.catalogue.stories import read_state
from newskeep.errors import NotFound
from newskeep.extraction.learned import Learned, Repeated, keys_of, site_of
from newskeep.extraction.learning import FEWEST, MOST_BLOCKS, Sample
from newskeep.extraction.learning import learn as repeated
from newskeep.extraction.lessons import FORGOTTEN, LEARNED, REFUSED, learned_line

if TYPE_CHECKING:
    from newskeep.archive import Archive

MOST_LOOKED_AT = 200
"""A site's newest articles that are learned from."""

GROWTH = 1.5
"""A sync learns from a site anew when it has so many times the articles of the last time."""

MOST_AFTER_SYNC = 200
"""Stories that a sync derives again for what it learned; the others wait, marked stale."""

_BATCH = 50
_PAGES = (keep.RANK_PAGE, keep.RANK_CUT_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What a site taught anew: `blocks`, of so many `articles`; `stories` change by it."""

    site: str
    articles: int
    blocks: tuple[Repeated, ...]
    stories: int = 0


def learn(archive: Archive, site: str = "") -> list[Taught]:
    """Learn from one site or all, and derive again what that changes. See `Archive.learn`."""
    with archive.writing():
        if not site:
            return _learn(archive, _by_site(archive.catalogue.run("all_aliases")))
        stories = _stories_of(archive.catalogue, _named(site))
        if not stories:
            raise NotFound(f"no article of {site!r} is kept; name a host, such as example.com")
        return _learn(archive, {_named(site): stories})


def learn_after_sync(archive: Archive, sites: Iterable[str]) -> list[Taught]:
    """Learn from those of the sites that have grown enough since the last time."""
    catalogue, due = archive.catalogue, {}
    for site in sorted(set(sites) - {""}):
        enough = max(FEWEST, GROWTH * int(catalogue.meta(_looked(site)) or 0))
        if _at_most(catalogue, site) < enough:
            continue
        stories = _stories_of(catalogue, site)
        if len(stories) >= enough:
            due[site] = stories
    return _learn(archive, due, MOST_AFTER_SYNC) if due else []


def unlearn(archive: Archive, site: str, blocks: Sequence[str]) -> int:
    """Refuse blocks of a site, or forget all that it has taught. See `Archive.unlearn`."""
    with archive.writing():
        name = _named(site)
        settle(archive)  # what the catalogue missed is not counted below
        lesson = archive.lessons.sites.get(name)
        if lesson is None:
            raise NotFound(f"{name} has taught nothing; see: newskeep learn --list")
        keys = [_block(one, lesson.learned) for one in blocks]
        kind, facts = (REFUSED, {"blocks": keys}) if keys else (FORGOTTEN, {})
        archive.journal.append(kind, site=name, **facts)
        changed = settle(archive)
        return _make_anew(archive, changed.get(name, ()))


def is_behind(archive: Archive) -> bool:
    """Whether the journal has grown since the catalogue last took its lessons in."""
    return archive.catalogue.meta("journal") != _journal_size(archive)


def settle(archive: Archive) -> dict[str, list[str]]:
    """Mark stale what the journal's lessons may change; the stories by site."""
    size = _journal_size(archive)
    archive.reread()
    catalogue = archive.catalogue
    before, now = _applied(catalogue), archive.lessons.blocks()
    sites = sorted(one for one in {*before, *now} if before.get(one) != now.get(one))
    changed = {}
    with catalogue.transaction():
        for site in sites:
            old, new = before.get(site, frozenset()), now.get(site, frozenset())
            touched = filter(
                _finder(archive, new - old if old <= new else None), _stories_of(catalogue, site)
            )
            changed[site] = _newest_first(catalogue, touched)
            for story in changed[site]:
                catalogue.run("make_stale", story=story)
        note(archive, catalogue, size)
    return changed


def note(archive: Archive, catalogue: Catalogue, size: str = "") -> None:
    """Note in a catalogue that its stories are derived with the archive's lessons.

    `size` is the journal's when they were read.
    """
    size = size or _journal_size(archive)
    now = archive.lessons.blocks()
    for site in {*_applied(catalogue), *now}:
        catalogue.run("drop_lessons", site=site)
        for block in now.get(site, ()):
            catalogue.run("add_lesson", site=site, block=block)
    catalogue.set_meta("journal", size)


# Inside


def _learn(
    archive: Archive, stories: dict[str, list[str]], most: int | None = None
) -> list[Taught]:
    found = [_taught(archive, site, ids) for site, ids in sorted(stories.items())]
    new = [one for one in found if one.blocks]
    for one in new:
        known = archive.lessons.lesson(one.site).learned.blocks
        learned = Learned(site=one.site, blocks=(*known, *one.blocks))
        line = learned_line(learned, one.articles, archive.deriver.name)
        archive.journal.append(LEARNED, **line)
    changed = settle(archive) if new else {}
    _make_anew(archive, [story for ids in changed.values() for story in ids][:most])
    return [replace(one, stories=len(changed.get(one.site, ()))) for one in new]


def _taught(archive: Archive, site: str, stories: Sequence[str]) -> Taught:
    """What a site's newest articles teach that is neither known nor refused."""
    catalogue, lesson = archive.catalogue, archive.lessons.lesson(site)
    revisions = _newest(catalogue, stories)
    known = lesson.learned.keys | lesson.refused
    new = [one for one in repeated(_samples(catalogue, revisions)) if one.key not in known]
    room = max(0, MOST_BLOCKS - len(lesson.learned.blocks))
    with catalogue.transaction():
        catalogue.set_meta(_looked(site), str(len(stories)))
    return Taught(site=site, articles=len(revisions), blocks=tuple(new[:room]))


def _newest(catalogue: Catalogue, stories: Sequence[str]) -> list[str]:
    """The newest wordings of the newest stories whose page was seen, by their ids."""
    rows = (catalogue.one("story", id=story) for story in stories)
    pages = [
        (-row["first_seen"], row["id"], row["revision"])
        for row in rows
        if row and row["number"] and row["rank"] in _PAGES
    ]
    return [revision for _, _, revision in nsmallest(MOST_LOOKED_AT, pages)]


def _samples(catalogue: Catalogue, revisions: Sequence[str]) -> Iterator[Sample]:
    for name in revisions:
        row = catalogue.one("revision", id=name)
        assert row is not None
        article = unpack(row["article"])
        lead = next((image.url for image in article.images if image.lead), "")
        yield Sample(article.html, lead)


def _finder(archive: Archive, added: frozenset[str] | None) -> Callable[[str], bool]:
    """Tells whether a story may change where these blocks go; None: where some come back.

    Of a story that only its page tells, the kept wordings show it. Where a feed, a mirror's
    post or a recipe has a say, what the page said may not be kept.
    """
    catalogue = archive.catalogue

    def is_touched(story: str) -> bool:
        if not catalogue.one("has_page", story=story):
            return False
        row = catalogue.one("story", id=story)
        if added is None or row is None or archive.book.for_article(row["url"]):
            return True
        if [door for door, _ in read_state(row).doors] != ["page"]:
            return True
        revisions = catalogue.run("revisions_of", story=story)
        return any(added & keys_of(unpack(one["article"])) for one in revisions)

    return is_touched


def _newest_first(catalogue: Catalogue, stories: Iterable[str]) -> list[str]:
    """Stories by when they came: neighbours stood in the same feeds, which are derived once."""
    rows = [row for story in stories if (row := catalogue.one("story", id=story))]
    rows.sort(key=lambda row: (-row["first_seen"], row["id"]))
    return [row["id"] for row in rows]


def _make_anew(archive: Archive, stories: Sequence[str]) -> int:
    intake, rest = archive.intake, iter(stories)
    while batch := list(islice(rest, _BATCH)):
        with archive.catalogue.transaction():
            intake.make_anew(batch)
    return len(stories)


def _applied(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in catalogue.run("lessons"):
        found.setdefault(row["site"], set()).add(row["block"])
    return {site: frozenset(blocks) for site, blocks in found.items()}


def _stories_of(catalogue: Catalogue, site: str) -> list[str]:
    """The stories that have an address on a site."""
    rows = (catalogue.run("aliases_between", **between) for between in _ranges(site))
    return _by_site(chain.from_iterable(rows)).get(site, [])


def _at_most(catalogue: Catalogue, site: str) -> int:
    """How many `_stories_of` gives at most, which is quicker to tell: some may count twice."""
    counts = (catalogue.one("count_between", **between) for between in _ranges(site))
    return sum(row["stories"] for row in counts if row)


def _ranges(site: str) -> Iterator[dict[str, str]]:
    """Between what canonical addresses of a site stand, whatever their port."""
    for name in (site, f"www.{site}"):
        yield {"low": f"https://{name}/", "high": f"https://{name};"}


def _by_site(aliases: Iterable[sqlite3.Row]) -> dict[str, list[str]]:
    """The stories by the sites that they have an address on."""
    found: dict[str, dict[str, None]] = {}
    for address, story in aliases:
        found.setdefault(site_of(address), {})[story] = None
    found.pop("", None)
    return {site: sorted(stories) for site, stories in found.items()}


def _block(start: str, learned: Learned) -> str:
    """The key that begins so."""
    found = [one.key for one in learned.blocks if one.key.startswith(start.lower())]
    if len(start) < 6 or len(found) != 1:
        raise NotFound(
            f"{learned.site} has taught no block {start!r}, or several that begin so; "
            f"see: newskeep learn {learned.site} --list"
        )
    return found[0]


def _named(site: str) -> str:
    return site_of(site) or site_of(f"https://{site}")


def _looked(site: str) -> str:
    return f"looked {site}"


def _journal_size(archive: Archive) -> str:
    file = archive.layout.journal
    return str(file.stat().st_size if file.exists() else 0)
