"""Sitemaps and lists that are followed: what a sync asks for, and what it does not."""

from __future__ import annotations

from datetime import UTC

import pytest
from support.stand import Stand, http

import newskeep
from newskeep import clock

PROSE = (
    "<p>" + "The old bridge over the river opened to carts and walkers on Friday. " * 12 + "</p>"
)


def page(title: str) -> bytes:
    html = f"<title>{title}</title><article><h1>{title}</h1>{PROSE}</article>"
    return http(200, html.encode(), "Content-Type: text/html")


def xml(document: str, *fields: str) -> bytes:
    return http(200, document.encode(), "Content-Type: application/xml", *fields)


@pytest.fixture
def stand():
    with Stand({"/robots.txt": http(404)}) as made:
        yield made


@pytest.fixture
def archive(tmp_path):
    with newskeep.init(tmp_path / "news") as made:
        text = made.layout.settings.read_text().replace("delay = 1.0 ", "delay = 0.0 ")
        made.layout.settings.write_text(text)
    with newskeep.open(tmp_path / "news") as made:
        yield made


def index(stand: Stand, *names: str) -> bytes:
    today = f"{clock.now().astimezone(UTC):%Y-%m-%d}"
    inside = "".join(
        f"<sitemap><loc>{stand.base}/{name}</loc><lastmod>{today}</lastmod></sitemap>"
        for name in names
    )
    return xml(f"<sitemapindex>{inside}</sitemapindex>")


def urls(stand: Stand, *paths: str, etag: str = "") -> bytes:
    inside = "".join(f"<url><loc>{stand.base}{path}</loc></url>" for path in paths)
    return xml(f"<urlset>{inside}</urlset>", *([f"ETag: {etag}"] if etag else []))


def later(monkeypatch, seconds: int) -> None:
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(seconds))


def test_the_sitemaps_of_an_index_are_read_and_their_pages_kept(archive, stand, monkeypatch):
    stand.scripts |= {
        "/index.xml": index(stand, "a.xml", "b.xml"),
        "/a.xml": urls(stand, "/news/1", etag='"1"'),
        "/b.xml": urls(stand, "/news/2"),
        "/news/1": page("Bridge opens"),
        "/news/2": page("Ferry ends"),
    }
    archive.follow(f"{stand.base}/index.xml", kind="sitemap", allow_hosts=["127.0.0.1"])
    archive.sync()
    assert {one.article.title for one in archive.stories()} == {"Bridge opens", "Ferry ends"}
    asked = stand.targets()
    assert sorted(asked) == sorted(
        ["/robots.txt", "/index.xml", "/a.xml", "/b.xml", "/news/1", "/news/2"]
    )
    archive.sync()
    assert stand.targets() == asked
    later(monkeypatch, 2 * 86400)
    archive.sync()
    again = [one for one in stand.log[len(asked) :] if one.target in ("/a.xml", "/b.xml")]
    assert sorted(one.target for one in again) == ["/a.xml", "/b.xml"]
    assert {one.field("if-none-match") for one in again if one.target == "/a.xml"} == {'"1"'}


def test_robots_txt_is_asked_for_a_sitemap(archive, stand):
    stand.scripts |= {"/robots.txt": http(200, b"User-agent: *\nDisallow: /"), "/s.xml": http(404)}
    archive.follow(f"{stand.base}/s.xml", kind="sitemap", allow_hosts=["127.0.0.1"])
    report = archive.sync()
    assert [one.kind for one in report.problems] == ["robots-disallowed"]
    assert stand.targets() == ["/robots.txt"]


RECIPE = """
[list]
addresses = "127.0.0.1/list*"
links = "h2 a"
next = "a.next"
pages = 3
"""


def listed(number: int) -> bytes:
    html = (
        f"<h2><a href=/news/{number}>Story {number}</a></h2>"
        f"<a class=next href=/list{number + 1}>older</a>"
    )
    return http(200, html.encode(), "Content-Type: text/html")


def test_a_list_is_read_for_as_many_pages_as_its_recipe_says(tmp_path, archive, stand):
    archive.layout.recipes.mkdir()
    (archive.layout.recipes / "mine.toml").write_text(RECIPE)
    stand.scripts |= {f"/list{number}": listed(number) for number in range(9)}
    stand.scripts |= {f"/news/{number}": page(f"Story {number}") for number in range(9)}
    archive.follow(f"{stand.base}/list0", kind="listing", allow_hosts=["127.0.0.1"])
    archive.sync()
    assert [one for one in stand.targets() if one.startswith("/list")] == [
        "/list0",
        "/list1",
        "/list2",
    ]
    assert archive.count() == 3


def test_pages_that_lead_in_a_circle_are_asked_once(archive, stand):
    archive.layout.recipes.mkdir()
    (archive.layout.recipes / "mine.toml").write_text(RECIPE.replace("3", "50"))
    stand.scripts |= {"/list0": listed(0), "/list1": listed(-1)}
    archive.follow(f"{stand.base}/list0", kind="listing", allow_hosts=["127.0.0.1"])
    archive.sync()
    assert [one for one in stand.targets() if one.startswith("/list")] == ["/list0", "/list1"]


def test_follow_sees_what_an_address_is(archive, stand):
    rows = "".join(
        f"<li><a href=/news/{number}>A headline of several words, number {number}</a></li>"
        for number in range(6)
    )
    stand.scripts |= {
        "/s.xml": urls(stand, "/news/1"),
        "/list0": listed(0),
        "/plain": http(
            200, f"<title>Bell</title><ul>{rows}</ul>".encode(), "Content-Type: text/html"
        ),
    }
    archive.layout.recipes.mkdir()
    (archive.layout.recipes / "mine.toml").write_text(RECIPE)
    kinds = {
        path: archive.look(f"{stand.base}/{path}", allow_hosts=["127.0.0.1"]).kind
        for path in ("s.xml", "list0", "plain")
    }
    assert kinds == {"s.xml": "sitemap", "list0": "listing", "plain": "listing"}


def test_a_recipe_is_put_to_pages_and_a_changed_one_makes_stories_stale(archive, stand, tmp_path):
    archive.layout.recipes.mkdir()
    recipe = archive.layout.recipes / "mine.toml"
    recipe.write_text('[article]\naddresses = "127.0.0.1/news/*"\nbody = "article"\n')
    stand.scripts |= {"/s.xml": urls(stand, "/news/1"), "/news/1": page("Bridge opens")}
    archive.follow(f"{stand.base}/s.xml", kind="sitemap", allow_hosts=["127.0.0.1"])
    archive.sync()
    (story,) = archive.stories()
    assert " mine@" in story.article.extractor
    before = archive.deriver.name
    digest = archive.rebuild()
    assert archive.rebuild() == digest
    recipe.write_text('[article]\naddresses = "127.0.0.1/news/*"\nbody = "article p"\n')
    with newskeep.open(archive.layout.root) as again:
        assert again.deriver.name != before
