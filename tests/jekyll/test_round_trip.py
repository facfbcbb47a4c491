"""Import, publish as posts, import again: the same articles, none lost."""

from __future__ import annotations

from collections import Counter

import pytest
from support.answers import SITE, page, picture
from support.shared import SHARED, needs_shared

import newskeep
from newskeep.discover import jekyll
from newskeep.url import canonical


def essence(story):
    """What must survive the way out and in again."""
    article = story.article
    date = article.published
    return (
        article.title,
        date.at.replace(microsecond=0) if date else None,
        date.day_only if date else None,
        article.authors,
        canonical(article.url),
        article.tags,
        article.text,
        article.site,
        article.permalink,
    )


def there_and_back(archive, tmp_path):
    archive.publish("jekyll", tmp_path / "mirror")
    with newskeep.init(tmp_path / "again") as again:
        report = again.import_("jekyll", tmp_path / "mirror")
        assert report.problems == []
        return {canonical(story.url): essence(story) for story in again.stories()}


@needs_shared
def test_the_mirrors_posts_survive(tmp_path):
    names = sorted((SHARED / "posts").iterdir())
    addresses = Counter(canonical(jekyll.parse(p.read_bytes(), name=p.name).url) for p in names)
    with newskeep.init(tmp_path / "news") as archive:
        report = archive.import_("jekyll", SHARED / "posts")
        assert (report.files, report.problems) == (len(names), [])
        stories = {canonical(story.url): story for story in archive.stories()}
        assert set(stories) == set(addresses)
        before = {url: essence(story) for url, story in stories.items()}
        after = there_and_back(archive, tmp_path)
    assert set(after) == set(before)
    assert [url for url in before if before[url] != after[url]] == []


@needs_shared
def test_importing_again_adds_nothing(tmp_path):
    with newskeep.init(tmp_path / "news") as archive:
        archive.import_("jekyll", SHARED / "posts")
        digest = archive.digest()
        report = archive.import_("jekyll", SHARED / "posts")
        assert (report.files, report.known) == (0, 290)
        assert archive.digest() == digest


@needs_shared
def test_the_seed_post_comes_out_clean(tmp_path):
    with newskeep.init(tmp_path / "news") as archive:
        archive.import_("jekyll", SHARED / "seed")
        (story,) = archive.stories()
        archive.publish("jekyll", tmp_path / "mirror")
    article = story.article
    (post,) = (tmp_path / "mirror" / "_posts").iterdir()
    text = post.read_text()
    for rubbish in ("dfp-ad", "innity", "subscribe", "utm_", "freemium", "pinger-seen", "lazyload"):
        assert rubbish not in article.html, rubbish
        assert rubbish not in text, rubbish
    assert len(article.text.split("\n")) == 7
    assert text.count("<p>") == 7
    assert article.access == "metered"
    assert article.published.at.isoformat() == "2021-10-08T15:08:00+00:00"
    assert article.authors == ("联合早报",)
    head = text.split("\n")[:12]
    assert [line.split(":")[0] for line in head[1:8]] == [
        "layout",
        "title",
        "date",
        "author",
        "from",
        "tags",
        "categories",
    ]
    assert "<!--1633705680000-->" in text
    assert "date: 2021-10-08T15:08:00.000Z" in head
    assert "tags: [ 联合早报 ]" in head


TITLES = [
    'Quotes "inside" and \\ backslash',
    "a: b # c",
    "yes",
    "1e3",
    "2021-01-01",
    "null",
    "{{ site.title }} {% raw %}",
    "[brackets] (and) _more_ *stars* `ticks` <tags> &amp; &",
    "  spaces\tand tabs ",
    "北京：“引号”与【括号】",
    "emoji 🗞️ and e\u0301 combining",
    "../../etc/passwd",
    "CON",
    "nul.txt",
    ".hidden",
    "trailing dot.",
    "x" * 400,
    "长" * 300,
    "%7B%7B",
    "---",
    "- - -",
    "!ruby/object",
    "'single'",
    "?",
    "",
]


@pytest.fixture
def nasty(tmp_path):
    """An archive whose titles are all of them nasty."""
    with newskeep.init(tmp_path / "news", title='The "Nasty" {{ archive }}') as archive:
        body = [
            "The first paragraph of {{ liquid }} and {% raw %} text, with *stars*.",
            "$$x$$ {:.no}",
        ]
        pages = [
            page(f"/story-{number}-a", title, [*body, f"Number {number} has text of its own here."])
            for number, title in enumerate(TITLES)
        ]
        archive.keep(pages)
        yield archive


