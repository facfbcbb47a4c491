"""Captures: a folder of WARC files, the truth of an archive.

The form of the files is specified in `docs/format.md`.
"""

from __future__ import annotations

from newskeep.captures.folder import Captures
from newskeep.captures.foreign import read_file
from newskeep.captures.record import FORMAT, MOST_BYTES, payload_digest
from newskeep.captures.writer import Writer

__all__ = ["FORMAT", "MOST_BYTES", "Captures", "Writer", "payload_digest", "read_file"]
