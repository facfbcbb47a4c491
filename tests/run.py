"""Everything that must hold: style, types, tests, coverage. `make test` runs it.

Style and types are looked at beside the tests. Prints pytest's closing line last, and fails
if anything did.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coverage import Coverage, CoverageData
from coverage.exceptions import CoverageException

ROOT = Path(__file__).parent.parent
FLOOR = 95
DOORS = ["importers", "publish", "web", "cli"]
STEPS = {
    "style": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "types": ("mypy",),
}


def look(step: str) -> tuple[bool, str]:
    """Run a step to its end; whether it went well, and what it said."""
    command = [sys.executable, "-m", *STEPS[step]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode == 0, f"== {step}\n{done.stdout}{done.stderr}"


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
    closing = "no tests were run"
    assert pytest.stdout is not None
    for line in pytest.stdout:
        print(line, end="", flush=True)
        if re.search(r"\d+ (passed|failed|error)", line):
            closing = line.strip()
    return pytest.wait() == 0, closing


def gather() -> None:
    """Bring the processes' data together; what a killed one left half written is passed over."""
    whole = CoverageData(str(ROOT / ".coverage"))
    whole.erase()
    for path in sorted(ROOT.glob(".coverage.*")):
        part = CoverageData(str(path))
        try:
            part.read()
            whole.update(part)
        except (CoverageException, sqlite3.Error) as error:
            print(f"{path.name} is passed over: {error}")
        part.close()
        path.unlink()
    whole.close()


def coverage() -> bool:
    """Whether floors 0 to 3 (all but the doors) are covered; tells where they are not."""
    print(f"== coverage of floors 0 to 3, at least {FLOOR}%", flush=True)
    gather()
    found = Coverage(data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    found.load()
    doors = [f"src/newskeep/{room}/*" for room in DOORS]
    covered = found.report(include=["src/newskeep/*"], omit=[*doors, "src/newskeep/__main__.py"])
    return covered >= FLOOR


def main() -> int:
    """Run every step, also after one failed."""
    os.chdir(ROOT)
    for left in ROOT.glob(".coverage*"):
        left.unlink()
    with ThreadPoolExecutor(1) as beside:
        looking = [beside.submit(look, step) for step in STEPS]
        passed, closing = tests()
        well = [passed, coverage()]
        for step in looking:
            good, said = step.result()
            well.append(good)
            print(said, end="")
    print("== done" if all(well) else "== FAILED: see above")
    print(closing, flush=True)
    return 0 if all(well) else 1


if __name__ == "__main__":
    raise SystemExit(main())
