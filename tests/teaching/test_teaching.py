"""A site teaches the archive: what repeats is told in the journal, and leaves the past too."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from gzip import compress, decompress

import pytest
from support.answers import SITE, missing, page, redirect, rss
from support.feeds import feed
from support.stand import Stand, http

import newskeep
from newskeep import Archive, teaching
from newskeep.errors import NotFound
from newskeep.extraction.lessons import LEARNED
from newskeep.layout import Layout

HERE = "harbour.example"
CLUB = "Join the Quay Club today and get a mug with the bridge on it, for nothing at all."
OTHER = "Our pilots tell of the weather each morning, and of the ships that they bring in."


def prose(number):
    return [
        f"Ship {number} came in on tide {part}, with {number * 7 + part} barrels of fine salt."
        for part in range(4)
    ]


def story(number, *more, **facts):
    return page(f"/2026/ship-{number}-came", f"Ship {number}", [*prose(number), *more], **facts)


def address(number):
    return f"{SITE}/2026/ship-{number}-came"


@pytest.fixture
def archive(tmp_path):
    """Twenty articles, fifteen of which end alike."""
    with newskeep.init(tmp_path / "news") as made:
        made.keep([story(n, CLUB) for n in range(15)])
        made.keep([story(n) for n in range(15, 20)])
        yield made


def texts(archive):
    return {one.url: one.article.text for one in archive.stories()}


def shown(archive, words=CLUB):
    return sum(words in text for text in texts(archive).values())


def lines(archive):
    return [one for one in archive.journal.read() if one["kind"].startswith(LEARNED)]


# Learning


def test_what_repeats_is_told_in_the_journal_and_leaves_every_article(archive):
    (taught,) = archive.learn()
    assert (taught.site, taught.articles, taught.stories) == (HERE, 20, 15)
    assert [one.text for one in taught.blocks] == [CLUB]
    (line,) = lines(archive)
    assert (line["site"], line["digest"]) == (HERE, archive.lessons.of(SITE).digest)
    assert shown(archive) == 0
    assert archive[address(3)].article.text == "\n".join(prose(3))
    assert archive.search("mug") == []


def test_a_lesson_is_no_edit_by_the_publisher(archive):
    before = [[one.id for one in story.revisions] for story in archive.stories()]
    archive.learn()
    assert [[one.id for one in story.revisions] for story in archive.stories()] == before
    archive.keep([story(3, CLUB), story(16)])
    assert [[one.id for one in story.revisions] for story in archive.stories()] == before


def test_what_comes_later_is_read_with_the_lesson(archive):
    archive.learn()
    archive.keep([story(77, CLUB)])
    assert archive[address(77)].article.text == "\n".join(prose(77))


def test_a_rebuild_is_given_the_same_lesson_on_any_machine(archive, tmp_path):
    archive.learn()
    digest = archive.digest()
    assert archive.rebuild() == archive.rebuild(workers=2) == digest
    archive.close()
    shutil.rmtree(archive.layout.derived)
    shutil.copytree(archive.layout.root, tmp_path / "elsewhere")
    for folder in (archive.layout.root, tmp_path / "elsewhere"):
        with Archive(folder) as again:
            assert again.digest() == digest
            assert again.rebuild() == digest
            assert again.refresh() == 0
            assert list(again.check()) == []


def test_only_what_a_lesson_changes_is_derived_again(archive):
    unchanged = {n: archive[address(n)].latest for n in range(15, 20)}
    assert [one.stories for one in archive.learn()] == [15]
    assert archive.refresh() == 0
    assert {n: archive[address(n)].latest for n in range(15, 20)} == unchanged


def test_a_second_look_learns_what_is_new_and_keeps_what_was_known(archive):
    archive.learn()
    assert archive.learn() == []
    archive.keep([story(n, CLUB, OTHER) for n in range(20, 40)])
    (taught,) = archive.learn(f"https://www.{HERE}/")
    assert [one.text for one in taught.blocks] == [OTHER]
    assert (shown(archive), shown(archive, OTHER)) == (0, 0)
    assert len(archive.lessons.of(SITE).blocks) == 2
    assert archive.rebuild() == archive.digest()


def test_revisions_of_one_article_count_once(tmp_path):
    with newskeep.init(tmp_path / "news") as archive:
        for n in range(30):
            archive.keep([story(1, f"Edited at {n} o'clock.", CLUB)])
        archive.keep([story(n) for n in range(2, 20)])
        assert len(archive[address(1)].revisions) == 30
        assert archive.learn() == []


def test_older_wordings_are_mended_too(archive):
    archive.keep([story(3, "The salt was wet.", CLUB)])
    archive.learn()
    assert [CLUB in one.article.text for one in archive[address(3)].revisions] == [False, False]
    assert archive.rebuild() == archive.digest()


def test_a_lead_picture_that_stands_for_none_leaves_every_article(tmp_path):
    def pictured(number):
        html = story(number).payload
        head = f'<head><meta property="og:image" content="{SITE}/masthead-photo.jpg">'
        return replace(
            story(number), payload=compress(decompress(html).replace(b"<head>", head.encode()))
        )

    with newskeep.init(tmp_path / "news") as archive:
        archive.keep([pictured(n) for n in range(14)])
        assert len(archive[address(3)].article.images) == 1
        assert [one.stories for one in archive.learn()] == [14]
        assert archive[address(3)].article.images == ()
        assert archive.rebuild() == archive.digest()


def test_each_site_is_read_with_its_own_lesson(archive):
    archive.keep(
        [
            page(f"https://quay.example/log-{n}", f"Log {n}", [*prose(90 + n), CLUB])
            for n in range(4)
        ]
    )
    archive.learn()
    assert shown(archive) == 4


def test_a_feed_that_also_tells_the_story_leaves_no_doubt(archive):
    """What was said behind a door that is not shown is derived again as well."""
    entries = [(f"/2026/ship-{n}-came", f"Ship {n}", " ".join(prose(n) * 9)) for n in range(8)]
    archive.keep([rss(entries, full=True)])
    archive.learn()
    archive.keep([rss(entries, full=True), *(story(n, CLUB) for n in range(8))])
    assert all(len(one.revisions) == 1 for one in archive.stories())
    assert archive.rebuild() == archive.digest()


def test_a_recipe_s_body_is_read_with_the_lesson_unless_it_is_trusted(archive):
    recipe = archive.layout.recipes / "harbour.toml"
    text = f'[article]\naddresses = "{HERE}/2026/*"\nbody = "article"\n'
    for more, count in (("", 0), ("trust = true\n", 15)):
        recipe.parent.mkdir(exist_ok=True)
        recipe.write_text(more + text)
        archive.close()
        with Archive(archive.layout.root) as again:
            again.learn()
            while again.refresh():
                pass
            assert "harbour@" in again[address(3)].article.extractor
            assert shown(again) == count
            assert again.rebuild() == again.digest()


def test_a_site_of_which_nothing_is_kept_is_named(archive):
    with pytest.raises(NotFound, match="nowhere.example"):
        archive.learn("nowhere.example")


def test_an_extractor_that_takes_no_lesson_is_given_none(archive, monkeypatch):
    from newskeep import derive
    from newskeep.extraction import page as ours

    def theirs(html, *, url, content_type, received):
        return ours(html, url=url, content_type=content_type, received=received)

    archive.learn()
    archive.close()
    monkeypatch.setattr(derive.plugins, "find", lambda *_: theirs)
    with Archive(archive.layout.root) as again:
        again.keep([story(77, CLUB)])
        assert CLUB in again[address(77)].article.text


def test_a_site_teaches_only_so_many_blocks(archive, monkeypatch):
    monkeypatch.setattr(teaching, "MOST_BLOCKS", 1)
    archive.learn()
    archive.keep([story(n, OTHER) for n in range(20, 40)])
    assert archive.learn() == []
    assert len(lines(archive)) == 1


def test_a_rebuild_knows_what_another_process_learned_meanwhile(archive):
    before = archive.digest()
    with newskeep.open(archive.layout.root) as other:
        archive.close()
        other.learn()
        learned = other.digest()
    archive.journal.append("star", address=address(1))
    assert before != archive.rebuild() == learned
    assert archive.refresh() == 0


# Unlearning


def test_a_refused_block_comes_back_and_is_never_learned_again(archive):
    archive.learn()
    (block,) = archive.lessons.of(SITE).blocks
    assert archive.unlearn(HERE, [block.key[:8]]) == 20
    assert shown(archive) == 15
    assert archive.learn() == []
    assert archive.rebuild() == archive.digest()


def test_a_lesson_that_is_forgotten_may_be_learned_again(archive):
    archive.learn()
    archive.unlearn(HERE)
    assert (shown(archive), archive.lessons.of(SITE)) == (15, None)
    assert archive.rebuild() == archive.digest()
    assert [one.stories for one in archive.learn()] == [15]


def test_only_what_was_learned_can_be_refused(archive):
    with pytest.raises(NotFound, match="has taught nothing"):
        archive.unlearn(HERE)
    archive.learn()
    for start in ("123456", "", archive.lessons.of(SITE).blocks[0].key[:5]):
        with pytest.raises(NotFound, match="has taught no block"):
            archive.unlearn(HERE, [start])


# Accidents


def test_a_lesson_that_the_catalogue_missed_is_applied_when_the_archive_is_opened(
    archive, tmp_path
):
    """As after a power cut behind the journal's line, or when a backup is brought back."""
    shutil.copytree(archive.layout.root, tmp_path / "other")
    archive.learn()
    shutil.copy(archive.layout.journal, tmp_path / "other")
    with Archive(tmp_path / "other") as other:
        assert other.refresh() == 15
        assert other.digest() == archive.digest()
    with Archive(tmp_path / "other") as other:
        assert other.refresh() == 0


