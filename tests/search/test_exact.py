"""An answer is exactly what a scan of every article finds: nothing less and nothing more."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep.errors import QueryError
from newskeep.search.index import SearchIndex
from newskeep.search.query import And, Node, Not, Or, Text, parse
from newskeep.search.snippet import matches
from newskeep.search.tokens import fold
from newskeep.types import Article

SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")

letters = st.sampled_from("台湾臺灣峰会会會議议国國aabB1２Ｇeéガカｶﾞ한국กา")
marks = st.sampled_from([" ", "，", "。", "-", "_", "\n", "\u200b", "\u00ad", "'", "・", "()", "é"])
texts = st.lists(letters | letters | letters | marks, max_size=14).map("".join)
articles = st.builds(
    lambda title, text, author: Article(url="", title=title, text=text, authors=(author,)),
    texts,
    texts,
    texts,
)


def is_run(unit: str) -> bool:
    is_letter = unicodedata.category(unit[0])[0] in "LM" or unit[0] == "ー"
    return is_letter and unicodedata.name(unit[0], "").startswith(SPACELESS)


def pieces(text: str) -> list[str]:
    """Words and runs, the slow way: one character after another."""
    found: list[str] = []
    was = ""
    for char in fold(text):
        if char == "\u00ad":
            continue
        kind = "run" if is_run(char) else "word" if char.isalnum() else ""
        if kind and kind == was:
            found[-1] += char
        elif kind:
            found.append(char)
        was = kind
    return found


def stands_at(there: list[str], wanted: Text) -> bool:
    if len(there) < len(wanted.units):
        return False
    last = len(wanted.units) - 1
    for place, (unit, own) in enumerate(zip(there, wanted.units, strict=False)):
        if is_run(own) and last == 0:
            fits = own in unit
        elif place == 0 and is_run(own):
            fits = unit.endswith(own)
        elif place == last and (is_run(own) or wanted.prefix):
            fits = unit.startswith(own)
        else:
            fits = unit == own
        if not fits:
            return False
    return True


def holds(node: Node, article: Article) -> bool:
    match node:
        case Not(inner):
            return not holds(inner, article)
        case And(nodes):
            return all(holds(one, article) for one in nodes)
        case Or(nodes):
            return any(holds(one, article) for one in nodes)
        case Text(_, field, _):
            fields = {"title": article.title, "body": article.text, "authors": article.authors[0]}
            looked = [fields[field]] if field else list(fields.values())
            found = [pieces(one) for one in looked]
            return any(stands_at(one[at:], node) for one in found for at in range(len(one)))
    raise AssertionError(node)


def quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"'


parts = texts.filter(lambda text: bool(pieces(text)))
leaves = st.one_of(
    parts.map(quoted),
    parts.map(quoted),
    parts.map(lambda text: "title:" + quoted(text)),
    parts.map(lambda text: quoted(text) + "*"),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        st.tuples(inner, inner).map(" AND ".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"-({one})"),
    ),
    max_leaves=4,
)


def made(stored: list[Article]) -> SearchIndex:
    index = SearchIndex(sqlite3.connect(":memory:", isolation_level=None))
    index.create()
    for number, article in enumerate(stored):
        index.put(str(number), article)
    return index


def answer(index: SearchIndex, query: str) -> set[str]:
    return {found.story for found in index.search(query, limit=1000)}


@settings(max_examples=150, deadline=None)
@given(st.lists(articles, max_size=5), st.lists(queries, min_size=1, max_size=6), st.data())
def test_the_answer_is_what_a_scan_finds(
    stored: list[Article], asked: list[str], data: st.DataObject
) -> None:
    index = made(stored)
    with closing(index._connection):
        for article in stored:
            whole = article.text
            if whole:
                ends = data.draw(st.tuples(*[st.integers(0, len(whole))] * 2))
                asked = [*asked, quoted(whole[min(ends) : max(ends)])]
        for query in asked:
            if query == '""' or not pieces(query):
                continue
            root = parse(query).root
            expected = {str(n) for n, one in enumerate(stored) if holds(root, one)}
            assert answer(index, query) == expected, query
            assert index.count(query) == len(expected)


@settings(max_examples=200, deadline=None)
@given(texts, parts)
def test_marks_stand_exactly_where_the_scan_finds(text: str, wanted: str) -> None:
    node = parse(quoted(wanted)).root
    assert isinstance(node, Text)
    found = matches(text, [node])
    expected = holds(node, Article(url="", title=text, authors=("",)))
    assert bool(found) == expected
    for span in found:
        assert pieces(text[span.start : span.end]) == list(node.units)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.none() | articles), max_size=12), parts)
def test_replacing_and_removing_leave_no_trace(
    acts: list[tuple[int, Article | None]], wanted: str
) -> None:
    index, stored = made([]), {}
    with closing(index._connection):
        for number, article in acts:
            if article is None:
                assert index.remove(str(number)) == (stored.pop(number, None) is not None)
            else:
                index.put(str(number), article)
                stored[number] = article
        fresh = made([])
        with closing(fresh._connection):
            for number, article in stored.items():
                fresh.put(str(number), article)
            assert index.count() == fresh.count() == len(stored)
            assert index.search(quoted(wanted)) == fresh.search(quoted(wanted))
        assert index.check() == []


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.text("ab \"'()*:-^{}+,;\\台湾“”ANDORNOT\x00%", max_size=60))
def test_no_text_breaks_the_search(query: str) -> None:
    index = made([Article(url="https://a.example/b", title="台湾 a", text="b")])
    with closing(index._connection):
        try:
            found = index.search(query)
        except QueryError as error:
            position = error.position
        else:
            assert len(found) == index.count(query)
            return
        assert 0 <= position <= len(query)
