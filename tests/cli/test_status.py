"""The verb `status`: the table, one source in full, what is wrong and what to do, as JSON."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.answers import SITE

import newskeep
from newskeep import health
from newskeep.catalogue.frontier import Task
from newskeep.cli import status as verb
from newskeep.cli.terminal import width
from newskeep.health import Bodies, Doubt, SourceStatus, Status, Suggestion
from newskeep.types import Problem, Source

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR, DAY = 3600.0, 86400.0


def test_status_counts_and_names_each_source(run, kept):
    done = run("status", "--archive", kept)
    assert "3 stories, 4 revisions, 1 edited, 1 gone" in done.out
    assert re.search(r"^Harbour Bell  .* well$", done.out, re.MULTILINE)
    (facts,) = run("status", "--json", "--archive", kept).objects
    assert (facts["stories"], facts["revisions"], facts["edited"], facts["gone"]) == (3, 4, 1, 1)
    assert facts["captures"] == 7
    assert facts["problems"] == []
    assert facts["sources"][0]["stories"] == 3


def test_status_shows_the_newest_problems_and_says_where_the_others_are(run, kept):
    with newskeep.open(kept) as archive, archive.writing(), archive.catalogue.transaction():
        (source,) = archive.sources().values()
        for number in range(12):
            url, message = f"{SITE}/{number}", f"{SITE}/{number} answered 503"
            problem = Problem(url=url, stage="fetch", kind="http-503", message=message, at=NOW)
            archive.catalogue.put_problem(problem, source.id)
    done = run("status", "--archive", kept)
    assert "Problems (12)" in done.out
    assert "  … and 2 more: newskeep status --json" in done.lines
    assert re.search(r"^Harbour Bell .* http-503$", done.out, re.MULTILINE)
    (facts,) = run("status", "--json", "--archive", kept).objects
    assert len(facts["problems"]) == 12


def test_status_of_an_archive_that_follows_nothing(run, empty):
    done = run("status", "--archive", empty)
    assert done.lines[1:] == [
        "0 stories, 0 revisions, 0 edited, 0 gone",
        "0 captures, 0.0 MB; nothing is scheduled",
    ]


def test_status_tells_what_is_due(run, kept, monkeypatch):
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "0")
    with newskeep.open(kept) as archive, archive.writing(), archive.catalogue.transaction():
        archive.frontier.add([Task(url=f"{SITE}/feed.xml", role="feed", due=0.0)])
    assert "1 due now: newskeep sync" in run("status", "--archive", kept).out
    with newskeep.open(kept) as archive, archive.writing(), archive.catalogue.transaction():
        archive.frontier.forget(f"{SITE}/feed.xml")
        archive.frontier.add([Task(url=f"{SITE}/feed.xml", role="feed", due=4102444800.0)])
    assert ", 2100-01-01 00:00 UTC" in run("status", "--archive", kept).lines[2]


@pytest.mark.parametrize("name", ["Harbour Bell", f"{SITE}/feed.xml"])
def test_one_source_is_shown_in_full(run, kept, name):
    done = run("status", name, "--archive", kept)
    assert done.lines[:2] == ["Harbour Bell", f"{SITE}/feed.xml"]
    facts = dict(re.split(r"  +", line, maxsplit=1) for line in done.lines if "  " in line.strip())
    assert facts["stories"] == "3"
    assert facts["asked every"] == "30 min"
    assert facts["errors"] == "0 of 5 answers (0%)"
    assert re.fullmatch(r"\d+ min ago, \d{4}-\d\d-\d\d \d\d:\d\d UTC", facts["last success"])
    (told,) = run("status", name, "--json", "--archive", kept).objects
    assert [one["title"] for one in told["sources"]] == ["Harbour Bell"]


def test_a_source_that_is_not_there_is_told(run, kept):
    done = run("status", "Quay", "--archive", kept)
    assert done.code == 2
    assert "no source is called 'Quay'" in done.err


# What is shown of a status


def ago(**span):
    return NOW - timedelta(**span)


def source(number, **figures):
    well = {
        "title": f"Bell {number}",
        "stories": 12,
        "last_new": ago(hours=3),
        "rhythm": 2 * HOUR,
        "pause": 9 * HOUR,
        "silence": 2 * HOUR,
        "last_success": ago(minutes=12),
        "next_poll": NOW + timedelta(minutes=48),
        "answers": 50,
        "bodies": Bodies(looked=50),
    }
    given = Source(id=str(number), url=f"https://{number}.example/feed.xml")
    return SourceStatus(**{"source": given, **well, **figures})


def of(*sources, suggestions=(), problems=(), doubtful=()):
    return Status(
        at=NOW, stories=1, revisions=1, edited=0, gone=0, captures=1, bytes=10, due=0, next_due=None,
        last_seen=None, sources=sources, problems=problems, suggestions=suggestions,
        doubtful=doubtful,
    )  # fmt: skip


@pytest.fixture
def show(run, empty, monkeypatch):
    """The lines that are printed of a status; of its first source alone where `one`."""

    def show(status, *, one=False):
        monkeypatch.setattr(health, "status", lambda archive, source: status)
        done = run("status", *(["it"] if one else []), "--archive", empty)
        assert (done.code, done.err) == (0, "")
        return done.lines

    return show


def row(show, one, **more):
    """The line of the only source, its cells."""
    return re.split(r"  +", show(of(one, **more))[5])


def advice(kind, number=1, **facts):
    return Suggestion(kind=kind, message="Do it", source=str(number), **facts)


def test_times_are_relative_words(show):
    cells = row(show, source(1))
    assert cells == ["Bell 1", "3 h ago", "2 h", "12 min ago", "in 48 min", "well"]


def test_an_address_in_place_of_a_title_leaves_its_scheme_out(show):
    assert row(show, source(1, title="https://1.example/feed.xml"))[0] == "1.example/feed.xml"


def test_what_is_not_known_is_a_dash(show):
    nothing = dict.fromkeys(("last_new", "rhythm", "last_success", "next_poll"))
    assert row(show, source(1, **nothing)) == ["Bell 1", "-", "-", "-", "-", "not asked yet"]


@pytest.mark.parametrize(
    ("figures", "kinds", "state"),
    [
        ({}, [], "well"),
        ({}, ["every-too-low", "hub-offered", "sitemap-found"], "well"),
        ({"silence": 19 * DAY}, ["silent", "sitemap-found"], "silent 19 d"),
        ({"last_success": ago(days=4)}, ["unreachable"], "unreachable 4 d"),
        ({"last_success": None}, ["unreachable"], "unreachable"),
        ({"bodies": Bodies(looked=50, walled=30)}, ["walled"], "walled 60%"),
        ({"bodies": Bodies(looked=50, truncated=50)}, ["truncated"], "truncated 100%"),
        ({}, ["moved", "silent"], "moved"),
        ({"errors": 5}, [], "10% errors"),
        ({"errors": 4}, [], "well"),
        ({"source": Source(id="1", url="", kind="unfollowed")}, [], "unfollowed"),
    ],
)
def test_the_state_of_a_source_is_a_word_or_two(show, figures, kinds, state):
    suggestions = tuple(map(advice, kinds))
    assert row(show, source(1, **figures), suggestions=suggestions)[-1] == state


def test_a_problem_without_a_suggestion_is_the_state(show):
    problem = Problem(url="u", stage="fetch", kind="too-slow", message="It is slow.", at=NOW)
    assert row(show, source(1, problem=problem))[-1] == "too-slow"


TITLES = [
    "Bell",
    "蓝湖港务局周五宣布封闭两年的跨海大桥重新向货车开放首日通行三千余辆",
    "ハーバー・ベル新聞デジタル版ニュース速報ヘッドライン一覧",
    "한국어 신문의 아주 긴 제목이 여기에 있습니다 그리고 더 깁니다",
    "The Lanmere Harbour Bell and Quay Gazette, incorporating the Ferry Times",
    "https://a-very-long-address.example.com/feeds/that/goes/on/and/on/rss.xml",
    "e\u0301cole et lyce\u0301e",
    "two\nlines\tand a tab",
    "",
]


@pytest.mark.parametrize("count", [1, 20, 300])
def test_the_table_fits_the_terminal_and_lines_up_whatever_the_titles(show, count):
    sources = [source(n, title=TITLES[n % len(TITLES)]) for n in range(count)]
    head, *rows = show(of(*sources))[4:]
    assert len(rows) == count
    assert max(map(width, rows)) <= 80
    start = width(head[: head.index("next poll")])
    for line in rows:
        assert width(line[: line.index("in 48 min")]) == start


def test_a_wide_terminal_shows_more(show, monkeypatch):
    monkeypatch.setattr(verb, "columns", lambda: 100)
    head, line = show(of(source(1, errors=3)))[4:]
    assert re.split(r"  +", head)[-3:] == ["stories", "errors", "state"]
    assert re.split(r"  +", line)[-3:] == ["12", "6%", "well"]


def test_suggestions_stand_together_by_kind_with_their_commands(show):
    command = "newskeep unfollow 1"
    given = (advice("stopped", 2, command=command), advice("silent", 1), advice("silent", 3))
    lines = show(of(source(1), suggestions=given))
    assert lines[lines.index("Suggestions (3)") :] == [
        "Suggestions (3)",
        "  stopped: Do it:",
        f"    {command}",
        "  silent: Do it",
        "  silent: Do it",
    ]


def test_no_kind_of_suggestion_fills_the_screen(show):
    lines = show(of(source(1), suggestions=(advice("silent"),) * 40 + (advice("walled"),)))
    assert lines.count("  silent: Do it") == 5
    assert "  … and 35 more: newskeep status --json" in lines
    assert lines[-1] == "  walled: Do it"


def test_one_source_shows_all_that_is_wrong_with_it(show):
    bodies = Bodies(looked=50, walled=8, truncated=2, empty=1, summaries=4)
    problems = [
        Problem(url="u", stage="fetch", kind="http-503", message=f"{n} is down.", at=ago(days=n))
        for n in range(1, 13)
    ]
    one = source(1, bodies=bodies, errors=1, given_up=2)
    lines = show(of(one, problems=problems, suggestions=(advice("walled"),)), one=True)
    facts = dict(re.split(r"  +", line, maxsplit=1) for line in lines[3:17])
    assert facts["usual rhythm"] == "every 2 h, mostly within 9 h"
    assert facts["silence"] == "2 h"
    assert facts["errors"] == "1 of 50 answers (2%)"
    assert facts["next poll"] == "in 48 min, 2026-11-20 12:48 UTC"
    assert facts["pages given up"] == "2"
    assert facts["newest bodies"] == (
        "35 of 50 whole, 8 behind a wall, 2 cut short, 1 nearly empty, 4 summaries only"
    )
    assert sum("is down." in line for line in lines) == 12
    assert lines[-1] == "  walled: Do it"


def test_the_times_of_one_source_stand_in_its_zone(show):
    zoned = replace(source(1).source, zone="+08:00")
    lines = show(of(source(1, source=zoned)), one=True)
    assert any(line.endswith("3 h ago, 2026-11-20 17:00 +08:00") for line in lines)


def test_doubtful_articles_are_counted_and_the_worst_are_named_with_a_command(show):
    url = "https://1.example/bridge"
    command = f"newskeep extract {url} --explain"
    doubts = (Doubt(url=url, source="1", confidence=0.123, command=command),)
    lines = show(of(source(1, doubtful=7), source(2, doubtful=2), doubtful=doubts))
    at = lines.index("Doubtful articles (9)")
    assert lines[at + 1 : at + 3] == [f"  0.12  {url}", f"    {command}"]
    assert "doubtful articles  7" in show(of(source(1, doubtful=7)), one=True)
    assert not any("Doubtful" in line for line in show(of(source(1))))
