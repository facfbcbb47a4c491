"""The floors of the house: imports go down, floors 0 and 1 touch nothing of the world.

FLOORS is the one place that says on which floor a room stands. A room is a module or a
package right below `newskeep`. What counts as an import:

- one at a module's top or inside a function (which is only late, so that starting is quick);
- not one under `if TYPE_CHECKING`: it names a type and loads nothing;
- not a name in the tables of `newskeep.plugins` (parts), `newskeep` (public names) and
  `newskeep.cli` (verbs): these strings are the only edges that lead up, and only these
  three modules may import by name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import newskeep

ROOT = Path(newskeep.__file__).parent

FLOORS = {
    0: "types errors url text slug dates charsets content config",  # values
    1: "compare cookies discover extraction keep policy robots twins",  # pure: values in, values out
    2: "captures catalogue clock collect credentials fetch following journal layout plugins search workers",  # edges
    3: "api archive derive explaining health intake jobs looking rebuild sync teaching websub",  # the path
    4: "importers publish web cli __main__",  # doors
}
BY_NAME = {"newskeep", "newskeep.plugins", "newskeep.cli"}

WORLD = (
    "aiohttp asyncio concurrent fcntl fsspec glob http io logging multiprocessing os pathlib "
    "random requests secrets select selectors shutil signal socket sqlite3 ssl subprocess tempfile "
    "threading time urllib.request uuid yarl"
)
"""Modules that reach network, disk, clock, dice or other processes."""

WORLDLY_CALLS = {"open", "input", "print", "exec", "eval", "now", "utcnow", "today", "getenv"}
MUTATORS = {"append", "extend", "add", "update", "pop", "clear", "remove", "insert", "setdefault"}


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = ["newskeep", *path.relative_to(ROOT).with_suffix("").parts]
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


MODULES = modules()


def imports(node: ast.AST) -> Iterator[str]:
    """Dotted names that a piece of code imports; `from a import b` gives a.b."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "an import says its whole name"
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        else:
            yield from imports(child)


def module_of(name: str) -> str:
    """The module of ours that an imported name stands in."""
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def ours(name: str) -> list[str]:
    """The modules of ours that a module imports."""
    wanted = {module_of(one) for one in imports(MODULES[name]) if one.split(".")[0] == "newskeep"}
    return sorted(wanted - {name, "newskeep"})


def room(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]


def floor(module: str) -> int:
    return next(number for number, rooms in FLOORS.items() if room(module) in rooms.split())


PURE = sorted(name for name in MODULES if room(name) in f"{FLOORS[0]} {FLOORS[1]}".split())


def test_every_room_stands_on_one_floor():
    rooms = {room(name) for name in MODULES} - {""}
    placed = [one for names in FLOORS.values() for one in names.split()]
    assert rooms <= set(placed)
    assert len(placed) == len(set(placed))


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"newskeep"}))
def test_imports_go_down_or_stay_on_the_floor(name):
    up = [other for other in ours(name) if floor(other) > floor(name)]
    assert not up, f"{name} (floor {floor(name)}) reaches up to {up}"


def test_there_is_no_cycle():
    try:
        TopologicalSorter({name: ours(name) for name in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(f"these import one another: {' -> '.join(error.args[1])}")


def test_the_package_itself_imports_none_of_its_rooms():
    assert list(imports(MODULES["newskeep"])) == [
        "__future__.annotations",
        "importlib.import_module",
    ]


def test_only_the_three_tables_import_by_name():
    assert {
        name
        for name, tree in MODULES.items()
        if {"importlib.import_module", "importlib", "runpy"} & set(imports(tree))
    } == BY_NAME


@pytest.mark.parametrize("name", PURE)
def test_values_and_pure_rooms_import_nothing_of_the_world(name):
    reached = {
        one
        for one in imports(MODULES[name])
        for bad in WORLD.split()
        if f"{one}.".startswith(f"{bad}.")
    }
    assert not reached


@pytest.mark.parametrize("name", PURE)
def test_they_read_no_files_but_the_tables_of_their_own_package(name):
    """Tables beside the code are read as code is."""
    opened = [node for node in ast.walk(MODULES[name]) if _called(node) == "files"]
    for node in opened:
        assert ast.unparse(node) in ("files(__package__)", f"files('{name.rpartition('.')[0]}')")


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.mark.parametrize("name", PURE)
def test_they_call_neither_clock_nor_disk(name):
    calls = {_called(node) for node in ast.walk(MODULES[name])}
    assert not calls & WORLDLY_CALLS


@pytest.mark.parametrize("name", PURE)
def test_they_change_no_global(name):
    """Tables at a module's top are written once: no function adds to them or binds them anew."""
    tree = MODULES[name]
    names = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    assert [*_changes(tree, names)] == []


def _changes(tree: ast.Module, names: set[str]) -> Iterator[str]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                yield f"line {node.lineno}: global"
            elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                yield from _named(node.value, names)
            elif _called(node) in MUTATORS and isinstance(node.func, ast.Attribute):
                yield from _named(node.func.value, names)


def _named(node: ast.expr, names: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Name) and node.id in names:
        yield f"line {node.lineno}: {node.id} is changed"


FORBIDDEN_TO_VERBS = {"captures", "catalogue", "fetch", "journal", "search", "sync", "rebuild"}


@pytest.mark.parametrize("name", [one for one in MODULES if one.startswith("newskeep.cli.")])
def test_a_verb_only_calls_the_library(name):
    assert not {room(one) for one in ours(name)} & FORBIDDEN_TO_VERBS
    assert not {"sqlite3", "socket", "aiohttp", "fastwarc", "subprocess"} & set(
        imports(MODULES[name])
    )


def test_a_command_line_has_one_verb_a_file():
    from newskeep.cli import VERBS

    files = {
        name.rpartition(".")[2].rstrip("_") for name in MODULES if name.startswith("newskeep.cli.")
    }
    assert files - {"terminal"} == set(VERBS)
