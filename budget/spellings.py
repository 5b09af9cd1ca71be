"""What people type for amounts, counts, days and scores, and what of it is accepted.

One reading for forms, pasted blocks and workbooks. A text is read as exactly one value, or refused
with a reason and what to write instead; nothing is guessed, and nothing turns into zero without a
digit having been typed. The decisions, spelling by spelling, are the table in
budget/tests/spellings.csv; static/js/money.js reads amounts the same way and is held to that table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from budget.money import LARGEST, MoneyUnit, half_up, written

INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Marks of width nothing and of direction, which copying from web pages and calculators adds."""
SPACE: Final = re.compile(
    "[ \t\r\n\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
USUAL: Final = str.maketrans(
    "０１２３４５６７８９，．。（）＋－−–—￥／：％＝＃",
    "0123456789,..()+----¥/:%=#",
)
"""Full-width signs and all dashes become their plain forms; 。 is what an IME gives for a point."""
NOTHING: Final = re.compile("-+|/|无")
"""What tables write for "nothing here"; read as blank, never as zero."""

WHOLE: Final = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)"
NUMBER: Final = rf"(?P<number>{WHOLE}(?:\.\d*)?|\.\d+)"
AMOUNT: Final = re.compile(
    rf"(?P<before>[-+(]?) ?¥? ?(?P<inner>[-+(]?) ?{NUMBER} ?"
    r"(?P<unit>万元|亿元|元|万|亿)? ?(?P<after>[-)]?) ?(?P<outer>万元|亿元|元|万|亿)?",
    re.ASCII,
)
SIGNS: Final = {"": 1, "+": 1, "-": -1, "()": -1}
"""Marks around a number; a trailing minus is how older accounting programs print."""
EXPONENTS: Final = {"元": 0, "万": 4, "亿": 8}
PADDED: Final = re.compile(r"0[\d, ]", re.ASCII)
COUNT: Final = re.compile(
    rf"(?P<sign>[-+]?) ?(?P<number>{WHOLE}(?:\.\d*)?) ?[人名个辆台套次批天件项]?", re.ASCII
)
LARGEST_COUNT: Final = 999_999_999
DAY: Final = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"|年 ?(?P<named_month>\d{1,2}) ?月 ?(?P<named_day>\d{1,2}) ?[日号]?"
    r"|(?P<packed_month>\d\d)(?P<packed_day>\d\d))(?:[ T]00:00(?::00)?)?",
    re.ASCII,
)
SCORE: Final = re.compile(rf"\+?{NUMBER} ?[分%]?", re.ASCII)


class Unreadable(ValueError):
    """A text is no value of its kind; the message says in Chinese why, and what to write."""


@dataclass(frozen=True, slots=True)
class _Hint:
    """A shape that is often typed in place of an amount, and what to say of it."""

    shape: re.Pattern[str]
    reason: str

    @classmethod
    def of(cls, shape: str, reason: str) -> _Hint:
        return cls(re.compile(shape, re.ASCII), reason)


NOT_AMOUNTS: Final[Sequence[_Hint]] = (
    _Hint.of("^=", "这里不计算公式，请填算好的数"),
    _Hint.of("^#", "这是表格软件的出错值，请先在原表改好，或填正确的数"),
    _Hint.of("[%‰]", "这里填金额，不填百分比"),
    _Hint.of("[△▲▽▼↑↓]", "“△”“▲”有人表示增、有人表示减，减少请写 -12"),
    _Hint.of(r"^\d[\d.]*e[-+]?\d+$|^\d[\d.]*E[-+]?\d+$", "科学计数法会丢尾数，请写出全部数字"),
    _Hint.of(r"^\d{2,4}[-/.年]\d{1,2}[-/.月]|^\d+月|^\d{1,2}[-/]\d{1,2}$", "这像是日期，请填金额"),
    _Hint.of("[$€£＄]", "只收人民币，请折成元再填"),
    _Hint.of(
        r"[万亿元].*\d|\d.*(万亿|元元|[万亿元]\))", "一个金额只写一个单位，如 123000 或 12.3万"
    ),
    _Hint.of(
        "[〇零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]",
        "请用阿拉伯数字，如 120000 或 12万",
    ),
    _Hint.of("[角分]", "请写成元，如 12.34"),
    _Hint.of(r"\..*\.", "有不止一个小数点，请核对"),
    _Hint.of(r"\..*,", "逗号不能在小数点之后：小数点用“.”，千分位用“,”，如 1,561.09"),
    _Hint.of(r"^[-+(¥]*\d[\d, ]*[, ]", "千分位应每三位一段，如 1,234,567；不确定时不写逗号"),
    _Hint.of(r"[-+()].*\d|\d.*[-+()]", "负数写 -12 或 (12)，正负号只写一个，括号要成对"),
)


