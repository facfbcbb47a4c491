"""Feeds that end before their end, as a line that broke or a full disk leaves them."""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"(?P<opened><(?:\w{1,20}:)?(?:item|entry)(?=[\s/>]|$))"
    r"|(?P<closed></(?:\w{1,20}:)?(?:item|entry|channel|rss|rdf|feed)\s*>)"
    r"|<!\[CDATA\[|<!--",
    re.IGNORECASE,
)
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}


def without_cut_entry(document: str) -> str:
    """The document of a feed up to the entry that its end cut off, which cannot be believed.

    Its address or its text may be half of one. A document that closes its last entry, or
    its root behind it, comes back as it is.
    """
    opened = -1
    place = 0
    while found := _PIECE.search(document, place):
        place = found.end()
        if found["opened"]:
            opened = found.start()
        elif found["closed"]:
            opened = -1
        else:
            end = _ENDS[found[0].upper()]
            place = document.find(end, place)
            if place < 0:
                break
    return document if opened < 0 else document[:opened]
