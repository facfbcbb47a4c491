"""What machines read of a site: Atom, sitemap, robots.txt, OPML."""

from __future__ import annotations

from lxml import etree
from support.paper import library
from support.values import START

from newskeep.discover import feed, opml
from newskeep.publish import site

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_the_feed_reads_back(published):
    document = (published / "atom.xml").read_bytes()
    found = feed.parse(document, url="https://archive.example/news/atom.xml", received=START)
    assert found.kind == "atom"
    assert found.title == "The Harbour Archive"
    assert len(found.entries) == 50
    assert len({entry.id for entry in found.entries}) == 50
    assert found.entries[0].title == "Notice 129"
    assert found.entries[0].url.startswith("https://archive.example/news/2026-11-07/Notice-129/")
    assert "The bridge is open." in found.entries[0].content


def test_an_entry_has_what_rfc_4287_asks_for(published):
    root = etree.parse(published / "atom.xml").getroot()
    space = "{http://www.w3.org/2005/Atom}"
    for entry in root.iterfind(f"{space}entry"):
        for name in ("id", "title", "updated", "author", "link"):
            assert entry.find(f"{space}{name}") is not None, name
    assert root.findtext(f"{space}updated").endswith("Z")


def test_a_source_has_its_own_feed(published):
    root = etree.parse(published / "source/Harbour/atom.xml").getroot()
    assert root.findtext("{http://www.w3.org/2005/Atom}title") == "Harbour"


def test_the_sitemap_lists_every_story(published):
    root = etree.parse(published / "sitemap.xml").getroot()
    found = root.xpath("//s:loc/text()", namespaces=SITEMAP)
    assert len(found) == 1 + len(list(library().stories()))
    assert all(one.startswith("https://archive.example/news/") for one in found)
    robots = (published / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://archive.example/news/sitemap.xml" in robots


def test_without_a_base_url_the_feed_leads_to_the_originals(tmp_path):
    site.publish(library(), tmp_path)
    document = (tmp_path / "atom.xml").read_bytes()
    found = feed.parse(document, url="https://archive.example/atom.xml", received=START)
    assert found.entries[0].url == "https://harbour.example/129-story"


def test_the_sources_are_there_as_opml(published):
    found = opml.read((published / "sources.opml").read_bytes())
    assert [one.url for one in found] == ["https://harbour.example/feed"]
