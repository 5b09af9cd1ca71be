"""Departments and units: found, added, renamed, closed, merged, taken up again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from budget.models import AuditEntry, BudgetUnit, Department
from budget.roles import Role
from budget.terms import UnitType
from budget.tests.people import signed_in, someone_with
from budget.tests.stored import a_department, a_unit

pytestmark = pytest.mark.django_db

UNIT = {"code": "801001", "name": "测试局机关", "type": "administrative", "position": "1"}


@pytest.fixture
def reviewer() -> Client:
    """The browser of somebody of the budget division."""
    return signed_in(someone_with(Role.BUDGET_REVIEWER, username="bud"))


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_department_is_added_with_its_units_and_found_by_any_name(reviewer: Client) -> None:
    filled = {"code": "801", "name": "测试局", "region": "测试区"}
    added = reviewer.post("/bureau/departments/new/", filled, follow=True)
    assert added.redirect_chain == [("/bureau/departments/801/", 302)]
    reviewer.post("/bureau/departments/801/units/new/", {**UNIT, "is_head": "on"})
    unit = BudgetUnit.objects.get()
    assert (unit.type, unit.is_head, unit.position) == (UnitType.ADMINISTRATIVE, True, 1)
    a_department("802", "另一处")
    for asked in ("801", "测试", "80100", "机关"):
        page = words(reviewer.get("/bureau/departments/", {"q": asked}))
        assert "801 测试局" in page
        assert "另一处" not in page
    assert "没有找到" in words(reviewer.get("/bureau/departments/", {"q": "没有的"}))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "802001"}, "单位编码的前3位应是所属部门的编码。"),
        ({"code": "80100x"}, "单位编码应为6位数字。"),
        ({"is_head": "on"}, "一个部门只能有一个本级单位。"),
        ({"code": "801009"}, "已存在"),
        ({"name": ""}, "必填"),
        ({"type": "company"}, "company"),
        ({"position": "-1"}, "大于或等于"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_in_chinese(
    reviewer: Client, changed: dict[str, str], said: str
) -> None:
    a_unit("801009", is_head=True)
    answer = reviewer.post("/bureau/departments/801/units/new/", {**UNIT, **changed})
    assert answer.status_code == 422
    assert said in words(answer)
    assert BudgetUnit.objects.count() == 1


def test_a_rename_leaves_the_code(reviewer: Client) -> None:
    a_unit("801001")
    reviewer.post("/bureau/departments/801/change/", {"code": "999", "name": "新名", "region": ""})
    assert Department.objects.get().name == "新名"
    reviewer.post("/bureau/units/801001/", {**UNIT, "code": "801777", "merged": "on"})
    unit = BudgetUnit.objects.get()
    assert (unit.code, unit.name, unit.merged) == ("801001", "测试局机关", True)


def test_a_department_is_merged_with_its_units_and_taken_up_again(reviewer: Client) -> None:
    a_unit("801001", is_head=True)
    a_unit("801002", closed_on=date(2029, 1, 1))
    a_department("802", "接收局")
    filled = {"closed_on": "2031-01-01", "merged_into": "802"}
    page = words(reviewer.post("/bureau/departments/801/close/", filled, follow=True))
    assert "2031-01-01 起撤销，并入802 接收局" in page
    closed = dict(BudgetUnit.objects.values_list("code", "closed_on"))
    assert closed == {"801001": date(2031, 1, 1), "801002": date(2029, 1, 1)}
    assert "请先恢复部门" in words(reviewer.post("/bureau/units/801001/resume/", follow=True))
    reviewer.post("/bureau/departments/801/resume/")
    closed = dict(BudgetUnit.objects.values_list("code", "closed_on"))
    assert closed == {"801001": None, "801002": date(2029, 1, 1)}
    assert Department.objects.get(code="801").merged_into is None
    acts = AuditEntry.objects.values_list("act", "subject", "by__username")
    assert list(acts) == [
        ("department.close", "801", "bud"),
        ("department.take_up", "801", "bud"),
    ]


def test_a_closed_head_makes_room_and_cannot_come_back_beside_the_new_one(
    reviewer: Client,
) -> None:
    a_unit("801001", is_head=True)
    reviewer.post("/bureau/units/801001/close/", {"closed_on": "2031-01-01"})
    added = {**UNIT, "code": "801002", "is_head": "on"}
    assert reviewer.post("/bureau/departments/801/units/new/", added).status_code == 302
    page = words(reviewer.post("/bureau/units/801001/resume/", follow=True))
    assert "一个部门只能有一个本级单位。" in page
    assert BudgetUnit.objects.get(code="801001").closed_on == date(2031, 1, 1)


def test_what_cannot_be_merged_is_refused(reviewer: Client) -> None:
    a_unit("801001")
    a_unit("801002", closed_on=date(2030, 1, 1))
    closed = {"closed_on": "2031-01-01", "merged_into": "801002"}
    assert reviewer.post("/bureau/units/801001/close/", closed).status_code == 422
    own = {"closed_on": "2031-01-01", "merged_into": "801001"}
    assert reviewer.post("/bureau/units/801001/close/", own).status_code == 422
    again = reviewer.post("/bureau/units/801002/close/", {"closed_on": "2031-01-01"})
    assert "已于2030-01-01撤销" in words(again)
