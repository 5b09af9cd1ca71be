"""Cells of files: what is understood, and in which words the rest is refused."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from budget.models import FunctionCode
from budget.resources.widgets import (
    CodeWidget,
    DateWidget,
    FlagWidget,
    ListWidget,
    TermWidget,
    TextWidget,
    WholeWidget,
    YuanWidget,
)
from budget.terms import UnitType


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        ("1561.09", "1561.09"),
        ("1,561.09", "1561.09"),
        ("１，５６１．０９", "1561.09"),
        (" ￥12 ", "12"),
        ("-0.01", "-0.01"),
        ("－3", "-3"),
        (0, "0"),
        (1561.09, "1561.09"),  # what a spreadsheet keeps
        (Decimal("9999999999999.99"), "9999999999999.99"),
        ("9,047,100.00", "9047100.00"),
    ],
)
def test_amounts_as_accountants_type_them(given: Any, amount: str) -> None:
    assert YuanWidget().clean(given) == Decimal(amount)


@pytest.mark.parametrize("given", [None, "", "  ", "　"])
def test_nothing_is_no_amount(given: Any) -> None:
    assert YuanWidget().clean(given) is None


@pytest.mark.parametrize(
    "given",
    ["abc", "1,23", "1.2.3", "1e3", "(12)", "12-", "NaN", "10%", "12万", "=1+1", "--1", True],
)
def test_what_is_no_amount_is_refused_in_words(given: Any) -> None:
    with pytest.raises(ValueError, match="不是有效金额") as refusal:
        YuanWidget().clean(given)
    assert str(refusal.value) == f"“{given}”不是有效金额"


def test_the_words_name_what_was_typed() -> None:
    with pytest.raises(ValueError, match=r"^“abc”不是有效金额$"):
        YuanWidget().clean("abc")


@pytest.mark.parametrize("given", ["0.005", 0.30000000000000004, "10000000000000"])
def test_an_amount_that_cannot_be_kept_is_refused_not_rounded(given: Any) -> None:
    with pytest.raises(ValueError, match="金额"):
        YuanWidget().clean(given)


@pytest.mark.parametrize("given", ["2010301", "201-03-01", "201 03 01", 2010301, 2010301.0])
def test_a_code_is_understood_in_every_spelling(given: Any) -> None:
    field: Any = FunctionCode._meta.get_field("code")
    assert CodeWidget(field).clean(given) == "2010301"


@pytest.mark.parametrize("given", ["20-10301", "2010", "二〇一", "201030"])
def test_what_is_no_code_is_refused(given: str) -> None:
    field: Any = FunctionCode._meta.get_field("code")
    with pytest.raises(ValueError, match=given):
        CodeWidget(field).clean(given)


@pytest.mark.parametrize(
    "given",
    ["2023-01-05", "2023/1/5", "2023年1月5日", "２０２３-０１-０５", datetime(2023, 1, 5)],  # noqa: DTZ001
)
def test_days(given: Any) -> None:
    assert DateWidget().clean(given) == date(2023, 1, 5)


@pytest.mark.parametrize("given", ["2023", "2023-02-30", "昨天"])
def test_what_is_no_day_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=f"“{given}”不是有效日期"):
        DateWidget().clean(given)


def test_words_of_a_vocabulary_are_read_by_their_label() -> None:
    widget = TermWidget(UnitType)
    assert widget.clean("行政单位") is UnitType.ADMINISTRATIVE
    assert widget.clean("administrative") is UnitType.ADMINISTRATIVE
    assert widget.render(UnitType.ADMINISTRATIVE) == "行政单位"
    with pytest.raises(ValueError, match="“公司”不在可选值之中，可填：行政单位、"):
        widget.clean("公司")


def test_flags() -> None:
    assert [FlagWidget().clean(text) for text in ("是", "否", "")] == [True, False, False]
    assert FlagWidget(blank=True).clean("") is True
    with pytest.raises(ValueError, match="应填“是”或“否”"):
        FlagWidget().clean("也许")


def test_whole_numbers() -> None:
    assert WholeWidget().clean("１２") == 12
    assert WholeWidget(blank=0).clean("") == 0
    with pytest.raises(ValueError, match=r"“1\.5”不是有效整数"):
        WholeWidget().clean("1.5")


def test_lists_and_texts() -> None:
    assert ListWidget().clean("办公室、财务科；人事科") == ["办公室", "财务科", "人事科"]
    assert ListWidget().render(["办公室", "财务科"]) == "办公室、财务科"
    assert TextWidget().clean(157.0) == "157"
