"""A query's tree as SQL: what FTS5 can answer becomes one MATCH, the rest conditions.

No text of a query reaches SQL or FTS5 but as a bound value, or as tokens between quotes,
which consist of letters and digits only.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from newskeep.search.query import And, Dated, Fact, Node, Not, Or, Query, Text
from newskeep.search.tokens import is_run, tokens

EVERYWHERE = "title body authors tags"
"""The columns in which a text without a field is looked for."""

SourcesNamed = Callable[[str], list[str]]
"""The ids of the sources that a `source:` value means."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`match` goes to FTS5 (empty: no ranking); `where` holds of search_document AS d."""

    match: str
    where: str
    values: tuple[Any, ...]


def compile_query(query: Query, named: SourcesNamed) -> Plan:
    """How to answer a query."""
    nodes = query.root.nodes if isinstance(query.root, And) else (query.root,)
    texts = tuple(node for node in nodes if _is_text(node))
    wanted = [node for node in texts if not isinstance(node, Not)]
    match = _match(And(texts)) if wanted else ""
    rest = [node for node in nodes if not wanted or node not in texts]
    conditions = [_condition(node, named) for node in rest]
    values = tuple(value for _, own in conditions for value in own)
    return Plan(match, " AND ".join(sql for sql, _ in conditions) or "1", values)


def phrase(text: Text) -> str:
    """A text as an FTS5 phrase: a run at its end may go on, so its last token is dropped."""
    found = list(tokens(text.units))
    last = text.units[-1]
    star = ""
    if is_run(last):
        star = "" if len(last) > 1 else " *"
        found = found[:-1] if len(last) > 1 else found
    elif text.prefix:
        star = " *"
    return f'{{{text.field or EVERYWHERE}}} : "{" ".join(found)}"{star}'


def _is_text(node: Node) -> bool:
    """Whether FTS5 alone can tell it, at least as something left out from something else."""
    if isinstance(node, Not):
        return not isinstance(node.node, Not) and _is_text(node.node)
    return _can_match(node)


def _can_match(node: Node) -> bool:
    match node:
        case Text():
            return True
        case Or(nodes):
            return all(map(_can_match, nodes))
        case And(nodes):
            return all(map(_is_text, nodes)) and any(map(_can_match, nodes))
    return False


def _match(node: Node) -> str:
    match node:
        case Text():
            return phrase(node)
        case Or(nodes):
            return "(" + " OR ".join(map(_match, nodes)) + ")"
        case And(nodes):
            kept = [_match(one) for one in nodes if not isinstance(one, Not)]
            left_out = [_match(one.node) for one in nodes if isinstance(one, Not)]
            both = "(" + " AND ".join(kept) + ")"
            return f"({both} NOT ({' OR '.join(left_out)}))" if left_out else both
    raise AssertionError(node)


def _condition(node: Node, named: SourcesNamed) -> tuple[str, tuple[Any, ...]]:
    match node:
        case _ if _can_match(node):
            sql = "d.id IN (SELECT rowid FROM search_words WHERE search_words MATCH ?)"
            return sql, (_match(node),)
        case Not(inner):
            sql, values = _condition(inner, named)
            return f"NOT ({sql})", values
        case And(nodes) | Or(nodes):
            word = " AND " if isinstance(node, And) else " OR "
            parts = [_condition(one, named) for one in nodes]
            both = word.join(f"({sql})" for sql, _ in parts)
            return both, tuple(value for _, own in parts for value in own)
        case Dated(low, high):
            return _dated(low, high)
        case Fact(name, value):
            return _fact(name, value, named)
    raise AssertionError(node)


def _dated(low: float | None, high: float | None) -> tuple[str, tuple[Any, ...]]:
    """False, never unknown, for what has no date: so NOT and OR can be relied on."""
    bounds = {"d.published >= ?": low, "d.published < ?": high}
    asked = {sql: value for sql, value in bounds.items() if value is not None}
    return " AND ".join(["d.published IS NOT NULL", *asked]), tuple(asked.values())


def _fact(name: str, value: str, named: SourcesNamed) -> tuple[str, tuple[Any, ...]]:
    match name:
        case "source":
            return "d.source IN (SELECT value FROM json_each(?))", (json.dumps(named(value)),)
        case "tag":
            return "d.id IN (SELECT id FROM search_tag WHERE tag = ?)", (value,)
        case "lang":
            # zh finds zh-CN too
            part = f"{value}-"
            return "(d.lang = ? OR substr(d.lang, 1, ?) = ?)", (value, len(part), part)
        case "is":
            is_edited = value == "edited"
            return ("d.revisions > 1", ()) if is_edited else ("d.state = ?", (value,))
    raise AssertionError(name)
