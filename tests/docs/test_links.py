"""Every link leads somewhere, every test that is named exists, both READMEs say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.docs import PAGES, ROOT, blocks, headings, section, without_blocks

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def anchors(page: Path) -> set[str]:
    """As GitHub makes them: lower case, no punctuation, hyphens for blanks."""
    plain = (re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings(page))
    return set(plain)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_to_a_file_and_an_anchor_that_exist(page):
    for target in _LINK.findall(without_blocks(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (ROOT / page.parent / path).resolve() if path else (ROOT / page).resolve()
        assert found.exists(), f"{page}: {target}"
        assert not anchor or anchor in anchors(found.relative_to(ROOT)), f"{page}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_test_that_is_named_exists(page):
    for file, name in _TEST.findall(without_blocks(page)):
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{page}: {name}"


def test_the_map_of_floors_names_every_room():
    """Which room stands on which floor, tests/house says."""
    text = section(Path("docs/explanation/architecture.md"), "Floors")
    rows = re.findall(r"^\| \d, [\w ]+ \| ([^|]+) \|", text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    inside = (ROOT / "src/newskeep").iterdir()
    rooms = {path.stem for path in inside if path.is_dir() or path.suffix == ".py"}
    assert named == {name for name in rooms if not name.startswith("__")}


def test_the_index_names_every_page():
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    linked = {(Path("docs") / target.split("#")[0]).as_posix() for target in _LINK.findall(index)}
    pages = {page.as_posix() for page in PAGES if page.parts[0] == "docs"}
    assert pages - {"docs/README.md"} <= linked


def test_the_readmes_say_the_same_in_two_languages():
    english, chinese = Path("README.md"), Path("README.zh.md")
    assert len(headings(english)) == len(headings(chinese))
    assert blocks(english) == blocks(chinese)
    assert [target for target in links(english) if "README" not in target] == [
        target for target in links(chinese) if "README" not in target
    ]
    assert "README.zh.md" in links(english)
    assert "README.md" in links(chinese)


def links(page: Path) -> list[str]:
    return _LINK.findall(without_blocks(page))


def test_a_fragment_is_a_list_of_sentences():
    fragments = [page for page in (ROOT / "changelog.d").glob("*.md") if page.name != "README.md"]
    for fragment in fragments:
        lines = fragment.read_text(encoding="utf-8").splitlines()
        assert lines
        assert all(line.startswith("- ") and line.endswith(".") for line in lines), fragment.name
