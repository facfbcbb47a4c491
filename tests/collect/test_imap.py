"""Newsletters on an IMAP server: only new ones, never marked, never sent a password in the clear."""

from __future__ import annotations

import ssl
import subprocess

import pytest
from support.imap import ImapServer, Post
from support.mails import letter, with_picture

from newskeep.collect import imap
from newskeep.config import Settings
from newskeep.errors import UsageError
from newskeep.types import Source

HOME = ("127.0.0.1",)
OTHER = letter(9, list_id="")


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def server(post):
    with ImapServer(post) as running:
        yield running


@pytest.fixture
def ask(collected, server):
    """Collect from the server's mailbox."""

    def ask(path="INBOX", **facts):
        facts.setdefault("allow_hosts", HOME)
        collected.passwords.setdefault("s1", "pass word")
        return collected("imap", f"imap://me@127.0.0.1:{server.port}/{path}", **facts)

    return ask


def fetched(post) -> list[str]:
    """The messages that were asked for in full."""
    return [one.split()[2] for one in post.log if one.startswith("UID FETCH")]


def test_newsletters_are_taken_as_they_are_and_other_mail_is_not_fetched(post, ask, collected):
    post.put(letter(1), OTHER, letter(2))
    found = ask()
    assert [one.url for one in found] == ["mid:1@harbour.example", "mid:2@harbour.example"]
    assert [one.payload for one in found] == [letter(1), letter(2)]
    assert {(one.kind, one.role, one.content_type) for one in found} == {
        ("resource", "mail", "message/rfc822")
    }
    assert collected.problems == []
    assert fetched(post) == ["12", "16"]


def test_nothing_is_marked_as_read(post, ask):
    post.put(letter(1), OTHER)
    ask()
    assert not any(one.seen for one in post.boxes["INBOX"])
    assert [one for one in post.log if one.startswith(("SELECT", "STORE"))] == []


def test_only_messages_that_came_since_are_looked_at(post, ask):
    post.put(letter(1), letter(2))
    assert len(ask()) == 2
    ask()  # sees that both are kept
    post.log.clear()
    post.put(letter(3))
    assert [one.url for one in ask()] == ["mid:3@harbour.example"]
    assert fetched(post) == ["16"]
    ask()
    post.log.clear()
    assert ask() == []
    assert fetched(post) == []


def test_a_message_that_was_given_but_not_kept_is_given_again(post, ask, collected, server):
    post.put(letter(1), letter(2))
    url = f"imap://me@127.0.0.1:{server.port}/INBOX"
    collected.passwords["s1"] = "pass word"
    first = [*collected.stream("imap", url, allow_hosts=HOME)]
    assert ask() == first
    assert len(first) == 2


def test_another_uidvalidity_is_another_mailbox(post, ask, collected):
    post.put(letter(1))
    ask()
    ask()
    post.validity += 1
    post.log.clear()
    assert ask() == []
    assert fetched(post) == ["12"]


def test_without_a_place_for_notes_everything_is_looked_at_and_nothing_given_twice(
    post, ask, collected
):
    collected.place = None
    post.put(letter(1))
    assert [len(ask()), len(ask())] == [1, 0]


def test_many_messages_are_asked_for_in_windows(post, ask, monkeypatch):
    monkeypatch.setattr(imap, "_WINDOW", 3)
    post.put(*(letter(number) for number in range(8)))
    assert len(ask()) == 8
    windows = [one.split()[1] for one in post.log if one.startswith("FETCH") and "HEADER" in one]
    assert windows == ["1:3", "4:6", "7:8"]


def test_the_pictures_of_a_newsletter_come_before_it(post, ask):
    post.put(with_picture())
    assert [one.role for one in ask()] == ["image", "mail"]


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("Newsletters/Harbour", "Newsletters/Harbour"),
        ("%E6%96%B0%E9%97%BB%26%20x", "&ZbCV+w-&- x"),
        ("a%22b", 'a\\"b'),
        ("", "INBOX"),
    ],
)
def test_a_mailbox_is_named_in_the_address(post, ask, path, box):
    post.put(letter(1), box=box)
    assert len(ask(path)) == 1


def test_a_list_may_be_named_in_the_address(post, ask):
    post.put(letter(1), letter(2, list_id="<daily.harbour.example>"))
    assert [one.url[4] for one in ask("INBOX#daily.harbour.example")] == ["2"]


def test_an_empty_mailbox_gives_nothing(ask, collected):
    assert ask() == []
    assert collected.problems == []


# Logging in


def test_a_server_that_can_is_given_a_password_in_any_script(post, ask, collected):
    post.capabilities += " AUTH=PLAIN"
    post.password = collected.passwords["s1"] = "密码"
    post.put(letter(1))
    assert len(ask()) == 1
    assert not any("LOGIN" in one for one in post.log)


def test_a_refused_password_is_told_and_never_shown(post, ask, collected):
    collected.passwords["s1"] = "wrong-secret"
    assert ask() == []
    (told,) = collected.problems
    assert (told.stage, told.kind) == ("fetch", "mailbox-failed")
    assert "login refused" in told.message
    assert "wrong-secret" not in str(told)


def test_without_a_password_nobody_is_asked(post, ask, collected):
    collected.passwords["s1"] = ""
    assert ask() == []
    assert collected.kinds == ["no-password"]
    assert post.log == []


def test_without_a_store_of_passwords_there_is_none():
    source = Source(id="s1", url="imaps://me@mail.example.org/INBOX", kind="imap")
    (told,) = imap.collect(source, Settings(), lambda *_: False)
    assert told.kind == "no-password"


