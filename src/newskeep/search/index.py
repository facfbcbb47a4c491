"""The index: articles go in, are found by a query, and come out again.

Everything happens inside the caller's transaction, so an article can be found from the
moment in which it is kept, and not if that is taken back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from newskeep.catalogue.sql import load
from newskeep.errors import FormatError, UsageError
from newskeep.search import tokens
from newskeep.search.compile import Plan, compile_query
from newskeep.search.documents import Document, document, pack, storable, unpack
from newskeep.search.query import Query, Text, language, parse, squash
from newskeep.search.snippet import highlight, matches, snippet
from newskeep.types import Article, Problem

_SQL = load("newskeep.search", "index.sql")
_WEIGHTS = "8.0, 1.0, 4.0, 4.0, 0.0"
"""What a word counts in title, body, authors, tags and address."""

_BATCH = 200
_PROBE = 12
"""Tokens of each column by which `check` asks for a document."""

_ORDERS = {
    "relevance": "score DESC, d.published DESC NULLS LAST, d.story",
    "newest": "d.published DESC NULLS LAST, d.story",
    "oldest": "d.published ASC NULLS LAST, d.story",
}


class Found(NamedTuple):
    """A story that a query found. A higher score is better; 0 where nothing was weighed.

    In `snippet` the matches stand between U+0002 and U+0003.
    """

    story: str
    score: float
    snippet: str = ""


class SearchIndex:
    """A full-text index over the newest wording of every story, in SQLite's FTS5.

    Call `create` once for each database. Nothing here begins or ends a transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def create(self) -> None:
        """Make the tables where they are missing; make an outdated index anew."""
        for name in _SQL:
            if name.startswith("create_"):
                self._run(name)
        found = self._run("version").fetchone()
        if found is None:
            self._run("set_version", version=tokens.VERSION)
        elif found[0] != tokens.VERSION:
            self.rebuild()

    def put(
        self,
        story: str,
        article: Article,
        *,
        revision: str = "",
        source: str = "",
        source_title: str = "",
        tags: Sequence[str] = (),
        published: float | None = None,
        state: str = "live",
        revisions: int = 1,
    ) -> None:
        """Index a story's wording in place of the one it had.

        `published` is in seconds since 1970. Words that are the same are not indexed again.
        """
        self._run("put_source", id=source, title=storable(source_title))
        (number,) = self._run(
            "put_document",
            story=story,
            revision=revision,
            source=source,
            lang=language(article.lang),
            state=state,
            revisions=revisions,
            published=published,
        ).fetchone()
        self._put_tags(number, tags)
        self._put_text(number, document(article, tags))

    def remove(self, story: str) -> bool:
        """Take a story out. Whether it was there."""
        found = self._run("find", story=story).fetchone()
        if found is None:
            return False
        (number,) = found
        self._drop_words(number)
        for name in ("drop_text", "drop_tags", "drop_document"):
            self._run(name, id=number)
        return True

    def clear(self) -> None:
        """Take everything out."""
        for name in _SQL:
            if name.startswith("clear_") and name != "clear_version":
                self._run(name)

    def rebuild(self) -> None:
        """Index every text anew: after a change of the token stream, or damage to the words."""
        self._run("clear_words")
        for number, text in self._texts():
            self._run("put_words", id=number, **_read(text).words())
        self._run("clear_version")
        self._run("set_version", version=tokens.VERSION)

    def count(self, query: str = "") -> int:
        """How many stories there are, or a query finds. Raises QueryError."""
        if not query:
            return int(self._run("count").fetchone()[0])
        plan = self._plan(parse(query))
        (count,) = self._connection.execute(
            f"SELECT count(*) {_from(plan)}", _values(plan)
        ).fetchone()
        return int(count)

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        order: str = "relevance",
        snippets: bool = True,
    ) -> list[Found]:
        """The stories a query finds, best, newest or oldest first.

        Those equally good stand newest first, then by id. Snippets cost a text each; leave
        them out for many results. Raises QueryError, UsageError for an unknown order,
        FormatError where a stored text is damaged.
        """
        if order not in _ORDERS:
            raise UsageError(f"order {order!r} is none of {', '.join(_ORDERS)}")
        asked = parse(query)
        plan = self._plan(asked)
        score = f"-bm25(search_words, {_WEIGHTS})" if plan.match else "0.0"
        sql = (
            f"SELECT d.id, d.story, {score} AS score {_from(plan)} "
            f"ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"
        )
        rows = self._connection.execute(sql, (*_values(plan), max(limit, 0), max(offset, 0)))
        texts = asked.texts() if snippets else []
        return [
            Found(story, score, self._snippet(number, texts) if snippets else "")
            for number, story, score in rows.fetchall()
        ]

    def highlight(self, text: str, query: str) -> str:
        """A text with what the query looks for between U+0002 and U+0003. Raises QueryError."""
        return highlight(text, parse(query).texts())

    def check(self) -> list[Problem]:
        """What is wrong with the index; `rebuild` mends the words, not a damaged text."""
        try:
            return [_problem("search-damaged", message) for message in self._faults()]
        except sqlite3.DatabaseError as error:
            is_busy = error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            kind = "search-unchecked" if is_busy else "search-damaged"
            return [_problem(kind, f"SQLite says: {error}")]

    def _put_tags(self, number: int, tags: Sequence[str]) -> None:
        self._run("drop_tags", id=number)
        for tag in tags:
            self._run("put_tag", tag=squash(tag), id=number)

    def _put_text(self, number: int, one: Document) -> None:
        text = pack(one)
        known = self._run("text", id=number).fetchone()
        if known and known[0] == text:
            return
        if known:
            self._drop_words(number)
        self._run("put_text", id=number, text=text)
        self._run("put_words", id=number, **one.words())

    def _drop_words(self, number: int) -> None:
        (text,) = self._run("text", id=number).fetchone()
        self._run("drop_words", id=number, **_read(text).words())

    def _texts(self) -> Iterator[tuple[int, bytes]]:
        last = -1
        while rows := self._run("texts", id=last, most=_BATCH).fetchall():
            for last, text in rows:
                yield last, text

    def _plan(self, query: Query) -> Plan:
        return compile_query(query, self._sources_named)

    def _sources_named(self, value: str) -> list[str]:
        """Sources with this id, or in whose name the words stand."""
        wanted = [Text(tuple(tokens.units(tokens.fold(value))))]
        return [
            name for name, title in self._run("sources") if name == value or matches(title, wanted)
        ]

    def _snippet(self, number: int, texts: Sequence[Text]) -> str:
        (text,) = self._run("text", id=number).fetchone()
        return snippet(_read(text).body, texts)

    def _faults(self) -> Iterator[str]:
        self._run("check_words")
        for (number,) in self._run("not_everywhere").fetchall():
            yield f"document {number} is not in all of its tables"
        for number, text in self._texts():
            try:
                one = unpack(text)
            except ValueError as error:
                yield f"document {number}: {error}"
                continue
            if not self._is_found(number, one):
                yield f"document {number} is not found by its own words"

    def _is_found(self, number: int, one: Document) -> bool:
        probes = {
            column: " ".join(words.split(" ", _PROBE)[:_PROBE])
            for column, words in one.words().items()
        }
        matches = [f'{column} : "{probe}"' for column, probe in probes.items() if probe]
        return all(self._run("has_words", id=number, match=one).fetchone() for one in matches)

    def _run(self, name: str, **values: Any) -> sqlite3.Cursor:
        return self._connection.execute(_SQL[name], values)


def _from(plan: Plan) -> str:
    if not plan.match:
        return f"FROM search_document AS d WHERE {plan.where}"
    return (
        "FROM search_words CROSS JOIN search_document AS d "  # in this order, for MATCH
        f"WHERE search_words MATCH ? AND d.id = search_words.rowid AND ({plan.where})"
    )


def _values(plan: Plan) -> tuple[Any, ...]:
    return (plan.match, *plan.values) if plan.match else plan.values


def _read(text: bytes) -> Document:
    try:
        return unpack(text)
    except ValueError as error:
        raise FormatError(f"search index: {error}; run: newskeep rebuild") from None


def _problem(kind: str, message: str) -> Problem:
    remedy = "try again later" if kind == "search-unchecked" else "run: newskeep rebuild"
    return Problem(url="", stage="check", kind=kind, message=f"search index: {message}; {remedy}")
