"""The reference describes what is there, all of it, and nothing else."""

from __future__ import annotations

import argparse
import inspect
import json
import re
import tomllib
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

import pytest
from newsstand import Newsstand
from support.docs import ROOT, headings, read, section, told

import newskeep
from newskeep import Archive, cli, clock, config, errors, layout
from newskeep.extraction.explain import WHY
from newskeep.health.advice import KINDS, Suggestion
from newskeep.health.figures import DOUBTFUL, Bodies, Doubt
from newskeep.types import Source

CLI = Path("docs/reference/cli.md")
CONFIGURATION = Path("docs/reference/configuration.md")
PYTHON = Path("docs/reference/python.md")
ENVIRONMENT = Path("docs/reference/environment.md")
STORY = "http://127.0.0.1:{port}/bell/bridge-reopens-lorries"


def module(verb: str):
    name = f"{verb}_" if verb in ("import", "list") else verb
    return import_module(f"newskeep.cli.{name}")


# The command line


def test_every_verb_has_a_section_and_every_section_a_verb():
    verbs = [one for title in headings(CLI) for one in re.findall(r"^`newskeep (\w+)`$", title)]
    assert sorted(verbs) == sorted(cli.VERBS)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_option_is_told_and_none_that_does_not_exist(verb):
    parser = argparse.ArgumentParser(add_help=False)
    module(verb).arguments(parser)
    options = {one for action in parser._actions for one in action.option_strings}
    described = {
        name.split()[0] for name in told(section(CLI, f"`newskeep {verb}`")) if name[0] == "-"
    }
    assert described == options


def test_every_exit_code_is_told():
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", read(CLI), re.MULTILINE)}
    raised = {kind.exit_code for kind in tree(errors.NewskeepError)}
    assert codes == raised | {0, 130, 143}
    assert codes == {int(code) for code in re.findall(r"\d+", cli.EXIT_CODES)}


def test_errors_end_with_the_code_that_they_stand_behind():
    rows = re.findall(r"^\| (\d+) \|[^|]*\| (.*) \|$", section(CLI, "Exit codes"), re.MULTILINE)
    named = {name: int(code) for code, names in rows for name in re.findall(r"`(\w+)`", names)}
    for kind in tree(errors.NewskeepError):
        nearest = next(one.__name__ for one in kind.__mro__ if one.__name__ in named)
        assert named[nearest] == kind.exit_code, kind.__name__


def tree(kind: type) -> list[type]:
    return [kind, *(one for child in kind.__subclasses__() for one in tree(child))]


def keys(text: str, label: str) -> list[str]:
    """What a line that begins so names in backticks, less what stands in parentheses."""
    (line,) = re.findall(rf"^{label}(.*)$", text, re.MULTILINE)
    return re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", line.split(". ")[0]))


COMMANDS = {
    "sources": ("sources",),
    "list": ("list",),
    "show": ("show", STORY),
    "extract": ("extract", STORY),
    "log": ("log", STORY),
    "diff": ("diff", STORY),
    "search": ("search", "bridge"),
    "status": ("status",),
    "rebuild": ("rebuild", "--digest"),
    "publish": ("publish", "jekyll", "{tmp}/posts"),
    "init": ("init", "{tmp}/another"),
    "follow": ("follow", "https://example.com/feed.xml", "--kind", "feed"),
    "unfollow": ("unfollow", "https://example.com/feed.xml"),
}


@pytest.mark.parametrize("verb", COMMANDS)
def test_json_has_the_keys_that_are_told(verb, tutorial, tmp_path, capsys):
    found = objects(COMMANDS[verb], tutorial, tmp_path, capsys)
    label = r"JSON.*?: (?:the source: |the summary.*?: )?"
    wanted = keys(section(CLI, f"`newskeep {verb}`"), label)
    for one in found:
        assert list(one) == wanted


