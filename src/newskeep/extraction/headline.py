"""The title of an article: the headline of the page on which the evidence agrees best."""

from __future__ import annotations

from collections.abc import Iterator

from newskeep.extraction.dom import Node
from newskeep.extraction.headings import Heading, first_headings, headings
from newskeep.extraction.outline import Outline
from newskeep.extraction.titles import (
    Claim,
    bare,
    cut_short,
    grams,
    is_name,
    is_short,
    is_site,
    tidy,
    without_labels,
    without_site,
)

_ENOUGH = 4.0
"""Points from which a text of the page is its headline."""
_SURE = 7.0
"""Points from which nothing weaker is asked: other headings, then plain text of the page."""
_AGREEMENT = 4.0
_LONE = 2.0
_LABEL = 2.5
_SITE = 4.0
_PARAGRAPH = 3.0
_LATER = 0.03
_PLAIN = 1.0
_MAX_CLAIMS = 8
_MAX_SECTION = 30
_PART = 0.4
"""Of a claim, or of a heading, that a text within it has to cover."""


def choose(
    tag: str, social: list[str], page: Outline, url: str, site_names: list[str], feed: str = ""
) -> str:
    """The title of a page.

    `tag` is the `title` element, `social` what JSON-LD and `og:title` say, `site_names`
    every name that the site is known by, `feed` what the feed calls the article.
    """
    names = [name for name in map(bare, site_names) if name]
    said = dict.fromkeys(tidy(text) for text in (*social[:_MAX_CLAIMS], tag, feed))
    claims = [Claim(text, names) for text in said if bare(text)]
    found = first_headings(page, url)
    best, points = _best(found, claims, names)
    if points < _SURE:
        found = headings(page, url)
        best, points = _best(found, claims, names)
    if points < _SURE:
        text, more = _plain(page, claims, names)
        if more > points and not (best and bare(text) in best.letters):
            return without_site(text, names)
    if best is not None:
        return _whole(_part(best, claims), claims)
    return _said(claims, tidy(feed), page, names) or next((h.text for h in found), "")


def _best(
    found: list[Heading], claims: list[Claim], names: list[str]
) -> tuple[Heading | None, float]:
    """The heading with the most points, if they are enough."""
    firsts = [h for h in found if h.node.tag == "h1" and not is_name(h.text, names)]
    best, most = None, _ENOUGH
    for index, heading in enumerate(found):
        points = _points(heading, claims, names) - _LATER * index
        if heading.node.tag == "h1" and len(firsts) == 1:
            points += _LONE
        if points > most or (best is None and points == most):
            best, most = heading, points
    return best, most if best is not None else 0.0


def _points(heading: Heading, claims: list[Claim], names: list[str]) -> float:
    groups = grams(heading.letters)
    agreement = max((claim.agreement(heading.letters, groups) for claim in claims), default=0.0)
    points = heading.points + _AGREEMENT * agreement - heading.against * (1 - agreement / 2)
    points -= _SITE * is_name(heading.text, names)
    points -= _LABEL * (agreement < 0.9 and is_short(heading.text))
    return points - _PARAGRAPH * (len(heading.letters) > (160 if heading.text.isascii() else 100))


def _plain(page: Outline, claims: list[Claim], names: list[str]) -> tuple[str, float]:
    """A text of the page, in whatever element, that is (a run of) what the document says."""
    best, most = "", 0.0
    seen: set[str] = set()
    for text in _strings_in(page, [claim.text for claim in claims]):
        letters = bare(text)
        if letters in seen or is_site(text, names):
            continue
        seen.add(letters)
        points = _PLAIN + _AGREEMENT * max(_covers(letters, claim) for claim in claims)
        if points > max(most, _PLAIN):
            best, most = tidy(text), points
    return best, most if most >= _ENOUGH else 0.0


def _strings_in(page: Outline, said: list[str]) -> Iterator[str]:
    """The texts of a page whose first letters are somewhere in what is said."""
    longest = max(map(len, said), default=0)
    for node in page.order:
        for child in node.children:
            if isinstance(child, str) and len(child) > 3:
                text = child.strip()
                if 3 < len(text) <= longest and any(text[:3] in whole for whole in said):
                    yield text


def _covers(letters: str, claim: Claim) -> float:
    share = len(letters) / len(claim.letters)
    if share < _PART:
        return 0.0
    if claim.letters.startswith(letters):
        return 1.0 if letters in claim.runs else 0.8 * share
    return min(0.9, 0.3 + share) if letters in claim.runs else 0.0


def _part(heading: Heading, claims: list[Claim]) -> str:
    """The text of a heading, or of that element in it which alone is what the document says."""
    if any(heading.letters in claim.runs for claim in claims):
        return heading.text
    for text in _texts_in(heading.node):
        letters = bare(text)
        if len(letters) >= _PART * len(heading.letters) and any(
            letters in claim.runs for claim in claims
        ):
            return text
    return heading.text


def _texts_in(node: Node) -> Iterator[str]:
    """The text of each element in a heading, then the heading's own."""
    yield from (tidy(part.text()) for part in node.walk()[1:])
    yield tidy("".join(child for child in node.children if isinstance(child, str)))


def _whole(text: str, claims: list[Claim]) -> str:
    """The same title in full, where it was cut short with an ellipsis."""
    start = cut_short(text)
    if not start or any(start in claim.runs and not claim.start for claim in claims):
        return text
    longer = (c.plain for c in claims if not c.start and c.letters.startswith(start))
    return next(longer, text)


def _said(claims: list[Claim], feed: str, page: Outline, names: list[str]) -> str:
    """What the document calls itself, where no text of the page is its headline."""
    letters = bare(feed)
    if letters and any(letters in claim.runs for claim in claims if claim.text != feed):
        return feed
    plain = [claim.plain for claim in claims if not is_site(claim.plain, names)]
    title = next(iter(plain), "") or next((claim.plain for claim in claims), "")
    if feed and is_short(title) and not is_short(feed):
        return feed
    return _whole(without_labels(title, _sections(page)), claims)


def _sections(page: Outline) -> set[str]:
    """The letters of all short links: sections and the site by their names."""
    texts = (link.text() for link in page.all("a"))
    return {bare(text) for text in texts if len(text) <= _MAX_SECTION}
