"""Why an article reads so: of a kept story without the network, or of a page at hand."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newskeep.captures import read_file
from newskeep.derive import decoded, is_html
from newskeep.discover.recipes import Book
from newskeep.errors import NotFound
from newskeep.extraction.explain import Explanation, explain
from newskeep.types import Capture, Problem
from newskeep.url import canonical, host

if TYPE_CHECKING:
    from pathlib import Path

    from newskeep.archive import Archive

_WARC = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")


def explain_kept(archive: Archive, name: str) -> Explanation:
    """Explain the newest wording of a kept story. See `Archive.explain`."""
    revision = archive.revision(name)
    known = (archive.catalogue.capture(one) for one in reversed(revision.captures))
    page = next((one for one in known if one and one.role == "page"), None)
    if page is None:
        raise NotFound(
            f"{name!r} is kept as its feed or mirror gave it, and there is no page to explain; "
            f"see: newskeep show {revision.story}"
        )
    return explain_capture(archive.payload(page), archive.book, archive)


def explain_capture(capture: Capture, book: Book, archive: Archive | None = None) -> Explanation:
    """Explain a page's capture, with its payload. Raises FetchError where it cannot be decoded."""
    return explain(
        decoded(capture),
        url=capture.url,
        content_type=capture.content_type,
        received=capture.time,
        learned=archive.lessons.of(capture.url) if archive else None,
        recipe=book.for_article(capture.url),
    )


def is_warc(file: Path) -> bool:
    """Whether a file is named as WARC files are."""
    return file.name.lower().endswith(_WARC)


def page_in(file: Path, url: str) -> Capture:
    """The last page of this address in a WARC file, or the first page there is. Raises NotFound."""
    wanted = canonical(url) if url else ""
    found: Capture | None = None
    for capture in _pages(file):
        if not wanted:
            return capture
        found = capture if canonical(capture.url) == wanted else found
    if found is None:
        raise NotFound(f"{file} holds no page{f' of {url}' if url else ''}")
    return found


def _pages(file: Path) -> Iterator[Capture]:
    problems: list[Problem] = []  # what is damaged is passed over; `newskeep check` is for that
    for capture in read_file(file, on_problem=problems.append):
        if capture.status in (0, 200) and capture.payload and is_html(capture):
            yield capture


def mend(found: Explanation) -> str:
    """What to type where the article is wrong: a recipe, begun with what was found on the page."""
    url = found.article.url
    name = host(url).removeprefix("www.")
    attempt = shlex.join(("newskeep", "recipe", "try", url))
    if found.recipe:
        return f"The recipe {found.recipe} is for this page. See what each line finds:\n{attempt}"
    return (
        f"Write a recipe into the archive, such as recipes/{name or 'site'}.toml:\n\n"
        "trust = true  # take it at its word\n\n"
        "[article]\n"
        f'addresses = "{name}/*"\n'
        f'body = "{found.container or "article"}"  # the element of the article\n'
        'strip = [".advert"]  # what is taken out of it, by the paths above\n\n'
        "See what it finds, and let it mend what is kept:\n"
        f"{attempt}\nnewskeep rebuild --stale"
    )
