"""What people type is read as exactly one value or refused with a reason: spellings.csv."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budget.money import LARGEST, WAN, YUAN, MoneyUnit, yuan
from budget.spellings import (
    Unreadable,
    amount,
    amount_text,
    count,
    day,
    number,
    unit_remark,
    weight,
    weight_text,
)
from budget.tests.spelled import SPELLINGS, Spelling

UNITS: Final = {unit.label: unit for unit in (YUAN, WAN)}
READ: Final[dict[str, Callable[[str], object]]] = {"count": count, "day": day, "weight": weight}
LARGEST_FEN: Final = int(LARGEST * 100)


def read(spelling: Spelling) -> object:
    """Return what the module reads in a spelling of the table."""
    if spelling.kind == "amount":
        return amount(spelling.typed, UNITS[spelling.unit])
    return READ[spelling.kind](spelling.typed)


@pytest.mark.parametrize("spelling", [each for each in SPELLINGS if not each.reason], ids=str)
def test_the_spelling_is_read(spelling: Spelling) -> None:
    value = read(spelling)
    if spelling.kind == "weight":
        assert value == (Decimal(spelling.value) if spelling.value else None)
    else:
        assert ("" if value is None else str(value)) == spelling.value


@pytest.mark.parametrize("spelling", [each for each in SPELLINGS if each.reason], ids=str)
def test_the_spelling_is_refused_with_its_reason(spelling: Spelling) -> None:
    with pytest.raises(Unreadable, match=re.escape(spelling.reason)):
        read(spelling)


def test_the_table_decides_every_family_of_spellings() -> None:
    kinds = [each.kind for each in SPELLINGS]
    assert kinds.count("amount") >= 120
    assert {"amount", "count", "day", "weight"} == set(kinds)


@pytest.mark.parametrize("unit", [YUAN, WAN], ids=["yuan", "wan"])
@given(fen=st.integers(-LARGEST_FEN, LARGEST_FEN))
@example(fen=LARGEST_FEN)
@example(fen=-LARGEST_FEN)
@example(fen=1)
@example(fen=0)
def test_what_is_shown_is_read_back_as_the_same_amount(unit: MoneyUnit, fen: int) -> None:
    assert amount(amount_text(yuan(fen), unit), unit) == yuan(fen)


@pytest.mark.parametrize(
    ("given_yuan", "in_yuan", "in_wan"),
    [
        ("0", "0.00", "0.00"),
        ("0.01", "0.01", "0.000001"),
        ("-12", "-12.00", "-0.0012"),
        ("1561.1", "1,561.10", "0.15611"),
        ("15610949.99", "15,610,949.99", "1,561.094999"),
        ("120000", "120,000.00", "12.00"),
        ("9999999999999.99", "9,999,999,999,999.99", "999,999,999.999999"),
    ],
)
def test_amounts_are_shown_whole_in_both_units(given_yuan: str, in_yuan: str, in_wan: str) -> None:
    exact = Decimal(given_yuan)
    assert (amount_text(exact, YUAN), amount_text(exact, WAN)) == (in_yuan, in_wan)


def test_a_blank_is_shown_blank() -> None:
    assert (amount_text(None, YUAN), weight_text(None)) == ("", "")


SIGNS: Final = "0159０５１，．。、,.-—−()（）¥￥元万亿千%/ \u00a0\u3000\u200beE+=#xX'\t人分年月日"


@given(text=st.text(st.sampled_from(SIGNS), max_size=14) | st.text(max_size=20))
@pytest.mark.parametrize("unit", [YUAN, WAN], ids=["yuan", "wan"])
def test_no_amount_comes_out_of_a_text_without_a_digit(unit: MoneyUnit, text: str) -> None:
    try:
        value = amount(text, unit)
    except Unreadable:
        return
    if not re.search("[0-9０-９]", text):
        assert value is None
    if value is not None:
        assert value.as_tuple().exponent == -2
        assert abs(value) <= LARGEST
        assert bool(value) == bool(re.search("[1-9１-９]", text))


@given(text=st.text(st.sampled_from(SIGNS), max_size=14) | st.text(max_size=20))
@pytest.mark.parametrize("kind", sorted(READ))
def test_nothing_comes_out_of_other_texts_without_a_digit(kind: str, text: str) -> None:
    try:
        value = READ[kind](text)
    except Unreadable:
        return
    assert value is None or re.search("[0-9０-９]", text)


@pytest.mark.parametrize(
    ("text", "unit", "remark"),
    [
        ("12", YUAN, ""),
        ("12元", YUAN, ""),
        ("12万", YUAN, "按所写单位读作 12 万元"),
        ("12万", WAN, "按所写单位读作 12 万元"),
        ("12万元", WAN, ""),
        ("12元", WAN, "按所写单位读作 12 元"),
        ("(1 200)万", YUAN, "按所写单位读作 -1,200 万元"),
        ("1.5亿", WAN, "按所写单位读作 1.5 亿元"),
        ("—", YUAN, ""),
    ],
)
def test_a_written_unit_that_goes_before_the_sheets_is_told(
    text: str, unit: MoneyUnit, remark: str
) -> None:
    assert unit_remark(text, unit) == remark


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (12, YUAN, "12.00"),
        (1561.09, YUAN, "1561.09"),
        (0.1, YUAN, "0.10"),
        (-0.0, YUAN, "0.00"),
        (1e3, YUAN, "1000.00"),
        (12.345678, WAN, "123456.78"),
        (Decimal("1561.0900"), YUAN, "1561.09"),
        (9999999999999.99, YUAN, "9999999999999.99"),
    ],
)
def test_numbers_of_cells_are_read_exactly(
    value: int | float | Decimal, unit: MoneyUnit, expected: str
) -> None:
    assert str(number(value, unit)) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0.1 + 0.2, "“0.30000000000000004”不是整分"),
        (12.345, "不是整分"),
        (1e-300, "不是整分"),
        (Decimal("1e-999999"), "不是整分"),
        (1e15, "超出可填的范围"),
        (Decimal("1e999999"), "超出可填的范围"),
        (math.inf, "不是金额"),
        (math.nan, "不是金额"),
        (True, "“TRUE”是逻辑值"),
    ],
)
def test_numbers_of_cells_that_are_no_amounts_are_refused(
    value: int | float | Decimal, reason: str
) -> None:
    with pytest.raises(Unreadable, match=re.escape(reason)):
        number(value, YUAN)


@given(fen=st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_float_of_whole_fen_is_read_exactly_up_to_15_digits(fen: int) -> None:
    assert number(float(yuan(fen)), YUAN) == yuan(fen)


@given(score=st.decimals(0, 100, places=2))
def test_a_shown_score_is_read_back(score: Decimal) -> None:
    assert weight(weight_text(score)) == score


def test_a_long_text_is_refused_at_once_and_quoted_in_part() -> None:
    with pytest.raises(Unreadable) as refusal:
        amount("万" * 200_000, YUAN)
    assert len(str(refusal.value)) < 80