def test_a_journal_that_lost_its_lesson_gives_the_blocks_back(archive):
    archive.learn()
    archive.layout.journal.write_text("")
    archive.close()
    with Archive(archive.layout.root) as again:
        assert again.refresh() == 20
        assert shown(again) == 15


def test_who_may_not_write_reads_on_and_a_later_one_applies_the_lesson(archive, tmp_path):
    shutil.copytree(archive.layout.root, tmp_path / "other")
    archive.learn()
    shutil.copy(archive.layout.journal, tmp_path / "other")
    with Archive(tmp_path / "other") as writer, writer.writing():
        with Archive(tmp_path / "other") as reader:
            assert shown(reader) == 15
        assert writer.refresh() == 15


# After a sync


def script(number, *more):
    body = "".join(f"<p>{one}</p>" for one in [*prose(number), *more])
    html = f"<title>Ship {number}</title><article><h1>Ship {number}</h1>{body}</article>"
    return http(200, html.encode(), "Content-Type: text/html; charset=utf-8")


def test_a_sync_learns_from_a_site_that_has_grown_and_tells(tmp_path):
    paths = [f"/2026/ship-{n}-came" for n in range(14)]
    events = []
    with Stand() as stand, newskeep.init(tmp_path / "news") as archive:
        stand.scripts = {
            "/feed.xml": feed([stand.base + one for one in paths]),
            **{path: script(n, CLUB) for n, path in enumerate(paths)},
        }
        settings = "format = 1\n[fetch]\ndelay = 0\npictures = false\n"
        Layout(tmp_path / "news").settings.write_text(settings)
        archive.close()
        with Archive(tmp_path / "news") as archive:
            archive.follow(f"{stand.base}/feed.xml", allow_hosts=["127.0.0.1"])
            archive.sync(on_event=events.append)
            learned = [one for one in events if one["event"] == "learned"]
            assert learned == [
                {"event": "learned", "site": "127.0.0.1", "blocks": 1, "stories": 14}
            ]
            assert shown(archive) == 0
            assert archive.rebuild() == archive.digest()


