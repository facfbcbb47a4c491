"""Every command that a page shows is one that newskeep takes; every piece of code runs or compiles."""

from __future__ import annotations

import argparse
import ast
import json
import re
import shlex
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from newsstand import Newsstand
from support.docs import PAGES, Block, blocks, read, without_blocks

import newskeep
from newskeep import Article, Feed, cli, clock, config, layout

PLUGINS = Path("docs/how-to/write-a-plugin.md")


def commands(page) -> list[str]:
    """The commands in a page's blocks."""
    found = []
    for block in blocks(page):
        if block.language in ("python", "toml"):
            continue
        start = r"^\$ " if block.language == "console" else r"(?:^|[/ ])"
        found += re.findall(rf"{start}(newskeep [^&\n#]*)", block.text, re.MULTILINE)
    return [line for line in dict.fromkeys(found) if "VERB" not in line]


COMMANDS = [(page, line) for page in PAGES for line in commands(page)]
MENTIONS = [
    (page, one)
    for page in PAGES
    for one in dict.fromkeys(re.findall(r"`(newskeep [^`]*)`", without_blocks(page)))
]


def test_there_are_commands_to_try():
    assert len(COMMANDS) > 50
    assert len(MENTIONS) > 50


def verb_module(verb: str):
    return import_module(
        f"newskeep.cli.{verb}_" if verb in ("import", "list") else f"newskeep.cli.{verb}"
    )


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=str)
def test_every_command_parses(page, line, monkeypatch):
    for verb in cli.VERBS:
        monkeypatch.setattr(verb_module(verb), "run", lambda chosen: 0)
    assert cli.main(shlex.split(line)[1:]) == 0, page


@pytest.mark.parametrize(("page", "line"), MENTIONS, ids=str)
def test_every_verb_and_option_that_is_mentioned_exists(page, line):
    words = line.split()[1:]
    if words[0] in ("VERB", "--version", "--help"):
        return
    assert words[0] in cli.VERBS, page
    parser = argparse.ArgumentParser()
    parser.add_argument("--archive")
    verb_module(words[0]).arguments(parser)
    known = {name for action in parser._actions for name in action.option_strings}
    assert {word for word in words if word.startswith("--")} <= known, page


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_python_compiles_and_toml_and_json_are_read(page):
    for block in blocks(page):
        if block.language == "python":
            ast.parse(block.text)
        elif block.language == "toml":
            check_toml(block)
        elif block.language == "json":
            json.loads(block.text)


def check_toml(block: Block) -> None:
    """Settings and sources are read by newskeep itself; anything else has to be TOML."""
    found = tomllib.loads(block.text)
    if "source" in found:
        assert config.read_sources(block.text)
    elif found.keys() <= config._READERS.keys():
        assert config.read_settings("format = 1\n" + block.text)


def test_the_quick_start_runs(tmp_path, monkeypatch, capsys):
    (start,) = blocks(Path("README.md"), "python")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(layout, "SETTINGS", layout.SETTINGS.replace("delay = 1.0 ", "delay = 0.0 "))
    at = 1795204800 - clock.timestamp()  # the evening of the newsstand's first edition
    monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", str(at))
    with Newsstand() as stand:
        feed = f'"{stand.feeds()[0]}", allow_hosts=["127.0.0.1"]'
        exec(start.text.replace('"https://example.com/feed.xml"', feed), {})
    said = capsys.readouterr().out.splitlines()
    assert said[0] in start.text
    assert any("bridge" in line for line in said[1:])
    assert (tmp_path / "public" / "index.html").is_file()


@pytest.fixture
def plugins(tmp_path, monkeypatch):
    """The how-to's package, installed."""
    code = "\n".join(block.text for block in blocks(PLUGINS, "python"))
    (tmp_path / "my_package.py").write_text(code, encoding="utf-8")
    table = blocks(PLUGINS, "toml")[0].text
    info = tmp_path / "my_package-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-package\nVersion: 1.0\n")
    points = [
        f"[{group}]\n" + "\n".join(f"{name} = {place}" for name, place in parts.items())
        for group, parts in tomllib.loads(table)["project"]["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(points))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield sys.modules
    sys.modules.pop("my_package", None)


@pytest.mark.usefixtures("plugins")
def test_the_plug_ins_of_the_how_to_work(tmp_path):
    from newskeep.plugins import find

    facts = {"url": "https://x.example/a-1", "content_type": "text/html", "received": clock.now()}
    made = find("extractor", "mine")(b"<article><h1>A</h1><p>Text.</p></article>", **facts)
    assert isinstance(made, Article)
    assert made.site == "The Example"
    assert find("extractor", "mine").version == "mine/1"
    feed = find("source", "bulletin")(b"Bridge opens https://x.example/a-1\n", **facts)
    assert isinstance(feed, Feed)
    assert [one.title for one in feed.entries] == ["Bridge opens"]
    (tmp_path / "list.txt").write_text("https://x.example/feed https://y.example/feed\n")
    with newskeep.init(tmp_path / "news") as archive:
        report = archive.import_("addresses", tmp_path / "list.txt", on_event=None, workers=1)
        assert str(report) == "2 sources added"
        assert archive.publish("titles", tmp_path / "out").written == 1
    assert (tmp_path / "out" / "titles.txt").read_text() == ""


def test_every_kind_of_part_is_told():
    from newskeep.plugins import BUILT_IN

    for kind, parts in BUILT_IN.items():
        assert f'"newskeep.{kind}"' in read(PLUGINS)
        for name in parts:
            assert f"`{name}`" in read(PLUGINS)
