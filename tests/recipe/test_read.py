"""Recipes as TOML: what they may say, and what is told where they are wrong."""

from __future__ import annotations

import pickle
import re

import pytest

from newskeep.discover.recipes import Book, ListPart, PagePart, Recipe, read, shipped
from newskeep.discover.recipes.read import MOST_CHARS, write
from newskeep.errors import ConfigError

WHOLE = """\
title = "The Bell"
language = "zh-Hans"
zone = "Asia/Taipei"
trust = true

[list]
addresses = ["bell.example/news", "bell.example/"]
item = "li.story"
links = "a.headline"
match = "/news/{number}"
title = ["h2", "h3"]
date = "time"
summary = "p"
picture = "img::attr(data-src)"
next = ["a.next", "?page={n}"]
pages = 3

[article]
addresses = "bell.example/news/{number}"
title = "h1"
date = "xpath://time/@datetime"
author = ".by"
body = [".body", "xpath://div[@id='text']"]
strip = [".ad", "xpath://aside"]
next = "a.next-page"
single = "a.whole"
"""


def test_a_recipe_is_read_whole():
    assert read(WHOLE, "recipes/bell.toml") == Recipe(
        name="bell",
        title="The Bell",
        language="zh-Hans",
        zone="Asia/Taipei",
        trust=True,
        list=ListPart(
            addresses=("bell.example/news", "bell.example/"),
            item=("li.story",),
            links=("a.headline",),
            match=("/news/{number}",),
            title=("h2", "h3"),
            date=("time",),
            summary=("p",),
            picture=("img::attr(data-src)",),
            next=("a.next", "?page={n}"),
            pages=3,
        ),
        article=PagePart(
            addresses=("bell.example/news/{number}",),
            title=("h1",),
            date=("xpath://time/@datetime",),
            author=(".by",),
            body=(".body", "xpath://div[@id='text']"),
            strip=(".ad", "xpath://aside"),
            next=("a.next-page",),
            single=("a.whole",),
        ),
    )


def test_a_few_lines_are_enough():
    recipe = read('[list]\naddresses = "bell.example/"', "bell.toml")
    assert recipe.list == ListPart(addresses=("bell.example/",), links=("a[href]",), pages=1)
    assert (recipe.article, recipe.trust) == (None, False)


@pytest.mark.parametrize("name", ["bell", *(one.name for one in shipped())])
def test_what_is_written_reads_back_the_same(name):
    recipe = read(WHOLE, "bell.toml") if name == "bell" else Book(shipped()).named(name)
    assert read(write(recipe), f"{name}.toml") == recipe


LIST = '[list]\naddresses = "a.example/"\n'
PAGE = '[article]\naddresses = "a.example/*"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "x.toml: a section [list] or [article] is needed"),
        ("title = ", "x.toml: not TOML: "),
        ("a = " + "[" * 5000, "x.toml: not TOML: "),
        ("#" * (MOST_CHARS + 1), "x.toml: longer than"),
        ("list = 1", "x.toml, line 1: list: write it as a section: [list]"),
        ("[list]\nlinks = 'a'", "x.toml, line 1: [list]: say which pages it is for"),
        (LIST + "link = 'a'", "x.toml, line 3: [list] link: not known; did you mean links?"),
        (LIST + "zzz = 'a'", "x.toml, line 3: [list] zzz: not known; known are addresses"),
        ("titel = 'a'\n" + LIST, "x.toml, line 1: titel: not known; did you mean title?"),
        (LIST + "links = 'a['", "x.toml, line 3: [list] links: 'a[' is no CSS selector"),
        (LIST + "\n# …\n'links' = ''", "x.toml, line 5: [list] links: write text in quotes"),
        (LIST + "links = []", "line 3: [list] links: write text in quotes"),
        (LIST + "links = [1]", "line 3: [list] links: write text in quotes"),
        (LIST + f"links = {['a'] * 201}", "links: more than 200"),
        (LIST + f"links = '{'a' * 501}'", "links: longer than 500 characters"),
        (LIST + "links = 'xpath://a'", "links: XPath can be used below [article] alone"),
        (LIST + "next = 'a['", "next: 'a[' is no CSS selector"),
        (LIST + "match = 'a.example'", "match: write a host and a path"),
        (LIST + "pages = 0", "pages: write a whole number from 1 to 50"),
        (LIST + "pages = 51", "pages: write a whole number from 1 to 50"),
        (LIST + "pages = true", "pages: write a whole number from 1 to 50"),
        (PAGE + "body = 'xpath://div['", "line 3: [article] body: '//div[' is no XPath 1.0"),
        (PAGE + "body = 'xpath:re:test(a, b)'", "[article] body: 're:test(a, b)' is no XPath 1.0"),
        (PAGE + "body = 'xpath:nope()'", "[article] body: 'nope()' is no XPath 1.0"),
        ("[article]\naddresses = '/x'", "line 2: [article] addresses: begin with the host"),
        (LIST + PAGE + "links = 'a'", "line 5: [article] links: not known"),
        ("trust = 'yes'\n" + LIST, "line 1: trust: write true or false"),
        ("language = 'Chinese!'\n" + LIST, "line 1: language: write a language tag"),
        ("language = 1\n" + LIST, "line 1: language: write a language tag"),
        ("zone = 'Taipei'\n" + LIST, "line 1: zone: write a time zone's name"),
        ("zone = '../etc'\n" + LIST, "line 1: zone: write a time zone's name"),
        ('title = "a\\nb"\n' + LIST, "line 1: title: write one line of text"),
        ("title = 5\n" + LIST, "line 1: title: write one line of text"),
        ("[list.x]\n", "[list] x: not known"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(text, told):
    with pytest.raises(ConfigError, match=re.escape(told)):
        read(text, "x.toml")


def test_a_digest_changes_with_what_is_said_and_not_with_comments():
    first = read(WHOLE, "bell.toml")
    assert read("# a comment\n" + WHOLE, "bell.toml").digest == first.digest
    assert read(WHOLE.replace(".ad", ".ads"), "bell.toml").digest != first.digest
    assert re.fullmatch("[0-9a-f]{32}", first.digest)


def test_the_first_recipe_that_fits_is_taken():
    mine = read('[list]\naddresses = "www.zaobao.com/realtime/*"', "mine.toml")
    book = Book((mine, *shipped()))
    assert book.for_list("https://www.zaobao.com/realtime/china") is mine
    assert book.for_list("https://bell.example/") is None
    story = "https://www.zaobao.com/realtime/china/story20211008-1201570"
    assert book.for_article(story) == book.named("zaobao")
    assert book.for_article("https://bell.example/") is None
    assert book.named("nobody") is None


def test_a_books_version_changes_with_its_recipes():
    first = Book(shipped())
    assert re.fullmatch("recipes/1-[0-9a-f]{12}", first.version)
    assert Book(shipped()).version == first.version
    assert len({first.version, Book(shipped()[1:]).version, Book().version}) == 3


def test_a_book_travels_to_other_processes():
    assert pickle.loads(pickle.dumps(Book(shipped()))) == Book(shipped())
