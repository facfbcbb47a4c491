"""Site configurations of Full-Text RSS, as recipes that are not trusted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support.pages import LONG, TITLE, document, paragraphs, read

import newskeep
from newskeep.discover.recipes import PagePart, Recipe, fivefilters
from newskeep.discover.recipes import read as recipe_of
from newskeep.errors import UsageError
from newskeep.extraction.by_recipe import refine
from newskeep.importers.fivefilters import import_folder

WHOLE = """\
# Comment
title: //h1[@class='head']
title: //meta[@property="og:title"]/@content
author: //a[@rel='author']
date: substring-after(//p[@class='by'], ', ')
body: //div[@id='text']
body: //article

strip: //div[@class="promo"]
strip_id_or_class: 'share'
strip_image_src: /ads/
next_page_link: //a[@class='next']
single_page_link: //a[contains(@href, 'print')]/@href
prune: no
tidy: no
autodetect_on_failure: no
replace_string(<br>): </p><p>
http_header(user-agent): Mozilla
some_new_thing: x
date:
test_url: http://harbour.example/town/bridge
test_contains: bridge
"""


def recipe(text: str, stem: str = "harbour.example") -> Recipe:
    made, faults = fivefilters.convert(text, stem)
    assert made is not None
    assert faults == []
    return made


def test_what_says_where_things_stand_is_taken_and_the_rest_let_be():
    assert recipe(WHOLE) == Recipe(
        name="harbour.example",
        trust=False,
        article=PagePart(
            addresses=("harbour.example/*",),
            title=("xpath://h1[@class='head']", 'xpath://meta[@property="og:title"]/@content'),
            date=("xpath:substring-after(//p[@class='by'], ', ')",),
            author=("xpath://a[@rel='author']",),
            body=("xpath://div[@id='text']", "xpath://article"),
            strip=(
                'xpath://div[@class="promo"]',
                '[class*="share"], [id*="share"]',
                'img[src*="/ads/"]',
            ),
            next=("xpath://a[@class='next']",),
            single=("xpath://a[contains(@href, 'print')]/@href",),
        ),
    )


def test_it_reads_a_page_through_lxml_where_it_agrees():
    html = document(
        f'<h1 class="head">{TITLE}</h1><p class="by">By <a rel="author">Ann Dale</a>, 20 November 2026</p>'
        f'<div id="text">{paragraphs(*LONG)}<div class="promo">Buy our mugs.</div>'
        '<p class="sharebar">Send this to a friend.</p></div><a class="next" href="?page=2">2</a>'
    )
    now = datetime(2026, 11, 24, tzinfo=UTC)
    found = refine(read(html, received=now), html, recipe(WHOLE), received=now)
    assert found.used
    assert found.article.text == "\n".join(LONG)
    assert found.article.authors == ("Ann Dale",)
    assert found.article.published is not None
    assert found.article.published.at == datetime(2026, 11, 20, tzinfo=UTC)
    assert found.next == "https://harbour.example/town/bridge?page=2"


def test_a_name_that_begins_with_a_dot_is_for_every_subdomain():
    made = recipe("body: //p", ".Harbour.example")
    assert made.name == "harbour.example"
    assert made.article is not None
    assert made.article.addresses == ("*.harbour.example/*",)


def test_a_single_page_that_depends_on_the_page_is_left_out():
    made = recipe("body: //p\nsingle_page_link: //a\nif_page_contains: //div")
    assert made.article == PagePart(addresses=("harbour.example/*",), body=("xpath://p",))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("body: //div[", "'//div[' is no XPath 1.0 expression"),
        ("strip: re:test(.)", "is no XPath 1.0 expression"),
        ("body: //p" + " | //p" * 200, "longer than 500 characters"),
        ("just words", "neither a comment nor NAME: VALUE: just words"),
        ("\x1b[31m", "neither a comment nor NAME: VALUE: [31m"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_rest_goes_on(line, told):
    made, (fault,) = fivefilters.convert(f"title: //h1\n{line}\nbody: //p\n", "a.example")
    assert made is not None
    assert made.article == PagePart(
        addresses=("a.example/*",), title=("xpath://h1",), body=("xpath://p",)
    )
    assert fault.line == 2
    assert told in fault.reason


@pytest.mark.parametrize("text", ["", "# nothing\n", "test_url: http://a.example/", "prune: no"])
def test_a_file_without_anything_of_use_gives_no_recipe(text):
    assert fivefilters.convert(text, "a.example") == (None, [])


@pytest.mark.parametrize("value", ['a"]b', "'x'", "a\\b"])
def test_words_of_strip_stay_words(value):
    made = recipe(f"strip_id_or_class: {value}")
    assert recipe_of(_written(made), "harbour.example.toml") == made


def _written(made: Recipe) -> str:
    from newskeep.discover.recipes.read import write

    return write(made)


# Importing a folder


@pytest.fixture
def archive(tmp_path):
    with newskeep.init(tmp_path / "news") as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "site_config"
    made.mkdir()
    return made


def test_every_site_of_a_folder_gets_a_recipe(archive, folder):
    (folder / "harbour.example.txt").write_text("\ufeff" + WHOLE, encoding="utf-8")
    (folder / ".bell.example.txt").write_text("body: //p\nwrong\n")
    (folder / "empty.example.txt").write_text("prune: no\n")
    (folder / "LICENSE.txt").write_text("body: //p\n")
    (folder / "README.md").write_text("body: //p\n")
    (folder / "sub.example.txt").mkdir()
    report = import_folder(archive, folder)
    assert (report.recipes, report.empty) == (2, 1)
    assert str(report).startswith("2 recipes written; ")
    (problem,) = report.problems
    assert problem.message.endswith(
        ".bell.example.txt, line 2: neither a comment nor NAME: VALUE: wrong"
    )
    target = archive.layout.root / "recipes" / "fivefilters"
    assert sorted(one.name for one in target.iterdir()) == [
        "bell.example.toml",
        "harbour.example.toml",
    ]
    text = (target / "harbour.example.toml").read_text("utf-8")
    assert recipe_of(text, "harbour.example.toml") == recipe(WHOLE)
    assert "trust" not in text


def test_importing_again_writes_the_same(archive, folder):
    (folder / "a.example.txt").write_text("body: //p\n")
    assert str(import_folder(archive, folder)) == str(import_folder(archive, folder))
    assert str(import_folder(archive, folder)).startswith("1 recipe written")


def test_a_dry_run_tells_and_writes_nothing(archive, folder):
    (folder / "a.example.txt").write_text("body: //p\nwrong\n")
    report = import_folder(archive, folder, dry_run=True)
    assert str(report).startswith("1 recipe would be written")
    assert len(report.problems) == 1
    assert not (archive.layout.root / "recipes").exists()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(archive, folder):
    (folder / "a.example.txt").write_bytes(b"body: //p\xff\n")
    (folder / "b.example.txt").write_text("#" * 100_001)
    (folder / "c.example.txt").write_text("body: //p\n")
    (folder / "d.example.txt").symlink_to(folder / "c.example.txt")
    report = import_folder(archive, folder)
    assert (report.recipes, report.empty) == (1, 0)
    first, second = report.problems
    assert "a.example.txt: it cannot be read: " in first.message
    assert "b.example.txt: longer than 100,000 bytes" in second.message


def test_what_is_no_folder_of_site_configurations_is_refused(archive, folder, monkeypatch):
    with pytest.raises(UsageError, match="is no folder"):
        import_folder(archive, folder / "x")
    with pytest.raises(UsageError, match="holds no file such as example.com.txt"):
        import_folder(archive, folder)
    monkeypatch.setattr("newskeep.importers.fivefilters.MOST_FILES", 1)
    for name in ("a", "b"):
        (folder / f"{name}.example.txt").write_text("body: //p\n")
    with pytest.raises(UsageError, match="holds more than 1 files"):
        import_folder(archive, folder)
