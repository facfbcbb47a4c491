"""The two doors: a whole page, and the body of a feed entry or of an imported post."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from newskeep import content
from newskeep.extraction import access, dom, images, metadata, render
from newskeep.extraction.article import find
from newskeep.extraction.blocks import Survey, survey
from newskeep.extraction.body import Body, clean, without_learned
from newskeep.extraction.captions import Words, beside
from newskeep.extraction.dom import Node
from newskeep.extraction.head import Head, read_head
from newskeep.extraction.language import language
from newskeep.extraction.learned import Learned, picture_key
from newskeep.extraction.metadata import Metadata
from newskeep.extraction.outline import outline
from newskeep.extraction.rules import is_body
from newskeep.types import Article, Image, Problem, Stamp

EXTRACTOR = "newskeep/2"
_CHUNK_TAGS = frozenset(["article", "main", "header", "footer", "nav", "aside"])
_SURE = 800.0
"""Letters of good text at which a body is long enough to be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed entry or an imported post said of its article; evidence of the last rank."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    lang: str = ""
    tags: tuple[str, ...] = ()
    site: str = ""
    images: tuple[Image, ...] = ()
    permalink: str = ""


class _First(NamedTuple):
    """What is looked at before anything is taken out of the document."""

    head: Head
    signs: access.Signs
    beside: dict[str, Words]


def page(
    html: bytes | str,
    *,
    url: str,
    content_type: str = "",
    hints: Hints | None = None,
    received: datetime | None = None,
    learned: Learned | None = None,
) -> Article:
    """The article of a whole web page, fetched from `url`.

    `content_type` is the header's, for the charset of bytes. What the page says of
    itself outranks `hints`; a time later than a day past `received` is not believed.
    `learned` is what its site has taught, which is left out.
    Never raises: a page without an article gives an empty body and a Problem.
    """
    text = html if isinstance(html, str) else content.to_text(html, content_type)
    document = dom.parse(text)
    base = dom.base_of(document, url)
    root = dom.tree(document)
    head = read_head(document)
    index = outline(root)
    hints = hints or Hints()
    known = metadata.read(head, index, url, received, base, hints.title)
    known = _without_learned(known, learned)
    title = known.title or hints.title
    signs = access.signs(index)
    images.resolve(root, base)
    first = _First(head, signs, beside(root))
    seen = survey(root)
    found = find(root, seen, title)
    sure = _confidence(found, root, seen)
    body = without_learned(clean(found, base, title, seen, whole=True), learned, base)
    article = _article(body, url, _with_hints(known, title, hints), first, hints, sure, received)
    if article.published or not article.text:
        return article
    message = "the page gives no date to believe; the article is dated by when it was first seen"
    undated = Problem(url=url, stage="extract", kind="date-missing", message=message, at=received)
    return replace(article, problems=(*article.problems, undated))


def fragment(
    html: str,
    *,
    url: str,
    hints: Hints | None = None,
    received: datetime | None = None,
) -> Article:
    """The body of a feed entry or of a mirror's post, whose address is `url`.

    A body that is plainly just the article keeps all but rubbish; one with a template
    around it (header, comments, footer) goes through the content finder first. Giving
    it its own `html` again changes neither `html` nor `text`. Never raises.
    """
    root = dom.fragment(html)
    hints = hints or Hints()
    signs = access.signs(outline(root))
    images.resolve(root, url)
    first = _First(Head(), signs, beside(root))
    found, seen, sure = _container(root, hints.title)
    body = clean(found, url, hints.title, seen, whole=seen is not None)
    known = _with_hints(Metadata(), hints.title, hints)
    return _article(body, url, known, first, hints, sure, received)


def _container(root: Node, title: str) -> tuple[Node, Survey | None, float]:
    """Where the article stands in a fragment, the survey if a template is around it, how sure."""
    if not any(node.tag in _CHUNK_TAGS or is_body(node) for node in root.walk()):
        return root, None, 1.0
    seen = survey(root)
    found = find(root, seen, title)
    sure = _confidence(found, root, seen)
    return found, seen, sure


def _confidence(found: Node, root: Node, seen: Survey) -> float:
    """From 0 to 1: how long the text found is, and how much of all good text it holds."""
    held, total = seen[found].good, seen[root].good
    if held <= 0:
        return 0.0
    return round(0.5 * min(1.0, held / _SURE) + 0.5 * held / max(total, held), 3)


def _without_learned(known: Metadata, learned: Learned | None) -> Metadata:
    """Without the lead picture, where that is one that the site shows with many articles."""
    is_repeated = learned and known.lead and picture_key(known.lead) in learned.keys
    return replace(known, lead="") if is_repeated else known


def _with_hints(known: Metadata, title: str, hints: Hints) -> Metadata:
    """What the document did not say, from the hints."""
    return Metadata(
        title=title,
        subtitle=known.subtitle,
        authors=known.authors or hints.authors,
        published=_better(known.published, hints.published),
        modified=known.modified or hints.modified,
        site=known.site or hints.site,
        section=known.section,
        tags=known.tags or hints.tags,
        langs=known.langs or ((hints.lang,) if hints.lang else ()),
        lead=known.lead,
        aliases=known.aliases,
    )


def _better(said: Stamp | None, hinted: Stamp | None) -> Stamp | None:
    """The page's own time; the feed's where the page gives none, or only a day."""
    if said is None or (said.day_only and hinted is not None and not hinted.day_only):
        return hinted or said
    return said


def _article(
    body: Body,
    url: str,
    known: Metadata,
    first: _First,
    hints: Hints,
    sure: float,
    received: datetime | None,
) -> Article:
    text = render.text_of(body.tree)
    found = access.judge(first.head, first.signs, known.title, text, url)
    return Article(
        url=url,
        title=known.title,
        subtitle="" if known.subtitle in text else known.subtitle,
        authors=known.authors,
        published=known.published,
        modified=known.modified,
        lang=language(list(known.langs), f"{known.title} {text}"),
        site=known.site,
        section=known.section,
        tags=known.tags,
        html=body.html,
        text=text,
        images=images.collect(body.tree, known.lead, first.beside) or hints.images,
        access=found.state,
        truncated=found.truncated,
        confidence=sure if text else 0.0,
        extractor=f"{EXTRACTOR} learned@{body.learned}" if body.learned else EXTRACTOR,
        permalink=hints.permalink,
        aliases=known.aliases,
        problems=_problems(url, text, received),
    )


def _problems(url: str, text: str, received: datetime | None) -> tuple[Problem, ...]:
    if text:
        return ()
    message = "No article text was found in this document; open the original to see what it shows."
    return (Problem(url=url, stage="extract", kind="no-text", message=message, at=received),)
