"""Taking in a folder of Full-Text RSS site configurations as recipes that are not trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newskeep.discover.recipes import fivefilters
from newskeep.discover.recipes.read import write
from newskeep.errors import UsageError
from newskeep.types import Problem

if TYPE_CHECKING:
    from newskeep.archive import Archive

FOLDER = "fivefilters"
"""Below an archive's `recipes/`: what is imported again replaces what stands here alone."""

MOST_FILES = 10_000
_LONGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeReport:
    """How many sites have a recipe now, and how many files held nothing of use."""

    recipes: int
    empty: int
    dry_run: bool = False
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        noun = "recipe" if self.recipes == 1 else "recipes"
        done = "would be written" if self.dry_run else "written"
        return (
            f"{self.recipes} {noun} {done}; their bodies count only where they agree with the "
            f"extractor. {self.empty} files held nothing of use"
        )


def import_folder(archive: Archive, path: Path, *, dry_run: bool = False, **_: Any) -> RecipeReport:
    """Write a recipe for every site configuration in a folder.

    Raises UsageError where it is no such folder. A file or a line that cannot be read is
    told, and the rest goes on.
    """
    files = _files(path)
    target = archive.layout.root / "recipes" / FOLDER
    if not dry_run:
        target.mkdir(parents=True, exist_ok=True)
    problems: list[Problem] = []
    written = empty = 0
    for file in files:
        text, fault = _text(file)
        recipe, faults = fivefilters.convert(text, file.stem)
        problems += [_problem(file, fault)] if fault else []
        problems += [_problem(file, one.reason, one.line) for one in faults]
        if recipe is None:
            empty += not fault
            continue
        if not dry_run:
            (target / f"{recipe.name}.toml").write_text(_HEAD + write(recipe), encoding="utf-8")
        written += 1
    return RecipeReport(recipes=written, empty=empty, dry_run=dry_run, problems=tuple(problems))


_HEAD = "# Made from a Full-Text RSS site configuration; importing again writes it anew.\n\n"


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        raise UsageError(
            f"{path} is no folder; name the one with the files such as example.com.txt"
        )
    found = sorted(_sites(path))
    if not found:
        raise UsageError(f"{path} holds no file such as example.com.txt; is it the right folder?")
    if len(found) > MOST_FILES:
        raise UsageError(f"{path} holds more than {MOST_FILES:,} files; import it in parts")
    return found


def _sites(path: Path) -> Iterator[Path]:
    for one in path.iterdir():
        is_plain = one.is_file() and not one.is_symlink()
        if is_plain and one.suffix == ".txt" and fivefilters.is_site(one.stem):
            yield one


def _text(file: Path) -> tuple[str, str]:
    """What a file holds; an empty text and the reason where it cannot be read."""
    try:
        if file.stat().st_size > _LONGEST:
            return "", f"longer than {_LONGEST:,} bytes, which no site configuration is"
        return file.read_text(encoding="utf-8-sig"), ""
    except (OSError, ValueError) as error:
        return "", f"it cannot be read: {error}"


def _problem(file: Path, reason: str, line: int = 0) -> Problem:
    place = f"{file}, line {line}" if line else f"{file}"
    return Problem(url=f"{file}", stage="import", kind="site-config", message=f"{place}: {reason}")
