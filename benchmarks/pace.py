"""The pace of one real sync over many hosts, measured at the server.

    python benchmarks/pace.py [--hosts 200] [--articles 10] [--delay 1.0] [--parallel 256]

`newskeep sync` runs in a process of its own against a server on the loopback that stands
for so many hosts (127.0.1.1 …). Every request counts: robots.txt, feeds, pages, pictures,
redirects. There should be no gap under the delay, and no address asked twice.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

from hosts import Hosts, measured

import newskeep

_LONGEST = 3600.0


def prepare(folder: Path, hosts: Hosts, delay: float, parallel: int) -> None:
    """An archive that follows every host's feed."""
    newskeep.init(folder).close()
    fetch = f"format = 1\n[fetch]\ndelay = {delay}\nparallel = {parallel}\n"
    (folder / "newskeep.toml").write_text(fetch)
    with newskeep.open(folder) as archive:
        for name in hosts.names:
            allowed = [name, hosts.after(name)]
            archive.follow(hosts.at(name, "/feed.xml"), allow_hosts=allowed)


async def start(folder: Path) -> asyncio.subprocess.Process:
    """Start `newskeep sync` in a process of its own."""
    command = [sys.executable, "-m", "newskeep", "--archive", str(folder), "sync", "--quiet"]
    return await asyncio.create_subprocess_exec(*command)


async def synced(folder: Path) -> int:
    """Sync, for a limited time; returns the exit code."""
    running = await start(folder)
    try:
        async with asyncio.timeout(_LONGEST):
            return await running.wait()
    finally:
        if running.returncode is None:
            running.kill()


async def measure(options: argparse.Namespace, folder: Path) -> None:
    async with Hosts(options.hosts, options.articles) as hosts:
        prepare(folder, hosts, options.delay, options.parallel)
        code = await synced(folder)
        kinds = Counter(one.target.split("/")[1] for one in hosts.log)
        print(
            f"newskeep sync ended with {code}; {len(hosts.log)} requests at {options.hosts} hosts"
        )
        print(", ".join(f"{kind} {count}" for kind, count in kinds.items()))
        measured(hosts, options.delay).tell(options.delay)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--articles", type=int, default=10)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--parallel", type=int, default=256)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(options, Path(folder) / "archive"))


if __name__ == "__main__":
    main()
