"""Years and days of other calendars, as Gregorian ones."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The years that Japanese and Taiwanese eras begin after."""
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,3}}|元)\s*年")
_BUDDHIST = 543
_BUDDHIST_YEARS = range(2400, 2700)
_SOLAR_YEARS = range(1300, 1500)
_NOWRUZ = date(1921, 3, 21)
"""The first day of 1300 of the Solar Hijri calendar."""


def without_eras(text: str) -> str:
    """A text with the years of Japanese and Taiwanese eras as common years."""
    return _ERA.sub(_common_year, text)


def from_buddhist(year: int) -> int:
    """The common year for one of the Buddhist Era, as Thai pages write it; others unchanged."""
    return year - _BUDDHIST if year in _BUDDHIST_YEARS else year


def from_solar(year: int, month: int, day: int) -> date:
    """The Gregorian day of one of the Solar Hijri calendar (Iran, Afghanistan).

    Leap years follow the 33-year cycle, which is right from 1244 to 1472. Raises
    ValueError where there is no such day.
    """
    longest = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if year not in _SOLAR_YEARS or not 1 <= month <= 12 or not 1 <= day <= longest:
        raise ValueError(f"no such day: {year}-{month}-{day}")
    years = range(_SOLAR_YEARS[0], year)
    days = 365 * len(years) + sum(map(_is_leap, years))
    months = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _NOWRUZ + timedelta(days=days + months + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def _common_year(match: re.Match[str]) -> str:
    year = 1 if match[2] == "元" else int(match[2])
    return f"{_ERAS[match[1]] + year}年"
