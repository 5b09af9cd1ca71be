"""Code lists on the bureau's pages, and the answers to codes that units propose."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from budget.models import BudgetYear, DepartmentBudget, EconomicCode, FunctionCode, ProposedCode
from budget.roles import Role
from budget.sheets.codes import code_list
from budget.terms import CodeScheme, Fund
from budget.tests.people import a_person, signed_in, someone_with
from budget.tests.stored import a_budget, a_function, a_line, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

FUNCTIONS = "/bureau/codes/function/"
NEW = {
    "code": "201-03-50",
    "name": "事业运行",
    "fund": "general_public",
    "valid_from": "2031-01-01",
}


@pytest.fixture
def reviewer() -> Client:
    """The browser of somebody of the budget division."""
    a_function("201", "一般公共服务支出")
    a_function("20103", "政府办公厅（室）及相关机构事务")
    a_function("2010301", "行政运行", valid_from=date(2020, 1, 1))
    a_function("2010302", "旧的事务", valid_to=date(2029, 12, 31))
    return signed_in(someone_with(Role.BUDGET_REVIEWER, username="bud"))


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_list_is_read_as_of_a_day_level_by_level(reviewer: Client) -> None:
    page = words(reviewer.get(FUNCTIONS, {"on": "2030-06-01"}))
    assert "2030-06-01 有效的科目共3个" in page
    assert "一般公共服务支出" in page
    assert "行政运行" not in page
    assert 'href="/bureau/codes/government_economic/"' in page
    below = words(reviewer.get(FUNCTIONS, {"on": "2029-06-01", "under": "20103"}))
    assert "行政运行" in below
    assert "旧的事务" in below
    assert "旧的事务" not in words(reviewer.get(FUNCTIONS, {"on": "2030-06-01", "under": "20103"}))


@pytest.mark.parametrize("asked", ["2010301", "201-03-01", "行政", "20103"])
def test_a_code_is_found_by_number_or_name_with_what_is_above(reviewer: Client, asked: str) -> None:
    page = words(reviewer.get(FUNCTIONS, {"q": asked, "on": "2030-06-01"}))
    assert "行政运行" in page
    assert "一般公共服务支出 › 政府办公厅（室）及相关机构事务" in page


def test_a_code_is_added_from_a_day_and_ended_on_one(reviewer: Client) -> None:
    assert reviewer.post(f"{FUNCTIONS}new/", NEW).status_code == 302
    added = FunctionCode.objects.get(code="2010350")
    assert (added.name, added.fund, added.valid_from) == (
        "事业运行",
        Fund.GENERAL_PUBLIC,
        date(2031, 1, 1),
    )
    page = reviewer.post(f"{FUNCTIONS}{added.pk}/", {"valid_to": "2035-12-31"}, follow=True)
    assert "2031-01-01 — 2035-12-31" in words(page)
    wrong = reviewer.post(f"{FUNCTIONS}{added.pk}/", {"valid_to": "2030-12-31"})
    assert wrong.status_code == 422
    assert "失效日期早于生效日期。" in words(wrong)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "20104-01"}, "分段不对"),
        ({"code": "2010401"}, "上级科目 20104 在这一天不在科目表中"),
        ({"code": "2010301"}, "2010301 已在科目表中（行政运行）"),
        ({"name": ""}, "必填"),
        ({"fund": ""}, "必填"),
        ({"valid_from": ""}, "必填"),
    ],
)
def test_a_code_that_cannot_be_added_is_refused(
    reviewer: Client, changed: dict[str, str], said: str
) -> None:
    answer = reviewer.post(f"{FUNCTIONS}new/", {**NEW, **changed})
    assert answer.status_code == 422
    assert said in words(answer)
    assert FunctionCode.objects.count() == 4


def test_economic_codes_are_kept_by_their_classification(reviewer: Client) -> None:
    filled = {"code": "501", "name": "机关工资福利支出", "valid_from": "2031-01-01"}
    address = "/bureau/codes/government_economic/new/"
    assert reviewer.post(address, filled).status_code == 302
    assert EconomicCode.objects.get().scheme is CodeScheme.GOVERNMENT_ECONOMIC
    assert reviewer.get("/bureau/codes/nonsense/").status_code == 404


# ---- proposed codes -----------------------------------------------------------------------------


def proposed(budget: DepartmentBudget, code: str = "2010399") -> ProposedCode:
    return ProposedCode.objects.create(
        budget=budget,
        scheme=CodeScheme.FUNCTION,
        code=code,
        name="其他政府事务支出",
        proposed_by=a_person(f"acc{budget.pk}{code}"),
    )


def test_a_proposed_code_goes_into_the_list_for_all_who_wait_for_it(reviewer: Client) -> None:
    unit = a_unit("801001")
    budget, other = a_budget(unit), a_budget(a_unit("802001"))
    a_line(budget, unit, function="2010399")
    one, two = proposed(budget), proposed(other)
    shown = words(reviewer.get("/bureau/proposals/"))
    assert "2010399 其他政府事务支出" in shown
    assert "2030年 1行（1个部门）" in words(reviewer.get(f"/bureau/proposals/{one.pk}/"))
    filled = {"name": "其他政府办公厅（室）事务支出"}
    page = words(reviewer.post(f"/bureau/proposals/{one.pk}/take/", filled, follow=True))
    assert "答复2处" in page
    assert "没有等待答复的科目" in page
    taken = FunctionCode.objects.get(code="2010399")
    assert (taken.name, taken.fund, taken.valid_from) == (
        "其他政府办公厅（室）事务支出",
        Fund.GENERAL_PUBLIC,
        date(2030, 1, 1),
    )
    assert code_list(budget, CodeScheme.FUNCTION).proposed == frozenset()
    two.refresh_from_db()
    assert two.decided_at is not None
    assert two.use_instead == ""
    again = words(reviewer.post(f"/bureau/proposals/{one.pk}/take/", filled, follow=True))
    assert "这一科目已经答复过。" in again


def test_another_code_is_answered_and_read_by_who_proposed(reviewer: Client) -> None:
    unit = a_unit("801001", is_head=True)
    asked = proposed(a_budget(unit))
    BudgetYear.objects.update(edition="changsha-2023")
    address = f"/bureau/proposals/{asked.pk}/"
    for instead, said in (
        ("2010302", "2010302 不在2030-01-01的科目表中。"),
        ("2010399", "2010399 不在2030-01-01的科目表中。"),
        ("x", "不是科目编码"),
    ):
        refused = reviewer.post(address, {"use_instead": instead})
        assert refused.status_code == 422
        assert said in words(refused)
    reviewer.post(address, {"use_instead": "201-03-01", "reason": "按文件办理"})
    asked.refresh_from_db()
    assert (asked.use_instead, asked.reason) == ("2010301", "按文件办理")
    assert asked.decided_by is not None
    assert not FunctionCode.objects.filter(code="2010399").exists()
    compiler = signed_in(someone_with(Role.COMPILER, "801001"))
    page = words(compiler.get("/entry/801001/2030/"))
    assert "请改用 2010301" in page
    assert "按文件办理" in page


def test_a_code_whose_parent_is_missing_is_not_taken(reviewer: Client) -> None:
    asked = proposed(a_budget(a_unit("801001")), "2019901")
    page = words(reviewer.post(f"/bureau/proposals/{asked.pk}/take/", follow=True))
    assert "上级科目 20199 不在2030-01-01的科目表中" in page
    asked.refresh_from_db()
    assert asked.decided_at is None
