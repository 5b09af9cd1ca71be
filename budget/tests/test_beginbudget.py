"""The command that begins a budget with last year: it lists first, and writes when told to."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from budget.models import (
    Batch,
    BudgetUnit,
    BudgetYear,
    PriorFigure,
    Project,
    Remark,
    SpendingLine,
    UnitBudget,
)
from budget.roles import Role
from budget.terms import BatchKind, State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.people import someone_with
from budget.tests.stored import a_budget, a_line, a_project, moved

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def accountant() -> Accountant:
    accountant = an_accountant()
    assert accountant.unit is not None
    last = a_budget(accountant.unit, year=2029)
    BudgetYear.objects.update(edition="changsha-2023")
    a_project(last, accountant.unit, "P1")
    a_line(last, accountant.unit)
    Remark.objects.create(budget=last, key="mandate", text="职能")
    moved(last, State.APPROVED)
    accountant.user = someone_with(Role.COMPILER, "801001", "kuaiji")
    return accountant


def run(*args: str, **options: Any) -> str:
    written = io.StringIO()
    call_command("beginbudget", *args, stdout=written, **options)
    return written.getvalue()


def test_it_lists_what_would_come_and_writes_nothing(accountant: Accountant) -> None:
    said = run("801001", "2030")
    assert "801001 单位801001：取自2029年测试局部门预算（已批复）" in said
    assert "  项目：1行" in said
    assert "基本支出" not in said
    assert "没有写入" in said
    assert "  基本支出：1行" in run("801001", "2030", amounts=True)
    assert not Batch.objects.exists()


def test_it_writes_in_somebodys_name(accountant: Accountant) -> None:
    run("801001", "2030", commit=True, user="kuaiji", amounts=True)
    [batch] = Batch.objects.all()
    assert (batch.kind, batch.by) == (BatchKind.LAST_YEAR, accountant.user)
    assert SpendingLine.objects.filter(budget=accountant.budget).count() == 1
    assert "没有可以沿用的内容" in run("801001", "2030", commit=True, user="kuaiji", amounts=True)


def test_a_department_begins_with_all_its_units(accountant: Accountant) -> None:
    assert accountant.unit is not None
    second = BudgetUnit.objects.create(
        department=accountant.unit.department, code="801002", name="乙", type="administrative"
    )
    UnitBudget.objects.create(budget=accountant.budget, unit=second)
    said = run("801", "2030")
    assert "801001 单位801001：取自" in said
    assert "801002 乙：没有上年的预算" in said
    assert "801 测试局：取自" in said
    with pytest.raises(CommandError, match="没有这个预算"):
        run("801", "2030", commit=True, user="kuaiji")  # who is the first unit's alone
    assert not Project.objects.filter(budget=accountant.budget).exists()
    assert not PriorFigure.objects.filter(budget=accountant.budget).exists()


@pytest.mark.parametrize(
    ("args", "options", "reason"),
    [
        (("801001", "2030"), {"commit": True}, "请用 --user 指明以谁的名义"),
        (("801001", "2030"), {"commit": True, "user": "nobody"}, "没有名为 nobody 的可用账号"),
        (("801001", "2031"), {}, "没有2031年的预算.*现有年度：2029、2030"),
        (("999", "2030"), {}, "没有编码为 999 的部门"),
        (("801009", "2030"), {}, "801009"),
    ],
)
def test_what_cannot_be_is_refused_in_chinese(
    accountant: Accountant, args: tuple[str, str], options: dict[str, Any], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason) as refused:
        run(*args, **options)
    assert refused.value.returncode == 2
    assert not Batch.objects.exists()


def test_who_may_not_write_is_refused(accountant: Accountant) -> None:
    someone_with(Role.HEAD, "801", "head")
    with pytest.raises(CommandError, match="不能“填报”"):
        run("801001", "2030", commit=True, user="head")
    assert not Batch.objects.exists()
