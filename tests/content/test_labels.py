"""Labels and bytes mean what the Encoding Standard says."""

from __future__ import annotations

import pytest

from newskeep import content
from newskeep.charsets.decoding import decoded
from newskeep.charsets.labels import codec


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
        ("iso-2022-jp", "iso2022_jp"),
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
    assert decoded(b"\x80\xffa\x1b", name)


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"\x80\x81\x8d\x9d\x9f", "cp1252", "€\x81\x8d\x9dŸ"),
        (b"\xa1\xdb\xa4", "cp874", "ก\ufffdค"),
        (b"\xae\xbe\xa4", "koi8_u", "ўЎє"),
        (b"\x80\x81a\xff\xb9\xfa", "gb18030", "€乤\ufffd国"),
        (b"\xa6\xd9\xa8\xbc\xfe\x59", "gb18030", "︐ḿ龴"),
        (b"\xb9\xfa<b>\xb9<b>", "gb18030", "国<b>\ufffd<b>"),
        (b"\xa1\x45\xa3\xe1\x87\x7a\xfe\x52\xf9\xd6\x88\x62", "big5hkscs", "‧€㡵猪碁Ê̄"),
        (b"\xad\xa1\xad\xe2\xfc\xf5\xa1\xc1\xa1\xdd", "euc_jp", "①№ⅴ～－"),
        (b"\x8e\xb1\x8f\xb0\xa1\xff", "euc_jp", "ｱ丂\ufffd"),
        (b"\x87\x40\xfa\x54\x81\x60\xfd\xb1", "cp932", "①￢～\ufffdｱ"),
        (b"a\x1b$B6\x36-!\x1b(I1\x1b(Jb\x1b(B<p>", "iso2022_jp", "a橋①ｱb<p>"),
        (b"\x81\x41\xb0\xa1\xc9", "cp949", "갂가\ufffd"),
        (b"\xdb\xa2", "mac_roman", "€¢"),
        (b"\xff\xa2", "mac_cyrillic", "€Ґ"),
    ],
)
def test_bytes_mean_what_the_encoding_standard_says(data, name, text) -> None:
    assert decoded(data, name) == text


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
