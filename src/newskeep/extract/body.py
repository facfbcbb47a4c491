"""From a container of the page's tree to the clean body of an article."""

from __future__ import annotations

from newskeep.extract import dom, images
from newskeep.extract.clean import sanitise
from newskeep.extract.dom import Node
from newskeep.extract.prune import drop_titles, prune
from newskeep.extract.tidy import tidy
from newskeep.extract.trailers import without_trailers

_ROUNDS = 8
"""A body is cleaned until nothing changes; two rounds are the rule."""


def clean(root: Node, base: str, title: str, *, whole: bool) -> str:
    """The clean HTML of what `root` holds, whose pictures are resolved already.

    The result is a fixed point: cleaning it as a fragment gives it again.
    """
    prune(root, whole=whole)
    html = _finish(root, base, title)
    for _ in range(_ROUNDS):
        again = dom.fragment(html)
        images.resolve(again, base)
        prune(again, whole=False)
        before, html = html, _finish(again, base, title)
        if html == before:
            break
    return html


def _finish(root: Node, base: str, title: str) -> str:
    blocks = drop_titles(tidy(root, base), title)
    lines = [dom.serialise([block]) for block in without_trailers(blocks)]
    return sanitise("\n".join(lines), base)
