"""The verb `extract`: of what is kept, of a file, of a WARC file, of the net; and a recipe's mend."""

from __future__ import annotations

import json
import re

import pytest
from support.answers import SITE, page, rss
from support.feeds import page as answer
from support.stand import Stand, http

import newskeep
from newskeep.cli import main
from newskeep.errors import NotFound

STORY = [
    "The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs.",
    "Engineers replaced forty bearings and rebuilt the northern pier, the port authority said.",
    "Ferries will go on until the spring, since the new toll gates are not yet finished.",
]
BOX = "In the year of the flood the bridge had stood for a century, says the town's book."
ADDRESS = f"{SITE}/2026/bridge-opens-77"


@pytest.fixture
def folder(tmp_path):
    """An archive that keeps one article, with a box in it that belongs to the page."""
    with newskeep.init(tmp_path / "news") as archive:
        archive.keep([rss([("/2026/bridge-opens-77", "Bridge opens", "Lorries may cross.")])])
        archive.keep([page("/2026/bridge-opens-77", "Bridge opens", [*STORY[:2], BOX, STORY[2]])])
    return tmp_path / "news"


@pytest.fixture
def run(folder, capsys, monkeypatch):
    """Runs `newskeep extract` beside the archive; exit code, output and errors."""
    monkeypatch.setenv("NEWSKEEP_ARCHIVE", str(folder))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments):
        code = main(["extract", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def saved(tmp_path):
    """A saved page that says of which address it is a copy."""
    file = tmp_path / "saved.html"
    body = "".join(f"<p>{one}</p>" for one in STORY)
    head = '<title>Saved</title><link rel="canonical" href="https://bell.example/saved-page-1">'
    file.write_text(f"<head>{head}</head><article><h1>Saved</h1>{body}</article>")
    return file


# Of what


def test_what_is_kept_is_read_without_the_network(run):
    code, out, _ = run(f"{ADDRESS}?utm_source=x")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "Bridge opens"
    assert lines[1].endswith(ADDRESS)
    assert STORY[0] in lines


def test_a_story_is_named_by_its_id_too(run, folder):
    with newskeep.open(folder) as archive:
        name = archive[ADDRESS].id
    assert json.loads(run(name, "--json")[1])["url"] == ADDRESS


def test_a_saved_page_needs_no_archive(run, saved, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSKEEP_ARCHIVE", str(tmp_path / "nowhere"))
    article = json.loads(run(saved, "--json")[1])
    assert (article["url"], article["title"]) == ("https://bell.example/saved-page-1", "Saved")
    assert json.loads(run(saved, "--json", "--url", ADDRESS)[1])["url"] == ADDRESS


def test_a_page_of_a_warc_file_is_its_first_or_the_one_named(run, folder, tmp_path):
    with newskeep.open(folder) as archive:
        archive.keep([page("/2026/ferry-ends-78", "Ferry ends", STORY[::-1])])
        (first, *_) = sorted(archive.layout.captures.iterdir())
        warc = tmp_path / "crawl.warc.gz"
        warc.write_bytes(
            b"".join(one.read_bytes() for one in sorted(archive.layout.captures.iterdir()))
        )
    assert first.name.endswith(".warc.gz")
    assert json.loads(run(warc, "--json")[1])["title"] == "Bridge opens"
    named = run(warc, "--json", "--url", f"{SITE}/2026/ferry-ends-78")[1]
    assert json.loads(named)["title"] == "Ferry ends"
    code, _, told = run(warc, "--url", f"{SITE}/2026/nothing-1")
    assert (code, "holds no page of" in told) == (2, True)


def test_any_other_address_is_fetched_by_the_guarded_client(run):
    with Stand({"/bridge-77": answer("Lanmere"), "/gone-1": http(404, b"no")}) as stand:
        refused = run(f"{stand.base}/bridge-77")
        assert refused[0] == 1
        assert "private" in refused[2] or "127.0.0.1" in refused[2]
        found = run(f"{stand.base}/bridge-77", "--allow-host", "127.0.0.1", "--json")
        assert json.loads(found[1])["title"] == "Lanmere"
        assert run(f"{stand.base}/gone-1", "--allow-host", "127.0.0.1")[0] == 1
    assert stand.targets() == ["/bridge-77", "/gone-1"]


def test_what_its_feed_alone_tells_has_no_page_to_explain(folder):
    with newskeep.open(folder) as archive:
        archive.keep([rss([("/2026/ferry-78", "Ferry ends", "It does.")])])
        with pytest.raises(NotFound, match="no page to explain"):
            archive.explain(f"{SITE}/2026/ferry-78")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.html"], "neither a web address nor a file"),
        ([ADDRESS, "--explain", "--markdown"], "not --markdown"),
        ([ADDRESS, "--output", "x.html"], "--output takes --html"),
        ([ADDRESS, "--html", "--json"], "not allowed"),
    ],
)
def test_what_makes_no_sense_is_refused(run, arguments, said):
    code, _, told = run(*arguments)
    assert code == 2
    assert said in told


# In which form


def test_html_and_markdown_are_the_clean_article(run, tmp_path):
    html = run(ADDRESS, "--html")[1]
    assert html.startswith(f"<p>{STORY[0]}</p>")
    assert run(ADDRESS, "--markdown")[1].startswith(f"# Bridge opens\n\n{STORY[0]}")
    assert run(ADDRESS, "--html", "--output", tmp_path / "a.html")[1] == ""
    assert (tmp_path / "a.html").read_text() == html


def test_a_page_without_an_article_ends_with_1(run, tmp_path):
    (tmp_path / "empty.html").write_text("<p></p>")
    code, out, _ = run(tmp_path / "empty.html", "--url", ADDRESS, "--explain")
    assert code == 1
    assert "No article text was found" in out


# Explained


def test_the_explanation_shows_facts_blocks_counts_and_a_recipe(run):
    out = run(ADDRESS, "--explain")[1]
    assert re.search(
        r"^title +Bridge opens +title element; meta og:title; text of .*h1$", out, re.M
    )
    assert re.search(rf"^kept +{re.escape(BOX[:60])}", out, re.MULTILINE)
    assert re.search(r"^outside +Home\n +nav, 4 letters, 100% links$", out, re.MULTILINE)
    assert re.search(r"^4 +kept +it stands in the article$", out, re.MULTILINE)
    assert 'addresses = "harbour.example/*"' in out
    assert out.endswith(f"newskeep recipe try {ADDRESS}\nnewskeep rebuild --stale\n")


def test_the_explanation_as_json_has_the_keys_that_are_told(run):
    found = json.loads(run(ADDRESS, "--explain", "--json")[1])
    assert list(found) == ["article", "blocks", "origins", "container", "recipe", "used"]
    assert list(found["blocks"][0]) == [
        "verdict", "text", "path", "letters", "links", "names", "pictures",
    ]  # fmt: skip
    assert list(found["origins"][0]) == ["name", "value", "places"]


def test_the_explanation_as_a_web_page(run, tmp_path):
    run(ADDRESS, "--explain", "--html", "--output", tmp_path / "why.html")
    html = (tmp_path / "why.html").read_text(encoding="utf-8")
    assert html.count('<li class="kept">') == 4
    assert run(ADDRESS, "--explain", "--html")[1] == html


def test_a_recipe_s_mend_is_explained_and_reaches_what_is_kept_by_a_rebuild(run, folder, capsys):
    with newskeep.open(folder) as archive:
        before = [one.id for one in archive[ADDRESS].revisions]
        assert BOX in archive[ADDRESS].article.text
    skeleton = run(ADDRESS, "--explain")[1].partition(".toml:\n\n")[2].partition("\n\nSee what")[0]
    recipe = folder / "recipes" / "harbour.example.toml"
    recipe.parent.mkdir()
    recipe.write_text(skeleton.replace(".advert", "p:nth-of-type(3)"))
    found = json.loads(run(ADDRESS, "--explain", "--json")[1])
    assert [one["verdict"] for one in found["blocks"] if one["text"] == BOX] == ["recipe"]
    assert (found["recipe"], found["used"]) == ("harbour.example", True)
    assert f"newskeep recipe try {ADDRESS}" in run(ADDRESS, "--explain")[1]
    assert main(["rebuild", "--stale", "--archive", str(folder)]) == 0
    digest = capsys.readouterr().out.split()[-1]
    with newskeep.open(folder) as archive:
        assert archive[ADDRESS].article.text == "\n".join(STORY)
        assert [one.id for one in archive[ADDRESS].revisions] == before
        assert archive.rebuild() == archive.digest() == digest
