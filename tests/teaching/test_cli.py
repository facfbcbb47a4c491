"""The verb `learn`: learn, show, refuse, forget; for people and as JSON."""

from __future__ import annotations

import json

import pytest
from support.answers import page

import newskeep
from newskeep.cli import main

HERE = "harbour.example"
CLUB = "Join the Quay Club today and get a mug with the bridge on it, for nothing at all."


@pytest.fixture
def run(tmp_path, capsys):
    """Runs `newskeep learn` on twenty articles that end alike; exit code, output and errors."""
    with newskeep.init(tmp_path / "news") as archive:
        archive.keep(
            page(f"/2026/ship-{n}", f"Ship {n}", [f"Ship {n} brought salt on tide {n}.", CLUB])
            for n in range(20)
        )

    def run(*arguments):
        code = main(["learn", *arguments, "--archive", str(tmp_path / "news")])
        return code, *capsys.readouterr()

    return run


def key(run):
    return json.loads(run("--list", "--json")[1])["blocks"][0]["key"]


def test_it_learns_once_and_says_what(run):
    code, out, _ = run()
    assert code == 0
    first, block, last = out.splitlines()
    assert first == f"{HERE}: 1 new, of 20 articles"
    assert f"  20  {CLUB[:40]}" in block
    assert last == "left out of 20 stories"
    assert run()[1] == "Nothing new was learned.\n"


def test_it_tells_what_it_learned_as_json(run):
    told = json.loads(run(HERE, "--json")[1])
    assert list(told) == ["site", "articles", "blocks", "stories"]
    assert told["blocks"] == [{"key": key(run), "articles": 20, "text": CLUB}]
    assert run("--json")[1] == ""


def test_the_list_learns_nothing(run):
    assert run("--list")[1] == "No site has taught anything yet.\n"
    run()
    out = run("--list")[1]
    assert out.startswith(f"{HERE}: learned from 20 articles\n{key(run)[:12]}")
    assert run(HERE, "--list")[1] == run(f"https://www.{HERE}/a", "--list")[1] == out
    assert run("quay.example", "--list")[1] == "quay.example has taught nothing yet.\n"
    told = json.loads(run("--list", "--json")[1])
    assert list(told) == ["site", "articles", "digest", "blocks", "refused"]


def test_a_block_is_refused_by_what_the_list_shows(run):
    run()
    shown = key(run)[:12]
    assert run(HERE, "--refuse", shown)[1] == f"{HERE}: 20 stories were derived again\n"
    assert f"{shown}  20  refused" in run("--list")[1]
    assert run()[1] == "Nothing new was learned.\n"


def test_a_lesson_is_forgotten(run):
    run()
    assert json.loads(run(HERE, "--forget", "--json")[1]) == {"site": HERE, "stories": 20}
    assert "anything" in run("--list")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--forget"], "name the SITE"),
        (["--refuse", "abcdef"], "name the SITE"),
        (["nowhere.example"], "no article of 'nowhere.example'"),
        ([HERE, "--forget"], "has taught nothing"),
        ([HERE, "--list", "--forget"], "not allowed"),
    ],
)
def test_what_makes_no_sense_is_refused(run, arguments, said):
    code, _, told = run(*arguments)
    assert code == 2
    assert said in told
