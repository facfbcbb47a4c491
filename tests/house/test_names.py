"""What the package shows: every public name is explained, and the error tree is the real one."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import newskeep
from newskeep import errors

TREE = Path(errors.__file__).read_text(encoding="utf-8").split('"""')[1]


@pytest.mark.parametrize("name", [one for one in newskeep.__all__ if one != "__version__"])
def test_every_public_name_is_explained(name):
    said = inspect.getdoc(getattr(newskeep, name)) or ""
    assert re.match(r"[A-Z`].+[.?:)]", said), f"newskeep.{name} has no docstring"
    assert not said.startswith(f"{name}("), "a dataclass without words of its own"


@pytest.mark.parametrize("name", ["Archive", "Story", "SyncReport", "Diff"])
def test_so_is_everything_that_they_offer(name):
    offered = inspect.getmembers(
        getattr(newskeep, name), lambda one: inspect.isfunction(one) or isinstance(one, property)
    )
    silent = [member for member, value in offered if member[0] != "_" and not inspect.getdoc(value)]
    assert silent == []


def test_the_public_names_are_those_that_load():
    assert sorted(newskeep.__all__) == newskeep.__all__
    assert set(newskeep.__all__) == {*newskeep._HOMES, "__version__"}


def drawn() -> dict[str, str]:
    """Each class of the tree at the top of errors.py, and the one it hangs from."""
    parents: dict[str, str] = {}
    path: list[str] = []
    for line in TREE.splitlines():
        match = re.match(r"((?:│   |    )*)(?:[├└]── )?([A-Z]\w+)(?:  |$)", line)
        if match:
            depth = len(match[1]) // 4 + ("── " in line)
            path[depth:] = [match[2]]
            parents[match[2]] = path[depth - 1] if depth else "Exception"
    return parents


def test_the_error_tree_is_drawn_as_it_is():
    real = {
        name: one.__bases__[0].__name__
        for name, one in vars(errors).items()
        if inspect.isclass(one) and issubclass(one, Exception)
    }
    assert drawn() == real


def test_every_error_says_when_it_is_raised_and_has_an_exit_code():
    from newskeep.cli import EXIT_CODES

    for name in drawn():
        one = getattr(errors, name)
        assert one.__doc__, name
        assert re.search(rf"\b{one.exit_code} \w", EXIT_CODES), name


def test_the_error_hierarchy_keeps_its_facts():
    query = errors.QueryError("a quote is missing", '"bridge', 0)
    assert str(query) == 'a quote is missing\n  "bridge\n  ^'
    assert (query.query, query.position) == ('"bridge', 0)
    assert errors.FetchError("x").kind == "fetch-failed"
    assert errors.FetchError("x", "robots-refused").kind == "robots-refused"
    assert errors.TooLarge("x").kind == "too-large"
