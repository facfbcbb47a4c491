"""Rebuild: the same from the truth, in any order, on any number of workers, after any accident."""

from __future__ import annotations

import random
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import pytest
from support.answers import SITE, missing, page, picture, redirect, rss

import newskeep
from newskeep import Archive
from newskeep.catalogue.frontier import Task
from newskeep.errors import ConfigError

STORY = [
    "The harbour bridge at Lanmere opened to lorries on Friday after two years of repairs.",
    "Engineers replaced forty bearings and rebuilt the northern pier, the port authority said.",
    "Ferries will go on until the spring, since the new toll gates are not yet finished.",
]
EDITED = [STORY[0].replace("two", "three"), *STORY[1:]]
ENTRY = [("/go/77", "Bridge opens", "Lorries may cross.")]


def received():
    """A history with every kind of step: feeds, pages, joins, edits, repeats, misses, troubles."""
    return [
        rss(ENTRY),
        redirect("/go/77", "/2026/bridge-opens-77"),
        page("/2026/bridge-opens-77", "Bridge opens", STORY, picture=f"{SITE}/p.jpg"),
        picture("/p.jpg"),
        rss([*ENTRY, ("/ferry-2", "Ferry ends", "It does.")]),
        page("/ferry-2", "Ferry ends", STORY[::-1]),
        page("/2026/bridge-opens-77", "Bridge opens at last", EDITED),
        page("/2026/bridge-opens-77", "Bridge opens", STORY, picture=f"{SITE}/p.jpg"),
        missing("/ferry-2"),
        missing("/ferry-2"),
        page("/ferry-2", "Wall", ["Subscribe."], status=503),
    ]


@pytest.fixture
def archive(tmp_path):
    """The history, in three capture files."""
    with newskeep.init(tmp_path / "news") as made:
        history = received()
        for few in (history[:4], history[4:7], history[7:]):
            made.keep(few)
            made.drop_writer()
        yield made


def test_the_digest_is_the_same_for_one_worker_two_and_any_executor(archive):
    before = archive.digest()
    assert archive.rebuild() == before
    assert archive.rebuild(workers=2) == before
    with ThreadPoolExecutor(2) as executor:
        assert archive.rebuild(map=executor.map) == before
    assert archive.digest() == before
    assert list(archive.check()) == []


def test_the_files_may_be_derived_in_any_order(archive):
    before = archive.digest()
    dice = random.Random(1)

    def shuffled(work, jobs):
        jobs = list(jobs)
        dice.shuffle(jobs)
        return map(work, jobs)

    for _ in range(3):
        assert archive.rebuild(map=shuffled) == before


def arriving(archive, folder, order):
    """The digest of an archive that finds these capture files one by one."""
    newskeep.init(folder).close()
    for name in order:
        shutil.copy(archive.layout.captures / name, folder / "captures" / name)
        with Archive(folder) as other:
            digest = other.digest()
    return digest


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_captures_may_be_taken_in_in_any_order(tmp_path, order):
    repeated = 7  # a revisit can only be read beside what it repeats
    history = [one for number, one in enumerate(received()) if number != repeated]
    with newskeep.init(tmp_path / "news") as archive:
        for few in (history[:4], history[4:7], history[7:]):
            archive.keep(few)
            archive.drop_writer()
        files = archive.captures.files()
        digest = arriving(archive, tmp_path / "other", [files[number] for number in order])
        assert digest == archive.digest()


def test_what_repeats_a_payload_that_comes_later_is_told_and_rebuild_mends_it(archive, tmp_path):
    arriving(archive, tmp_path / "other", archive.captures.files()[::-1])
    with Archive(tmp_path / "other") as other:
        assert other.rebuild() == archive.digest()
        assert other.problems == []


def test_derived_deleted_by_hand_is_made_again(archive):
    before = archive.digest()
    archive.close()
    shutil.rmtree(archive.layout.derived)
    with Archive(archive.layout.root) as again:
        assert again.digest() == before
        assert len(again.search("bearings")) == 2
        assert list(again.check()) == []


