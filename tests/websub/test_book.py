"""The book of subscriptions: which act is right in which state, and what it survives."""

from __future__ import annotations

import pytest

from newskeep import clock as time
from newskeep.errors import ArchiveError
from newskeep.websub.book import DAY, LONGEST_LEASE, SOONEST, Book
from newskeep.websub.offer import Offer

OFFER = Offer("https://hub.example/", "https://paper.example/feed.xml")

ACTS = {
    "confirm": lambda book, path: book.confirm(path, 1000.0),
    "confirm_end": lambda book, path: book.confirm_end(path),
    "deny": lambda book, path: book.deny(path),
    "leave": lambda book, path: book.leave(path),
}
WAYS = {
    "asked": [],
    "active": ["confirm"],
    "leaving": ["confirm", "leave"],
    "ended": ["confirm", "leave", "confirm_end"],
    "denied": ["deny"],
}
"""How a subscription comes into each state."""

NEXT = {
    ("asked", "confirm"): "active",
    ("asked", "deny"): "denied",
    ("asked", "leave"): "leaving",
    ("active", "confirm"): "active",
    ("active", "deny"): "denied",
    ("active", "leave"): "leaving",
    ("leaving", "confirm_end"): "ended",
    ("leaving", "deny"): "ended",
    ("ended", "confirm_end"): "ended",
    ("denied", "deny"): "denied",
}
"""What follows from an act; any other act is refused and changes nothing."""


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path / "websub" / "subscriptions.sqlite")


def added(book, source="s"):
    known = {one.path for one in book.all()}
    book.add(source, OFFER, "https://news.example/websub/", ("127.0.0.1", "hub.lan:80"))
    (new,) = [one for one in book.all() if one.path not in known]
    return new


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", WAYS)
def test_each_act_is_right_in_some_states_and_refused_in_the_others(book, state, act):
    path, other = added(book).path, added(book, "t")
    for step in WAYS[state]:
        assert ACTS[step](book, path)
    assert book.find(path).state == state
    assert ACTS[act](book, path) == ((state, act) in NEXT)
    assert book.find(path).state == NEXT.get((state, act), state)
    assert book.find(other.path) == other, "no other subscription is touched"


@pytest.mark.parametrize("act", ACTS)
def test_what_is_not_there_is_refused(book, act):
    added(book)
    assert not ACTS[act](book, "elsewhere")


def test_a_subscription_is_told_by_what_nobody_can_guess(book):
    one, other = added(book), added(book)
    assert one.path != other.path
    assert one.secret != other.secret
    assert one.address == f"https://news.example/websub/{one.path}"
    assert one.allow_hosts == ("127.0.0.1", "hub.lan:80")
    assert one.secret not in repr(one)
    assert one.path not in repr(one)


def test_a_renewal_is_due_when_a_third_of_the_lease_is_left(book):
    path, now = added(book).path, time.timestamp()
    for lease, wait in ((9 * DAY, 6 * DAY), (60, SOONEST), (10**9, LONGEST_LEASE * 2 / 3)):
        book.confirm(path, lease)
        found = book.find(path)
        assert found.due == pytest.approx(now + wait, abs=60)
        assert found.until == pytest.approx(now + min(lease, LONGEST_LEASE), abs=60)


def test_a_hub_is_asked_again_in_a_day_unless_it_asks_back(book):
    path, now = added(book).path, time.timestamp()
    assert book.find(path).due == pytest.approx(now, abs=60)
    book.asking(path)
    assert book.find(path).due == pytest.approx(now + DAY, abs=60)
    assert book.find(path).last_asked == pytest.approx(now, abs=60)


def test_the_longest_lease_of_a_source_counts_and_only_while_it_is_active(book):
    assert book.lease_of("s") == 0.0
    one, other = added(book), added(book)
    book.confirm(one.path, 1000.0)
    book.confirm(other.path, 5000.0)
    assert book.lease_of("s") == pytest.approx(time.timestamp() + 5000, abs=60)
    assert book.lease_of("t") == 0.0
    book.leave(other.path)
    assert book.lease_of("s") == pytest.approx(time.timestamp() + 1000, abs=60)


def test_troubles_are_taken_once_and_the_last_of_a_kind_counts(book):
    one = added(book)
    book.put_trouble(one, "a", "first")
    book.put_trouble(one, "a", "second")
    book.put_trouble(one, "b", "third")
    taken = book.take_troubles()
    assert sorted((problem.kind, problem.message, source) for problem, source in taken) == [
        ("a", "second", "s"),
        ("b", "third", "s"),
    ]
    assert book.take_troubles() == []


def test_a_book_that_is_not_there_is_empty_and_is_not_made_by_asking(book, tmp_path):
    assert (book.all(), book.find("x"), book.offers(), book.take_troubles()) == ([], None, {}, [])
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_book_says_what_to_do(book, tmp_path):
    added(book)
    (tmp_path / "websub" / "subscriptions.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(ArchiveError, match="remove the file, and the hubs are asked anew"):
        book.all()
