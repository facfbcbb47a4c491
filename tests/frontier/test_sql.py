from __future__ import annotations

import pytest

from newskeep.catalogue import sql


def test_statements_are_found_by_name_in_order_and_comments_stay() -> None:
    found = sql.split(
        "-- the file's own comment\n\n"
        "-- name: first\n-- why\nSELECT ';' -- name: not this\nFROM t;\n\n"
        "-- name:  second \nSELECT 2\n"
    )
    assert list(found) == ["first", "second"]
    assert found["first"] == "-- why\nSELECT ';' -- name: not this\nFROM t"
    assert found["second"] == "SELECT 2"


@pytest.mark.parametrize(
    "text",
    [
        "-- name: twice\nSELECT 1;\n-- name: twice\nSELECT 2;",
        "-- name: two words\nSELECT 1;",
        "-- name:\nSELECT 1;",
        "-- name: empty\n-- only a comment\n",
        "-- name: empty\n;",
    ],
)
def test_a_slip_in_the_file_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="-- name:"):
        sql.split(text)


def test_the_error_names_the_file(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "with_sql"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "bad.sql").write_text("-- name: a\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match=r"with_sql/bad\.sql"):
        sql.load("with_sql", "bad.sql")
    with pytest.raises(FileNotFoundError):
        sql.load("with_sql", "none.sql")


def test_a_file_without_names_has_no_statements() -> None:
    assert sql.split("-- nothing here\n") == {}
