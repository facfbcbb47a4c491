"""`newskeep recipe`: trying one, and seeing which there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.stand import Stand, http

import newskeep
from newskeep.cli import main
from newskeep.discover.recipes import read

PAGES = Path(__file__).parent / "pages"
LISTED = "https://www.zaobao.com/realtime/china"
STORY = f"{LISTED}/story20261124-1000000"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.delenv("NEWSKEEP_ARCHIVE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "0")
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = main(["recipe", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


def test_a_saved_list_is_tried_without_a_network(run):
    code, out, _ = run("try", PAGES / "zaobao.list.html", "--url", LISTED)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == f"zaobao on {LISTED}"
    assert "match" in out
    assert "2026-11-24  跨海大桥修复后重新向货车开放" in lines
    assert f"    {STORY}" in lines
    assert lines[-1] == "3 entries, 0 further pages"


def test_a_saved_article_is_tried_and_its_agreement_told(run):
    code, out, _ = run("try", PAGES / "zaobao.article.html", "--url", STORY)
    assert code == 0
    assert "title      跨海大桥修复后重新向货车开放\n" in out
    assert "published  2026-11-24 15:30 +08:00\n" in out
    assert "authors    林河清\n" in out
    assert "(of 0.9: the recipe's body is taken)" in out


BELL = '[article]\naddresses = "bell.example/*"\nbody = ".text"\nnext = "a"\n'


@pytest.mark.parametrize(
    ("html", "trust", "verdict", "code"),
    [
        ("<p class=text>Only a few words.</p>", False, "the recipe's body is taken", 0),
        (
            "<p class=text>Ad.</p><p>" + "Another text. " * 40,
            False,
            "the extractor's body is taken",
            1,
        ),
        ("<p class=text>Ad.</p><p>" + "Another text. " * 40, True, "the recipe is trusted", 0),
        ("<p>Nothing named.</p><a href=/2>next</a>", True, "the recipe finds no body", 1),
    ],
)
def test_the_verdict_is_told(run, tmp_path, html, trust, verdict, code):
    (tmp_path / "page.html").write_text(f"<link rel=canonical href=https://bell.example/a>{html}")
    (tmp_path / "bell.toml").write_text(("trust = true\n" if trust else "") + BELL)
    ended, out, _ = run("try", "page.html", "--recipe", "bell.toml")
    assert (ended, verdict in out) == (code, True)
    assert ("next       https://bell.example/2" in out) == ("/2" in html)


def test_what_it_finds_is_told_as_json(run):
    _, out, _ = run("try", PAGES / "zaobao.list.html", "--url", LISTED, "--json")
    told = json.loads(out)
    assert list(told) == ["recipe", "url", "trial"]
    assert told["trial"]["feed"]["entries"][0]["title"].startswith("跨海")
    assert {one["key"] for one in told["trial"]["list_lines"]} == {"links", "match", "next"}


def test_a_live_page_is_asked_through_the_guard(run, tmp_path):
    page = http(200, b"<li><a href=/n/1>One</a></li>", "Content-Type: text/html")
    (tmp_path / "x.toml").write_text('[list]\naddresses = "127.0.0.1/"\nitem = "li"\n')
    with Stand({"/": page}) as stand:
        code, _, err = run("try", f"{stand.base}/", "--recipe", "x.toml")
        assert (code, "127.0.0.1" in err, stand.log) == (1, True, [])
        host = f"127.0.0.1:{stand.port}"
        code, out, _ = run("try", f"{stand.base}/", "--recipe", "x.toml", "--allow-host", host)
    assert (code, f"    {stand.base}/n/1" in out.splitlines()) == (0, True)


def test_a_list_without_entries_is_told(run, tmp_path):
    (tmp_path / "page.html").write_text("<p>")
    code, out, _ = run("try", "page.html", "--url", LISTED)
    assert code == 1
    assert "the recipe zaobao finds no article" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("try",), "needs a URL or FILE"),
        (("show",), "needs a NAME"),
        (("show", "nobody"), "no recipe is called 'nobody'"),
        (("try", "gone.html"), "gone.html is neither a web address nor a file"),
        (("try", "page.html"), "add --url ADDRESS"),
        (
            ("try", "page.html", "--url", "https://nobody.example/"),
            "no recipe is for https://nobody",
        ),
        (("try", "page.html", "--url", LISTED, "--recipe", "bad.toml"), "bad.toml, line 1: titel"),
        (("try", "page.html", "--url", LISTED, "--recipe", "gone.toml"), "gone.toml"),
        (("go",), "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_told(run, tmp_path, arguments, told):
    (tmp_path / "page.html").write_text("<p>")
    (tmp_path / "bad.toml").write_text("titel = 'x'\n[list]\naddresses = 'a.example/'\n")
    code, _, err = run(*arguments)
    assert code in (1, 2)
    assert told in err


def test_the_shipped_recipes_are_listed_and_shown(run):
    code, out, _ = run("list")
    assert code == 0
    assert "zaobao         list,article  联合早报 · 中国" in out
    _, shown, _ = run("show", "zaobao")
    assert shown.startswith("# Shipped with newskeep. It was not run against the live site.\n")
    assert read(shown, "zaobao.toml").digest == json_digest(run)


def json_digest(run) -> str:
    from newskeep.discover.recipes import Book, shipped

    _, out, _ = run("show", "zaobao", "--json")
    recipe = Book(shipped()).named("zaobao")
    assert json.loads(out)["title"] == recipe.title
    return recipe.digest


def test_an_archives_own_recipes_come_first(run, tmp_path):
    newskeep.init(tmp_path / "news").close()
    folder = tmp_path / "news" / "recipes"
    (folder / "deep").mkdir(parents=True)
    (folder / "mine.toml").write_text(BELL)
    (folder / "deep" / "a.toml").write_text(BELL)
    code, out, _ = run("list", "--archive", tmp_path / "news")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()][:3] == ["mine", "a", "bbc-zhongwen"]
    _, shown, _ = run("show", "mine", "--archive", tmp_path / "news")
    assert not shown.startswith("#")
    _, out, _ = run("list", "--json", "--archive", tmp_path / "news")
    assert json.loads(out.splitlines()[0])["name"] == "mine"


@pytest.mark.parametrize("data", [b"\xff", b"titel = 1"])
def test_a_wrong_recipe_of_an_archive_is_named(run, tmp_path, data):
    newskeep.init(tmp_path / "news").close()
    (tmp_path / "news" / "recipes").mkdir()
    (tmp_path / "news" / "recipes" / "mine.toml").write_bytes(data)
    code, _, err = run("list", "--archive", tmp_path / "news")
    assert code == 2
    assert "recipes/mine.toml" in err
