"""What a case of the set is, and how its pages are made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from access import bodies, layouts

TURNS = 2
"""Pages that are made of every structure, in different sites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A structure: what stands on the page instead of, above or behind the text that is shown.

    `shown` is one of bodies.text; `frame` is `site` (an article in a site), `framed` (a site
    without an article) or `bare`.
    """

    name: str
    state: str
    lang: str = "en"
    shown: str = "teaser"
    wall: str = ""
    before: str = ""
    head: str = ""
    facts: dict = field(default_factory=dict)
    title: str = ""
    frame: str = "site"
    own: tuple[str, ...] = ()
    url: str = ""
    cut: bool | None = None

    @property
    def half(self) -> str:
        """`seen` by who makes the rules, or `unseen`."""
        return "seen" if hashlib.sha256(self.name.encode()).digest()[0] % 2 else "unseen"

    def pages(self) -> list[tuple[str, str]]:
        """The pages of this structure, each with its address."""
        return [self._page(turn) for turn in range(TURNS)]

    def _page(self, turn: int) -> tuple[str, str]:
        turn += hashlib.sha256(self.name.encode()).digest()[1]
        url = self.url or f"https://bell{turn % 7}.example/town/2026/11/{self.name}-{turn}.html"
        title = self.title or bodies.title(self.lang)
        if self.frame != "site":
            make = layouts.bare if self.frame == "bare" else layouts.framed
            return make(self.lang, title, self.wall, turn=turn, head=self.head), url
        shown = list(self.own) or bodies.text(self.lang, self.shown, turn)
        page = layouts.site(
            self.lang,
            title,
            shown,
            turn=turn,
            head=self.head,
            facts=self.facts,
            wall=self.wall,
            before=self.before,
            url=url,
        )
        return page, url


def wall(lot: str, name: str, state: str, lang: str, html: str, **more) -> Case:
    """A structure of a lot: a wall behind a text that ends early."""
    return Case(name=f"{lot}-{name}", state=state, lang=lang, wall=html, **{"cut": True, **more})


def gate(lot: str, name: str, state: str, lang: str, title: str, html: str, **more) -> Case:
    """A structure of a lot that stands in the place of an article."""
    facts = {"frame": "framed" if state == "removed" else "bare", **more}
    return Case(name=f"{lot}-{name}", state=state, lang=lang, title=title, wall=html, **facts)


def open_(lot: str, name: str, lang: str, html: str, **more) -> Case:
    """A structure of a lot that only looks like a wall."""
    facts = {"shown": "brief", "cut": False, **more}
    return Case(name=f"{lot}-open-{name}", state="open", lang=lang, wall=html, **facts)
