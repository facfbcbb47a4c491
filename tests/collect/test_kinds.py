"""Which collector an address or a place on the disk is for, and places that are none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.mails import letter
from support.repositories import WorkTree, post
from support.warcs import many

from newskeep.collect import kind_of
from newskeep.collect.common import fragment_of, path_of
from newskeep.errors import UsageError


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("imaps://me@mail.example.org/INBOX", "imap"),
        ("imap://me@mail.example.org", "imap"),
        ("https://data.example/CC-NEWS-20261101.warc.gz", "warc"),
        ("https://data.example/x.WARC.gz?sig=1", "warc"),
        ("https://git.example/mirror.git", "mirror"),
        ("https://example.com/feed.xml", ""),
        ("https://example.com/", ""),
        ("ftp://example.com/x.warc", ""),
        ("file:///no/such/place", ""),
        ("file://elsewhere/x", ""),
        ("nonsense", ""),
    ],
)
def test_an_address_alone_tells_its_kind(url, kind):
    assert kind_of(url) == kind


def placed(folder: Path, name: str, content: bytes = b"") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_file_tells_its_kind(tmp_path):
    many(tmp_path / "x.warc.gz", 1)
    many(tmp_path / "y.warc.gz", 1)
    assert kind_of((tmp_path / "x.warc.gz").as_uri()) == "warc"
    assert kind_of(placed(tmp_path, "plain", b"WARC/1.0\r\n").as_uri()) == "warc"
    assert (
        kind_of(placed(tmp_path, "box", b"From a Sun Nov  1 08:00:00 2026\n").as_uri()) == "mailbox"
    )
    assert kind_of(placed(tmp_path, "empty").as_uri()) == ""
    assert kind_of(placed(tmp_path, "a.html", b"<p>").as_uri()) == ""


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["cur/1.a", "new/2.b"], "mailbox"),
        (["Lists/cur/1.a", "Lists/new/2.b"], "mailbox"),
        (["_posts/x.md"], "mirror"),
        (["zh/_posts/x.md", "index.html"], "mirror"),
        (["2021-10-08-a.md"], "mirror"),
        (["2021-10-08-a.html"], "folder"),
        (["a.html", "sub/b.htm"], "folder"),
        (["sub/x.warc.gz", "index.html"], "warc"),
        (["a.eml"], "mailbox"),
        (["a.txt"], ""),
        ([".hidden/a.html"], ""),
        ([], ""),
    ],
)
def test_a_folder_tells_its_kind(tmp_path, names, kind):
    for name in names:
        placed(tmp_path, name, letter(1))
    assert kind_of(tmp_path.as_uri()) == kind


def test_repositories_are_mirrors(tmp_path):
    tree = WorkTree(tmp_path / "tree")
    tree.put({"_posts/2021-10-08-a.md": post(1)})
    assert kind_of(tree.folder.as_uri()) == "mirror"
    assert kind_of(tree.bare(tmp_path / "bare.git").as_uri()) == "mirror"
    subprocess.run(["rm", "-r", tmp_path / "bare.git" / "objects"], check=True)
    assert kind_of((tmp_path / "bare.git").as_uri()) == ""


def test_a_folder_that_cannot_be_listed_is_of_no_kind(tmp_path, monkeypatch):
    def refusing(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.listdir", refusing)
    monkeypatch.setattr("os.scandir", refusing)
    assert kind_of(tmp_path.as_uri()) == ""


def test_an_address_of_a_file_is_a_path():
    assert path_of("file:///home/me/a%20page.html") == Path("/home/me/a page.html")
    assert path_of("file://localhost/home#history") == Path("/home")
    with pytest.raises(UsageError):
        path_of("/home/me")


def test_what_stands_behind_the_hash_is_decoded():
    assert fragment_of("file:///home#a%20b") == "a b"
    assert fragment_of("file:///home") == ""
