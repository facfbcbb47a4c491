"""Pages that only JavaScript draws, and scripts, as answers of a stand."""

from __future__ import annotations

from collections.abc import Mapping

from support.stand import http

PARAGRAPH = (
    "The harbour bridge opened to lorries on Friday after two years of repairs, the port said. "
    "Engineers replaced forty bearings and rebuilt the northern pier before the winter. "
)
HEADLINE = "Bridge reopens to lorries"


def script(code: str, *fields: str) -> bytes:
    """The answer with JavaScript."""
    return http(200, code.encode(), "Content-Type: text/javascript", *fields)


def shell(code: str, *fields: str, body: str = "") -> bytes:
    """The answer with a page that says nothing until this script has run."""
    html = (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{HEADLINE}</title></head>"
        f"<body><div id=root></div>{body}<script>{code}</script></body></html>"
    )
    return http(200, html.encode(), "Content-Type: text/html", *fields)


def draws(words: str = "", more: str = "") -> str:
    """JavaScript that draws an article which ends with these words; `more` stands beside it."""
    return (
        "document.getElementById('root').innerHTML = "
        f"`{more}<article><h1>{HEADLINE}</h1>{f'<p>{PARAGRAPH}</p>' * 3}<p>{words}</p></article>`;"
    )


def says(promises: Mapping[str, str]) -> str:
    """JavaScript that draws an article of how these promises end, each as `name=end`.

    One that has not ended within nine seconds is `late`.
    """
    late = "new Promise((done) => setTimeout(done, 9000, 'late'))"
    asked = ", ".join(
        f"Promise.resolve().then(() => Promise.race([{code}, {late}])).then(end => `{name}=${{end}}`, "
        f"() => `{name}=refused`)"
        for name, code in promises.items()
    )
    return f"Promise.all([{asked}]).then((ends) => {{ {draws('${ends.join(`; `)}')} }});"
