"""An article by a recipe, where the recipe can be believed.

Recipes are often older than the pages they are put to: a rule then finds a teaser, the
comments, or the whole page. So what a recipe finds counts only where its body agrees with
the one that the extractor found by itself, or where the recipe says `trust = true`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from newskeep import content, dates, text
from newskeep.discover.recipes import when
from newskeep.discover.recipes.model import PagePart, Recipe
from newskeep.discover.recipes.select import Document
from newskeep.extraction import access, dom, images, render
from newskeep.extraction.body import clean
from newskeep.extraction.captions import beside
from newskeep.extraction.people import names_in
from newskeep.types import Article, Image, Problem, Stamp
from newskeep.url import absolute, same_site

ENOUGH = 0.9
"""Agreement from which a body by a recipe is believed.

Measured on 2,090 elements of 220 news pages whose text is known, each taken as the body:
of those from 0.9 on, 0.3% were worse than the extractor's by more than a tenth (of F1 on
pairs of words); from 0.85 on 9%, from 0.8 on 16%, from 0.7 on 22%.
"""

_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An article, and what the recipe had to do with it.

    `agreement` is from 0 to 1 (None where the recipe found no body); `used` says whether
    the recipe was believed. `next` and `single` are addresses of the article's next page
    and of one that has it whole, or empty.
    """

    article: Article
    used: bool
    agreement: float | None = None
    body: str = ""
    next: str = ""
    single: str = ""


def refine(
    article: Article,
    html: bytes | str,
    recipe: Recipe,
    *,
    content_type: str = "",
    received: datetime,
) -> Taken:
    """The article that an extractor found on a page, as the recipe has it. Never raises.

    Only what the recipe finds changes. An article in which a recipe's body stands is marked
    with the recipe's name and digest in `extractor`.
    """
    part = recipe.article
    if part is None:
        return Taken(article=article, used=False)
    page = html if isinstance(html, str) else content.to_text(html, content_type)
    document = Document(page, article.url)
    found = _body(document, part, article)
    measured = agreement(found.text, article.text) if found.text else None
    used = _is_believed(recipe, part, measured)
    told = replace(article, problems=(*article.problems, *_stale(recipe, part, article, received)))
    if found.text or not recipe.trust:
        told = article
    if used:
        told = _with_facts(_with_body(told, found, recipe), document, recipe, part, received)
    return Taken(
        article=told,
        used=used,
        agreement=measured,
        body=found.text,
        next=_address(document, part.next, article.url),
        single=_address(document, part.single, article.url),
    )
