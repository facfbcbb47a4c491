"""A person's own credentials: kept for them alone, sent to the source alone, written nowhere."""

from __future__ import annotations

import asyncio
import gzip
import io
import os

import pytest
from support.imap import ImapServer, Post
from support.mails import letter
from support.stand import Stand, http, to

import newskeep
from newskeep import cookies, credentials
from newskeep.cli import main
from newskeep.credentials import Credentials
from newskeep.errors import ConfigError, UsageError
from newskeep.fetch.client import Client
from newskeep.fetch.settings import Settings

SECRET = "s3cr3t-value"
LINE = "127.0.0.1\tFALSE\t/\tFALSE\t0\tid\t" + SECRET
TEXT = "The harbour bridge reopened to lorries on Friday morning after two years of repairs. " * 9


@pytest.fixture
def stand():
    with Stand() as running:
        yield running


def held(stand):
    return Credentials(
        origin=stand.base,
        headers=(("X-Key", SECRET), ("Authorization", f"Bearer {SECRET}")),
        cookies=cookies.parse(LINE, "cookies.txt"),
    )


def get(url, given):
    async def run():
        async with Client(Settings()) as client:
            return await client.get(url, role="page", allow_hosts=["127.0.0.1"], credentials=given)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("line", "url", "sent"),
    [
        (".a.example\tTRUE\t/\tFALSE\t0\tn\tv", "http://www.a.example/", "n=v"),
        (".a.example\tTRUE\t/\tFALSE\t0\tn\tv", "http://evila.example/", ""),
        ("a.example\tFALSE\t/\tFALSE\t0\tn\tv", "http://www.a.example/", ""),
        ("a.example\tFALSE\t/\tTRUE\t0\tn\tv", "http://a.example/", ""),
        ("a.example\tFALSE\t/\tTRUE\t0\tn\tv", "https://a.example/", "n=v"),
        ("a.example\tFALSE\t/b\tFALSE\t0\tn\tv", "http://a.example/b/c", "n=v"),
        ("a.example\tFALSE\t/b\tFALSE\t0\tn\tv", "http://a.example/bc", ""),
        ("a.example\tFALSE\t/\tFALSE\t99\tn\tv", "http://a.example/", ""),
        ("#HttpOnly_a.example\tFALSE\t/\tFALSE\t101\tn\tv", "http://a.example/", "n=v"),
        (".0.0.1\tTRUE\t/\tFALSE\t0\tn\tv", "http://127.0.0.1/", ""),
    ],
)
def test_a_cookie_goes_where_its_domain_path_mark_and_expiry_let_it(line, url, sent):
    assert cookies.chosen(cookies.parse(line, "c"), url, 100.0) == sent


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.example FALSE / FALSE 0 n " + SECRET, "seven fields"),
        ("a.example\tmaybe\t/\tFALSE\t0\tn\t" + SECRET, "second"),
        ("a.example\tFALSE\t/\tFALSE\tsoon\tn\t" + SECRET, "fifth"),
        ("a.example\tFALSE\t/\tFALSE\t0\tn\té" + SECRET, "characters"),
    ],
)
def test_a_broken_cookies_txt_is_named_by_its_line_and_no_value_is_told(line, said):
    with pytest.raises(UsageError, match=rf"cookies\.txt: line 3: .*{said}") as told:
        cookies.parse(f"# Netscape HTTP Cookie File\n\n{line}\n", "cookies.txt")
    assert SECRET not in str(told.value)


def test_secrets_are_sent_and_stand_in_nothing_that_is_kept(stand):
    stand.scripts["/"] = http(200, b"hello")
    (hop,) = get(stand.base + "/", held(stand))
    (asked,) = stand.log
    assert asked.field("x-key") == SECRET
    assert asked.field("authorization") == f"Bearer {SECRET}"
    assert asked.field("cookie") == f"id={SECRET}"
    assert SECRET not in repr(hop)
    assert SECRET not in repr(held(stand))


def test_a_redirect_to_another_port_carries_none_there_or_back(stand):
    with Stand() as other:
        stand.scripts.update({"/": to(other.base + "/b"), "/c": http(200, b"hello")})
        other.scripts["/b"] = to(stand.base + "/c")
        get(stand.base + "/", held(stand))
        asked = [stand.log[0], other.log[0], stand.log[1]]
    assert [one.field("x-key") for one in asked] == [SECRET, None, None]
    assert [one.field("cookie") for one in asked] == [f"id={SECRET}", None, None]


def test_a_redirect_within_the_origin_carries_them(stand):
    stand.scripts.update({"/": to("/b"), "/b": http(200, b"hello")})
    get(stand.base + "/", held(stand))
    assert [one.field("x-key") for one in stand.log] == [SECRET, SECRET]


