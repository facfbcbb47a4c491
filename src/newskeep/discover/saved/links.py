"""HTML exports: links in lists, under headings that name the folders.

Browsers write the Netscape bookmark file (`H3`, `DL`, `DT`, `DD`), Pocket and Instapaper
a heading with a list below it. The HTML parser repairs what they leave open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newskeep import content
from newskeep.discover.saved.items import Tell
from newskeep.extraction.bounds import MAX_CHARS, tame
from newskeep.text import squash

_LISTS = frozenset({"dl", "ol", "ul"})
_ROOT_FOLDERS = frozenset({"personal_toolbar_folder", "unfiled_bookmarks_folder"})
"""What browsers mark the folders with that are theirs and not the person's."""
_ICON = re.compile(r'\sICON="[^"]*"', re.IGNORECASE)
_TITLE = re.compile(r"<title>([^<]{0,200})", re.IGNORECASE)
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the file: its place among all, the folders around it, its attributes in lower case.

    `below` is the text beside it (`DD`).
    """

    number: int
    url: str
    title: str
    folders: tuple[str, ...] = ()
    facts: Mapping[str, str]
    below: str = ""

    @property
    def where(self) -> str:
        """The link's name in problems."""
        return f"link {self.number}"

    def __getitem__(self, name: str) -> str:
        """The attribute of this name; an empty text where it is missing."""
        return self.facts.get(name, "")


def title(data: bytes) -> str:
    """The document's title, as it is written."""
    found = _TITLE.search(content.to_text(data[:_HEAD]))
    return squash(found[1]) if found else ""


def links(data: bytes, heading: str, tell: Tell) -> list[Link]:
    """The links in their order. `heading` is the element that names the list behind it."""
    text = _ICON.sub("", content.to_text(data))
    if len(text) > MAX_CHARS:
        tell("export-too-long", "", f"only its first {MAX_CHARS} characters were read")
    parser = LexborHTMLParser(tame(text))
    walk = _Walk(heading)
    if parser.root:
        walk.run(parser.root)
    return walk.found


class _Walk:
    """Goes through the document in its order, and knows which lists are open."""

    def __init__(self, heading: str) -> None:
        self.found: list[Link] = []
        self._heading = heading
        self._folders: list[str] = []
        self._pending = ""

    def run(self, root: LexborNode) -> None:
        stack: list[LexborNode | None] = [root]
        while stack:
            node = stack.pop()
            if node is None:
                self._folders.pop()
                self._pending = ""
                continue
            if self._visit(node):
                stack.append(None)
            if node.tag not in ("a", self._heading):
                stack.extend(reversed(list(node.iter())))

    def _visit(self, node: LexborNode) -> bool:
        """Whether the node is a list that has to be closed."""
        if node.tag == self._heading:
            is_root = not _ROOT_FOLDERS.isdisjoint(node.attributes)
            self._pending = "" if is_root else squash(node.text())
        elif node.tag == "a":
            self._link(node)
        elif node.tag == "dd" and self.found:
            text = squash(node.text(deep=False))
            last = self.found[-1]
            self.found[-1] = replace(last, below=last.below or text)
        elif node.tag in _LISTS:
            self._folders.append(self._pending)
            self._pending = ""
            return True
        return False

    def _link(self, node: LexborNode) -> None:
        facts = {name.lower(): value or "" for name, value in node.attributes.items()}
        self.found.append(
            Link(
                number=len(self.found) + 1,
                url=facts.get("href", ""),
                title=squash(node.text()),
                folders=tuple(filter(None, self._folders)),
                facts=facts,
            )
        )
