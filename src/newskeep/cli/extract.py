"""Extract the article of a page, and with --explain say why it reads so.

An address or id of the archive means the page that is kept, and nothing is asked over the
network; any other address is fetched. A file may be a saved page or a WARC file. With
--explain each block of the page is shown, kept or left out and why, and where title, authors,
times and pictures stand; `--explain --html` makes a web page of it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newskeep import clock, layout
from newskeep.archive import Archive
from newskeep.cli.terminal import (
    BOLD,
    DIM,
    add_hosts,
    columns,
    emit,
    open_archive,
    paint,
    root_of,
    say,
    say_json,
    table,
    wrapped,
)
from newskeep.dates import show
from newskeep.errors import UsageError
from newskeep.explaining import explain_capture, is_warc, mend, page_in
from newskeep.extraction.clean import sanitise
from newskeep.extraction.explain import KEPT, WHY, Block, Explanation, explain
from newskeep.extraction.explain_page import evidence, explain_page
from newskeep.extraction.render import to_markdown
from newskeep.layout import Layout, replace_text
from newskeep.looking import page_at
from newskeep.text import cut, squash
from newskeep.types import Article

_VERDICT = max(map(len, WHY))


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("name", metavar="URL|FILE|STORY")
    parser.add_argument("--explain", action="store_true", help="say why the article reads so")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--html", action="store_true", help="as HTML")
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    form.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--output", metavar="FILE", type=Path, help="write --html to this file")
    parser.add_argument(
        "--url", default="", help="the address that FILE is a copy of, or the page in a WARC file"
    )
    add_hosts(parser)


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    if chosen.explain and chosen.markdown:
        raise UsageError("an explanation is text, --html or --json, not --markdown")
    if chosen.output and not chosen.html:
        raise UsageError("--output takes --html")
    found = _found(chosen)
    if chosen.json:
        say_json(found if chosen.explain else found.article)
    elif chosen.html:
        _html(found, chosen)
    elif chosen.markdown:
        say(f"# {found.article.title}\n\n{to_markdown(found.article.html)}")
    elif chosen.explain:
        _explain(found)
    else:
        _read(found.article)
    return 0 if found.article.text else 1


def _found(chosen: argparse.Namespace) -> Explanation:
    root = Layout(root_of(chosen))
    file = Path(chosen.name)
    with _archive(root, chosen) as archive:
        if archive and not file.is_file() and chosen.name in archive:
            return archive.explain(chosen.name)
        book = layout.recipes(root)
        if file.is_file() and is_warc(file):
            return explain_capture(page_in(file, chosen.url), book, archive)
        settings = layout.settings(root)
        html, url = page_at(settings, chosen.name, chosen.url, tuple(chosen.allow_hosts))
        return explain(
            html,
            url=url,
            received=clock.now(),
            learned=archive.lessons.of(url) if archive else None,
            recipe=book.for_article(url),
        )


@contextmanager
def _archive(root: Layout, chosen: argparse.Namespace) -> Iterator[Archive | None]:
    """The archive, where there is one: none is needed."""
    if not root.settings.is_file():
        yield None
        return
    with open_archive(chosen) as archive:
        yield archive


def _html(found: Explanation, chosen: argparse.Namespace) -> None:
    if chosen.explain:
        text = explain_page(found, mend(found))
    else:
        text = sanitise(found.article.html, found.article.url) + "\n"
    if chosen.output:
        replace_text(chosen.output, text)
    else:
        emit(text)


def _read(article: Article) -> None:
    paint(article.title or article.url, BOLD)
    facts = [", ".join(article.authors), show(article.published) if article.published else ""]
    paint("  ".join(one for one in (*facts, article.url) if one), DIM)
    for paragraph in filter(None, [article.subtitle, *article.text.split("\n")]):
        say()
        for line in wrapped(paragraph, columns()):
            say(line)


def _explain(found: Explanation) -> None:
    article = found.article
    paint(article.title or article.url, BOLD)
    say(f"{article.url}, confidence {article.confidence:.2f}, {article.extractor}")
    if found.container:
        say(f"the article's element: {found.container}")
    for problem in article.problems:
        say(f"problem: {problem.message}")
    say()
    table((one.name, one.value, "; ".join(one.places) or "-") for one in found.origins)
    say()
    for block in found.blocks:
        _block(block)
    say()
    counts = Counter(block.verdict for block in found.blocks)
    table((str(counts[name]), name, why) for name, why in WHY.items() if counts[name])
    say()
    say(mend(found))


def _block(block: Block) -> None:
    said = squash(block.text) or " ".join(f"[picture] {one}" for one in block.pictures)
    paint(f"{block.verdict:{_VERDICT}}  {cut(said, columns() - _VERDICT - 2)}", *_style(block))
    say(f"{'':{_VERDICT}}  {cut(evidence(block), columns() - _VERDICT - 2)}")


def _style(block: Block) -> tuple[str, ...]:
    return () if block.verdict == KEPT else (DIM,)
