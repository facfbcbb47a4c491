"""An index over the elements of a page, made once, for all who look for evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from newskeep.extraction.dom import Node

_MAX_NAMES = 300


@dataclass(slots=True)
class Outline:
    """Elements in document order, by tag, by microdata property, and those with names.

    `named` holds an element with its classes and id in lower case.
    """

    order: list[Node]
    tags: dict[str, list[Node]] = field(default_factory=dict)
    properties: dict[str, list[Node]] = field(default_factory=dict)
    named: list[tuple[Node, str]] = field(default_factory=list)

    def all(self, *tags: str) -> list[Node]:
        """The elements of these names, name by name."""
        return [node for tag in tags for node in self.tags.get(tag, ())]


def outline(root: Node) -> Outline:
    """Index all below `root`."""
    made = Outline(root.walk())
    tags = made.tags
    named = made.named
    for node in made.order:
        same = tags.get(node.tag)
        if same is None:
            tags[node.tag] = [node]
        else:
            same.append(node)
        attrs = node.attrs
        if not attrs:
            continue
        if "class" in attrs or "id" in attrs:
            names = f"{attrs.get('class', '')} {attrs.get('id', '')}"
            if len(names) > 1:
                named.append((node, names[:_MAX_NAMES].lower()))
        if "itemprop" in attrs:
            for name in attrs["itemprop"].lower().split():
                made.properties.setdefault(name, []).append(node)
    return made