def test_nasty_titles_survive(nasty, tmp_path):
    before = {canonical(story.url): essence(story) for story in nasty.stories()}
    after = there_and_back(nasty, tmp_path)
    lossless = [slice(0, 5), slice(6, 7)]  # tags and site gain the source's name
    for url, one in before.items():
        assert [one[part] for part in lossless] == [after[url][part] for part in lossless]


def test_names_are_legal_everywhere_and_stable(nasty, tmp_path):
    nasty.publish("jekyll", tmp_path / "mirror")
    names = {path.name for path in (tmp_path / "mirror" / "_posts").iterdir()}
    assert len(names) == len(TITLES)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert len(name.encode()) <= 200
        assert not set(name) & set('<>:"/\\|?*')
        assert name == name.strip(" .")
    nasty.keep(
        [page("/another-1-b", "yes", ["A story that came later with a title that stood already."])]
    )
    nasty.publish("jekyll", tmp_path / "mirror")
    assert names < {path.name for path in (tmp_path / "mirror" / "_posts").iterdir()}


def test_pictures_are_kept_beside_the_posts(tmp_path):
    address = "https://pictures.example/bridge.jpg"
    with newskeep.init(tmp_path / "news") as archive:
        archive.keep([page("/bridge-1-a", "Bridge", ["A paragraph of text."] * 3, picture=address)])
        archive.keep([picture(address)])
        before = archive[f"{SITE}/bridge-1-a"]
        archive.publish("jekyll", tmp_path / "mirror")
        (post,) = (tmp_path / "mirror" / "_posts").iterdir()
        assert f'data-original="{address}"' in post.read_text()
        (kept,) = (tmp_path / "mirror" / "assets" / "pictures").iterdir()
        assert kept.read_bytes().startswith(b"\xff\xd8")
        assert f"../../assets/pictures/{kept.name}" in post.read_text()
    with newskeep.init(tmp_path / "again") as again:
        again.import_("jekyll", tmp_path / "mirror")
        (story,) = again.stories()
        assert [image.url for image in story.article.images] == [address]
        assert story.article.text == before.article.text


def test_only_what_changed_is_written_and_strangers_stay(tmp_path):
    with newskeep.init(tmp_path / "news") as archive:
        archive.keep([page("/one-1-a", "One", ["A paragraph of text."] * 3)])
        archive.keep([page("/two-1-a", "Two", ["Another paragraph of text."] * 3)])
        first = archive.publish("jekyll", tmp_path / "mirror")
        (tmp_path / "mirror" / "_posts" / "2020-01-01-mine.md").write_text("mine")
        (tmp_path / "mirror" / "_config.yml").write_text("title: mine\n")
        second = archive.publish("jekyll", tmp_path / "mirror")
        assert (first.written, second.written, second.removed) == (5, 0, 0)
        assert (tmp_path / "mirror" / "_config.yml").read_text() == "title: mine\n"
        third = archive.publish("jekyll", tmp_path / "mirror", select="title:One")
        assert third.removed == 1
    left = {path.name for path in (tmp_path / "mirror" / "_posts").iterdir()}
    assert left == {"2020-01-01-mine.md", "2026-10-30-One.md"}


def test_what_is_no_fact_of_the_mirrors_survives_as_well(tmp_path):
    wall = '<div class="paywall">Subscribe to read on</div>'
    with newskeep.init(tmp_path / "first") as archive:
        source = archive.follow(f"{SITE}/feed.xml", title="Harbour", tags=["opinion"])
        archive.keep([page("/a-1", "Tagged", ["A long text. " * 30], source=source.id)])
        archive.keep([page("/b-1", "Plain", ["Another text. " * 30, wall])])
        wanted = {facts(story) for story in archive.stories()}
        archive.publish("jekyll", tmp_path / "posts")
    with newskeep.init(tmp_path / "second") as archive:
        archive.import_("jekyll", tmp_path / "posts")
        assert {facts(story) for story in archive.stories()} == wanted


def facts(story):
    """What a list shows of a story beside its title."""
    return (story.url, story.article.access, frozenset((*story.article.tags, *story.tags)))
