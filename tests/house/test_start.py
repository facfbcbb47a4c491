"""Starting is quick: what is heavy is imported when it is needed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from newskeep.cli import VERBS

HEAVY = {
    "aiohttp", "asyncio", "brotli", "concurrent.futures", "email", "fastwarc", "filelock", "http",
    "jinja2", "lxml", "msgspec", "multiprocessing", "nh3", "PIL", "selectolax", "sqlite3", "ssl",
    "tomlkit", "yaml", "zstandard",
}  # fmt: skip
LAZY_AT_VERBS = {"aiohttp", "asyncio", "jinja2", "PIL", "fastwarc", "ssl"}


def quiet() -> dict[str, str]:
    """The environment without coverage's hook, which imports much into every process."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def loaded(code: str) -> set[str]:
    """The modules in a fresh interpreter behind this code."""
    ending = "\nimport sys; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code + ending],
        capture_output=True,
        text=True,
        env=quiet(),
        check=True,
    )
    return set(done.stderr.split())


def test_importing_the_package_imports_nothing_heavy():
    found = loaded("import newskeep")
    assert not found & HEAVY
    assert {one for one in found if one.startswith("newskeep.")} == set()


def test_help_imports_nothing_heavy_and_no_verb():
    found = loaded("from newskeep.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass")
    assert not found & HEAVY
    assert {one for one in found if one.startswith("newskeep.")} <= {
        "newskeep.cli",
        "newskeep.errors",
    }


@pytest.mark.parametrize("verb", ["list", "show", "status", "search"])
def test_a_verb_that_reads_imports_no_client_and_no_templates(verb):
    found = loaded(f"import newskeep.cli.{'list_' if verb == 'list' else verb}")
    assert not found & LAZY_AT_VERBS


def test_help_names_every_verb(capsys):
    from newskeep.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(f"\n  {verb}" in text for verb in VERBS)
    assert "exit codes: 0 well" in text


def cpu_seconds(*command: str) -> float:
    """What one run of a command cost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, env=quiet(), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def test_help_costs_at_most_three_times_the_bare_interpreter():
    """The least of many runs, turn and turn about: what else the machine does only ever adds."""
    script = "import sys; from newskeep.cli import main; sys.exit(main(['--help']))"
    bare = asked = float("inf")
    for _ in range(60):
        bare = min(bare, cpu_seconds(sys.executable, "-c", "pass"))
        asked = min(asked, cpu_seconds(sys.executable, "-c", script))
        if asked <= 3 * bare:
            return
    pytest.fail(f"{asked * 1000:.0f} ms against {bare * 1000:.0f}")
