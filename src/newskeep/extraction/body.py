"""From a container of the page's tree to the clean body of an article."""

from __future__ import annotations

from typing import NamedTuple

from newskeep.extraction import dom, images
from newskeep.extraction.blocks import Survey
from newskeep.extraction.clean import sanitise
from newskeep.extraction.dom import Node
from newskeep.extraction.learned import Learned, gone, key
from newskeep.extraction.prune import drop_titles, prune
from newskeep.extraction.tidy import tidy
from newskeep.extraction.trailers import within_article, without_trailers
from newskeep.text import digest


class Body(NamedTuple):
    """Clean HTML, and the tree that it was written from.

    `learned` is a digest of the blocks that went because their site has taught them.
    """

    html: str
    tree: Node
    learned: str = ""


_ROUNDS = 8
"""A body is cleaned until nothing changes; two rounds are the rule."""


def clean(root: Node, base: str, title: str, seen: Survey | None, *, whole: bool) -> Body:
    """The clean body that `root` holds, whose pictures are resolved already.

    The result is a fixed point: cleaning its HTML as a fragment gives it again.
    `seen` is the survey of the page around `root`, where there is one.
    """
    prune(root, seen, whole=whole)
    blocks = drop_titles(tidy(root, base), title)
    body = _written(within_article(blocks) if whole else blocks, base)
    for _ in range(_ROUNDS):
        again = dom.fragment(body.html)
        images.resolve(again, base)
        prune(again, whole=False)
        before, body = body, _written(drop_titles(tidy(again, base), title), base)
        if body.html == before.html:
            break
    return body


def without_learned(body: Body, learned: Learned | None, base: str) -> Body:
    """The body without the blocks that its site has taught; itself where it has none of them."""
    blocks = list(body.tree.elements())
    going = gone(blocks, learned) if learned else set()
    if not going:
        return body
    left = _written([block for at, block in enumerate(blocks) if at not in going], base)
    return left._replace(learned=digest(*sorted(key(blocks[at]) for at in going))[:12])


def _written(blocks: list[Node], base: str) -> Body:
    blocks = without_trailers(blocks)
    lines = [dom.serialise([block]) for block in blocks]
    return Body(sanitise("\n".join(lines), base), Node("body", None, list(blocks)))
