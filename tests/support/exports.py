"""Exports of other services: those of tests/saved/exports, and zip archives made of folders."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from newskeep.discover.saved.items import Export

EXPORTS = Path(__file__).parents[1] / "saved" / "exports"

NAMES = sorted(
    path.name.removesuffix(".d") for path in EXPORTS.iterdir() if path.suffix != ".expected"
)


def data_of(name: str) -> bytes:
    """An export's bytes; `x.zip` is made of the folder `x.zip.d`."""
    folder = EXPORTS / f"{name}.d"
    if not folder.is_dir():
        return (EXPORTS / name).read_bytes()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return zipped({str(path.relative_to(folder)): path.read_bytes() for path in files})


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def outline(export: Export) -> dict[str, Any]:
    """What an export says, without what is empty."""
    return {
        "kind": export.kind,
        "items": [
            {
                **_said(
                    item.entry, ("url", "title", "authors", "tags", "lang", "summary", "content")
                ),
                **(
                    {"published": item.entry.published.at.isoformat()}
                    if item.entry.published
                    else {}
                ),
                **({"picture": item.entry.images[0].url} if item.entry.images else {}),
                "marks": [
                    " ".join(
                        [mark.kind, *filter(None, [mark.when]), *map(str, mark.facts.values())]
                    )
                    for mark in item.marks
                ],
            }
            for item in export.items
        ],
        "problems": [problem.message for problem in export.problems],
    }


def _said(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    found = ((name, getattr(value, name)) for name in names)
    return {name: list(one) if isinstance(one, tuple) else one for name, one in found if one}
