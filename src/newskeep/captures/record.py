"""From what was received to WARC records (WARC/1.1, ISO 28500:2017), as bytes."""

from __future__ import annotations

import ipaddress
import re
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from newskeep import __version__
from newskeep.errors import UsageError
from newskeep.types import Capture, Headers, Received, Ref

FORMAT = 1
"""Version of the on-disk format of docs/format.md."""

MOST_BYTES = 256 << 20
"""The largest payload that is kept, in bytes."""

REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

HTTP_ANSWER = "application/http;msgtype=response"
HTTP_REQUEST = "application/http;msgtype=request"

ROLE, SOURCE = "Newskeep-Role", "Newskeep-Source"
EXTENSION = "newskeep-"
"""What the extension fields of a record begin with, in lower case."""

_SECRET = frozenset({"cookie", "authorization", "proxy-authorization", "set-cookie", "set-cookie2"})
_RENAMED = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}
_NO_TOKEN = re.compile(r"[^!#$%&'*+\-.^_`|~0-9A-Za-z]")  # RFC 9110 §5.6.2
_BREAKS = re.compile(r"[\r\n\0]")
_USERINFO = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@")
_TARGET = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)([^#]*)")

Fields = Iterable[tuple[str, str]]
_NOWHERE = Ref("", 0, 0)


def payload_digest(payload: bytes) -> str:
    """`sha256:` and the padded base32 of the payload's SHA-256."""
    return "sha256:" + b32encode(sha256(payload).digest()).decode("ascii")


def capture_id(kind: str, url: str, date: str, digest: str) -> str:
    """32 hex digits of a UUIDv8 (RFC 9562 §5.8) made from what the capture is."""
    raw = bytearray(sha256("\0".join((kind, url, date, digest)).encode()).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return raw.hex()


def urn(capture_id: str) -> str:
    """The WARC-Record-ID of a capture's id."""
    parts = (capture_id[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
    return f"<urn:uuid:{'-'.join(parts)}>"


def warc_date(time: datetime) -> str:
    """A WARC-Date with microseconds, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def warcinfo(name: str, time: datetime) -> bytes:
    """The record at the head of each file."""
    block = (
        f"software: newskeep/{__version__}\r\n"
        "format: WARC File Format 1.1\r\n"
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/"
        "warc-1.1/\r\n"
        f"newskeep-format: {FORMAT}\r\n"
    ).encode("ascii")
    date = warc_date(time)
    fields = (
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", urn(capture_id("warcinfo", name, date, payload_digest(block)))),
        ("WARC-Date", date),
        ("WARC-Filename", name),
        ("Content-Type", "application/warc-fields"),
    )
    return _record(fields, block)


def records(
    received: Received, time: datetime, original: Capture | None = None
) -> tuple[Capture, list[bytes]]:
    """The capture (its ref still empty) and its records: the request, where known, and the answer.

    The answer stands last, so that the capture is whole when the file ends behind it.
    Raises UsageError for what makes no record.
    """
    _demand(received)
    capture = _capture(received, time, original)
    date = warc_date(time)
    head = _answer_head(received, capture) if received.kind == "response" else b""
    block = head if original else head + received.payload
    answer = _record(_answer_fields(received, capture, date, original), block)
    return capture, [*_request(received, capture, date), answer]


def value_text(raw: bytes) -> str:
    """A field's value as text: UTF-8 where it is valid, else Latin-1, so that no byte is lost."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _demand(received: Received) -> None:
    if received.kind not in ("response", "resource"):
        raise UsageError(f"{received.kind!r} cannot be kept; the kinds are response and resource")
    if not received.url:
        raise UsageError("what is kept needs an address")
    if received.kind == "response" and not 100 <= received.status <= 999:
        raise UsageError(f"{received.url}: {received.status} is no HTTP status")
    if len(received.payload) > MOST_BYTES:
        raise UsageError(
            f"{received.url}: {len(received.payload)} bytes are more than the {MOST_BYTES} "
            "that one capture may hold"
        )


def _capture(received: Received, time: datetime, original: Capture | None) -> Capture:
    """The capture as it will be read back."""
    url = _clean_url(received.url)
    digest = payload_digest(received.payload)
    kind = received.kind
    if original:
        _demand_same(original, digest, received.url)
        kind = "revisit"
    http = received.kind == "response"
    headers = _clean_headers(received.headers) if http else _extensions(received)
    content_type = _first(headers, "content-type") if http else received.content_type
    return Capture(
        id=capture_id(kind, url, warc_date(time), digest),
        url=url,
        time=time,
        kind=kind,
        role=_clean_value(received.role),
        digest=digest,
        ref=_NOWHERE,
        source=_clean_value(received.source),
        status=received.status if http else 0,
        headers=headers,
        content_type=_clean_value(content_type),
        payload=b"" if original else received.payload,
    )


def _demand_same(original: Capture, digest: str, url: str) -> None:
    if original.kind == "revisit" or original.digest != digest:
        raise UsageError(
            f"{url}: capture {original.id} does not hold this payload, so it cannot be the "
            "original of a revisit"
        )


def _answer_fields(
    received: Received, capture: Capture, date: str, original: Capture | None
) -> Fields:
    http = received.kind == "response"
    yield "WARC-Type", capture.kind
    yield "WARC-Record-ID", urn(capture.id)
    yield "WARC-Date", date
    yield "WARC-Target-URI", capture.url
    yield "WARC-IP-Address", _ip(received.remote_ip)
    yield "WARC-Payload-Digest", capture.digest
    if original:
        yield "WARC-Profile", REVISIT_PROFILE
        yield "WARC-Refers-To", urn(original.id)
        yield "WARC-Refers-To-Target-URI", original.url
        yield "WARC-Refers-To-Date", warc_date(original.time)
    yield ROLE, capture.role
    yield SOURCE, capture.source
    if not http:
        yield from capture.headers
    yield "Content-Type", HTTP_ANSWER if http else capture.content_type


def _request(received: Received, capture: Capture, date: str) -> list[bytes]:
    """What was asked, where the caller knows it: nothing is made up afterwards."""
    if received.kind != "response" or not received.request_headers:
        return []
    found = _TARGET.match(capture.url)
    host, target = found.groups() if found else ("", "")
    if not target.startswith("/"):
        target = "/" + target
    headers = _clean_headers(received.request_headers)
    if not _first(headers, "host"):
        headers = (("Host", host), *headers)
    block = _head(f"GET {quote(target, safe=_SAFE)} HTTP/1.1", headers)
    fields = (
        ("WARC-Type", "request"),
        ("WARC-Record-ID", urn(capture_id("request", capture.url, date, payload_digest(block)))),
        ("WARC-Date", date),
        ("WARC-Target-URI", capture.url),
        ("WARC-Concurrent-To", urn(capture.id)),
        ("Content-Type", HTTP_REQUEST),
    )
    return [_record(fields, block)]


_SAFE = "%/?:@!$&'()*+,;=~-._[]|"


def _answer_head(received: Received, capture: Capture) -> bytes:
    reason = _clean_value(received.reason)
    return _head(f"HTTP/1.1 {received.status} {reason}", capture.headers, received.headers)


def _head(first: str, headers: Headers, given: Headers | None = None) -> bytes:
    """An HTTP head. `given` are the fields as received: their bytes are what is written."""
    pairs = headers if given is None else _kept(given)
    lines = [_bytes(first)]
    lines += [name.encode("ascii") + b": " + _value_bytes(value) for name, value in pairs]
    return b"\r\n".join((*lines, b"", b""))


def _record(fields: Fields, block: bytes) -> bytes:
    lines = [b"WARC/1.1"]
    lines += [f"{name}: ".encode("ascii") + _value_bytes(value) for name, value in fields if value]
    lines += [
        b"WARC-Block-Digest: " + payload_digest(block).encode("ascii"),
        b"Content-Length: %d" % len(block),
    ]
    return b"".join((b"\r\n".join(lines), b"\r\n\r\n", block, b"\r\n\r\n"))


# Nothing that came from outside can begin a line of its own (CR, LF, NUL: RFC 9110 §5.5).


def _clean_headers(given: Headers) -> Headers:
    return tuple((name, _clean_value(value)) for name, value in _kept(given))


def _kept(given: Headers) -> Iterable[tuple[str, str]]:
    """Fields without the secret ones, under names that are tokens."""
    for name, value in given:
        lower = name.strip().lower()
        if lower not in _SECRET:
            yield _RENAMED.get(lower) or _NO_TOKEN.sub("_", name) or "_", value


def _extensions(received: Received) -> Headers:
    """A resource has no HTTP head: its headers are extension fields of the record."""
    for name, _ in received.headers:
        lower = name.lower()
        if not lower.startswith(EXTENSION) or lower in (ROLE.lower(), SOURCE.lower()):
            raise UsageError(
                f"{received.url}: a resource has no HTTP head, so its field {name!r} must be "
                "called Newskeep-… (and neither Newskeep-Role nor Newskeep-Source)"
            )
    clean = _clean_headers(received.headers)
    return tuple((name, value) for name, value in clean if value)


def _clean_value(value: str) -> str:
    """A value as it will be read back."""
    if value.isascii() and value.isprintable():
        return value.strip(" ")
    return value_text(_value_bytes(value))


def _value_bytes(value: str) -> bytes:
    return _bytes(_BREAKS.sub(" ", value).strip(" \t"))


def _bytes(text: str) -> bytes:
    """UTF-8; bytes that a client could not decode (PEP 383 surrogates) are the bytes they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _clean_url(url: str) -> str:
    """An address without a password, and with nothing in it that could end a line or a word."""
    url = _USERINFO.sub(r"\1", url)
    if url.isprintable() and " " not in url:
        return url
    return "".join(one if one.isprintable() and one != " " else quote(_bytes(one)) for one in url)


def _first(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _ip(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
