"""The static site: a newspaper of what was kept, with what changed and what vanished.

`plan` says which pages there are, `pages` fills them from templates, `feeds` writes what
machines read. No script, no web font, no request to anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newskeep.publish import PublishReport, options_of
from newskeep.publish.site.feeds import write_feeds
from newskeep.publish.site.pages import Pages
from newskeep.publish.site.plan import plan
from newskeep.publish.target import Target

if TYPE_CHECKING:
    from newskeep.archive import Archive

MANIFEST = ".newskeep-site.json"


def publish(
    archive: Archive, target: Path, *, select: str = "", options: Mapping[str, str] | None = None
) -> PublishReport:
    """Write the site of every story, or of those a query selects, into `target`.

    Options: `language` (en, zh-Hans, zh-Hant) of the site's own words. Raises UsageError,
    QueryError.
    """
    chosen = options_of("site", options, "language")
    out = Target(target, MANIFEST)
    site = plan(archive, select)
    pages = Pages(archive, site, out, chosen.get("language") or archive.settings.language)
    pages.write_all(select)
    write_feeds(archive, site, out, select)
    return out.finish()


__all__ = ["publish"]