def test_a_password_is_not_sent_without_tls_unless_the_host_is_named(post, collected):
    async def elsewhere(host, port):
        raise AssertionError("nobody is asked")

    collected.passwords["s1"] = "x"
    collected("imap", "imap://me@mail.example.org/INBOX", lookup=elsewhere)
    assert collected.kinds == ["not-secure"]


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "[::1]", "mail.local"])
def test_a_private_address_is_refused_unless_it_is_named(collected, post, host):
    collected.passwords["s1"] = "x"
    collected("imap", f"imaps://me@{host}/INBOX")
    assert collected.kinds == ["address-refused"]


def test_a_name_that_leads_inside_is_refused(collected, server, post):
    async def home(host, port):
        return ["127.0.0.1"]

    collected.passwords["s1"] = "x"
    collected("imap", f"imaps://me@mail.example.org:{server.port}/INBOX", lookup=home)
    assert collected.kinds == ["address-refused"]
    assert post.log == []


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for localhost, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    command = f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -keyout {key} -out {made} -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(command.split(), check=True, capture_output=True)
    return key, made


def test_over_tls_the_server_must_be_who_it_says(post, collected, certificate, monkeypatch):
    key, made = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    post.put(letter(1))
    collected.passwords["s1"] = "pass word"
    with ImapServer(post, context) as server:
        url = f"imaps://me@localhost:{server.port}/INBOX"
        assert collected("imap", url, allow_hosts=("localhost",)) == []
        assert collected.kinds == ["tls-failed"]
        assert post.log == []
        monkeypatch.setenv("SSL_CERT_FILE", str(made))
        assert len(collected("imap", url, allow_hosts=("localhost",))) == 1


def test_nobody_at_home_is_told(collected):
    collected.passwords["s1"] = "x"
    collected("imap", "imap://me@127.0.0.1:1/INBOX", allow_hosts=HOME)
    assert collected.kinds == ["connection-refused"]


# Hostile servers


@pytest.mark.parametrize(
    ("command", "said", "kind"),
    [
        ("", b"rubbish", "mailbox-failed"),
        ("", b"* BYE go away", "mailbox-failed"),
        ("EXAMINE", b"{tag} NO none", "no-mailbox"),
        ("EXAMINE", b"* x EXISTS\r\n{tag} OK", "mailbox-failed"),
        ("EXAMINE", b"other OK", "mailbox-failed"),
        ("FETCH", b"* 1 FETCH (UID 12 BODY[] {99999999999}", "too-large"),
        ("FETCH", b"* 1 FETCH (" + b"x" * 3000 + b")\r\n", "too-large"),
        ("FETCH", b"{tag} BAD no", "mailbox-failed"),
        ("FETCH", b"wait", "too-slow"),
    ],
)
def test_a_server_that_misbehaves_is_told_and_costs_little(
    post, ask, collected, monkeypatch, command, said, kind
):
    monkeypatch.setattr(imap, "_SMALL", 2000)
    post.put(letter(1))
    post.overrides[command] = said
    assert ask(timeout=0.3) == []
    assert collected.kinds == [kind]


def test_a_server_that_drips_is_left(post, ask, collected, monkeypatch):
    now = iter(range(0, 10_000, 40))
    monkeypatch.setattr(imap.time, "monotonic", lambda: float(next(now)))
    post.put(letter(1))
    assert ask(timeout=30.0) == []
    assert collected.kinds == ["too-slow"]


def test_a_message_too_large_is_named_and_not_fetched(post, ask, collected, monkeypatch):
    monkeypatch.setattr(imap, "MOST_BYTES", len(letter(1)) + 10)
    post.put(letter(1), letter(2, body="x" * 5000))
    assert [one.url[4] for one in ask()] == ["1"]
    (told,) = collected.problems
    assert told.url.endswith("UID 14")
    assert fetched(post) == ["12"]


def test_a_message_that_is_not_given_is_named_and_the_rest_goes_on(post, ask, collected):
    post.put(letter(1), letter(2))
    post.overrides["UID FETCH 12 "] = b"{tag} OK nothing"
    assert [one.url[4] for one in ask()] == ["2"]
    assert "does not give this message" in collected.problems[0].message


def test_answers_in_any_form_are_read():
    said = [
        (b"2 (UID 8 BODY[] {1}", b"b"),
        b" RFC822.SIZE 5)",
        b"1 (UID 4 RFC822.SIZE 3)",
        None,
        (b"3 (BODY[] {1}", b"c"),
        b" UID 9)",
        b"4 (FLAGS ())",
    ]
    assert imap._letters(said) == [
        imap._Letter(4, 3, b""),
        imap._Letter(8, 5, b"b"),
        imap._Letter(9, 0, b"c"),
    ]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("imaps://host/INBOX", "no user"),
        ("imaps://me:secret@host/INBOX", "does not belong"),
        ("imaps://me@host:x/INBOX", "no mailbox's address"),
        ("imaps://me:secret@host:x/INBOX", "no mailbox's address"),
        ("imaps://me:sec@secret@host:x/INBOX", "no mailbox's address"),
        ("imaps://me@/INBOX", "no user or no host"),
        ("pop://me@host/", "no mailbox's address"),
        ("imaps://me@host/a%0d%0ab", "no user or no host"),
        ("imaps://m%0ae@host/", "no user or no host"),
    ],
)
def test_an_address_that_is_none_is_told(collected, url, said):
    with pytest.raises(UsageError, match=said):
        imap.account_of(url)
    collected("imap", url)
    assert collected.kinds == ["bad-address"]
    assert "secret" not in str(collected.problems)


def test_an_address_is_read_with_its_usual_port():
    account = imap.account_of("imaps://me%40example.org@mail.example.org")
    assert account == imap.Account("mail.example.org", 993, "me@example.org", "INBOX", True)
    assert imap.account_of("imap://me@h/x").port == 143
