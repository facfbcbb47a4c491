"""What docs/reference/search.md says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newskeep.errors import QueryError
from newskeep.search.query import _FACTS, DEEPEST, LONGEST, STATES, TEXT_FIELDS, parse

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "search.md").read_text(encoding="utf-8")


def test_every_example_is_a_query() -> None:
    (example,) = re.findall(r"^newskeep search '(.*)'$", PAGE, re.MULTILINE)
    assert parse(example).texts()
    rows = re.findall(r"^\| `(.*?)` \|", PAGE, re.MULTILINE)
    shown = [query for row in rows for query in row.split("`, `") if "…" not in query]
    assert len(shown) > 10
    for query in shown:
        if not query.endswith(":"):
            assert parse(query)


def test_fields_states_and_limits_are_all_told() -> None:
    for name in [*TEXT_FIELDS, *_FACTS]:
        assert f"`{name}:" in PAGE
    for state in STATES:
        assert f"`{state}`" in PAGE
    assert f"{LONGEST:,} characters" in PAGE
    assert f"{DEEPEST} levels" in PAGE


def test_precedence_is_as_told() -> None:
    pairs = re.findall(r"`([^`]+)` is `(\(.*?)`", PAGE)
    assert len(pairs) == 2
    for short, long in pairs:
        assert parse(short).root == parse(long).root


def test_the_mistake_shown_is_the_mistake_made() -> None:
    with pytest.raises(QueryError) as caught:
        parse("climate autor:smith")
    message, query, caret = str(caught.value).split("\n")
    assert message.startswith("there is no field autor:; there are title:, author:, url:, source:")
    assert f"{query}\n{caret}" in PAGE