def test_a_sync_looks_again_only_when_the_site_has_grown_by_half(archive):
    assert [one.stories for one in teaching.learn_after_sync(archive, {HERE, ""})] == [15]
    archive.unlearn(HERE)
    archive.keep([story(n) for n in range(20, 29)])
    assert teaching.learn_after_sync(archive, {HERE}) == []
    archive.keep([story(29)])
    assert [one.stories for one in teaching.learn_after_sync(archive, {HERE})] == [15]


def test_a_sync_looks_at_no_site_of_a_few_articles(tmp_path):
    with newskeep.init(tmp_path / "news") as archive:
        archive.keep([story(n, CLUB) for n in range(5)])
        assert teaching.learn_after_sync(archive, {HERE}) == []


def test_a_sync_derives_only_so_many_again_and_the_rest_waits(archive, monkeypatch):
    monkeypatch.setattr(teaching, "MOST_AFTER_SYNC", 4)
    assert [one.stories for one in teaching.learn_after_sync(archive, {HERE})] == [15]
    assert shown(archive) == 11
    assert archive.refresh() == 11
    assert archive.digest() == archive.rebuild()


def test_extract_is_given_a_lesson_by_its_argument(archive):
    archive.learn()
    learned = archive.lessons.of(SITE)
    (capture,) = archive.catalogue.captures_at(address(3))
    whole = archive.payload(capture)
    assert CLUB in newskeep.extract(whole).text
    assert newskeep.extract(whole, learned=learned).text == archive[address(3)].article.text
    html = f"<article>{''.join(f'<p>{one}</p>' for one in [*prose(3), CLUB])}</article>"
    assert newskeep.extract(html, url=address(3), learned=learned).text == "\n".join(prose(3))


# Any history


def moment(dice, number):
    """Something that comes in of one of these articles, or of the feed that lists them."""
    more = [words for words in (CLUB, OTHER, f"Then {dice.random()} came.") if dice.random() < 0.4]
    kind = dice.choice(("page", "page", "page", "feed", "full", "missing", "moved"))
    entry = (f"/2026/ship-{number}-came", f"Ship {number}", " ".join([*prose(number), *more] * 9))
    if kind == "page":
        return story(number, *more)
    if kind in ("feed", "full"):
        return rss([entry], full=kind == "full")
    if kind == "missing":
        return missing(f"/2026/ship-{number}-came")
    return redirect(f"/go/{number}", f"/2026/ship-{number}-came")


@pytest.mark.parametrize("seed", range(3))
def test_lessons_that_come_in_the_midst_of_any_history_end_as_a_rebuild_does(tmp_path, seed):
    dice = random.Random(seed)
    with newskeep.init(tmp_path / "news") as archive:
        for _ in range(6):
            archive.keep([moment(dice, dice.randrange(25)) for _ in range(30)])
            if dice.random() < 0.6:
                archive.learn()
            blocks = archive.lessons.lesson(HERE).used.blocks
            if blocks and dice.random() < 0.3:
                archive.unlearn(HERE, [dice.choice(blocks).key])
        digest = archive.digest()
        assert archive.refresh() == 0
        assert archive.rebuild() == digest
