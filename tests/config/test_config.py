"""newskeep.toml and sources.toml: what is read, what is refused and how it is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newskeep import config, layout
from newskeep.config import Settings
from newskeep.errors import ConfigError
from newskeep.types import Source

FULL = """
format = 1
[archive]
title = "Harbour"
language = "zh-Hant"
zone = "Asia/Taipei"
base_url = "https://example.org/"
[keeper]
contact = "mailto:a@example.org"
[fetch]
delay = 1
parallel = 3
every = "30m"
timeout = 5.5
pictures = false
robots = false
[captures]
compression = "zstd"
rotate = "64MB"
[extract]
extractor = "mine"
"""


def test_every_setting_is_read():
    assert config.read_settings(FULL) == Settings(
        title="Harbour",
        language="zh-Hant",
        zone="Asia/Taipei",
        base_url="https://example.org/",
        contact="mailto:a@example.org",
        delay=1.0,
        parallel=3,
        every=1800,
        timeout=5.5,
        pictures=False,
        robots=False,
        compression="zstd",
        rotate=64 << 20,
        extractor="mine",
    )


def test_what_init_writes_is_the_default():
    text = layout.SETTINGS.format(title='"The archive"', contact='""')
    assert config.read_settings(text) == Settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the first line must be: format = 1"),
        ("format = 9", "format 9 is not known here"),
        ("format = 1\n[fetch]\ndelai = 1", "[fetch] delai: not known; did you mean delay?"),
        ("format = 1\n[fetsh]\ndelay = 1", "section [fetsh]: not known; did you mean fetch?"),
        ("format = 1\nfetch = 1", "a table is wanted here"),
        ("format = 1\n[fetch]\ndelay = '1'", "[fetch] delay = '1': write a number of seconds"),
        ("format = 1\n[fetch]\ndelay = -1", "write a number of seconds"),
        ("format = 1\n[archive]\nzone = 'Mars'", "write a time zone"),
        ("format = 1\n[fetch]\nparallel = 0", "write a whole number from 1 to 256"),
        ("format = 1\n[fetch]\nevery = '1 fortnight'", "is not a duration"),
        ("format = 1\n[fetch]\nrobots = 'no'", "write true or false"),
        ("format = 1\n[captures]\ncompression = 'bzip2'", 'write "gzip" or "zstd"'),
        ("format = 1\n[captures]\nrotate = '0MB'", "is not a size"),
        ("format = 1\n[archive]\nlanguage = 'english!'", "write a language tag"),
        ("format = 1\n[archive]\ntitle = 3", "write it in quotes"),
        ('format = 1\n[keeper]\ncontact = "a\\nb"', "write one line"),
        ("format = 1\n[fetch", "newskeep.toml: "),
    ],
)
def test_a_mistake_is_told_with_its_place(text, told):
    with pytest.raises(ConfigError) as caught:
        config.read_settings(text)
    assert told in str(caught.value)
    assert str(caught.value).startswith("newskeep.toml")


SOURCE = Source(
    id="a1",
    url="https://example.com/feed",
    title='Daily "Bell"',
    tags=("opinion", "亞洲"),
    every=5400,
    zone="+08:00",
    allow_hosts=("localhost",),
)


def test_sources_are_added_changed_and_removed_and_comments_stay():
    text = config.add_source("# mine\n", SOURCE)
    text = config.add_source(text, Source(id="b2", url="https://example.com/b"))
    assert [one.id for one in config.read_sources(text)] == ["a1", "b2"]
    assert config.read_sources(text)[0] == SOURCE
    moved = Source(id="a1", url="https://example.com/new")
    text = config.update_sources(text, moved)
    assert config.read_sources(text)[0] == moved
    text = config.remove_source(text, "b2")
    assert config.read_sources(text) == (moved,)
    assert text.startswith("# mine\n")


def test_a_first_source_needs_no_file():
    assert config.read_sources(config.add_source("", SOURCE)) == (SOURCE,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[source]]\nid = 'a'", "source 1: both id and url are needed"),
        (
            "[[source]]\nid='a'\nurl='https://x.example/'\n[[source]]\nid='a'\nurl='https://y.example/'",
            "the id 'a' stands twice",
        ),
        ("[[source]]\nid='a'\nurl='https://x.example/'\ntags='b'", "write a list"),
        ("[[source]]\nid='a'\nurl='https://x.example/'\nevery=true", "is not a duration"),
        ("[[source]]\nid='a'\nurl='https://x.example/'\ntag='b'", "did you mean tags?"),
        ("source = [1]", "a table is wanted here"),
    ],
)
def test_a_mistake_in_a_source_is_told_with_its_number(text, told):
    with pytest.raises(ConfigError, match="sources.toml") as caught:
        config.read_sources(text)
    assert told in str(caught.value)


@given(st.integers(min_value=1, max_value=10 * 365 * 86400))
def test_durations_are_shown_as_they_are_read(seconds):
    assert config.duration(config.show_duration(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "0", "-1h", "1y", "h", "1.5h", "9999999w", "1h 2m"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="duration|between"):
        config.duration(text)


@pytest.mark.parametrize(("text", "count"), [("1", 1), ("64KB", 65536), (" 2 mb ", 2 << 20)])
def test_sizes(text, count):
    assert config.size(text) == count


titles = st.text(max_size=40).filter(lambda text: "\x00" not in text)


@given(titles, st.lists(titles, max_size=3))
def test_any_title_survives_the_file(title, tags):
    source = Source(id="a", url="https://example.com/", title=title, tags=tuple(tags))
    assert config.read_sources(config.add_source("", source)) == (source,)
