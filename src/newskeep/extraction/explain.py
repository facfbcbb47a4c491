"""Why an article reads so: every block of its page, kept or left out, with the evidence.

The blocks are those of the page before anything is taken out of it. Whether one was kept is
read off the article itself, so that an explanation cannot differ from what was extracted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from newskeep import content
from newskeep.discover.recipes.model import Recipe
from newskeep.extraction import dom
from newskeep.extraction.by_recipe import refine
from newskeep.extraction.dom import Node, is_within, lineage
from newskeep.extraction.head import read_head
from newskeep.extraction.learned import Learned
from newskeep.extraction.origins import Origin, origins
from newskeep.extraction.page_blocks import PageBlock, page_blocks, path_of
from newskeep.extraction.prune import is_hidden
from newskeep.extraction.read import page
from newskeep.extraction.rules import is_furniture, is_rubbish
from newskeep.extraction.titles import bare
from newskeep.types import Article

KEPT, TITLE, LEARNED, RECIPE = "kept", "title", "learned", "recipe"
HIDDEN, OUTSIDE, NAMED, LINKS, LEFT = "hidden", "outside", "named", "links", "left out"
"""What became of a block: KEPT, or why it was left out."""

WHY = {
    KEPT: "it stands in the article",
    TITLE: "it only repeats the title",
    LEARNED: "the site repeats it across its articles (newskeep learn --list)",
    RECIPE: "the recipe leaves it out",
    HIDDEN: "the page hides it",
    OUTSIDE: "it stands outside the element that holds the article",
    NAMED: "a class or id around it names something else",
    LINKS: "most of it is links",
    LEFT: "its words, or its place among others, say that it is no part of the article",
}

MOST_BLOCKS = 5_000
"""Blocks of a page that are explained, the first ones."""

_MOST_LINKS = 0.5
_AROUND = 0.9
"""Share of the kept letters that the article's element holds."""
_LONGEST_NAMES = 80
_SHORT = 30
"""Letters; a block this short is kept only where it is a whole line of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of the page: what it says, what became of it, and the evidence.

    `path` is where it stands, as CSS has it; `names` those around it that speak against it.
    `links` is the share of its letters in links, from 0 to 1.
    """

    verdict: str
    text: str
    path: str
    letters: int
    links: float
    names: str = ""
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An article, the (first MOST_BLOCKS) blocks of its page, and where its facts came from.

    `container` is the element that holds what was kept, as CSS has it. `recipe` is the name
    of the recipe that was put to the page, `used` whether its body was taken.
    """

    article: Article
    blocks: tuple[Block, ...]
    origins: tuple[Origin, ...]
    container: str = ""
    recipe: str = ""
    used: bool = False


def explain(
    html: bytes | str,
    *,
    url: str,
    received: datetime,
    content_type: str = "",
    learned: Learned | None = None,
    recipe: Recipe | None = None,
) -> Explanation:
    """Extract the article of a page, and say why it reads so. Never raises."""
    text = html if isinstance(html, str) else content.to_text(html, content_type)
    plain = page(text, url=url, received=received)
    lessened = page(text, url=url, received=received, learned=learned) if learned else plain
    taken = refine(lessened, text, recipe, received=received, learned=learned) if recipe else None
    article = taken.article if taken else lessened
    document = dom.parse(text)
    root = dom.tree(document)
    blocks = list(islice(page_blocks(root, dom.base_of(document, url)), MOST_BLOCKS))
    judge = _Judge(root, blocks, plain, lessened, article)
    return Explanation(
        article=article,
        blocks=tuple(judge.judged(block) for block in blocks),
        origins=origins(article, read_head(document), root, url),
        container=path_of(judge.container) if judge.container else "",
        recipe=recipe.name if recipe else "",
        used=bool(taken and taken.used),
    )


class _Lines(NamedTuple):
    """The text of an article, to look a block of the page up in; white space does not count."""

    lines: frozenset[str]
    all: str

    def hold(self, said: str) -> bool:
        """Whether a block's words stand in the article."""
        packed = _packed(said)
        return packed in (self.lines if len(packed) < _SHORT else self.all)


class _Judge:
    """Says what became of each block, and of which element the article is."""

    def __init__(
        self,
        root: Node,
        blocks: list[PageBlock],
        plain: Article,
        lessened: Article,
        article: Article,
    ) -> None:
        self._plain, self._lessened, self._final = map(_lines, (plain, lessened, article))
        self._title = bare(article.title)
        self._pictures = {image.url for image in article.images}
        self.container = _around(root, [block for block in blocks if self._stands(block)])

    def judged(self, block: PageBlock) -> Block:
        return Block(
            verdict=self._verdict(block),
            text=block.text,
            path=path_of(block.node),
            letters=len(_packed(block.text)),
            links=round(block.linked, 2),
            names=_names(block.node),
            pictures=block.pictures,
        )

    def _stands(self, block: PageBlock) -> bool:
        """Whether what a block says stands in the article, wherever it is from."""
        return _stand(self._final, block.text) if block.text else self._is_shown(block)

    def _is_shown(self, block: PageBlock) -> bool:
        return any(one in self._pictures for one in block.pictures)

    def _verdict(self, block: PageBlock) -> str:
        is_inside = self.container is not None and is_within(block.node, self.container)
        if self._stands(block) and (is_inside or not block.text):
            return KEPT
        if block.text and bare(block.text) == self._title:
            return TITLE
        if block.text and is_inside and _stand(self._lessened, block.text):
            return RECIPE
        if block.text and is_inside and _stand(self._plain, block.text):
            return LEARNED
        return self._reason(block, is_inside)

    def _reason(self, block: PageBlock, is_inside: bool) -> str:
        if any(is_hidden(node) for node in lineage(block.node)):
            return HIDDEN
        if not is_inside:
            return OUTSIDE
        if _names(block.node):
            return NAMED
        return LINKS if block.linked > _MOST_LINKS else LEFT


def _lines(article: Article) -> _Lines:
    captions = [f"{image.caption}\n{image.credit}\n{image.alt}" for image in article.images]
    said = [
        one for text in (article.text, *captions) for one in text.replace("\t", "\n").split("\n")
    ]
    packed = [_packed(one) for one in said]
    return _Lines(frozenset(packed), "\n".join(packed))


def _stand(known: _Lines, text: str) -> bool:
    """Whether more than half of a block, in letters, stands in an article, line by line."""
    lines = text.split("\n")
    held = sum(len(one) for one in lines if known.hold(one))
    return 2 * held > len(text)


def _packed(text: str) -> str:
    return "".join(text.split())


def _names(node: Node) -> str:
    """The class and id of the nearest element whose names speak against a block."""
    for one in lineage(node):
        if one.tag not in ("body", "html") and (is_rubbish(one) or is_furniture(one)):
            return f"{one.get('class')} {one.get('id')}".strip()[:_LONGEST_NAMES]
    return ""


def _around(root: Node, kept: list[PageBlock]) -> Node | None:
    """The smallest element that holds nearly all of what was kept."""
    total = sum(len(block.text) for block in kept)
    if not total:
        return None
    held: dict[Node, int] = {}
    for block in kept:
        for node in lineage(block.node):
            held[node] = held.get(node, 0) + len(block.text)
    enough = [node for node, letters in held.items() if letters >= _AROUND * total]
    return min(enough, key=lambda node: (held[node], -_depth(node)), default=root)


def _depth(node: Node) -> int:
    return sum(1 for _ in lineage(node))
