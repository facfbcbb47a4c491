"""Importing a mirror: every post a capture, every address one story, nothing lost silently."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from support.shared import SHARED, needs_shared

import newskeep
from newskeep import url as addresses
from newskeep.collect import mirror as mirrors
from newskeep.discover import jekyll
from newskeep.errors import ArchiveBusy, UsageError
from newskeep.importers import jekyll as importer

BODY = "The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs."


def post(number: int, *, body: str = BODY, date: str = "2021-10-08T08:00:00.000Z", **facts) -> str:
    given = {
        "layout": "post",
        "title": f'"The bridge {number}"',
        "date": date,
        "author": "Harbour",
        "from": f"https://example.com/{number}-story",
        "tags": "[ Harbour ]",
        "categories": "[ Harbour ]",
        **facts,
    }
    matter = "\n".join(f"{key}: {value}" for key, value in given.items())
    return f"---\n{matter}\n---\n<!--1633680000000-->\n\n<p>{body}</p>\n"


@pytest.fixture
def archive(tmp_path):
    with newskeep.init(tmp_path / "news") as made:
        yield made


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror" / "_posts"
    folder.mkdir(parents=True)
    return folder


def imported(archive, folder, **options):
    return archive.import_("jekyll", folder, **options)


def reasons(report):
    return {Path(one.url).name: one.message.rpartition(": ")[2] for one in report.problems}


@needs_shared
def test_one_article_per_distinct_canonical_url_and_none_lost(archive):
    files = sorted((SHARED / "posts").glob("*.md"))
    posts = [jekyll.parse(path.read_bytes(), name=path.name) for path in files]
    told = []
    report = imported(archive, SHARED / "posts", on_event=told.append, workers=2)
    assert report.problems == []
    assert report.files == len(files) == len(told)
    distinct = Counter(addresses.canonical(one.url) for one in posts)
    assert len(list(archive.stories())) == len(distinct)
    for one in posts:
        assert one.url in archive
    for url, count in distinct.items():
        assert 1 <= len(archive[url].revisions) <= count
        assert len(archive[url].revisions) == 1 or count > 1
    again = imported(archive, SHARED / "posts")
    assert (again.files, again.known) == (0, len(files))
    assert list(archive.check()) == []


def test_files_for_one_address_become_revisions_in_time_order(archive, mirror):
    texts = {
        "2021-9-30-a.md": ("2021-09-30T10:00:00.000Z", "first"),
        "2021-10-08-z.md": ("2021-10-08T08:00:00.000Z", "second"),
        "2021-10-08-a.md": ("2021-10-08T20:00:00.000Z", "third"),
        "2021-10-09-b.md": ("2021-10-09T01:00:00.000Z", "fourth"),
    }
    for name, (date, word) in texts.items():
        (mirror / name).write_text(post(1, body=f"{BODY} The {word} word.", date=date))
    report = imported(archive, mirror.parent)
    (story,) = archive.stories()
    found = [one.article.text.split()[-2] for one in story.revisions]
    assert found == ["first", "second", "third", "fourth"]
    assert (report.new, report.revised) == (1, 3)


def test_an_address_that_begins_another_is_a_story_of_its_own(archive, mirror):
    for number, url in enumerate(("https://example.com/story", "https://example.com/story-2")):
        (mirror / f"2021-10-08-{number}.md").write_text(post(1, **{"from": url}))
    imported(archive, mirror.parent)
    assert len(list(archive.stories())) == 2


def test_titles_alike_lose_no_post(archive, mirror):
    title = '"' + "A very long title of fifty characters and some more of it" + '"'
    for number in range(3):
        (mirror / f"2021-10-08-{number}.md").write_text(post(number, title=title))
    assert imported(archive, mirror.parent).new == 3


def test_what_cannot_be_read_is_named_with_its_reason_and_the_rest_goes_on(archive, mirror):
    (mirror / "2021-10-08-good.md").write_text(post(1))
    (mirror / "2021-10-08-latin.md").write_bytes(post(2, title='"Caf\xe9"').encode("latin-1"))
    (mirror / "2021-10-08-empty.md").write_bytes(b"")
    (mirror / "2021-10-08-bare.md").write_text("no front matter\n")
    (mirror / "2021-10-08-open.md").write_text("---\ntitle: x\n")
    (mirror / "2021-10-08-zeros.md").write_bytes(bytes(5000))
    (mirror / "2021-10-08-dangling.md").symlink_to(mirror / "nowhere")
    (mirror / "2021-10-08-passwd.md").symlink_to("/etc/passwd")
    (mirror / "2021-10-08-folder.md").mkdir()
    (mirror / "2021-10-08-folder.md" / "2021-10-08-inside.md").write_text(post(3))
    report = imported(archive, mirror.parent)
    matter = "no front matter between two lines of ---"
    link = "it is a symbolic link, and links are not followed"
    assert reasons(report) == {
        "2021-10-08-latin.md": "it is not UTF-8 (byte 28)",
        "2021-10-08-empty.md": matter,
        "2021-10-08-bare.md": matter,
        "2021-10-08-open.md": matter,
        "2021-10-08-zeros.md": matter,
        "2021-10-08-dangling.md": link,
        "2021-10-08-passwd.md": link,
    }
    assert report.files == 2
    assert all(one.at and one.stage == "import" for one in report.problems)


def test_a_file_too_large_for_a_post_is_named_unread(archive, mirror, monkeypatch):
    monkeypatch.setattr(mirrors, "MOST_BYTES", 1 << 20)
    (mirror / "2021-10-08-huge.md").write_text(post(1, body="x" * (1 << 20)))
    (mirror / "2021-10-08-good.md").write_text(post(2))
    report = imported(archive, mirror.parent)
    assert reasons(report) == {"2021-10-08-huge.md": "it is larger than 1 MB, too large for a post"}
    assert report.files == 1


def test_a_folder_that_cannot_be_listed_is_named(archive, mirror, monkeypatch):
    (mirror / "2021-10-08-good.md").write_text(post(1))
    (mirror / "locked").mkdir()
    scandir = os.scandir

    def refusing(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = imported(archive, mirror.parent)
    assert reasons(report) == {"locked": "Permission denied"}
    assert report.files == 1


def test_a_file_that_goes_while_we_read_is_named(archive, mirror, monkeypatch):
    for number in (1, 2):
        (mirror / f"2021-10-08-{number}.md").write_text(post(number))
    read = mirrors._read

    def vanishing(path):
        if path.name == "2021-10-08-1.md":
            path.unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(mirrors, "_read", vanishing)
    report = imported(archive, mirror.parent)
    assert reasons(report) == {"2021-10-08-1.md": "No such file or directory"}
    assert report.files == 1


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_file_name_that_is_no_utf_8_is_kept_all_the_same(archive, mirror):
    name = os.fsdecode(b"2021-10-08-caf\xe9.md")
    (mirror / name).write_text(post(1))
    report = imported(archive, mirror.parent)
    assert (report.files, report.problems) == (1, [])
    assert imported(archive, mirror.parent).known == 1
    assert archive.rebuild() == archive.digest()


def test_in_a_work_tree_only_posts_are_taken(archive, tmp_path):
    tree = tmp_path / "tree"
    posts = ["_posts/2021-10-08-1.md", "zh/_posts/2021-10-08-2.html"]
    others = [
        "_site/2021-10-08-3.md",
        ".git/2021-10-08-4.md",
        "README.md",
        "2021-10-08-5.md",
        "_posts/notes.txt",
    ]
    for number, path in enumerate([*posts, *others]):
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(post(number))
    assert imported(archive, tree).files == 2
    assert {one.header("Newskeep-Name") for one in archive.captures.walk()} == set(posts)


def test_a_plain_folder_gives_every_file_that_begins_with_a_date(archive, tmp_path):
    (tmp_path / "posts").mkdir()
    names = ("2021-10-08-1.md", "2021-10-9-2.markdown", "NaN-NaN-NaN-3.md", "about.md")
    for number, name in enumerate(names):
        (tmp_path / "posts" / name).write_text(post(number))
    assert imported(archive, tmp_path / "posts").files == 3


def test_every_file_of_a_folder_of_posts_is_one(archive, mirror, monkeypatch):
    (mirror / "about.md").write_text(post(1))
    monkeypatch.chdir(mirror)
    assert imported(archive, Path()).files == 1


def test_events_are_told_when_the_record_is_durable_and_catalogued(archive, mirror):
    for number in (1, 2):
        (mirror / f"2021-10-08-{number}.md").write_text(post(number))
    synced = []
    sync = archive.writer.sync
    archive.writer.sync = lambda: (sync(), synced.append(True))

    def on_event(event):
        assert synced
        capture = archive.catalogue.capture(event["id"])
        assert archive.captures.read(capture.ref, verify=True).url == event["url"]
        told.append(event)

    told: list = []
    imported(archive, mirror, on_event=on_event)
    assert [one["event"] for one in told] == ["captured", "captured"]


def test_many_workers_give_what_one_gives(tmp_path, mirror):
    for number in range(120):
        (mirror / f"2021-10-08-{number}.md").write_text(post(number, body=f"{BODY} {number}"))
    found = []
    for workers in (1, 2):
        with newskeep.init(tmp_path / f"with-{workers}") as archive:
            imported(archive, mirror, workers=workers)
            found.append(sorted((one.url, one.article.text) for one in archive.stories()))
    assert found[0] == found[1]
    assert len(found[0]) == 120


def test_batches_are_bounded_in_posts_and_in_bytes(monkeypatch):
    monkeypatch.setattr(importer, "_BATCH", 3)
    monkeypatch.setattr(importer, "_BATCH_BYTES", 10)
    posts = [
        newskeep.types.Received(url="u", role="post", payload=b"x" * size)
        for size in (1, 1, 1, 9, 9, 1)
    ]
    sizes = [[len(one.payload) for one in batch] for batch in importer._batches(posts)]
    assert sizes == [[1, 1, 1], [9, 9], [1]]


def test_there_must_be_a_folder_and_nobody_else_writing(archive, mirror, tmp_path):
    with pytest.raises(UsageError, match="is no folder"):
        imported(archive, tmp_path / "nothing")
    (mirror / "2021-10-08-1.md").write_text(post(1))
    with archive.writing(), newskeep.open(archive.layout.root) as other, pytest.raises(ArchiveBusy):
        imported(other, mirror)


def test_an_empty_folder_gives_nothing(archive, mirror):
    report = imported(archive, mirror)
    assert str(report).startswith("0 posts imported")