def amount(text: str, unit: MoneyUnit) -> Decimal | None:
    """Return an amount typed in a sheet of this unit as yuan, exactly; None where nothing is meant.

    A unit written behind the number goes before the sheet's own: 12万 is 12 万元 in either sheet
    (``unit_remark`` says so). Raises Unreadable, also for what is no whole number of 分.

    >>> from budget.money import WAN, YUAN
    >>> amount("１，５６１．０９", YUAN), amount("12万", YUAN), amount("1.5", WAN)
    (Decimal('1561.09'), Decimal('120000.00'), Decimal('15000.00'))
    """
    plain = _plain(text)
    if _means_nothing(plain):
        return None
    found = AMOUNT.fullmatch(plain)
    sign = None if found is None else SIGNS.get(_marks(found))
    written_unit = None if found is None else _written_unit(found)
    if found is None or sign is None or written_unit is None:
        raise Unreadable(_why_no_amount(text, plain))
    if PADDED.match(found["number"]):
        raise Unreadable(f"“{_quoted(text)}”以0开头，像是编码；金额前面不写多余的0")
    exponent = EXPONENTS[written_unit[0]] if written_unit else unit.exponent
    exact = _decimal(found["number"])
    return _whole_fen(exact if sign > 0 else exact.copy_negate(), exponent, text)


def unit_remark(text: str, unit: MoneyUnit) -> str:
    """Return what to tell of an amount whose written unit went before the sheet's, or "".

    >>> from budget.money import YUAN
    >>> unit_remark("12万", YUAN), unit_remark("12元", YUAN)
    ('按所写单位读作 12 万元', '')
    """
    found = AMOUNT.fullmatch(_plain(text))
    own = found and _written_unit(found)
    if not found or not own or own == unit.label:
        return ""
    sign = "-" if SIGNS.get(_marks(found)) == -1 else ""
    return f"按所写单位读作 {sign}{found['number'].replace(' ', ',')} {own.removesuffix('元')}元"


def amount_text(yuan: Decimal | None, unit: MoneyUnit) -> str:
    """Return an amount of yuan as a sheet of this unit shows it, losing nothing; "" for None.

    >>> from budget.money import WAN, YUAN
    >>> amount_text(Decimal("1561.1"), YUAN), amount_text(Decimal("15610949.99"), WAN)
    ('1,561.10', '1,561.094999')
    """
    if yuan is None:
        return ""
    finest = half_up(yuan.scaleb(-unit.exponent), unit.exponent + 2)
    return written(half_up(finest, max(_places(finest), 2)), grouped=True)


def number(value: int | float | Decimal, unit: MoneyUnit) -> Decimal:
    """Return a number read from a workbook's cell, in a sheet of this unit, as yuan, exactly.

    A float counts as its shortest spelling, which is what was typed. Raises Unreadable for truth
    values, what is not finite, and what is no whole number of 分.

    >>> from budget.money import WAN, YUAN
    >>> number(1561.09, YUAN), number(12, WAN)
    (Decimal('1561.09'), Decimal('120000.00'))
    """
    if isinstance(value, bool):
        raise Unreadable(f"“{str(value).upper()}”是逻辑值，不是金额")
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise Unreadable(f"“{value}”不是金额")
    return _whole_fen(exact, unit.exponent, str(value))


def count(text: str) -> int | None:
    """Return a typed number of people or things, None for blank. Raises Unreadable.

    >>> count("1,234"), count("12人"), count("")
    (1234, 12, None)
    """
    plain = _plain(text)
    if _means_nothing(plain):
        return None
    found = COUNT.fullmatch(plain)
    if found is None:
        raise Unreadable(f"“{_quoted(text)}”不是数量，请填整数，如 12")
    if PADDED.match(found["number"]):
        raise Unreadable(f"“{_quoted(text)}”以0开头，像是编码；数量前面不写多余的0")
    exact = _decimal(found["number"])
    if exact != exact.to_integral_value():
        raise Unreadable(f"“{_quoted(text)}”不是整数，数量请填整数")
    if found["sign"] == "-" and exact:
        raise Unreadable(f"“{_quoted(text)}”是负数，数量不能小于0")
    if exact > LARGEST_COUNT:
        raise Unreadable(f"“{_quoted(text)}”太大，数量最多 {LARGEST_COUNT:,}")
    return int(exact)


