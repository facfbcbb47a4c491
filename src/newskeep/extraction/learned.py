"""What a site has taught: blocks that repeat across its articles, and so belong to none.

What is learned is a value that extraction is given, like a recipe; `learning` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from newskeep import text
from newskeep.extraction.blocks import weigh
from newskeep.extraction.dom import HEADINGS, Node, fragment
from newskeep.types import Article
from newskeep.url import canonical, host

VERSION = 1
"""Of the keys, and of what is taken out by them. Another one makes all derived results stale."""

SLIGHT = 30
"""Letters; a block without a link that has fewer may stand in any article: “Yes.”, “Photo: AP”."""

_LEARNABLE = frozenset(["p", "ul", "ol", "figure"])
_QUOTES = ('"', "'", "“", "„", "«", "‹", "‘", "‚", "「", "『", "《", "〝")
_END, CONTENT = 0, 9
"""Levels, as headings have them, of a rule or the end, and of what is to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A block by its `key`, in how many articles it stood when it was learned, how it begins."""

    key: str
    articles: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The blocks that repeat on one site, which is a host without its `www.`."""

    site: str
    blocks: tuple[Repeated, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its blocks."""
        return frozenset(one.key for one in self.blocks)

    @property
    def digest(self) -> str:
        """32 hex digits over all that it takes out, and how."""
        return text.digest(str(VERSION), self.site, *sorted(self.keys))


def site_of(url: str) -> str:
    """The site that an address is of; empty for what is no web address."""
    return host(canonical(url)).removeprefix("www.")


def key(block: Node) -> str:
    """The digest by which a block is known; empty for one that is never learned.

    Quotations, tables, code and headings are not. A list of links and a lone link are known
    by where they lead too, a picture by its address.
    """
    if block.tag not in _LEARNABLE:
        return ""
    said = text.reader_text("", block.text()).casefold()
    if said.startswith(_QUOTES):
        return ""
    inside = block.find("a", "img")
    pictures = [one.get("src").partition("?")[0] for one in inside if one.tag == "img"]
    links = [one for one in inside if one.tag == "a"]
    targets = [one.get("href") for one in links] if _are_all(links, said) else []
    says_something = bool(pictures) or any(map(str.isalnum, said))
    return text.digest(said, *pictures, *targets) if says_something else ""


def picture_key(url: str) -> str:
    """The digest by which a picture is known that stands alone: a block's, or a lead picture's."""
    return text.digest("", url.partition("?")[0])


def keys_of(article: Article) -> frozenset[str]:
    """The keys of an article's blocks and pictures."""
    blocks = fragment(article.html).elements()
    pictures = (picture_key(image.url) for image in article.images)
    return frozenset((*map(key, blocks), *pictures))


def is_slight(block: Node) -> bool:
    """Whether it says so little that it repeats by chance, and has neither link nor picture."""
    return weigh(block.text()) < SLIGHT and not block.find("a", "img")


def gone(blocks: Sequence[Node], learned: Learned) -> set[int]:
    """The numbers of the blocks that go: those learned, and headings with nothing left below.

    Slight blocks go only at the edges. Where nothing would be left to read, all stay.
    """
    known, levels = learned.keys, [level(block) for block in blocks]
    repeated = {number for number, block in enumerate(blocks) if key(block) in known}
    slight = {number for number in repeated if is_slight(blocks[number])}
    going = repeated - (slight - edges(levels, repeated))
    if all(one < CONTENT for number, one in enumerate(levels) if number not in going):
        return set()
    return going | _headless(levels, going)


def level(block: Node) -> int:
    """That of a heading, CONTENT of what is to be read, and of a rule what the end has: none."""
    if block.tag in HEADINGS:
        return int(block.tag[1])
    return _END if block.tag == "hr" else CONTENT


def edges(levels: Sequence[int], repeated: set[int]) -> set[int]:
    """Of repeated blocks those in a row at the beginning or the end, headings let be."""
    numbers = range(len(levels))
    found: set[int] = set()
    for order in (numbers, reversed(numbers)):
        of_content = (one for one in order if levels[one] == CONTENT)
        found.update(takewhile(repeated.__contains__, of_content))
    return found


def _headless(levels: Sequence[int], going: set[int]) -> set[int]:
    """Headings and rules below which something went and nothing is left."""
    found: set[int] = set()
    below, lost = _END, False
    for number in reversed(range(len(levels))):
        if number in going:
            lost = True
        elif lost and levels[number] < CONTENT and below <= levels[number]:
            found.add(number)
        else:
            below, lost = levels[number], False
    return found


def _are_all(links: Sequence[Node], said: str) -> bool:
    """Whether a text is nothing but these links."""
    linked = "".join("".join(link.strings()) for link in links)
    return bool(linked) and len("".join(linked.split())) >= len("".join(said.split()))
