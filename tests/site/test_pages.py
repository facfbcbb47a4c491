"""The static site: every page whole, every link good, nothing from elsewhere, nothing that runs."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from support.paper import UNKEPT, library

from newskeep.errors import UsageError
from newskeep.publish import site

SCRIPT = re.compile(r"<script(?![^>]*ld\+json)", re.IGNORECASE)


def pages(folder: Path):
    """Every HTML file, parsed."""
    for path in sorted(folder.rglob("*.html")):
        yield path, html.fromstring(path.read_bytes().decode())


def page(folder: Path, start: str) -> str:
    """The text of the one page whose folder's name begins so."""
    (found,) = folder.glob(f"????-??-??/{start}*/index.html")
    return found.read_text(encoding="utf-8")


def test_the_paper_has_every_kind_of_page(published):
    for name in (
        "index.html", "404.html", "atom.xml", "sitemap.xml", "robots.txt", "sources.opml",
        "archive/index.html", "archive/2026-11/index.html", "2026-11-01/index.html",
        "sources/index.html", "source/Harbour/index.html", "source/Harbour/atom.xml",
        "authors/index.html", "author/Ada-Li/index.html", "tags/index.html",
        "tag/notices/index.html", "tag/notices/page-1/index.html", "changes/index.html",
        "2026-11-01/Bridge-opens/index.html", "2026-11-01/Bridge-opens/v1/text.html",
        "2026-11-01/Bridge-opens/v2/index.html", "2026-11-01/大桥重新开放/index.html",
    ):  # fmt: skip
        assert (published / name).is_file(), name


def test_every_link_leads_to_a_file(published):
    for path, document in pages(published):
        for element, attribute, link, _ in document.iterlinks():
            if element.get("rel") == "canonical" or urlsplit(link).scheme or link.startswith("#"):
                continue
            if path.name == "404.html":  # served from any folder, so it names the whole address
                continue
            target = path.parent / unquote(urlsplit(link).path)
            assert target.resolve().is_file(), (path, attribute, link)


def test_the_page_for_a_missing_page_works_from_any_folder(published):
    document = html.parse(published / "404.html").getroot()
    (link,) = document.xpath("//main//a/@href")
    assert link == "https://archive.example/news/archive/index.html"


def test_nothing_is_asked_for_from_elsewhere(published):
    for path, document in pages(published):
        if path.name == "404.html":  # it names the whole address of the archive itself
            continue
        sources = document.xpath("//*/@src | //link[not(@rel='canonical')]/@href | //*/@srcset")
        assert not [one for one in sources if urlsplit(one).scheme or one.startswith("//")], path
        assert "default-src 'none'" in document.xpath("string(//meta[@http-equiv]/@content)")


def test_nothing_runs(published):
    for path, document in pages(published):
        assert not SCRIPT.search(path.read_text(encoding="utf-8")), path
        names = {
            name
            for element in document.iter()
            if isinstance(element.tag, str)
            for name in element.attrib
        }
        assert not [name for name in names if name.lower().startswith("on")], path
        assert not document.xpath(
            "//iframe | //form | //svg | //object | //embed | //*[@srcdoc]"
        ), path
        links = document.xpath("//@href | //@src")
        assert not [one for one in links if one.strip().lower().startswith(("javascript", "data"))]


def test_a_title_is_shown_as_it_is_and_not_as_markup(published):
    assert "<h1>&lt;script&gt;alert(0)&lt;/script&gt;</h1>" in page(published, "script-alert")


def test_every_page_says_its_language_and_title(published):
    for path, document in pages(published):
        assert document.get("lang") == "en"
        assert document.xpath("string(//title)").strip(), path
        assert document.xpath("count(//h1)") == 1, path


def test_an_article_carries_its_own_language_and_direction(published):
    chinese, arabic = page(published, "大桥"), page(published, "الجسر")
    assert '<div class="body" lang="zh-Hans" dir="ltr">' in chinese
    assert '<div class="body" lang="ar" dir="rtl">' in arabic


def test_states_are_told(published):
    gone, walled, undated = (page(published, one) for one in ("Ferry", "Walled", "Undated"))
    assert "gone from its source since 3 Nov 2026" in gone
    assert "metered" in walled
    assert "It gives no date." in undated
    assert "Ferry ends" in (published / "changes/index.html").read_text(encoding="utf-8")


def test_a_picture_that_was_not_kept_is_told_and_not_asked_for(published):
    walled = page(published, "Walled")
    assert "This picture was not kept." in walled
    assert f'<a href="{UNKEPT}" rel="noreferrer">' in walled


def test_a_kept_picture_has_its_size_and_place(published):
    (picture,) = (published / "pictures").iterdir()
    shown = (
        f'<img src="../../pictures/{picture.name}" width="300" height="200" alt="" loading="lazy">'
    )
    assert shown in page(published, "Bridge-opens")


def test_a_version_shows_what_changed(published):
    found = (published / "2026-11-01/Bridge-opens/v2/index.html").read_text(encoding="utf-8")
    assert "<ins>, toll disputed</ins>" in found
    assert "headline changed" in found
    assert "<del>" in found


def test_an_edit_leaves_the_address_where_it_was(published):
    assert page(published, "Bridge-opens").count("<h1>Bridge opens, toll disputed</h1>") == 1


def test_titles_make_no_path_that_leaves_the_folder(published):
    names = [path.relative_to(published).as_posix() for path in published.rglob("*")]
    assert not [name for name in names if ".." in name.split("/")]
    assert {name for name in names if name.startswith("tag/a-b")}


def test_names_that_some_disk_takes_for_one_stay_apart(published):
    folders = [path.name.casefold() for path in (published / "tag").iterdir()]
    assert len(folders) == len(set(folders))


def test_long_lists_are_paged_from_the_oldest_end(published):
    first, last = (
        html.parse(published / f"tag/notices/{name}index.html").getroot()
        for name in ("page-1/", "")
    )
    assert len(first.xpath("//ul[@class='rows']/li")) == 50
    assert "Notice 10" in first.text_content()
    assert "Notice 129" in last.text_content()
    assert first.xpath("string(//a[@rel='prev']/@href)").endswith("page-2/index.html")


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "按日期"), ("zh-TW", "標籤"), ("fr", "Archive")]
)
def test_the_site_speaks_the_language_that_is_chosen(tmp_path, language, words):
    site.publish(library(), tmp_path, options={"language": language})
    assert words in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_an_option_that_the_site_does_not_have_is_refused(tmp_path):
    with pytest.raises(UsageError, match="site has no option 'langauge'; its options are language"):
        site.publish(library(), tmp_path, options={"langauge": "en"})


def test_an_empty_archive_has_a_composed_front_page(tmp_path):
    from support.library import Library

    site.publish(Library(), tmp_path)
    assert "Nothing is kept yet." in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_every_language_has_the_words_that_the_templates_use():
    folder = files("newskeep.publish.site")
    table = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf-8"))
    plain = {name: {key.removesuffix("_one") for key in words} for name, words in table.items()}
    assert plain["en"] == plain["zh-Hans"] == plain["zh-Hant"]
    sources = [
        one.read_text("utf-8")
        for one in (*folder.joinpath("templates").iterdir(), folder / "pages.py")
    ]
    used = {key for text in sources for key in re.findall(r'words\("([a-z_]+)"', text)}
    kinds = {"sources", "authors", "tags"}
    made = {key for key in plain["en"] if key.startswith("access_")}
    assert plain["en"] == used - {"access_"} | kinds | made
