"""An article of several pages, read whole in one visit and kept as one story."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.answers import picture
from support.feeds import feed
from support.serial import TITLE, leaf, link, prose
from support.stand import http, to

from newskeep import keep

STORY = "/town/bridge-reopens-2026"


def html(text, *fields):
    return http(200, text.encode(), "Content-Type: text/html; charset=utf-8", *fields)


@pytest.fixture
def serial(stand):
    """Three pages, marked by rel=next; the second's picture is on the third."""

    def publish(*, count=3, **facts):
        for page in range(1, count + 1):
            path = STORY if page == 1 else f"{STORY}?page={page}"
            more = link(f"?page={page + 1}", "Next", "next") if page < count else ""
            stand.scripts[path] = html(leaf(page, more, **facts))

    publish()
    return publish


def text_of(archive, stand):
    return archive[stand.base + STORY].article.text


def asked(stand, start=STORY):
    return [one for one in stand.targets() if one.startswith(start)]


def test_an_article_of_three_pages_is_one_story_with_all_its_text(archive, stand, serial, follow):
    report = follow(STORY)
    assert (report.new, report.revised, report.problems) == (1, 0, [])
    assert asked(stand) == [STORY, f"{STORY}?page=2", f"{STORY}?page=3"]
    (story,) = archive.stories()
    assert story.article.text.split("\n") == [*prose(1), *prose(2), *prose(3)]
    assert story.article.title == TITLE
    assert not story.article.truncated
    assert len(story.revisions) == 1
    assert archive[f"{stand.base}{STORY}?page=3"].id == story.id


def test_each_page_is_a_capture_of_its_own_before_the_first_one(archive, stand, serial, follow):
    follow(STORY)
    kept = [(one.role, one.url.removeprefix(stand.base)) for one in archive.captures.walk()]
    assert kept[-3:] == [("part", f"{STORY}?page=2"), ("part", f"{STORY}?page=3"), ("page", STORY)]


def test_an_edit_on_a_further_page_is_a_revision(archive, stand, serial, follow, again):
    follow(STORY)
    stand.scripts[f"{STORY}?page=3"] = html(leaf(8))
    report = again()
    assert (report.new, report.revised) == (0, 1)
    first, second = archive[stand.base + STORY].revisions
    assert first.article.text.endswith(prose(3)[-1])
    assert second.article.text.endswith(prose(8)[-1])
    assert second.id == keep.observation_id(second.captures[0])


def test_a_page_that_the_publisher_took_out_is_a_revision(archive, stand, serial, follow, again):
    follow(STORY)
    serial(count=2)
    assert again().revised == 1
    assert text_of(archive, stand).endswith(prose(2)[-1])


def test_pages_that_stay_the_same_are_no_revision(archive, serial, follow, again):
    follow(STORY)
    report = again()
    assert (report.new, report.revised, report.problems) == (0, 0, [])


def test_a_page_that_fails_costs_no_text_and_is_asked_again(archive, stand, serial, follow, again):
    stand.scripts[f"{STORY}?page=3"] = http(500)
    report = follow(STORY)
    assert report.new == 1
    (story,) = archive.stories()
    assert story.article.text.endswith(prose(2)[-1])
    assert story.article.truncated
    (problem,) = story.article.problems
    assert (problem.kind, problem.url) == ("further-page-missing", f"{stand.base}{STORY}?page=3")
    assert problem in report.problems

    serial()
    report = again()
    assert (report.new, report.revised, report.problems) == (0, 0, [])
    (story,) = archive.stories()
    assert story.article.text.endswith(prose(3)[-1])
    assert (len(story.revisions), story.article.problems) == (1, ())


def test_a_page_that_fails_later_takes_nothing_away(archive, stand, serial, follow, again):
    follow(STORY)
    stand.scripts[f"{STORY}?page=2"] = http(503)
    assert again().revised == 0
    assert text_of(archive, stand).endswith(prose(3)[-1])
    serial()
    assert again().revised == 0


def test_a_page_that_is_no_more_is_an_edit_that_is_told(archive, stand, serial, follow, again):
    follow(STORY)
    stand.scripts[f"{STORY}?page=3"] = http(410)
    report = again()
    assert (report.revised, [one.kind for one in report.problems]) == (1, ["further-page-gone"])
    assert text_of(archive, stand).endswith(prose(2)[-1])


def test_the_first_page_is_asked_without_validators_while_a_further_one_is_missing(
    archive, stand, serial, follow, again
):
    def first(request):
        fresh = request.field("If-None-Match") is None
        return html(leaf(1, link("?page=2", "2")), 'ETag: "one"') if fresh else http(304)

    stand.scripts[STORY] = first
    stand.scripts[f"{STORY}?page=2"] = http(500)
    follow(STORY)
    stand.scripts[f"{STORY}?page=2"] = html(leaf(2))
    again()
    assert text_of(archive, stand).endswith(prose(2)[-1])
    again()
    assert [one.field("If-None-Match") for one in stand.log if one.target == STORY] == [
        None,
        None,
        '"one"',
    ]


