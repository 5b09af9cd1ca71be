"""Amounts that authors type behind the name of a measure, held against what is printed.

The document has 60.00 of basic and 40.00 of project spending, of it 1.66 of reception and so of
“三公”, no vehicles, no journeys; all of the basic spending is that of an administrative unit.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from budget.rules.stated_amounts import han_value, stated_amounts
from budget.tests.judging import found
from budget.tests.test_rules_wording import saying

CONTRADICTING = (
    "公务接待费增加到5万元",
    "公务接待费增加至5万元",
    "公务接待费由1万元增加到5万元",
    "公务接待费从上年的1万元提高到5万元",
    "公务接待费预算达到5万元",
    "公务接待费增加2万元，达到5万元",
    "公务接待费减少3万元，降至5万元",
    "公务接待费控制在5万元",
    "公务接待费核定为5万元",
    "公务接待费安排5万元",
    "公务接待费安排了5万元",
    "公务接待费5.00万元",
    "2023年公务接待费预算5万元",
    "公务接待费为五万元",
    "公务接待费50000元",
    "公务接待费不低于5万元",
    "公务接待费控制在1万元以内",
    "收入预算达到1000万元",
    "本部门收入预算总额达到1000万元",
    "2023年收入预算1000万元",
    "收入总计1000万元",
    "总收入达1000万元",
    "支出预算增加到1000万元",
    "支出总额为1000万元",
    "“三公”经费总额5万元",
    "“三公”经费预算总额压减到5万元",
    "三公经费合计5万元，其中公务接待费1.66万元",
    "机关运行经费调整为50万元",
    "机关运行经费约50万元",
    "基本支出增加到700万元",
    "项目支出安排50万元",
    "项目支出预算由30万元调整为50万元",
    "因公出国（境）费用5万元",
    "公务用车购置费18万元",
    "公务用车运行维护费3万元",
    "公务用车购置及运行维护费达到3万元",
    "公务接待费增加到5万",
)
AGREEING = (
    "公务接待费增加到1.66万元",
    "公务接待费减少5万元",
    "公务接待费增加了5万元",
    "公务接待费较上年增加5万元",
    "公务接待费比上年减少0.3万元，降至1.66万元",
    "公务接待费由5万元减少到1.66万元",
    "公务接待费从上年的5万元压减至16600元",
    "上年公务接待费5万元",
    "2022年公务接待费5万元",
    "去年公务接待费预算5万元",
    "公务接待费控制在5万元以内",
    "公务接待费不超过5万元",
    "公务接待费约1.7万元",
    "公务接待费近2万元",
    "新增公务接待费0.5万元",
    "其中公务接待费0.50万元",
    "人均公务接待费100元",
    "公务接待费每人100元",
    "公务接待费决算数为3万元",
    "事业收入预算20万元",
    "其他收入预算5万元",
    "政府性基金支出预算3万元",
    "一般公共预算支出预算30万元",
    "信息化项目支出5万元",
    "新增项目支出5万元",
    "人员基本支出50万元",
    "收入预算增加50万元",
    "支出预算减少5万元",
    "支出预算较上年减少5万元",
    "培训费标准每人每天400元",
    "机关运行经费减少5万元，主要是压缩办公费",
    "公务接待费减少1万元，3万元用于弥补培训",
    "局机关公务接待费0.5万元",
    "下属中心公务接待费0.8万元",
    "公务接待费占三公经费的100%，培训人均400元",
    "项目支出结转5万元",
    "公务用车购置费无，运行费5万元为租赁",
    "收入总计100万元",
    "压减公务接待费5万元",
    "公务接待费预算批复数1.66万元",
    "公务接待费（1.66万元）",
)


@pytest.mark.parametrize("words", CONTRADICTING)
def test_an_amount_that_the_tables_do_not_have_is_found(words: str) -> None:
    [finding] = found("WRD015", saying(f"{words}，人员增加"))
    assert finding.where[0] == "revenue-budget"


@pytest.mark.parametrize("words", AGREEING)
def test_what_agrees_or_speaks_of_something_else_is_quiet(words: str) -> None:
    assert found("WRD015", saying(f"{words}，人员增加")) == []


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("会议费减少到15万元", "150000"),
        ("会议费从5万元减到3万元", "30000"),
        ("培训费预算二十五万元", "250000"),
        ("会议费为1,234.50元", "1234.50"),
    ],
)
def test_the_amount_at_the_end_of_a_change_is_read(words: str, yuan: str) -> None:
    assert [each.yuan for each in stated_amounts(words, 2023)] == [Decimal(yuan)]


@pytest.mark.parametrize(
    "words",
    [
        "公务接待费、会议费共5万元",
        "会议费标准550元",
        "三公经费减少1万元，会议费增加2万元",
        "培训人均400元",
    ],
)
def test_what_states_no_amount_of_one_measure_is_not_read(words: str) -> None:
    assert list(stated_amounts(words, 2023)) == []


def test_numbers_in_chinese_are_read() -> None:
    assert [han_value(words) for words in ("两", "十", "三十", "一百零五", "两千三百")] == [
        *(2, 10, 30),
        *(105, 2300),
    ]
