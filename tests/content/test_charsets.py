"""Charsets: found by evidence, whatever is said of them."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import content
from newskeep.charsets.decoding import decoded
from newskeep.charsets.guess import guessed

PROSE = tomllib.loads(Path(__file__).with_name("prose.toml").read_text("utf-8"))
PRINTED = [(lang, charset) for lang, one in PROSE.items() for charset in one["charsets"]]
"""Each language with each charset that it was printed in."""
ALL = [*PRINTED, *((lang, "utf-8") for lang in PROSE)]
LABELS = {
    "gb18030": "gb2312",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp874": "tis-620",
    "mac_cyrillic": "x-mac-cyrillic",
}


def label(charset: str) -> str:
    """What a page calls one of Python's codecs."""
    plain = charset.replace("cp12", "windows-12").replace("iso8859", "iso-8859")
    return LABELS.get(charset, plain.replace("iso2022_jp", "iso-2022-jp").replace("_", "-"))


def page(text: str, charset: str, said: str) -> tuple[bytes, str]:
    """A page that says one charset and is another; and what there is to read."""
    said = said and f'<meta http-equiv="Content-Type" content="text/html; charset={said}">'
    html = f"<html><head>{said}<title>x</title></head><body><p>{text}</p></body></html>"
    data = html.encode(charset, "ignore")
    return data, decoded(data, charset)


# By the bytes


@pytest.mark.parametrize(("lang", "charset"), ALL)
@pytest.mark.parametrize("said", ["", "utf-8", "iso-8859-1", "gb2312", "windows-1251", "big5"])
def test_a_paragraph_is_read_whatever_is_said_of_it(lang, charset, said) -> None:
    for part in ("learnt", "held"):
        data, text = page(PROSE[lang][part], charset, said)
        assert content.to_text(data) == text


@pytest.mark.parametrize(("lang", "charset"), ALL)
def test_a_headline_is_read_by_a_true_label_though_the_header_lies(lang, charset) -> None:
    for part in ("learnt", "held"):
        data, text = page(PROSE[lang][part][:40], charset, label(charset))
        for lie in ("", "; charset=ISO-8859-1", "; charset=utf-8"):
            assert content.to_text(data, f"text/html{lie}") == text


@pytest.mark.parametrize(("lang", "charset"), [pair for pair in PRINTED if "2022" not in pair[1]])
def test_bytes_alone_tell_a_paragraph(lang, charset) -> None:
    data = PROSE[lang]["held"].encode(charset, "ignore")
    assert decoded(data, guessed(data, [])) == decoded(data, charset)


def test_most_headlines_are_told_by_their_bytes_alone() -> None:
    tried = read = 0
    for lang, charset in PRINTED:
        text = PROSE[lang]["held"]
        for start in range(0, len(text) - 20, 20):
            data, text_of_page = page(text[start : start + 40], charset, "")
            tried += 1
            read += content.to_text(data) == text_of_page
    assert read / tried > 0.93


def test_one_broken_byte_is_one_broken_character() -> None:
    for text in ("été", "国务院总理今天会见了来访的代表团", "Он сказал"):
        data = f"<p>{text}</p><p>x".encode() + b"\xff" + f"</p><p>{text}</p>".encode()
        assert content.to_text(data) == f"<p>{text}</p><p>x\ufffd</p><p>{text}</p>"
        assert content.to_text(data, "text/html; charset=iso-8859-1") == content.to_text(data)


def test_a_character_that_was_cut_off_is_no_other_charset() -> None:
    data = "<p>więcej papierosów, także </p><p>papieros".encode() + b"\xc5...</p>"
    assert content.to_text(data).endswith("papieros\ufffd...</p>")


def test_pieces_in_another_charset_are_read_in_theirs() -> None:
    one, other = PROSE["zh-hans"]["held"], PROSE["zh-hans"]["learnt"]
    data = f"<p>{one}</p>\n<p>".encode() + other.encode("gb18030") + b"</p>"
    assert content.to_text(data) == f"<p>{one}</p>\n<p>{other}</p>"
    data = "<p>“Two cups” – or three.</p><p>A caf".encode() + b"\xe9.</p>"
    assert content.to_text(data) == "<p>“Two cups” – or three.</p><p>A café.</p>"


def test_surrogates_that_were_encoded_one_by_one_are_joined() -> None:
    data = "<p>桥又开了，大家都很高兴</p>".encode() + b"\xed\xa0\xbd\xed\xb8\x80"
    assert content.to_text(data) == "<p>桥又开了，大家都很高兴</p>😀"


@pytest.mark.parametrize("lang", PROSE)
@pytest.mark.parametrize("times", [1, 2])
def test_a_document_that_was_encoded_twice_is_decoded_twice(lang, times) -> None:
    text = f"“<p>{PROSE[lang]['held']}</p>”"
    data = text.encode()
    for _ in range(times):
        data = "".join(
            bytes([byte]).decode("cp1252") if decodes(byte) else chr(byte) for byte in data
        ).encode()
    assert content.to_text(data) == text


def decodes(byte: int) -> bool:
    """Whether windows-1252 has a character for it."""
    return byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def test_what_only_speaks_of_bad_encoding_stays() -> None:
    for text in ("He wrote “Ã©” for é – twice.", "Ãé, “Ã©”", "São “Ã£” não ficção", "Â£"):
        assert content.to_text(text.encode()) == text


def test_an_east_asian_page_that_was_encoded_as_latin_1_is_read_as_it_says() -> None:
    raw, text = page(PROSE["zh-hans"]["held"], "gb18030", "gb2312")
    assert content.to_text(raw.decode("latin-1").encode()) == text


