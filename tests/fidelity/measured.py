"""The pages with known truth, scored once by their own scorer, and what went wrong on them.

The scorer runs in a process of its own, since the tracing of coverage would double its time.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from statistics import mean
from types import ModuleType
from urllib.parse import urlsplit

from fidelity.adapter import extract
from support.shared import SHARED

DATA = SHARED / "extraction"
HERE = Path(__file__).parent
_WORST = 5
_MOST_WRONG = 20
_SHOWN = 60


class Measured:
    """The scores of all pages, and every page with its truth."""

    def __init__(self, folder: Path) -> None:
        scores, pages = folder / "scores.json", folder / "pages.jsonl"
        command = [sys.executable, DATA / "evaluate.py", DATA, "adapter:extract"]
        env = {name: one for name, one in os.environ.items() if not name.startswith("COVERAGE")}
        subprocess.run(
            [*command, "--json", scores, "--per-page", pages],
            cwd=HERE,
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        self.scores = json.loads(scores.read_text("utf-8"))
        with gzip.open(DATA / "truth.jsonl.gz", "rt", encoding="utf-8") as lines:
            truths = [json.loads(line) for line in lines]
        found = map(json.loads, pages.read_text("utf-8").splitlines())
        self.pages = list(zip(truths, found, strict=True))

    def value(self, kind: str, group: str) -> float:
        """One measure of one set or language, as `floors.toml` names them."""
        if kind == "language":
            return mean(found["f1"] for _, found in self.group(kind, group))
        if kind == "text":
            return self.scores["text"][group]["f1"]
        if kind == "segments":
            return self.scores["snippets_traf"]["f1"]
        return self.scores["meta"][group][kind]

    def group(self, kind: str, group: str) -> list[tuple[dict, dict]]:
        """The pages that count for a measure, each as its truth and what was found."""
        if kind == "language":
            return [(t, f) for t, f in self.pages if t["lang"] == group and f["f1"] is not None]
        return [(t, f) for t, f in self.pages if t["set"] == group.partition(":")[0]]

    def worst(self, kind: str, group: str) -> str:
        """The worst pages of a group and what went wrong on each, a line a page."""
        pages = self.group(kind, group)
        if kind in ("text", "language"):
            pages = sorted(pages, key=lambda pair: pair[1]["f1"] or 0.0)[:_WORST]
            return "\n".join(f"{_name(t)}: {_text_went_wrong(t, f)}" for t, f in pages)
        told = ((t, _went_wrong(kind, t, f)) for t, f in pages)
        wrong = [f"{_name(t)}: {said}" for t, said in told if said]
        return "\n".join(wrong[:_MOST_WRONG])


def _name(truth: dict) -> str:
    return f"{truth['set']}/{truth['id']} ({urlsplit(truth.get('url') or '').hostname})"


@cache
def scorer() -> ModuleType:
    """The scorer as a module, for its comparisons."""
    spec = importlib.util.spec_from_file_location("evaluate", DATA / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _text_went_wrong(truth: dict, found: dict) -> str:
    """How much is missing or too much, in runs of four words; the page is read again for it."""
    packed = DATA / "html" / truth["set"] / f"{truth['id']}.html.gz"
    html = gzip.decompress(packed.read_bytes())
    text = extract(html, truth.get("url") or "")["text"]
    right, extra, missing = scorer().counts(truth["text"], text)
    return f"F1 {found['f1']:.3f}: {right} right, {missing} missing, {extra} too many"


def _went_wrong(kind: str, truth: dict, found: dict) -> str:
    """What was said in place of the truth; empty where it is right or not asked."""
    measure = scorer()
    if kind == "title" and truth.get("title"):
        wanted = [truth["title"], *truth.get("title_alt", [])]
        is_right = measure.title_eq(wanted, found["title"])
    elif kind == "date" and truth.get("date") and not truth.get("date_unverified"):
        is_right = measure.date_eq(truth["date"], found["date"], truth["set"] == "mercury")
    elif kind == "author" and truth.get("author"):
        is_right = measure.names(truth["author"]) == measure.names(found["author"])
    elif kind == "author_false" and truth.get("no_author"):
        kind, is_right = "author", not found["author"]
    else:
        return ""
    said, wanted = str(found[kind])[:_SHOWN], str(truth.get(kind))[:_SHOWN]
    return "" if is_right else f"{kind} {said!r} for {wanted!r}"
