"""Changes and percents in the two formats that print both, recomputed from printed amounts.

The national procedure of 2016 and the city's document speak in the same paragraphs.
"""

import re
from decimal import Decimal

import pytest

from budget.tests.golden_district.adding import Body, percent
from budget.tests.golden_district.places import BODIES, CITY, FIVE_UNITS, NATIONAL, document, says
from budget.tests.golden_district.sentences import (
    AMOUNT,
    number,
    printed_before,
    printed_now,
)

DEPARTMENT = Body(FIVE_UNITS)
COMPARABLE = [body for body in BODIES if body.folder == FIVE_UNITS]

BEFORE_AND_AFTER = {
    "revenue-budget": ("revenue_total", "收入预算", "收入较去年"),
    "spending-budget": ("spending_total", "支出预算", "支出较去年"),
    "government-fund-spending": ("government_fund_spending", "政府性基金预算支出", "支出较去年"),
    "agency-operating-costs": ("agency_operating_costs", "机关运行经费", "比上年预算"),
    "three-publics": ("three_publics", "“三公”经费预算数为", "“三公”经费预算较去年"),
}
ITEMS = {
    "hospitality": "公务接待费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行费",
    "overseas_visits": "因公出国（境）费",
}


@pytest.mark.parametrize("edition", [NATIONAL, CITY])
@pytest.mark.parametrize("paragraph", BEFORE_AND_AFTER)
@pytest.mark.parametrize("body", COMPARABLE, ids=lambda body: body.code)
def test_each_change_and_percent_elsewhere_can_be_recomputed(
    body: Body, paragraph: str, edition: str
) -> None:
    measure, label, lead = BEFORE_AND_AFTER[paragraph]
    text = says(document(body, edition), paragraph)
    now, before = printed_now(body, measure), printed_before(body, measure)
    if says_that_there_is_none(text):
        assert now == 0
        return
    [said] = re.findall(rf"{label}{AMOUNT}", text)
    assert number(said) == now
    assert_moved(text, lead, now, before)


def says_that_there_is_none(text: str) -> bool:
    return bool(re.search("无政府性基金安排的支出|，无机关运行经费", text))


def assert_moved(text: str, lead: str, now: Decimal, before: Decimal) -> None:
    """Check what a sentence says of two printed amounts, whatever it may say."""
    stem = lead.removesuffix("较去年")
    if now == before:
        assert re.search(f"{re.escape(stem)}与2025年持平", text)
        return
    pattern = rf"{re.escape(lead)}(增加|减少){AMOUNT}，(?:(上升|下降)([\d.]+)%|上年无此项预算)"
    [(word, change, way, rate)] = re.findall(pattern, text)
    moved = number(change)
    assert now - before == (moved if word == "增加" else -moved)
    if before == 0:
        assert (way, rate) == ("", "")
    else:
        assert way == ("上升" if word == "增加" else "下降")
        assert number(rate) == percent(moved, before)


@pytest.mark.parametrize("edition", [NATIONAL, CITY])
@pytest.mark.parametrize("body", COMPARABLE, ids=lambda body: body.code)
def test_each_item_of_three_publics_elsewhere_can_be_recomputed(body: Body, edition: str) -> None:
    whole = says(document(body, edition), "three-publics")
    told, _, moves = whole.rpartition("其中，")
    for measure, label in ITEMS.items():
        now = printed_now(body, measure)
        [said, *_] = re.findall(rf"{label}{AMOUNT}", told)
        assert number(said) == now
        assert_moved(moves, f"{label}较去年", now, printed_before(body, measure))


def test_percents_elsewhere_are_those_worked_out_by_hand() -> None:
    for edition in (NATIONAL, CITY):
        made = document(DEPARTMENT, edition)
        # 3,154.72 − 2,821.90 = 332.82; ÷ 2,821.90 = 11.7942 %
        assert "收入较去年增加332.82万元，上升11.79%" in says(made, "revenue-budget")
        # 175.15 − 172.99 = 2.16; ÷ 172.99 = 1.2486 %
        assert "增加2.16万元，上升1.25%" in says(made, "agency-operating-costs")
        # 62.26 − 46.89 = 15.37; ÷ 46.89 = 32.7788 %
        assert "较去年增加15.37万元，上升32.78%" in says(made, "three-publics")
        assert "公务用车购置费较去年增加17.99万元，上年无此项预算" in says(made, "three-publics")
