from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep.errors import QueryError
from newskeep.search.query import DEEPEST, LONGEST, And, Dated, Fact, Not, Or, Query, Text, parse


def text(*units: str, field: str = "", prefix: bool = False) -> Text:
    return Text(units, field, prefix)


A, B, C = text("a"), text("b"), text("c")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a", A),
        ("  a  ", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a OR b OR c", Or((A, B, C))),
        ("a b OR c", And((A, Or((B, C))))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("(a b) OR c", Or((And((A, B)), C))),
        ("NOT a", Not(A)),
        ("-a", Not(A)),
        ("-(a b)", Not(And((A, B)))),
        ("NOT NOT a", Not(Not(A))),
        ("a -b", And((A, Not(B)))),
        ("a-b", text("a", "b")),
        ("a - b", And((A, B))),
        ("--a", A),
        ('"a b"', text("a", "b")),
        ("“气候 变化”", text("气候", "变化")),
        ("气候变化", text("气候变化")),
        ("今天，我们", text("今天", "我们")),
        ("G20峰会", text("g20", "峰会")),
        ("fo*", text("fo", prefix=True)),
        ('"a fo"*', text("a", "fo", prefix=True)),
        ('"a*"', A),
        ("气候*", text("气候")),
        ("and or not", And((text("and"), text("or"), text("not")))),
        ("ORDER", text("order")),
        ("a !! b", And((A, B))),
        ("a OR !!", A),
        ("a -!!", A),
        ("12:30", text("12", "30")),
        ("re: a", And((text("re"), A))),
        ("(re:)", text("re")),
        ("https://a.b/c", text("https", "a", "b", "c")),
        ("title:a", text("a", field="title")),
        ("Title:a", text("a", field="title")),
        ("author:“a b”", text("a", "b", field="authors")),
        ("title:(a OR b) c", And((Or((text("a", field="title"), text("b", field="title"))), C))),
        ("url:https://a.b/c", text("a", "b", "c", field="url")),
        ("url:b.c", text("b", "c", field="url")),
        ("tag:Opinion", Fact("tag", "opinion")),
        ('tag:"press  Freedom"', Fact("tag", "press freedom")),
        ("lang:zh_CN", Fact("lang", "zh-cn")),
        ("source:BBC", Fact("source", "BBC")),
        ("is:GONE", Fact("is", "gone")),
        ("-is:edited", Not(Fact("is", "edited"))),
    ],
)
def test_what_a_query_means(query: str, tree: object) -> None:
    assert parse(query) == Query(query, tree)  # type: ignore[arg-type]


def day(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("after:2021", day(2021, 1, 1), None),
        ("before:2021-10", None, day(2021, 10, 1)),
        ("after:2021-10-08", day(2021, 10, 8), None),
        ("on:2021", day(2021, 1, 1), day(2022, 1, 1)),
        ("on:2020-02", day(2020, 2, 1), day(2020, 3, 1)),
        ("on:2020", day(2020, 1, 1), day(2021, 1, 1)),
        ("on:2021/2/28", day(2021, 2, 28), day(2021, 3, 1)),
        ("on:２０２１", day(2021, 1, 1), day(2022, 1, 1)),
        ("before:0001-01-01", None, day(1, 1, 1)),
        ("after:9999-12-31", day(9999, 12, 31), None),
    ],
)
def test_a_date_is_a_day_a_month_or_a_year(
    query: str, low: float | None, high: float | None
) -> None:
    assert parse(query).root == Dated(low, high)


@pytest.mark.parametrize(
    ("query", "position", "says"),
    [
        ("", 0, "no word"),
        ("!! ，。", 0, "no word"),
        ("()", 0, "no word"),
        ("(a", 0, "never closed"),
        ("a (b (c)", 2, "never closed"),
        ("a)", 1, "closes nothing"),
        ('a "b', 2, "never closed"),
        ("a “b", 2, "never closed"),
        ("a AND", 5, "on its right"),
        ("a OR )", 5, "on its right"),
        ("a AND OR b", 6, "on its right"),
        ("OR a", 0, "on its left"),
        ("a (AND b)", 3, "on its left"),
        ("NOT", 3, "on its right"),
        ("-(a OR)", 6, "on its right"),
        ("title:", 0, "needs a value"),
        ("a title: b", 2, "needs a value"),
        ("(title:)", 1, "needs a value"),
        ("a autor:b", 2, "no field autor:"),
        ("source:(a b)", 7, "takes one value"),
        ("source:!!", 7, "needs a word"),
        ("tag:\u200b", 4, "needs a value"),
        ('tag:" "', 4, "needs a value"),
        ('lang:""', 5, "needs a code"),
        ("is:nice", 3, "takes one of"),
        ("on:2021-13", 3, "calendar"),
        ("on:2021-02-29", 3, "calendar"),
        ("on:0000", 3, "calendar"),
        ("on:yesterday", 3, "is written"),
        ("x" * 101 + "*", 0, "at most 100"),
        ("(" * (DEEPEST + 1), DEEPEST, "inside one another"),
        ("-(" * DEEPEST, DEEPEST + 1, "inside one another"),
        ("a" * (LONGEST + 1), LONGEST, "characters long"),
    ],
)
def test_a_mistake_is_pointed_at(query: str, position: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(query)
    assert caught.value.position == position


@given(st.text('ab()"“”-*: ANDORNOT气候title\u200b'))
def test_reading_ends_in_a_tree_or_a_query_error(query: str) -> None:
    try:
        found = parse(query)
    except QueryError as error:
        position = error.position
    else:
        assert found.root is not None
        return
    assert 0 <= position <= len(query)


def test_what_is_negated_is_not_shown_as_found() -> None:
    query = parse("a (b OR -c) -d title:e tag:f after:2021")
    assert query.texts() == [A, B, text("e", field="title")]
