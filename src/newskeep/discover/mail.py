"""Newsletters: a message that came over a mailing list, read as a feed of one entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from urllib.parse import quote

from newskeep import text
from newskeep.discover import feed_parts as common
from newskeep.discover import mail_links, mail_parts
from newskeep.discover.mail_parts import FAULTS, field, head_of, message_of, payload, raw
from newskeep.types import Entry, Feed, Image, Problem
from newskeep.url import is_web

_LISTED = ("List-Id", "List-Unsubscribe")
_LIST_ID = re.compile(r"(.*?)<([^<>\s]{1,300})>\s*$")
_BRACKETED = re.compile(r"<([^<>\s]{1,2000})>")
_MESSAGE_ID = re.compile(r"<?([^<>\s]{1,900})>?")
_SAFE = "@!$'()*,-._~+=:;"  # RFC 2392: what a mid: address holds unescaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a message brings along, under the address its body gives it."""

    url: str
    content_type: str
    data: bytes


def parse(data: bytes, *, url: str, content_type: str = "", received: datetime) -> Feed:
    """The one entry of a newsletter's message that was received at a time. Never raises.

    The entry's address is the one that the message names for itself (Archived-At, RFC 5064,
    else its “view in browser” link), else its `mid:` (RFC 2392), which is its id. Links that
    end or change the reader's subscription are left out.
    """
    del content_type
    try:
        message = _listed(message_of(data))
        if message is not None:
            return _feed(message, url, received)
        said = "it came over no mailing list (it has neither List-Id nor List-Unsubscribe)"
    except FAULTS as error:
        said = f"it cannot be read as a message ({type(error).__name__})"
    problem = _problem(url, "not-a-newsletter", f"{url}: {said}; it is kept as it came", received)
    return Feed(kind="", problems=(problem,))


def address(data: bytes) -> str:
    """The `mid:` address of a newsletter's message; empty for any other message.

    A newsletter that was forwarded as an attachment counts, with its own Message-ID. One
    without a Message-ID is known by a digest of its fields and body.
    """
    try:
        message = _listed(message_of(data)) if _may_be_listed(data) else None
        return _mid(message) if message is not None else ""
    except FAULTS:
        return ""


def list_id(data: bytes) -> str:
    """The List-Id (RFC 2919) of a newsletter's message, in lower case; empty where it has none."""
    try:
        message = _listed(message_of(data))
        return _list(message)[1] if message is not None else ""
    except FAULTS:
        return ""


def is_listed(head: bytes) -> bool:
    """Whether a message's header fields say that it came over a mailing list."""
    try:
        fields = head_of(head)
        return any(name in fields for name in _LISTED)
    except FAULTS:
        return False


def pictures(data: bytes) -> Iterator[Picture]:
    """The pictures that a newsletter's message brings along, in their order."""
    try:
        message = _listed(message_of(data))
        for part in _pictures(message) if message is not None else ():
            found = payload(part)
            if found and message is not None:
                yield Picture(
                    url=_inside(message, _content_id(part)),
                    content_type=part.get_content_type(),
                    data=found,
                )
    except FAULTS:
        return


# The message


def _may_be_listed(data: bytes) -> bool:
    """A cheap look before a message is taken apart."""
    lowered = data.lower()
    return any(f"{name}:".lower().encode() in lowered for name in _LISTED)


def _listed(message: Message) -> Message | None:
    """The message, or the first one inside it, that came over a mailing list."""
    found = (one for one in mail_parts.parts(message) if any(name in one for name in _LISTED))
    return next(found, None)


def _mid(message: Message) -> str:
    found = _MESSAGE_ID.match(raw(message, "Message-ID"))
    if found:
        return f"mid:{_quoted(found[1])}"
    return f"urn:newskeep:mail:{text.digest(message.as_bytes().decode('latin-1'))}"


def _quoted(name: str) -> str:
    return quote(name.encode("utf-8", "surrogateescape"), safe=_SAFE)


def _inside(message: Message, name: str) -> str:
    """The address of a part of a message (RFC 2392 §2)."""
    return f"{_mid(message)}/{_quoted(name)}"


def _content_id(part: Message) -> str:
    return raw(part, "Content-ID").strip("<>")[:900]


def _pictures(message: Message) -> list[Message]:
    return [
        part
        for part in mail_parts.parts(message)
        if _content_id(part) and part.get_content_type().startswith("image/")
    ]


def _list(message: Message) -> tuple[str, str]:
    """The phrase and the identifier of List-Id."""
    given = field(message, "List-Id")
    found = _LIST_ID.match(given)
    if found:
        return found[1].strip().strip('"').strip(), found[2].lower()
    return "", given.lower() if re.fullmatch(r"\S{1,300}", given) else ""


# The entry


def _feed(message: Message, url: str, received: datetime) -> Feed:
    phrase, name = _list(message)
    sender = common.person(field(message, "From"))
    entry = _entry(message, url, sender, received)
    return Feed(
        kind="mail",
        title=phrase or sender or name,
        home=next(iter(_addresses(message, "List-Archive")), ""),
        lang=entry.lang,
        entries=(entry,),
    )


def _entry(message: Message, url: str, sender: str, received: datetime) -> Entry:
    mid = _mid(message)
    leaving = frozenset(_addresses(message, "List-Unsubscribe"))
    body, view = mail_links.settle(
        mail_parts.body(message), leaving, lambda name: _inside(message, name)
    )
    own = next(iter(_addresses(message, "Archived-At")), "") or view
    published, odd = common.time(field(message, "Date"), url=mid, lang="", received=received)
    lost = () if body.strip() else (_empty(url, received),)
    return Entry(
        id=mid,
        url=own or mid,
        title=field(message, "Subject"),
        authors=(sender,) if sender else (),
        published=published,
        content=body,
        images=tuple(Image(url=_inside(message, _content_id(one))) for one in _pictures(message)),
        lang=field(message, "Content-Language").split(",")[0].strip(),
        aliases=(mid,) if own else (),
        problems=(*odd, *common.dateless(published, odd, mid, received), *lost),
    )


def _addresses(message: Message, name: str) -> list[str]:
    """The web addresses that a field holds between angle brackets."""
    given = field(message, name)
    return [one for one in _BRACKETED.findall(given) or [given] if is_web(one)]


def _empty(url: str, received: datetime) -> Problem:
    return _problem(url, "no-text", f"{url}: the message has no text to read", received)


def _problem(url: str, kind: str, message: str, received: datetime) -> Problem:
    return Problem(url=url, stage="discover", kind=kind, message=message, at=received)
