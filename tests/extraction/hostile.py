"""Pages that were made to take a parser minutes and gigabytes, and one that reads one of them.

python hostile.py NAME      prints {"is_read": …, "megabytes": …}: whether an article came of it
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

SIZE = 20_000_000
SECONDS = 10
SENTENCE = "The bridge was opened on Monday, and the town came to see it. "
ARTICLE = f"<title>A bridge</title><h1>A bridge</h1>{f'<p>{SENTENCE * 4}</p>' * 6}".encode()


def filled(piece: str, before: str = "") -> bytes:
    data = piece.encode()
    return ARTICLE + before.encode() + data * (SIZE // len(data))


def numbered(piece: str, count: int, before: str = "", after: str = "") -> bytes:
    return ARTICLE + (before + "".join(piece.format(n) for n in range(count)) + after).encode()


def scripts(piece: str, count: int = 1) -> bytes:
    """So many scripts of JSON-LD, each with a list of `piece`."""
    many = ",".join([piece] * (SIZE // count // (len(piece) + 1)))
    item = f'{{"@type":"NewsArticle","headline":"A bridge","tags":[{many}]}}'
    return ARTICLE + f'<script type="application/ld+json">{item}</script>'.encode() * count


PAGES = {
    "nested elements": lambda: filled("<div>"),
    "nested tables": lambda: filled("<table><tr><td>"),
    "nested lists": lambda: filled("<ul><li>x"),
    "closings that close nothing": lambda: filled("<b></i><div></x></p>"),
    "cells that hide how deep it is": lambda: filled("<div><table><td></div></table>"),
    "one text": lambda: filled("word, "),
    "one text without a space": lambda: filled("x"),
    "one text in Chinese": lambda: filled("新闻报道，"),
    "entities": lambda: filled("&amp;&#x1F600;"),
    "entities without an end": lambda: filled("&notinva "),
    "quotation marks": lambda: filled("«word» "),
    "degrees without a space": lambda: filled("°"),
    "no-break spaces": lambda: filled("a&nbsp;"),
    "a title": lambda: b"<title>" + b"word, " * (SIZE // 6) + b"</title>" + ARTICLE,
    "a title without a space": lambda: b"<title>" + b"x" * SIZE + b"</title>" + ARTICLE,
    "one heading": lambda: filled("word, ", before="<h1>"),
    "one script of empty lists": lambda: scripts("[]"),
    "one script of items": lambda: scripts('{"@type":"Person","name":"x"}'),
    "many scripts": lambda: scripts("[]", 30),
    "a million links": lambda: numbered('<a href="/{0}">{0}</a>', 1_000_000),
    "a hundred thousand attributes": lambda: numbered(" a{0}=b", 100_000, "<p", ">x"),
    "attributes behind a bracket": lambda: numbered(" a{0}=b", 100_000, '<p x=">"', ">x"),
    "attributes on every element": lambda: filled(f"<p {' '.join(f'a{n}' for n in range(150))}>"),
    "attributes on one element again and again": lambda: numbered("<html a{0}>", 1_000_000),
    "two hundred thousand siblings": lambda: ARTICLE + b"<div>" + b"<span>x</span>" * 200_000,
    "paragraphs": lambda: filled(f"<p>{SENTENCE * 4}</p>"),
    "comments": lambda: filled("<!-- x -->"),
}


def peak() -> float:
    """The most memory that this process itself had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    from newskeep.extraction import page

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    article = page(PAGES[sys.argv[1]](), url="https://paper.example/a")
    print(json.dumps({"is_read": bool(article.text), "megabytes": peak()}))


if __name__ == "__main__":
    main()
