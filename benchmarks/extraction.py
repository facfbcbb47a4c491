"""Articles out of pages: newskeep beside the libraries alone, over a set with known truth.

    pip install --group bench && python benchmarks/extraction.py [FOLDER] [--sets fundus,gne]

FOLDER holds truth.jsonl.gz, the pages and evaluate.py, which scores every extractor in a
process of its own: F1 of the text set by set, the shares of titles, days, sets of authors and
pictures that are right, pages a CPU-second, and the memory of the whole run. Libraries that
are not installed are named and left out. The whole record of newskeep should be made at least
3 times as fast as trafilatura's, 95 of 100 pages in 40 ms, in 300 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "extraction"
NEEDED = 3.0
P95_MS = 40.0
MOST_MB = 300
PLAIN = "trafilatura"
"""With what speed is compared."""

Record = dict[str, Any]


def newskeep(html: bytes, url: str) -> Record:
    sys.path.insert(0, str(HERE.parent / "tests"))
    from fidelity.adapter import extract

    return extract(html, url)


def trafilatura(html: bytes, url: str, **options: bool) -> Record:
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url or None, with_metadata=True, **options)
    if found is None:
        return {}
    return {
        "title": found.title,
        "author": found.author,
        "date": found.date,
        "text": found.text,
        "images": [found.image] if found.image else [],
    }


def trafilatura_precision(html: bytes, url: str) -> Record:
    return trafilatura(html, url, favor_precision=True)


def trafilatura_fast(html: bytes, url: str) -> Record:
    return trafilatura(html, url, fast=True)


def readability(html: bytes, url: str) -> Record:
    from lxml.html import document_fromstring
    from readability import Document

    found = Document(html, url=url or None)
    body = document_fromstring(found.summary())
    return {"title": found.short_title(), "text": "\n".join(body.itertext())}


def newspaper(html: bytes, url: str) -> Record:
    from newspaper import Article

    found = Article(url or "http://example.com/", fetch_images=False)
    found.download(input_html=html.decode("utf-8", "replace"))
    found.parse()
    return {
        "title": found.title,
        "author": found.authors,
        "date": found.publish_date and str(found.publish_date),
        "text": found.text,
        "images": [found.top_image] if found.top_image else [],
    }


def resiliparse(html: bytes, url: str) -> Record:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(html, detect_encoding(html))
    return {"title": tree.title, "text": extract_plain_text(tree, main_content=True)}


EXTRACTORS = {
    newskeep: "newskeep",
    trafilatura: "trafilatura",
    trafilatura_precision: "trafilatura",
    trafilatura_fast: "trafilatura",
    readability: "readability-lxml",
    newspaper: "newspaper4k",
    resiliparse: "resiliparse",
}
"""Each with the package that it needs."""


def evaluated(name: str, folder: Path, sets: str) -> Record:
    """What the set's own scorer says of one extractor, and its memory in MB."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "scores.json"
        command = [sys.executable, folder / "evaluate.py", folder, f"extraction:{name}"]
        command += ["--json", out, *(["--sets", sets] if sets else [])]
        running = subprocess.Popen(command, cwd=HERE, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            raise SystemExit(f"{name} ended with {running.returncode}")
        return {**json.loads(out.read_text()), "memory": used.ru_maxrss / 1024}


def tell(name: str, scores: Record, plain: Record | None) -> None:
    speed = scores["speed"]
    print(
        f"\n{name}: {speed['pages_per_cpu_s']:.1f} pages a CPU-second,"
        f" {compared(scores, plain)}; median {speed['median_ms']:.1f} ms,"
        f" p95 {speed['p95_ms']:.1f} ms; {scores['memory']:.0f} MB; errors {scores['errors'] or 0}"
    )
    texts = [f"{set_} {found['f1']:.3f}" for set_, found in scores["text"].items()]
    if "snippets_traf" in scores:
        texts.append(f"traf (segments) {scores['snippets_traf']['f1']:.3f}")
    print(f"  text F1   {', '.join(texts)}")
    for set_, found in scores["meta"].items():
        shares = [f"{kind} {found[kind]:.3f}" for kind in found if kind.split("_")[0] != "n"]
        print(f"  {set_:9} {', '.join(shares)}")


def compared(scores: Record, plain: Record | None) -> str:
    """How many times as fast as the plain library, where that was measured."""
    if plain is None:
        return f"not compared with {PLAIN}"
    times = scores["speed"]["pages_per_cpu_s"] / plain["speed"]["pages_per_cpu_s"]
    return f"{times:.2f} x {PLAIN}"


def tell_speed(ours: Record, plain: Record | None) -> None:
    print(
        f"\nnewskeep: {compared(ours, plain)} (at least {NEEDED:.0f} x),"
        f" p95 {ours['speed']['p95_ms']:.1f} ms (at most {P95_MS:.0f}),"
        f" {ours['memory']:.0f} MB (at most {MOST_MB})"
    )


def is_there(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED)
    parser.add_argument("--sets", default="", help="comma-separated; all without it")
    options = parser.parse_args()
    folder = options.folder.absolute()
    if not (folder / "evaluate.py").is_file():
        print(f"skipped: {folder} holds no set of pages with their truth")
        return
    scores: dict[str, Record] = {}
    for extractor, package in EXTRACTORS.items():
        if is_there(package):
            scores[extractor.__name__] = evaluated(extractor.__name__, folder, options.sets)
        else:
            print(f"left out: {extractor.__name__} ({package} is not installed)")
    plain = scores.get(PLAIN)
    for name, found in scores.items():
        tell(name, found, plain)
    tell_speed(scores["newskeep"], plain)


if __name__ == "__main__":
    main()
