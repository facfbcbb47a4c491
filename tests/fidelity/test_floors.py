"""No set of pages and no language is read worse than `floors.toml` says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
_CEILINGS = ("author_false",)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "group"), [(kind, group) for kind, groups in FLOORS.items() for group in groups]
)
def test_each_set_and_language_is_read_as_well_as_is_asked(kind, group, measured):
    value, floor = measured.value(kind, group), FLOORS[kind][group]
    is_missed = value > floor if kind in _CEILINGS else value < floor
    told = f"{kind} of {group} is {value:.4f}, asked is {floor}. The worst pages:"
    assert not is_missed, f"{told}\n{measured.worst(kind, group)}"


def test_every_set_with_a_truth_has_its_floors(measured):
    asked = {(kind, group) for kind in ("title", "date", "author") for group in FLOORS[kind]}
    given = {
        (kind, group)
        for group, found in measured.scores["meta"].items()
        for kind in ("title", "date", "author")
        if kind in found
    }
    assert asked == given
    assert set(FLOORS["text"]) == set(measured.scores["text"])


def test_no_page_raises(measured):
    assert measured.scores["errors"] == {}
