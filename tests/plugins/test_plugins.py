"""A third party's parts are found as the built-ins are."""

from __future__ import annotations

import sys

import pytest

from newskeep import plugins
from newskeep.errors import ConfigError


@pytest.fixture
def third_party(tmp_path, monkeypatch):
    """An installed package that brings an extractor, and one that does not load."""
    (tmp_path / "their_newskeep.py").write_text("def page(html, **facts): return (html, facts)\n")
    info = tmp_path / "their_newskeep-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-newskeep\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[newskeep.extractor]\ntheirs = their_newskeep:page\nbroken = their_newskeep:nothing\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("their_newskeep", None)


@pytest.mark.parametrize("kind", sorted(plugins.BUILT_IN))
def test_every_built_in_loads(kind):
    for name in plugins.BUILT_IN[kind]:
        assert callable(plugins.find(kind, name))


@pytest.mark.usefixtures("third_party")
def test_an_installed_extractor_is_found_by_name():
    assert "theirs" in plugins.names("extractor")
    assert plugins.find("extractor", "theirs")(b"x", url="u") == (b"x", {"url": "u"})


@pytest.mark.usefixtures("third_party")
def test_one_that_does_not_load_says_so():
    with pytest.raises(ConfigError, match=r"extractor 'broken' \(their_newskeep:nothing\)"):
        plugins.find("extractor", "broken")


def test_an_unknown_name_is_told_with_the_known_ones():
    with pytest.raises(ConfigError, match="known are jekyll, site") as caught:
        plugins.find("publisher", "hugo9")
    assert "newskeep.publisher" in str(caught.value)
