"""Pages for the extractor: say only what matters, the rest is an ordinary article."""

from __future__ import annotations

import json
from typing import Any

from newskeep.extraction import Hints, fragment, page
from newskeep.types import Article

URL = "https://harbour.example/town/bridge"
TITLE = "Old bridge opens again after nine years"
PROSE = (
    "The old bridge over the river opened to carts and walkers on Friday morning, nine years "
    "after a flood took its middle arch, and some two hundred people were there to cross it.",
    "The works cost four million crowns, a third more than was planned, and the council has not "
    "said who is to pay for it; the mayor, for her part, would rather speak of the stone.",
    "Ferries will run beside the bridge until the spring, the harbour office says, since the "
    "carts are many and the way is narrow. A second lane is planned, but not for this year.",
)
LONG = tuple(f"{text} So it was told in part {number}." for number in range(5) for text in PROSE)


def paragraphs(*texts: str) -> str:
    """Each as a `p`."""
    return "".join(f"<p>{text}</p>\n" for text in texts)


def document(body: str, *, head: str = "", lang: str = "en", title: str = TITLE) -> str:
    """A whole page around a body."""
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def story(inside: str = "", *, title: str = TITLE, texts: tuple[str, ...] = PROSE, **facts: str):
    """A page with a headline and prose, and `inside` after the first paragraph of it."""
    prose = f"<h1>{title}</h1>{paragraphs(texts[0])}{inside}{paragraphs(*texts[1:])}"
    return document(f"<article>{prose}</article>", title=title, **facts)


def json_ld(**facts: Any) -> str:
    """A NewsArticle as publishers describe it."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(**values: str) -> str:
    """`meta` elements; write `__` for the colon of a property."""
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in values.items()
    )


def read(html: str | bytes, **facts: Any) -> Article:
    """The article of a page."""
    return page(html, **{"url": URL, **facts})


def body(html: str, *, title: str = "", **facts: Any) -> str:
    """The clean HTML of a feed's body."""
    hints = Hints(title=title)
    return fragment(html, **{"url": URL, "hints": hints, **facts}).html
