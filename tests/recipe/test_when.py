"""Times beside the entries of a list."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newskeep import dates
from newskeep.discover.recipes import when

NOW = datetime(2026, 11, 24, 4, 30, 10, tzinfo=UTC)  # 12:30 in Taipei


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026/11/24 10:30", "2026-11-24T10:30:00+08:00"),
        ("2026-11-24T02:30:00Z", "2026-11-24T02:30:00+00:00"),
        ("2026年11月23日", "2026-11-23"),
        ("11/24 10:30", "2026-11-24T10:30:00+08:00"),
        ("11-23", "2026-11-23"),
        ("11月23日 08:05", "2026-11-23T08:05:00+08:00"),
        ("12.31", "2025-12-31"),
        ("12/31 23:59 更新", "2025-12-31T23:59:00+08:00"),
        ("10:05", "2026-11-24T10:05:00+08:00"),
        ("13:10", "2026-11-24T13:10:00+08:00"),
        ("23:10", "2026-11-23T23:10:00+08:00"),
        ("5分鐘前", "2026-11-24T12:25:00+08:00"),
        ("3 个小时前", "2026-11-24T09:30:00+08:00"),
        ("20時間前", "2026-11-23T16:30:00+08:00"),
        ("2 hours ago", "2026-11-24T10:30:00+08:00"),
        ("30秒前", "2026-11-24T12:29:00+08:00"),
        ("3天前", "2026-11-21"),
        ("1 day ago", "2026-11-23"),
        ("13/45", ""),
        ("2/30", ""),
        ("99:99", ""),
        ("soon", ""),
        ("", ""),
        ("in 3 hours", ""),
    ],
)
def test_it_means_this_in_taipei(text, told):
    stamp = when.parse(text, zone="Asia/Taipei", lang="zh-Hant", received=NOW)
    shown = "" if stamp is None else dates.local(stamp).isoformat()
    assert (shown[:10] if stamp and stamp.day_only else shown) == told


def test_a_leap_day_is_the_last_one_that_was():
    stamp = when.parse("2/29", zone="", lang="", received=datetime(2025, 1, 1, tzinfo=UTC))
    assert stamp is not None
    assert stamp.at == datetime(2024, 2, 29, tzinfo=UTC)


def test_without_a_zone_it_is_utc():
    stamp = when.parse("11/24 03:00", zone="", lang="", received=NOW)
    assert stamp is not None
    assert (stamp.at, stamp.offset) == (datetime(2026, 11, 24, 3, tzinfo=UTC), 0)


def test_summer_time_is_the_zones_own():
    stamp = when.parse("2026-07-01 10:00", zone="Europe/Berlin", lang="", received=NOW)
    assert stamp is not None
    assert (stamp.offset, stamp.at.hour) == (120, 8)
