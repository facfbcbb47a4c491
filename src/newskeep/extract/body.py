"""From a container of the page's tree to the clean body of an article."""

from __future__ import annotations

from newskeep.extract import dom, images
from newskeep.extract.clean import sanitise
from newskeep.extract.dom import Node
from newskeep.extract.prune import drop_titles, prune
from newskeep.extract.tidy import tidy
from newskeep.extract.trailers import within_article, without_trailers

_ROUNDS = 8
"""A body is cleaned until nothing changes; two rounds are the rule."""


def clean(root: Node, base: str, title: str, *, whole: bool) -> str:
    """The clean HTML of what `root` holds, whose pictures are resolved already.

    The result is a fixed point: cleaning it as a fragment gives it again.
    """
    prune(root, whole=whole)
    blocks = drop_titles(tidy(root, base), title)
    html = _written(within_article(blocks) if whole else blocks, base)
    for _ in range(_ROUNDS):
        again = dom.fragment(html)
        images.resolve(again, base)
        prune(again, whole=False)
        before, html = html, _written(drop_titles(tidy(again, base), title), base)
        if html == before:
            break
    return html


def _written(blocks: list[Node], base: str) -> str:
    lines = [dom.serialise([block]) for block in without_trailers(blocks)]
    return sanitise("\n".join(lines), base)
