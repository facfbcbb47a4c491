"""SQL stands in .sql files, each statement under a line `-- name: what_it_does`."""

from __future__ import annotations

import re
from importlib.resources import files

_NAME = re.compile(r"^-- name:[ \t]*(.*?)[ \t]*$", re.MULTILINE)


def load(package: str, filename: str) -> dict[str, str]:
    """The statements of a package's SQL file by name, in the file's order, without a final `;`.

    What stands before the first name is the file's own comment. Comments inside a
    statement stay. Raises ValueError for a name that is no identifier, stands
    twice, or has no statement; FileNotFoundError where there is no such file.
    """
    text = files(package).joinpath(filename).read_text(encoding="utf-8")
    try:
        return split(text)
    except ValueError as error:
        raise ValueError(f"{package}/{filename}: {error}") from None


def split(text: str) -> dict[str, str]:
    """The named statements in a text; see `load`."""
    _, *parts = _NAME.split(text)
    statements: dict[str, str] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        statement = body.strip().removesuffix(";").rstrip()
        if not name.isidentifier() or name in statements or not _has_code(statement):
            raise ValueError(f"-- name: {name}: no identifier, a second one, or nothing below it")
        statements[name] = statement
    return statements


def _has_code(statement: str) -> bool:
    lines = (line.strip() for line in statement.splitlines())
    return any(line and not line.startswith("--") for line in lines)
