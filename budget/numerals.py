"""Numerals of headings and lists, days and times, as Chinese writes them."""

from __future__ import annotations

from datetime import date, datetime

DIGITS = "零一二三四五六七八九"


def han(number: int) -> str:
    """Return a number from 1 to 99 in Chinese.

    Raises ValueError outside that range.

    >>> han(7), han(10), han(22), han(40)
    ('七', '十', '二十二', '四十')
    """
    if not 1 <= number <= 99:
        raise ValueError(f"no heading is numbered {number}")
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones else "")


def day(on: date | None) -> str:
    """Return a day, "" for none.

    >>> day(date(2026, 3, 1))
    '2026年3月1日'
    """
    return "" if on is None else f"{on.year}年{on.month}月{on.day}日"


def minute(at: datetime) -> str:
    """Return a day with its time, both in the zone in which they are given.

    >>> minute(datetime(2026, 3, 1, 9, 5))
    '2026年3月1日 09:05'
    """
    return f"{day(at.date())} {at:%H:%M}"
