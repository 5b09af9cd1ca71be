"""Chinese numerals as headings and lists use them."""

from __future__ import annotations

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
