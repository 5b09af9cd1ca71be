"""What cells under money columns state: numbers as shown, texts as typed, dashes as nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budget.imports.workbook.amounts import amount, are_whole
from budget.imports.workbook.words import is_total, plain, unnumbered
from budget.imports.xlsx.formats import Shown, shown_by
from budget.imports.xlsx.refusal import UnreadableWorkbook, letters
from budget.imports.xlsx.sheets import Value
from budget.money import WAN, YUAN


def number(text: str, code: str = "General") -> Value:
    return Value(text, Decimal(text), shown_by(code))


class TestFormats:
    """How many decimals a format shows, and which show another number."""

    @pytest.mark.parametrize(
        ("code", "places"),
        [
            ("", None),
            ("General", None),
            ("@", None),
            ("0", 0),
            ("#,##0", 0),
            ("0.00", 2),
            ("#,##0.00_ ;[Red]-#,##0.00", 2),
            ('_(¥* #,##0.00_);_(* "-"??_)', 2),
            ('0.0000"万元"', 4),
        ],
    )
    def test_decimals(self, code: str, places: int | None) -> None:
        assert shown_by(code) == Shown(places)

    @pytest.mark.parametrize(
        "code", ["0%", "0.00E+00", "yyyy-mm-dd", "# ?/?", "0!.0000", "#,##0.00,", "h:mm"]
    )
    def test_other_than_what_is_stored(self, code: str) -> None:
        assert shown_by(code).is_other


class TestAmounts:
    """The printed number of a cell, in the table's unit."""

    @pytest.mark.parametrize(
        ("value", "printed"),
        [
            (number("1561.09"), "1561.09"),
            (number("1561.1"), "1561.10"),
            (number("1561"), "1561.00"),
            (number("0"), "0.00"),
            (number("1561.0949", "0.00"), "1561.09"),
            (number("1561.095", "0.00"), "1561.10"),
            (number("1561.09", "0"), "1561"),
            (number("1561.0949"), "1561.0949"),
            # 0.00000000000000005 万元 is what a spreadsheet leaves of a difference of nothing.
            (number("5E-17"), "0.000000"),
            (Value("1,561.09"), "1561.09"),
            (Value(" 1561.1 "), "1561.10"),
            (Value("１５６１．０９"), "1561.09"),
            (Value("1561.09万元"), "1561.09"),
            (Value("-12.50"), "-12.50"),
            (Value("－12.50"), "-12.50"),
        ],
    )
    def test_what_is_stated(self, value: Value, printed: str) -> None:
        assert str(amount(value, WAN, "B5")) == printed

    @pytest.mark.parametrize("dash", ["-", "—", "——", "–", "－", "--"])
    def test_a_dash_states_nothing(self, dash: str) -> None:
        assert amount(Value(dash), WAN, "B5") is None

    @pytest.mark.parametrize("words", ["1561.09元", "12,34", "(12.00)", "1.2.3", "甲", "1e3", "△1"])
    def test_anything_else_is_refused(self, words: str) -> None:
        with pytest.raises(UnreadableWorkbook, match="B5 应为金额，而填的是"):
            amount(Value(words), WAN, "B5")

    def test_a_whole_table_of_yuan_has_no_decimals(self) -> None:
        assert str(amount(number("35"), YUAN.without_decimals(), "B5")) == "35"
        assert str(amount(number("35.5"), YUAN.without_decimals(), "B5")) == "35.5"

    def test_whole_numbers_are_known(self) -> None:
        assert are_whole([Decimal("35.00"), None, Decimal(2)])
        assert not are_whole([Decimal("35.50")])


class TestWords:
    """Words as they are compared."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("收 入 总 计", "收入总计"), ("“三公”（万元）", '"三公"(万元)'), ("１２", "12")],
    )
    def test_blanks_and_widths_do_not_count(self, text: str, expected: str) -> None:
        assert plain(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("一、基本支出", "基本支出"),
            ("十二、其他支出", "其他支出"),
            ("1. 一般公共预算", "一般公共预算"),
            ("（一）基本支出", "基本支出"),
            ("其中：财政资金", "财政资金"),
            ("一般公共服务支出", "一般公共服务支出"),
        ],
    )
    def test_numbering_does_not_count(self, text: str, expected: str) -> None:
        assert unnumbered(text) == expected

    def test_totals_go_by_two_names(self) -> None:
        assert is_total("合 计")
        assert is_total("总计")
        assert not is_total("小计")

    @pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
    def test_columns_have_letters(self, column: int, name: str) -> None:
        assert letters(column) == name
