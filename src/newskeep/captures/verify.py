"""Whether a record says the truth about itself."""

from __future__ import annotations

from collections.abc import Iterator

from newskeep.captures import parse
from newskeep.captures.record import capture_id, payload_digest, urn


def faults(record: parse.Record) -> Iterator[str]:
    """What is wrong with a record of ours: digests that differ, an id that is not its own."""
    if record.get("warc-block-digest") != payload_digest(record.block):
        yield "its block is not what its WARC-Block-Digest says"
    holds_payload = record.type in ("response", "resource")
    if holds_payload and record.get("warc-payload-digest") != payload_digest(parse.payload(record)):
        yield "its payload is not what its WARC-Payload-Digest says"
    if record.get("warc-record-id") != urn(_expected_id(record)):
        yield "its WARC-Record-ID does not belong to what it holds"


def _expected_id(record: parse.Record) -> str:
    """Captures are named by their payload, the records beside them by their block."""
    name = record.get("warc-target-uri") or record.get("warc-filename")
    digest = record.get("warc-payload-digest") or record.get("warc-block-digest")
    return capture_id(record.type, name, record.get("warc-date"), digest)
