"""Charsets: found by evidence, known by the Encoding Standard's labels."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import content
from newskeep.charsets import codec, guessed

NEWS = {
    "gb18030": "国务院总理在北京会见了来访的代表团，双方就气候变化问题交换了意见。",
    "big5hkscs": "台灣總統府今天表示，將與國會合作，推動新的經濟發展計畫。",
    "cp932": "政府は今日、新しい経済対策を発表した。首相は記者会見で説明した。",
    "euc_jp": "政府は今日、新しい経済対策を発表した。首相は記者会見で説明した。",
    "cp949": "정부는 오늘 새로운 경제 대책을 발표했다. 대통령은 기자회견에서 설명했다.",
    "cp1252": "Le président a déclaré à la presse que l’économie française était menacée.",
    "cp1251": "Правительство сегодня объявило о новых мерах поддержки экономики.",
    "utf-8": "国务院 government Правительство",
}


# By the bytes


@pytest.mark.parametrize("charset", NEWS)
def test_a_charset_that_nobody_tells_is_found_in_the_bytes(charset) -> None:
    data = NEWS[charset].encode(charset)
    assert guessed(data, []) == charset
    assert content.to_text(data) == NEWS[charset]
    assert content.to_text(f"<p>{NEWS[charset]}</p>".encode(charset)) == f"<p>{NEWS[charset]}</p>"


@pytest.mark.parametrize("charset", ["gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"])
@pytest.mark.parametrize("wrong", ["utf-8", "ascii; x", "utf-16", "us-ascii-ish"])
def test_a_wrong_label_is_seen_through(charset, wrong) -> None:
    data = NEWS[charset].encode(charset)
    header = f"text/html; charset={wrong}" if wrong != "ascii; x" else "text/html; charset=utf-8"
    assert content.to_text(data, header) == NEWS[charset]


def test_a_few_broken_bytes_do_not_change_a_true_label() -> None:
    data = NEWS["gb18030"].encode() * 200 + b"\xff"
    assert content.to_text(data, "text/html; charset=utf-8") == NEWS["gb18030"] * 200 + "\ufffd"


def test_a_replacement_character_of_the_publishers_own_is_no_fault() -> None:
    text = "\ufffd\ufffd broken before it came to us"
    assert content.to_text(text.encode()) == text


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


def test_the_header_goes_before_the_declaration() -> None:
    data = '<meta charset="windows-1251">é'.encode("cp1252")
    assert content.to_text(data, 'text/html;charset = "ISO-8859-1"').endswith("é")
    assert content.to_text(data, "text/html").endswith("й")
    assert content.to_text(data, "text/html; charset=nonsense").endswith("й")


@pytest.mark.parametrize(
    ("head", "kind", "is_read"),
    [
        ('<meta charset="windows-1251">', "html", True),
        ("<META http-equiv=Content-Type content='text/html; CHARSET=windows-1251'>", "html", True),
        ('<?xml version="1.0" encoding="windows-1251"?>', "html", True),
        ('\n<?xml version="1.0" encoding=\'windows-1251\' standalone="yes"?>', "xml", True),
        ('<meta charset="windows-1251">', "xml", False),
        ('<?xml version="1.0" encoding="windows-1251"?>', "text", True),
        (" " * 5000 + '<meta charset="windows-1251">', "html", False),
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


# Labels


@pytest.mark.parametrize(
    ("label", "name"),
    [
        (" UTF8 ", "utf-8"),
        ('"utf-8"', "utf-8"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("x-gbk", "gb18030"),
        ("big5-hkscs", "big5hkscs"),
        ("Shift_JIS", "cp932"),
        ("windows-31j", "cp932"),
        ("euc-jp", "euc_jp"),
        ("iso-2022-jp", "iso2022_jp_ext"),
        ("ks_c_5601-1987", "cp949"),
        ("euc-kr", "cp949"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("iso_8859-15", "iso8859-15"),
        ("latin2", "iso8859-2"),
        ("greek", "iso8859-7"),
        ("logical", "iso8859-8"),
        ("arabic", "iso8859-6"),
        ("iso-8859-9", "cp1254"),
        ("tis-620", "cp874"),
        ("koi8-r", "koi8_r"),
        ("koi8-u", "koi8_u"),
        ("ibm866", "cp866"),
        ("windows-1250", "cp1250"),
        ("x-cp1251", "cp1251"),
        ("windows-1258", "cp1258"),
        ("x-mac-cyrillic", "mac_cyrillic"),
        ("macintosh", "mac_roman"),
        ("utf-16", "utf-16-le"),
        ("unicodefffe", "utf-16-be"),
        ("x-user-defined", "cp1252"),
    ],
)
def test_labels_mean_what_the_encoding_standard_says(label, name) -> None:
    assert codec(label) == name
    assert b"\x80\xffa\x1b".decode(name, "replace")


@pytest.mark.parametrize(
    "label",
    [
        "utf-7",
        "utf_7",
        "u7",
        "unicode-1-1-utf-7",
        "hz",
        "hz-gb-2312",
        "iso-2022-kr",
        "iso-2022-cn",
        "replacement",
        "utf-32",
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "raw_unicode_escape",
        "rot13",
        "base64",
        "zlib",
        "mbcs",
        "x",
    ],
)
def test_labels_that_hide_markup_or_are_no_charsets_are_unknown(label) -> None:
    assert codec(label) == ""
    assert content.to_text(b"+ADw-script+AD4-\\u003c", f"text/html; charset={label}") == (
        "+ADw-script+AD4-\\u003c"
    )


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
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=200))
def test_utf8_is_read_as_it_is(text) -> None:
    assert (
        content.to_text(f"x{text}".encode(), "text/plain; charset=utf-8", kind="text") == f"x{text}"
    )
