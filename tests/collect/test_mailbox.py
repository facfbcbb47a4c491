"""Mailboxes on the disk: newsletters are taken, other mail and the mailbox are left alone."""

from __future__ import annotations

import mailbox as standard
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.mails import PNG, letter, raw, with_picture

from newskeep.collect import mailbox

OTHER = letter(9, list_id="")


@pytest.fixture
def maildir(tmp_path):
    folder = tmp_path / "Newsletters"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    return folder


def urls(found):
    return [one.url for one in found]


def mid(*numbers):
    return [f"mid:{number}@harbour.example" for number in numbers]


# Maildir


def test_newsletters_of_a_maildir_are_taken_in_the_order_of_delivery(collected, maildir):
    (maildir / "new" / "1790000002.b").write_bytes(letter(2))
    (maildir / "cur" / "1790000001.a:2,S").write_bytes(letter(1))
    (maildir / "cur" / "1790000003.c:2,").write_bytes(OTHER)
    (maildir / "tmp" / "1790000000.d").write_bytes(letter(4))
    (maildir / "cur" / ".lock").write_bytes(letter(5))
    found = collected("mailbox", maildir.as_uri())
    assert urls(found) == mid(1, 2)
    (first, _) = found
    assert (first.kind, first.role, first.source) == ("resource", "mail", "s1")
    assert (first.content_type, first.payload) == ("message/rfc822", letter(1))
    assert collected.problems == []


def test_nothing_in_a_maildir_is_moved_or_marked(collected, maildir):
    (maildir / "new" / "1.a").write_bytes(letter(1))
    collected("mailbox", maildir.as_uri())
    assert [one.name for one in (maildir / "new").iterdir()] == ["1.a"]
    assert list((maildir / "cur").iterdir()) == []


def test_a_message_that_was_read_meanwhile_is_the_same_one(collected, maildir):
    (maildir / "new" / "1.a").write_bytes(letter(1))
    assert len(collected("mailbox", maildir.as_uri())) == 1
    (maildir / "new" / "1.a").rename(maildir / "cur" / "1.a:2,S")
    assert collected("mailbox", maildir.as_uri()) == []


def test_the_subfolders_of_a_maildir_belong_to_it(collected, maildir):
    for name in (".Harbour/cur", ".Harbour/new", "plain"):
        (maildir / name).mkdir(parents=True)
    (maildir / ".Harbour" / "cur" / "1.a").write_bytes(letter(1))
    for folder in (maildir, maildir.parent):
        assert urls(collected("mailbox", folder.as_uri())) == mid(1)
        collected.known.clear()


def test_the_maildirs_right_inside_a_folder_are_read(collected, maildir):
    (maildir / "cur" / "1.a").write_bytes(letter(1))
    assert urls(collected("mailbox", maildir.parent.as_uri())) == mid(1)


def test_a_message_that_is_moved_while_we_look_is_read_next_time(collected, maildir):
    for number in (1, 2):
        (maildir / "new" / f"{number}.a").write_bytes(letter(number))
    stream = collected.stream("mailbox", maildir.as_uri())
    first = next(stream)
    (maildir / "new" / "2.a").rename(maildir / "cur" / "2.a:2,S")
    assert [first.url, *urls(stream)] == mid(1)
    assert urls(collected("mailbox", maildir.as_uri())) == mid(1, 2)


def test_a_message_that_goes_between_look_and_reading_is_read_next_time(
    collected, maildir, monkeypatch
):
    (maildir / "new" / "1.a").write_bytes(letter(1))

    def vanished(path, most):
        raise FileNotFoundError(2, "No such file", str(path))

    monkeypatch.setattr(mailbox, "read", vanished)
    assert collected("mailbox", maildir.as_uri()) == []
    assert collected.problems == []


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(collected, maildir, monkeypatch):
    monkeypatch.setattr(mailbox, "MOST_BYTES", 2000)
    (maildir / "new" / "1.a").write_bytes(letter(1, body="x\n" * 2000))
    (maildir / "new" / "2.a").write_bytes(letter(2))
    (maildir / "new" / "3.a").symlink_to(maildir / "new" / "2.a")
    os.mkfifo(maildir / "new" / "4.a")
    assert urls(collected("mailbox", maildir.as_uri())) == mid(2)
    (told,) = collected.problems
    assert told.url == str(maildir / "new" / "1.a")
    assert "larger than" in told.message


