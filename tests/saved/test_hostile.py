"""Nothing that a file can hold makes an export's reader raise, or lets a bad value through."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.exports import NAMES, data_of, zipped
from support.values import at

from newskeep.discover.saved import formats
from newskeep.discover.saved.items import KINDS
from newskeep.types import Problem
from newskeep.url import canonical, is_web

LATER = at(60 * 24 * 60)
WORDS = (  # noqa: SIM905
    "url title tags status time_added Selection folder Timestamp bookmarks content note createdAt "
    "lists id parentId items categories alternate canonical href summary published author entries "
    "starred is_starred annotations quote ranges URL Labels Annotations Files article name labels "
    "savedAt slug state readingProgress created_at https://a.example/x javascript:x"
).split()
texts = st.sampled_from(
    [*WORDS, "", "user/-/label/", "\ud800", "\0", "-1e999", "\u202e"]
) | st.text(max_size=8)
scalars = texts | st.none() | st.booleans() | st.integers() | st.floats()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=20,
)


ADDRESS = "https://a.example/x"
ADDRESSED = {
    "url": ADDRESS,
    "URL": ADDRESS,
    "alternate": [{"href": ADDRESS}],
    "content": {"url": ADDRESS},
}


def addressed(value):
    """The same as an item that has an address, where it can have one."""
    return {**value, **ADDRESSED} if isinstance(value, dict) else value


def holds(kind: str, data: bytes) -> None:
    """Read it, and see that whatever comes out can be kept."""
    export = formats.read(kind, data, url="my-export", received=LATER)
    assert export.kind in ("", kind)
    assert export.items == () or export.kind
    for item in export.items:
        assert is_web(item.entry.url)
        assert item.entry.id == canonical(item.entry.url)
        assert all(mark.kind in KINDS for mark in item.marks)
        facts = [[item.entry.url, item.entry.title, item.entry.content, item.entry.tags]]
        facts += [[mark.when, mark.facts] for mark in item.marks]
        json.dumps(facts, ensure_ascii=False, allow_nan=False).encode("utf-8")
    assert all(isinstance(one, Problem) and "my-export" in one.message for one in export.problems)


def everywhere(data: bytes) -> None:
    formats.detect(data)
    for kind in formats.FORMATS:
        holds(kind, data)


@given(st.binary(max_size=200))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_bytes(data):
    everywhere(data)


@given(values)
@settings(max_examples=80, derandomize=True, deadline=None)
def test_json_of_any_shape(value):
    item = json.dumps(addressed(value))
    for shape in ("%s", "[%s]", '{"bookmarks": [%s]}', '{"items": [%s]}', '{"entries": [%s]}'):
        everywhere((shape % item).encode())


@given(values)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_archives_of_json_of_any_shape(value):
    item = json.dumps(addressed(value))
    names = ("data.json", "metadata_0_to_1.json", "bookmarks/a/info.json", "starred.json")
    everywhere(zipped({**dict.fromkeys(names, f"[{item}]"), "annotations/a.json": f"[{item}]"}))
    everywhere(zipped({**dict.fromkeys(names, item), "part_0.csv": item}))


@given(st.lists(st.lists(texts, max_size=6), max_size=6), st.sampled_from('",\t;'))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_tables_with_any_cells(cells, quote):
    heads = (
        "title,url,time_added,tags,status",
        "URL,Title,Selection,Folder,Timestamp,Tags",
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite",
        "url,title,created,labels,is_archived,is_marked,type",
    )
    rows = "\n".join(",".join(f"{quote}{cell}" for cell in row) for row in cells)
    for head in heads:
        everywhere(f"{head}\n{rows}".encode("utf-8", "replace"))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=12, derandomize=True, deadline=None)
def test_exports_that_were_damaged(name, data):
    whole = bytearray(data_of(name))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    everywhere(bytes(whole))
    everywhere(bytes(whole[:cut]))


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"items":' * 50_000,
        b'[{"url": ' + b"9" * 10_000 + b"}]",
        b"url,time_added,tags,status\n" + b'"' * 100_001,
        b"<" * 100_000,
        b"<DL><DT><A HREF=http://a.example/" + b"x" * 100_000 + b">x</A></DL>",
    ],
    ids=["lists", "objects", "number", "quotes", "brackets", "address"],
)
def test_depth_and_length(data):
    everywhere(data)
