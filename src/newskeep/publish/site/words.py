"""The site's own words in its languages: short and human, the same in each."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


class Words:
    """Words of one language; `words("new_stories", n=3)` fills the sentence in."""

    def __init__(self, language: str) -> None:
        self.language = nearest(language)
        self._words = _table()[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """The words for a key; `key_one` is used where `n` is 1. Raises KeyError for no key."""
        chosen = f"{key}_one" if values.get("n") == 1 and f"{key}_one" in self._words else key
        return self._words[chosen].format(**values)


def nearest(language: str) -> str:
    """Which of our languages serves a reader of this one."""
    tag = language.lower()
    if tag.startswith("zh"):
        return "zh-Hant" if any(part in tag for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
    return "en"


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("newskeep.publish.site").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
