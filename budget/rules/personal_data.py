"""个人信息: what must not be published of a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from budget.rules.finding import Finding, Outcome, Side
from budget.rules.passages import PassageKind, untold, with_signs
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity

IDENTITY: Final = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
MOBILE: Final = re.compile(r"(?<![\d.,])1[3-9]\d{9}(?![\d.,]|\s*[元万亿])")
BANK_CARD: Final = re.compile(r"(?<![\d.,])(?:\d{16,19}|\d{4}(?: \d{4}){3}(?: \d{1,3})?)(?![\d.,])")
SIGNS: Final = re.compile(r"\d\d{3}[ \d]\d{4}")
"""The run of digits that each of these begins with."""
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS: Final = "10X98765432"
SHOWN: Final = 3

Check = Callable[[str], bool]


@rule(
    "WRD006",
    Severity.ERROR,
    "没有居民身份证号码",
    explain="公开文本不得出现身份证号码，删去。",
    basis="《政府信息公开条例》第十五条；《个人信息保护法》；GB 11643 校验码",
    example="补助对象张某（证件号18位）。",
)
def no_identity_numbers(subject: Subject) -> Iterable[Outcome]:
    """No 18-digit number with the date and the check digit of an identity number."""
    yield from untold(subject)
    yield from _found(subject, "身份证号码", IDENTITY, is_identity_number)


@rule(
    "WRD007",
    Severity.WARNING,
    "没有手机号码和银行卡号",
    explain="个人的手机号码、银行卡号删去；办公电话请写座机。",
    basis="《政府信息公开条例》第十五条；《个人信息保护法》",
    example="联系人手机138后接8位数字。",
)
def no_phone_and_card_numbers(subject: Subject) -> Iterable[Outcome]:
    """No mobile number, and no number that passes the check of bank cards."""
    yield from untold(subject)
    yield from _found(subject, "手机号码", MOBILE, lambda _: True)
    yield from _found(
        subject,
        "银行卡号",
        BANK_CARD,
        lambda digits: is_card_number(digits) and not is_identity_number(digits),
    )


def _found(
    subject: Subject, what: str, pattern: re.Pattern[str], is_one: Check
) -> Iterator[Finding]:
    """Yield a finding for each passage with such a number, of which only the head is repeated."""
    for passage in with_signs(subject, SIGNS, PassageKind):
        numbers = [each.group().replace(" ", "") for each in pattern.finditer(passage.text)]
        shown = [f"{number[:SHOWN]}…" for number in numbers if is_one(number)]
        if shown:
            yield Finding(
                (passage.address,),
                Side(f"{passage.label}中的{what}", "、".join(shown), address=passage.address),
                advice="删去",
            )


def is_identity_number(number: str) -> bool:
    """True for 17 digits with a date of birth in them and the check digit that follows.

    >>> is_identity_number("11010519491231002X"), is_identity_number("110105194912310021")
    (True, False)
    """
    if len(number) != 18 or not number[:17].isdigit() or not _is_day(number[6:14]):
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECK_DIGITS[weighed % 11] == number[17].upper()


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= 1900


def is_card_number(number: str) -> bool:
    """True for 16 to 19 digits that pass the Luhn check, not all the same.

    >>> is_card_number("6222021234567894"), is_card_number("6222021234567890")
    (True, False)
    """
    if not number.isdigit() or not 16 <= len(number) <= 19 or len(set(number)) == 1:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0
