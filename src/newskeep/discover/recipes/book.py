"""All recipes at hand, and which of them is for an address."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from newskeep.discover.recipes import address
from newskeep.discover.recipes.model import VERSION, ListPart, PagePart, Recipe
from newskeep.discover.recipes.read import read
from newskeep.text import digest


@dataclass(frozen=True, slots=True)
class Book:
    """Recipes in the order in which they are asked: a person's own before the shipped ones."""

    recipes: tuple[Recipe, ...] = ()

    @property
    def version(self) -> str:
        """What a result made with these recipes is known by, such as `recipes/1-0f3a…`."""
        return f"recipes/{VERSION}-{digest(*(one.digest for one in self.recipes))[:12]}"

    def for_list(self, url: str) -> Recipe | None:
        """The first recipe for this listing page."""
        return next((one for one in self.recipes if _fits(one.list, url)), None)

    def for_article(self, url: str) -> Recipe | None:
        """The first recipe for this article's page."""
        return next((one for one in self.recipes if _fits(one.article, url)), None)

    def named(self, name: str) -> Recipe | None:
        """The recipe of this name."""
        return next((one for one in self.recipes if one.name == name), None)


NO_RECIPES = Book()


def _fits(part: ListPart | PagePart | None, url: str) -> bool:
    return part is not None and address.fits(part.addresses, url)


def shipped() -> tuple[Recipe, ...]:
    """The recipes that come with newskeep, by name."""
    folder = files(__package__)
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    texts = ((name, folder.joinpath(name).read_text(encoding="utf-8")) for name in names)
    return tuple(read(text, name) for name, text in texts)
