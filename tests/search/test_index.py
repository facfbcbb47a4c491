"""What an index of stories promises; another engine would pass the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newskeep.errors import FormatError, QueryError, UsageError
from newskeep.search import tokens
from newskeep.search.documents import Document, pack, unpack
from newskeep.search.index import SearchIndex
from newskeep.types import Article, Image

DAY = 86400.0


def put(index: SearchIndex, story: str, text: str = "", *, title: str = "", **facts) -> None:
    own = {
        key: facts.pop(key)
        for key in ("authors", "lang", "url", "subtitle", "images")
        if key in facts
    }
    own.setdefault("url", f"https://a.example/{story}")
    index.put(story, Article(title=title, text=text, **own), **facts)


def ids(index: SearchIndex, query: str, **options) -> list[str]:
    return [found.story for found in index.search(query, **options)]


def test_an_empty_index_answers(index) -> None:
    assert ids(index, "a") == []
    assert index.count() == index.count("a OR on:2021") == 0
    assert not index.remove("a")
    assert index.check() == []
    index.clear()
    index.rebuild()


def test_every_column_is_searched_but_the_address(index) -> None:
    put(
        index,
        "1",
        "body",
        title="heading",
        subtitle="below",
        authors=("Jane Roe",),
        tags=["Opinion"],
    )
    for word in ("body", "heading", "below", "roe", "opinion"):
        assert ids(index, word) == ["1"], word
    assert ids(index, "example") == []
    assert ids(index, "url:a.example/1") == ids(index, "url:https://a.example") == ["1"]
    assert ids(index, "title:body") == ids(index, "author:body") == []
    assert ids(index, "title:heading author:jane") == ["1"]


def test_captions_and_credits_are_searched_and_shown(index) -> None:
    image = Image(
        url="https://a.example/a.jpg", caption="The first cart over.", credit="Ann Quayle"
    )
    put(index, "1", "It is open.", images=(image,))
    assert ids(index, '"first cart"') == ids(index, "quayle") == ["1"]
    assert "cart" in next(iter(index.search("cart"))).snippet


def test_words_may_stand_in_different_columns_a_phrase_in_one(index) -> None:
    put(index, "1", "two three", title="one")
    assert ids(index, "one three") == ["1"]
    assert ids(index, '"one two"') == []
    assert ids(index, '"two three"') == ["1"]


def test_a_phrase_does_not_reach_from_one_author_or_tag_to_the_next(index) -> None:
    put(
        index,
        "1",
        authors=("Ann Lee", "Bob Roe"),
        tags=["free press", "trial"],
        title="x",
        subtitle="y",
    )
    assert ids(index, 'author:"ann lee"') == ["1"]
    assert (
        ids(index, 'author:"lee bob"') == ids(index, '"press trial"') == ids(index, '"x y"') == []
    )


def test_putting_again_replaces(index) -> None:
    put(index, "1", "old 旧文", tags=["past"], published=0.0)
    put(index, "1", "new 新文", tags=["now"], published=DAY)
    assert index.count() == 1
    assert ids(index, "old OR 旧 OR tag:past OR past OR before:1970-01-02") == []
    assert ids(index, "新 tag:now on:1970-01-02") == ["1"]
    assert index.check() == []


def test_facts_change_without_new_words(index) -> None:
    put(index, "1", "same")
    changes = index._connection.total_changes
    put(index, "1", "same", state="gone", revisions=3, lang="en")
    assert index._connection.total_changes - changes <= 2
    assert ids(index, "same is:gone is:edited lang:en") == ["1"]
    assert ids(index, "is:live") == []


def test_removing_takes_everything_out(index) -> None:
    put(index, "1", "a", tags=["t"])
    put(index, "2", "a")
    assert index.remove("1")
    assert ids(index, "a") == ["2"]
    assert ids(index, "tag:t") == []
    assert index.check() == []
    index.clear()
    assert index.count() == 0
    assert index.check() == []
    put(index, "3", "a")
    assert ids(index, "a") == ["3"]


def test_facts_narrow_an_answer(index) -> None:
    put(index, "1", "x", source="s1", source_title="BBC 中文网", lang="zh-Hans", published=0.0)
    put(index, "2", "x", source="s2", source_title="ABC", lang="en", published=400 * DAY)
    put(index, "3", "y", source="s2", source_title="ABC", lang="zhx", tags=["Free  Press"])
    assert ids(index, "source:s1") == ids(index, "source:bbc") == ids(index, "source:文网") == ["1"]
    assert ids(index, "source:bc") == ids(index, "source:nobody") == []
    assert ids(index, "lang:zh") == ids(index, "lang:ZH-hans") == ["1"]
    assert ids(index, 'tag:"free press"') == ["3"]
    assert ids(index, "tag:free") == []
    assert ids(index, "x after:1971") == ["2"]
    assert ids(index, "on:1970") == ["1"]
    assert set(ids(index, "-on:1970")) == {"2", "3"}
    assert set(ids(index, "NOT x OR source:bbc")) == {"1", "3"}
    assert ids(index, "x (lang:en OR y)") == ["2"]
    assert ids(index, "NOT (x lang:en) NOT y") == ["1"]
    assert set(ids(index, "-(x -lang:en)")) == {"2", "3"}
    assert ids(index, "NOT NOT y") == ["3"]
    assert ids(index, "(x -y) source:s1") == ["1"]


def test_the_best_comes_first_a_title_counts_more(index) -> None:
    filler = "and other words " * 20
    put(index, "body", "climate " + filler)
    put(index, "title", filler, title="Climate")
    put(index, "often", "climate " * 3 + filler)
    put(index, "none", filler)
    assert ids(index, "climate") == ["title", "often", "body"]
    scores = [found.score for found in index.search("climate")]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert {found.score for found in index.search("source:x OR -climate")} == {0.0}


def test_equals_stand_newest_first_then_by_id_however_they_came(index) -> None:
    stories = [("d", None), ("b", 5.0), ("a", 5.0), ("c", 9.0)]
    for story, published in stories:
        put(index, story, "x", published=published)
    expected = ["c", "a", "b", "d"]
    assert ids(index, "x") == ids(index, "x", order="newest") == expected
    assert ids(index, "-nothing") == expected
    assert ids(index, "x", order="oldest") == ["a", "b", "c", "d"]
    put(index, "c", "x ", published=9.0)
    assert ids(index, "x") == expected


def test_answers_come_in_pages(index) -> None:
    for number in range(9):
        put(index, str(number), "x", published=float(number))
    whole = ids(index, "x", order="newest", limit=1 << 40)
    pages = [ids(index, "x", order="newest", limit=4, offset=at) for at in (0, 4, 8, 12)]
    assert [len(page) for page in pages] == [4, 4, 1, 0]
    assert [one for page in pages for one in page] == whole
    assert ids(index, "x", limit=0) == ids(index, "x", limit=-5) == []
    assert len(ids(index, "x", offset=-3)) == 9
    assert index.count("x") == 9


def test_an_answer_shows_where(index) -> None:
    put(index, "1", "First. 臺灣 is here. Last.", title="台湾")
    (found,) = index.search("台湾")
    assert found.snippet == "First. \x02臺灣\x03 is here. Last."
    assert index.search("台湾", snippets=False)[0].snippet == ""
    assert index.highlight("in 臺灣", "台湾") == "in \x02臺灣\x03"
    assert index.search("source:s OR lang:x OR -a")[0].snippet == "First. 臺灣 is here. Last."


def test_mistakes_are_told(index) -> None:
    with pytest.raises(QueryError):
        index.search("(")
    with pytest.raises(QueryError):
        index.count("(")
    with pytest.raises(QueryError):
        index.highlight("x", "")
    with pytest.raises(UsageError, match="relevance, newest, oldest"):
        index.search("a", order="best")


@pytest.mark.parametrize("story", ["x' OR 1=1 --", "\x00", "故事", ""])
def test_hostile_text_is_only_text(index, story: str) -> None:
    nasty = '"); DROP TABLE search_document; -- {title} : * NEAR(a b) \x00\x02 \ud800'
    index.put(
        story,
        Article(url=nasty, title=nasty, text=nasty, authors=(nasty,), lang=nasty),
        source="'; --",
        source_title=nasty,
        tags=[nasty, nasty, ""],
    )
    assert ids(index, '"drop table" near') == [story]
    assert ids(index, "source:drop") == [story]
    assert index.check() == []
    assert index.remove(story)


def test_long_queries_are_answered(index) -> None:
    put(index, "1", "a " * 10 + "长" * 2000)
    assert ids(index, " ".join("a" * 500)) == ["1"]
    assert ids(index, " OR ".join(["a"] * 200)) == ["1"]
    assert ids(index, "长" * 1000) == ["1"]
    assert ids(index, "a -b" * 200) == ["1"] or index.count("a -b" * 200) == 0
    assert ids(index, "-(a OR -(" * 7 + "a" + "))" * 7) in (["1"], [])


def test_what_is_rolled_back_is_not_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        index = SearchIndex(connection)
        connection.execute("BEGIN IMMEDIATE")
        index.create()
        put(index, "1", "kept")
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        put(index, "2", "lost")
        index.remove("1")
        assert ids(index, "lost OR kept") == ["2"]
        connection.execute("ROLLBACK")
        assert ids(index, "lost OR kept") == ["1"]
        assert index.check() == []


def test_rows_by_name_do_no_harm(index) -> None:
    index._connection.row_factory = sqlite3.Row
    put(index, "1", "a 文", tags=["t"], source="s", source_title="b")
    put(index, "1", "a 字", tags=["t"])
    index.rebuild()
    assert ids(index, "a 字 tag:t") == ["1"]
    assert index.count("a") == index.count() == 1
    assert index.check() == []
    assert index.remove("1")


# Damage


def kinds(index: SearchIndex) -> set[str]:
    return {problem.kind for problem in index.check()}


def test_an_index_of_an_older_token_stream_is_made_anew(index, monkeypatch) -> None:
    put(index, "1", "台湾")
    monkeypatch.setattr(tokens, "VERSION", tokens.VERSION + 1)
    index._connection.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    assert ids(index, "台湾") == []
    index.create()
    assert ids(index, "台湾") == ["1"]
    index._connection.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    index.create()
    assert ids(index, "台湾") == [], "made anew only once"


def test_lost_words_are_noticed_and_mended(index) -> None:
    put(index, "1", "台湾")
    put(index, "2", "峰会")
    words = Document("", "峰会", "", "", "a.example/2").words()
    index._run("drop_words", id=2, **words)
    assert kinds(index) == {"search-damaged"}
    index.rebuild()
    assert index.check() == []


def test_wrong_words_are_noticed(index) -> None:
    put(index, "1", "台湾")
    index._run("put_text", id=1, text=pack(Document("", "峰会")))
    assert kinds(index) == {"search-damaged"}
    assert "not found by its own words" in index.check()[0].message


def test_a_damaged_text_is_noticed_and_named(index) -> None:
    put(index, "1", "台湾")
    index._run("put_text", id=1, text=pack(Document("", "峰会"))[:-2])
    assert kinds(index) == {"search-damaged"}
    for act in (lambda: index.search("台湾"), lambda: index.remove("1"), index.rebuild):
        with pytest.raises(FormatError, match="newskeep rebuild"):
            act()


def test_a_lost_row_is_noticed(index) -> None:
    put(index, "1", "台湾")
    index._connection.execute("DELETE FROM search_document")
    assert "not in all of its tables" in index.check()[0].message


def test_a_damaged_table_is_a_problem_and_no_crash(index) -> None:
    put(index, "1", "台湾")
    index._connection.execute("UPDATE search_words_data SET block = zeroblob(20) WHERE id > 10")
    assert kinds(index) == {"search-damaged"}
    index._connection.execute("DROP TABLE search_text")
    assert kinds(index) == {"search-damaged"}


def test_a_busy_database_is_not_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as one,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        SearchIndex(one).create()
        other.execute("BEGIN EXCLUSIVE")
        assert kinds(SearchIndex(one)) == {"search-unchecked"}


def test_a_document_is_packed_with_its_checksum() -> None:
    one = Document("t", "台湾" * 50, "a", "b", "c")
    data = pack(one)
    assert unpack(data) == one
    assert pack(one) == data
    for damaged in (b"", b"x" * 40, data[:-1], data[:20] + bytes([data[20] ^ 1]) + data[21:]):
        with pytest.raises(ValueError, match="damaged"):
            unpack(damaged)