def test_the_schedule_and_the_problems_are_carried_over(archive):
    problem = newskeep.Problem(
        url=f"{SITE}/x", stage="fetch", kind="http-503", message="x is down", at=archive.now()
    )
    task = Task(url=f"{SITE}/feed.xml", role="feed", source="s", due=4e9, etag='"7"')
    with archive.writing(), archive.catalogue.transaction():
        archive.frontier.add([task])
        archive.catalogue.put_problem(problem, "s")
    before = archive.frontier.export()
    archive.rebuild()
    assert archive.frontier.export() == before
    assert archive.frontier.state(f"{SITE}/feed.xml").etag == '"7"'
    assert archive.status().problems == (problem,)


def test_a_lost_or_broken_schedule_costs_no_content(archive):
    before = archive.digest()
    archive.close()
    for name in ("catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (archive.layout.derived / name).unlink(missing_ok=True)
    archive.layout.catalogue.write_bytes(b"SQLite format 3\0" + bytes(4000))
    with Archive(archive.layout.root) as again:
        assert again.rebuild() == before
        assert again.digest() == before


def test_rebuild_where_derived_is_gone_altogether(archive):
    before = archive.digest()
    archive.close()
    shutil.rmtree(archive.layout.derived)
    with Archive(archive.layout.root) as again:
        assert again.rebuild() == before
        assert again.digest() == before


def test_a_rebuild_that_is_broken_off_changes_nothing(archive):
    before = archive.digest()

    def breaking(work, jobs):
        yield work(jobs[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.rebuild(map=breaking)
    assert archive.digest() == before
    assert archive.rebuild() == before
    assert {path.name for path in archive.layout.root.glob("derived*")} == {"derived"}


def test_parts_are_the_same_bytes_whoever_makes_them(archive, tmp_path):
    from newskeep.jobs import Job, derive_file

    name = archive.captures.files()[0]
    parts = []
    for number in (1, 2):
        part = tmp_path / f"{number}.part"
        folder = str(archive.layout.captures)
        job = Job(folder=folder, file=name, part=str(part), extractor="newskeep")
        receipt = derive_file(job)
        assert (receipt.captures, receipt.part) == (4, str(part))
        parts.append(part.read_bytes())
    assert parts[0] == parts[1]


def test_a_revisit_whose_payload_is_lost_is_told_and_the_rest_goes_on(archive):
    first, *_ = archive.captures.files()
    archive.close()
    (archive.layout.captures / first).unlink()
    shutil.rmtree(archive.layout.derived)
    with Archive(archive.layout.root) as again:
        taken = again.digest()
        assert {one.kind for one in again.problems} == {"payload-missing"}
        assert again.rebuild() == taken
        assert "payload-missing" in {one.kind for one in again.problems}
        assert f"{SITE}/ferry-2" in again


def test_a_torn_tail_is_cut_and_told(archive):
    last = archive.captures.files()[-1]
    archive.close()
    file = archive.layout.captures / last
    file.write_bytes(file.read_bytes()[:-20])
    with Archive(archive.layout.root) as again:
        again.rebuild()
        assert [one.kind for one in again.problems] == ["torn-tail"]
        assert list(again.captures.walk())


def test_what_is_kept_after_a_rebuild_goes_on_from_it(archive):
    archive.rebuild()
    archive.keep([page("/2026/bridge-opens-77", "Bridge closes", STORY)])
    assert archive[f"{SITE}/2026/bridge-opens-77"].article.title == "Bridge closes"
    assert archive.rebuild() == archive.digest()


# A third party's parts


@pytest.fixture
def third_party(tmp_path, monkeypatch):
    """An installed package that brings an extractor, a publisher, an importer and a source kind."""
    site = tmp_path / "site-packages"
    (site / "their_newskeep-1.0.dist-info").mkdir(parents=True)
    (site / "their_newskeep.py").write_text(
        "from dataclasses import replace\n"
        "from newskeep import Entry, Feed\n"
        "from newskeep.extraction import page\n"
        "from newskeep.publish import PublishReport\n"
        "def extract(html, **facts):\n"
        "    found = page(html, **facts)\n"
        "    return replace(found, title=found.title.upper(), extractor='theirs/1')\n"
        "extract.version = 'theirs/1'\n"
        "def lines(data, *, url, content_type, received):\n"
        "    entries = tuple(Entry(id=one, url=one, title=one.rpartition('/')[2])\n"
        "                    for one in data.decode().split())\n"
        "    return Feed(kind='lines', title='Lines', entries=entries)\n"
        "def publish(archive, target, *, select, options):\n"
        "    target.write_text('\\n'.join(one.article.title for one in archive.stories()))\n"
        "    return PublishReport(written=1, unchanged=0, removed=0)\n"
        "def take(archive, path, **options):\n"
        "    archive.follow(path.read_text().strip())\n"
        "    return 'taken'\n"
    )
    info = site / "their_newskeep-1.0.dist-info"
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-newskeep\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[newskeep.extractor]\ntheirs = their_newskeep:extract\n"
        "[newskeep.source]\nlines = their_newskeep:lines\n"
        "[newskeep.publisher]\ntitles = their_newskeep:publish\n"
        "[newskeep.importer]\none = their_newskeep:take\n"
    )
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", str(site))
    yield
    sys.modules.pop("their_newskeep", None)


def choose(archive, extractor):
    archive.close()
    toml = archive.layout.settings
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('extractor = "newskeep"', f'extractor = "{extractor}"'))
    return Archive(archive.layout.root)


@pytest.mark.usefixtures("third_party")
def test_another_extractor_gives_other_articles_and_no_revision(archive):
    ours = {one.id: [revision.id for revision in one.revisions] for one in archive.stories()}
    with choose(archive, "theirs") as theirs:
        theirs.rebuild()
        found = {one.id: [revision.id for revision in one.revisions] for one in theirs.stories()}
        assert found == ours
        story = theirs[f"{SITE}/2026/bridge-opens-77"]
        assert story.article.title == "BRIDGE OPENS"
        assert story.article.extractor == "theirs/1"
        assert theirs.rebuild(workers=2) == theirs.digest()


@pytest.mark.usefixtures("third_party")
def test_a_story_of_the_old_extractor_is_compared_anew(archive):
    """The page came again unchanged, now through another extractor: no edit by the publisher."""
    with choose(archive, "theirs") as theirs:
        (taken,) = theirs.keep([page("/ferry-2", "Ferry ends", STORY[::-1])])
        assert [change.what for change in taken.changes] == ["back"]
        assert len(theirs[f"{SITE}/ferry-2"].revisions) == 1


@pytest.mark.usefixtures("third_party")
def test_stale_stories_can_be_made_anew_alone(archive, capsys):
    from newskeep.cli import main

    with choose(archive, "theirs") as theirs:
        assert theirs.refresh(most=1) == 1
        theirs.close()
        assert main(["rebuild", "--stale", "--archive", str(archive.layout.root)]) == 0
        assert theirs.refresh() == 0
        assert theirs[f"{SITE}/ferry-2"].article.title == "FERRY ENDS"
        assert theirs.search("FERRY ENDS")
        assert capsys.readouterr().out == f"Rebuilt; digest {theirs.digest()}\n"
        assert theirs.rebuild() == theirs.digest()


@pytest.mark.usefixtures("third_party")
def test_another_kind_of_source_is_read_as_feeds_are(archive):
    from support.answers import answer

    source = archive.follow(f"{SITE}/list.txt", kind="lines")
    body = f"{SITE}/one-1 {SITE}/two-2".encode()
    archive.keep([answer("/list.txt", body, "text/plain", role="lines", source=source.id)])
    assert archive[f"{SITE}/one-1"].article.title == "one-1"
    assert archive.rebuild() == archive.digest()


@pytest.mark.usefixtures("third_party")
def test_publishers_and_importers_of_others_are_run_by_name(archive, tmp_path):
    from newskeep.cli import main

    target = tmp_path / "titles.txt"
    assert archive.publish("titles", target).written == 1
    assert "Bridge opens" in target.read_text()
    (tmp_path / "address").write_text("https://example.com/feed\n")
    assert archive.import_("one", tmp_path / "address") == "taken"
    assert archive.source_named("https://example.com/feed")
    archive.close()
    assert main(["publish", "titles", str(target), "--archive", str(archive.layout.root)]) == 0


def test_an_extractor_that_is_not_installed_is_named(archive):
    with choose(archive, "theirs") as theirs, pytest.raises(ConfigError, match="theirs"):
        theirs.rebuild()
    assert Path(archive.layout.catalogue).exists()
