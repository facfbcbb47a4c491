"""Articles that span several pages, for servers and captures that tests make up."""

from __future__ import annotations

from random import Random

TITLE = "Lanmere bridge reopens after two years"
_WORDS = (  # noqa: SIM905
    "bearings pier toll ferry mayor harbour crane tide lantern rope council engineer flood stone "
    "carts winter money vote letter witness bell orchard market road signal window paper river"
).split()


def prose(page: int) -> list[str]:
    """The paragraphs of one page, unlike those of any other."""
    dice = Random(page)
    return [
        f"Page {page}, {place}: " + " ".join(dice.choices(_WORDS, k=40)) + "." for place in range(6)
    ]


def leaf(
    page: int, pager: str = "", *, head: str = "", title: str = TITLE, inside: str = "", lang="en"
) -> str:
    """The HTML of one page."""
    body = "".join(f"<p>{one}</p>" for one in prose(page))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta property="article:published_time" content="2026-10-30T09:00:00+08:00">'
        f"{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>"
        f'{body}{inside}</article><div class="pager">{pager}</div><footer>All rights reserved'
        "</footer></body></html>"
    )


def link(href: str, label: str, rel: str = "") -> str:
    """An anchor."""
    attribute = f' rel="{rel}"' if rel else ""
    return f'<a href="{href}"{attribute}>{label}</a>'