def day(text: str) -> date | None:
    """Return a typed day, None for blank. Raises Unreadable, also where a part is missing.

    >>> day("2026年1月5日"), day("2026/1/5")
    (datetime.date(2026, 1, 5), datetime.date(2026, 1, 5))
    """
    plain = _plain(text)
    if _means_nothing(plain):
        return None
    found = DAY.fullmatch(plain)
    if re.fullmatch(r"\d{5}(\.\d*)?", plain, re.ASCII):
        raise Unreadable(f"“{_quoted(text)}”像是表格软件的日期序号，请按“年-月-日”填写")
    if found is None:
        raise Unreadable(f"“{_quoted(text)}”不是完整的日期，请按“年-月-日”填写，如 2026-1-5")
    month = found["month"] or found["named_month"] or found["packed_month"]
    of_month = found["day"] or found["named_day"] or found["packed_day"]
    try:
        value = date(int(found["year"]), int(month), int(of_month))
    except ValueError:
        raise Unreadable(f"没有“{_quoted(text)}”这一天，请核对月和日") from None
    if not 1900 <= value.year <= 2100:
        raise Unreadable(f"“{_quoted(text)}”的年份不在1900至2100年之间，请核对")
    return value


def weight(text: str) -> Decimal | None:
    """Return a typed score out of 100, two places at most; None for blank. Raises Unreadable.

    10% is read as 10: the scores of one goal add up to 100.

    >>> weight("10分"), weight("12.5")
    (Decimal('10'), Decimal('12.5'))
    """
    plain = _plain(text)
    if _means_nothing(plain):
        return None
    found = SCORE.fullmatch(plain)
    if found is None or PADDED.match(found["number"]):
        raise Unreadable(f"“{_quoted(text)}”不是分值，请填0至100的数，如 10 或 12.5")
    exact = _decimal(found["number"])
    if exact > 100:
        raise Unreadable(f"“{_quoted(text)}”大于100，分值应在0至100之间")
    if exact != half_up(exact, 2):
        raise Unreadable(f"“{_quoted(text)}”多于两位小数，分值最多两位小数")
    return exact


def weight_text(score: Decimal | None) -> str:
    """Return a score as a sheet shows it, without idle zeros; "" for None.

    >>> weight_text(Decimal("10.00")), weight_text(Decimal("12.50"))
    ('10', '12.5')
    """
    return "" if score is None else f"{score.normalize():f}"


def _plain(text: str) -> str:
    """Return a text with plain signs, without invisible marks, and single spaces inside."""
    return SPACE.sub(" ", INVISIBLE.sub("", text).translate(USUAL)).strip(" ")


def _means_nothing(plain: str) -> bool:
    return not plain or NOTHING.fullmatch(plain) is not None


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace(" ", ""))


def _marks(found: re.Match[str]) -> str:
    return f"{found['before']}{found['inner']}{found['after']}"


def _written_unit(found: re.Match[str]) -> str | None:
    """Return the unit behind a number, "" where there is none, None where there are two."""
    inside, outside = found["unit"] or "", found["outer"] or ""
    return None if inside and outside else inside or outside


def _whole_fen(exact: Decimal, exponent: int, text: str) -> Decimal:
    """Return a number of 10^exponent yuan as yuan with two places. Raises Unreadable."""
    # Range and places are judged before any arithmetic, which would round to 28 digits.
    if exact.copy_abs() > LARGEST.scaleb(-exponent):
        raise Unreadable(f"“{_quoted(text)}”超出可填的范围（±9,999,999,999,999.99元）")
    if _places(exact) > exponent + 2:
        raise Unreadable(f"“{_quoted(text)}”不是整分：金额最多到分，请先四舍五入")
    return half_up(exact.scaleb(exponent), 2)


def _places(exact: Decimal) -> int:
    """Return how many decimals of a finite number count: 2 of 12.340."""
    _, digits, exponent = exact.as_tuple()
    if not isinstance(exponent, int) or exponent >= 0 or not any(digits):
        return 0
    idle = next(at for at, digit in enumerate(reversed(digits)) if digit)
    return max(0, -exponent - idle)


def _why_no_amount(text: str, plain: str) -> str:
    # Only the beginning is looked at: searching is quadratic, and no amount is that long.
    said = next((hint.reason for hint in NOT_AMOUNTS if hint.shape.search(plain[:80])), None)
    return f"“{_quoted(text)}”不是金额：{said or '请填数字，如 1561.09 或 1,561.09'}"


def _quoted(text: str) -> str:
    """Return a typed text short enough for a message."""
    seen = SPACE.sub(" ", INVISIBLE.sub("", text)).strip(" ")
    return seen if len(seen) <= 24 else f"{seen[:24]}…"
