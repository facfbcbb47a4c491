"""Times as publishers write them: read leniently, kept exactly, shown in their own zone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from newskeep.dates import months, zones
from newskeep.dates.calendars import from_buddhist, from_solar, without_eras
from newskeep.types import Stamp

_LONGEST = 200
"""Characters of a text that are looked at; no publisher writes a longer date."""

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_SLACK = timedelta(days=1)

_NOON = "上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후"
_TIME = (
    rf"(?:(?P<noon>{_NOON})\s*)?"
    r"(?P<h>[01]?\d|2[0-4])\s*(?:[:：.](?=\s?\d\d)|h|時|时|點|点|시)\s*(?P<mi>[0-5]\d|\d(?=\s*[分분]))?"
    r"(?:\s*(?:分|분))?(?:\s*[:：]?\s*(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?(?:\s*(?:秒|초))?)?"
    r"\s*(?P<ampm>[ap]\.?\s?m\b\.?)?"
)
_ZONE = (
    r"\s*(?P<zone>[+-]\d{1,2}:?\d{2}|[+-]\d{2}\b|(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?"
    r"|[A-Za-z]{1,4}\b)?"
)
_LINK = (
    r"(?:[\s,،|·•@–—-]|/\s|T(?=\d)|г\.|р\.|klo\b|kl\b\.?|godz\b\.?|a las|alle ore"
    r"|\b(?:at|um|om|à|às|as|alle|ore|v|o|u|w|в|о|στις|saat|lúc|pukul|jam|la|ora|ob)\b"
    r"|เวลา|الساعة|ساعت|בשעה|बजे){0,6}"
)
"""What stands between a day and a time of day."""
_CLOCK = rf"(?:{_LINK}{_TIME}{_ZONE})?"
_NAME = r"(?P<name>[^\W\d_][^\s\d,،/()-]{1,14}|كانون (?:الأول|الثاني)|تشرين (?:الأول|الثاني))"
_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})"
    r"(?:[T\s_]+(?P<h>\d{2}):?(?P<mi>\d{2})(?::?(?P<s>\d{2})(?:[.,:](?P<f>\d{1,9}))?)?"
    r"(?!\s*[ap]\.?m\b)\s*(?P<zone>Z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|[A-Z]{2,4})?"
    rf"|(?![\s,，|]*(?:{_NOON})?\s*\d{{1,2}}\s*[:：時时點点시]))(?!\d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<!\d)(?P<y>(?:19|20|25)\d{2})\s*[-/.年년]\s*(?P<m>\d{1,2})\s*[-/.月월]\s*(?P<d>\d{1,2})\s*[日일号號.]?"
    rf"(?:\s*[(（]?(?:星期|週|周|礼拜)?[一二三四五六日天月火水木金土월화수목금토]?(?:曜日|요일)?[)）]?)?{_CLOCK}",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|o|°|\.)?[\s-]+(?:de\s+|of\s+)?{_NAME},?[\s،-]+"
    rf"(?:del?\s+|г\.?\s*)?(?P<y>\d{{4}}|\d{{2}}(?![:：.h]))(?!\d){_CLOCK}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_NAME}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[,.]?\s+(?P<y>\d{{4}})(?!\d){_CLOCK}",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d{{2}})(?:\.|\sm\.)?[\s-]+{_NAME}[\s-]+(?P<d>\d{{1,2}})(?!\d)"
    rf"\.?(?:\s?d\.)?{_CLOCK}",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}}),?\s+(?:năm\s+)?(?P<y>\d{{4}})(?!\d){_CLOCK}",
    re.IGNORECASE,
)
_ASCTIME = re.compile(
    r"(?P<name>[A-Za-z]{3})\s+(?P<d>\d{1,2})\s+(?P<h>\d{2}):(?P<mi>\d{2}):(?P<s>\d{2})\s+"
    r"(?P<zone>(?:[A-Za-z]{3,4}|[+-]\d{4})\s+)?(?P<y>\d{4})"
)
_SLASHED = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})\s?[/.-]\s?(?P<b>\d{1,2})\s?[/.-]\s?"
    rf"(?:(?P<y>\d{{4}})(?!\d){_CLOCK}|(?P<yy>\d{{2}})(?![\d.]){_LINK}(?P<hh>\d{{1,2}})[:.h](?P<mm>\d{{2}})(?!\d))",
    re.IGNORECASE,
)
_SOLAR = re.compile(
    r"(?<!\d)(?:(?P<y>1[34]\d{2})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})(?!\d)"
    r"|(?P<day>\d{1,2})\s+(?P<name>[^\W\d_]{2,9})(?:\s+ماه)?[،,]?\s+(?P<year>1[34]\d{2})(?!\d))"
    rf"{_CLOCK}",
    re.IGNORECASE,
)
_STANDARD = (
    re.compile(
        r"(?:[A-Za-z]{3}, )?(?P<d>[0-9]{1,2}) (?P<name>[A-Za-z]{3}) (?P<y>[0-9]{4}) "
        r"(?P<h>[0-9]{2}):(?P<mi>[0-9]{2}):(?P<s>[0-9]{2}) (?P<zone>GMT|UTC|[+-][0-9]{4})"
    ),
    re.compile(
        r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})T(?P<h>[0-9]{2}):(?P<mi>[0-9]{2})"
        r":(?P<s>[0-9]{2})(?:\.(?P<f>[0-9]{1,9}))?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})"
    ),
)
"""RFC 822 and RFC 3339 to the letter, as most dates are; looked for first, for they are quick."""

_EPOCH = re.compile(r"\s*(\d{9,10}|\d{12,13})(?:\.\d+)?\s*")
_MORNING = frozenset({"上午", "凌晨", "早上", "午前", "오전"})
_AFTERNOON = frozenset({"下午", "中午", "晚上", "午後", "오후"})
_MONTH_FIRST_LANGUAGES = ("en-us", "en-ph")
_DIGITS = {zero + n: str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for n in range(10)}
"""Of Arabic, Persian, Devanagari, Bengali and Thai."""


def parse(text: str, *, lang: str = "", default_offset: int | None = None) -> Stamp | None:
    """The time that a text gives, or None. Never raises.

    Reads RFC 822, 850 and 9557 forms and asctime, ISO 8601, seconds and milliseconds since
    1970, and dates as news pages show them in the main languages. `lang` decides between
    day and month in 3/4/2026 (the day first, but in American English). `default_offset`,
    in minutes, is the zone where the text names none.
    """
    text = text[:_LONGEST].strip()
    if not text.isascii():
        text = without_eras(unicodedata.normalize("NFKC", text).translate(_DIGITS).strip())
    stamp = _standard(text, default_offset)
    if stamp:
        return stamp
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return _since_epoch(int(epoch[1]))
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            stamp = read(match.groupdict(), lang, default_offset)
            if stamp:
                return stamp
    return None


def clamp(stamp: Stamp, *, received: datetime) -> tuple[Stamp | None, str]:
    """The time if it can be true, and what is odd about it: date-future, date-ancient or nothing.

    A time more than a day after it was received, or before 1990, is not kept.
    """
    if stamp.at > received + _SLACK:
        return None, "date-future"
    if stamp.at < _EARLIEST:
        return None, "date-ancient"
    return stamp, ""


def show(stamp: Stamp, zone: str = "") -> str:
    """`2021-10-08 23:08 +08:00`, in the zone it was written in, else `zone`, else UTC."""
    at = local(stamp, zone)
    if stamp.day_only:
        return f"{at:%Y-%m-%d}"
    return f"{at:%Y-%m-%d %H:%M} {_offset_text(at)}"


def local(stamp: Stamp, zone: str = "") -> datetime:
    """The time in the zone it was written in, else `zone` (IANA name or offset), else UTC."""
    if stamp.offset is not None:
        return stamp.at.astimezone(timezone(timedelta(minutes=stamp.offset)))
    return stamp.at if stamp.day_only else stamp.at.astimezone(_zone(zone))


def is_zone(name: str) -> bool:
    """Whether `local` knows this zone: an IANA name or an offset such as +08:00."""
    return name.upper() == "UTC" or _zone(name) is not UTC


def iso(at: datetime) -> str:
    """`2021-10-08T15:08:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def iso_ms(at: datetime) -> str:
    """`2021-10-08T15:08:00.000Z`, as JavaScript writes it."""
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


Facts = dict[str, str | None]


def _standard(text: str, default: int | None) -> Stamp | None:
    mail, web = _STANDARD
    match = mail.fullmatch(text)
    if match:
        return _named(match.groupdict(), "", default)
    match = web.fullmatch(text)
    return _numbered(match.groupdict(), "", default) if match else None


def _numbered(facts: Facts, lang: str, default: int | None) -> Stamp | None:
    return _built(facts, int(facts["m"] or 0), default)


def _named(facts: Facts, lang: str, default: int | None) -> Stamp | None:
    return _built(facts, months.number(facts["name"] or "", lang), default)


def _slashed(facts: Facts, lang: str, default: int | None) -> Stamp | None:
    if facts["yy"]:
        facts = {**facts, "y": facts["yy"], "h": facts["hh"], "mi": facts["mm"]}
    first, second = int(facts["a"] or 0), int(facts["b"] or 0)
    month_first = (lang.lower() in _MONTH_FIRST_LANGUAGES and first <= 12) or second > 12
    day, month = (second, first) if month_first else (first, second)
    return _built({**facts, "d": str(day)}, month, default)


def _solar(facts: Facts, lang: str, default: int | None) -> Stamp | None:
    named = months.solar_number(facts["name"] or "")
    if not named and not lang.startswith(("fa", "ps")):
        return None
    year, day = int(facts["y"] or facts["year"] or 0), int(facts["d"] or facts["day"] or 0)
    try:
        at = from_solar(year, named or int(facts["m"] or 0), day)
    except ValueError:
        return None
    return _built({**facts, "y": f"{at.year}", "d": f"{at.day}"}, at.month, default)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Facts, str, int | None], Stamp | None]], ...] = (
    (_ISO, _numbered),
    (_NUMBERED, _numbered),
    (_DAY_FIRST, _named),
    (_ASCTIME, _named),
    (_MONTH_FIRST, _named),
    (_YEAR_FIRST, _named),
    (_SLASHED, _slashed),
    (_YEAR_LAST, _numbered),
    (_SOLAR, _solar),
)


def _built(facts: Facts, month: int, default: int | None) -> Stamp | None:
    year = from_buddhist(int(facts["y"] or 0))
    if len(facts["y"] or "") == 2:
        year += 2000 if year < 69 else 1900
    has_time = bool(facts.get("h"))
    offset = zones.offset(facts.get("zone")) if has_time else None
    offset = default if offset is None else offset
    try:
        at = datetime(year, month, int(facts["d"] or 0), *_clock(facts), tzinfo=UTC)
        if offset:
            at = at.replace(tzinfo=timezone(timedelta(minutes=offset))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Stamp(at=at, offset=offset, day_only=not has_time)


def _clock(facts: Facts) -> tuple[int, int, int, int]:
    hour, minute = int(facts.get("h") or 0), int(facts.get("mi") or 0)
    second = int(facts.get("s") or 0)
    half, word = (facts.get("ampm") or "").lower()[:1], facts.get("noon")
    if (half == "p" or word in _AFTERNOON) and hour < (4 if word == "中午" else 12):
        hour += 12
    if (half == "a" or word in _MORNING) and hour == 12:
        hour = 0
    micro = int(((facts.get("f") or "") + "000000")[:6])
    return hour, minute, min(second, 59), micro  # a leap second is the one before it


def _since_epoch(number: int) -> Stamp | None:
    seconds, rest = (number // 1000, number % 1000) if number >= 10**11 else (number, 0)
    return Stamp(at=datetime.fromtimestamp(seconds, UTC) + timedelta(milliseconds=rest), offset=0)


@cache
def _zone(name: str) -> timezone | ZoneInfo:
    offset = zones.offset(name)
    if offset is not None:
        return timezone(timedelta(minutes=offset))
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):  # a name that this system does not know
        return UTC


def _offset_text(at: datetime) -> str:
    text = f"{at:%z}"
    return f"{text[:3]}:{text[3:5]}" if text.strip("+0") else "UTC"
