"""OPML 1.0 and 2.0 (http://opml.org/spec2.opml): folders are tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from newskeep.discover import xml
from newskeep.discover.subscriptions import source_id
from newskeep.text import squash, strip_control
from newskeep.types import Source

_MOST_DEPTH = 20


def read(data: bytes | str) -> list[Source]:
    """The feeds of an OPML file, each once; an address that is no web address is left in.

    Raises ValueError, with line and reason, where it is no OPML file.
    """
    raw = data.encode() if isinstance(data, str) else data
    root, fault = xml.parse(raw)
    body = root.find("body") if root is not None else None
    if root is None or body is None:
        raise ValueError(f"not an OPML file{': ' + fault if fault else ''}")
    found: dict[str, Source] = {}
    for source in _sources(body, ()):
        known = found.get(source.id)
        tags = dict.fromkeys((*(known.tags if known else ()), *source.tags))
        found[source.id] = Source(
            id=source.id, url=source.url, title=source.title, tags=tuple(tags)
        )
    return list(found.values())


def write(sources: Iterable[Source], title: str) -> str:
    """The sources as OPML 2.0, those with a tag in a folder of their first one."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _legal(title)
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for source in sources:
        folder = body
        for tag in source.tags[:1]:
            if tag not in folders:
                folders[tag] = etree.SubElement(body, "outline", text=_legal(tag))
            folder = folders[tag]
        _outline(folder, source)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + text


def _outline(folder: etree._Element, source: Source) -> None:
    name = _legal(source.title or source.url)
    facts = {"type": "rss", "text": name, "title": name, "xmlUrl": _legal(source.url)}
    if len(source.tags) > 1:
        facts["category"] = ",".join("/" + _legal(tag).replace(",", " ") for tag in source.tags)
    etree.SubElement(folder, "outline", attrib=facts)


def _sources(element: etree._Element, tags: tuple[str, ...]) -> Iterator[Source]:
    for outline in element.findall("outline"):
        facts = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
        name = squash(facts.get("title") or facts.get("text") or "")
        url = (facts.get("xmlurl") or "").strip()
        if url:
            own = tuple(
                tag.strip("/ ") for tag in facts.get("category", "").split(",") if tag.strip("/ ")
            )
            every = tuple(dict.fromkeys((*tags, *own)))
            yield Source(id=source_id(url), url=url, title="" if name == url else name, tags=every)
        elif len(tags) < _MOST_DEPTH:
            yield from _sources(outline, (*tags, name) if name else tags)


def _legal(text: str) -> str:
    return strip_control(text).replace("\ufffe", "").replace("\uffff", "")