def test_controls_are_what_windows_has_in_their_place() -> None:
    assert content.to_text("isn\x92t \x93it\x94\x81 – 桥".encode()) == "isn’t “it” – 桥"
    assert content.to_text("“não” isn\x92t".encode()) == "“não” isn’t"
    assert content.to_text("Às “às” isn\x92t çã".encode()) == "Às “às” isn’t çã"
    assert content.to_text("çã, isn\x92t: “à”".encode()) == "çã, isn’t: “à”"
    assert content.to_text(b"isn\x92t", "text/html; charset=iso-8859-1") == "isn’t"


def test_a_replacement_character_of_the_publishers_own_is_no_fault() -> None:
    text = "\ufffd\ufffd broken before it came to us"
    assert content.to_text(text.encode()) == text


def test_visual_hebrew_is_read_in_the_order_of_reading() -> None:
    lines = [
        "רשות הנמל הודיעה (ביום שישי) שהגשר נפתח ב-30.10.2026",
        "אחרי תשע שנים, והעבודה עלתה 4,000,000 כתרים לעומת 3% של IBM.",
        "אבנים רבות, אנשים רבים, &quot;ונחיל&quot; דגים",
    ]
    seen = [
        "30.10.2026-ב חתפנ רשגהש (ישיש םויב) העידוה למנה תושר",
        ".IBM לש 3% תמועל םירתכ 4,000,000 התלע הדובעהו ,םינש עשת ירחא",
        "םיגד &quot;ליחנו&quot; ,םיבר םישנא ,תובר םינבא",
    ]
    head = '<meta charset="iso-8859-8"><p align=right class="x">'
    page = head + "<br>\n".join(seen)
    assert content.to_text(page.encode("iso8859-8")) == head + "<br>\n".join(lines)
    read = head + "<br>\n".join(lines)
    assert content.to_text(read.encode("iso8859-8")) == read


# By what is said


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_goes_before_everything(mark, charset) -> None:
    data = mark + "<meta charset=gbk>é桥".encode(charset)
    assert content.to_text(data, "text/html; charset=big5") == "<meta charset=gbk>é桥"


def test_where_bytes_tell_nothing_the_header_goes_before_the_declaration() -> None:
    data = "<meta charset=koi8-u>" + "Вода, вода, вода"
    assert content.to_text(data.encode("koi8_r"), "text/html; charset=koi8-r").endswith("вода")
    short = '<meta charset="windows-1251">é'.encode("cp1252")
    assert content.to_text(short).endswith("й")
    assert content.to_text(short, "text/html; charset=nonsense").endswith("й")


@pytest.mark.parametrize(
    ("head", "kind", "is_read"),
    [
        ('<meta charset="windows-1251">', "html", True),
        ("<meta charset=windows-1251>", "html", True),
        ("<meta/charset='windows-1251'/>", "html", True),
        ('<META NAME=x CHARSET = " windows-1251 " lang=ru>', "html", True),
        ("<META http-equiv=Content-Type content='text/html; CHARSET=windows-1251'>", "html", True),
        ('<meta content="text/html;charset=x-cp1251"\n http-equiv="content-type">', "html", True),
        ('<!-- <meta charset="koi8-r"> --><meta charset="windows-1251">', "html", True),
        ('<!--><meta charset="windows-1251">', "html", True),
        ('<meta name="d" content="charset=koi8-r"><meta charset=windows-1251>', "html", True),
        ('<meta charset=nonsense><meta charset="windows-1251">', "html", True),
        ('<!-- <meta charset="windows-1251"> -->', "html", False),
        ('<!-- <meta charset="windows-1251">', "html", False),
        ('<meta name="d" content="text/html; charset=windows-1251">', "html", False),
        ("<metal charset=windows-1251>", "html", False),
        ('<?xml version="1.0" encoding="windows-1251"?>', "html", True),
        ('\n<?xml version="1.0" encoding=\'windows-1251\' standalone="yes"?>', "xml", True),
        ('<meta charset="windows-1251">', "xml", False),
        ('<?xml version="1.0" encoding="windows-1251"?>', "text", True),
        (" " * 5000 + '<meta charset="windows-1251">', "html", True),
        (" " * (1 << 17) + '<meta charset="windows-1251">', "html", False),
    ],
)
def test_a_declaration_counts_where_it_belongs(head, kind, is_read) -> None:
    data = head.encode() + b"\xe9"
    assert content.to_text(data, kind=kind).endswith("й") is is_read


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_markup_in_utf16_is_known_without_a_mark(charset) -> None:
    assert content.to_text("<p>桥 é</p>".encode(charset)) == "<p>桥 é</p>"
    data = " <p>桥 é</p>".encode(charset)
    assert (
        content.to_text(data, f"text/html; charset={charset.replace('16-', '16')}")
        == " <p>桥 é</p>"
    )


@pytest.mark.parametrize("label", ["utf-16", "utf-16le", "UTF-16BE", "ucs-2", "unicode"])
def test_a_declaration_of_utf16_that_can_be_read_is_untrue(label) -> None:
    xml = f'<?xml version="1.0" encoding="{label}"?><p>桥</p>'
    assert content.to_text(xml.encode(), kind="xml") == xml
    assert content.to_text(xml.encode(), f"text/xml; charset={label}", kind="xml") == xml


# Whatever comes


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.text(max_size=20) | st.sampled_from(["charset=undefined", "charset=utf-16", "charset=hz"]),
    st.sampled_from(["html", "xml", "text"]),
)
def test_it_never_raises_and_holds_no_nul(data, content_type, kind) -> None:
    text = content.to_text(data, content_type, kind=kind)
    assert "\0" not in text
    text.encode()


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=200))
def test_utf8_is_read_as_it_is(text) -> None:
    text = f"x’{text}"
    assert content.to_text(text.encode(), "text/plain; charset=utf-8", kind="text") == text
