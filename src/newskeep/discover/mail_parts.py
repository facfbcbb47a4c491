"""A message taken apart: its fields decoded, its body as HTML (RFC 5322, MIME).

Fields are decoded here rather than by the standard library's structured parser, which is
slow, and deeply recursive, on hostile ones. What it raises on messages that are none is in
`FAULTS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from html import escape
from itertools import islice

from newskeep import content, text

MOST_PARTS = 500
"""Parts of a message that are looked at."""

FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError)

_LONGEST_FIELD = 4000
_DEEPEST = 50
_MOST_WORK = 5_000_000
"""Parts times lines: the parser holds each line against every part that is open."""

_WEB = re.compile(r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]]")
_BLANK = re.compile(r"\n[ \t]*\n")


def message_of(data: bytes) -> Message:
    """The message that these bytes are. Raises one of FAULTS."""
    if data.lower().count(b"multipart/") * data.count(b"\n") > _MOST_WORK:
        raise ValueError("too many parts for so many lines")
    return BytesParser(policy=policy.compat32).parsebytes(data)


def head_of(data: bytes) -> Message:
    """The header fields alone. Raises one of FAULTS."""
    return BytesHeaderParser(policy=policy.compat32).parsebytes(data)


def parts(message: Message) -> Iterator[Message]:
    """The message and everything in it, outermost first, as many as are looked at."""
    return islice(message.walk(), MOST_PARTS)


def members(part: Message) -> list[Message]:
    """What stands right inside a part: of a multipart its parts, of an attached message it."""
    payload = part.get_payload()
    found = payload if isinstance(payload, list) else []
    return [one for one in found[:MOST_PARTS] if isinstance(one, Message)]


def raw(message: Message, name: str) -> str:
    """A field's first value as it stands, unfolded; bytes past ASCII as PEP 383 has them."""
    wanted = name.lower()
    found = (value for key, value in message.raw_items() if key.lower() == wanted)
    return text.squash(str(next(found, ""))[:_LONGEST_FIELD])


def field(message: Message, name: str) -> str:
    """A field's first value on one line, decoded: RFC 2047, raw UTF-8, raw legacy charsets."""
    given = raw(message, name)
    try:
        pieces = decode_header(given) if given.isascii() else [(given, None)]
    except MessageError:
        pieces = [(given, None)]
    whole = "".join(_decoded(piece, charset or "") for piece, charset in pieces)
    return text.squash(text.strip_control(whole))[:_LONGEST_FIELD]


def payload(part: Message) -> bytes:
    """The bytes of a part, without their transfer encoding."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def body(part: Message, depth: int = 0) -> str:
    """What a part shows, as HTML: the best of its alternatives, else its members in order.

    An attached message is shown below its subject. Raises one of FAULTS.
    """
    kind = part.get_content_type()
    if depth > _DEEPEST or _is_attached(part, kind):
        return ""
    if kind == "message/rfc822":
        return "".join(_forwarded(one, depth + 1) for one in members(part))
    if part.is_multipart():
        found = [(one.get_content_type(), body(one, depth + 1)) for one in members(part)]
        is_choice = kind == "multipart/alternative"
        return _best(found) if is_choice else "".join(html for _, html in found)
    if kind == "text/html":
        return content.to_text(payload(part), _type(part))
    return _from_plain(part) if kind == "text/plain" else ""


def _decoded(piece: bytes | str, charset: str) -> str:
    data = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    return content.to_text(data, f"text/plain; charset={charset}", kind="text")


def _best(found: list[tuple[str, str]]) -> str:
    """The richest alternative, which stands last (RFC 2046 §5.1.4), of those that show anything."""
    shown = [(kind, html) for kind, html in found if html.strip()]
    rich = [html for kind, html in shown if kind != "text/plain"]
    return rich[-1] if rich else "".join(html for _, html in shown[:1])


def _forwarded(message: Message, depth: int) -> str:
    title, inner = field(message, "Subject"), body(message, depth)
    return f"<h2>{escape(title)}</h2>{inner}" if title and inner else inner


def _is_attached(part: Message, kind: str) -> bool:
    said = str(part.get("Content-Disposition", "")).strip().lower()
    return said.startswith("attachment") and kind != "message/rfc822"


def _type(part: Message) -> str:
    """The media type with its charset; US-ASCII, the default, is no evidence of anything."""
    charset = _parameter(part, "charset")
    return "" if charset in ("", "us-ascii", "ascii") else f"text/html; charset={charset}"


def _parameter(part: Message, name: str) -> str:
    return str(part.get_param(name, "")).strip().lower()


def _from_plain(part: Message) -> str:
    """Plain text as paragraphs; the lines of format=flowed are joined again."""
    said = content.to_text(payload(part), _type(part), kind="text").replace("\r\n", "\n")
    if _parameter(part, "format") == "flowed":
        said = unflowed(said, is_joined=_parameter(part, "delsp") == "yes")
    return "".join(map(_paragraph, _BLANK.split(said)))


def unflowed(said: str, *, is_joined: bool) -> str:
    """Text of format=flowed with each paragraph on one line (RFC 3676 §4).

    `is_joined` is DelSp=yes: the space that marks a flowing line is none of the text.
    """
    lines: list[str] = []
    flows, before = False, 0
    for given in said.split("\n"):
        line = given.lstrip(">")
        depth = len(given) - len(line)
        line = line.removeprefix(" ")
        is_signature = line == "-- "
        if flows and depth == before and not is_signature:
            lines[-1] += line
        else:
            lines.append("> " * depth + line)
        flows, before = line.endswith(" ") and not is_signature, depth
        if flows and is_joined:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _paragraph(lines: str) -> str:
    shown = [_linked(line) for line in lines.split("\n") if line.strip()]
    return f"<p>{'<br>'.join(shown)}</p>" if shown else ""


def _linked(line: str) -> str:
    """A line of plain text, its web addresses as links."""
    shown, at = [], 0
    for match in _WEB.finditer(line):
        link = escape(match[0])
        shown += [escape(line[at : match.start()]), f'<a href="{link}">{link}</a>']
        at = match.end()
    return "".join((*shown, escape(line[at:])))
