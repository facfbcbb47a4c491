"""An explanation as a web page: the article's blocks in colour, without any script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from newskeep.extraction.explain import KEPT, WHY, Block, Explanation
from newskeep.text import strip_control

_LONGEST = 2_000

_STYLE = """
:root { color-scheme: light dark; --line: #d0d0d0; --dim: #595959; --kept: #0a6b2d; --left: #a3230f;
  --kept-back: #eaf6ec; --left-back: #fbefec; }
@media (prefers-color-scheme: dark) { :root { --line: #484848; --dim: #b0b0b0; --kept: #7fd99a;
  --left: #ff9d8a; --kept-back: #14281a; --left-back: #331c18; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
a { color: inherit; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .75rem .35rem 0; text-align: start;
  vertical-align: top; }
th { font-weight: 600; }
th[scope=row] { white-space: nowrap; width: 1%; }
@media (max-width: 36rem) { thead { display: none; } table, tbody, tr, th, td { display: block; }
  tr { border-bottom: 1px solid var(--line); padding: .35rem 0; }
  th, td { border: 0; padding: .1rem 0; } }
ol { list-style: none; padding: 0; }
li { border-inline-start: .4rem solid var(--left); background: var(--left-back); margin: .3rem 0;
  padding: .4rem .8rem; }
li.kept { border-color: var(--kept); background: var(--kept-back); }
li p { margin: 0; white-space: pre-line; }
.verdict { color: var(--left); font-size: .85rem; font-weight: 600; }
.kept .verdict { color: var(--kept); }
.evidence { color: var(--dim); font-size: .85rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { border: 1px solid var(--line); overflow-x: auto; padding: .75rem; }
"""


def explain_page(found: Explanation, mend: str) -> str:
    """The explanation as an HTML document; `mend` is what to type where it is wrong."""
    article = found.article
    title = _text(article.title or article.url)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>Why it reads so: {title}</title><style>{_STYLE}</style></head>\n"
        f'<body><main><h1 dir="auto">{title}</h1>\n'
        f'<p class="evidence">{_text(article.url)}</p>\n'
        f"{_facts(found)}\n<h2>Where its facts stand</h2>\n{_origins(found)}\n"
        f"<h2>The blocks of the page</h2>\n<p>{_legend(found)}</p>\n"
        f"<ol>\n{''.join(map(_block, found.blocks))}</ol>\n"
        f"<h2>If it is wrong</h2>\n<pre>{_text(mend)}</pre>\n</main></body></html>\n"
    )


def _facts(found: Explanation) -> str:
    article = found.article
    rows = [
        ("confidence", f"{article.confidence:.2f}"),
        ("extractor", article.extractor),
        ("access", article.access),
        ("article's element", found.container or "none"),
        ("recipe", found.recipe and f"{found.recipe} ({'used' if found.used else 'not used'})"),
        *(("problem", problem.message) for problem in article.problems),
    ]
    return _table([(name, said) for name, said in rows if said])


def _origins(found: Explanation) -> str:
    rows = [(one.name, one.value, "; ".join(one.places) or "-") for one in found.origins]
    return _table(rows, ("fact", "in the article", "places that say the same"))


def _table(rows: Sequence[Sequence[str]], titles: Sequence[str] = ()) -> str:
    heads = "".join(f'<th scope="col">{one}</th>' for one in titles)
    top = f"<thead><tr>{heads}</tr></thead>\n" if titles else ""
    lines = (
        f'<tr><th scope="row">{_text(name)}</th>'
        + "".join(f'<td dir="auto">{_text(cell)}</td>' for cell in cells)
        + "</tr>\n"
        for name, *cells in rows
    )
    return f"<table>\n{top}{''.join(lines)}</table>"


def _legend(found: Explanation) -> str:
    counts = Counter(block.verdict for block in found.blocks)
    return "; ".join(
        f"{counts[name]} <b>{name}</b>: {why}" for name, why in WHY.items() if counts[name]
    )


def _block(block: Block) -> str:
    said = block.text or "\n".join(f"[picture] {one}" for one in block.pictures)
    kind = "kept" if block.verdict == KEPT else "left"
    return (
        f'<li class="{kind}"><span class="verdict">{block.verdict}</span>\n'
        f'<p dir="auto">{_text(said[:_LONGEST])}</p>\n'
        f'<span class="evidence">{_text(evidence(block))}</span></li>\n'
    )


def evidence(block: Block) -> str:
    """What speaks for and against a block, on one line."""
    parts = [block.path, f"{block.letters} letters"]
    parts += [f"{100 * block.links:.0f}% links"] if block.links else []
    parts += [f"named “{block.names}”"] if block.names else []
    return ", ".join(parts)


def _text(said: str) -> str:
    return escape(strip_control(said))
