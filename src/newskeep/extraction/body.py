"""From a container of the page's tree to the clean body of an article."""

from __future__ import annotations

from typing import NamedTuple

from newskeep.extraction import dom, images
from newskeep.extraction.blocks import Survey
from newskeep.extraction.clean import sanitise
from newskeep.extraction.dom import Node
from newskeep.extraction.prune import drop_titles, prune
from newskeep.extraction.tidy import tidy
from newskeep.extraction.trailers import within_article, without_trailers


class Body(NamedTuple):
    """Clean HTML, and the tree that it was written from."""

    html: str
    tree: Node


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


def _written(blocks: list[Node], base: str) -> Body:
    blocks = without_trailers(blocks)
    lines = [dom.serialise([block]) for block in blocks]
    return Body(sanitise("\n".join(lines), base), Node("body", None, list(blocks)))
