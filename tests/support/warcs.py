"""WARC files of another writer, for tests that read them."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = "<h1>The bridge {}</h1><p>The old bridge over the river is open again.</p>"


class Foreign:
    """A file that is written record by record. A context manager."""

    def __init__(self, path: Path, *, packed: bool = True) -> None:
        self.path = path
        self._packed = packed

    def __enter__(self) -> Foreign:
        self._file = self.path.open("wb")
        self._writer = WARCWriter(self._file, gzip=self._packed, warc_version="1.0")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def answer(
        self,
        url: str,
        body: bytes | None = None,
        *,
        status: str = "200 OK",
        kind: str = "text/html",
        date: str = "2020-01-02T03:04:05Z",
    ) -> int:
        """An answered page; returns where its record begins."""
        at = self._file.tell()
        headers = [("Content-Type", kind), ("X-Kept", "as it is")] if kind else []
        http = StatusAndHeaders(status, headers, "HTTP/1.1")
        self._writer.write_record(
            self._writer.create_warc_record(
                url,
                "response",
                io.BytesIO(HTML.format(url).encode() if body is None else body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": date},
            )
        )
        return at

    def file(self, url: str, body: bytes, kind: str) -> None:
        """A resource."""
        self._writer.write_record(
            self._writer.create_warc_record(
                url, "resource", io.BytesIO(body), warc_content_type=kind
            )
        )

    def same(self, url: str, digest: str, original: str, *, headers: bool = True) -> None:
        """A revisit."""
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
        self._writer.write_record(
            self._writer.create_revisit_record(
                url, digest, original, "2020-01-02T03:04:05Z", http if headers else None
            )
        )


def many(path: Path, count: int, *, size: int = 0) -> list[str]:
    """A file of so many pages; their addresses."""
    urls = [f"https://example.com/{number}" for number in range(count)]
    with Foreign(path) as made:
        for number, url in enumerate(urls):
            noise = Random(number).randbytes(size // 2).hex()
            made.answer(url, HTML.format(number).encode() + noise.encode())
    return urls