def test_pages_that_were_not_changed_are_not_asked_for_their_further_pages(
    archive, stand, serial, follow, again
):
    page = html(leaf(1, link("?page=2", "2")), 'ETag: "one"')
    stand.scripts[STORY] = lambda request: (
        page if request.field("If-None-Match") is None else http(304)
    )
    follow(STORY)
    again()
    assert asked(stand).count(f"{STORY}?page=2") == 1
    assert text_of(archive, stand).endswith(prose(3)[-1])


def test_robots_are_asked_for_further_pages_too(archive, stand, serial, follow, again):
    rules = b"User-agent: *\nDisallow: /*page=3\n"
    stand.scripts["/robots.txt"] = http(200, rules, "Content-Type: text/plain")
    follow(STORY)
    again()
    assert f"{STORY}?page=3" not in stand.targets()
    assert text_of(archive, stand).endswith(prose(2)[-1])


def test_a_picture_on_page_three_belongs_to_the_article(archive, stand, serial, follow):
    figure = '<figure><img src="/pictures/crane.jpg" alt="A crane"></figure>'
    stand.scripts[f"{STORY}?page=3"] = html(leaf(3, inside=figure))
    stand.scripts["/pictures/crane.jpg"] = http(
        200, picture("/x").payload, "Content-Encoding: gzip"
    )
    follow(STORY)
    address = f"{stand.base}/pictures/crane.jpg"
    assert [one.url for one in archive[stand.base + STORY].article.images] == [address]
    assert archive.picture(address) is not None


def test_no_more_than_twenty_further_pages_are_asked_for(archive, stand, serial, follow):
    serial(count=40)
    report = follow(STORY)
    assert len(asked(stand)) == 21
    (story,) = archive.stories()
    assert story.article.truncated
    assert [one.kind for one in report.problems] == ["further-pages-left"]


def test_no_more_is_asked_for_once_so_much_was_received(
    archive, stand, serial, follow, monkeypatch
):
    monkeypatch.setattr("newskeep.sync.further.MOST_BYTES", 1_000)
    follow(STORY)
    assert len(asked(stand)) == 2


def test_pages_that_lead_in_a_circle_end(archive, stand, serial, follow):
    stand.scripts[f"{STORY}?page=3"] = html(leaf(3, link("?page=2", "Next page", "next")))
    follow(STORY)
    assert len(asked(stand)) == 3


def test_a_page_that_sends_back_to_the_first_ends_the_article(archive, stand, serial, follow):
    stand.scripts[f"{STORY}?page=3"] = to(STORY, 302)
    report = follow(STORY)
    assert text_of(archive, stand).endswith(prose(2)[-1])
    assert report.problems == []


def test_a_page_behind_a_redirect_is_joined(archive, stand, serial, follow):
    stand.scripts[f"{STORY}?page=3"] = to(f"{STORY}/3")
    stand.scripts[f"{STORY}/3"] = html(leaf(3))
    follow(STORY)
    assert text_of(archive, stand).endswith(prose(3)[-1])


def test_a_link_to_page_two_makes_no_story_and_no_edit(archive, stand, serial, follow, again):
    head = f'<link rel="canonical" href="{stand.base}{STORY}">'
    serial(head=head)
    follow(STORY)
    stand.scripts["/second.xml"] = feed([f"{stand.base}{STORY}?page=2"])
    archive.follow(f"{stand.base}/second.xml", allow_hosts=["127.0.0.1"])
    report = archive.sync()
    assert (report.new, report.revised) == (0, 0)
    assert len(list(archive.stories())) == 1
    assert text_of(archive, stand).endswith(prose(3)[-1])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_rebuild_joins_the_same_pages(archive, stand, serial, follow, again, workers):
    follow(STORY)
    archive.drop_writer()
    stand.scripts[f"{STORY}?page=2"] = html(leaf(7, link("?page=3", "3")))
    again()
    before = archive.digest()
    assert archive.rebuild(workers=workers) == before
    assert len(archive[stand.base + STORY].revisions) == 2


def test_pages_in_another_capture_file_than_the_first_are_found(archive, stand, serial, follow):
    archive.settings = replace(archive.settings, rotate=1)
    follow(STORY)
    before = archive.digest()
    assert len(archive.captures.files()) > 3
    assert archive.rebuild(workers=2) == before
    assert text_of(archive, stand).endswith(prose(3)[-1])
