"""Try a recipe on a page, or see which recipes there are.

`newskeep recipe try URL|FILE` shows what each line of the recipe for that address finds;
with a file nothing is asked over the network. `newskeep recipe list` lists the archive's own
recipes (the .toml files below recipes/) and the shipped ones; `newskeep recipe show NAME`
prints one, to begin your own from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from newskeep import clock, layout
from newskeep.cli.terminal import (
    BOLD,
    add_hosts,
    columns,
    emit,
    paint,
    root_of,
    say,
    say_json,
    table,
)
from newskeep.dates import show
from newskeep.discover.recipes import Book, Recipe, read, shipped
from newskeep.discover.recipes.read import write
from newskeep.errors import NotFound, UsageError
from newskeep.extraction.by_recipe import ENOUGH, Taken
from newskeep.extraction.trial import Finding, try_recipe
from newskeep.layout import Layout
from newskeep.looking import page_at
from newskeep.text import cut, word_count
from newskeep.types import Feed, Stamp

_MOST_SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's own arguments."""
    parser.add_argument("action", choices=("try", "list", "show"), metavar="try|list|show")
    parser.add_argument("name", nargs="?", default="", metavar="URL|FILE|NAME")
    parser.add_argument("--recipe", metavar="FILE", type=Path, help="try the recipe in this file")
    parser.add_argument(
        "--url", default="", help="the address that FILE is a copy of (default: as it says itself)"
    )
    add_hosts(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(chosen: argparse.Namespace) -> int:
    """Run the verb; returns the exit code."""
    root = root_of(chosen)
    book = layout.recipes(Layout(root))
    if chosen.action == "list":
        return _list(book, as_json=chosen.json)
    if not chosen.name:
        wanted = "a URL or FILE" if chosen.action == "try" else "a NAME; see: newskeep recipe list"
        raise UsageError(f"newskeep recipe {chosen.action} needs {wanted}")
    return _show(book, chosen) if chosen.action == "show" else _try(book, chosen, root)


def _list(book: Book, *, as_json: bool) -> int:
    if as_json:
        for one in book.recipes:
            say_json(one)
        return 0
    table((one.name, _parts(one), one.title or "-", _first_address(one)) for one in book.recipes)
    return 0


def _parts(recipe: Recipe) -> str:
    named = [name for name in ("list", "article") if getattr(recipe, name) is not None]
    return ",".join(named)


def _first_address(recipe: Recipe) -> str:
    part = recipe.list or recipe.article
    return part.addresses[0] if part else "-"


def _show(book: Book, chosen: argparse.Namespace) -> int:
    recipe = book.named(chosen.name)
    if recipe is None:
        raise NotFound(f"no recipe is called {chosen.name!r}; see: newskeep recipe list")
    if chosen.json:
        say_json(recipe)
        return 0
    if recipe in shipped():
        say("# Shipped with newskeep. It was not run against the live site.")
    emit(write(recipe))
    return 0


def _try(book: Book, chosen: argparse.Namespace, root: Path) -> int:
    settings = layout.settings(Layout(root))
    html, url = page_at(settings, chosen.name, chosen.url, tuple(chosen.allow_hosts))
    recipe = _recipe(book, chosen, url)
    trial = try_recipe(recipe, html, url, received=clock.now())
    if chosen.json:
        say_json({"recipe": recipe.name, "url": url, "trial": trial})
    else:
        paint(f"{recipe.name} on {url}", BOLD)
        if trial.feed is not None:
            _tell(trial.list_lines)
            _tell_list(trial.feed)
        if trial.taken is not None:
            _tell(trial.article_lines)
            _tell_article(trial.taken, recipe)
    return 0 if trial.works else 1


def _recipe(book: Book, chosen: argparse.Namespace, url: str) -> Recipe:
    if chosen.recipe:
        return read(layout.text_of(chosen.recipe), str(chosen.recipe))
    recipe = book.for_list(url) or book.for_article(url)
    if recipe is None:
        raise NotFound(
            f"no recipe is for {url}; write one and name it with --recipe, "
            "or see which there are: newskeep recipe list"
        )
    return recipe


def _tell(lines: tuple[Finding, ...]) -> None:
    room = max(columns() - 50, 20)
    table((one.key, cut(one.selector, 36), str(one.count), cut(one.first, room)) for one in lines)
    say()


def _tell_list(feed: Feed) -> None:
    for problem in feed.problems:
        say(problem.message)
    for entry in feed.entries[:_MOST_SHOWN]:
        say(f"{_when(entry.published)}  {entry.title}")
        say(f"    {entry.url}")
    say(f"{len(feed.entries)} entries, {len(feed.more)} further pages")


def _tell_article(taken: Taken, recipe: Recipe) -> None:
    article = taken.article
    say(f"title      {article.title}")
    say(f"published  {_when(article.published)}")
    say(f"authors    {', '.join(article.authors) or '-'}")
    say(f"body       {word_count(taken.body)} words: {cut(taken.body, columns() - 24)}")
    say(f"agreement  {_verdict(taken, recipe)}")
    for name, target in (("next", taken.next), ("single", taken.single)):
        if target:
            say(f"{name:9}  {target}")


def _verdict(taken: Taken, recipe: Recipe) -> str:
    if taken.agreement is None:
        return "-  (the recipe finds no body; the extractor's is taken)"
    if recipe.trust:
        return f"{taken.agreement:.2f}  (the recipe is trusted: its body is taken)"
    if taken.used:
        return f"{taken.agreement:.2f}  (of {ENOUGH}: the recipe's body is taken)"
    return f"{taken.agreement:.2f}  (of {ENOUGH}: the extractor's body is taken)"


def _when(stamp: Stamp | None) -> str:
    return show(stamp) if stamp else "-"
