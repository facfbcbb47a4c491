"""The sanitiser: what markup newskeep lets through, whatever came in.

Every body passes here when it is written and again when it is shown, so that a
mistake elsewhere, or a file changed on the disk, never puts a script before a reader.
The policy is an allow-list: elements and attributes that carry meaning, addresses of
`http`, `https` and `mailto` only, nothing that runs, styles, frames or submits.
"""

from __future__ import annotations

import re
from itertools import islice

import nh3

from newskeep import url as addresses
from newskeep.extraction.bounds import tame

ELEMENTS = frozenset((
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "img", "a",
    "em", "strong", "del", "ins", "sub", "sup", "br", "hr", "ruby", "rt", "rp", "dl", "dt", "dd",
))  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
MAX_SCANNED = 10**11
"""Characters that the writer may scan in all: at each sign of `_SCANNED` to the end of its text."""
SCHEMES = frozenset({"http", "https", "mailto"})
_WITH_CONTENT = frozenset((
    "script", "style", "template", "iframe", "object", "embed", "svg", "math", "noscript",
    "noembed", "noframes", "xmp", "textarea", "select", "button", "title", "plaintext",
))  # fmt: skip
_SCANNED = re.compile("[&\x80-\xbf]")
"""What html5ever writes as an entity, or whose first byte is that of a no-break space."""


def _cleaner(base: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ELEMENTS),
        clean_content_tags=set(_WITH_CONTENT),
        # "*" is named because nh3 would else allow `title` and `lang` everywhere.
        attributes={"*": set(), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
        url_relative=("rewrite_with_base", base) if base else "deny",
    )


_PLAIN = _cleaner("")


def sanitise(html: str, base_url: str = "") -> str:
    """Clean HTML of any origin: the policy above, relative addresses resolved or dropped.

    Idempotent, never raises, and linear in its input, of which no more is read than
    `bounds.MAX_CHARS` characters, and less where MAX_SCANNED says so.
    """
    text = _cut(tame(html)).replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    cleaner = _cleaner(base_url) if addresses.is_web(base_url) else _PLAIN
    return cleaner.clean(text)


def _cut(html: str) -> str:
    """Cut before one sign too many: html5ever takes their number by the length of a text."""
    most = MAX_SCANNED // max(len(html), 1)
    if len(html) <= most:
        return html
    too_many = next(islice(_SCANNED.finditer(html), most, None), None)
    return html[: too_many.start()] if too_many else html
