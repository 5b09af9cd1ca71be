"""Severities and thresholds of a year: set, taken back, kept in order, told by whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from budget.models import BudgetYear, FrozenRow, RuleChange, RuleSetting
from budget.roles import Role
from budget.rules.registry import RULES
from budget.rules.thresholds import THRESHOLDS
from budget.tests.people import signed_in, someone_with

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

ADDRESS = "/bureau/years/2030/rules/"


@pytest.fixture
def reviewer() -> Client:
    """The browser of somebody of the budget division, in a year that is open."""
    BudgetYear.objects.create(year=2030, edition="changsha-2023", codes_on="2030-01-01")
    return signed_in(someone_with(Role.BUDGET_REVIEWER, username="bud"))


def words(answer: Any) -> str:
    return str(answer.content.decode())


def setting(name: str, was: str, now: str) -> dict[str, str]:
    return {f"was:{name}": was, f"set:{name}": now}


def stored() -> dict[str, str]:
    return dict(RuleSetting.objects.values_list("name", "value"))


def test_every_rule_and_threshold_is_shown_with_what_holds(reviewer: Client) -> None:
    page = words(reviewer.get(ADDRESS))
    for name in (*RULES, *THRESHOLDS):
        assert f'name="set:{name}"' in page
    for word in ("错误", "需说明", "提示", "停用"):
        assert page.count(f">{word}</option>") == len(RULES)
    assert "本年度还没有作过设定。" in page


def test_a_rule_is_switched_off_and_that_is_seen(reviewer: Client) -> None:
    page = words(reviewer.post(ADDRESS, setting("BAL001", "", "off"), follow=True))
    assert "已保存1项设定。" in page
    assert "姓名bud" in page
    assert page.index("停用的规则（") < page.index("BAL001")
    assert stored() == {"BAL001": "off"}
    assert RuleSetting.objects.filter(set_by__username="bud").count() == 1
    assert '<option value="off" selected>停用</option>' in page
    reviewer.post(ADDRESS, setting("BAL001", "off", ""))
    assert stored() == {}
    told = RuleChange.objects.order_by("pk").values_list("name", "before", "after")
    assert list(told) == [("BAL001", "", "off"), ("BAL001", "off", "")]


def test_what_was_not_changed_is_not_set(reviewer: Client) -> None:
    both = {**setting("BAL001", "", ""), **setting("BAL002", "", "notice")}
    reviewer.post(ADDRESS, both)
    assert stored() == {"BAL002": "notice"}
    assert RuleChange.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "now", "said"),
    [
        ("other_share", "101", "应在0—100%之间"),
        ("other_share", "-1", "应在0—100%之间"),
        ("other_share", "很多", "“很多”不是数字"),
        ("BAL001", "loud", "“loud”不是规则的等级"),
        ("welfare_low", "90", "不能高于"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(
    reviewer: Client, name: str, now: str, said: str
) -> None:
    answer = reviewer.post(ADDRESS, {**setting("BAL002", "", "off"), **setting(name, "", now)})
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'value="{now}"' in words(answer) or name == "BAL001"
    assert stored() == {}
    assert not RuleChange.objects.exists()


def test_a_number_may_be_typed_in_full_width(reviewer: Client) -> None:
    reviewer.post(ADDRESS, setting("other_share", "", "１２．５"))
    assert stored() == {"other_share": "12.5"}


def test_both_ends_of_a_band_move_together(reviewer: Client) -> None:
    # 福利费 is usual between 0 and 3.5 per cent: the lower end alone may not pass the upper one.
    moved = {**setting("welfare_low", "", "5"), **setting("welfare_high", "", "8")}
    assert reviewer.post(ADDRESS, moved).status_code == 302
    assert stored() == {"welfare_low": "5", "welfare_high": "8"}


def test_what_somebody_else_has_set_since_is_told(reviewer: Client) -> None:
    RuleSetting.objects.create(year_id=2030, name="BAL001", value="notice")
    answer = reviewer.post(ADDRESS, setting("BAL001", "", "off"))
    assert answer.status_code == 422
    assert "其间已有人改为“提示”" in words(answer)
    assert stored() == {"BAL001": "notice"}
    same = reviewer.post(ADDRESS, setting("BAL001", "", "notice"))
    assert same.status_code == 302
    assert not RuleChange.objects.exists()


def test_a_line_of_the_record_is_never_changed(reviewer: Client) -> None:
    reviewer.post(ADDRESS, setting("BAL001", "", "off"))
    line = RuleChange.objects.get()
    with pytest.raises(FrozenRow):
        line.delete()
    with pytest.raises(FrozenRow):
        RuleChange.objects.update(after="error")
