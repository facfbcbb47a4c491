"""newskeep reads feedparser's own files as feedparser does, but for differences with a reason."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "feedparser_suite", Path(__file__).with_name("feedparser_suite.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


suite = _loaded()
TESTS = suite.folder()

pytestmark = pytest.mark.skipif(
    TESTS is None, reason=f"{suite.VARIABLE} names no folder with feedparser's tests"
)


def test_all_but_two_in_a_hundred_agree_and_the_rest_is_explained():
    outcome = suite.compare(TESTS)
    assert outcome.share >= 0.98
    assert set(outcome.differing) == set(suite.reasons())


@pytest.mark.parametrize("kind", ["illformed", "encoding"])
def test_no_broken_file_makes_it_raise(kind):
    found = suite.files(TESTS, kind)
    assert found
    for path in found:
        suite.read(path, TESTS, path.read_bytes())


def test_a_feed_in_gb18030_that_says_another_charset_keeps_its_entries():
    said = "<rss><channel><item><title>镕基的新闻报道</title><guid>1</guid></item></channel></rss>"
    for declared in ("gb2312", "utf-8", "iso-8859-1"):
        data = f'<?xml version="1.0" encoding="{declared}"?>{said}'.encode("gb18030")
        assert len(suite.feeds.parse(data, url="u", received=suite.RECEIVED).entries) == 1