def test_a_refused_message_is_named(collected, maildir, monkeypatch):
    (maildir / "new" / "1.a").write_bytes(letter(1))

    def refusing(path, most):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(mailbox, "read", refusing)
    collected("mailbox", maildir.as_uri())
    assert collected.problems[0].message == f"{maildir / 'new' / '1.a'}: Permission denied"


def test_a_refused_mailbox_is_named(collected, maildir, monkeypatch):
    def refusing(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(mailbox, "maildirs", refusing)
    assert collected("mailbox", maildir.as_uri()) == []
    assert collected.problems[0].message == f"{maildir}: Permission denied"


# mbox


def mbox(*messages: bytes) -> bytes:
    return b"".join(
        b"From letters@harbour.example Sun Nov  1 08:00:00 2026\n"
        + one.replace(b"\nFrom ", b"\n>From ")
        + b"\n"
        for one in messages
    )


def test_newsletters_of_an_mbox_file_are_taken_in_its_order(collected, tmp_path):
    path = tmp_path / "box"
    path.write_bytes(mbox(letter(2), OTHER, letter(1)))
    found = collected("mailbox", path.as_uri())
    assert urls(found) == mid(2, 1)
    assert [one.payload for one in found] == [letter(2), letter(1)]


def test_a_grown_mbox_file_gives_what_is_new(collected, tmp_path):
    path = tmp_path / "box"
    path.write_bytes(mbox(letter(1)))
    collected("mailbox", path.as_uri())
    path.write_bytes(mbox(letter(1), letter(2)))
    assert urls(collected("mailbox", path.as_uri())) == mid(2)


def test_an_mbox_file_of_the_standard_library_is_read_alike(collected, tmp_path):
    box = standard.mbox(tmp_path / "box")
    for number in (1, 2):
        box.add(letter(number, body="One\n\nFrom here on.\n"))
    box.close()
    found = collected("mailbox", (tmp_path / "box").as_uri())
    assert urls(found) == mid(1, 2)
    assert b"\nFrom here on." in found[0].payload


def test_a_from_line_counts_only_behind_a_blank_line_and_with_a_time(collected, tmp_path):
    path = tmp_path / "box"
    body = "A line.\nFrom me at 08:00\n\nFrom here on nothing.\n"
    path.write_bytes(mbox(b"")[:-1] + letter(1, body=body) + b"\n" + mbox(letter(2)))
    found = collected("mailbox", path.as_uri())
    assert urls(found) == mid(1, 2)
    assert b"From here on nothing." in found[0].payload


def test_a_message_too_large_is_named_by_its_place_and_costs_no_memory(
    collected, tmp_path, monkeypatch
):
    monkeypatch.setattr(mailbox, "MOST_BYTES", 2000)
    monkeypatch.setattr(mailbox, "_LINE", 100)
    path = tmp_path / "box"
    first = mbox(letter(1))
    path.write_bytes(first + mbox(letter(2, body="x" * 50_000)) + mbox(letter(3)))
    assert urls(collected("mailbox", path.as_uri())) == mid(1, 3)
    assert [one.url for one in collected.problems] == [f"{path} at {len(first)}"]


def test_long_lines_are_put_together_again(collected, tmp_path, monkeypatch):
    monkeypatch.setattr(mailbox, "_LINE", 80)
    path = tmp_path / "box"
    line = b"x" * 80 + b"From me 08:00 " + b"y" * 300
    path.write_bytes(mbox(b"List-Id: <a>\nMessage-ID: <1@harbour.example>\n\n\n" + line))
    (whole,) = collected("mailbox", path.as_uri())
    assert whole.payload.endswith(line + b"\n")


def test_a_file_that_is_no_mbox_is_told(collected, tmp_path):
    (tmp_path / "box").write_bytes(b"Subject: x\n\n" + mbox(letter(1)))
    assert collected("mailbox", (tmp_path / "box").as_uri()) == []
    assert "line 1 is no From line" in collected.problems[0].message


def test_an_empty_file_is_an_empty_mailbox(collected, tmp_path):
    (tmp_path / "box").write_bytes(b"")
    assert collected("mailbox", (tmp_path / "box").as_uri()) == []
    assert collected.problems == []


LINES = st.lists(
    st.sampled_from([b"", b"From here", b">From x", b"From a 08:00", b"text", b">>From y"]),
    min_size=1,
    max_size=12,
)


@given(bodies=st.lists(LINES, min_size=1, max_size=4))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_written_as_mboxrd_is_read_as_it_was(tmp_path, bodies):
    messages = [b"A: b\n\n" + b"\n".join(lines) + b"\n" for lines in bodies]
    quoted = (mailbox.re.sub(rb"(?m)^(>*From )", rb">\1", one) for one in messages)
    head = b"From x Sun Nov  1 08:00:00 2026\n"
    path = tmp_path / "box"
    path.write_bytes(b"".join(head + one + b"\n" for one in quoted))
    with path.open("rb") as file:
        assert list(mailbox._mbox(file, path)) == messages


# Saved messages, and what is common


def test_saved_messages_of_a_folder_are_taken_in_the_order_of_names(collected, tmp_path):
    for name, number in (("b.eml", 2), ("a.EML", 1), ("sub/c.eml", 3), ("d.txt", 4)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(letter(number))
    assert urls(collected("mailbox", tmp_path.as_uri())) == mid(1, 2, 3)


def test_a_folder_below_that_cannot_be_listed_is_named(collected, tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.eml").write_bytes(letter(1))
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert urls(collected("mailbox", tmp_path.as_uri())) == mid(1)
    assert collected.kinds == ["file-unreadable"]


@pytest.mark.parametrize(("url", "kind"), [("file:///no/such", "file-missing")])
def test_a_place_that_is_none_is_told(collected, url, kind):
    assert collected("mailbox", url) == []
    assert collected.kinds == [kind]


def test_a_folder_without_mail_is_told(collected, tmp_path):
    assert collected("mailbox", tmp_path.as_uri()) == []
    assert collected.kinds == ["no-mailbox"]


def test_one_list_of_many_may_be_chosen(collected, maildir):
    (maildir / "cur" / "1.a").write_bytes(letter(1))
    (maildir / "cur" / "2.a").write_bytes(letter(2, list_id="Daily <Daily.Harbour.example>"))
    url = f"{maildir.as_uri()}#daily.harbour.example"
    assert urls(collected("mailbox", url)) == mid(2)
    assert urls(collected("mailbox", maildir.as_uri())) == mid(1)


def test_a_changed_message_of_one_id_is_taken_again(collected, maildir):
    (maildir / "cur" / "1.a").write_bytes(letter(1))
    collected("mailbox", maildir.as_uri())
    (maildir / "cur" / "2.a").write_bytes(letter(1, body="Another wording."))
    assert urls(collected("mailbox", maildir.as_uri())) == mid(1)


def test_pictures_come_before_the_newsletter_that_brings_them(collected, maildir):
    """So that a crash between the two loses neither."""
    (maildir / "cur" / "1.a").write_bytes(with_picture())
    picture, message = collected("mailbox", maildir.as_uri())
    assert (picture.role, picture.content_type, picture.payload) == ("image", "image/png", PNG)
    assert picture.url == "mid:picture-1@harbour.example/Bridge@x"
    assert message.role == "mail"


def test_pictures_are_left_where_the_settings_do_not_want_them(collected, maildir):
    (maildir / "cur" / "1.a").write_bytes(with_picture())
    assert [one.role for one in collected("mailbox", maildir.as_uri(), pictures=False)] == ["mail"]


def test_a_picture_that_is_known_is_not_given_again(collected, maildir):
    (maildir / "cur" / "1.a").write_bytes(with_picture())
    (picture, _) = collected.stream("mailbox", maildir.as_uri())
    collected.keep(picture)
    assert [one.role for one in collected("mailbox", maildir.as_uri())] == ["mail"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff" * 100,
        raw("List-Id: <x>", "Content-Type: multipart/mixed; boundary=b", "", "--b"),
        raw("List-Id: =?utf-8?b?!!!?=", "Message-ID: \r\n x", "", "y"),
        raw("List-Id: <x>", "Content-Type: text/plain; charset=nonsense", "", "y"),
    ],
)
def test_no_message_stops_it(collected, maildir, data):
    (maildir / "cur" / "1.a").write_bytes(data)
    (maildir / "cur" / "2.a").write_bytes(letter(2))
    assert mid(2)[0] in urls(collected("mailbox", maildir.as_uri()))
