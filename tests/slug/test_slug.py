"""Names made of titles: legal, bounded, stable."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newskeep.slug import sameness, shortened, slug

ILLEGAL = re.compile(
    '[\x00-\x20<>:"/\\\\|?*\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff#%]'
)
RESERVED = re.compile(
    r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com\d|lpt\d)(?:\.|$)", re.IGNORECASE
)

titles = st.text(max_size=60) | st.lists(
    st.sampled_from(["con", "COM1", "aux.", ".", "..", "-", "~", " ", "é", "e\u0301", "か\u3099", "桥",
                     "\u202e", "\ud83d\ude00", "ﬁ", "\x00", "/", "nul", "=\u0338"]),
    max_size=12,
).map("".join)  # fmt: skip


@given(titles, st.integers(min_value=8, max_value=200))
def test_every_name_is_legal_everywhere(title, most) -> None:
    name = slug(title, most)
    assert len(name.encode()) <= most
    assert not ILLEGAL.search(name)
    assert not RESERVED.match(name)
    assert not name.startswith((".", "-", " "))
    assert not name.endswith((".", " "))
    assert unicodedata.normalize("NFC", name) == name
    assert "--" not in name
    assert ".." not in name


@given(titles, st.integers(min_value=8, max_value=200))
@example("AUX.0/À", 8)
def test_a_name_of_a_name_is_that_name(title, most) -> None:
    assert slug(slug(title, most), most) == slug(title, most)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bridge opens again", "Bridge-opens-again"),
        ("  “Bridge”: open, again?  ", "Bridge-open,-again"),
        ("桥又开了：明天", "桥又开了-明天"),
        ("cafe\u0301", "café"),
        ("a_b/c\\d", "a-b-c-d"),
        ("over\u202eturned", "over-turned"),
        ("...hidden", "hidden"),
        ("ends. ", "ends"),
        ("CON", "CON-"),
        ("con.news", "con-.news"),
        ("conin$", "conin$-"),
        ("console", "console"),
        ("भाषा", "भाषा"),
        ("…", ""),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_a_title_keeps_its_letters(title, name) -> None:
    assert slug(title) == name


def test_a_long_title_is_cut_between_characters() -> None:
    assert slug("桥" * 100, 100) == "桥" * 33
    assert slug("con." + "a" * 100, 20) == "con-." + "a" * 15


@given(st.text(st.characters(codec="utf-8"), max_size=30), st.integers(min_value=0, max_value=40))
def test_a_shortened_text_begins_the_same(text, most) -> None:
    found = shortened(text, most)
    assert text.startswith(found)
    assert len(found.encode()) <= most
    assert len(found.encode()) > most - 4 or found == text


@pytest.mark.parametrize(("one", "other"), [("A", "a"), ("é", "e\u0301"), ("ß", "SS"), ("ﬁ", "fi")])
def test_names_that_some_file_system_takes_for_one_are_the_same(one, other) -> None:
    assert sameness(one) == sameness(other)


def test_other_names_are_other() -> None:
    assert len({sameness(name) for name in ("a", "b", "é", "e", "桥", "橋")}) == 6