def objects(command, tutorial, tmp_path, capsys) -> list[dict]:
    filled = [word.format(port=tutorial.port, tmp=tmp_path) for word in command]
    place = () if command[0] == "init" else ("--archive", str(tutorial.archive))
    assert cli.main([*place, *filled, "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found
    return found


def test_a_source_of_status_has_the_keys_that_are_told(tutorial, tmp_path, capsys):
    (status,) = objects(("status",), tutorial, tmp_path, capsys)
    wanted = re.search(r"A source here is an object of (.*)\.", read(CLI))
    assert wanted
    assert list(status["sources"][0]) == re.findall(r"`(\w+)`", wanted[1])


def test_every_fact_of_a_doubtful_article_is_told_with_the_threshold():
    text = section(CLI, "`newskeep status`")
    (line,) = re.findall(r"^.*`doubtful` lists the (.*)$", text, re.MULTILINE)
    assert re.findall(r"`(\w+)`", line) == [one.name for one in fields(Doubt)]
    assert f"below {DOUBTFUL}," in line
    assert f"below {DOUBTFUL} |" in text


def test_every_verdict_of_an_explanation_is_told_in_its_order():
    rows = section(CLI, "`newskeep extract`").split("| Verdict |")[1]
    assert re.findall(r"^\| `([^`]+)` \|", rows, re.MULTILINE) == list(WHY)


def test_every_kind_of_suggestion_is_told_in_its_order():
    rows = section(CLI, "`newskeep status`").split("| Kind | When |")[1]
    assert told(rows) == list(KINDS)


def test_every_fact_of_bodies_and_of_a_suggestion_is_told():
    text = section(CLI, "`newskeep status`")
    (row,) = re.findall(r"^\| `bodies` \|(.*)$", text, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == {one.name for one in fields(Bodies)}
    (line,) = re.findall(r"^A suggestion is an object of (.*)$", text, re.MULTILINE)
    assert re.findall(r"`(\w+)`", line) == [one.name for one in fields(Suggestion)]


def test_an_import_ends_with_the_keys_that_are_told(tutorial, tmp_path, capsys):
    objects(("publish", "jekyll", "{tmp}/posts"), tutorial, tmp_path, capsys)
    objects(("init", "{tmp}/other"), tutorial, tmp_path, capsys)
    other = ["--archive", str(tmp_path / "other"), "import"]
    assert cli.main([*other, "jekyll", str(tmp_path / "posts"), "--workers", "1", "--json"]) == 0
    *events, done = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    text = section(CLI, "Events of import")
    assert list(done) == keys(text, "JSON of `done` for `jekyll`: ")
    assert list(events[0]) == ["event", "id", "url", "role"]
    (tmp_path / "subs.json").write_text('[{"site": "X", "url": "https://x.example/feed"}]')
    assert cli.main([*other, "subs", str(tmp_path / "subs.json"), "--json"]) == 0
    (done,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    last = text.split("JSON of `done` for `opml` and `subs`: ")[1]
    assert list(done) == re.findall(r"`(\w+)`", last)


def test_sync_tells_the_events_that_are_told(tmp_path, capsys, monkeypatch):
    described = {
        name: re.findall(r"`(\w+)`", facts)
        for name, facts in re.findall(
            r"^\| `(\w+)` \| ([^|]*) \|", section(CLI, "Events of sync"), re.MULTILINE
        )
    }
    seen = {}
    for event in events_of_some_days(tmp_path, capsys, monkeypatch):
        name = event.pop("event")
        assert list(event) == described[name]
        seen[name] = event
    assert described.keys() - seen.keys() == {"back", "learned"}
    assert seen["gone"]["title"]


def events_of_some_days(tmp_path, capsys, monkeypatch):
    folder = str(tmp_path / "news")
    with newskeep.init(folder) as archive, Newsstand() as stand:
        archive.layout.settings.write_text("format = 1\n[fetch]\ndelay = 0\npictures = false\n")
        archive.follow(stand.feeds()[0], allow_hosts=["127.0.0.1"])
        archive.follow(f"{stand.base}/lanhu/atom.xml")  # refused: nobody named its host
        archive.close()
        now = clock.timestamp()
        for edition, at in ((1, 1795204800), (2, 1795273800), (2, 1795280400), (2, 1795380400)):
            stand.edition = edition
            monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(at - now))
            assert cli.main(["--archive", folder, "sync", "--json"]) == 0
            yield from map(json.loads, capsys.readouterr().out.splitlines())


# Configuration


@pytest.mark.parametrize("name", config._READERS)
def test_every_setting_is_told_with_its_default(name):
    text = section(CONFIGURATION, f"`[{name}]`")
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", text, re.MULTILINE))
    assert sorted(rows) == sorted(config._READERS[name])
    document = f"format = 1\n[{name}]\n" + "\n".join(f"{key} = {rows[key]}" for key in rows)
    assert config.read_settings(document) == config.Settings()


def test_what_init_writes_has_these_defaults():
    written = tomllib.loads(layout.SETTINGS.format(title='"x"', contact='""'))
    sections = {name: table for name, table in written.items() if isinstance(table, dict)}
    assert sections.keys() == config._READERS.keys()
    for name, table in sections.items():
        assert sorted(table) == sorted(told(section(CONFIGURATION, f"`[{name}]`")))


def test_every_fact_of_a_source_is_told():
    names = told(section(CONFIGURATION, "`sources.toml`"))
    assert sorted(names) == sorted(field.name for field in fields(Source))


def test_the_variables_that_are_read_are_told():
    source = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    literal = set(re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", source))
    wanted = literal | {layout.VARIABLE, clock._VARIABLE, "COLUMNS"}
    assert sorted(told(read(ENVIRONMENT))) == sorted(wanted)


# Python


def test_every_public_name_is_told_and_none_that_does_not_exist():
    titles = {name for title in headings(PYTHON) for name in re.findall(r"^`(\w+)`$", title)}
    assert titles | {"Archive", "__version__"} == set(newskeep.__all__)


@pytest.mark.parametrize(
    "name", [name for name in newskeep.__all__ if is_dataclass(getattr(newskeep, name))]
)
def test_every_field_of_a_value_is_told_in_its_order(name):
    first = section(PYTHON, f"`{name}`").split("Besides")[0]
    bare = re.sub(r"\([^)]*\)", "", first)
    wanted = [field.name for field in fields(getattr(newskeep, name))]
    assert re.findall(r"`(\w+)`", bare)[: len(wanted)] == wanted


def test_a_piece_has_what_is_told():
    assert newskeep.Piece._fields == ("op", "text")


def test_every_method_of_an_archive_is_told_with_its_parameters():
    described = {}
    for row in told(section(PYTHON, "Archive")):
        if match := re.fullmatch(r"(\w+)\((.*)\)", row):
            described[match[1]] = [
                one.lstrip("*") for one in match[2].split(", ") if one not in ("*", "")
            ]
    methods = {
        name: list(inspect.signature(value).parameters)[1:]
        for name, value in vars(Archive).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }
    methods["import_"].remove("options")
    assert described == methods


def test_every_attribute_of_an_archive_is_told(tmp_path):
    (line,) = re.findall(r"^Attributes: (.*)$", section(PYTHON, "Archive"), re.MULTILINE)
    with newskeep.init(tmp_path / "news") as archive:
        instance = [name for name in vars(archive) if not name.startswith("_")]
    rooms = [
        name
        for name, value in vars(Archive).items()
        if not name.startswith("_") and not inspect.isfunction(value)
    ]
    wanted = re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", line))
    assert sorted(wanted) == sorted({*instance, *rooms})


def test_the_error_tree_is_told():
    text = section(PYTHON, "`NewskeepError`")
    for kind in tree(errors.NewskeepError):
        assert f"`{kind.__name__}`" in text or kind is errors.NewskeepError
