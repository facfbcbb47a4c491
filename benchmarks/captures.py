"""Appending captures: our writer with gzip and zstd against warcio's with gzip, in one run.

    python benchmarks/captures.py [FOLDER OF FILES]

Payloads are the folder's files, else 28 KB pages of made-up words, as often as words are
in a language (Zipf's law). Rates are records per
CPU-second, the best of several interleaved rounds; ratios hold better than rates.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newskeep.captures import Captures
from newskeep.types import Received

ROUNDS = 3
COUNT = 400
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"'))


def payloads(folder: str | None) -> list[bytes]:
    if folder:
        found = [path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.is_file()]
        return (found * (COUNT // len(found) + 1))[:COUNT]
    dice = random.Random(1)
    words = ["".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 9))) for _ in range(4000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def paragraph() -> str:
        return f"<p>{' '.join(dice.choices(words, weights, k=60))}</p>\n"

    return ["".join(paragraph() for _ in range(72)).encode() for _ in range(COUNT)]


def ours(folder: Path, bodies: list[bytes], compression: str) -> None:
    with Captures(folder).writer(compression=compression) as writer:
        for number, body in enumerate(bodies):
            writer.append(
                Received(
                    url=f"https://example.com/{number}",
                    role="page",
                    payload=body,
                    status=200,
                    reason="OK",
                    headers=HEADERS,
                )
            )


def warcio(folder: Path, bodies: list[bytes]) -> None:
    with (folder / "warcio.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for number, body in enumerate(bodies):
            http = StatusAndHeaders("200 OK", list(HEADERS), protocol="HTTP/1.1")
            url = f"https://example.com/{number}"
            writer.write_record(
                writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=http)
            )


def timed(act: Callable[[Path], object]) -> tuple[float, int]:
    """CPU seconds, and bytes written."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        act(Path(folder))
        spent = time.process_time() - began
        return spent, sum(path.stat().st_size for path in Path(folder).iterdir())


def read_rates(bodies: list[bytes], compression: str) -> tuple[float, float]:
    """Records walked a CPU-second, with payloads and without."""
    with tempfile.TemporaryDirectory() as folder:
        ours(Path(folder), bodies, compression)
        rates = []
        for with_payloads in (True, False):
            began = time.process_time()
            count = sum(1 for _ in Captures(folder).walk(payloads=with_payloads))
            rates.append(count / (time.process_time() - began))
    return rates[0], rates[1]


def main() -> None:
    bodies = payloads(sys.argv[1] if len(sys.argv) > 1 else None)
    writers: dict[str, Callable[[Path], object]] = {
        "warcio gzip": lambda folder: warcio(folder, bodies),
        "newskeep gzip": lambda folder: ours(folder, bodies, "gzip"),
        "newskeep zstd": lambda folder: ours(folder, bodies, "zstd"),
    }
    best: dict[str, tuple[float, int]] = {}
    for _ in range(ROUNDS):
        for name, act in writers.items():
            best[name] = min(best.get(name, (1e9, 0)), timed(act))
    base, base_size = best["warcio gzip"]
    print(f"{len(bodies)} records, mean payload {sum(map(len, bodies)) // len(bodies)} bytes")
    for name, (spent, size) in best.items():
        rate = len(bodies) / spent
        print(
            f"{name:14} {rate:7.0f} records/s  {base / spent:5.2f} x  size {size / base_size:.2f}"
        )
    for compression in ("gzip", "zstd"):
        whole, heads = read_rates(bodies, compression)
        print(f"walk {compression}      {whole:7.0f} records/s, without payloads {heads:.0f}")


if __name__ == "__main__":
    main()
