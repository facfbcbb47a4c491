"""Recipes: a few lines of TOML that say where a site's list of articles stands, and its articles.

They are read by `read`, kept together in a `Book`, and used by `discover.listing` (lists) and
`extraction.by_recipe` (articles). A recipe is a value: a capture and a recipe together give
the result, so a book's `version` is part of what a derived result is known by.
"""

from newskeep.discover.recipes.book import NO_RECIPES, Book, shipped
from newskeep.discover.recipes.model import ListPart, PagePart, Recipe
from newskeep.discover.recipes.read import read

__all__ = ["NO_RECIPES", "Book", "ListPart", "PagePart", "Recipe", "read", "shipped"]
