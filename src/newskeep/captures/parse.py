"""From a WARC record's bytes to a Capture. Reads what any writer wrote, tolerantly."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from newskeep.captures.record import (
    EXTENSION,
    ROLE,
    SOURCE,
    capture_id,
    payload_digest,
    value_text,
    warc_date,
)
from newskeep.captures.seal import Damaged
from newskeep.types import Capture, Headers, Ref

CAPTURES = frozenset({"response", "resource", "revisit"})
"""The types of record that are captures."""

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)")
_UUID = re.compile(r"<?urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>?", re.IGNORECASE)
_OWN = frozenset({ROLE.lower(), SOURCE.lower()})
_PARTIAL_DATES = {4: "%Y", 7: "%Y-%m", 14: "%Y%m%d%H%M%S"}
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_LINE_END = re.compile(rb"\r?\n")


class Record(NamedTuple):
    """A WARC record: its fields as written, the same by lower-case name, and its block."""

    fields: Headers
    named: dict[str, str]
    block: bytes

    def get(self, name: str) -> str:
        """The first field of this lower-case name, or an empty string."""
        return self.named.get(name, "")

    @property
    def type(self) -> str:
        """The WARC-Type."""
        return self.get("warc-type")


def split(data: bytes) -> Record:
    """A record with everything that follows its head as block. Raises Damaged."""
    end = _HEAD_END.search(data)
    if not data.startswith(b"WARC/") or not end:
        raise Damaged("it does not begin with the head of a WARC record")
    fields = fields_of(data[: end.start()])
    return Record(fields, _by_name(fields), data[end.end() :])


def whole(data: bytes) -> Record:
    """A record with exactly its block. Raises Damaged unless it ends as WARC/1.1 §4 says."""
    record = split(data)
    block, ending = record.block[:-4], record.block[-4:]
    if record.get("content-length") != str(len(block)) or ending != b"\r\n\r\n":
        raise Damaged("its block is not as long as its Content-Length")
    return record._replace(block=block)


def heads_are_in(data: bytes) -> bool:
    """Whether the beginning of a record holds its head and, where it has one, the HTTP head."""
    end = _HEAD_END.search(data)
    return end is not None and _HEAD_END.search(data, end.end()) is not None


def capture(record: Record, ref: Ref, *, with_payload: bool = True) -> Capture:
    """The capture of a record of type response, resource or revisit. Raises Damaged.

    Without its payload the record's block may be cut anywhere behind its heads.
    """
    status, headers, body = _http(record)
    if with_payload:
        body = _dechunked(headers, body)
    time, url = _time(record.get("warc-date")), record.get("warc-target-uri").strip("<>")
    digest = _digest(record, body)
    known = _UUID.fullmatch(record.get("warc-record-id"))
    content_type = _content_type(headers) if status else record.get("content-type")
    return Capture(
        id=known[1].replace("-", "").lower()
        if known
        else capture_id(record.type, url, warc_date(time), digest),
        url=url,
        time=time,
        kind=record.type,
        role=record.get(ROLE.lower()),
        digest=digest,
        ref=ref,
        source=record.get(SOURCE.lower()),
        status=status,
        headers=headers,
        content_type=content_type,
        payload=body if with_payload and record.type != "revisit" else b"",
    )


def fields_of(head: bytes) -> Headers:
    """The fields below the first line of a head; folded lines are joined, odd lines left out."""
    if b"\n " in head or b"\n\t" in head:
        head = _FOLD.sub(b" ", head)
    found = []
    for line in head.split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            text = value_text(value.strip(b" \t\r")).replace("\r", " ").replace("\0", " ")
            found.append((value_text(name.strip()), text))
    return tuple(found)


def payload(record: Record) -> bytes:
    """The payload as it stands in the block: behind the HTTP head, where there is one."""
    return _http(record)[2]


def _by_name(fields: Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in reversed(fields)}


def _http(record: Record) -> tuple[int, Headers, bytes]:
    """Status, fields and body of an HTTP answer; what is none has status 0 and no HTTP head."""
    block = record.block
    is_http = record.get("content-type").lower().startswith("application/http")
    status = _STATUS.match(block) if is_http and record.type != "resource" else None
    if not status:
        return 0, _extensions(record), block
    end = _HEAD_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    return int(status[1]), fields_of(head), body


def _extensions(record: Record) -> Headers:
    return tuple(
        (name, value)
        for name, value in record.fields
        if name.lower().startswith(EXTENSION) and name.lower() not in _OWN
    )


def _content_type(headers: Headers) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def _digest(record: Record, body: bytes) -> str:
    """The payload's digest as declared where it is one of ours, else made from the body."""
    declared = record.get("warc-payload-digest")
    if declared.startswith("sha256:") or record.type == "revisit":
        return declared
    return payload_digest(body)


def _time(text: str) -> datetime:
    """A WARC-Date (W3C-DTF, to the year at least) in UTC."""
    try:
        if text.isdigit() or len(text) in _PARTIAL_DATES:
            time = datetime.strptime(text, _PARTIAL_DATES[len(text)])
        else:
            time = datetime.fromisoformat(text)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, KeyError, OverflowError):
        raise Damaged(f"its WARC-Date {text[:40]!r} is no time") from None


def _dechunked(headers: Headers, body: bytes) -> bytes:
    """The body without chunked coding (RFC 9112 §7.1), where it really is chunked.

    Many writers store it decoded and leave the field: what does not begin with a whole
    chunk is left alone. Of a broken-off body what is there is given.
    """
    coding = next((value for name, value in headers if name.lower() == "transfer-encoding"), "")
    if "chunked" not in coding.lower():
        return body
    pieces, at = [], 0
    while chunk := _CHUNK.match(body, at):
        end = chunk.end() + int(chunk[1], 16)
        pieces.append(body[chunk.end() : end])
        following = _LINE_END.match(body, end)
        if not following:
            break
        at = following.end()
    return b"".join(pieces) if at else body