def test_the_file_is_for_its_owner_alone_and_a_laxer_one_is_refused(tmp_path):
    credentials.put(tmp_path, "s", Credentials(password=SECRET))
    path = tmp_path / credentials.FILE
    assert [one.name for one in tmp_path.iterdir()] == [credentials.FILE]
    assert credentials.password(tmp_path, "s") == SECRET
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o640)
        with pytest.raises(ConfigError, match="mode 640.*chmod 600"):
            credentials.read(tmp_path)
        path.chmod(0o600)
    assert credentials.forget(tmp_path, "s")
    assert not path.exists()


def test_a_damaged_file_is_refused_without_telling_what_is_in_it(tmp_path):
    credentials.put(tmp_path, "s", Credentials(password=SECRET))
    (tmp_path / credentials.FILE).write_text(f'{{"s": "{SECRET}"}}')
    with pytest.raises(ConfigError, match="cannot be read") as told:
        credentials.read(tmp_path)
    assert SECRET not in str(told.value)


def test_login_then_sync_keeps_pages_and_no_secret(stand, tmp_path, monkeypatch, capsys):
    page = f"<title>Bridge</title><article><h1>Bridge</h1><p>{TEXT}</p>"
    with Stand() as elsewhere:
        page += f'<img src="{elsewhere.base}/p.jpg" width=600></article>'
        feed = f"<rss version='2.0'><channel><title>T</title><item><title>Bridge</title><link>{stand.base}/a</link></item></channel></rss>"
        stand.scripts["/feed"] = http(200, feed.encode(), "Content-Type: application/rss+xml")
        stand.scripts["/a"] = http(
            200, page.encode(), "Content-Type: text/html", f"Set-Cookie: t={SECRET}"
        )
        folder = tmp_path / "news"
        with newskeep.init(folder) as archive:
            archive.layout.settings.write_text("format = 1\n[fetch]\ndelay = 0\n")
            archive.follow(f"{stand.base}/feed", allow_hosts=["127.0.0.1"])
        verb = ["--archive", str(folder), "login", f"{stand.base}/feed"]
        monkeypatch.setattr("sys.stdin", io.StringIO(f"Bearer {SECRET}\n"))
        assert main([*verb, "--header", "Authorization"]) == 0
        (tmp_path / "cookies.txt").write_text(LINE + "\nother.example\tFALSE\t/\tFALSE\t0\tn\tv\n")
        assert main([*verb, "--cookies", str(tmp_path / "cookies.txt"), "--json"]) == 0
        assert main(["--archive", str(folder), "sync", "--json"]) == 0
        told = capsys.readouterr()
        paths = {one.target: one for one in stand.log}
        assert paths["/a"].field("authorization") == f"Bearer {SECRET}"
        assert paths["/a"].field("cookie") == f"id={SECRET}"
        assert elsewhere.log
        assert {one.field("authorization") for one in elsewhere.log} == {None}
    assert SECRET not in told.out + told.err
    with newskeep.open(folder) as archive:
        files = archive.captures.files()
        for ref in (one.ref for one in archive.captures.walk({})):
            whole = archive.captures.read(ref)
            assert SECRET not in repr(whole.headers)
        assert files
        for name in files:
            kept = gzip.decompress((archive.layout.captures / name).read_bytes())
            assert SECRET.encode() not in kept
        archive.unfollow(archive.source_named(f"{stand.base}/feed"))
    assert not (folder / credentials.FILE).exists()


def test_a_mailboxs_password_comes_from_login_and_is_told_nobody(tmp_path, monkeypatch, capsys):
    post = Post(password=SECRET)
    post.put(letter(1))
    folder = tmp_path / "news"
    with ImapServer(post) as server:
        url = f"imap://me@127.0.0.1:{server.port}/INBOX"
        with newskeep.init(folder) as archive:
            source = archive.follow(url, kind="imap", allow_hosts=["127.0.0.1"], every=60)
            (problem,) = archive.sync().problems
            assert problem.kind == "no-password"
            assert f"newskeep login {source.id} --password" in problem.message
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\n"))
        verb = ["--archive", str(folder), "login", source.id, "--password"]
        assert main(verb) == 0
        monkeypatch.setenv("NEWSKEEP_CLOCK_OFFSET", "7200")
        assert main(["--archive", str(folder), "sync", "--json"]) == 0
    told = capsys.readouterr()
    assert SECRET not in told.out + told.err
    with newskeep.open(folder) as archive:
        assert archive.count() == 1
        for name in archive.captures.files():
            kept = gzip.decompress((archive.layout.captures / name).read_bytes())
            assert SECRET.encode() not in kept
