"""Importing lists of subscriptions."""

from __future__ import annotations

import json

import pytest

import newskeep
from newskeep.errors import UsageError

OPML = """<opml version="2.0"><body>
<outline text="Opinion">
  <outline type="rss" title="Bell" xmlUrl="https://example.com/a.xml"/>
  <outline type="rss" title="Bell again" xmlUrl="https://example.com/a.xml?utm_source=x"/>
</outline></body></opml>"""


@pytest.fixture
def archive(tmp_path):
    with newskeep.init(tmp_path / "news") as made:
        yield made


def test_a_feed_listed_twice_is_followed_once_with_its_folder_as_a_tag(archive, tmp_path):
    (tmp_path / "x.opml").write_text(OPML)
    report = archive.import_("opml", tmp_path / "x.opml")
    assert str(report) == "1 sources added, 0 were followed already"
    (source,) = archive.sources().values()
    assert source.tags == ("Opinion",)


def test_a_feed_that_is_no_web_address_is_never_followed(archive, tmp_path):
    feed = '<outline text="Other" xmlUrl="ftp://example.com/b.xml"/></body>'
    (tmp_path / "x.opml").write_text(OPML.replace("</body>", feed))
    report = archive.import_("opml", tmp_path / "x.opml")
    assert report.added == 1
    assert {one.kind for one in report.problems} <= {"not-web"}
    assert all(source.url.startswith("https:") for source in archive.sources().values())


def test_what_a_person_set_stays_when_the_list_is_imported_again(archive, tmp_path):
    subs = [
        {"site": "Bell", "url": "https://example.com/a"},
        {"site": "", "url": "https://b.example/"},
    ]
    (tmp_path / "subs.json").write_text("\ufeff" + json.dumps(subs), encoding="utf-8")
    archive.follow("https://example.com/a", tags=["mine"], every=1800)
    report = archive.import_("subs", tmp_path / "subs.json")
    assert (report.added, report.known) == (1, 1)
    first = archive.source_named("https://example.com/a")
    assert (first.title, first.tags, first.every) == ("Bell", ("mine",), 1800)


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("subs", b"{", "line 1"),
        ("subs", b"\xff", "utf-8"),
        ("subs", b"[]", "it names no feed"),
        ("subs", b'[{"url": "ftp://x/"}]', "entry 1"),
        ("opml", b"", "not an OPML file"),
        ("opml", b"<opml><body/></opml>", "it names no feed"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(archive, tmp_path, kind, data, told):
    (tmp_path / "list").write_bytes(data)
    with pytest.raises(UsageError, match="list: ") as caught:
        archive.import_(kind, tmp_path / "list")
    assert told in str(caught.value)
    assert archive.sources() == {}


def test_a_dry_run_counts_as_the_import_would_and_says_so(archive, tmp_path):
    path = tmp_path / "o.opml"
    outlines = "".join(
        f'<outline type="rss" xmlUrl="{url}"/>' for url in ("https://a.example/f", "javascript:1")
    )
    path.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    told = archive.import_("opml", path, dry_run=True)
    assert str(told) == "1 sources would be added, 0 were followed already"
    assert not archive.sources()
    done = archive.import_("opml", path)
    assert (done.added, len(done.problems)) == (told.added, len(told.problems))
