"""Times as publishers write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newskeep import dates
from newskeep.dates.calendars import from_solar
from newskeep.types import Stamp

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def shown(text: str, **known) -> str:
    stamp = dates.parse(text, **known)
    return dates.show(stamp) if stamp else ""


@pytest.mark.parametrize(
    ("text", "time"),
    [
        # RFC 822, 850, 1123, asctime
        ("Fri, 08 Oct 2021 15:08:00 GMT", "2021-10-08 15:08 UTC"),
        ("Fri, 8 Oct 21 15:08 EST", "2021-10-08 15:08 -05:00"),
        ("08 Oct 2021 15:08:00 +0800", "2021-10-08 15:08 +08:00"),
        ("Fri, 08 Oct 2021 15:08:00 -0330", "2021-10-08 15:08 -03:30"),
        ("Friday, 08-Oct-21 15:08:00 GMT", "2021-10-08 15:08 UTC"),
        ("Fri Oct  8 15:08:00 2021", "2021-10-08 15:08 UTC"),
        ("Fri Oct 08 15:08:00 +0000 2021", "2021-10-08 15:08 UTC"),
        ("Fri Oct 08 15:08:00 EDT 2021", "2021-10-08 15:08 -04:00"),
        ("Fri Oct 08 2021 23:08:00 GMT+0800 (China Standard Time)", "2021-10-08 23:08 +08:00"),
        ("Fri, 08 Oct 1999 15:08:00 GMT", "1999-10-08 15:08 UTC"),
        ("Fri, 08 Oct 99 15:08:00 GMT", "1999-10-08 15:08 UTC"),
        # ISO 8601, RFC 3339, RFC 9557
        ("2021-10-08T15:08:00Z", "2021-10-08 15:08 UTC"),
        ("2021-10-08T15:08:00.000Z", "2021-10-08 15:08 UTC"),
        ("2021-10-08T15:08:00.123456789+08:00", "2021-10-08 15:08 +08:00"),
        ("2021-10-08T15:08+0530", "2021-10-08 15:08 +05:30"),
        ("2021-10-08T15:08-07", "2021-10-08 15:08 -07:00"),
        ("2021-10-08 15:08:60", "2021-10-08 15:08 UTC"),
        ("20211008T150800Z", "2021-10-08 15:08 UTC"),
        ("2021-10-08T15:08:00+08:00[Asia/Shanghai]", "2021-10-08 15:08 +08:00"),
        ("2021-10-08 15:08:00 UTC", "2021-10-08 15:08 UTC"),
        ("2021-10-08T15:08:00 GMT+08", "2021-10-08 15:08 +08:00"),
        ("2021-10-08 03:08 PM", "2021-10-08 15:08 UTC"),
        ("2021-10-08 8:05", "2021-10-08 08:05 UTC"),
        # since 1970
        ("1633705680", "2021-10-08 15:08 UTC"),
        ("1633705680000", "2021-10-08 15:08 UTC"),
        (" 1633705680.25 ", "2021-10-08 15:08 UTC"),
        # Chinese, Japanese, Korean
        ("2021年10月8日 15:08", "2021-10-08 15:08 UTC"),
        ("2021年10月8日星期五 下午3:08", "2021-10-08 15:08 UTC"),
        ("2021年10月8日 上午12:30", "2021-10-08 00:30 UTC"),
        ("2021年10月8日 中午12:30", "2021-10-08 12:30 UTC"),
        ("2021年10月8日 中午1:30", "2021-10-08 13:30 UTC"),
        ("2021-10-08 晚上8:05", "2021-10-08 20:05 UTC"),
        ("2021-10-08 凌晨12:05", "2021-10-08 00:05 UTC"),
        ("２０２１年１０月８日　１５：０８", "2021-10-08 15:08 UTC"),
        ("發布時間：2021/10/8 23:08", "2021-10-08 23:08 UTC"),
        ("2021年10月8日（金）午後3時8分", "2021-10-08 15:08 UTC"),
        ("令和3年10月8日 15時08分", "2021-10-08 15:08 UTC"),
        ("2021년 10월 8일 오후 3:08", "2021-10-08 15:08 UTC"),
        ("2021.10.08. 15:08", "2021-10-08 15:08 UTC"),
        # other languages
        ("Oct. 8, 2021, 3:08 p.m. ET", "2021-10-08 15:08 -05:00"),
        ("October 8th, 2021 at 12:08 am", "2021-10-08 00:08 UTC"),
        ("8 octobre 2021 à 15h08", "2021-10-08 15:08 UTC"),
        ("8. Oktober 2021 um 15:08", "2021-10-08 15:08 UTC"),
        ("8 октября 2021 г., 15:08", "2021-10-08 15:08 UTC"),
        ("8 Eki 2021", "2021-10-08"),
        ("8 Ekim 2021 15:08", "2021-10-08 15:08 UTC"),
        ("8 października 2021, godz. 15:08", "2021-10-08 15:08 UTC"),
        ("8. října 2021 v 15:08", "2021-10-08 15:08 UTC"),
        ("8 жовтня 2021 р., 15:08", "2021-10-08 15:08 UTC"),
        ("8. lokakuuta 2021 klo 15.08", "2021-10-08 15:08 UTC"),
        ("8. oktober 2021 kl. 15:08", "2021-10-08 15:08 UTC"),
        ("8 οκτωβρίου 2021", "2021-10-08"),
        ("2021. október 8. 15:08", "2021-10-08 15:08 UTC"),
        ("2021 m. spalio 8 d. 15:08", "2021-10-08 15:08 UTC"),
        ("8 d’octubre de 2021", "2021-10-08"),
        ("8 de octubre del 2021 a las 15:08", "2021-10-08 15:08 UTC"),
        ("8 ottobre 2021 alle ore 15:08", "2021-10-08 15:08 UTC"),
        ("October 8, 2021 | 3:08pm", "2021-10-08 15:08 UTC"),
        ("٨ أكتوبر ٢٠٢١", "2021-10-08"),
        ("8 تشرين الأول 2021", "2021-10-08"),
        ("8 באוקטובר 2021, בשעה 15:08", "2021-10-08 15:08 UTC"),
        ("८ अक्टूबर २०२१", "2021-10-08"),
        ("৮ অক্টোবর ২০২১", "2021-10-08"),
        ("ngày 8 tháng 10 năm 2021", "2021-10-08"),
        ("08.10.21 | 15:08 Uhr", "2021-10-08 15:08 UTC"),
        ("08-10-2021T15:08:32+0200", "2021-10-08 15:08 +02:00"),
        ("2021-10-08T15:08:00:684Z", "2021-10-08 15:08 UTC"),
        # other calendars
        ("8 ตุลาคม 2564 เวลา 15:08 น.", "2021-10-08 15:08 UTC"),
        ("8 ต.ค. 2564", "2021-10-08"),
        ("2564-10-08", "2021-10-08"),
        ("۱۶ مهر ۱۴۰۰", "2021-10-08"),
        ("30 اسفند 1403", "2025-03-20"),
        ("1 صفر 1443 هـ - 8 سبتمبر 2021", "2021-09-08"),
        ("08.10.2021 15:08", "2021-10-08 15:08 UTC"),
        # a day only
        ("2021-10-08", "2021-10-08"),
        ("20211008", "2021-10-08"),
        ("2021年10月8日", "2021-10-08"),
        ("民國110年10月8日", "2021-10-08"),
        ("平成元年10月8日", "1989-10-08"),
        ("8 de octubre de 2021", "2021-10-08"),
        ("1º de outubro de 2021", "2021-10-01"),
        ("1er octobre 2021", "2021-10-01"),
        ("Sept 8 2021", "2021-09-08"),
        ("2021-10-08T25:61", "2021-10-08"),
        # none
        ("", ""),
        ("NaN", ""),
        ("Invalid Date", ""),
        ("-1633705680000", ""),
        ("2021-02-30", ""),
        ("32 Oct 2021", ""),
        ("5 minutes ago", ""),
        ("8 Foo 2021", ""),
        ("8.10.21", ""),
        ("30 اسفند 1402", ""),
        ("8 صفر 1443", ""),
        ("123", ""),
        ("x" * 500 + "2021-10-08", ""),
        ("0000-01-01", ""),
        ("31 Dec 9999 23:59 -2300", ""),
    ],
)  # fmt: skip
def test_a_time_is_read_as_its_publisher_means_it(text, time) -> None:
    assert shown(text) == time


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("Z", 0), ("GMT", 0), ("UT", 0), ("+0000", 0), ("EST", -300), ("EDT", -240), ("PST", -480),
     ("CET", 60), ("CEST", 120), ("JST", 540), ("KST", 540), ("HKT", 480), ("CST", 480), ("IST", 330),
     ("AEDT", 660), ("NZDT", 780), ("+08:45", 525), ("-12:00", -720), ("UTC+3", 180), ("GMT-0500", -300),
     ("XYZ", None), ("+99:00", None), ("", None)],
)  # fmt: skip
def test_a_zone_is_kept_as_it_was_given(zone, offset) -> None:
    stamp = dates.parse(f"8 Oct 2021 15:08 {zone}")
    assert stamp is not None
    assert (stamp.offset, stamp.day_only) == (offset, False)
    assert stamp.at == datetime(2021, 10, 8, 15, 8, tzinfo=UTC) - timedelta(minutes=offset or 0)


def test_the_zone_of_the_source_counts_where_the_text_names_none() -> None:
    assert dates.parse("2021-10-08 15:08", default_offset=480) == Stamp(
        at=datetime(2021, 10, 8, 7, 8, tzinfo=UTC), offset=480
    )
    assert dates.parse("2021-10-08 15:08Z", default_offset=480) == dates.parse("2021-10-08 15:08Z")
    assert dates.parse("2021-10-08", default_offset=480) == Stamp(
        at=datetime(2021, 10, 7, 16, 0, tzinfo=UTC), offset=480, day_only=True
    )
    assert dates.parse("2021-10-08", default_offset=99_999) is None


@pytest.mark.parametrize(
    ("text", "lang", "day"),
    [
        ("3/4/2026", "", "2026-04-03"),
        ("3/4/2026", "en-GB", "2026-04-03"),
        ("3/4/2026", "en-US", "2026-03-04"),
        ("3/14/2026", "", "2026-03-14"),
        ("14/3/2026", "en-US", "2026-03-14"),
        ("14/14/2026", "", ""),
    ],
)
def test_the_language_decides_between_day_and_month(text, lang, day) -> None:
    assert shown(text, lang=lang) == day


def test_the_days_of_the_solar_calendar_follow_each_other_without_gap_or_repeat() -> None:
    days = [
        from_solar(year, month, day)
        for year in range(1300, 1470)
        for month in range(1, 13)
        for day in range(1, 32)
        if is_solar(year, month, day)
    ]
    assert days == [date(1921, 3, 21) + timedelta(days=n) for n in range(len(days))]


def is_solar(year: int, month: int, day: int) -> bool:
    with suppress(ValueError):
        return bool(from_solar(year, month, day))
    return False


def test_persian_pages_write_solar_years_in_digits() -> None:
    assert shown("۱۴۰۰/۰۷/۱۶", lang="fa") == "2021-10-08"
    assert shown("1400/07/16") == ""


def test_listopad_is_october_to_croats_and_november_to_poles() -> None:
    assert shown("8. listopada 2021", lang="hr") == "2021-10-08"
    assert shown("8 listopada 2021", lang="pl") == "2021-11-08"


def test_a_day_followed_by_a_clock_is_no_year() -> None:
    assert shown("8 Oct 15:08") == ""


@pytest.mark.parametrize("at", ["45:61", "25.99"])
def test_a_clock_that_cannot_be_leaves_the_day(at) -> None:
    assert shown(f"8 October 2021 - {at}") == "2021-10-08"


moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
offsets = st.integers(-14 * 60, 14 * 60)


@given(moments, offsets)
def test_what_is_written_is_read_back(at, offset) -> None:
    zone = timezone(timedelta(minutes=offset))
    local = at.astimezone(zone)
    for text in (local.isoformat(), local.isoformat(" ", "milliseconds")):
        assert dates.parse(text) == Stamp(at=at, offset=offset)
    seconds = at.replace(microsecond=0)
    assert dates.parse(f"{local:%a, %d %b %Y %H:%M:%S %z}") == Stamp(at=seconds, offset=offset)
    assert dates.parse(dates.iso(at)) == Stamp(at=seconds, offset=0)
    assert dates.parse(dates.iso_ms(at)) == Stamp(at=at, offset=0)


@given(moments, offsets)
def test_what_is_shown_is_read_back_to_the_minute(at, offset) -> None:
    minute = at.replace(second=0, microsecond=0)
    read = dates.parse(dates.show(Stamp(at=minute, offset=offset)))
    assert read == Stamp(at=minute, offset=offset)


@given(moments)
def test_milliseconds_since_1970_are_read_back(at) -> None:
    number = round(at.timestamp() * 1000)
    stamp = dates.parse(str(number))
    assert stamp is None or stamp.at == at
    assert (stamp is None) == (len(str(number)) not in (12, 13))


WORDS = ["2021", "10", "8", "-", "/", ".", ":", "T", "Z", "+08:00", "GMT", "Oct", "月", "年", "日", "午後", "時", "元",
         "令和", "pm", " ", ",", "99", "0", "٣", "²", "\ud800", "october", "de", "1633705680000", "№", "ﷺ"]  # fmt: skip


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=20).map("".join),
    st.text(max_size=5),
)
def test_no_text_makes_it_raise(text, lang) -> None:
    stamp = dates.parse(text, lang=lang)
    if stamp:
        assert stamp.at.utcoffset() == timedelta(0)
        assert dates.show(stamp)


# What can be true

RECEIVED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "oddity"),
    [
        (RECEIVED, ""),
        (RECEIVED + timedelta(days=1), ""),
        (RECEIVED + timedelta(days=1, seconds=1), "date-future"),
        (datetime(1990, 1, 1, tzinfo=UTC), ""),
        (datetime(1989, 12, 31, 23, 59, 59, tzinfo=UTC), "date-ancient"),
    ],
)
def test_a_time_that_cannot_be_true_is_not_kept(at, oddity) -> None:
    stamp = Stamp(at=at)
    assert dates.clamp(stamp, received=RECEIVED) == (None if oddity else stamp, oddity)


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)),
    st.sampled_from(["GMT", "UTC", "+0800", "-0330", "+0000", "+2400", "-2000"]),
    st.sampled_from([None, 480]),
)
@settings(derandomize=True, deadline=None)
def test_a_date_to_the_letter_of_a_standard_is_read_as_any_other(at, zone, default) -> None:
    colon = "Z" if zone.isalpha() else f"{zone[:3]}:{zone[3:]}"
    written = (
        f"{at:%a, %d} {MONTHS[at.month - 1]} {at:%Y %H:%M:%S} {zone}",
        f"{at.isoformat()}{colon}",
    )
    for text in written:
        found = dates.parse(text, default_offset=default)
        assert found is not None
        assert found == dates.parse(f"on {text}", default_offset=default)


# How it is shown


@pytest.mark.parametrize(
    ("stamp", "zone", "text"),
    [
        (Stamp(at=RECEIVED, offset=480), "Europe/Paris", "2026-11-01 08:00 +08:00"),
        (Stamp(at=RECEIVED), "Asia/Shanghai", "2026-11-01 08:00 +08:00"),
        (Stamp(at=RECEIVED), "+05:30", "2026-11-01 05:30 +05:30"),
        (Stamp(at=RECEIVED), "-03:30", "2026-10-31 20:30 -03:30"),
        (Stamp(at=RECEIVED), "", "2026-11-01 00:00 UTC"),
        (Stamp(at=RECEIVED), "Nowhere/Town", "2026-11-01 00:00 UTC"),
        (Stamp(at=RECEIVED), "../etc/passwd", "2026-11-01 00:00 UTC"),
        (Stamp(at=RECEIVED, day_only=True), "Asia/Shanghai", "2026-11-01"),
        (Stamp(at=RECEIVED - timedelta(hours=8), offset=480, day_only=True), "", "2026-11-01"),
    ],
)
def test_a_time_is_shown_in_its_own_zone_else_in_the_sources(stamp, zone, text) -> None:
    assert dates.show(stamp, zone) == text


def test_the_standard_forms_are_in_utc() -> None:
    at = datetime(2021, 10, 8, 23, 8, 0, 5999, tzinfo=timezone(timedelta(hours=8)))
    assert dates.iso(at) == "2021-10-08T15:08:00Z"
    assert dates.iso_ms(at) == "2021-10-08T15:08:00.005Z"
