"""Everything that must hold: style, types, tests, coverage. `make test` runs it.

Prints pytest's closing line last and fails if anything did.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = "src/newskeep/[!_]*.py,src/newskeep/[a-bd-hj-oq-z]*/*.py,src/newskeep/c[ao]*/*.py"
COVERAGE_FLOOR = "95"


def step(title: str, *command: str, **environment: str) -> bool:
    """Run a command below a heading; whether it went well."""
    print(f"== {title}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    return done.returncode == 0


def tests() -> tuple[bool, str]:
    """Run pytest under coverage; whether it went well, and its closing line."""
    print("== tests", flush=True)
    command = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-p", "no:cacheprovider"]
    pytest = subprocess.Popen(
        [*command, *sys.argv[1:]],
        cwd=ROOT,
        env={**os.environ, "COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml")},
        stdout=subprocess.PIPE,
        text=True,
    )
    closing = ""
    assert pytest.stdout is not None
    for line in pytest.stdout:
        print(line, end="", flush=True)
        if re.search(r"\d+ (passed|failed|error)", line):
            closing = line.strip()
    return pytest.wait() == 0, closing


def coverage() -> bool:
    """Floors 0 to 3 (all but importers, publish and cli) are covered."""
    step("coverage, gathered", sys.executable, "-m", "coverage", "combine", "--quiet")
    options = ("--fail-under", COVERAGE_FLOOR, "--include", FLOORS)
    return step("coverage of floors 0 to 3", sys.executable, "-m", "coverage", "report", *options)


def main() -> int:
    """Run every step, also after one failed."""
    well = [
        step("style", sys.executable, "-m", "ruff", "check", "."),
        step("format", sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."),
        step("types", sys.executable, "-m", "mypy"),
    ]
    passed, closing = tests()
    well += [passed, coverage()]
    print("== done" if all(well) else "== FAILED: see above")
    print(closing, flush=True)
    return 0 if all(well) else 1


if __name__ == "__main__":
    raise SystemExit(main())
