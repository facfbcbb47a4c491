"""What a newsletter's message is read as: its entry, its address, and nothing that is secret."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.mails import PNG, letter, raw, with_picture

from newskeep.discover import mail, mail_links, mail_parts
from newskeep.types import Image

NOW = datetime(2026, 11, 2, tzinfo=UTC)
HEAD = ("List-Id: <x.example>", "Message-ID: <1@x>", "Date: Sun, 01 Nov 2026 08:00:00 +0800")


def entry(data: bytes):
    (one,) = mail.parse(data, url="mid:x", received=NOW).entries
    return one


def of_type(kind: str, body: str | bytes, *more: str) -> bytes:
    return raw(*HEAD, f"Content-Type: {kind}", *more, "", body)


# The feed and its entry


def test_the_list_is_the_feed_and_the_message_its_entry():
    data = letter(1, html="<p>The bridge is open.</p>", content_language="en-GB, de")
    feed = mail.parse(data, url="mid:1@harbour.example", received=NOW)
    assert (feed.kind, feed.title, feed.lang) == ("mail", "Harbour Weekly", "en-GB")
    (one,) = feed.entries
    assert (one.id, one.url) == ("mid:1@harbour.example", "mid:1@harbour.example")
    assert (one.title, one.authors) == ("The bridge 1", ("Harbour Weekly",))
    assert one.content.strip() == "<p>The bridge is open.</p>"
    assert one.published.at == datetime(2026, 11, 1, tzinfo=UTC)
    assert one.published.offset == 480
    assert (one.lang, one.aliases, one.problems) == ("en-GB", (), ())


@pytest.mark.parametrize(
    ("given", "title", "name"),
    [
        ("Harbour Weekly <weekly.harbour.example>", "Harbour Weekly", "weekly.harbour.example"),
        ('"Harbour, Weekly" <Weekly.Harbour.example>', "Harbour, Weekly", "weekly.harbour.example"),
        ("=?utf-8?b?5riv5Y+j5ZGo5oql?= <weekly.example>", "港口周报", "weekly.example"),
        ("<weekly.example>", "Me", "weekly.example"),
        ("weekly.example", "Me", "weekly.example"),
        ("not an id", "Me", ""),
    ],
)
def test_the_phrase_of_list_id_is_the_title_else_the_sender(given, title, name):
    data = raw(f"List-Id: {given}", "From: Me <me@x>", "", "x")
    assert mail.parse(data, url="u", received=NOW).title == title
    assert mail.list_id(data) == name


def test_without_phrase_and_sender_the_list_s_name_is_the_title():
    assert (
        mail.parse(raw("List-Id: <a.example>", "", "x"), url="u", received=NOW).title == "a.example"
    )


def test_the_list_s_archive_is_its_home_and_no_message_s_address():
    """It is the same for all messages: taken for theirs, it would make one story of them."""
    data = letter(1, list_archive="<mailto:x@y>, <https://lists.example/weekly/>")
    feed = mail.parse(data, url="u", received=NOW)
    assert feed.home == "https://lists.example/weekly/"
    assert feed.entries[0].url == "mid:1@harbour.example"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (b"=?utf-8?q?The_bridge_=E2=80=93_open?=", "The bridge – open"),
        (b"=?gb2312?b?xfPT0Q==?=", "朋友"),
        (b"=?utf-8?b?5riv?=\r\n =?utf-8?b?5Y+j?=", "港口"),
        ("港口 raw".encode(), "港口 raw"),
        ("朋友，你们的新闻来了".encode("gb18030"), "朋友，你们的新闻来了"),
        (b"=?nonsense?q?caf=C3=A9?=", "café"),
        (b"a\x1b[31mb\xe2\x80\xaec", "a[31mbc"),
        (b"=?utf-8?b?A?=", "=?utf-8?b?A?="),
    ],
)
def test_a_subject_is_decoded_as_far_as_it_can_be(field, text):
    found = entry(raw(*HEAD, b"Subject: " + field, "", "x")).title
    assert found == text


@pytest.mark.parametrize(
    ("date", "kind"),
    [
        ("Sun, 01 Nov 2099 08:00:00 +0000", "date-future"),
        ("yesterday", "date-unreadable"),
        ("", "date-missing"),
    ],
)
def test_an_odd_date_is_told(date, kind):
    one = entry(raw("List-Id: <x>", f"Date: {date}", "", "x"))
    assert one.published is None
    assert [problem.kind for problem in one.problems] == [kind]


def test_a_message_without_text_is_told():
    (problem,) = entry(of_type("application/pdf", "x")).problems
    assert (problem.kind, problem.at) == ("no-text", NOW)


@pytest.mark.parametrize(
    "data", [b"", letter(1, list_id=""), b"\xff" * 50, raw("Subject: x", "", "y")]
)
def test_other_mail_is_no_newsletter(data):
    feed = mail.parse(data, url="mid:x", received=NOW)
    assert (feed.kind, feed.entries) == ("", ())
    assert [one.kind for one in feed.problems] == ["not-a-newsletter"]
    assert (mail.address(data), mail.list_id(data), [*mail.pictures(data)]) == ("", "", [])


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (b"LIST-ID: <x>\r\n\r\n", True),
        (b"list-unsubscribe: <mailto:x>\n\n", True),
        (b"X-List-Id: <x>\r\nSubject: List-Id: y\r\n\r\n", False),
        (b"\r\n\r\n", False),
    ],
)
def test_a_list_shows_in_the_fields_alone(head, answer):
    assert mail.is_listed(head) is answer


# Addresses


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("<1@harbour.example>", "mid:1@harbour.example"),
        ("  1@harbour.example ", "mid:1@harbour.example"),
        ("<a/b%c@x>", "mid:a%2Fb%25c@x"),
        ("<a+b=c@x> (comment)", "mid:a+b=c@x"),
        ("<é@x>", "mid:%C3%A9@x"),
    ],
)
def test_a_message_is_known_by_its_id(given, address):
    data = raw("List-Id: <x>", f"Message-ID: {given}", "", "x")
    assert mail.address(data) == address == entry(data).id


def test_a_message_without_an_id_is_known_by_its_content():
    one, other = (mail.address(raw("List-Id: <x>", "", body)) for body in ("a", "b"))
    assert one.startswith("urn:newskeep:mail:")
    assert one != other
    assert mail.address(raw("List-Id: <x>", "", "a")) == one


def test_archived_at_is_the_message_s_address():
    one = entry(letter(1, archived_at="<https://lists.example/weekly/1>"))
    assert one.url == "https://lists.example/weekly/1"
    assert one.aliases == ("mid:1@harbour.example",)
    assert one.id == "mid:1@harbour.example"


VIEW = '<p><a href="{}">{}</a></p><p>The bridge.</p>'


@pytest.mark.parametrize(
    "words",
    ["View in your browser", "View this email in your browser", "Read online", "在浏览器中查看",
     "網頁版", "ブラウザで見る", "Im Browser ansehen", "Voir dans votre navigateur", "Web version",
     "Ver en tu navegador"],
)  # fmt: skip
def test_the_link_to_the_web_is_the_message_s_address_in_any_language(words):
    html = VIEW.format("https://harbour.example/letters/1", words)
    assert entry(letter(1, html=html)).url == "https://harbour.example/letters/1"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://x.example/p/a-1?utm_source=mail&amp;id=7", "https://x.example/p/a-1?id=7"),
        ("https://x.example/p/a-1?e=4f&amp;id=7", "https://x.example/p/a-1?id=7"),
        ("https://x.example/p/a-1?Email=me%40x&amp;token=1#top", "https://x.example/p/a-1"),
        (
            "https://x.example/The-long-Title-of-2026-that-is-no-token-but-words",
            "https://x.example/The-long-Title-of-2026-that-is-no-token-but-words",
        ),
        ("https://click.x.example/ls/click?upn=u001.Ab3dEf6hIj9lMn2pQr5t", ""),
        ("https://x.example/v/0123456789abcdef0123456789abcdef", ""),
        ("https://x.example/", ""),
        ("https://x.example", ""),
        ("javascript:alert(1)", ""),
        ("/relative", ""),
    ],
)
def test_an_address_tells_nothing_of_its_reader(href, address):
    one = entry(letter(1, html=VIEW.format(href, "View online")))
    assert one.url == (address or "mid:1@harbour.example")
    assert "href" not in one.content


def test_a_link_that_only_speaks_of_a_browser_in_passing_is_none():
    text = "We tried the new program, and you may see how it does in each " + "long " * 50
    html = VIEW.format("https://x.example/review-1", f"{text} browser")
    assert entry(letter(1, html=html)).url == "mid:1@harbour.example"


# What nobody else may have


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://x.example/u/T0k3n">Unsubscribe</a>',
        '<a href="https://x.example/u/T0k3n"><span>un<b>subscribe</b></span> here</a>',
        '<a href="https://x.example/unsubscribe/T0k3n">here</a>',
        "<A HREF='https://x.example/opt-out?t=T0k3n'>here</A>",
        "<a href=https://x.example/x?T0k3n>Manage your preferences</a>",
        '<a href="https://x.example/x/T0k3n">退订</a>',
        '<a href="https://x.example/x/T0k3n">配信停止はこちら</a>',
        '<a href="https://x.example/x/T0k3n">Newsletter abbestellen</a>',
        '<a href="https://x.example/x/T0k3n">Se désabonner</a>',
        '<a href="https://x.example/x/T0k3n">Darse de baja</a>',
        '<a href="https://leave.example/T0k3n">click</a>',
        '<a href="https://x.example/x/T0k3n">수신거부</a>',
        '<a href="https://x.example/x/T0k3n">Отписаться</a>',
    ],
)
def test_a_link_that_ends_the_subscription_is_left_out(link):
    leaving = "<https://leave.example/T0k3n>, <mailto:leave-T0k3n@x.example>"
    one = entry(letter(1, html=f"<p>The bridge.</p>{link}<p>End.</p>", list_unsubscribe=leaving))
    assert "T0k3n" not in str(one)
    assert "The bridge." in one.content
    assert "End." in one.content


def test_it_is_left_out_of_plain_text_too():
    leaving = "<https://leave.example/T0k3n>"
    body = "The bridge.\n\nTo unsubscribe: https://leave.example/T0k3n\n"
    one = entry(letter(1, body=body, list_unsubscribe=leaving))
    assert "T0k3n" not in one.content
    assert "The bridge." in one.content


def test_other_links_stay_as_they_are():
    html = '<p><a href="https://x.example/a?b=1&amp;c=2">The bridge</a></p>'
    assert entry(letter(1, html=html)).content.strip() == html


# Bodies


def multipart(kind: str, *parts: bytes) -> bytes:
    made = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"
    return of_type(f'multipart/{kind}; boundary="b"', made)


PLAIN = raw("Content-Type: text/plain", "", "plain words")
HTML = raw("Content-Type: text/html", "", "<p>marked words</p>")
NOTE = raw("Content-Type: text/plain", "Content-Disposition: attachment", "", "attached")
INNER = raw(
    "Content-Type: multipart/alternative; boundary=c", "",
    "--c", "Content-Type: text/plain", "", "inner plain",
    "--c", "Content-Type: text/html", "", "<p>inner</p>", "--c--",
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (multipart("alternative", PLAIN, HTML), "<p>marked words</p>"),
        (multipart("alternative", HTML, PLAIN), "<p>marked words</p>"),
        (multipart("alternative", PLAIN), "<p>plain words</p>"),
        (
            multipart("alternative", PLAIN, raw("Content-Type: text/html", "", " ")),
            "<p>plain words</p>",
        ),
        (multipart("mixed", INNER, NOTE), "<p>inner</p>"),
        (multipart("mixed", HTML, PLAIN), "<p>marked words</p><p>plain words</p>"),
        (multipart("related", HTML), "<p>marked words</p>"),
        (multipart("alternative", PLAIN, INNER), "<p>inner</p>"),
        (multipart("mixed"), ""),
        (of_type("text/html", "<frameset><frame src=x></frameset>"), ""),
    ],
)
def test_the_richest_alternative_is_the_body(data, body):
    assert entry(data).content.strip() == body


@pytest.mark.parametrize(
    ("kind", "more", "body", "text"),
    [
        ("text/html; charset=gb2312", (), "<p>朋友</p>".encode("gb18030"), "<p>朋友</p>"),
        ("text/html; charset=big5", (), "<p>朋友</p>".encode("big5"), "<p>朋友</p>"),
        (
            'text/html; charset="utf-8"',
            ("Content-Transfer-Encoding: base64",),
            "PHA+5rivPC9wPg==",
            "<p>港</p>",
        ),
        (
            "text/html; charset=utf-8",
            ("Content-Transfer-Encoding: quoted-printable",),
            "<p>caf=C3=A9 =\r\nbar</p>",
            "<p>café bar</p>",
        ),
        (
            "text/html; charset=iso-2022-jp",
            ("Content-Transfer-Encoding: 7bit",),
            "<p>港</p>".encode("iso-2022-jp"),
            "<p>港</p>",
        ),
        ("text/html; charset=us-ascii", (), "<p>港口的桥</p>".encode(), "<p>港口的桥</p>"),
        ("text/html; charset=nonsense", (), "<p>café</p>".encode(), "<p>café</p>"),
        ("text/html", ("Content-Transfer-Encoding: nonsense",), "<p>x</p>", "<p>x</p>"),
        (
            "text/html",
            (),
            "<html><head><title>t</title></head><body><p>in</p></body></html>",
            "<p>in</p>",
        ),
        (
            "text/plain",
            (),
            "1 < 2 & 3\r\n\r\nTwo\r\nlines",
            "<p>1 &lt; 2 &amp; 3</p><p>Two<br>lines</p>",
        ),
        (
            "text/plain",
            (),
            "See https://x.example/a?b=1&c=2.",
            '<p>See <a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>.</p>',
        ),
    ],
)
def test_bodies_are_decoded(kind, more, body, text):
    assert entry(of_type(kind, body, *more)).content.strip() == text


@pytest.mark.parametrize(
    ("given", "is_joined", "lines"),
    [
        ("One \nline.\nNext.", False, "One line.\nNext."),
        ("一 \n行", True, "一行"),
        ("> One \n> line.\nMine.", False, "> One line.\nMine."),
        (">> deep \n> less", False, "> > deep \n> less"),
        (" From here\n >not quoted", False, "From here\n>not quoted"),
        ("Bye \n-- \nMe", False, "Bye \n-- \nMe"),
        ("-- \nMe", False, "-- \nMe"),
        ("end ", False, "end "),
    ],
)
def test_flowing_lines_are_joined(given, is_joined, lines):
    assert mail_parts.unflowed(given, is_joined=is_joined) == lines


def test_format_flowed_is_a_parameter():
    body = "The bridge \r\nis open.\r\n"
    flowed = of_type("text/plain; format=flowed; delsp=yes", body)
    assert entry(flowed).content == "<p>The bridgeis open.</p>"
    assert entry(of_type("text/plain", body)).content == "<p>The bridge <br>is open.</p>"


# Forwarded


def forwarding(inner: bytes, *, note: str = "Look at this.") -> bytes:
    outer = EmailMessage()
    outer["From"] = "A friend <friend@example.org>"
    outer["Subject"] = "Fwd: The bridge"
    outer["Message-ID"] = "<outer@example.org>"
    outer.set_content(note)
    whole = outer.as_bytes().rstrip()
    head, _, body = whole.partition(b"\n\n")
    head = head.replace(b'Content-Type: text/plain; charset="utf-8"\n', b"")
    return (
        head.replace(b"\nContent-Transfer-Encoding: 7bit", b"")
        + b"\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
        + body
        + b"\n--b\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--b--\n"
    )


def test_a_newsletter_forwarded_as_an_attachment_is_read_itself():
    data = forwarding(letter(1, html="<p>The bridge is open.</p>"))
    assert mail.address(data) == "mid:1@harbour.example"
    assert mail.list_id(data) == "weekly.harbour.example"
    one = entry(data)
    assert (one.title, one.authors) == ("The bridge 1", ("Harbour Weekly",))
    assert one.content.strip() == "<p>The bridge is open.</p>"


def test_the_messages_of_a_digest_stand_below_their_subjects():
    parts = [b"Content-Type: message/rfc822\r\n\r\n" + letter(n, list_id="") for n in (1, 2)]
    content = entry(multipart("digest", *parts)).content
    assert content.index("<h2>The bridge 1</h2>") < content.index("says letter 1")
    assert content.index("says letter 1") < content.index("<h2>The bridge 2</h2>")


def test_a_message_without_a_subject_or_body_stands_there_alone():
    part = b"Content-Type: message/rfc822\r\n\r\nFrom: x\r\n\r\nwords"
    assert entry(multipart("mixed", part)).content == "<p>words</p>"
    assert entry(multipart("mixed", part.replace(b"words", b""))).content == ""


# Pictures


def test_pictures_that_are_brought_along_have_names():
    data = with_picture()
    one = entry(data)
    address = "mid:picture-1@harbour.example/Bridge@x"
    assert f'src="{address}"' in one.content
    assert one.images == (Image(url=address),)
    assert [*mail.pictures(data)] == [mail.Picture(url=address, content_type="image/png", data=PNG)]


def test_a_part_that_is_no_picture_or_has_no_name_is_none():
    data = multipart(
        "related",
        HTML,
        raw("Content-Type: image/png", "", "x"),
        raw("Content-Type: text/css", "Content-ID: <c>", "", "x"),
        raw("Content-Type: image/png", "Content-ID: <empty>", "", ""),
    )
    assert [*mail.pictures(data)] == []


# Hostile messages


def nested(depth: int) -> bytes:
    lines = [*HEAD]
    for number in range(depth):
        lines += [f"Content-Type: multipart/mixed; boundary=b{number}", "", f"--b{number}"]
    return raw(*lines, "Content-Type: text/plain", "", "deep")


@pytest.mark.parametrize(
    "data",
    [
        nested(60),
        nested(3000),
        raw(*HEAD, "From: " + "(" * 50_000, "Subject: " + "=?" * 50_000, "", "x"),
        raw(*HEAD, *(["X: y"] * 20_000), "", "x"),
        multipart("mixed", *([PLAIN] * 2000)),
        of_type("text/html", "<a href=x>" * 100_000),
        of_type("text/html", "<" * 300_000),
        of_type("text/html", f'<a href="https://x/{"aB1" * 100_000}">view online</a>'),
        of_type("text/plain", "https://" * 50_000),
        of_type("text/plain; format=flowed", "> " * 50_000 + " \r\n" * 20_000),
        of_type("multipart/mixed", "x"),
        of_type('text/html; charset="\x00"', "x"),
        raw("List-Id: <x>", "Content-Type: message/rfc822", "", ""),
        raw("List-Id:", "Content-ID: <", "Message-ID: <>", "", "x"),
    ],
    ids=range(14),
)
def test_a_hostile_message_is_read_as_far_as_it_goes(data):
    feed = mail.parse(data, url="mid:x", received=NOW)
    assert feed.kind in ("", "mail")
    assert isinstance(mail.address(data), str)
    assert isinstance(mail.list_id(data), str)
    list(mail.pictures(data))


def test_a_message_that_cannot_be_taken_apart_has_no_address():
    data = raw(*HEAD, *(["Content-Type: multipart/mixed"] * 3000), *(["x"] * 3000))
    assert mail.address(data) == ""
    assert mail.parse(data, url="u", received=NOW).kind == ""


def test_only_so_many_links_are_looked_at(monkeypatch):
    monkeypatch.setattr(mail_links, "_MOST_LINKS", 1)
    html = '<a href="/a">a</a><a href="https://x.example/b">view online</a>'
    assert entry(letter(1, html=html)).url == "mid:1@harbour.example"


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise(data):
    for prefix in (
        b"",
        b"List-Id: <x>\r\n",
        b"List-Id: <x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    ):
        mail.parse(prefix + data, url="u", received=NOW)
        mail.address(prefix + data)
        mail.is_listed(prefix + data)
        list(mail.pictures(prefix + data))
